# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Attaching volumes and CD-ROMs to servers, and detaching them (contract sections 10.5 and 10.6)."""

from __future__ import annotations

from typing import Any

from ..._engine.errors import InvalidOption, NotFound
from ..._engine.plan.pairing import Node
from ..._engine.plan.rules import At, Rules
from ..._engine.plan.steps import Creation, Path, Rest, Step
from ..._engine.service import Item, selector
from ..resources.attachments import CDROM_ATTACHMENT, VOLUME_ATTACHMENT
from ..resources.images import IMAGE
from ..resources.servers import SERVER, VOLUME
from .images import find_image
from .volume_facts import PLACE, VolumeFacts


class Attaching(Rules):
    """What volumes and CD-ROMs have in common; ``word`` names one in messages."""

    word = ""

    def want(self, want: Node, have: Item | None, facts: VolumeFacts, path: Path) -> Node:  # type: ignore[override]
        """The option may hold an id, which is no name to be compared."""
        mark = facts.resource.identity
        return {key: value for key, value in want.items() if key != mark or not facts.resource.is_id(value)}

    def steps(self, steps: list[Step], want: Node, at: At, facts: VolumeFacts) -> list[Step]:  # type: ignore[override]
        if at.change.verb == "delete":
            name = at.name or str((at.change.before or {}).get("id"))
            return [step.but(verb="detach", label=self.word, name=name) for step in steps]
        return self.attach(steps[0], at, facts) if at.change.verb == "create" else steps

    def attach(self, step: Step, at: At, facts: VolumeFacts) -> list[Step]:
        """The calls that attach what the options name; ``step`` creates the attachment."""
        raise AssertionError("each kind has its own")

    def attaching(self, step: Step, target: Item, at: At, shows: Item) -> Step:
        resource = at.change.resource
        return step.but(
            verb="attach",
            label=self.word,
            name=str(target["properties"].get("name") or target["id"]),
            body={"id": target["id"]},
            shows={**resource.decode(target, at.parents), **shows},
            creation=Creation(()),
            safe=True,  # repeated, it changes nothing more
        )


class VolumeAttaching(Attaching):
    word = "volume"

    def attach(self, step: Step, at: At, facts: VolumeFacts) -> list[Step]:
        volume = _volume(facts)
        step = self.attaching(step, volume, at, PLACE)
        rests = _busy_server(at, facts)
        if facts.at_work(VOLUME, volume):
            rests = (*rests, Rest(VOLUME, at.parents, volume["id"]))
        (holder,) = facts.with_holders([VOLUME.decode(volume, at.parents)])
        if not holder["server_id"]:
            return [step.but(rests=rests)]
        elsewhere = VOLUME_ATTACHMENT.item_path(
            {**at.parents, SERVER.kind: holder["server_id"]}, volume["id"]
        )
        leaving = at.step("detach", "DELETE", label=self.word, url=tuple(elsewhere.split("/")), rests=rests)
        return [leaving.but(name=step.name), step.but(waits_for=(leaving.key,))]


def _busy_server(at: At, facts: VolumeFacts) -> tuple[Rest, ...]:
    """Only to what is fully provisioned something can be attached."""
    return (Rest(SERVER, at.parents, str(at.parents[SERVER.kind])),) if facts.at_work(SERVER) else ()


def _volume(facts: VolumeFacts) -> Item:
    wanted = selector(VOLUME, "volume", facts.options["volume"])
    parents = facts.around(VOLUME)
    item = (
        facts.item(VOLUME, parents, wanted.value, depth=0)
        if wanted.by_id
        else wanted.pick(facts.items(VOLUME, parents, name=wanted.value))
    )
    if item is None and facts.found.missing and not wanted.by_id:
        # In check mode: an earlier task would create it, too.
        return {"id": None, "properties": {"name": wanted.value}}
    if item is None:
        raise facts.missing(wanted, parents, "the data center")
    return item


class CdromAttaching(Attaching):
    word = "CD-ROM"

    def attach(self, step: Step, at: At, facts: VolumeFacts) -> list[Step]:
        image = _cdrom(facts)
        return [self.attaching(step, image, at, {}).but(rests=_busy_server(at, facts))] if image else []


def _cdrom(facts: VolumeFacts) -> Any:
    wanted = selector(IMAGE, "cdrom", facts.options["cdrom"])
    if not wanted.by_id:
        found = find_image(facts, wanted.value, "cdrom", (IMAGE,), "CDROM")
        same = facts.items(IMAGE, {}, name=wanted.value, where=(("imageType", "CDROM"),))
        return next((item for item in same if found and item["id"] == found["id"]), None)
    image = facts.item(IMAGE, {}, wanted.value)
    if image is None:
        raise NotFound("image", "cdrom", wanted.value, advice="profitbricks_image_info lists the images")
    if image["properties"].get("imageType") != "CDROM":
        name = image["properties"].get("name") or wanted.value
        raise InvalidOption(f"cdrom: the image {name} is an image for volumes, not a CD-ROM")
    return image


ATTACHING_RULES = {VOLUME_ATTACHMENT.kind: VolumeAttaching(), CDROM_ATTACHMENT.kind: CdromAttaching()}
