# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Creations whose answers are lost, and which the service carries out late: nothing is made twice.

All that can be created takes part: the scenarios of all modules, and each call that makes a whole data center or a whole
network. LOST_TRIALS says how many trials of each are made.
"""

from __future__ import annotations

import json
import math
import os
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import (
    CloudError,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.lost import Undecided
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.schema.resource import Resource
from ansible_collections.profitbricks.cloud.plugins.module_utils._netfoundry.network.options import OVERLAY
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.datacenter.options import SITE
from faults import Fault, LateCalls
from integration.runner import Runner
from integration.scenarios import SCENARIOS
from pocketvdc.mounting import URL
from pocketvdc.testing import Api
from unit.mounted import Mounted
from unit.netfoundry.overlay import Overlay
from unit.scripted import intercept
from unit.test_tree_contents import TARGET, full, reserved

TRIALS = int(os.environ.get("LOST_TRIALS", "2"))
TIMEOUT = 30.0  # seconds that a call may take
LOSSES = (0, 502, 503, 504)  # the connection is lost, or a gateway says so
Options = dict[str, Any]


class Play(Runner):
    """Makes what a scenario needs, without a socket."""

    def call(self, method: str, path: str, body: Any = None, version: int = 6) -> dict[str, Any]:
        reply = Api(self.cloud, version).call(method, f"/{path}", body)
        assert reply.status < 300, reply.text
        return dict(reply.json or {})


def losing(world: Mounted | Overlay, fault: Fault | None = None) -> LateCalls:
    """Let the service get late what the fault means, from now on."""
    late = LateCalls(world.clock)
    late.lead(world.cloud.transport.session, URL)
    if fault is not None:
        late.add(fault)
    return late


def loss(source: random.Random, path: str = "") -> Fault:
    seconds = source.uniform(0, 2 * TIMEOUT)
    return Fault("late", "POST", path, seconds=seconds, status=source.choice(LOSSES))


# -- one object of each kind ----------------------------------------------------------------------------------------


def filled(options: Any, variables: Mapping[str, str]) -> Any:
    """Options with variables in place of ``{{ name }}``."""
    said = re.sub(r"\{\{ (\w+) \}\}", lambda match: variables[match[1]], json.dumps(options))
    return json.loads(said)


class Stage:
    """An account in which a scenario's object can be created, but is not there yet."""

    def __init__(self, kind: str, seconds: float) -> None:
        self.kind, self.scenario = kind, SCENARIOS[kind]
        profitbricks = self.scenario.provider == "profitbricks"
        self.world: Mounted | Overlay = Mounted() if profitbricks else Overlay()
        ids, variables = self.scenario.world(Play(self.world.service, URL, Path()))
        self.above = {**self.scenario.parents(kind), **filled(self.scenario.told, {**ids, **variables})}
        self.options = {**self.above, **filled(self.scenario.create, {**ids, **variables})}
        self.before = len(self.there())
        self.world.service.settings.provision_seconds = seconds

    def run(self) -> dict[str, Any]:
        return self.world.run(self.kind, **self.options)

    def there(self) -> list[dict[str, Any]]:
        """All objects of the kind below the same parents."""
        return self.world.info(self.kind, **self.above)

    def holds_one_more(self) -> None:
        assert len(self.there()) == self.before + 1
        assert not self.run()["changed"]


def trials(kinds: Iterable[str]) -> list[tuple[str, int]]:
    return [(kind, seed) for kind in kinds for seed in range(TRIALS)]


@pytest.mark.parametrize(("kind", "seed"), trials(SCENARIOS))
def test_a_creation_that_arrives_late_makes_one_object(kind: str, seed: int) -> None:
    source = random.Random(f"{kind} {seed}")
    stage = Stage(kind, source.choice([0.0, 0.5]))
    late = losing(stage.world, loss(source))
    assert stage.run()["changed"]
    late.settle()
    assert late.arrived == len(late.lost) == 1
    stage.holds_one_more()


@pytest.mark.parametrize("kind", SCENARIOS)
def test_a_creation_that_never_arrives_is_made_after_all(kind: str) -> None:
    stage = Stage(kind, 0.0)
    late = losing(stage.world, Fault("late", "POST", seconds=math.inf))
    assert stage.run()["changed"]
    assert late.lost and not late.arrived
    stage.holds_one_more()


# -- a whole data center, and a whole network -----------------------------------------------------------------------


def site() -> tuple[Mounted, str, Options]:
    """An account, and a data center that holds every kind."""
    world = Mounted()
    world.run("target_group", name="web", algorithm="ROUND_ROBIN", protocol="HTTP", targets=[TARGET])
    options = full(reserved(world))
    rule = {"name": "ssh", "protocol": "TCP", "port_range_start": 22, "port_range_end": 22}
    disk = {"size": 1, "licence_type": "OTHER"}
    options["servers"][0]["nics"][0]["firewall_rules"] = [rule]
    options["servers"][0]["volumes"] = [{"name": "boot", **disk}]
    options["volumes"] = [{"name": "data", **disk}]
    options["loadbalancers"] = [{"name": "classic"}]
    return world, "datacenter", options


