# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The ten promises that every resource module keeps, each resource walked through all of them."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.schema.resource import Resource
from ansible_collections.profitbricks.cloud.plugins.module_utils._interface import task_fields
from catalogue import KINDS
from integration.runner import SECRETS, Results, Runner, Task, task
from integration.scenarios import SCENARIOS, Scenario

ROOT = Path(__file__).resolve().parents[2]
MODULES = "ansible_collections.profitbricks.cloud.plugins.modules"
NOWHERE = "00000000-0000-4000-8000-000000000000"
CHECK = {"check_mode": True, "diff": True}
DIFF = {"diff": True}
# Nothing is created: test_image and test_k8s_node walk them.
UPLOADED = {"profitbricks_image", "profitbricks_k8s_node"}
# A file, and nothing at the service that has a name: test_k8s_config and test_token walk them.
WRITTEN = {"profitbricks_k8s_config", "profitbricks_token"}
# Nothing is created but that somebody has it: test_netfoundry walks them.
ASSIGNED = {"netfoundry_grant", "netfoundry_role"}


def resource_modules() -> set[str]:
    names = {file.stem for file in (ROOT / "plugins" / "modules").glob("*.py")}
    return {name for name in names if not name.endswith("_info")}


def test_every_resource_module_is_walked() -> None:
    walked = {f"{scenario.provider}_{kind}" for kind, scenario in SCENARIOS.items()}
    assert walked | UPLOADED | WRITTEN | ASSIGNED == resource_modules()


def test_no_promise_is_left_out_without_need() -> None:
    for kind, scenario in SCENARIOS.items():
        resource = KINDS[f"{scenario.provider}_{kind}"].resource
        fixed = [f.name for f in resource.writable if not f.mutable and f.name != resource.identity]
        assert bool(fixed) == (scenario.fixed is not None), kind
        assert (scenario.twin is None or scenario.clearing is None) == bool(scenario.lacks), kind
        # What is known by the only option that can change has nothing to change.
        assert scenario.change or {f.name for f in resource.writable if f.mutable} <= {scenario.mark}, kind


# -- the walk -----------------------------------------------------------------------------------------------------


def walk(kind: str, scenario: Scenario, ids: Mapping[str, str]) -> list[Task]:
    """The tasks of one resource; each is looked at by a promise below."""
    resource, mark = KINDS[f"{scenario.provider}_{kind}"].resource, scenario.mark
    module = f"{scenario.provider}_{kind}".removeprefix("profitbricks_")
    info = f"{module}_info"
    by_names = {**scenario.parents(kind), **scenario.told}
    by_ids = {**{parent: ids[parent] for parent in resource.parents}, **scenario.told}
    name = scenario.name
    options = {field.name for field in task_fields(KINDS[f"{scenario.provider}_{kind}"])}
    own_id = {("id" if "id" in options else mark): f"{{{{ created.{kind}.id }}}}"}
    new = {**by_names, **scenario.create}
    tasks = [
        task("foretell create", module, CHECK, **new),
        task("create", module, {**DIFF, "register": "created"}, **new),
        task("again", module, DIFF, **new),
        task("again in check mode", module, CHECK, **new),
        task("by names", module, **by_names, **name),
        task("by ids", module, **by_ids, **own_id),
        task("name by parents' ids", module, **by_ids, **name),
        task("id by parents' names", module, **by_names, **own_id),
        task("info by name", info, **by_names, **name),
        task("info by id", info, **by_ids, **own_id),
        task("info of all", info, {"check_mode": True}, **by_ids),
    ]
    if scenario.change:
        found = own_id if mark in scenario.change else name
        tasks += [
            task("foretell change", module, CHECK, **by_names, **found, **scenario.change),
            task("change", module, DIFF, **by_names, **found, **scenario.change),
            task("change again", module, **by_ids, **own_id, **scenario.change),
        ]
        name = {mark: scenario.renamed} if mark else {}
    if clearing := scenario.clearing:
        tasks += [
            task("fill", module, **by_names, **name, **{clearing.option: clearing.first}),
            task("leave alone", module, **by_names, **name),
            task("foretell clear", module, CHECK, **by_names, **name, **{clearing.option: clearing.empty}),
            task("clear", module, DIFF, **by_names, **name, **{clearing.option: clearing.empty}),
            task("clear again", module, **by_names, **name, **{clearing.option: clearing.empty}),
        ]
    if scenario.fixed:
        option, _present, wanted = scenario.fixed
        tasks.append(task("fixed", module, **by_names, **name, **{option: wanted}))
    if scenario.twin:
        tasks += [
            task(f"ambiguous {state}", module, **by_ids, **{mark: "twin"}, state=state)
            for state in ("present", "absent")
        ]
    for parent in resource.parents:
        for way, nowhere in (("name", "nowhere"), ("id", NOWHERE)):
            lost = {**(by_names if way == "name" else by_ids), parent: nowhere}
            tasks.append(task(f"no such {parent} by {way}", module, **{**new, **lost}))
            tasks.append(task(f"absent, no such {parent} by {way}", module, **lost, **name, state="absent"))
    if "update_password" in options:
        (secret,) = (field.name for field in resource.writable if field.secret)
        other = {**new, secret: scenario.secrets[1], **scenario.change}
        tasks += [
            task("other password", module, DIFF, **other),
            task("other password always", module, DIFF, **other, update_password="always"),
        ]
    tasks += [
        task("foretell delete", module, CHECK, **by_names, **name, state="absent"),
        task("delete", module, DIFF, **by_names, **name, state="absent"),
        task("delete again", module, DIFF, **by_names, **name, state="absent"),
        task("delete by id again", module, **by_ids, **own_id, state="absent"),
    ]
    if not scenario.requests:
        return tasks
    later = {**by_names, **scenario.later}
    path = scenario.posts or rf"/{resource.collection}$"
    fails = (
        "faults",
        {"kind": "fail_request", "method": "POST", "path": path, "message": "[VDC-5-601] no luck"},
    )
    tasks.append(task("request fails", module, {"before": [fails]}, **{**later, "wait_timeout": 20}))
    if scenario.slow:
        slow = ("settings", {"provision_seconds": 900})
        # What failed may have left something behind that has its name.
        lasting = later if mark in scenario.another else {**later, mark: "lasting"}
        tasks += [
            task("request lasts", module, {"before": [slow]}, **lasting, wait_timeout=1),
            task("no waiting", module, **{**later, mark: "unawaited", **scenario.unawaited}, wait=False),
        ]
    return tasks


