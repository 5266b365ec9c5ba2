# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Snapshots. Images cannot be created: test_image walks them."""

from __future__ import annotations

from collections.abc import Mapping

from integration.runner import Runner

from .scenario import Clearing, Scenario


def snapshot(play: Runner, ids: Mapping[str, str]) -> str:
    path = f"datacenters/{ids['datacenter']}/volumes/{ids['volume']}/create-snapshot"
    return str(play.call("POST", path, {"properties": {"name": "twin"}})["id"])


SCENARIOS = {
    "snapshot": Scenario(
        create={"name": "new", "description": "before", "datacenter": "shop", "volume": "boot"},
        change={"description": "after"},
        clearing=Clearing("description", "some", "", "description"),
        twin=snapshot,
        lookups=2,
        posts=r"/create-snapshot$",
    ),
}
