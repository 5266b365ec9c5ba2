# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Access keys of users for the object storage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..call import Call
from ..errors import backend
from ..store import Record, date
from ..validate import Draft

if TYPE_CHECKING:
    from ..cloud import Cloud

MOST_KEYS = 5


def ident(call: Call, draft: Draft, parent: Record | None) -> str:
    return _access_key(call)


def check(call: Call, draft: Draft) -> None:
    user = draft.parent
    assert user is not None
    if call.version >= 6 and not _may_store(user):
        # Its code is unknown (contract section 7).
        raise backend("The user needs to be part of a group that has ACCESS_S3_OBJECT_STORAGE privilege")
    if len(user.children.get("s3keys", ())) >= MOST_KEYS:
        raise backend(f"[VDC-5-1220] A user cannot have more than {MOST_KEYS} s3 keys.")  # (inferred)


def _may_store(user: Record) -> bool:
    """Owners and administrators need no group (inferred); older versions ask for none."""
    groups = user.linked("groups").values()
    return bool(user.properties["administrator"]) or any(group.properties["s3Privilege"] for group in groups)


def build(call: Call, key: Record, draft: Draft) -> None:
    key.properties["secretKey"] = _secret(call.cloud)


def introduce(cloud: Cloud, user: Record) -> None:
    """The object storage knows a user soon after the creation."""
    user.properties = {**user.properties, "s3CanonicalUserId": _secret(cloud)}
    user.changed()


def _secret(cloud: Cloud) -> str:
    return cloud.new_id().replace("-", "")


def give_first(call: Call, user: Record) -> None:
    """A new user owns an inactive key before v6 (contract section 10.17)."""
    key = call.make(call.cloud.table["s3key"], "s3keys", user, _access_key(call))
    key.properties = {"secretKey": _secret(call.cloud), "active": False}


def _access_key(call: Call) -> str:
    return call.cloud.new_id().replace("-", "")[:20]


def metadata(key: Record, base: str, depth: int) -> dict[str, Any]:
    # Recordings show the date of s3 keys without a zone.
    return {"etag": key.etag, "createdDate": date(key.created).removesuffix("Z")}


def sso_url(call: Call, user: Record) -> dict[str, str]:
    return {"ssoUrl": f"https://s3.example.com/?uid={user.id}"}