# Both ways give the same to the letter (test_in_process): the slower one is walked where secrets are at stake.
WALKS = [(kind, True) for kind in SCENARIOS] + [("volume", False), ("user", False)]


@pytest.mark.parametrize(
    ("kind", "in_process"), WALKS, ids=[kind if inside else f"{kind}, as a module" for kind, inside in WALKS]
)
def test_the_ten_promises(kind: str, in_process: bool, play: Runner) -> None:
    scenario = SCENARIOS[kind]
    resource = KINDS[f"{scenario.provider}_{kind}"].resource
    ids, variables = scenario.world(play)
    twins = sorted(twin(play, resource, scenario, ids) for _each in range(2 if scenario.twin else 0))
    done = play(
        walk(kind, scenario, ids),
        arguments=["-vvv"],
        variables=variables,
        in_process=in_process,
    )
    promise_1_reruns_are_unchanged(kind, scenario, done)
    promise_2_what_is_left_out_is_left_alone(kind, scenario, done)
    promise_3_fixed_fields_are_errors(kind, scenario, done)
    promise_4_names_and_ids_identify(kind, resource, done, twins)
    promise_5_absent_is_honest(kind, resource, done)
    promise_6_check_and_diff_mode_tell_the_truth(kind, scenario, done)
    promise_7_secrets_are_nowhere(resource, scenario, done)
    promise_8_results_have_the_documented_keys(kind, resource, scenario, done)
    promise_9_waiting_is_as_told(kind, scenario, done)
    promise_10_requests_are_few(scenario, done)


def twin(play: Runner, resource: Resource, scenario: Scenario, ids: Mapping[str, str]) -> str:
    """One of two objects of the same name; its id."""
    assert scenario.twin is not None
    if callable(scenario.twin):
        return scenario.twin(play, ids)
    body = {"properties": dict(scenario.twin)}
    return str(play.call("POST", resource.collection_path(ids), body)["id"])


# -- the promises -------------------------------------------------------------------------------------------------


def promise_1_reruns_are_unchanged(kind: str, scenario: Scenario, done: Results) -> None:
    assert done["create"].changed and done["create"].writes == ["POST"]
    assert not done["again"].changed and done["again"].writes == []
    assert done["again"][kind] == done["create"][kind]
    if scenario.change:
        assert done["change"].changed and len(done["change"].writes) == 1
        assert {name: done["change"][kind][name] for name in scenario.change} == scenario.change
        assert not done["change again"].changed and done["change again"].writes == []


