# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plan files: what is reviewed is what is done, and whatever has changed meanwhile is named."""

from __future__ import annotations

import copy
import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from requests import PreparedRequest, Response

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import (
    CloudError,
    InvalidOption,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.plan.file import PlanChanged
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.schema.field import UUID
from unit.mounted import Mounted
from unit.scripted import intercept
from unit.test_tree_site import CHANGES, account, possible, sites

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "docs" / "schema" / "plan-1.json").read_text(encoding="utf-8"))
# How many random data centers; more of them in long runs.
WORLDS = int(os.environ.get("PLAN_WORLDS", "12"))

SITE: dict[str, Any] = {
    "name": "shop",
    "location": "de/fra",
    "labels": {"env": "test"},
    "lans": [{"name": "public", "public": True}, {"name": "private", "public": False}],
    "volumes": [{"name": "spare", "size": 5, "licence_type": "OTHER"}],
    "servers": [
        {
            "name": name,
            "cores": 2,
            "ram": 4096,
            "boot_volume": f"{name}-boot",
            "volumes": [
                {"name": f"{name}-boot", "size": 10, "image": "ubuntu:latest", "image_password": "canary12pw"}
            ],
            "nics": [{"name": "front", "lan": "public"}, {"name": "back", "lan": "private"}],
        }
        for name in ("web-01", "db-01")
    ],
}


def changed(**server: Any) -> dict[str, Any]:
    """The site with other values of db-01, and without web-01."""
    options = copy.deepcopy(SITE)
    options["servers"] = [{**options["servers"][1], **server}]
    options["purge"] = ["servers"]
    return options


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "shop.plan.json"


def plan_of(mounted: Mounted, path: Path, **options: Any) -> dict[str, Any]:
    """The document that check mode writes."""
    mounted.check("datacenter", **options, plan_file=str(path))
    assert mounted.writes == []
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    jsonschema.validate(found, SCHEMA)
    return found


def refusal(mounted: Mounted, path: Path, **options: Any) -> PlanChanged:
    with pytest.raises(PlanChanged) as caught:
        mounted.run("datacenter", **options, plan_file=str(path))
    assert mounted.writes == []
    return caught.value


def made() -> Mounted:
    mounted = Mounted()
    mounted.run("datacenter", **SITE)
    return mounted


# -- the file ----------------------------------------------------------------------------------------------------------


def test_a_plan_is_written_for_its_owner_alone(path: Path) -> None:
    path.write_text("old")
    path.chmod(0o644)
    plan = plan_of(Mounted(), path, **SITE)
    assert path.stat().st_mode & 0o777 == 0o600
    assert [each["verb"] for each in plan["steps"]] == ["create", "create"]
    assert plan["id"] is None and plan["name"] == "shop"
    assert plan["sums"]["after"] == {
        **{"lans": 2, "volumes": 3, "servers": 2, "security_groups": 0, "loadbalancers": 0},
        **{"nat_gateways": 0, "network_load_balancers": 0, "application_load_balancers": 0},
        **{"cores": 4, "ram": 8192, "storage": 25},
    }


def test_the_same_plan_is_the_same_to_the_byte(path: Path) -> None:
    texts = set()
    mounted = made()
    for _time in range(3):
        plan_of(mounted, path, **changed(cores=4))
        texts.add(path.read_bytes())
        mounted.clock.time += 1000
    assert len(texts) == 1


SECRETS = {
    "image_password": "Canary1Password",
    "ssh_keys": ["ssh-ed25519 AAAACANARY2 me@example.com"],
    "user_data": "I2Nsb3VkLWNvbmZpZyBDQU5BUlkz",
}


@pytest.mark.parametrize("present", [False, True], ids=["new", "changed"])
def test_it_holds_no_secrets(path: Path, present: bool) -> None:
    mounted = made() if present else Mounted()
    volume = {"name": "new", "size": 10, "image": "ubuntu:latest", **SECRETS}
    options = copy.deepcopy(SITE)
    options["servers"][0]["volumes"].append(volume)
    plan = plan_of(mounted, path, **options)
    text = path.read_text(encoding="utf-8")
    for value in ("Canary1Password", "CANARY2", SECRETS["user_data"], "canary12pw"):
        assert str(value) not in text
    names = {each.rsplit("/", 1)[-1] for step in plan["steps"] for each in step["sealed"]}
    assert set(SECRETS) <= names