def overlay() -> tuple[Overlay, str, Options]:
    """An account, and a network that holds every kind."""
    options: Options = {"name": "whole"}
    for child in OVERLAY.children:
        options[child.name] = [{**SCENARIOS[child.resource.kind].create, "name": f"new-{child.name}"}]
    return Overlay(), "network", options


WHOLES: dict[str, Callable[[], tuple[Any, str, Options]]] = {"site": site, "overlay": overlay}
ROOTS: dict[str, Resource] = {"site": SITE, "overlay": OVERLAY}


def names(resource: Resource, tree: Options, path: str = "") -> Counter[str]:
    """What is in a tree, by the paths of names."""
    found: Counter[str] = Counter()
    for child in resource.children:
        if child.creatable:
            for each in tree[child.name]:
                own = f"{path}/{child.name}/{each['name']}"
                found[own] += 1
                found += names(child.resource, each, own)
    return found


def collections(resource: Resource, path: str = "") -> set[str]:
    """The collections whose objects a tree can create."""
    own = {f"{path}/{child.name}": child.resource for child in resource.children if child.creatable}
    return set(own).union(*(collections(inner, name) for name, inner in own.items()))


@pytest.mark.parametrize("whole", WHOLES)
def test_every_kind_that_a_whole_can_create_is_in_the_trees_below(whole: str) -> None:
    world, module, options = WHOLES[whole]()
    made = names(ROOTS[whole], world.run(module, **options)["tree"])
    assert {re.sub(r"(/\w+)/[^/]+", r"\1", path) for path in made} == collections(ROOTS[whole])


class Part:
    """A whole that is to be made, or, where it is ``bare``, to be filled."""

    def __init__(self, whole: str, bare: bool) -> None:
        self.resource = ROOTS[whole]
        self.world, self._module, self._options = WHOLES[whole]()
        if bare:
            contents = {child.name for child in self.resource.children}
            root = {name: value for name, value in self._options.items() if name not in contents}
            self.world.run(self._module, **root)

    def run(self) -> dict[str, Any]:
        return self.world.run(self._module, **self._options)


