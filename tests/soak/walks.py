# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Random walks: what an account shall hold changes at random, and tasks bring it there, whatever goes wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import CloudError
from ansible_collections.profitbricks.cloud.plugins.module_utils._manage import execute
from catalogue import KINDS
from soak.ways import Way

Names = Counter[str]
TRIES = 3  # runs of a task in trouble, before the trouble ends
CALM = 3  # runs that the task may then need
LATER = (
    5.0  # seconds after which they are made: a deleted service keeps its name until its deletion has ended
)
RATE = 0.5  # how much goes wrong in each run of a task, from nothing to ten calls


class Broken(AssertionError):
    """A promise that does not hold; the text says which, and how to see it again."""


class Walk:
    """What one account shall hold, and the tasks that bring it there; counts what it does."""

    vendor = ""

    def __init__(self, way: Way) -> None:
        self.way = way
        self.chance = way.chance
        self.counts: Counter[str] = Counter()

    def step(self) -> None:
        """Change what is wanted, and bring it about in trouble and after it. Raises Broken."""
        self.change()
        kind, options = self.task()
        for trial in range(TRIES + CALM):
            if trial < TRIES:
                self.way.storm(RATE)
            else:
                self.way.calm()
                self.way.clock.sleep(LATER)
            if self.run(kind, options, last=trial == TRIES + CALM - 1) is not None:
                break
        self.way.calm()
        self.check(kind, options)
        self.counts["steps"] += 1

    def run(self, kind: str, options: dict[str, Any], last: bool) -> dict[str, Any] | None:
        """What the task returns; None where it failed. Whatever else than CloudError comes is a fault of ours."""
        self.counts["tasks"] += 1
        try:
            return execute(KINDS[f"{self.vendor}_{kind}"], options, False, self.client())
        except CloudError as error:
            self.counts["failed in trouble"] += 1
            text = str(error)
            if last or "\n" in text or "fault of the collection" in text:
                raise Broken(f"{kind} {options}: {text}") from error
            return None

    def check(self, kind: str, options: dict[str, Any]) -> None:
        """Hold the account to what is wanted. Raises Broken."""
        again = self.run(kind, options, last=True) or {}
        if again.get("changed"):
            # What was late may have come after all that the task did: the next run has nothing to do any more.
            self.counts["changed by what was late"] += 1
            again = self.run(kind, options, last=True) or {}
        if again.get("changed"):
            raise Broken(f"{kind} {options}: does not converge; the last run would do {again.get('actions')}")
        there, wanted = Counter(self.present()), Counter(self.wanted())
        if there != wanted:
            raise Broken(f"{kind} {options}: doubled {there - wanted}, lost {wanted - there}")
        self.way.service.settle()
        if open_requests := list(self.open_requests()):
            raise Broken(f"{kind} {options}: left open: {open_requests}")

    def pick(self, low: int, high: int, prefix: str) -> list[str]:
        """Some names out of a few, so that the next step adds some and takes some away."""
        names = [f"{prefix}{index}" for index in range(high + 1)]
        return sorted(self.chance.sample(names, self.chance.randint(low, high)))

    def client(self) -> Any:
        raise AssertionError("each walk has its own")

    def change(self) -> None:
        """Want something else, or the same once more."""
        raise AssertionError("each walk has its own")

    def task(self) -> tuple[str, dict[str, Any]]:
        """The kind and the options of the task that brings about what is wanted."""
        raise AssertionError("each walk has its own")

    def wanted(self) -> Iterator[str]:
        """The paths of all that shall be there."""
        raise AssertionError("each walk has its own")

    def present(self) -> Iterator[str]:
        """The paths of all that is there, as the emulator itself knows it."""
        raise AssertionError("each walk has its own")

    def open_requests(self) -> Iterator[str]:
        """What the service has not finished."""
        raise AssertionError("each walk has its own")


def volume(name: str, size: int) -> dict[str, Any]:
    return {"name": name, "size": size, "licence_type": "OTHER"}


