# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Restarts are foreseen: by the hot plug flags of the volume that a server boots from."""

from __future__ import annotations

from typing import Any

import pytest

from unit.mounted import Mounted

FLAGS = {
    "cpu_hot_plug": True,
    "ram_hot_plug": True,
    "nic_hot_plug": True,
    "nic_hot_unplug": True,
    "disc_virtio_hot_plug": True,
    "disc_virtio_hot_unplug": True,
}


def server(**changes: Any) -> dict[str, Any]:
    return {
        "name": "web",
        "cores": 2,
        "ram": 4096,
        "volumes": [{"name": "boot", "size": 10}, {"name": "data", "size": 5}],
        "nics": [{"name": "front", "lan": "public"}],
        **changes,
    }


def shop(version: int = 6, **flags: bool) -> Mounted:
    """A shop with a server that boots from a volume with these flags."""
    mounted = Mounted(version)
    boot = {"name": "boot", "size": 10, "licence_type": "OTHER", **flags}
    data = {"name": "data", "size": 5, "licence_type": "OTHER"}
    mounted.run(
        "datacenter",
        name="shop",
        location="de/fra",
        lans=[{"name": "public", "public": True}],
        servers=[server(volumes=[boot, data])],
    )
    return mounted


def foretold(mounted: Mounted, **changes: Any) -> dict[str, Any]:
    """By path whether the steps restart the server, as the plan of the whole data center tells."""
    options = {
        "name": "shop",
        "servers": [server(**changes)],
        "purge": ["nics", "volumes"],
        "preflight": False,
    }
    return {each["path"]: each.get("restart") for each in mounted.check("datacenter", **options)["plan"]}


@pytest.mark.parametrize(
    ("change", "flag"),
    [
        ({"cores": 4}, "cpu_hot_plug"),
        ({"ram": 8192}, "ram_hot_plug"),
        ({"ram": 8192, "cores": 4}, "cpu_hot_plug"),
        ({"ram": 8192, "cores": 4}, "ram_hot_plug"),
    ],
)
def test_the_flag_of_the_boot_volume_decides(change: dict[str, Any], flag: str) -> None:
    assert foretold(shop(**FLAGS), **change) == {"servers/web": False}
    assert foretold(shop(**{**FLAGS, flag: False}), **change) == {"servers/web": True}


@pytest.mark.parametrize(
    "change",
    [
        {"cores": 1},
        {"ram": 2048},
        {"ram": 241 * 1024},
        {"cpu_family": "INTEL_XEON"},
        {"cores": 4, "cpu_family": "INTEL_XEON"},
    ],
)
def test_some_changes_restart_in_any_case(change: dict[str, Any]) -> None:
    assert foretold(shop(**FLAGS), **change) == {"servers/web": True}


def test_others_do_not_ask() -> None:
    assert foretold(shop(**FLAGS), hostname="other") == {"servers/web": None}


@pytest.mark.parametrize(
    ("change", "path", "flag"),
    [
        (
            {"nics": [{"name": "front"}, {"name": "back", "lan": "public"}]},
            "servers/web/nics/back",
            "nic_hot_plug",
        ),
        ({"nics": []}, "servers/web/nics/front", "nic_hot_unplug"),
        (
            {"volumes": [{"name": "boot"}, {"name": "data"}, {"name": "new", "size": 3, "licence_type": "OTHER"}]},
            "servers/web/volumes/new",
            "disc_virtio_hot_plug",
        ),
        ({"volumes": [{"name": "boot"}]}, "servers/web/volumes/data", "disc_virtio_hot_unplug"),
    ],
)  # fmt: skip
def test_what_is_plugged_asks_its_own_flag(change: dict[str, Any], path: str, flag: str) -> None:
    assert foretold(shop(**FLAGS), **change)[path] is False
    assert foretold(shop(**{**FLAGS, flag: False}), **change)[path] is True


def test_a_stopped_server_does_not_restart() -> None:
    mounted = shop()
    mounted.run("server", datacenter="shop", name="web", state="stopped")
    assert foretold(mounted, cores=4) == {"servers/web": None}
    started = foretold(mounted, cores=4, state="running")
    assert started == {"servers/web": None}


def test_a_new_server_does_not_restart() -> None:
    mounted = shop()
    new = server(name="new", volumes=[], nics=[])
    (step,) = mounted.check("datacenter", name="shop", servers=[new])["plan"]
    assert "restart" not in step


def test_version_4_foretells_nothing() -> None:
    assert foretold(shop(4), cores=4) == {"servers/web": None}


def test_the_difference_tells_it() -> None:
    mounted = shop(**{**FLAGS, "cpu_hot_plug": False})
    servers = [server(cores=4)]
    after = mounted.check("datacenter", name="shop", servers=servers)["diff"]["after"]
    assert after == "servers:\n  - name: web\n    # restarts the server\n    cores: 4\n"
    after = mounted.check("datacenter", name="shop", servers=[server(ram=8192)])["diff"]["after"]
    assert after == "servers:\n  - name: web\n    # no restart\n    ram: 8192\n"


@pytest.mark.parametrize(("change", "restart"), [({"cores": 4}, True), ({"ram": 8192}, False)])
def test_the_module_of_servers_tells_it_too(change: dict[str, int], restart: bool) -> None:
    mounted = shop(**{**FLAGS, "cpu_hot_plug": False})
    diff = mounted.check("server", datacenter="shop", name="web", **change)["diff"]
    assert diff["after"] == {**change, "restart": restart} and "restart" not in diff["before"]
