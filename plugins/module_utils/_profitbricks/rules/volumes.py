# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Volumes: what they are made of, and where they are attached (contract sections 10.5 and 10.7)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ..._engine.errors import AmbiguousName, InvalidOption, NotFound
from ..._engine.plan.pairing import Node, name_of, pair
from ..._engine.plan.rules import At, Rules
from ..._engine.plan.steps import Key, Path, Step, url, without_refs
from ..._engine.schema.field import Field, is_uuid
from ..._engine.schema.resource import Child
from ..._engine.service import Item
from ..resources.access import begins_unknown, encoded
from ..resources.compute import SERVER, VOLUME
from .facts import CloudFacts
from .images import aliases_are_shown, find_image, named_image, other_image
from .labels import LABELS, labelled, with_texts

OF_SERVER = next(child for child in SERVER.children if child.resource is VOLUME)
DIRECT = "DAS"  # the type of the volume that comes with a CUBE server
GPU_STORAGE = "SSD Premium"  # that of the volume that comes with a GPU server
SIZED = "sized"  # in the node of a volume: a template determines its size
ACCESS = ("image_password", "ssh_keys", "user_data")
# Which place a volume gets among the devices of a server, and in the order of booting, the service decides.
PLACE: dict[str, object] = {"device_number": None, "pci_slot": None, "boot_order": None}
ATTACH = Field(
    "server",
    refers="server",
    help="Name or UUID of the server to attach the volume to; an empty string detaches it. If left out, "
    "the volume stays where it is.",
)


ENCODE = Field(
    "encode_user_data",
    "bool",
    help="Whether O(user_data) is plain text, which the module then encodes in base64. By default, text "
    "must already be in base64.",
)


def goes_with(server: Mapping[str, Any], volume: Item) -> bool:
    """Whether the service deletes a volume together with its server: one that a template made (contract section 10.3)."""
    kind = volume["disk_type"]
    return kind == DIRECT or (server.get("type") == "GPU" and kind == GPU_STORAGE)


class VolumeRules(Rules):
    """In a node, ``server`` is the id of the server that the volume shall be attached to, or "" for none."""

    options = (ENCODE, LABELS)
    resolves = ("image",)

    def described(self, node: Node) -> Node:
        plain = bool(node.get(ENCODE.name))
        rest = {name: value for name, value in node.items() if name != ENCODE.name}
        if rest.get("user_data") in (None, ""):
            return rest
        return {**rest, "user_data": encoded("user_data", rest["user_data"], plain)}

    def want(self, want: Node, have: Item | None, facts: CloudFacts, path: Path) -> Node:  # type: ignore[override]
        want = with_texts(want)
        where = f"{'/'.join(path)}: " if path else ""
        if have is None:
            if want.get("disk_type") == DIRECT and not _in_server(facts, path):
                raise InvalidOption(
                    "disk_type: a DAS volume is created together with its CUBE server; list it in volumes "
                    "of profitbricks_server"
                )
            if want.get("user_data") and begins_unknown(want["user_data"]):
                facts.warnings.append(
                    f"{where}user_data: cloud-init ignores it, because its first line is neither #cloud-config nor "
                    "another one that cloud-init recognizes, such as #!/bin/sh"
                )
            return _new(want, facts)
        if late := _too_late(want, have):
            facts.warnings.append(
                f"{where}{', '.join(late)}: only applied when a volume is created, and the volume "
                f"{have['name']} already exists. See the guide Everyday jobs"
            )
        image = str(want.get("image") or "")
        if image and have["image"] and not is_uuid(image) and _other(image, have, facts) is None:
            return {name: value for name, value in want.items() if name != "image"}
        return want

    def compared(self, want: Node, have: Item, facts: CloudFacts) -> Item:  # type: ignore[override]
        image = str(want.get("image") or "")
        if not image or not have["image"] or is_uuid(image):
            return have
        return {**have, "image": _other(image, have, facts) or have["image"]}

    def steps(self, steps: list[Step], want: Node, at: At, facts: CloudFacts) -> list[Step]:  # type: ignore[override]
        return [*self._attached(steps, want, at, facts), *labelled(want, at, facts)]

    @staticmethod
    def _attached(steps: list[Step], want: Node, at: At, facts: CloudFacts) -> list[Step]:
        have = at.change.before
        if at.change.verb == "delete" or "server" not in want:
            return steps
        servers, target = url(SERVER.path, at.parents), want["server"] or None
        if have is None:
            if target is None:
                return steps
            # One request makes and attaches it.
            first, *rest = steps
            home = (*servers, target, "volumes")
            return [first.but(url=home, shows={"server_id": without_refs(target)}), *rest]
        if target == have["server_id"]:
            return steps
        shows = {"server_id": without_refs(target), **{key: want.get(key) for key in PLACE}}
        waits: tuple[Key, ...] = ()
        if have["server_id"]:
            holder = facts.holders.get(str(have["id"]))
            leaving = at.step("detach", "DELETE", before={}, shows=shows, safe=True).but(
                url=(*servers, have["server_id"], "volumes", at.item[-1]),
                path=at.path if holder is None else (*holder, "volumes", name_of(VOLUME, dict(have))),
                waits_for=() if holder is None else (("update", holder),),
            )
            steps, waits = [*steps, leaving], (leaving.key,)
        if target:
            body = {"id": at.item[-1]}
            joining = at.step("attach", "POST", body=body, after={}, shows=shows, waits_for=waits)
            steps = [*steps, joining.but(url=(*servers, target, "volumes"))]
        return steps