def test_deletions_tell_what_goes_with_them(path: Path) -> None:
    plan = plan_of(made(), path, **changed())
    (step,) = plan["steps"]
    assert (step["verb"], step["path"]) == ("delete", "servers/web-01")
    assert step["goes_with"] == ["servers/web-01/nics/front", "servers/web-01/nics/back"]


def test_a_data_center_that_goes_tells_it_too(path: Path) -> None:
    options = {"name": "shop", "state": "absent", "force": True}
    plan = plan_of(made(), path, **options)
    (step,) = plan["steps"]
    assert "servers/db-01" in step["goes_with"] and "volumes/spare" in step["goes_with"]
    assert plan["sums"]["before"]["servers"] == 2 and plan["sums"]["after"] == {}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{", "is not valid JSON"),
        ("[]", "is not a plan of this collection"),
        ('{"format": "other"}', "is not a plan of this collection"),
        ('{"format": "profitbricks.cloud/plan", "version": 2, "steps": []}', "version 2"),
        ('{"format": "profitbricks.cloud/plan", "version": 1}', "are not valid; make a new plan"),
        (
            '{"format": "profitbricks.cloud/plan", "version": 1, "steps": [{"verb": 1}]}',
            "are not valid; make a new plan",
        ),
    ],
)
def test_what_is_no_plan_is_refused(path: Path, text: str, why: str) -> None:
    path.write_text(text)
    mounted = Mounted()
    with pytest.raises(InvalidOption, match=f"plan_file: .*{why}"):
        mounted.run("datacenter", **SITE, plan_file=str(path))
    assert mounted.writes == []


def test_without_a_file_nothing_is_written(path: Path) -> None:
    mounted = Mounted()
    with pytest.raises(InvalidOption, match="does not exist; make the plan with --check"):
        mounted.run("datacenter", **SITE, plan_file=str(path))
    with pytest.raises(InvalidOption, match="cannot be read"):
        mounted.run("datacenter", **SITE, plan_file=str(path.parent))
    with pytest.raises(InvalidOption, match="cannot be written"):
        mounted.check("datacenter", **SITE, plan_file=str(path / "below"))
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(InvalidOption, match="is not a text file"):
        mounted.run("datacenter", **SITE, plan_file=str(path))
    assert mounted.writes == []


# -- its age -----------------------------------------------------------------------------------------------------------


def test_an_old_plan_is_refused(path: Path) -> None:
    mounted = Mounted()
    aged = {**SITE, "plan_max_age": 3600}
    assert plan_of(mounted, path, **aged)["made"].endswith("Z")
    mounted.clock.time += 3601
    with pytest.raises(InvalidOption, match="3601 seconds ago, and may be at most 3600 seconds old"):
        mounted.run("datacenter", **aged, plan_file=str(path))
    assert mounted.writes == []
    mounted.clock.time -= 2
    assert mounted.run("datacenter", **aged, plan_file=str(path))["changed"]


def test_a_plan_without_an_age_is_none(path: Path) -> None:
    mounted = Mounted()
    assert "made" not in plan_of(mounted, path, **SITE)
    with pytest.raises(InvalidOption, match="does not record when it was made"):
        mounted.run("datacenter", **SITE, plan_file=str(path), plan_max_age=60)
    assert mounted.writes == []


# -- what is applied ---------------------------------------------------------------------------------------------------


@settings(max_examples=WORLDS, deadline=None, suppress_health_check=list(HealthCheck))
@given(site=sites(), data=st.data())
def test_random_data_centers_become_what_the_file_says(
    tmp_path: Path, site: Any, data: st.DataObject
) -> None:
    mounted, path = account(), tmp_path / "plan.json"
    edited = copy.deepcopy(site)
    data.draw(st.sampled_from([each for each in CHANGES if possible(site, each)]))(edited, data.draw)
    # The data center as it is made, then as it is changed.
    for options in (site, edited):
        plan = plan_of(mounted, path, **options)
        done = mounted.run("datacenter", **options, plan_file=str(path))
        told = [(each["verb"], each["path"]) for each in done["plan"]]
        assert told == [(step["verb"], step["path"]) for step in plan["steps"]]
        written = sorted(call.split()[0] for call in mounted.writes)
        assert written == sorted(step["call"].split()[0] for step in plan["steps"])


