# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may see and change what.

Contract owners and administrators may do everything. Other users see what they created and what a
group of theirs shares, change what they created or share with ``editPrivilege``, and create what a
group's privileges allow (rules inferred from the names of the privileges).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from .errors import ServiceError, forbidden, not_found
from .store import Record
from .table import Row

if TYPE_CHECKING:
    from .call import Call

# Top-level kinds that a group can share, and the privilege that creating one takes.
SHAREABLE = {
    "datacenter": "createDataCenter",
    "snapshot": "createSnapshot",
    "ipblock": "reserveIp",
    "image": "",
    "pcc": "createPcc",
    "backupunit": "createBackupUnit",
    "k8s": "createK8sCluster",
}


def is_administrator(call: Call) -> bool:
    return bool(call.user.properties.get("administrator"))


def _groups(call: Call) -> Iterable[Record]:
    return call.user.linked("groups").values()


def _owns(call: Call, record: Record) -> bool:
    return record.created_by_id == call.user.id


def _share(call: Call, record: Record, privilege: str | None = None) -> bool:
    for group in _groups(call):
        share = group.children.get("shares", {}).get(record.id)
        if share is not None and (privilege is None or share.properties[privilege]):
            return True
    return False


def sees(call: Call, record: Record) -> bool:
    """Whether the user sees a top-level resource."""
    kind = record.row.kind
    if record.store is None or is_administrator(call):
        return True
    if kind == "request":
        return _owns(call, record)
    return kind not in SHAREABLE or _owns(call, record) or _share(call, record)


def may_see(call: Call, record: Record) -> None:
    """404 for what the user cannot see; 403 for the user management, but for one's own user (contract section 17)."""
    if record.path.startswith("/um/") and not (record is call.user and call.method == "GET"):
        may_manage_users(call)
    if not sees(call, record):
        raise not_found()


def may_manage_users(call: Call) -> None:
    if not is_administrator(call):
        raise forbidden("Access Denied: only the contract owner and administrators manage users")


def visible(call: Call, row: Row, records: list[Record]) -> list[Record]:
    """The records of a root collection that the user sees."""
    if row.kind in ("user", "group"):
        may_manage_users(call)
    if row.kind == "request":
        # Everybody sees only requests of their own, newest first.
        return [record for record in reversed(records) if _owns(call, record)]
    return records if is_administrator(call) else [record for record in records if sees(call, record)]


# What Kubernetes manages, by the names that its refusals use (contract section 10.29).
_MANAGED = {"server": "Server", "volume": "Volume", "nic": "Nic"}


def refuse_managed(record: Record) -> None:
    """403 with code 452 for the servers, volumes and NICs of Kubernetes nodes, and for what is below them."""
    here: Record | None = record
    while here is not None:
        if here.row.kind in _MANAGED and "node" in here.private:
            text = f"Access Denied: {_MANAGED[here.row.kind]} {here.id} is managed by k8s."
            raise ServiceError(403, [("452", text)])
        here = here.parent


def may_change(call: Call, record: Record) -> None:
    refuse_managed(record)
    top = record.top
    if top.store is None:
        raise forbidden("Access Denied: the resource is public and cannot be changed")
    if top.path.startswith("/um/"):
        may_manage_users(call)
    elif top.row.kind in SHAREABLE and not (
        is_administrator(call) or _owns(call, top) or _share(call, top, "editPrivilege")
    ):
        raise forbidden(f"Access Denied: no privilege to change {top.type} {top.id}")


def may_create(call: Call, row: Row, parent: Record | None) -> None:
    if parent is not None:
        may_change(call, parent)
        return
    if row.kind in ("user", "group"):
        may_manage_users(call)
    privilege = SHAREABLE.get(row.kind)
    if not privilege or is_administrator(call):
        return
    if not any(group.properties.get(privilege) for group in _groups(call)):
        raise forbidden(f"Access Denied: the privilege {privilege} is missing")
