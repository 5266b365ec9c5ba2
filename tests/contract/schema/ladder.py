# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an answer shows at each depth (contract section 4)."""

from __future__ import annotations

from typing import Any

BARE = {"id", "type", "href"}


def check_resource(resource: dict[str, Any], depth: int) -> None:
    """A resource read at a depth, as contract section 4 lays down."""
    assert set(resource) >= {"id", "type", "href", "properties"}, resource
    for collection in (resource.get("entities") or {}).values():
        check_collection(collection, depth - 1)


def check_collection(collection: dict[str, Any], depth: int) -> None:
    assert collection["type"] == "collection"
    if depth < 0:
        assert set(collection) == BARE
        return
    for item in collection["items"]:
        if depth == 0:
            assert set(item) == BARE
        else:
            check_resource(item, depth - 1)
