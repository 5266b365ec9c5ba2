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
    return call.cloud.new_id().replace("-", "")[:20]


def check(call: Call, draft: Draft) -> None:
    if draft.parent is not None and len(draft.parent.children.get("s3keys", ())) >= MOST_KEYS:
        raise backend(f"[VDC-5-1220] A user cannot have more than {MOST_KEYS} s3 keys.")  # (inferred)


def build(call: Call, key: Record, draft: Draft) -> None:
    key.properties["secretKey"] = call.cloud.new_id().replace("-", "")


def metadata(key: Record, base: str, depth: int) -> dict[str, Any]:
    # Recordings show the date of s3 keys without a zone.
    return {"etag": key.etag, "createdDate": date(key.created).removesuffix("Z")}


def sso_url(call: Call, user: Record) -> dict[str, str]:
    return {"ssoUrl": f"https://s3.example.com/?uid={user.id}"}
