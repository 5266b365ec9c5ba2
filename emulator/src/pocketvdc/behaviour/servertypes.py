# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the types of servers ask for: templates, CPU families, cards, confidential computing (contract section 10.3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..call import Call
from ..seed import CONFIDENTIAL
from ..store import Record
from ..validate import Draft
from . import datacenters, volumes

ENTERPRISE = "ENTERPRISE"
# Server types whose size a template says, with the name that messages call them by.
TEMPLATED = {"CUBE": "Cube", "GPU": "GPU"}
# What the service chooses for Cubes [recorded, 2023].
CUBE_FAMILY = "AMD_EPYC"
_OLD_FAMILIES = ("AMD_OPTERON", "INTEL_XEON")
# A confidential image says how many cores its server has; those of the emulator say this (our own choice).
CONFIDENTIAL_CORES = 2

# Code, name of the field (none for texts of the backend) and text.
Problem = tuple[str, str, str]


def check(call: Call, draft: Draft) -> None:
    given = draft.properties
    settle_family(call, given)
    kind = given.get("type") or ENTERPRISE
    confidential = _check_confidential(call, draft, kind)
    if kind in TEMPLATED:
        _check_templated(call, draft, kind)
    else:
        for name in ("ram",) if confidential else ("cores", "ram"):
            if given.get(name) is None:
                draft.require(name)
        if given.get("templateUuid") is not None:
            draft.refuse("templateUuid", "Attribute 'templateUuid' is only allowed for Cube and GPU servers")
    if given.get("cpuFamily") and (kind != ENTERPRISE or confidential):
        draft.refuse_backend(chosen_family("confidential" if confidential else kind))
    location = datacenters.location_of(draft)
    for code, name, text in broken_sizes(call, given, location, given.get("cpuFamily")):
        draft.refuse(name, text, code)


def chosen_family(kind: str) -> str:
    name = TEMPLATED.get(kind, kind)
    return f"[VDC-5-1921] The attribute 'cpuFamily' must not be provided for {name} servers."


def _check_templated(call: Call, draft: Draft, kind: str) -> None:
    """The template says the size; one with cards is for GPU servers, one without for Cubes."""
    given, name = draft.properties, TEMPLATED[kind]
    for size in ("cores", "ram"):
        if given.get(size) is not None:
            draft.refuse(size, f"Attribute '{size}' is not allowed for {name} servers")
    ident = given.get("templateUuid")
    template = call.store.find("templates", ident or "")
    if ident is None:
        draft.require("templateUuid")
    elif template is None:
        draft.refuse("templateUuid", f"Template '{ident}' does not exist")
    elif bool(template.properties["gpus"]) is not (kind == "GPU"):
        draft.refuse("templateUuid", f"Template '{ident}' is not for {name} servers")
    elif missing := _missing_cards(call, template, datacenters.location_of(draft)):
        draft.refuse("templateUuid", f"The location has no cards of model {missing}")
    if given.get("availabilityZone") not in (None, "AUTO"):
        zone = given["availabilityZone"]
        draft.refuse(
            "availabilityZone", f"Attribute value '{zone}' not allowed. Expected one of [AUTO]", "109"
        )
    if kind == "CUBE" and given.get("nicMultiQueue") is not None:
        draft.refuse("nicMultiQueue", "Attribute not allowed in resource definition", "106")
    discs = [volume.properties.get("type") for volume in draft.children.get("volumes", ())]
    if kind == "CUBE" and "DAS" not in discs:
        draft.refuse_backend("[VDC-5-1922] A Cube server needs a volume of type DAS.")  # (inferred)
    elif kind == "GPU" and not discs:
        draft.refuse_backend("[VDC-5-1922] A GPU server needs a volume of its own.")  # (inferred)


def _missing_cards(call: Call, template: Record, location: str | None) -> str | None:
    """The model of cards that a template asks for and a location does not have."""
    place = call.store.find("locations", location or "")
    offered = {card["model"] for card in place.properties["gpuArchitecture"] or ()} if place else set()
    return next((gpu["model"] for gpu in template.properties["gpus"] if gpu["model"] not in offered), None)


def _check_confidential(call: Call, draft: Draft, kind: str) -> bool:
    """Whether an image makes the server a confidential one, and what that forbids."""
    discs = volumes.confidential_drafts(call, draft)
    if not discs:
        return False
    if kind != ENTERPRISE:
        draft.refuse("type", "A confidential image needs a server of type ENTERPRISE")
    if len(discs) > 1:
        draft.refuse_backend("[VDC-5-1931] A server can have one volume with a confidential image only.")
    if draft.properties.get("cores") not in (None, CONFIDENTIAL_CORES):
        draft.refuse(
            "cores", f"Attribute 'cores' must be {CONFIDENTIAL_CORES}, as the image says, or left out"
        )
    if confidential_family(call, datacenters.location_of(draft)) is None:
        draft.refuse_backend("[VDC-5-1932] Confidential servers are not possible in the location.")
    return True


