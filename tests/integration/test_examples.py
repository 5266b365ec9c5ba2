# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The examples in the documentation of modules, run from the first to the last in a data center as they name it."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
import yaml

from integration.runner import Runner, Task, task

BLANK = {"size": 10, "licence_type": "OTHER"}
PUBLIC = [{"name": "public", "lan": "public"}]
SHOP: list[Task] = [
    task(
        "the shop",
        "datacenter",
        name="shop",
        location="de/fra",
        lans=[{"name": "public", "public": True}, {"name": "backend", "public": False}],
        volumes=[{"name": "web-01-data", **BLANK}],
        servers=[
            {"name": "web-%02d", "count": 2, "cores": 1, "ram": 1024, "nics": PUBLIC},
            {"name": "db-01", "cores": 1, "ram": 1024, "volumes": [{"name": "db-01-data", **BLANK}]},
        ],
    )
]
# What an example uses and none of its tasks makes; see `upload`.
BEFORE: dict[str, list[Task]] = {
    "cdrom_attachment_info": [
        task(
            "a CD-ROM",
            "cdrom_attachment",
            datacenter="shop",
            server="web-01",
            cdrom="debian-12.7.0-amd64-netinst.iso",
        )
    ],
    "ipblock_info": [task("addresses", "ipblock", name="shop-public", location="de/fra", size=2)],
    "loadbalancer": [task("addresses", "ipblock", name="all", location="de/fra", size=20)],
    "loadbalancer_info": [
        task("balancer", "loadbalancer", datacenter="shop", name="front", balanced_nics=["web-01/public"])
    ],
    "snapshot_info": [
        task("snapshot", "snapshot", name="db-01-before-upgrade", datacenter="shop", volume="db-01-data")
    ],
    "volume_attachment_info": [
        task("attached", "volume_attachment", datacenter="shop", server="web-01", volume="web-01-data")
    ],
}
MODULES = [
    "cdrom_attachment", "cdrom_attachment_info", "image", "image_info", "ipblock", "ipblock_info", "lan", "lan_info",
    "loadbalancer", "loadbalancer_info", "location_info", "snapshot", "snapshot_info", "volume_attachment",
    "volume_attachment_info",
]  # fmt: skip


def upload(play: Runner) -> None:
    for name in ("appliance-2026-11.qcow2", "appliance-2025-11.qcow2"):
        play.cloud.add_image({"name": name, "location": "de/fra", "size": 2})


@pytest.mark.parametrize("module", MODULES)
def test_the_examples_run(module: str, play: Runner) -> None:
    upload(play)
    name = f"ansible_collections.profitbricks.cloud.plugins.modules.profitbricks_{module}"
    examples: list[dict[str, Any]] = yaml.safe_load(import_module(name).EXAMPLES)
    done = play([*SHOP, *BEFORE.get(module, ()), *examples])
    assert {each.name: each.result.get("msg") for each in done if each.status != "ok"} == {}
    own = [done[each["name"]] for each in examples if f"profitbricks.cloud.profitbricks_{module}" in each]
    assert any(each.changed for each in own) is (not module.endswith("_info"))