def test_a_step_that_turns_out_to_be_needed_is_not_made(path: Path) -> None:
    """Somebody puts the old value back at once: there is no second round, but a word."""
    mounted = made()
    options = {**SITE, "description": "new"}
    plan_of(mounted, path, **options)
    other = mounted.client(6)

    def put_back(request: PreparedRequest, send: Callable[[], Response]) -> Response:
        answer = send()
        if request.method == "PATCH":
            where = f"datacenters/{answer.json()['id']}"
            other.transport.call("PATCH", where, body={"description": "old"})
        return answer

    intercept(mounted.cloud.transport, put_back)
    done = mounted.run("datacenter", **options, plan_file=str(path))
    assert len(mounted.writes) == 2 and "description" in " ".join(done["warnings"])


def test_foreign_work_behind_a_lost_answer_is_not_undone(path: Path) -> None:
    mounted = made()
    options = {**SITE, "lans": [*SITE["lans"], {"name": "backup", "public": False}]}
    plan_of(mounted, path, **options)
    other = mounted.client(6)
    tree = mounted.check("datacenter", **options)["tree"]
    volume = next(each["id"] for each in tree["volumes"] if each["name"] == "spare")
    lost: list[PreparedRequest] = []

    def interfere(request: PreparedRequest, send: Callable[[], Response]) -> Response:
        if request.method == "POST" and not lost:
            lost.append(request)
            other.transport.call("DELETE", f"datacenters/{tree['id']}/volumes/{volume}")
            raise requests.ConnectionError("the answer is lost")
        return send()

    intercept(mounted.cloud.transport, interfere)
    with pytest.raises(PlanChanged, match="create of volume spare would be needed now"):
        mounted.run("datacenter", **options, plan_file=str(path))
    assert not any(call.endswith("/volumes") for call in mounted.writes)


# -- what changed meanwhile --------------------------------------------------------------------------------------------

RULE = {"name": "ssh", "protocol": "TCP", "port_range_start": 22, "port_range_end": 22}
RICH: dict[str, Any] = {
    **copy.deepcopy(SITE),
    "description": "as planned",
    "security_groups": [{"name": "web", "description": "of the web", "rules": [RULE]}],
    "loadbalancers": [{"name": "front", "dhcp": True, "balanced_nics": ["web-01/front"]}],
    "purge": ["all"],
}
RICH["servers"][0] |= {"labels": {"role": "web"}, "state": "running"}
RICH["servers"][0]["nics"][0] |= {"firewall_active": True, "firewall_rules": [RULE], "dhcp": True}
WISH = copy.deepcopy(RICH)
# What the plan itself is about.
WISH["servers"][1] |= {"ram": 8192, "cores": 4}
WISH["lans"].append({"name": "backup", "public": False})

WEB, DB = "servers/web-01", "servers/db-01"
NIC, SSH = f"{WEB}/nics/front", f"{WEB}/nics/front/firewall_rules/ssh"


def find_url(tree: dict[str, Any], path: str) -> str:
    """The address of an object at a path."""
    wire = {
        "firewall_rules": "firewallrules", "security_groups": "securitygroups", "rules": "rules", "labels": "labels"
    }  # fmt: skip
    here, address = tree, [f"datacenters/{tree['id']}"]
    parts = path.split("/") if path else []
    for collection, name in zip(parts[::2], parts[1::2], strict=True):
        address.append(wire.get(collection, collection))
        if collection == "labels":
            address.append(name)
            break
        here = next(each for each in here[collection] if each["name"] == name)
        address.append(str(here["id"]))
    if "/volumes/" in path:
        return "/".join([address[0], *address[-2:]])
    return "/".join(address)


def patch(path: str, names: str, /, **properties: Any) -> Any:
    return pytest.param("PATCH", path, properties, names, id=f"{path} {','.join(properties)}")


def delete(path: str, names: str) -> Any:
    return pytest.param("DELETE", path, None, names, id=f"no {path}")


def post(path: str, names: str, /, **body: Any) -> Any:
    return pytest.param("POST", path, body, names, id=f"new {path}")


