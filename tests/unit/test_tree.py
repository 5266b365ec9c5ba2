# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Nested resources of any service: pairing, planning, carrying out, showing."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.apply import (
    Applied,
    StepsFailed,
    apply,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.clock import Deadline
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import (
    AmbiguousName,
    ApiError,
    CloudError,
    ConnectionFailed,
    InvalidOption,
    NotFound,
    Unanswered,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.operation import (
    Operation,
    Status,
    Watch,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.plan.pairing import pair
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.plan.planner import Unplannable
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.plan.show_tree import (
    to_yaml,
    tree_difference,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.plan.steps import (
    Creation,
    Ref,
    Step,
    natural,
    needs,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.schema.field import Field
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.schema.resource import (
    Child,
    Resource,
)
from unit.planned import Branch
from unit.scripted import FakeClock

LEAF = Resource(
    "leaf",
    "roots/{root}/branches/{branch}/leaves",
    "leaf",
    (
        Field("name"),
        Field("size", "int"),
        Field("kind", mutable=False),
        Field("code", secret=True),
        Field("late", on_create=False),
    ),
    plural="leaves",
)
BRANCH = Resource(
    "branch",
    "roots/{root}/branches",
    "branch",
    (Field("name"), Field("length", "int", mutable=False), Field("place", "int")),
    children=(Child("leaves", "leaves", LEAF, creatable=True),),
    fallback="place",
)
CHILD = Child("branches", "branches", BRANCH, creatable=True)
ROOT = Resource("root", "roots", "root", (Field("name"),), children=(CHILD,))
THING = Resource("thing", "things", "thing", (Field("name"),))


def branch(name: str, *leaves: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {"id": f"id-{name}", "name": name, "length": 1, "place": None, **fields, "leaves": list(leaves)}


def leaf(name: str, **fields: Any) -> dict[str, Any]:
    return {"id": f"id-{name}", "name": name, "size": 1, "kind": "x", "late": None, **fields}


def planned(
    wants: Sequence[dict[str, Any]] | None, haves: Sequence[dict[str, Any]], purge: Sequence[str] = ()
) -> Branch:
    return Branch(ROOT, CHILD, wants, haves, purge)


# -- planning ----------------------------------------------------------------------------------------------------


def test_a_missing_object_is_one_call_with_all_in_it_and_what_only_an_update_takes_follows() -> None:
    want = {"name": "a", "leaves": [{"name": "l", "size": 2, "code": "secret", "late": "yes"}]}
    create, update = planned([want], []).steps
    assert (create.verb, create.path, create.method) == ("create", ("branches", "a"), "POST")
    assert create.url == ("roots", "r", "branches")
    leaves = {"items": [{"properties": {"name": "l", "size": 2, "code": "secret"}}]}
    assert create.body == {"properties": {"name": "a"}, "entities": {"leaves": leaves}}
    assert create.after == {"name": "a", "leaves": {"l": {"name": "l", "size": 2, "late": "yes"}}}
    path = ("branches", "a", "leaves", "l")
    assert update.url == ("roots", "r", "branches", Ref(("branches", "a")), "leaves", Ref(path))
    assert update.body == {"late": "yes"}
    assert needs([create, update])[update.key] == {create.key}


def test_only_what_differs_is_sent_and_nothing_for_what_is_there() -> None:
    haves = [branch("b"), branch("a", leaf("l"), leaf("m"))]
    same: list[dict[str, Any]] = [
        {"name": "a", "leaves": [{"name": "m"}, {"name": "l", "size": 1}]},
        {"name": "b"},
    ]
    assert planned(same, haves).steps == []
    (step,) = planned([{"name": "a", "leaves": [{"name": "l", "size": 2, "kind": "x"}]}], haves).steps
    assert step.as_result() == {
        "verb": "update", "path": "branches/a/leaves/l", "name": "l", "fields": ["size"]
    }  # fmt: skip
    assert step.body == {"size": 2} and (step.before, step.after) == ({"size": 1}, {"size": 2})
    assert "/".join(map(str, step.url)) == "roots/r/branches/id-a/leaves/id-l"


def test_what_is_not_listed_is_told_or_deleted_where_purge_and_a_list_say_so() -> None:
    haves = [branch("b-9"), branch("b-10"), branch("a", leaf("l"))]
    assert planned([{"name": "a", "leaves": []}], haves).unmanaged == [
        "branches/a/leaves/l", "branches/b-9", "branches/b-10"
    ]  # fmt: skip
    purged = planned([{"name": "a"}], haves, ["branches"])
    assert [str(step) for step in purged.steps] == ["delete of branch b-10", "delete of branch b-9"]
    assert purged.unmanaged == ["branches/a/leaves/l"]
    assert len(planned([], haves, ["all"]).steps) == 3
    assert planned(None, haves, ["all"]).steps == []


def test_all_problems_are_told_at_once() -> None:
    wants = [{"name": "a", "length": 2, "leaves": [{"name": "l", "kind": "y"}]}]
    planner = planned(wants, [branch("a", leaf("l"))])
    text = str(Unplannable(planner.problems))
    assert "branches/a: the service cannot change length (is 1, wanted 2)" in text
    assert "branches/a/leaves/l: the service cannot change kind (is 'x', wanted 'y')" in text


def test_objects_are_known_by_id_name_or_second_mark() -> None:
    haves = [branch("a"), branch("", place=3), branch("b")]
    wants: list[dict[str, Any]] = [{"id": "ID-A", "name": "new"}, {"place": 3}, {"name": "c"}]
    pairs, rest = pair(CHILD, wants, haves)
    assert [have and have["id"] for _want, have in pairs] == ["id-a", "id-", None]
    assert [each["name"] for each in rest] == ["b"]


@pytest.mark.parametrize(
    ("wants", "error", "text"),
    [
        ([{"name": "a"}, {"name": "a"}], InvalidOption, "branches: the branch 'a' is listed twice"),
        ([{"name": "a"}, {"id": "id-a"}], InvalidOption, "'a' and 'id-a' are the same branch"),
        ([{"name": "twin"}], AmbiguousName, "2 branchs match 'twin'"),
        ([{"id": "nowhere"}], NotFound, "branches.id: there is no branch 'nowhere'"),
        ([{"length": 1}], InvalidOption, "each branch needs a name"),
    ],
)
def test_what_does_not_say_which_object_is_meant(
    wants: list[dict[str, Any]], error: type[Exception], text: str
) -> None:
    haves = [branch("a"), branch("twin"), branch("twin", id="other")]
    with pytest.raises(error, match=text):
        pair(CHILD, wants, haves)


def test_numbers_in_names_count() -> None:
    names = ["web-10", "web-9", "web", "10", "9", "db-1"]
    assert sorted(names, key=natural) == ["9", "10", "db-1", "web", "web-9", "web-10"]


def test_ids_of_a_creation_are_found_by_name_and_else_by_place() -> None:
    creation = Creation(("a",), {"leaves": (Creation(("a", "leaves", "l")), Creation(("a", "leaves", "m")))})
    items = [{"id": "2", "name": "m"}, {"id": "1", "name": "l"}]
    by_name = creation.ids({"id": "0", "entities": {"leaves": {"items": items}}}, lambda item: item["name"])
    assert by_name == {("a",): "0", ("a", "leaves", "l"): "1", ("a", "leaves", "m"): "2"}
    by_place = creation.ids({"id": "0", "entities": {"leaves": {"items": items}}}, lambda item: "")
    assert by_place[("a", "leaves", "l")] == "2"
    assert creation.ids({"id": "0", "entities": {"leaves": {"items": items[:1]}}}, lambda item: "") == {
        ("a",): "0"
    }
    assert creation.ids({"id": "0"}, lambda item: "") == {("a",): "0"}


# -- showing -----------------------------------------------------------------------------------------------------

SCALARS = st.none() | st.booleans() | st.integers() | st.text()
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner.filter(lambda each: not isinstance(each, list)), max_size=3)
    | st.dictionaries(st.text(), inner, max_size=3), max_leaves=12
)  # fmt: skip


@given(tree=st.dictionaries(st.text(), VALUES))
def test_yaml_reads_as_it_was(tree: dict[str, Any]) -> None:
    text = to_yaml(tree)
    assert (yaml.safe_load(text) or {}) == tree


def test_yaml_is_plain() -> None:
    tree = {
        "name": "web-01",
        "on": True,
        "ips": ["10.0.0.1"],
        "rules": [{"name": "ssh", "port": 22}],
        "no": None,
    }
    assert to_yaml(tree) == (
        'name: web-01\n"on": true\nips:\n  - "10.0.0.1"\nrules:\n  - name: ssh\n    port: 22\n"no": null\n'
    )


def test_the_difference_holds_only_what_changes() -> None:
    haves = [branch("a", leaf("l"), leaf("m")), branch("gone")]
    wants: list[dict[str, Any]] = [
        {"name": "a", "leaves": [{"name": "l", "size": 2}, {"name": "m"}]},
        {"name": "new", "length": 4},
    ]
    shown = tree_difference(ROOT, planned(wants, haves, ["branches"]).steps)
    assert yaml.safe_load(shown["before"]) == {
        "branches": [{"name": "a", "leaves": [{"name": "l", "size": 1}]}, {"name": "gone", "length": 1}]
    }
    assert yaml.safe_load(shown["after"]) == {
        "branches": [{"name": "a", "leaves": [{"name": "l", "size": 2}]}, {"name": "new", "length": 4}]
    }
    assert tree_difference(ROOT, []) == {"before": "", "after": ""}


# -- carrying out ------------------------------------------------------------------------------------------------


class Slow:
    """A service whose requests take some rounds; ``answers`` are by path: errors to raise, or messages of failure."""

    def __init__(self, rounds: int = 1, answers: Mapping[str, Any] | None = None, together: int = 0) -> None:
        self.clock = FakeClock()
        self.progress: Any = None
        self.sent: list[str] = []
        self.looks: list[tuple[str, ...]] = []
        self._rounds = rounds
        self._answers = answers or {}
        self._left: dict[str, int] = {}
        self._barrier = threading.Barrier(together) if together else None

    def explained(self, error: CloudError, step: Any) -> CloudError:
        return error

    def send(self, write: Any, deadline: Deadline) -> tuple[dict[str, Any], Operation | None]:
        self.sent.append(f"{write.method} {write.path}")
        if self._barrier:
            self._barrier.wait(timeout=10)
        answer = self._answers.get(write.path)
        if isinstance(answer, Exception):
            raise answer
        if answer == "at once":
            return {"id": f"id of {write.path}"}, None
        self._left[write.path] = self._rounds
        return {"id": f"id of {write.path}"}, Operation(write.verb, lambda seconds: Status(), write.path)

    def watch(self, deadline: Deadline, progress: Any = None) -> Watch:
        return Watch(self._look, deadline, progress=progress)

    def _look(self, ids: Sequence[str], seconds: float) -> dict[str, Status]:
        self.looks.append(tuple(ids))
        found = {}
        for each in ids:
            self._left[each] -= 1
            ended, failure = self._left[each] <= 0, str(self._answers.get(each, ""))
            found[each] = Status(ended and not failure, ended and bool(failure), "BUSY", failure)
        return found


def step(name: str, *refs: str, waits_for: Sequence[str] = ()) -> Step:
    body = {"of": [Ref((each,)) for each in refs]}
    waits = tuple(("create", (each,)) for each in waits_for)
    return Step(
        "create", (name,), THING, "POST", (name,), body, after={}, creation=Creation((name,)), waits_for=waits
    )


def done(service: Slow, steps: Sequence[Step], **options: Any) -> Applied:
    deadline = Deadline.after(service.clock, options.pop("seconds", 600))
    return apply(service, steps, deadline, **options)  # type: ignore[arg-type]


def names(steps: Sequence[Step]) -> list[str]:
    return [each.path[0] for each in steps]


def test_independent_steps_are_sent_at_the_same_time_and_awaited_with_one_look() -> None:
    service = Slow(rounds=3, together=4)
    applied = done(service, [step(name) for name in "abcd"], concurrency=4)
    assert sorted(names(applied.done)) == list("abcd")
    assert [sorted(each) for each in service.looks] == [list("abcd")] * 3


def test_no_more_are_sent_at_once_than_allowed() -> None:
    lock, now, most = threading.Lock(), [0], [0]
    service = Slow()
    send = service.send

    def counting(write: Any, deadline: Deadline) -> Any:
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        threading.Event().wait(0.01)
        answer = send(write, deadline)
        with lock:
            now[0] -= 1
        return answer

    service.send = counting  # type: ignore[method-assign]
    done(service, [step(f"s{number}") for number in range(12)], concurrency=3)
    assert 1 < most[0] <= 3


def test_a_step_begins_when_what_it_refers_to_is_done_and_holds_its_id() -> None:
    service = Slow(rounds=2)
    sent: list[Any] = []
    send = service.send

    def noting(write: Any, deadline: Deadline) -> Any:
        sent.append(write)
        return send(write, deadline)

    service.send = noting  # type: ignore[method-assign]
    applied = done(service, [step("c", waits_for=["b"]), step("b", "a"), step("a")])
    assert names(applied.done) == ["a", "b", "c"]
    assert [each.body for each in sent] == [{"of": []}, {"of": ["id of a"]}, {"of": []}]
    assert service.looks == [("a",), ("a",), ("b",), ("b",), ("c",), ("c",)]


def test_a_failure_stops_only_what_depends_on_it() -> None:
    refused = ApiError(422, [], "POST", "b")
    service = Slow(answers={"a": "no room", "b": refused})
    steps = [step("a"), step("b"), step("c"), step("of-a", "a"), step("of-that", "of-a"), step("of-c", "c")]
    applied = done(service, steps)
    assert names(applied.done) == ["c", "of-c"]
    assert {each.path[0]: str(error) for each, error in applied.failed} == {
        "a": "create of thing failed: no room (request a)", "b": str(refused)
    }  # fmt: skip
    assert names(applied.left) == ["of-a", "of-that"]
    facts = StepsFailed(applied.done, applied).facts()
    assert [each["path"] for each in facts["applied"]] == ["c", "of-c"] and facts["changed"]
    assert {each["path"]: each["request_id"] for each in facts["failed_steps"]} == {"a": "a", "b": None}
    assert [each["path"] for each in facts["left_steps"]] == ["of-a", "of-that"]


@pytest.mark.parametrize(
    ("error", "unclear"),
    [
        (Unanswered("lost"), True),
        (ApiError(504, [], "POST", "a"), True),
        (ConnectionFailed("refused"), False),
        (ApiError(500, [], "POST", "a"), False),
    ],
)
def test_a_lost_answer_is_no_failure_yet(error: Exception, unclear: bool) -> None:
    applied = done(Slow(answers={"a": error}), [step("a"), step("of-a", "a")])
    assert names(applied.left) == ["of-a"]
    assert (len(applied.unclear), len(applied.failed)) == ((1, 0) if unclear else (0, 1))


def test_what_is_not_done_in_time_fails_with_all_that_is_under_way() -> None:
    applied = done(Slow(rounds=1000), [step("a"), step("b"), step("of-a", "a")], seconds=5)
    assert sorted(names([each for each, _error in applied.failed])) == ["a", "b"]
    assert "were not finished after wait_timeout=5 seconds" in str(applied.failed[0][1])
    assert names(applied.left) == ["of-a"]


def test_without_waiting_only_what_is_needed_is_awaited() -> None:
    service = Slow(rounds=2)
    applied = done(service, [step("a"), step("of-a", "a"), step("b")], wait=False)
    assert sorted(names(applied.done)) == ["a", "b", "of-a"]
    assert service.looks == [("a",), ("a",)]


def test_what_is_done_at_once_needs_no_look() -> None:
    service = Slow(answers={"a": "at once", "b": "at once"})
    assert names(done(service, [step("a"), step("b", "a")]).done) == ["a", "b"] and service.looks == []


def test_progress_tells_steps_not_requests() -> None:
    service = Slow(rounds=6)
    told: list[tuple[str, str]] = []
    service.progress = lambda what, says, seconds: told.append((what, says))
    done(service, [step("a"), step("b", "a")])
    assert ("create of thing", "0 of 2 steps done") in told and (
        "create of thing",
        "1 of 2 steps done",
    ) in told


def test_an_interruption_sends_nothing_more() -> None:
    service = Slow()

    def interrupted(write: Any, deadline: Deadline) -> Any:
        service.sent.append(write.path)
        raise KeyboardInterrupt

    service.send = interrupted  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        done(service, [step(f"s{number}") for number in range(50)], concurrency=2)
    assert len(service.sent) < 50


def test_references_are_filled_in_as_numbers_where_asked() -> None:
    ref = Ref(("lans", "a"), number=True)
    made = replace(step("x"), url=("a", ref), body={"lan": ref, "list": [{"id": Ref(("lans", "a"))}]})
    call = made.call({("lans", "a"): "7"})
    assert call.path == "a/7" and call.body == {"lan": 7, "list": [{"id": "7"}]}
    with pytest.raises(KeyError):
        made.call({})