def broken_sizes(
    call: Call, given: Mapping[str, Any], location: str | None, family: str | None
) -> Iterable[Problem]:
    """What a server of a CPU family cannot be, by the contract and by the location (contract section 16)."""
    limits, offered = call.cloud.limits, _architectures(call, location)
    chosen = next((one for one in offered if one["cpuFamily"] == family), offered[0] if offered else {})
    cores, ram = given.get("cores"), given.get("ram")
    if cores is not None and cores > (most := min(limits["coresPerServer"], chosen.get("maxCores", cores))):
        yield "100", "cores", f"Attribute 'cores' must not be greater than {most}"
    if ram is not None and ram % 256:
        yield "100", "ram", "RAM of requested server is not a multiple of 256"
    elif ram is not None and ram > (most := min(limits["ramPerServer"], chosen.get("maxRam", ram))):
        yield "100", "ram", f"Attribute 'ram' must not be greater than {most}"
    wanted = given.get("cpuFamily")
    if wanted and wanted not in (known := families(call, location)):
        text = f"Attribute value '{wanted}' not allowed. Expected one of [{', '.join(known)}]"
        yield "109", "cpuFamily", text  # the code is unknown


def _architectures(call: Call, location: str | None) -> list[dict[str, Any]]:
    place = call.store.find("locations", location or "")
    return list(place.properties["cpuArchitecture"] or ()) if place is not None else []


def families(call: Call, location: str | None = None) -> list[str]:
    """CPU families that the API version knows, of one location or of all of them."""
    places = [location] if location is not None else [place.id for place in call.store.all("locations")]
    found = dict.fromkeys(one["cpuFamily"] for place in places for one in _architectures(call, place))
    return [family for family in found if call.version > 4 or family in _OLD_FAMILIES]


def settle_family(call: Call, given: dict[str, Any]) -> None:
    """Families are taken in any case, as values of enumerations are (contract section 17, no. 14)."""
    if wanted := given.get("cpuFamily"):
        known = (family for family in families(call) if family.lower() == wanted.lower())
        given["cpuFamily"] = next(known, wanted)


def default_family(call: Call, location: str | None) -> str | None:
    """What the service chooses: v4 and v5 the oldest one, where there is any of it."""
    known = [one["cpuFamily"] for one in _architectures(call, location)]
    return _OLD_FAMILIES[0] if call.version < 6 and _OLD_FAMILIES[0] in known else next(iter(known), None)


def confidential_family(call: Call, location: str | None) -> str | None:
    """The CPU family of confidential servers; None where there cannot be any."""
    return next(
        (
            one["cpuFamily"]
            for one in _architectures(call, location)
            if CONFIDENTIAL in one["enabledFeatures"]
        ),
        None,
    )


def family_of(call: Call, server: Record, *, confidential: bool) -> str | None:
    """The CPU family that the service chooses for a server."""
    datacenter = server.above("datacenter")
    location = datacenter.properties["location"] if datacenter is not None else None
    if confidential:
        return confidential_family(call, location)
    return CUBE_FAMILY if server.properties["type"] == "CUBE" else default_family(call, location)


def fixed_values(server: Record, changed: Mapping[str, Any]) -> Iterable[Problem]:
    """What the type of an existing server does not let change."""
    kind = server.properties["type"]
    confidential = bool(server.properties["enabledFeatures"])
    for name in ("cores", "ram", *(["cpuFamily"] if confidential else [])):
        differs = changed.get(name) is not None and changed[name] != server.properties[name]
        if differs and kind in TEMPLATED:
            yield "100", name, f"Attribute '{name}' is fixed for {TEMPLATED[kind]} servers"
        elif differs and confidential:
            yield "100", name, f"Attribute '{name}' is fixed for confidential servers"
    family = changed.get("cpuFamily")
    if kind != ENTERPRISE and family and family != server.properties["cpuFamily"]:
        yield "200", "", chosen_family(kind)
    if kind == "CUBE" and changed.get("nicMultiQueue"):
        yield "106", "nicMultiQueue", "Attribute not allowed in resource definition"
    if confidential and (changed.get("bootCdrom") or changed.get("bootVolume") not in (None, _boot(server))):
        yield "200", "", f"[VDC-5-1933] Confidential server {server.id} boots from its own volume only."


def _boot(server: Record) -> str | None:
    boot: str | None = server.properties["bootVolume"]
    return boot