def promise_2_what_is_left_out_is_left_alone(kind: str, scenario: Scenario, done: Results) -> None:
    for name in ("by names", "by ids"):
        assert not done[name].changed and done[name].writes == []
        assert done[name][kind] == done["create"][kind]
    if scenario.change:
        resource = KINDS[f"{scenario.provider}_{kind}"].resource
        before, after = done["create"][kind], done["change"][kind]
        own = {f.name for f in resource.shown if not f.read_only} - set(scenario.change)
        own |= {child.name for child in resource.children}
        assert {name: after[name] for name in own} == {name: before[name] for name in own}
    if clearing := scenario.clearing:
        assert done["fill"].changed
        filled = done["fill"][kind][clearing.key]
        assert filled not in clearing.cleared
        assert not done["leave alone"].changed and done["leave alone"][kind][clearing.key] == filled
        assert done["clear"].changed
        cleared = done["clear"][kind][clearing.key]
        # Without addresses of its own a NIC gets one of the service's choice.
        assert cleared in clearing.cleared or (clearing.option == "ips" and len(cleared) == 1 != len(filled))
        assert not done["clear again"].changed


def promise_3_fixed_fields_are_errors(kind: str, scenario: Scenario, done: Results) -> None:
    if scenario.fixed is None:
        return
    option, present, wanted = scenario.fixed
    text = done["fixed"].msg
    # Of a long text, such as a certificate, messages show the beginning.
    is_now, shall_be = (
        repr(each) if len(repr(each)) <= 200 else f"{each[:50] + '...'!r} ({len(each)} characters)"
        for each in (present, wanted)
    )
    assert f"{option} (is {is_now}, wanted {shall_be})" in text
    assert "state=absent" in text and scenario.renamed in text
    assert done["fixed"].writes == []


def promise_4_names_and_ids_identify(kind: str, resource: Resource, done: Results, twins: list[str]) -> None:
    for name in ("by names", "by ids", "name by parents' ids", "id by parents' names"):
        assert done[name][kind]["id"] == done["create"][kind]["id"]
    for state in ("present", "absent") if twins else ():
        failed = done[f"ambiguous {state}"]
        assert all(each in failed.msg for each in twins) and failed.result["ids"] == twins
        assert failed.writes == []
    for parent in resource.parents:
        for way, nowhere in (("name", "nowhere"), ("id", NOWHERE)):
            lost = done[f"no such {parent} by {way}"]
            assert "there is no" in lost.msg and nowhere in lost.msg
            assert way == "id" or lost.msg.startswith(f"{parent}: ")
            assert lost.writes == []


def promise_5_absent_is_honest(kind: str, resource: Resource, done: Results) -> None:
    assert done["delete"].changed and done["delete"].writes == ["DELETE"] and done["delete"][kind] is None
    gone = ["delete again", "delete by id again"]
    gone += [f"absent, no such {parent} by {way}" for parent in resource.parents for way in ("name", "id")]
    for name in gone:
        assert not done[name].changed and done[name].writes == [] and done[name][kind] is None


def promise_6_check_and_diff_mode_tell_the_truth(kind: str, scenario: Scenario, done: Results) -> None:
    verbs = ["create", "change", "clear", "delete"]
    for verb in [each for each in verbs if each in done.tasks]:
        foretold, real = done[f"foretell {verb}"], done[verb]
        assert foretold.writes == [] and foretold.changed and real.changed
        assert foretold.diff == real.diff and foretold["actions"] == real["actions"]
        if real[kind] is not None:
            agree(foretold[kind], real[kind])
    assert not done["again in check mode"].changed
    assert done["again in check mode"][kind] == done["again"][kind]
    for name in ("again", "delete again"):
        assert done[name].diff == {"before": {}, "after": {}}
    if scenario.change:
        # Of a running server the difference also tells whether it restarts.
        assert set(scenario.change) == set(done["change"].diff["after"]) - {"restart"}
    assert done["create"].diff["before"] == {} and done["delete"].diff["after"] == {}
    for mark, value in scenario.name.items():
        assert done["create"].diff["after"][mark] == (done["create"][kind]["id"] if mark == "id" else value)
    assert done["delete"].diff["before"]["id"] == done["create"][kind]["id"]


