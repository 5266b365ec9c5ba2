# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Security groups and the servers and NICs they are assigned to."""

from __future__ import annotations

from collections.abc import Iterable

from ..call import Call
from ..errors import ServiceError, backend
from ..store import Record
from ..validate import Draft


def check(call: Call, draft: Draft) -> None:
    limits = call.cloud.limits
    groups = limits["securityGroupsPerVdc"]
    if _position(draft, "securitygroups") == groups:
        draft.refuse_backend(f"[VDC-5-2010] A data center cannot have more than {groups} security groups.")


def check_rule(call: Call, draft: Draft) -> None:
    """Rules of security groups are limited in number, those of NICs are not."""
    owner = draft.above if draft.above is not None else draft.parent
    rules = call.cloud.limits["rulesPerSecurityGroup"]
    if owner is not None and owner.row.kind == "security-group" and _position(draft, "rules") == rules:
        draft.refuse_backend(f"[VDC-5-2011] A security group cannot have more than {rules} rules.")


def _position(draft: Draft, collection: str) -> int:
    """How many there are before it, in the same creation or already."""
    if draft.above is not None:
        return next(i for i, other in enumerate(draft.above.children[collection]) if other is draft)
    assert draft.parent is not None
    return len(draft.parent.children.get(collection, ()))


def groups_of(record: Record) -> Iterable[Record]:
    """The groups assigned to a server or NIC."""
    return record.linked("securitygroups").values()


def nics_of(group: Record) -> Iterable[Record]:
    return group.linked("nics").values()


def servers_of(group: Record) -> Iterable[Record]:
    return group.linked("servers").values()


def assign(call: Call, record: Record, idents: list[str]) -> None:
    """Replace the set of groups of a server or NIC."""
    datacenter = record.above("datacenter")
    assert datacenter is not None
    known = datacenter.children.get("securitygroups", {})
    unknown = [ident for ident in idents if ident not in known]
    if unknown:
        raise ServiceError(422, [("100", f"[(root).ids] Security group '{unknown[0]}' does not exist")])
    most = call.cloud.limits["securityGroupsPerResource"]
    if len(set(idents)) > most:
        raise backend(f"[VDC-5-2012] A {record.type} cannot have more than {most} security groups.")
    call.touch(record)
    before = list(record.linked("securitygroups").values())
    _set(record, [known[ident] for ident in dict.fromkeys(idents)])
    call.on_undo(lambda: _set(record, before))


def _set(record: Record, groups: list[Record]) -> None:
    withdraw(record)
    for group in groups:
        record.linked("securitygroups")[group.id] = group
        group.linked(f"{record.type}s")[record.id] = record


def withdraw(record: Record) -> None:
    """The server or NIC belongs to no group any more."""
    for group in record.linked("securitygroups").values():
        group.linked(f"{record.type}s").pop(record.id, None)
    record.linked("securitygroups").clear()


def removed(group: Record) -> None:
    for record in (*nics_of(group), *servers_of(group)):
        record.linked("securitygroups").pop(group.id, None)
    group.links.clear()
    datacenter = group.parent
    if datacenter is not None and datacenter.properties["defaultSecurityGroupId"] == group.id:
        datacenter.properties = {**datacenter.properties, "defaultSecurityGroupId": None}
        datacenter.changed()
