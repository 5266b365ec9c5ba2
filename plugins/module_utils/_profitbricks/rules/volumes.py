# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Volumes: what they are made of, and where they are attached (contract sections 10.5 and 10.7)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..._engine.errors import InvalidOption
from ..._engine.plan.pairing import Node, name_of
from ..._engine.plan.rules import At, Rules
from ..._engine.plan.steps import Key, Path, Step, url, without_refs
from ..._engine.schema.field import Field, is_uuid
from ..._engine.service import Item
from ..resources.access import begins_unknown, encoded
from ..resources.servers import SERVER, VOLUME
from .images import aliases_are_shown, find_image, image_by_id, named_image, other_image
from .labels import LABELS, labelled, with_texts
from .volume_facts import PLACE, VolumeFacts

DIRECT = "DAS"  # the type of the volume that comes with a CUBE server
GPU_STORAGE = "SSD Premium"  # that of the volume that comes with a GPU server
SIZED = "sized"  # in the node of a volume: a template determines its size
ACCESS = ("image_password", "ssh_keys", "user_data")
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

    def want(self, want: Node, have: Item | None, facts: VolumeFacts, path: Path) -> Node:  # type: ignore[override]
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
        if (image := _image_named(want, have)) and _other(image, have, facts) is None:
            return {name: value for name, value in want.items() if name != "image"}
        return want

    def compared(self, want: Node, have: Item, facts: VolumeFacts) -> Item:  # type: ignore[override]
        image = _image_named(want, have)
        return {**have, "image": _other(image, have, facts) or have["image"]} if image else have

    def steps(self, steps: list[Step], want: Node, at: At, facts: VolumeFacts) -> list[Step]:  # type: ignore[override]
        return [*self._attached(steps, want, at, facts), *labelled(want, at, facts)]

    @staticmethod
    def _attached(steps: list[Step], want: Node, at: At, facts: VolumeFacts) -> list[Step]:
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


def _in_server(facts: VolumeFacts, path: Path) -> bool:
    """Whether a volume is listed at a server."""
    return "servers" in path[:1] or (facts.resource.kind == SERVER.kind and bool(path))


def ask_image(want: Node, have: Item, facts: VolumeFacts) -> None:
    """Ask for what the comparison of a present volume needs to know of its image."""
    if image := _image_named(want, have):
        _other(image, have, facts)


def _image_named(want: Node, have: Item) -> str:
    """The name or alias that a volume of an image is described with; an empty text for an id, which is compared as it is."""
    image = str(want.get("image") or "")
    return image if have["image"] and not is_uuid(image) else ""


def _other(named: str, have: Item, facts: VolumeFacts) -> str | None:
    """The name of the image that a volume was made of, where that is surely another one than is named."""
    if ":" in named and not aliases_are_shown(facts.version):
        return None
    return other_image(named, facts.image(str(have["image"])))


# -- a new one ----------------------------------------------------------------------------------------------------


def _new(want: Node, facts: VolumeFacts) -> Node:
    """A new volume with what the service takes in place of its image's name; what it would refuse is refused."""
    named, licence = str(want.get("image") or ""), want.get("licence_type")
    image = None
    if is_uuid(named):
        image = image_by_id(facts, named)
    elif ":" not in named:
        image = find_image(facts, named) if named else None
    elif licence or not any(want.get(each) for each in ACCESS):
        # A missing image is reported before a licence or missing access.
        image = named_image(facts, named) if licence else None
        if image is None:
            _refuse_unknown_alias(facts, named)
    if named and licence:
        want = _without_licence(want, image, facts)
    _check_new(want, image)
    if not named or is_uuid(named):
        return want
    rest = {name: value for name, value in want.items() if name != "image"}
    return {**rest, "image_alias": named} if ":" in named else {**rest, "image": image and image["id"]}


def _refuse_unknown_alias(facts: VolumeFacts, alias: str) -> None:
    """Raise InvalidOption if the location has no image of the alias."""
    from .sending import Home  # here, because only what is about to be refused needs it

    if not facts.open and (missing := Home(facts).lacks_alias(alias)):
        raise InvalidOption(f"image: {missing}")


def _without_licence(want: Node, image: Item | None, facts: VolumeFacts) -> Node:
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


def mark_of(node: Node) -> str:
    """What tells the described volumes of one list apart."""
    return str(node.get("id") or "").lower() or str(node.get("name"))
