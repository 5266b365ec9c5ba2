# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Backup units."""

from __future__ import annotations

from ..call import Call
from ..store import Record
from ..validate import Draft


def name_rule(value: str) -> str | None:
    """Letters and digits; blanks between them, too, as a client's own live tests have them."""
    sound = value == value.strip() and value.replace(" ", "").isalnum() and value.isascii()
    return None if sound else "Attribute 'name' must be alphanumeric"


def check(call: Call, draft: Draft) -> None:
    name = draft.properties.get("name")
    if any(unit.properties["name"] == name for unit in call.store.root("backupunits").values()):
        draft.refuse_backend(f"[VDC-5-2100] A backup unit named '{name}' already exists.")


def sso_url(call: Call, unit: Record) -> dict[str, str]:
    return {"ssoUrl": f"https://backup.example.com/?unit={unit.id}"}
