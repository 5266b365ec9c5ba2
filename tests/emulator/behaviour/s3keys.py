# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Access keys of users for the object storage."""

from __future__ import annotations

from typing import Any

from ..call import Call
from ..errors import backend
from ..store import Record, date
from ..validate import Draft

MOST_KEYS = 5


def ident(call: Call, draft: Draft, parent: Record | None) -> str:
    return _access_key(call)


def check(call: Call, draft: Draft) -> None:
    if draft.parent is not None and len(draft.parent.children.get("s3keys", ())) >= MOST_KEYS:
        raise backend(f"[VDC-5-1220] A user cannot have more than {MOST_KEYS} s3 keys.")  # (inferred)


def build(call: Call, key: Record, draft: Draft) -> None:
    """With its first key of its own a user is known to the object storage (inferred)."""
    key.properties["secretKey"] = _secret(call)
    user = key.parent
    assert user is not None
    if user.properties["s3CanonicalUserId"] is None:
        user.properties = {**user.properties, "s3CanonicalUserId": call.cloud.new_id().replace("-", "")}
        user.changed()


def _secret(call: Call) -> str:
    return call.cloud.new_id().replace("-", "")


def give_first(call: Call, user: Record) -> None:
    """A new user owns an inactive key (contract section 10.17)."""
    key = call.make(call.cloud.table["s3key"], "s3keys", user, _access_key(call))
    key.properties = {"secretKey": _secret(call), "active": False}


def _access_key(call: Call) -> str:
    return call.cloud.new_id().replace("-", "")[:20]


def metadata(key: Record, base: str, depth: int) -> dict[str, Any]:
    # Recordings show the date of s3 keys without a zone.
    return {"etag": key.etag, "createdDate": date(key.created).removesuffix("Z")}


def sso_url(call: Call, user: Record) -> dict[str, str]:
    return {"ssoUrl": f"https://s3.example.com/?uid={user.id}"}
