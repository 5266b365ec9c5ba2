# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Data centers: what is lost with one is said first, and each version of the API serves."""

from __future__ import annotations

import pytest

from integration.runner import Runner, task


def test_one_that_holds_anything_is_deleted_only_by_force(play: Runner) -> None:
    play.shop()
    done = play(
        [
            task("refused", "datacenter", name="shop", state="absent"),
            task("refused in check mode", "datacenter", {"check_mode": True}, name="shop", state="absent"),
            task("force is no reason to delete", "datacenter", name="shop", force=True),
            task("forced", "datacenter", name="shop", state="absent", force=True),
            task("gone", "datacenter", name="shop", state="absent"),
            task("an empty one", "datacenter", name="empty", location="us/las"),
            task("needs no force", "datacenter", name="empty", state="absent"),
        ]
    )
    for name in ("refused", "refused in check mode"):
        assert done[name].msg.startswith("force: ") and done[name].writes == []
        for lost in ("servers: web", "volumes: boot", "public", "private", "would be lost"):
            assert lost in done[name].msg
    assert not done["force is no reason to delete"].changed
    assert done["forced"].changed and done["forced"].writes == ["DELETE"]
    assert not done["gone"].changed and done["needs no force"].changed


@pytest.mark.parametrize("version", [4, 5, 6])
def test_its_life_on_each_version(play: Runner, version: int) -> None:
    made = {"name": "new", "location": "de/fkb", "description": "first"}
    done = play(
        [
            task("create", "datacenter", {"register": "made"}, **made),
            task("again", "datacenter", **made),
            task("rename by id", "datacenter", id="{{ made.datacenter.id }}", name="newer"),
            task("rename again", "datacenter", id="{{ made.datacenter.id }}", name="newer"),
            task("clear", "datacenter", name="newer", description=""),
            task("read", "datacenter_info", name="newer"),
            task("protect", "datacenter", name="newer", sec_auth_protection=True),
            task("delete", "datacenter", name="newer", state="absent"),
            task("read all", "datacenter_info"),
        ],
        version=version,
    )
    assert done["create"].changed and done["create"]["datacenter"]["state"] == "AVAILABLE"
    assert not done["again"].changed
    renamed = done["rename by id"]
    assert renamed.changed and renamed["datacenter"]["name"] == "newer"
    assert renamed["datacenter"]["description"] == "first" and not done["rename again"].changed
    assert done["clear"].changed and not done["clear"]["datacenter"]["description"]
    assert done["read"]["datacenters"] == [done["clear"]["datacenter"]]
    assert done["protect"].status == "ok" or "sec_auth_protection" in done["protect"].msg
    assert done["delete"].changed and done["read all"]["datacenters"] == []


def test_a_mistyped_name_creates_nothing(play: Runner) -> None:
    play.shop()
    done = play(
        [
            task("no location, no data center", "datacenter", name="shpo"),
            task("no hidden parent", "server", datacenter="shpo", name="web", cores=1, ram=1024),
            task("all", "datacenter_info"),
        ]
    )
    assert done["no location, no data center"].msg == "location: needed to create the data center shpo"
    assert done["no hidden parent"].msg.startswith("datacenter: there is no data center 'shpo'")
    assert [each["name"] for each in done["all"]["datacenters"]] == ["shop"]


def test_the_contract_s_number_is_sent_and_others_see_nothing(play: Runner) -> None:
    play.shop()
    done = play(
        [
            task("mine", "datacenter_info", contract_number="31000001"),
            task("another's", "datacenter_info", token="other-token"),
            task(
                "by password",
                "datacenter_info",
                token="",
                username="demo@example.com",
                password="demo-password",
            ),
        ]
    )
    assert [each["name"] for each in done["mine"]["datacenters"]] == ["shop"]
    assert done["another's"]["datacenters"] == []
    assert done["by password"]["datacenters"] == done["mine"]["datacenters"]
