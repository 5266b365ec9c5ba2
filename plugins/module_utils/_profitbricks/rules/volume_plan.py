# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which present volume each described one is (contract section 10.7)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from ..._engine.errors import AmbiguousName, InvalidOption, NotFound
from ..._engine.plan.pairing import Node, name_of, pair
from ..._engine.plan.steps import Path
from ..._engine.schema.resource import Child
from ..._engine.service import Item
from ..resources.servers import SERVER, VOLUME

OF_SERVER = next(child for child in SERVER.children if child.resource is VOLUME)


class Listed(NamedTuple):
    """A described server: where it is in the tree, its node, and what it is now."""

    path: Path
    node: Node
    have: Item | None

    @property
    def name(self) -> str:
        return name_of(SERVER, self.node)


@dataclass
class VolumePlan:
    """Which present volume each described one is, None where it must be created.

    ``of`` is by the path of a server, ``loose`` those of no server, ``rest`` what nobody described. ``present`` are the
    volumes of the data center as results, each with the id of the server that it is attached to.
    """

    present: Sequence[Item]
    servers: Sequence[Listed]
    holder_name: Mapping[str, str] = field(default_factory=dict)
    of: dict[Path, list[tuple[Node, Item | None]]] = field(default_factory=dict)
    loose: list[tuple[Node, Item | None]] = field(default_factory=list)
    rest: list[Item] = field(default_factory=list)
    _taken: set[str] = field(default_factory=set)
    _open: list[tuple[Listed, int]] = field(default_factory=list)

    @cached_property
    def _listing(self) -> set[str]:
        """The ids of the present servers whose volumes are listed."""
        return {each.have["id"] for each in self.servers if each.have and "volumes" in each.node}

    def is_given_up(self, volume: Item) -> bool:
        """Whether a volume is attached to a server whose volumes are listed without it."""
        return volume["server_id"] in self._listing

    def assign(self, wanted_loose: Sequence[Node]) -> VolumePlan:
        """Tell all apart, whoever is most surely meant first. Raises AmbiguousName, InvalidOption, NotFound."""
        self._attached()
        self._unattached_loose([each for each in wanted_loose if each.get("id") is None])
        by_id = [(each, self._by_id(each, ())) for each in wanted_loose if each.get("id") is not None]
        self._take(there for _node, there in by_id)
        self._unattached()
        self._given_up()
        self._held_loose()
        self.loose += by_id
        self._refuse_twins()
        self._elsewhere()
        self.rest = self._left()
        return self

    def _refuse_twins(self) -> None:
        """A volume is in one place only, however it is given. Servers may each have a new one of the same name; what is
        listed for the data center and for a server is one volume, unless both are there.
        """
        places: dict[str, str] = {}
        named: dict[Any, tuple[str, Item | None]] = {}
        for path, pairs in (*self.of.items(), ((), self.loose)):
            option = "/".join((*path, "volumes"))
            for node, there in pairs:
                if there and there["id"] in places:
                    raise InvalidOption(
                        f"{option}: the volume {there['id']} is also listed in {places[there['id']]}; list it once"
                    )
                if there:
                    places[there["id"]] = option
                name = node.get("name") or (there and there["name"])
                other, its = named.get((option, name) if path else name, ("", None))
                if other and (there is None or its is None):
                    raise InvalidOption(
                        f"{option}: the volume {name!r} is also listed in {other}; list it once, where it belongs. A "
                        "second volume needs another name"
                    )
                named[option, name] = (option, there)
                if name not in named or there is None:
                    named[name] = (option, there)

    # -- the passes -------------------------------------------------------------------------------------------------

    def _attached(self) -> None:
        """What is attached to the very server that lists it."""
        attached = _by("server_id", self.present)
        for server in self.servers:
            nodes = server.node.get("volumes") or ()
            own = attached.get(server.have["id"], []) if server.have else []
            named = [each for each in nodes if each.get("id") is None]
            child = OF_SERVER._replace(name="/".join((*server.path, "volumes")))
            found = {id(node): there for node, there in pair(child, named, own)[0]}
            self.of[server.path] = [
                (node, found[id(node)] if id(node) in found else self._by_id(node, server.path))
                for node in nodes
            ]
            for place, (_node, there) in enumerate(self.of[server.path]):
                self._take([there])
                if there is None:
                    self._open.append((server, place))

    def _unattached_loose(self, nodes: Sequence[Node]) -> None:
        """What no server has, and is described as such."""
        child = Child("volumes", "volumes", VOLUME)
        free = [each for each in self._left() if not each["server_id"]]
        self.loose = pair(child, nodes, free)[0]
        self._take(there for _node, there in self.loose)

    def _unattached(self) -> None:
        """What no server has, and one lists: it is attached."""
        self._claim(each for each in self._left() if not each["server_id"])

    def _given_up(self) -> None:
        """What a server has whose volumes are listed without it, and another one lists: it moves."""
        self._claim(each for each in self._left() if self.is_given_up(each))

    def _held_loose(self) -> None:
        """What is described as belonging to no server, and is attached to one."""
        held = _by("name", (each for each in self._left() if each["server_id"]))
        for place, (node, there) in enumerate(self.loose):
            found = held.get(node.get("name"), []) if there is None else [there]
            if len(found) > 1:
                raise AmbiguousName(
                    VOLUME.label, "volumes", str(node.get("name")), [each["id"] for each in found]
                )
            self.loose[place] = (node, found[0] if found else None)
            self._take(found)

    def _elsewhere(self) -> None:
        """A name that only a volume of another server has does not silently get a second one."""
        held = _by("name", (each for each in self._left() if each["server_id"]))
        for server, place in self._open:
            name = self.of[server.path][place][0].get("name")
            if held.get(name):
                holder = str(held[name][0]["server_id"])
                raise InvalidOption(
                    f"{'/'.join((*server.path, 'volumes'))}: the volume {name!r} is attached to the server "
                    f"{self.holder_name.get(holder, holder)!r}, not to {server.name!r}; detach it there first, or choose "
                    "another name for a new one"
                )

    # -- what they share --------------------------------------------------------------------------------------------

    def _left(self) -> list[Item]:
        """The volumes that nothing described has been matched with so far."""
        return [each for each in self.present if each["id"] not in self._taken]

    def _claim(self, free: Iterable[Item]) -> None:
        """Give each free volume to the one server that lists its name and has none of it."""
        named = _by("name", free)
        asked = Counter(self.of[server.path][place][0].get("name") for server, place in self._open)
        for server, place in list(self._open):
            node = self.of[server.path][place][0]
            name, found = node.get("name"), named.get(node.get("name"), [])
            if not found:
                continue
            option = "/".join((*server.path, "volumes"))
            if len(found) > 1:
                raise AmbiguousName(VOLUME.label, option, str(name), [each["id"] for each in found])
            if asked[name] > 1:
                raise InvalidOption(
                    f"{option}: the volume {name!r} is listed for several servers, but only one volume of "
                    "that name exists, which none of them has; list it by its id for the right one: "
                    f"{found[0]['id']}"
                )
            self.of[server.path][place] = (node, found[0])
            self._open.remove((server, place))
            self._take(found)

    @cached_property
    def _ids(self) -> dict[str, Item]:
        return {each["id"]: each for each in self.present}

    def _by_id(self, node: Node, path: Path) -> Item | None:
        if node.get("id") is None:
            return None
        wanted = str(node["id"]).lower()
        found = self._ids.get(wanted)
        if found is None:
            option = "/".join((*path, "volumes"))
            raise NotFound(VOLUME.label, f"{option}.id", node["id"], advice="leave the id out to create one")
        return found

    def _take(self, volumes: Iterable[Item | None]) -> None:
        self._taken |= {each["id"] for each in volumes if each}


def _by(key: str, volumes: Iterable[Item]) -> Mapping[Any, list[Item]]:
    found: dict[Any, list[Item]] = defaultdict(list)
    for each in volumes:
        found[each[key]].append(each)
    return found