def _too_late(want: Node, have: Item) -> list[str]:
    """The options of access, where they are all that a task can mean that names them for a volume that is there."""
    kept = {"id": have["id"], VOLUME.identity: have["name"], "server": have["server_id"]}
    more = [
        n for n, value in want.items() if n not in ACCESS and (n not in kept or (value or None) != kept[n])
    ]
    return [] if more else [name for name in ACCESS if want.get(name)]


def _in_server(facts: CloudFacts, path: Path) -> bool:
    """Whether a volume is listed at a server."""
    return "servers" in path[:1] or (facts.resource.kind == SERVER.kind and bool(path))


def _other(named: str, have: Item, facts: CloudFacts) -> str | None:
    """The name of the image that a volume was made of, where that is surely another one than is named."""
    if ":" in named and not aliases_are_shown(facts.version):
        return None
    return other_image(named, facts.image(str(have["image"])))


# -- a new one ----------------------------------------------------------------------------------------------------


def _new(want: Node, facts: CloudFacts) -> Node:
    """A new volume with what the service takes in place of its image's name; what it would refuse is refused."""
    named = str(want.get("image") or "")
    image = None
    if named and want.get("licence_type"):
        image = named_image(facts, named)
        want = _without_licence(want, image, facts)
    elif named and not is_uuid(named) and ":" not in named:
        image = find_image(facts, named)
    elif is_uuid(named) and not any(want.get(each) for each in ACCESS):
        image = facts.image(named.lower())
    _check_new(want, image)
    if not named or is_uuid(named):
        return want
    rest = {name: value for name, value in want.items() if name != "image"}
    return {**rest, "image_alias": named} if ":" in named else {**rest, "image": image and image["id"]}


def _without_licence(want: Node, image: Item | None, facts: CloudFacts) -> Node:
    """The licence of a volume is that of its image; that and no other may be named beside it."""
    licence = image["licence_type"] if image else None
    if not facts.open and want["licence_type"] != licence:
        known = f", {licence}" if licence else ""
        raise InvalidOption(
            f"licence_type: a volume has the licence of its image{known}; leave licence_type out, or give it without image"
        )
    return {name: value for name, value in want.items() if name != "licence_type"}


