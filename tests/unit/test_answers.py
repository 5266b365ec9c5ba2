# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers that are none: changed at random between service and client, they end in one line, and never in a change.

The seed of each trial is its number, so that one that fails can be run again by itself.
"""

from __future__ import annotations

import json
import random
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from requests import PreparedRequest, Response

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import (
    BadAnswer,
    CloudError,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils._netfoundry import hosts as overlay_hosts
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks import hosts
from unit.mounted import Mounted
from unit.netfoundry.overlay import Overlay
from unit.scripted import intercept

DEEP = b"[" * 100_000
BODIES = (b"", b"null", b"{}", b"[]", b'"text"', b"7", b"true", b'{"id": "x"', b"\xff\xfe", b"NaN", DEEP)
ERRORS: tuple[Any, ...] = (
    {"httpStatus": 500, "messages": []},
    {"error": "busy"},
    {"message": "no"},
    {"items": {}},
    {"items": None},
)
WRONG: tuple[Any, ...] = ({}, [], {"odd": {"more": []}}, [[]], [{}], ["x", 7, None], True)
HEADERS = {
    "Date": ("", "soon", "Thu, 99 Foo 0000", "9" * 400, "Mon, 01 Jan 0001 00:00:00 GMT"),
    "Retry-After": ("\u00b2", "nan", "-1", "9" * 400, "soon", "Fri, 31 Dec 9999 23:59:59 GMT"),
    "X-RateLimit-Limit": ("nan", "0.001", "-5", "inf", "many", "0", "1e-300"),
    "X-RateLimit-Remaining": ("nan", "-1", "0", "-inf", ""),
    "Location": ("", "nowhere", "/requests/", "/requests/zz/status"),
    "Content-Type": ("", "text/html", "application/octet-stream"),
}
NEEDED = ("id", "items", "properties")  # what an object or a list cannot be without
FLAT = ("id", "_embedded")


def nodes(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The places in JSON, each as the keys that lead there."""
    if path:
        yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inner:
        yield from nodes(each, (*path, key))


class Mutation:
    """One change to the answers of one call of a task, or to all answers at that address."""

    def __init__(self, chance: random.Random, needed: tuple[str, ...]) -> None:
        self.chance = chance
        self.needed = needed
        self.turn = chance.randrange(3)
        self.lasting = chance.random() < 0.5
        self.kind = chance.choice(("body", "error", "node", "node", "node", "missing", "headers"))
        self.address = ""
        self.did = ""

    def __call__(self, request: PreparedRequest, go: Callable[[], Response]) -> Response:
        answer = go()
        # A refusal is none of these: it says what it is.
        if not answer.ok:
            return answer
        if not self.address:
            self.turn -= 1
            if self.turn >= 0:
                return answer
            self.address = str(request.url)
        elif not (self.lasting and request.url == self.address):
            return answer
        getattr(self, f"_{self.kind}")(answer)
        return answer

    def _body(self, answer: Response) -> None:
        self._say(answer, self.chance.choice(BODIES))

    def _error(self, answer: Response) -> None:
        self._say(answer, json.dumps(self.chance.choice(ERRORS)).encode())

    def _node(self, answer: Response) -> None:
        """A value of another type; null is a value of all types."""
        data = json.loads(answer.content or b"null")
        places = list(nodes(data))
        if not places:
            return
        *above, last = self.chance.choice(places)
        around = data
        for key in above:
            around = around[key]
        wrong = [each for each in WRONG if type(each) is not type(around[last])]
        around[last] = self.chance.choice(wrong)
        self._say(answer, json.dumps(data).encode(), (*above, last))

    def _missing(self, answer: Response) -> None:
        """What no answer can be without is left out, or null."""
        data = json.loads(answer.content or b"null")
        places = [each for each in nodes(data) if each[-1] in self.needed and "_links" not in each]
        if not places:
            return
        *above, last = self.chance.choice(places)
        around = data
        for key in above:
            around = around[key]
        if self.chance.random() < 0.5:
            del around[last]
        else:
            around[last] = None
        self._say(answer, json.dumps(data).encode(), (*above, last))

    def _headers(self, answer: Response) -> None:
        for name, values in HEADERS.items():
            if self.chance.random() < 0.5:
                answer.headers[name] = self.chance.choice(values)
        self.did += f" {dict(answer.headers)}"

    def _say(self, answer: Response, content: bytes, place: tuple[Any, ...] = ()) -> None:
        self.did += f" {place}: {content[:200]!r}"
        answer.content  # noqa: B018  (reads what the service sent)
        answer._content = content


Task = tuple[str, dict[str, Any]]