# The addresses of a block that is not there yet are called as options may call them: by the block and a number.
LATER = {"ips"}


def agree(foretold: Any, real: Any) -> None:
    """What was foretold is so, where it could be known; the rest was left null."""
    if isinstance(foretold, dict):
        assert set(foretold) == set(real)
        for key, value in foretold.items():
            if key in LATER and value == [f"new.{number}" for number in range(len(real[key]))]:
                continue
            if key not in ("last_modified_date", "last_modified_by", "updated_at", "version"):
                agree(value, real[key])
    elif isinstance(foretold, list) and foretold:
        assert len(foretold) == len(real)
        for one, other in zip(foretold, real, strict=True):
            agree(one, other)
    elif foretold not in (None, []):
        assert foretold == real


def promise_7_secrets_are_nowhere(resource: Resource, scenario: Scenario, done: Results) -> None:
    for secret in (*SECRETS, *scenario.secrets):
        assert secret not in done.output
    if "other password" in done.tasks:
        assert not done["other password"].changed and done["other password"].writes == []
        assert done["other password always"].changed
        assert done["other password always"].writes == [resource.update_method]


def promise_8_results_have_the_documented_keys(
    kind: str, resource: Resource, scenario: Scenario, done: Results
) -> None:
    looked_at = ("foretell create", "create", "again", "by ids", "change")
    results = [done[name][kind] for name in looked_at if name in done.tasks]
    infos = [done[name][resource.plural] for name in ("info by name", "info by id", "info of all")]
    created = done["create"][kind]
    assert infos[0] == infos[1] == [created]
    assert created in infos[2]
    assert all(set(result) == set(created) for result in results)
    documented = yaml.safe_load(import_module(f"{MODULES}.{scenario.provider}_{kind}").RETURN)
    as_documented(created, documented[kind]["contains"])
    internal = {"changed", "invocation", "diff", "warnings", "failed", "deprecations"}
    returned = {key for key in done["create"].result if not key.startswith("_")} - internal
    assert returned == set(documented)
    read = yaml.safe_load(import_module(f"{MODULES}.{scenario.provider}_{kind}_info").RETURN)
    for result in infos[2]:
        contains = read[resource.plural]["contains"]
        as_documented(result, {key: said for key, said in contains.items() if said["returned"] == "always"})


TYPES: dict[str, Any] = {
    "str": str,
    "int": int,
    "bool": bool,
    "float": (int, float),
    "list": list,
    "dict": dict,
}


def as_documented(result: Mapping[str, Any], contains: Mapping[str, Any]) -> None:
    assert set(result) == set(contains)
    for key, value in result.items():
        assert value is None or isinstance(value, TYPES[contains[key]["type"]]), key
        for each in value if isinstance(value, list) and "contains" in contains[key] else ():
            as_documented(each, contains[key]["contains"])


def promise_9_waiting_is_as_told(kind: str, scenario: Scenario, done: Results) -> None:
    for name in ("create", "change") if scenario.change else ("create",):
        assert done[name][kind].get("state", scenario.rests) == scenario.rests
        assert bool(done[name]["request_id"]) == bool(done[name].polls) == scenario.requests
    if not scenario.requests:
        return
    failed = done["request fails"]
    assert scenario.reason in failed.msg and failed.result["request_id"] in failed.msg
    assert "wait_timeout" not in failed.msg
    if scenario.slow:
        late = done["request lasts"]
        assert "wait_timeout=1 " in late.msg and late.result["request_id"] in late.msg
        assert 1 <= late.seconds < 4
        accepted = done["no waiting"]
        assert accepted.changed and accepted.polls == [] and accepted["request_id"]
        assert accepted[kind]["id"] and set(accepted[kind]) == set(done["create"][kind])


def promise_10_requests_are_few(scenario: Scenario, done: Results) -> None:
    for name in ("again", "by names", "name by parents' ids", "id by parents' names", "info by name"):
        assert len(done[name].calls) <= scenario.named, done[name].reads
    for name in ("by ids", "change again", "info by id") if scenario.change else ("by ids", "info by id"):
        assert len(done[name].calls) == 1, done[name].reads
    create = done["create"]
    assert create.writes == ["POST"] and len(create.reads) == len(done["again"].reads) + 1 + scenario.lookups
    assert len(create.calls) == len(create.reads) + len(create.polls) + 1 and len(create.polls) <= 3
