# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A whole network in one task: planned, built, changed, described, and completed after whatever went wrong."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.apply import StepsFailed
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import (
    CloudError,
    InvalidOption,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.plan.planner import Unplannable
from unit.netfoundry.overlay import NET, Overlay
from unit.netfoundry.test_kinds import certificate

KEY = ec.generate_private_key(ec.SECP256R1())
SITE: dict[str, Any] = {
    "name": "demo",
    "edge_routers": [
        {"name": "oregon", "provider": "AWS", "region": "us-west-2", "attributes": ["#hosted"]},
        {"name": "branch"},
    ],
    "endpoints": [{"name": "laptop", "attributes": ["#work"]}, {"name": "exit1", "attributes": ["#exits"]}],
    "edge_router_policies": [
        {"name": "default", "endpoint_attributes": ["#all"], "edge_router_attributes": ["@oregon"]}
    ],
    "services": [
        {
            "name": "portal",
            "client_ingress": {"host": "portal.acme", "port": 443},
            "server_egress": {"protocol": "tcp", "host": "10.0.0.5", "port": 8443},
            "bind_endpoint_attributes": ["@exit1"],
        },
        {
            "name": "echo",
            "client_ingress": {"host": "echo.acme", "port": 80},
            "edge_router_hosts": [
                {"edge_router": "Oregon", "protocol": "tcp", "host": "eth0.me", "port": 80}
            ],
        },
        {
            "name": "measure",
            "client_ingress": {
                "addresses": ["iperf.acme"],
                "ports": [{"low": 5201, "high": 5210}],
                "protocols": ["tcp", "udp"],
            },
            "server_egress": {"host": "iperf"},
        },
        {
            "name": "pfcp",
            "configs": [
                {"name": "pfcp-intercept", "type": "intercept.v1", "data": {"addresses": ["10.0.0.5"]}},
                {"name": "pfcp-host", "type": "host.v1", "data": {"address": "10.0.0.5", "port": 1}},
            ],
        },
    ],
    "posture_checks": [
        {"name": "managed", "type": "DOMAIN", "domains": ["acme"], "attributes": ["#managed"]},
        {"name": "factor", "type": "MFA", "timeout_seconds": 60, "prompt_on_wake": True},
    ],
    "certificate_authorities": [
        {
            "name": "branches",
            "cert_pem": certificate("ca", KEY, "ca", KEY),
            "auto_ca_enrollment_enabled": True,
        }
    ],
    "service_policies": [
        {
            "name": "pfcp hosts",
            "type": "Bind",
            "service_attributes": ["@pfcp"],
            "endpoint_attributes": ["@exit1"],
        },
        {
            "name": "pfcp clients",
            "type": "Dial",
            "service_attributes": ["@pfcp"],
            "endpoint_attributes": ["#work"],
            "posture_check_attributes": ["@managed"],
        },
    ],
    "service_edge_router_policies": [
        {"name": "pfcp routers", "service_attributes": ["@pfcp"], "edge_router_attributes": ["@oregon"]}
    ],
    "app_wans": [{"name": "welcome", "endpoint_attributes": ["#work"], "service_attributes": ["@portal"]}],
}
COLLECTIONS = tuple(name for name in SITE if name != "name")
PIECES = sum(len(SITE[name]) for name in COLLECTIONS)
CREATED = PIECES + 1
READS = 2 + len(COLLECTIONS) + 3  # the network, what is in it, and the configurations of one service


def site(**changes: Any) -> dict[str, Any]:
    return {**copy.deepcopy(SITE), **changes}


def built(seconds: float = 0.0, **changes: Any) -> Overlay:
    overlay = Overlay(seconds)
    overlay.run("network", **site(**changes))
    return overlay


def test_it_is_built_and_a_rerun_changes_nothing() -> None:
    overlay = Overlay()
    foretold = overlay.check("network", **site())
    assert overlay.writes == []
    made = overlay.run("network", **site())
    assert made["changed"] and made["actions"] == foretold["actions"] and made["diff"] == foretold["diff"]
    assert len(overlay.writes) == CREATED
    assert made["network"]["status"] == "PROVISIONED" and "endpoints" not in made["network"]
    assert {name: len(made["tree"][name]) for name in COLLECTIONS} == {
        name: len(SITE[name]) for name in COLLECTIONS
    }
    again = overlay.run("network", **site())
    assert not again["changed"] and overlay.writes == [] and again["tree"] == made["tree"]
    assert len(overlay.reads) == READS and not made["warnings"]
    assert again["unmanaged"] == [] and again["diff"] == {"before": "", "after": ""}


def test_what_depends_on_nothing_is_made_at_the_same_time() -> None:
    overlay = Overlay(seconds=10)
    begun = overlay.clock.now()
    overlay.run("network", **site())
    # The network, then its routers, then the service that one of them offers.
    assert 30 <= overlay.clock.now() - begun < 36


def test_only_what_differs_is_sent() -> None:
    overlay = built()
    changed = site()
    changed["endpoints"][0]["attributes"] = ["#other"]
    changed["services"][0]["client_ingress"] = {"port": 444}
    changed["services"][1]["edge_router_hosts"][0]["edge_router"] = "branch"
    done = overlay.run("network", **changed)
    assert done["plan"] == [
        {
            "verb": "update",
            "path": "endpoints/laptop",
            "name": "laptop",
            "fields": ["attributes"],
            "brings": [],
        },
        {
            "verb": "update",
            "path": "services/portal",
            "name": "portal",
            "fields": ["client_ingress"],
            "brings": [],
        },
        {
            "verb": "update",
            "path": "services/echo",
            "name": "echo",
            "fields": ["edge_router_hosts"],
            "brings": [],
        },
    ]
    portal = next(each for each in done["tree"]["services"] if each["name"] == "portal")
    assert (portal["client_ingress"]["host"], portal["client_ingress"]["port"]) == ("portal.acme", 444)
    assert portal["server_egress"]["host"] == "10.0.0.5"
    assert not overlay.run("network", **changed)["changed"]


def test_names_differ_by_more_than_case() -> None:
    overlay = built()
    assert not overlay.run("network", name="DEMO", endpoints=[{"name": "LAPTOP"}])["changed"]


def test_what_is_not_listed_is_told_and_deleted_only_on_request() -> None:
    overlay = built()
    fewer = {"name": "demo", "endpoints": [{"name": "laptop"}]}
    left = overlay.run("network", **fewer)
    assert not left["changed"] and "endpoints/exit1" in left["unmanaged"]
    assert not overlay.run("network", **fewer, purge=["services"])["changed"]
    foretold = overlay.check("network", **fewer, purge=["endpoints"])
    done = overlay.run("network", **fewer, purge=["endpoints"])
    assert foretold["actions"] == done["actions"] == ["delete endpoints/exit1"]
    assert [each["name"] for each in done["tree"]["endpoints"]] == ["laptop"]


def test_everything_is_deleted_in_an_order_that_the_service_takes() -> None:
    overlay = built()
    empty: dict[str, Any] = {name: [] for name in COLLECTIONS}
    done = overlay.run("network", name="demo", **empty, purge=["all"])
    assert len(done["plan"]) == PIECES and done["tree"] | empty == done["tree"]
    order = [call.split("/")[3] for call in overlay.writes]
    last = {kind: max(place for place, each in enumerate(order) if each == kind) for kind in order}
    for kind in ("app-wans", "service-policies", "service-edge-router-policies"):
        assert last[kind] < order.index("services") < order.index("edge-routers")
    assert last["service-policies"] < order.index("posture-checks")
    assert overlay.info("endpoint", network="demo") == []


@pytest.mark.parametrize("name", ["demo", "copy"])
def test_a_description_changes_nothing_and_builds_a_copy(name: str) -> None:
    overlay = built()
    (described,) = overlay.info("network", name="demo", as_description=True)
    assert described["services"][0]["edge_router_hosts"][0]["edge_router"] == "oregon"
    done = overlay.run("network", **{**described, "name": name})
    assert done["changed"] is (name == "copy")
    (again,) = overlay.info("network", name=name, as_description=True)
    assert again == {**described, "name": name}


def test_all_that_stands_in_the_way_is_told_before_anything_is_written() -> None:
    overlay = built()
    wrong = site()
    wrong["edge_routers"][0]["region"] = "us-east-1"
    wrong["services"][0]["model_type"] = "TunnelerToSdk"
    wrong["services"][1]["edge_router_hosts"][0]["edge_router"] = "nowhere"
    wrong["endpoints"].append({"name": "new"})
    with pytest.raises(Unplannable) as caught:
        overlay.run("network", **wrong)
    text = str(caught.value)
    assert (
        "edge_routers/oregon: the service cannot change region (is 'us-west-2', wanted 'us-east-1')" in text
    )
    assert "services/portal: the service cannot change model_type" in text
    assert "services/echo: edge_router_hosts.edge_router: there is no edge router 'nowhere'" in text
    assert overlay.writes == []


def test_no_service_names_an_edge_router_that_the_plan_deletes() -> None:
    overlay = built()
    left = site()
    left["edge_routers"].pop(0)
    left["edge_router_policies"].clear()
    for way in (overlay.check, overlay.run):
        with pytest.raises(
            Unplannable, match="edge_router_hosts.edge_router: there is no edge router 'Oregon'"
        ):
            way("network", **left, purge=["edge_routers"])
        assert overlay.writes == []
    left["services"][1]["edge_router_hosts"][0]["edge_router"] = "branch"
    assert overlay.run("network", **left, purge=["edge_routers"])["changed"]


def test_an_edge_router_is_known_by_the_name_that_it_is_to_have() -> None:
    overlay = built()
    new = site()
    new["edge_routers"][0] = {
        "id": overlay.info("edge_router", network="demo", name="oregon")[0]["id"],
        "name": "west",
    }
    new["edge_router_policies"][0]["edge_router_attributes"] = ["@west"]
    with pytest.raises(Unplannable, match="there is no edge router 'Oregon'"):
        overlay.check("network", **new)
    new["services"][1]["edge_router_hosts"][0]["edge_router"] = "West"
    done = overlay.run("network", **new)
    assert "update edge_routers/west" in done["actions"] and "update services/echo" not in done["actions"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"endpoints": [{"attributes": ["#a"]}]}, "endpoints: each endpoint needs a name"),
        ({"endpoints": [{"name": "a"}, {"name": "a"}]}, "the endpoint 'a' is listed twice"),
        ({"endpoints": [{"name": "a", "attributes": ["a"]}]}, "attributes: 'a' is not a role attribute"),
        ({"endpoints": [], "state": "suspended"}, "state: the contents of a network can only be described with state=present"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(options: dict[str, Any], said: str) -> None:
    overlay = built()
    with pytest.raises(InvalidOption, match=said):
        overlay.run("network", name="demo", **options)
    assert overlay.writes == []


def test_a_step_that_fails_leaves_the_others_and_a_rerun_what_is_missing() -> None:
    overlay = Overlay(seconds=1)
    overlay.fault("status", "POST", "/endpoints$", status=400, message="no luck")
    with pytest.raises(StepsFailed) as caught:
        overlay.run("network", **site())
    facts = caught.value.facts()
    assert len(facts["failed_steps"]) == 1 and facts["failed_steps"][0]["path"].startswith("endpoints/")
    assert len(facts["applied"]) + len(facts["left_steps"]) == CREATED - 1
    done = overlay.run("network", **site())
    assert done["changed"] and not overlay.run("network", **site())["changed"]


class Killed(BaseException):
    """The task's process is gone."""


@pytest.mark.parametrize("number", range(1, CREATED + 1))
def test_a_build_that_is_killed_is_completed_by_a_rerun(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    overlay = Overlay()
    send, sent = type(overlay.cloud).send, 0

    def dying(self: Any, write: Any, deadline: Any) -> Any:
        nonlocal sent
        sent += 1
        if sent >= number:
            raise Killed
        return send(self, write, deadline)

    with monkeypatch.context() as patched:
        patched.setattr(type(overlay.cloud), "send", dying)
        with pytest.raises(Killed):
            overlay.run("network", **site(), concurrency=1)
    overlay.run("network", **site())
    assert not overlay.run("network", **site())["changed"]


@pytest.mark.parametrize("fault", ["drop_after", "half"])
def test_a_lost_answer_makes_nothing_twice(fault: str) -> None:
    overlay = built()
    overlay.fault(fault, "POST", "/endpoints$")
    more = site(endpoints=[*SITE["endpoints"], {"name": "new"}])
    done = overlay.run("network", **more)
    assert [each["name"] for each in done["tree"]["endpoints"]].count("new") == 1
    assert not overlay.run("network", **more)["changed"]


def test_without_waiting_it_ends_when_all_is_accepted() -> None:
    overlay = Overlay()
    overlay.run("network", name="demo")
    overlay.service.settings.provision_seconds = 900
    begun = overlay.clock.now()
    done = overlay.run("network", name="demo", endpoints=SITE["endpoints"], wait=False)
    assert done["changed"] and overlay.clock.now() - begun < 5


def test_a_network_of_an_id_that_is_not_there_is_not_made() -> None:
    overlay = Overlay()
    with pytest.raises(CloudError, match="there is no network"):
        overlay.run("network", id="00000000-0000-4000-8000-000000000000", endpoints=[])
    assert overlay.writes == []


CONTENTS = {
    "endpoints": [{"name": "one"}],
    "edge_routers": [{"name": "two"}],
    "services": [{"name": "three", "client_ingress": {"host": "a.b", "port": 80}}],
}


@pytest.mark.parametrize("collection", CONTENTS)
@pytest.mark.parametrize("lost", [False, True])
def test_what_is_still_being_made_is_awaited(collection: str, lost: bool) -> None:
    overlay = Overlay(seconds=20)
    described = {collection: CONTENTS[collection]}
    if lost:
        overlay.fault("drop_after", "POST", "/core/v2/")
    else:
        overlay.run("network", name=NET, wait=False, **described)
    begun = overlay.clock.now()
    told = overlay.run("network", name=NET, **described)
    assert told["changed"] == lost
    assert 15 < overlay.clock.now() - begun < 30
    assert told["tree"][collection][0]["ziti_id"]
    assert overlay.check("network", name=NET, **described)["changed"] is False


@pytest.mark.parametrize(
    ("policy", "warned"),
    [
        (None, True),
        ({"service_attributes": ["@s"], "edge_router_attributes": ["#all"]}, False),
        ({"service_attributes": ["#all"], "edge_router_attributes": ["#all"]}, False),
        ({"service_attributes": ["#a", "#b"], "edge_router_attributes": ["#all"]}, False),
        ({"service_attributes": ["#a", "#b"], "semantic": "AllOf", "edge_router_attributes": ["#all"]}, True),
        ({"service_attributes": ["#b"], "edge_router_attributes": ["#all"]}, True),
        ({"service_attributes": ["@s"], "edge_router_attributes": []}, True),
    ],
)
def test_a_service_of_configurations_that_no_router_carries_is_told(policy: Any, warned: bool) -> None:
    overlay = Overlay()
    services = [
        {
            "name": "s",
            "attributes": ["#a"],
            "configs": [{"name": "h", "type": "host.v1", "data": {"port": 1}}],
        },
        {"name": "m", "client_ingress": {"host": "a", "port": 1}},
    ]
    policies = [{"name": "p", **policy}] if policy else []
    for attempt in (overlay.check, overlay.run, overlay.run):
        done = attempt("network", name="net", services=services, service_edge_router_policies=policies)
        said = ["services/s: no edge router carries it, because no service edge router policy selects it"]
        assert done["warnings"] == (said if warned else [])


CONFIG = {"name": "i", "type": "host.v1", "data": {"port": 1}}
TWINS: list[tuple[dict[str, Any], str]] = [
    ({"endpoints": [{"name": "a"}, {"name": "A"}]}, "endpoints: the endpoint 'A' is listed twice"),
    ({"endpoints": [{"id": "one", "name": "TWO"}]}, "endpoints/TWO: name: the network has another endpoint 'two'"),
    ({"endpoints": [{"id": "one", "name": "x"}, {"name": "X"}]}, "has another endpoint"),
    (
        {"endpoints": [{"name": "r"}], "edge_routers": [{"name": "R"}]},
        "endpoints/r: name: this is the name of the endpoint of the edge router 'R'",
    ),
    (
        {"services": [{"name": "s", "configs": [CONFIG]}, {"name": "t", "configs": [{**CONFIG, "name": "I"}]}]},
        "services/t: configs: a configuration of the service 's' has the name 'I' already",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("contents", "said"), TWINS)
def test_names_that_differ_only_in_case_are_refused_before_anything_is_written(
    contents: dict[str, Any], said: str
) -> None:
    overlay = Overlay()
    ids = {name: overlay.run("endpoint", name=name)["endpoint"]["id"] for name in ("one", "two")}
    given = copy.deepcopy(contents)
    for each in given.get("endpoints", ()):
        if "id" in each:
            each["id"] = ids[each["id"]]
    for attempt in (overlay.check, overlay.run):
        with pytest.raises(CloudError) as caught:
            attempt("network", name="net", **given)
        assert said in str(caught.value) and overlay.writes == []


@pytest.mark.parametrize(("contents", "said"), [TWINS[0], *TWINS[3:]])
def test_they_are_refused_in_a_new_network_as_well(contents: dict[str, Any], said: str) -> None:
    overlay = Overlay()
    with pytest.raises(CloudError) as caught:
        overlay.run("network", name="new", **contents)
    assert said in str(caught.value) and overlay.writes == []


def test_a_name_may_change_its_case() -> None:
    overlay = Overlay()
    one = overlay.run("endpoint", name="one")["endpoint"]["id"]
    overlay.run("edge_router", name="r")
    assert overlay.run(
        "network", name="net", endpoints=[{"id": one, "name": "ONE"}], edge_routers=[{"name": "R"}]
    )