@pytest.mark.parametrize("bare", [False, True])
@pytest.mark.parametrize("whole", WHOLES)
def test_whichever_creation_of_a_whole_arrives_late_nothing_is_doubled(whole: str, bare: bool) -> None:
    undisturbed = Part(whole, bare)
    wanted = names(undisturbed.resource, undisturbed.run()["tree"])
    posts = sum(call.startswith("POST") for call in undisturbed.world.writes)
    for number in range(posts):
        for seed in range(max(1, TRIALS // 2)):
            source = random.Random(f"{whole} {bare} {number} {seed}")
            part = Part(whole, bare)
            late = losing(part.world, replace(loss(source), skip=number))
            assert part.run()["changed"]
            late.settle()
            assert late.arrived == 1
            again = part.run()
            assert not again["changed"] and names(part.resource, again["tree"]) == wanted, late.lost


# -- what else goes wrong meanwhile ---------------------------------------------------------------------------------

LATEST = 2 * TIMEOUT - 1
SHOP = {"name": "shop", "location": "de/fra"}
SERVER = {"name": "late", "cores": 1, "ram": 1024}


def shop(**options: Any) -> Mounted:
    world = Mounted(**options)
    world.run("datacenter", **SHOP)
    return world


def held(late: LateCalls, world: Mounted, options: Options) -> str:
    """What a task fails with; run again at once, it may not make a second server of what arrives late."""
    with pytest.raises(CloudError) as told:
        world.run("datacenter", **options)
    world.service.faults.clear()
    late.calm()
    world.run("datacenter", **options)
    late.settle()
    assert late.arrived and [each["name"] for each in world.info("server", datacenter="shop")] == ["late"]
    assert not world.run("datacenter", **options)["changed"]
    return str(told.value)


def test_a_task_in_which_something_else_fails_ends_when_nothing_can_arrive_any_more() -> None:
    world = shop()
    late = losing(world, Fault("late", "POST", "servers", seconds=LATEST))
    world.fault("status", "POST", "lans", status=422, times=0)
    said = held(late, world, {**SHOP, "servers": [SERVER], "lans": [{"name": "other"}]})
    assert "create of LAN other" in said


def test_a_task_whose_looks_fail_ends_when_nothing_can_arrive_any_more() -> None:
    world = shop()
    late = losing(world, Fault("late", "POST", "servers", seconds=LATEST))
    # All looks, which begin when the server was to be made.
    world.fault("status", "GET", "datacenters", status=503, skip=1, times=0)
    said = held(late, world, {**SHOP, "servers": [SERVER]})
    assert "may have been created. Run the task again" in said


def test_a_task_that_does_not_try_again_ends_when_nothing_can_arrive_any_more() -> None:
    world = shop(retries=0)
    losing(world, Fault("late", "POST", "servers", seconds=math.inf))
    begun = world.clock.now()
    with pytest.raises(CloudError, match="The answer of .* was lost"):
        world.run("datacenter", **SHOP, servers=[SERVER])
    assert world.clock.now() - begun > 2 * TIMEOUT


def test_what_is_found_in_the_end_has_not_failed() -> None:
    world = shop(retries=0)
    late = losing(world, Fault("late", "POST", "servers", seconds=LATEST))
    done = world.run("datacenter", **SHOP, servers=[SERVER])
    assert done["changed"] and done["tree"]["servers"][0]["name"] == "late" and late.arrived


def test_a_task_that_goes_on_in_trouble_repeats_nothing_that_can_still_arrive() -> None:
    """Each try is lost, and each arrives, though late."""
    world = shop()
    late = losing(world, Fault("late", "POST", "servers", seconds=LATEST, times=3))
    assert world.run("datacenter", **SHOP, servers=[SERVER])["changed"]
    late.settle()
    assert late.arrived == 1 and len(world.info("server", datacenter="shop")) == 1


def test_already_there_after_a_lost_answer_means_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was lost arrives just before the second try, when nobody looks any more."""
    world = Overlay()
    late = losing(world, Fault("late", "POST", "endpoints", seconds=math.inf))
    send: Callable[..., Any] = world.cloud.send
    answers: list[Any] = []

    def overtaken(call: Any, deadline: Any) -> Any:
        if late.lost:
            answers.append(send(call, deadline))
        return send(call, deadline)

    monkeypatch.setattr(world.cloud, "send", overtaken)
    done = world.run("endpoint", name="late")
    assert done["changed"] and done["endpoint"]["id"] == answers[0][0]["id"]
    assert [call.split()[0] for call in world.writes] == ["POST", "POST"]


# -- what cannot be decided -----------------------------------------------------------------------------------------


def test_what_cannot_be_decided_in_time_is_an_error_that_says_so_and_no_second_post() -> None:
    world = Mounted()
    late = losing(world, Fault("late", "POST", seconds=3600.0))
    with pytest.raises(
        Undecided,
        match=r"create of data center shop: .* after 20 seconds .* it may have been created. Run the task again",
    ):
        world.run("datacenter", **SHOP, wait_timeout=20)
    assert "after 6 seconds" in str(Undecided((), 5.8418))
    assert world.writes == [] and late.lost
    late.settle()
    assert not world.run("datacenter", **SHOP)["changed"]


def test_a_request_that_the_service_tells_of_is_not_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """The object does not show yet, but its request does (contract section 6.2)."""
    world = shop()
    late = losing(world, Fault("late", "POST"))
    locate: Callable[..., Any] = world.cloud.locate

    def blind(resource: Any, options: Any, tree: bool = False) -> Any:
        found = locate(resource, options, tree)
        found.item = None if late.lost else found.item
        return found

    monkeypatch.setattr(world.cloud, "locate", blind)
    with pytest.raises(Undecided):
        world.run("volume", datacenter="shop", name="late", size=1, licence_type="OTHER")
    monkeypatch.undo()
    assert [each["name"] for each in world.info("volume", datacenter="shop")] == ["late"]


def requests_say(world: Mounted, mutate: Callable[[Any], None]) -> None:
    """Change what the service tells of its requests."""

    def intercepted(request: Any, go: Callable[[], Any]) -> Any:
        answer = go()
        if request.path_url.split("?")[0].endswith("/requests"):
            answer.content  # noqa: B018  (reads what the service sent)
            mutate(answer)
        return answer

    intercept(world.cloud.transport, intercepted)


def say_dates(answer: Any, date: str) -> None:
    data = json.loads(answer.content)
    for item in data["items"]:
        item["metadata"]["createdDate"] = date
    answer._content = json.dumps(data).encode()


ODD: dict[str, Callable[[Any], Any]] = {
    "no date": lambda answer: answer.headers.pop("Date"),
    "an odd date": lambda answer: answer.headers.update(Date="soon"),
    "a date without a zone": lambda answer: answer.headers.update(Date="Mon, 05 Jan 2026 10:00:00 -0000"),
    "odd creation dates": lambda answer: say_dates(answer, "soon"),
    "no creation dates": lambda answer: say_dates(answer, ""),
    "null": lambda answer: setattr(answer, "_content", b"null"),
    "an empty object": lambda answer: setattr(answer, "_content", b"{}"),
    "odd items": lambda answer: setattr(answer, "_content", b'{"items": [7, null]}'),
    "odd properties": lambda answer: setattr(
        answer, "_content", b'{"items": [{"id": "x", "properties": {"url": {}, "body": 7, "method": []}}]}'
    ),
}


@pytest.mark.parametrize("odd", ODD)
def test_odd_requests_lead_to_no_unforeseen_error(odd: str) -> None:
    world = shop()
    late = losing(world, Fault("late", "POST", seconds=math.inf))
    requests_say(world, ODD[odd])
    try:
        assert world.run("datacenter", **SHOP, servers=[SERVER])["changed"]
    except CloudError as error:
        assert "\n" not in str(error)
    del world.cloud.transport.session.send
    assert late.lost and len(world.info("server", datacenter="shop")) <= 1
