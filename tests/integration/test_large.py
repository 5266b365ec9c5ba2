# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists longer than one page are read whole, by the modules that look for a name and by those that list."""

from __future__ import annotations

import pytest

from integration.runner import Runner, task

MANY = 2500
PAGES = 3  # of at most 1,000 servers each


@pytest.fixture
def crowd(play: Runner) -> Runner:
    """A data center with 2,500 servers, each with a NIC."""
    servers = [
        {
            "properties": {"name": f"s-{number:04}", "cores": 1, "ram": 1024},
            "entities": {"nics": {"items": [{"properties": {"name": "n", "lan": 1}}]}},
        }
        for number in range(MANY)
    ]
    entities = {"servers": {"items": servers}, "lans": {"items": [{"properties": {"name": "lan"}}]}}
    play.call(
        "POST", "datacenters", {"properties": {"name": "big", "location": "de/fra"}, "entities": entities}
    )
    return play


@pytest.mark.parametrize(("version", "pages"), [(6, 1), (5, PAGES), (4, 1)])
def test_2500_servers_are_read_whole(crowd: Runner, version: int, pages: int) -> None:
    # Version 6 looks for a name at the service; version 4 knows no pages.
    results = crowd(
        [
            task("all", "server_info", datacenter="big"),
            task("the last one", "server", datacenter="big", name="s-2499", cores=1),
            task("a NIC of the last one", "nic", datacenter="big", server="s-2499", name="n", dhcp=True),
            task(
                "none of that name",
                "server",
                {"check_mode": True},
                datacenter="big",
                name="s-2500",
                cores=1,
                ram=1024,
            ),
        ],
        version=version,
    )
    servers = results["all"]["servers"]
    assert sorted(each["name"] for each in servers) == [f"s-{number:04}" for number in range(MANY)]
    assert all(len(each["nics"]) == 1 for each in servers)
    assert len(results["all"].reads) == 1 + (PAGES if version >= 5 else 1)
    for name in ("the last one", "a NIC of the last one"):
        assert not results[name].changed
        assert results[name].writes == []
        assert len(results[name].reads) == 1 + pages
    assert results["the last one"]["server"]["name"] == "s-2499"
    assert results["none of that name"]["actions"] == ["create"]


def test_smaller_pages_of_the_service_are_followed_to_the_end(crowd: Runner) -> None:
    small = {"before": [["settings", {"page_limit": 400}]]}
    results = crowd([task("all", "server_info", small, datacenter="big")])
    assert len({each["id"] for each in results["all"]["servers"]}) == MANY
    assert len(results["all"].reads) == 1 + 7


def test_all_nics_of_one_lan_are_told(crowd: Runner) -> None:
    results = crowd(
        [task("lan", "lan", datacenter="big", name="lan"), task("info", "lan_info", datacenter="big")]
    )
    assert not results["lan"].changed and len(results["lan"].calls) <= 2
    assert len(set(results["lan"]["lan"]["nics"])) == MANY
    assert results["info"]["lans"] == [results["lan"]["lan"]]