def _check_new(want: Node, image: Item | None) -> None:
    """The rules of contract section 10.7."""
    named, das = bool(want.get("image")), want.get("disk_type") == DIRECT
    name = want.get("name") or ""
    if das and want.get("size") is not None:
        raise InvalidOption(
            "size: the size of a DAS volume comes from the template of its CUBE server; leave it out"
        )
    if want.get("size") is None and not (das or want.get(SIZED)):
        raise InvalidOption(f"size: needed to create the volume {name}".rstrip())
    if not named and not want.get("licence_type") and not das:
        raise InvalidOption(
            "image: give an image to create the volume from, or licence_type for an empty volume"
        )
    access = [each for each in ACCESS if want.get(each)]
    if access and not named:
        raise InvalidOption(f"{access[0]}: it only works together with an image; give image")
    zone = want.get("availability_zone")
    if zone not in (None, "AUTO") and das:
        raise InvalidOption(
            f"availability_zone: {zone} cannot be used with disk_type DAS; leave it out or set AUTO"
        )
    public = ":" in str(want.get("image")) or bool(image and image.get("public"))
    if public and not access:
        raise InvalidOption(
            "image_password: a public image needs image_password, ssh_keys or user_data to log in with"
        )
    if image is not None and not public and access:
        raise InvalidOption(
            f"{access[0]}: the image {image['name']} is private or a snapshot, and keeps its own; leave "
            "the option out"
        )


# -- who is who ---------------------------------------------------------------------------------------------------


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
    _taken: set[str] = field(default_factory=set)
    _open: list[tuple[Listed, int]] = field(default_factory=list)

    @property
    def rest(self) -> list[Item]:
        return [each for each in self.present if each["id"] not in self._taken]

    def is_given_up(self, volume: Item) -> bool:
        """Whether a volume is attached to a server whose volumes are listed without it."""
        return any(
            server.have and volume["server_id"] == server.have["id"] and "volumes" in server.node
            for server in self.servers
        )

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
        self._elsewhere()
        return self

    # -- the passes -------------------------------------------------------------------------------------------------

    def _attached(self) -> None:
        """What is attached to the very server that lists it."""
        for server in self.servers:
            nodes = server.node.get("volumes") or ()
            own = [each for each in self.present if server.have and each["server_id"] == server.have["id"]]
            named = [each for each in nodes if each.get("id") is None]
            found = {id(node): there for node, there in pair(OF_SERVER, named, own)[0]}
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
        free = [each for each in self.rest if not each["server_id"]]
        self.loose = pair(child, nodes, free)[0]
        self._take(there for _node, there in self.loose)

    def _unattached(self) -> None:
        """What no server has, and one lists: it is attached."""
        self._claim(each for each in self.rest if not each["server_id"])

    def _given_up(self) -> None:
        """What a server has whose volumes are listed without it, and another one lists: it moves."""
        self._claim([each for each in self.rest if self.is_given_up(each)])

    def _held_loose(self) -> None:
        """What is described as belonging to no server, and is attached to one."""
        held = _by_name(each for each in self.rest if each["server_id"])
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
        held = _by_name(each for each in self.rest if each["server_id"])
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

    def _claim(self, free: Iterable[Item]) -> None:
        """Give each free volume to the one server that lists its name and has none of it."""
        named = _by_name(free)
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

    def _by_id(self, node: Node, path: Path) -> Item | None:
        if node.get("id") is None:
            return None
        wanted = str(node["id"]).lower()
        found = next((each for each in self.present if each["id"] == wanted), None)
        if found is None:
            option = "/".join((*path, "volumes"))
            raise NotFound(VOLUME.label, f"{option}.id", node["id"], advice="leave the id out to create one")
        return found

    def _take(self, volumes: Iterable[Item | None]) -> None:
        self._taken |= {each["id"] for each in volumes if each}


def mark_of(node: Node) -> str:
    """What tells the described volumes of one list apart."""
    return str(node.get("id") or "").lower() or str(node.get("name"))


def _by_name(volumes: Iterable[Item]) -> Mapping[Any, list[Item]]:
    named: dict[Any, list[Item]] = defaultdict(list)
    for each in volumes:
        named[each["name"]].append(each)
    return named