class Datacenter(Walk):
    """One data center with all that is in it, and IP blocks."""

    vendor = "profitbricks"

    def __init__(self, way: Way) -> None:
        super().__init__(way)
        self.lans: list[str] = []
        self.servers: list[dict[str, Any]] = []
        self.volumes: list[dict[str, Any]] = []
        self.block = False
        self.there = False
        self.size = 5  # of volumes, which only grow

    def client(self) -> Any:
        return self.way.profitbricks()

    def change(self) -> None:
        what = self.chance.choice(
            ("build", "build", "build", "cores", "grow", "rerun", "purge", "raze", "block")
        )
        self.counts[what] += 1
        self.about_block = what == "block"
        if what == "block":
            self.block = not self.block
            return
        self.there = what != "raze"
        if what in ("purge", "raze"):
            self.lans, self.servers, self.volumes = [], [], []
        elif what == "build":
            self.lans = self.pick(1, 3, "lan")
            self.volumes = [volume(name, self.size) for name in self.pick(0, 2, "data")]
            self.servers = [self.server(name) for name in self.pick(0, 3, "web")]
        elif what == "cores":
            for each in self.servers:
                each["cores"] = self.chance.randint(1, 4)
        elif what == "grow":
            self.size += 1
            for each in (*self.volumes, *(each for server in self.servers for each in server["volumes"])):
                each["size"] = self.size

    def server(self, name: str) -> dict[str, Any]:
        nics = [{"name": f"{name}-{lan}", "lan": lan} for lan in self.lans if self.chance.random() < 0.5]
        volumes = [volume(f"{name}-boot", self.size)]
        return {
            "name": name,
            "cores": self.chance.randint(1, 4),
            "ram": 2048,
            "volumes": volumes,
            "nics": nics,
        }

    def task(self) -> tuple[str, dict[str, Any]]:
        if self.about_block:
            state = "present" if self.block else "absent"
            return "ipblock", {"name": "block", "location": "de/fra", "size": 2, "state": state}
        if not self.there:
            return "datacenter", {"name": "shop", "state": "absent", "force": True}
        contents = {"lans": [{"name": each, "public": False} for each in self.lans]}
        contents |= {"servers": self.servers, "volumes": self.volumes}
        return "datacenter", {"name": "shop", "location": "de/fra", **contents, "purge": ["all"]}

    def wanted(self) -> Iterator[str]:
        yield from ["block"] * self.block
        if not self.there:
            return
        yield "shop"
        yield from self.lans
        for server in self.servers:
            yield server["name"]
            yield from (each["name"] for each in (*server["nics"], *server["volumes"]))
        yield from (each["name"] for each in self.volumes)

    def present(self) -> Iterator[str]:
        [contract, *_others] = self.way.service.contracts.values()
        yield from (str(each.properties["name"]) for each in contract.root("ipblocks").values())
        for center in contract.root("datacenters").values():
            yield str(center.properties["name"])
            for collection in ("lans", "servers", "volumes"):
                for each in center.children.get(collection, {}).values():
                    yield str(each.properties["name"])
                    yield from (str(nic.properties["name"]) for nic in each.children.get("nics", {}).values())

    def open_requests(self) -> Iterator[str]:
        [contract, *_others] = self.way.service.contracts.values()
        for each in contract.root("requests").values():
            # A deletion that was repeated goes on when the first has ended, with nothing to do.
            if not each.finished and each.properties["method"] != "DELETE":  # type: ignore[attr-defined]
                yield each.id


class Network(Walk):
    """One overlay network with all that is in it."""

    vendor = "netfoundry"

    def __init__(self, way: Way) -> None:
        super().__init__(way)
        self.contents: dict[str, list[dict[str, Any]]] = {}
        self.there = False

    def client(self) -> Any:
        return self.way.netfoundry()

    def change(self) -> None:
        what = self.chance.choice(("build", "build", "build", "attributes", "rerun", "purge", "raze"))
        self.counts[what] += 1
        self.there = what != "raze"
        if what in ("purge", "raze"):
            self.contents = {}
        elif what == "build":
            names = {"endpoints": "laptop", "edge_routers": "router", "services": "portal"}
            self.contents = {
                each: [self.one(each, name) for name in self.pick(0, 3, prefix)]
                for each, prefix in names.items()
            }
        elif what == "attributes":
            for each in (each for several in self.contents.values() for each in several):
                each["attributes"] = self.attributes()

    def attributes(self) -> list[str]:
        return [f"#{self.chance.choice('abcd')}"]

    def one(self, collection: str, name: str) -> dict[str, Any]:
        more: dict[str, Any] = {}
        if collection == "services":
            egress = {"host": "10.0.0.1", "port": 80, "protocol": "tcp"}
            more = {"client_ingress": {"host": f"{name}.test", "port": 80}, "server_egress": egress}
        return {"name": name, "attributes": self.attributes(), **more}

    def task(self) -> tuple[str, dict[str, Any]]:
        if not self.there:
            return "network", {"name": "overlay", "state": "absent"}
        lists: dict[str, Any] = {each: [] for each in ("endpoints", "edge_routers", "services")}
        # What the platform failed to make is made anew.
        return "network", {"name": "overlay", "replace": True, "purge": ["all"], **lists, **self.contents}

    def wanted(self) -> Iterator[str]:
        if self.there:
            yield "overlay"
            yield from (each["name"] for several in self.contents.values() for each in several)

    def present(self) -> Iterator[str]:
        for kind in ("networks", "endpoints", "edge-routers", "services"):
            for each in self.way.service.netfoundry.entities[kind].values():
                if each.deleted is None and each.values.get("typeId") != "Router":
                    yield str(each.name)

    def open_requests(self) -> Iterator[str]:
        for each in self.way.service.netfoundry.entities["executions"].values():
            if not each.finished:  # type: ignore[attr-defined]
                yield each.id


WALKS = (Datacenter, Network)
