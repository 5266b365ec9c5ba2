# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What becomes of objects that the platform failed to make or to change: told at once, and mended."""

from __future__ import annotations

import re
from typing import Any

import pytest

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import (
    CloudError,
    OperationFailed,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils._module import Edge
from catalogue import KINDS as MODULES
from unit.netfoundry.overlay import NET, Overlay

SERVICE = {
    "client_ingress": {"host": "a.b", "port": 80},
    "server_egress": {"host": "c", "port": 80, "protocol": "tcp"},
}
KINDS: dict[str, tuple[str, dict[str, Any]]] = {
    "network": ("networks", {}),
    "edge_router": ("edge-routers", {"attributes": ["#a"]}),
    "hosted": ("edge-routers", {"provider": "OCI", "region": "eu-amsterdam-1"}),
    "endpoint": ("endpoints", {"attributes": ["#a"]}),
    "service": ("services", SERVICE),
}
IN_TREE = {
    "edge_router": "edge_routers",
    "hosted": "edge_routers",
    "endpoint": "endpoints",
    "service": "services",
}


class Lab(Overlay):
    """An overlay in which one kind of object fails, by itself or within its network."""

    def __init__(self, kind: str, tree: bool = False, seconds: float = 2, links: str = "execution") -> None:
        super().__init__(seconds=seconds, links=links)
        self.path, self.more = KINDS[kind]
        self.tree = IN_TREE[kind] if tree else ""
        self.kind = "edge_router" if kind == "hosted" else kind

    def have(self, **more: Any) -> dict[str, Any]:
        """Run the task for the object ``one``."""
        own = {"replace": more.pop("replace")} if "replace" in more else {}
        given = {"name": "one", **self.more, **more}
        if self.tree:
            return self.run("network", name=NET, **{self.tree: [given]}, **own)
        return self.run(self.kind, **given, **own)

    def fail(self, method: str) -> None:
        """The next such call is taken, and its work fails."""
        self.fault("fail_request", method, f"/{self.path}")
        with pytest.raises(CloudError, match="its execution ended as FAILED"):
            self.have(**({} if method == "POST" else self.other()))

    def other(self) -> dict[str, Any]:
        return {"size": "large"} if self.kind == "network" else {"attributes": ["#b"]}

    def one(self) -> dict[str, Any]:
        (found,) = self.info(self.kind, name="one")
        return found


CASES = [(kind, False) for kind in KINDS] + [(kind, True) for kind in IN_TREE]


# Without a link to the work, only a status tells how it ended.
LINKED = [(*case, links) for links in ("execution", "process") for case in CASES]
LINKED += [(kind, False, "none") for kind in ("network", "edge_router", "hosted")]


@pytest.mark.parametrize(("kind", "tree", "links"), LINKED)
def test_a_failed_creation_is_told_at_once_and_made_anew(kind: str, tree: bool, links: str) -> None:
    lab = Lab(kind, tree, links=links)
    lab.fault("fail_request", "POST", f"/{lab.path}")
    with pytest.raises(CloudError):
        lab.have()
    broken = lab.one()["id"]
    begun = lab.clock.now()
    with pytest.raises(CloudError, match="replace=true") as told:
        lab.have()
    assert lab.clock.now() - begun < 1
    assert lab.writes == []
    assert broken in str(told.value) and "state=absent" in str(told.value)
    if not tree:
        assert isinstance(told.value, OperationFailed) and told.value.request_id
        with pytest.raises(OperationFailed):
            lab.check(lab.kind, name="one", **lab.more)
    made = lab.have(replace=True)
    assert made["changed"] and [call.split()[0] for call in lab.writes] == ["DELETE", "POST"]
    one = lab.one()
    assert (
        one["id"] != broken and one.get("ziti_id", True) and one.get("status", "PROVISIONED") == "PROVISIONED"
    )
    if not tree:
        assert made[lab.kind]["id"] == one["id"]
        options = {field.name for field in MODULES[f"netfoundry_{lab.kind}"].resource.writable}
        assert set(made["diff"]["before"]) <= {"id", *options}, "what only the service says is not foretold"
    assert not lab.have(replace=True)["changed"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_failed_creation_can_be_deleted(kind: str) -> None:
    lab = Lab(kind)
    lab.fail("POST")
    assert lab.have(state="absent")["changed"]
    assert lab.info(lab.kind, name="one") == []
    assert lab.have()["changed"]


@pytest.mark.parametrize(("kind", "tree"), [case for case in CASES if case[0] != "network"])
def test_a_failed_update_is_tried_again(kind: str, tree: bool) -> None:
    lab = Lab(kind, tree)
    lab.have()
    before = lab.one()["id"]
    lab.fail("PATCH")
    assert lab.have(**lab.other())["changed"]
    one = lab.one()
    assert (one["id"], one["attributes"], one.get("status", "PROVISIONED")) == (before, ["#b"], "PROVISIONED")
    assert not lab.have(**lab.other())["changed"]


@pytest.mark.parametrize("kind", ["network", "edge_router"])
def test_what_went_into_error_by_itself_is_mended_by_an_update(kind: str) -> None:
    lab = Lab(kind)
    lab.have()
    one = lab.one()
    lab.service.netfoundry.entities[lab.path][one["id"]].status = "ERROR"
    assert lab.have()["changed"]
    assert [call.split()[0] for call in lab.writes] == ["PATCH"]
    assert lab.one()["status"] == "PROVISIONED"
    assert not lab.have()["changed"]


def test_contents_wait_until_their_network_is_mended() -> None:
    lab = Overlay(seconds=2)
    lab.service.netfoundry.entities["networks"][lab.network].status = "ERROR"
    assert lab.run("network", name=NET, endpoints=[{"name": "one"}])["changed"]
    assert [call.split()[0] for call in lab.writes] == ["PATCH", "POST"]


def test_a_network_that_was_never_made_is_made_anew_with_its_contents() -> None:
    lab = Overlay(seconds=2)
    lab.fault("fail_request", "POST", "/networks$")
    with pytest.raises(CloudError):
        lab.run("network", name="two", endpoints=[{"name": "one"}])
    with pytest.raises(OperationFailed, match="replace=true"):
        lab.run("network", name="two", endpoints=[{"name": "one"}])
    made = lab.run("network", name="two", endpoints=[{"name": "one"}], replace=True)
    assert [step["verb"] for step in made["plan"]] == ["delete", "create", "create"]
    assert [each["name"] for each in lab.info("endpoint", network="two")] == ["one"]
    assert not lab.run("network", name="two", endpoints=[{"name": "one"}], replace=True)["changed"]


def test_work_that_goes_on_is_no_failure() -> None:
    lab = Overlay(seconds=30)
    lab.run("endpoint", name="one", wait=False)
    assert not lab.run("endpoint", name="one", wait=False, replace=True)["changed"]
    assert lab.run("endpoint", name="one")["endpoint"]["ziti_id"]


@pytest.mark.parametrize("status", [403, 404])
def test_executions_that_may_not_be_seen_are_no_hindrance(status: int) -> None:
    lab = Overlay(seconds=30)
    lab.run("endpoint", name="one", wait=False)
    lab.fault("status", "GET", "/executions$", status=status, times=0)
    assert lab.run("endpoint", name="one")["endpoint"]["ziti_id"]


LEAVING = [kind for kind in KINDS if kind != "service"]  # which shows at once that it is deleted


@pytest.mark.parametrize("kind", LEAVING)
def test_a_deletion_whose_answer_was_lost_is_awaited(kind: str) -> None:
    lab = Lab(kind, seconds=20)
    lab.have()
    lab.fault("drop_after", "DELETE", f"/{lab.path}/")
    begun = lab.clock.now()
    assert lab.have(state="absent")["changed"]
    assert 15 < lab.clock.now() - begun < 30
    assert lab.info(lab.kind, name="one") == []
    assert lab.have()["changed"]


@pytest.mark.parametrize("kind", LEAVING)
def test_what_an_earlier_task_has_begun_to_delete_is_awaited(kind: str) -> None:
    lab = Lab(kind, seconds=20)
    lab.have()
    lab.have(state="absent", wait=False)
    lab.have(state="absent")
    assert lab.info(lab.kind, name="one") == []
    assert lab.have()["changed"]


# -- what was accepted before something went wrong ----------------------------------------------------------------


def told(error: CloudError) -> dict[str, Any]:
    """The result of the failed task."""
    return Edge.failure(error)


@pytest.mark.parametrize("count", [1, 3])
def test_what_was_accepted_is_no_task_without_a_change(count: int) -> None:
    """Nor are the objects "0 of 3 done": the platform goes on with them."""
    overlay = Overlay(seconds=500)
    endpoints = [{"name": f"e{each}"} for each in range(count)]
    tasks: dict[str, dict[str, Any]] = {
        "network": {"name": NET, "endpoints": endpoints},
        "endpoint": {"name": "alone"},
    }
    for kind, options in tasks.items():
        with pytest.raises(CloudError) as caught:
            overlay.run(kind, **options, wait_timeout=5)
        result = told(caught.value)
        assert result["changed"] is True and result["request_id"], result
        assert f"0 of {count} done" not in result["msg"]
        assert re.search("last said (accepted|NEW|STARTED|RUNNING)", result["msg"]), result["msg"]
        assert len(re.findall("(was|were) not finished", result["msg"])) == 1
        if kind == "network":
            steps = "step" if count == 1 else "steps"
            assert f"Done: 0 of {count} {steps}, {count} more accepted" in result["msg"]
            assert all(each["request_id"] for each in result["failed_steps"])
    overlay.clock.sleep(600)
    assert not overlay.run("network", name=NET, endpoints=endpoints)["changed"]


@pytest.mark.parametrize("status", [401, 403, 500])
@pytest.mark.parametrize("kind", ["endpoint", "network"])
def test_a_refusal_while_it_is_awaited_says_what_was_accepted(kind: str, status: int) -> None:
    overlay = Overlay(seconds=100)
    overlay.cloud.transport.retries = 0
    overlay.fault("status", "GET", "/executions", status=status, times=0)
    several: dict[str, dict[str, Any]] = {
        "endpoint": {"name": "e"},
        "network": {"name": NET, "endpoints": [{"name": "e"}]},
    }
    options = several[kind]
    with pytest.raises(CloudError, match=f"HTTP {status}") as caught:
        overlay.run(kind, **options)
    result = told(caught.value)
    assert result["changed"] is True and result["request_id"], result
    assert (
        "1 more accepted" in result["msg"]
        or "The service had accepted the create of endpoint e" in result["msg"]
    )


def test_what_nothing_was_accepted_of_has_changed_nothing() -> None:
    overlay = Overlay()
    overlay.fault("status", "POST", "/endpoints", status=400, times=0)
    for kind, options in (
        ("endpoint", {"name": "e"}),
        ("network", {"name": NET, "endpoints": [{"name": "e"}]}),
    ):
        with pytest.raises(CloudError) as caught:
            overlay.run(kind, **options)
        assert not told(caught.value).get("changed")


def test_a_token_that_is_refused_while_it_is_awaited_is_renewed_once() -> None:
    overlay = Overlay(seconds=20)
    overlay.clock.sleep(120)
    overlay.fault("status", "GET", "/executions/", status=401, times=1)
    assert overlay.run("endpoint", name="e")["changed"]
    assert len([each for each in overlay.service.journal.calls if each["path"] == "/oauth2/token"]) == 1
