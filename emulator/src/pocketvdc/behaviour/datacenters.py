# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Data centers."""

from __future__ import annotations

import re
from typing import Any

from ..call import Call
from ..errors import invalid
from ..permissions import refuse_managed
from ..store import Record
from ..validate import FOREIGN, ROOT, Draft, Site
from . import lans

_EITHER = "Attributes 'createDefaultSecurityGroup' and 'defaultSecurityGroupId' exclude each other"
_FORBIDDEN = re.compile(r"[@/\\,'\"|]")


def name_rule(name: str) -> str | None:
    if _FORBIDDEN.search(name):
        return "Attribute 'name' must not contain any of the characters @ / \\ , ' \" |"
    return None


def check(call: Call, draft: Draft) -> None:
    location = draft.properties.get("location")
    if call.store.find("locations", location or "") is None:
        draft.refuse("location", f"Location '{location}' does not exist")
    if draft.properties.get("defaultSecurityGroupId") is not None:
        # Its groups come after it, so that a creation cannot name one.
        draft.refuse("defaultSecurityGroupId", FOREIGN, "106")


def build(call: Call, datacenter: Record, draft: Draft) -> None:
    """Its version and features come with the provisioning, its IPv6 block at once (contract section 10.1)."""
    location = call.store.find("locations", datacenter.properties["location"])
    assert location is not None
    datacenter.properties["features"] = []
    for name in ("cpuArchitecture", "gpuArchitecture"):
        datacenter.properties[name] = location.properties.get(name) or []
    datacenter.properties["ipv6CidrBlock"] = call.cloud.addresses.prefix()
    if datacenter.private.get("createDefaultSecurityGroup"):
        datacenter.properties["defaultSecurityGroupId"] = _default_group(call, datacenter).id


def ready(call: Call, datacenter: Record) -> None:
    """Version 1; what came with it in the same request makes it 2."""
    location = call.store.find("locations", datacenter.properties["location"])
    if datacenter.alive and location is not None:
        features = location.properties.get("features") or []
        datacenter.properties = {**datacenter.properties, "version": 1, "features": features}
        datacenter.changed()


# The rules of a default group: everything goes out, only pings come in (our own choice; contract section 10.1
# says no more than that there are some).
_PREDEFINED: tuple[dict[str, Any], ...] = (
    {"name": "Allow all outgoing IPv4", "type": "EGRESS", "protocol": "ANY", "ipVersion": "IPv4"},
    {"name": "Allow all outgoing IPv6", "type": "EGRESS", "protocol": "ANY", "ipVersion": "IPv6"},
    {"name": "Allow incoming pings", "type": "INGRESS", "protocol": "ICMP", "ipVersion": "IPv4"},
)


def _default_group(call: Call, datacenter: Record) -> Record:
    table = call.cloud.table
    draft = Draft(table["security-group"], ROOT, datacenter, None, {"name": "Default"})
    group = call.new(draft, "securitygroups", datacenter)
    for rule in _PREDEFINED:
        call.new(Draft(table["firewall-rule"], ROOT, group, None, dict(rule)), "rules", group)
    return group


def check_update(call: Call, datacenter: Record, changed: dict[str, Any]) -> None:
    group = changed.get("defaultSecurityGroupId")
    if changed.get("createDefaultSecurityGroup"):
        if group is not None:
            raise invalid("(root).properties.createDefaultSecurityGroup", _EITHER)
        if datacenter.properties["defaultSecurityGroupId"] is None:
            changed["defaultSecurityGroupId"] = _default_group(call, datacenter).id
    elif group is not None and group not in datacenter.children.get("securitygroups", {}):
        text = "Security group does not exist in this data center"
        raise invalid("(root).properties.defaultSecurityGroupId", text)


def check_delete(call: Call, datacenter: Record) -> None:
    """Nothing in it may be protected, nor be a node of Kubernetes (inferred)."""
    for lan in datacenter.children.get("lans", {}).values():
        lans.refuse_protected(lan)
    for server in datacenter.children.get("servers", {}).values():
        refuse_managed(server)


def location_of(site: Site) -> str | None:
    """The location of the data center that something lives, or will live, in."""
    home = home_of(site)
    return home.properties.get("location") if home is not None else None


def reaches(call: Call, location: str | None, there: str | None) -> bool:
    """Whether what lives in location ``there`` can be used in ``location``: its own, or its metro region's."""
    return there in (location, metro_region(call, location))


def metro_region(call: Call, location: str | None) -> str:
    found = call.store.find("locations", location or "")
    return str(found.properties["metroRegion"]) if found is not None else ""


def datacenter_of(site: Site) -> Record | None:
    """The existing data center around it; None when it is part of the same creation."""
    home = home_of(site)
    return home if isinstance(home, Record) else None


def home_of(site: Site) -> Site | None:
    """The data center around it: a record, or the draft of one that is part of the same creation."""
    here: Draft | None = site if isinstance(site, Draft) else None
    if isinstance(site, Record):
        return site.above("datacenter")
    while here is not None:
        if here.row.kind == "datacenter":
            return here
        if here.parent is not None:
            return here.parent.above("datacenter")
        here = here.above
    return None