SPEC = {"name": "foreign", "size": 3, "licenceType": "OTHER", "type": "HDD"}
FOREIGN = [
    patch("", "description is by hand and would become as planned", description="by hand"),
    patch("lans/public", "lans/public public is false and would become true", public=False),
    patch("lans/private", "lans/private public is true and would become false", public=True),
    patch("lans/private", "create of LAN private", name="renamed"),
    patch("volumes/spare", "volumes/spare: size: the volume spare has 6 GB and can only grow", size=6),
    patch("volumes/spare", "create of volume spare", name="renamed"),
    patch(WEB, f"{WEB} cores is 3 and would become 2", cores=3),
    patch(WEB, f"{WEB} ram is 5120 and would become 4096", ram=5120),
    patch(WEB, "is attached to the server 'renamed', not to 'web-01'", name="renamed"),
    patch(DB, f"{DB} ram was 4096 when the plan was made, and is now 6144; changed", ram=6144),
    patch(DB, f"{DB} ram was 4096 when the plan was made, and is now 8192; changed", ram=8192),
    patch(DB, f"{DB} cores was 2 when the plan was made, and is now 4; changed", cores=4),
    patch(DB, f"{DB} cores was 2 when the plan was made, and is now 1; changed", cores=1),
    patch(DB, "is attached to the server 'renamed', not to 'db-01'", name="renamed"),
    patch(f"{WEB}/volumes/web-01-boot", "web-01-boot has 12 GB and can only grow", size=12),
    patch(f"{WEB}/volumes/web-01-boot", "create of", name="renamed"),
    patch(f"{DB}/volumes/db-01-boot", "db-01-boot has 12 GB and can only grow", size=12),
    patch(NIC, f"{NIC} dhcp is false and would become true", dhcp=False),
    patch(NIC, f"{NIC} firewall_active is false and would become true", firewallActive=False),
    patch(NIC, f"{NIC} lan is private and would become public", lan=2),
    patch(NIC, "create of NIC web-01/front", name="renamed"),
    patch(f"{DB}/nics/back", f"{DB}/nics/back lan is public and would become private", lan=1),
    patch(SSH, f"{SSH} port_range_end is 23 and would become 22", portRangeEnd=23),
    patch(SSH, "create of firewall rule web-01/front/ssh", name="renamed"),
    patch("security_groups/web", "security_groups/web description is other", description="other"),
    patch("security_groups/web/rules/ssh", "port_range_start is 21", portRangeStart=21),
    patch("loadbalancers/front", "loadbalancers/front dhcp is false", dhcp=False),
    patch("loadbalancers/front", "create of load balancer front", name="renamed"),
    delete("volumes/spare", "create of volume spare"),
    delete(WEB, "create of server web-01"),
    delete(DB, f"{DB} no longer exists"),
    delete(NIC, "create of NIC web-01/front"),
    delete(SSH, "create of firewall rule"),
    delete("security_groups/web/rules/ssh", "create of security group rule web/ssh"),
    delete("loadbalancers/front", "create of load balancer front"),
    delete("labels/env", "create of label env"),
    delete(f"{WEB}/labels/role", "create of label web-01/role"),
    post("lans", "delete of LAN foreign", properties={"name": "foreign", "public": False}),
    post("volumes", "delete of volume foreign", properties=SPEC),
    post("servers", "delete of server foreign", properties={"name": "foreign", "cores": 1, "ram": 1024}),
    post("loadbalancers", "delete of load balancer foreign", properties={"name": "foreign"}),
    post(f"{WEB}/stop", "start of server web-01 would be needed now"),
    post(
        f"{NIC}/firewallrules", "delete of firewall rule", properties={"name": "foreign", "protocol": "ANY"}
    ),
    post("securitygroups", "delete of security group foreign", properties={"name": "foreign"}),
    post("labels", "delete of label foreign", properties={"key": "foreign", "value": "x"}),
]


def test_there_are_forty_foreign_changes() -> None:
    assert len(FOREIGN) >= 40


@pytest.mark.parametrize(("method", "path_of", "body", "names"), FOREIGN)
def test_a_foreign_change_is_named_and_nothing_written(
    path: Path, method: str, path_of: str, body: Any, names: str
) -> None:
    mounted = Mounted()
    tree = mounted.run("datacenter", **RICH)["tree"]
    plan_of(mounted, path, **WISH)
    above, _slash, last = path_of.rpartition("/")
    url = find_url(tree, path_of) if method != "POST" else f"{find_url(tree, above)}/{last}"
    mounted.client(6).transport.call(method, url, body=body)
    with pytest.raises(CloudError) as caught:
        mounted.run("datacenter", **WISH, plan_file=str(path))
    assert mounted.writes == []
    assert names in str(caught.value), caught.value


