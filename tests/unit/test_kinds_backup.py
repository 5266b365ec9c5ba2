# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Backup units, cross connects and templates: what only they do."""

from __future__ import annotations

import pytest

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import InvalidOption
from unit.mounted import Mounted

UNIT = {"name": "shop", "email": "backup@example.com", "backupunit_password": "hush-hush-1"}


@pytest.mark.parametrize("version", [5, 6])
def test_a_backup_unit_keeps_its_password_secret(version: int) -> None:
    mounted = Mounted(version)
    made = mounted.run("backupunit", **UNIT)
    assert "hush" not in str(made)
    assert not mounted.run("backupunit", **{**UNIT, "backupunit_password": "hush-hush-2"})["changed"]
    always = {**UNIT, "update_password": "always"}
    assert mounted.check("backupunit", **always)["changed"] and mounted.writes == []
    changed = mounted.run("backupunit", **always)
    assert changed["changed"] and len(mounted.writes) == 1 and "hush" not in str(changed)
    assert not mounted.run("backupunit", name="shop", update_password="always")["changed"]


def test_the_url_that_logs_in_is_told_when_asked_for() -> None:
    mounted = Mounted()
    mounted.run("backupunit", **UNIT)
    (plain,) = mounted.info("backupunit")
    assert "sso_url" not in plain
    (asked,) = mounted.info("backupunit", name="shop", sso_url=True)
    assert asked["sso_url"].startswith("https://") and len(mounted.calls) == 2


def test_the_name_of_a_backup_unit_is_letters_and_digits() -> None:
    mounted = Mounted()
    with pytest.raises(InvalidOption, match="^name: 'my shop' is not a name that the service accepts"):
        mounted.run("backupunit", **{**UNIT, "name": "my shop"})
    mounted.run("backupunit", **UNIT)
    unit = mounted.info("backupunit")[0]["id"]
    with pytest.raises(Exception, match=r"name \(is 'shop', wanted 'other'\)"):
        mounted.run("backupunit", id=unit, name="other")


@pytest.mark.parametrize("version", [5, 6])
def test_a_cross_connect_tells_what_it_joins_and_stays_while_it_does(version: int) -> None:
    mounted = Mounted(version)
    pcc = mounted.run("pcc", name="backend")["pcc"]
    assert pcc["peers"] == []
    mounted.run("datacenter", name="shop", location="de/fra")
    mounted.run("datacenter", name="elsewhere", location="us/las")
    mounted.run("lan", datacenter="shop", name="database", public=False, pcc=pcc["id"])
    (joined,) = mounted.info("pcc", name="backend")
    (peer,) = joined["peers"]
    assert (peer["name"], peer["datacenter_name"], peer["location"]) == ("database", "shop", "de/fra")
    assert [each["name"] for each in joined["connectable_datacenters"]] == ["shop"]
    for task in (mounted.check, mounted.run):
        with pytest.raises(
            InvalidOption, match="^state: the cross connect backend still joins LANs: database of shop"
        ):
            task("pcc", name="backend", state="absent")
        assert mounted.writes == []
    mounted.run("lan", datacenter="shop", name="database", pcc="")
    assert mounted.run("pcc", name="backend", state="absent")["changed"]


def test_templates_are_sizes() -> None:
    mounted = Mounted()
    everything = mounted.info("template")
    (small,) = mounted.info("template", name="CUBES S")
    assert small in everything and len(everything) > 5
    assert (small["cores"], small["ram"], small["storage_size"]) == (1, 2048, 50)
    assert mounted.info("template", id=small["id"]) == [small]
    assert mounted.info("template", name="CUBES 0") == []


@pytest.mark.parametrize(("kind", "version"), [("pcc", 4), ("backupunit", 4), ("template", 5)])
def test_older_versions_have_none(kind: str, version: int) -> None:
    mounted = Mounted(version)
    with pytest.raises(InvalidOption, match="^api_url: the service has .*s from version"):
        mounted.info(kind)
    assert mounted.calls == []


def test_a_lost_answer_makes_no_second_backup_unit() -> None:
    mounted = Mounted()
    mounted.fault("drop_after", "POST", "/backupunits$")
    assert mounted.run("backupunit", **UNIT)["changed"]
    assert [call for call in mounted.writes if call.startswith("POST")] == ["POST backupunits"]
    assert len(mounted.info("backupunit")) == 1