class World(ABC):
    """Objects of a service, and tasks that find them as they describe them."""

    needed: tuple[str, ...]
    present: list[Task]
    cloud: Any

    @abstractmethod
    def run(self, kind: str, **options: Any) -> dict[str, Any]:
        """What the module of this kind does with the options."""

    @abstractmethod
    def info(self, kind: str, **options: Any) -> list[dict[str, Any]]:
        """What the info module of this kind reads."""

    @property
    @abstractmethod
    def calls(self) -> list[str]:
        """``METHOD path`` of each call since the last task began."""


class Compute(Mounted, World):
    needed = NEEDED

    def __init__(self) -> None:
        super().__init__()
        self.shop()
        shop, web = {"datacenter": "shop"}, {"datacenter": "shop", "server": "web"}
        rule = {
            "nic": "front",
            "name": "ssh",
            "protocol": "TCP",
            "port_range_start": 22,
            "port_range_end": 22,
        }
        self.run("ipblock", name="ips", location="de/fra", size=2)
        self.run("group", name="admins", create_datacenter=True)
        self.run("user", email="a@example.com", firstname="A", lastname="B", user_password="secret12pw")
        self.run("label", datacenter="shop", key="stage", value="test")
        self.present = [
            ("datacenter", {"name": "shop", "location": "de/fra"}),
            ("lan", {**shop, "name": "public", "public": True}),
            ("server", {**shop, "name": "web", "cores": 2, "ram": 2048}),
            ("server", {**shop, "name": "web", "nics": [{"name": "front", "lan": "public"}]}),
            ("volume", {**shop, "name": "boot", "size": 10}),
            ("nic", {**web, "name": "front", "lan": "public"}),
            ("firewall_rule", {**web, **rule}),
            ("ipblock", {"name": "ips", "size": 2}),
            ("group", {"name": "admins", "create_datacenter": True}),
            ("user", {"email": "a@example.com", "firstname": "A", "lastname": "B"}),
            ("label", {**shop, "key": "stage", "value": "test"}),
            ("datacenter", {"name": "shop", "lans": [{"name": "public", "public": True}]}),
        ]


class Network(Overlay, World):
    needed = FLAT

    def __init__(self) -> None:
        super().__init__()
        self.present = [
            ("endpoint", {"name": "laptop", "attributes": ["#people"]}),
            ("edge_router", {"name": "edge", "attributes": ["#sites"]}),
            (
                "edge_router_policy",
                {"name": "all", "endpoint_attributes": ["#all"], "edge_router_attributes": ["#all"]},
            ),
            ("app_wan", {"name": "wan", "endpoint_attributes": ["#people"], "service_attributes": ["#web"]}),
            ("network", {"name": "net"}),
        ]
        for kind, options in self.present:
            self.run(kind, **options)
        self.settle()

    def settle(self) -> None:
        for kind, options in self.present:
            assert not self.run(kind, **options)["changed"], kind


def writes(world: World) -> list[str]:
    return [each for each in world.calls if not each.startswith("GET") and "oauth2/token" not in each]


def trial(world: World, number: int, work: Callable[[], Any]) -> tuple[Any, str]:
    """What a task returns, or None where it fails as it should; and what was done to its answers."""
    mutation = Mutation(random.Random(number), world.needed)
    session = world.cloud.transport.session
    intercept(world.cloud.transport, mutation)
    begun = world.cloud.clock.now()
    try:
        return work(), mutation.did
    except CloudError as error:
        text = str(error)
        assert text and "\n" not in text and len(text) < 1500, (number, mutation.did, text)
        return None, mutation.did
    finally:
        del session.send
        assert world.cloud.clock.now() - begun < 1300, (number, mutation.did)


WORLDS = {"compute": (Compute, 1000), "overlay": (Network, 500)}


@pytest.mark.parametrize("name", WORLDS)
def test_no_answer_that_is_none_makes_a_change(name: str) -> None:
    make, trials = WORLDS[name]
    world: World = make()
    failed = changed = 0
    for number in range(trials):
        kind, options = world.present[number % len(world.present)]
        done, did = trial(world, number, lambda: world.run(kind, **options))  # noqa: B023
        assert not writes(world), (number, kind, did, writes(world))
        assert done is None or not done["changed"], (number, kind, did)
        failed += done is None
        changed += bool(did)
    assert failed > trials / 20 and changed > trials / 3