def test_who_and_when_are_told(path: Path) -> None:
    mounted = Mounted()
    tree = mounted.run("datacenter", **RICH)["tree"]
    plan_of(mounted, path, **WISH)
    mounted.clock.time += 86400
    mounted.client(6).transport.call("PATCH", find_url(tree, DB), body={"ram": 6144})
    (difference,) = refusal(mounted, path, **WISH).differences
    when = mounted.clock.date().strftime("%Y-%m-%d %H:%M")
    assert difference == (
        f"{DB} ram was 4096 when the plan was made, and is now 6144; changed {when} by demo@example.com"
    )


@pytest.mark.parametrize(
    ("change", "names"),
    [
        ({"description": "other"}, "description is as planned and would become other, which is not in the plan"),
        ({"servers": [WISH["servers"][0], {**WISH["servers"][1], "ram": 4096}]}, f"{DB} ram"),
        ({"servers": [WISH["servers"][0], {**WISH["servers"][1], "ram": 5120}]}, f"{DB} ram is set to 5120 in the task, "
         "but 8192 in the plan"),
        ({"lans": WISH["lans"][:2]}, "create of LAN backup is in the plan, but not in the task"),
        ({"state": "absent", "force": True}, "state is absent in the task, but present in the plan"),
    ],
)  # fmt: skip
def test_another_description_is_another_plan(path: Path, change: dict[str, Any], names: str) -> None:
    mounted = Mounted()
    mounted.run("datacenter", **RICH)
    plan_of(mounted, path, **WISH)
    error = refusal(mounted, path, **{**WISH, **change})
    assert any(names in each for each in error.differences), error.differences
    assert error.facts()["differences"] == list(error.differences)


def test_another_data_center_of_the_same_name_is_another(path: Path) -> None:
    mounted = Mounted()
    mounted.run("datacenter", name="shop", location="de/fra")
    options = {"name": "shop", "location": "de/fra", "description": "new"}
    plan_of(mounted, path, **options)
    mounted.run("datacenter", name="shop", state="absent")
    mounted.run("datacenter", name="shop", location="de/fra")
    (said,) = refusal(mounted, path, **options).differences
    assert re.fullmatch(
        f"data center shop is not the one of the plan: its id is {UUID}, and was {UUID}", said
    )


GONE = {"name": "shop", "state": "absent", "force": True}


@pytest.mark.parametrize(
    ("there", "options", "said"),
    [
        ([], SITE, ["data center shop already exists (id UUID)", "create of label env is in the plan"]),
        (
            [RICH],
            WISH,
            ["lans/backup already exists (id 3)", "servers/db-01 cores was 2", "servers/db-01 ram was"],
        ),
        ([RICH], GONE, ["data center shop no longer exists (id UUID)"]),
        ([RICH], {**RICH, "description": "new"}, ["description was as planned"]),
    ],
    ids=["created", "changed", "deleted", "updated"],
)
def test_what_is_done_already_is_told_by_its_name_before_its_id(
    path: Path, there: list[dict[str, Any]], options: dict[str, Any], said: list[str]
) -> None:
    mounted = Mounted()
    for each in there:
        mounted.run("datacenter", **each)
    plan_of(mounted, path, **options)
    mounted.run("datacenter", **options, plan_file=str(path))
    told = [re.sub(UUID, "UUID", each) for each in refusal(mounted, path, **options).differences]
    assert len(told) == len(said)
    assert all(each.startswith(begins) for each, begins in zip(told, said, strict=True)), told


def test_a_data_center_that_is_gone_or_there_by_now_is_told_once(path: Path) -> None:
    mounted = Mounted()
    mounted.run("datacenter", **RICH)
    plan_of(mounted, path, **WISH)
    mounted.run("datacenter", name="shop", state="absent", force=True)
    gone, *_steps = refusal(mounted, path, **WISH).differences
    assert re.fullmatch(f"data center shop no longer exists \\(id {UUID}\\)", gone)
    plan_of(mounted, path, **GONE)
    mounted.run("datacenter", **RICH)
    there, *_steps = refusal(mounted, path, **GONE).differences
    assert re.match(f"data center shop already exists \\(id {UUID}\\); changed ", there)