@pytest.mark.parametrize("name", WORLDS)
def test_nothing_that_is_there_is_reported_as_gone(name: str) -> None:
    make, trials = WORLDS[name]
    world: World = make()
    for number in range(trials // 4):
        kind, options = world.present[number % len(world.present)]
        named = {
            key: options[key]
            for key in ("name", "email", "key", "datacenter", "server", "nic")
            if key in options
        }
        done, did = trial(world, number, lambda: world.run(kind, **named, state="absent"))  # noqa: B023
        if done is not None and done["changed"]:
            world = make()
        else:
            assert done is None, (number, kind, did)
            if writes(world):
                world = make()


@pytest.mark.parametrize("name", WORLDS)
def test_reading_fails_in_one_line_or_reads(name: str) -> None:
    make, trials = WORLDS[name]
    world: World = make()
    for number in range(trials // 4):
        kind, options = world.present[number % len(world.present)]
        above = {key: options[key] for key in ("datacenter", "server", "nic") if key in options}
        found, did = trial(world, number, lambda: world.info(kind, **above))  # noqa: B023
        assert found is None or found, (number, kind, did)


NEW: dict[str, list[Task]] = {
    "compute": [
        ("lan", {"datacenter": "shop", "public": False}),
        ("volume", {"datacenter": "shop", "size": 5, "licence_type": "OTHER"}),
        ("ipblock", {"location": "de/fra", "size": 1}),
    ],
    "overlay": [("endpoint", {"attributes": ["#people"]}), ("edge_router", {"attributes": ["#sites"]})],
}


@pytest.mark.parametrize("name", WORLDS)
def test_what_is_made_is_made_once(name: str) -> None:
    make, trials = WORLDS[name]
    world: World = make()
    made = 0
    for number in range(trials // 4):
        kind, options = NEW[name][number % len(NEW[name])]
        named = {**options, "name": f"new-{number}"}
        done, did = trial(world, number, lambda: world.run(kind, **named))  # noqa: B023
        above = {"datacenter": "shop"} if "datacenter" in options else {}
        there = len(world.info(kind, name=named["name"], **above))
        assert there == 1 if done is not None else there <= 1, (number, kind, did, there)
        made += there
    assert made > trials / 8


READERS: dict[str, Callable[[Any], list[dict[str, Any]]]] = {
    "compute": lambda cloud: hosts.read(cloud, ["shop"], [], 1, ["labels"]),
    "overlay": lambda cloud: overlay_hosts.read(cloud, ["net"], "", ["endpoint", "edge_router"], 1),
}


@pytest.mark.parametrize("name", WORLDS)
def test_an_inventory_is_whole_or_fails_in_one_line(name: str) -> None:
    make, trials = WORLDS[name]
    world: World = make()
    whole = READERS[name](world.cloud)
    assert whole
    for number in range(trials // 4):
        found, did = trial(world, number, lambda: READERS[name](world.cloud))
        assert found is None or len(found) == len(whole), (number, did)


def spoil(world: Mounted, method: str, path: str, change: Callable[[dict[str, Any]], object]) -> None:
    """Change each answer of such calls."""

    def hook(request: PreparedRequest, send: Callable[[], Response]) -> Response:
        answer = send()
        if request.method == method and path in str(request.url):
            body = json.loads(answer.content)
            change(body)
            answer._content = json.dumps(body).encode()
        return answer

    intercept(world.cloud.transport, hook)


def test_an_object_that_is_read_by_the_way_has_to_be_sound_too() -> None:
    world = Mounted()
    world.shop()
    image = next(
        each for each in world.info("image", location="de/fra", image_type="HDD") if each["image_aliases"]
    )
    disk = {
        "datacenter": "shop",
        "name": "disk",
        "size": 10,
        "disk_type": "HDD",
        "image_password": "hunter2hunter2",
    }
    world.run("volume", **disk, image=image["id"])
    spoil(world, "GET", f"images/{image['id']}", lambda body: body["properties"].update(imageAliases=-1))
    with pytest.raises(BadAnswer, match="imageAliases is a number instead of a list"):
        world.check("volume", **disk, image=image["image_aliases"][0])
    spoil(world, "GET", "/contracts", lambda body: body["items"][0]["properties"].update(resourceLimits=7))
    with pytest.raises(BadAnswer, match="resourceLimits is a number"):
        world.info("contract")


def test_an_answer_to_a_creation_that_cannot_be_read_makes_nothing_twice() -> None:
    world = Mounted()
    world.run("datacenter", name="shop", location="de/fra")
    spoil(world, "POST", "/servers", lambda body: body.update(entities=10**30))
    server = {"datacenter": "shop", "name": "web", "cores": 1, "ram": 1024}
    made = world.run("server", **server, volumes=[{"name": "a", "size": 1, "licence_type": "OTHER"}])
    assert made["changed"] and len(world.info("server", datacenter="shop")) == 1
