# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Protection from deletion: by the option, and by the label."""

from __future__ import annotations

from typing import Any

import pytest

from unit.mounted import Mounted
from unit.refusing import refusal

# A purge of all that is in the shop but one LAN.
PURGED: dict[str, Any] = {
    "name": "shop",
    "lans": [{"name": "public"}],
    "volumes": [],
    "servers": [],
    "purge": ["all"],
}


def shop(version: int = 6) -> tuple[Mounted, dict[str, str]]:
    mounted = Mounted(version)
    return mounted, mounted.shop()


# -- the option ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entry", "kept"),
    [
        ("web", "server web"),
        ("servers/web", "server web"),
        ("/servers/web/", "server web"),
        ("servers", "server web"),
        ("private", "LAN private"),
        ("lans/private", "LAN private"),
        ("boot", "volume boot"),
        ("volumes", "volume boot"),
        ("volumes/boot", "volume boot"),
        ("servers/web/volumes/boot", "volume boot"),
        ("servers/web/nics/front", "NIC front"),
        ("nics", "NIC front"),
        ("firewall_rules", "firewall rule ssh"),
    ],
)
def test_a_purge_spares_what_is_named(entry: str, kept: str) -> None:
    mounted, _ids = shop()
    text = refusal(mounted, "datacenter", **PURGED, protect=[entry])
    assert text.endswith("Nothing was changed")
    assert f"protect: {entry!r} protects the {kept}, which would be deleted" in text


def test_ids_are_names_too() -> None:
    mounted, ids = shop()
    text = refusal(mounted, "datacenter", **PURGED, protect=[ids["volume"].upper()])
    assert "protects the volume boot" in text


def test_every_protected_object_is_told() -> None:
    mounted, _ids = shop()
    text = refusal(mounted, "datacenter", **PURGED, protect=["lans", "web", "boot"])
    assert "servers/web: " in text and "lans/private: " in text and "volumes/boot: " in text


def test_what_is_not_named_goes() -> None:
    mounted, _ids = shop()
    done = mounted.run("datacenter", **PURGED, protect=["public"])
    assert sorted(each["path"] for each in done["plan"]) == ["lans/private", "servers/web", "volumes/boot"]
    assert done["warnings"] == []


def test_a_name_that_nothing_bears_is_told() -> None:
    mounted, _ids = shop()
    done = mounted.check("datacenter", name="shop", servers=[], protect=["wbe", "lans", "web", "shop"])
    assert done["warnings"] == ["protect: nothing is called 'wbe', so this entry protects nothing"]
    described = mounted.check(
        "datacenter", name="shop", lans=[{"name": "new", "public": False}], protect=["lans/new"]
    )
    assert described["warnings"] == []


@pytest.mark.parametrize("entry", ["shop", "web", "lans/private", "servers/web/nics/front", "volumes"])
def test_a_data_center_is_not_deleted_with_what_is_named(entry: str) -> None:
    mounted, _ids = shop()
    text = refusal(mounted, "datacenter", name="shop", state="absent", force=True, protect=[entry])
    assert text.startswith(f"protect: {entry!r} protects the ")
    gone = mounted.run("datacenter", name="shop", state="absent", force=True, protect=["other"])
    assert gone["actions"] == ["delete"] and gone["datacenter"] is None


def test_a_name_that_nothing_bears_is_told_too_where_the_data_center_goes() -> None:
    mounted, _ids = shop()
    gone = {"name": "shop", "state": "absent", "force": True, "protect": ["wbe", "k8s"]}
    told = [f"protect: nothing is called {each!r}, so this entry protects nothing" for each in ("wbe", "k8s")]
    for run in (mounted.check, mounted.run):
        assert run("datacenter", **gone)["warnings"] == told
    again = mounted.run("datacenter", **gone)
    assert not again["changed"] and not again.get("warnings")


# -- the label -------------------------------------------------------------------------------------------------------


def labelled(mounted: Mounted, value: Any = True, **where: str) -> None:
    mounted.run("label", key="protected", value=value, **where)


PLACES = {
    "datacenter": {"datacenter": "shop"},
    "server": {"datacenter": "shop", "server": "web"},
    "volume": {"datacenter": "shop", "volume": "boot"},
    "snapshot": {"snapshot": "before"},
    "ipblock": {"ipblock": "addresses"},
}


def full(version: int) -> Mounted:
    mounted, _ids = shop(version)
    mounted.run("snapshot", datacenter="shop", volume="boot", name="before")
    mounted.run("ipblock", name="addresses", location="de/fra", size=1)
    return mounted


@pytest.mark.parametrize("version", [5, 6])
@pytest.mark.parametrize("kind", PLACES)
def test_each_module_obeys_the_label(version: int, kind: str) -> None:
    mounted = full(version)
    labelled(mounted, **PLACES[kind])
    where = {name: value for name, value in PLACES[kind].items() if name != kind}
    options: dict[str, Any] = {**where, "name": PLACES[kind][kind], "state": "absent"}
    if kind == "datacenter":
        options["force"] = True
    text = refusal(mounted, kind, **options)
    assert "has the label protected=true and would be deleted; remove the label first" in text
    mounted.run("label", key="protected", state="absent", **PLACES[kind])
    assert mounted.run(kind, **options)["changed"]


@pytest.mark.parametrize("kind", ["server", "volume"])
def test_a_data_center_with_it_inside_stays(kind: str) -> None:
    mounted, ids = shop()
    labelled(mounted, **PLACES[kind])
    text = refusal(mounted, "datacenter", name="shop", state="absent")
    assert text.startswith(f"In the data center shop, the {kind} {ids[kind]} has the label")
    # With force its contents are read, and what protects them can be named.
    text = refusal(mounted, "datacenter", name="shop", state="absent", force=True)
    name = PLACES[kind][kind]
    assert text.startswith(
        f"The {kind} {name} has the label protected=true and would be deleted with the object"
    )


def test_a_server_does_not_take_a_volume_with_it() -> None:
    mounted, _ids = shop()
    labelled(mounted, **PLACES["volume"])
    options = {"datacenter": "shop", "name": "web", "state": "absent"}
    text = refusal(mounted, "server", **options, delete_volumes=True)
    assert "The volume boot has the label" in text and "with the object that contains it" in text
    assert mounted.run("server", **options)["changed"]


def test_a_purge_obeys_it() -> None:
    mounted, _ids = shop()
    labelled(mounted, **PLACES["volume"])
    text = refusal(mounted, "datacenter", **PURGED)
    assert "volumes/boot: The volume boot has the label protected=true" in text
    assert mounted.run("datacenter", **{**PURGED, "purge": ["servers", "lans"]})["changed"]


@pytest.mark.parametrize("value", ["false", "no", "0"])
def test_another_value_protects_nothing(value: str) -> None:
    mounted, _ids = shop()
    labelled(mounted, value=value, **PLACES["server"])
    assert mounted.run("server", datacenter="shop", name="web", state="absent")["changed"]


def test_labels_are_read_only_for_what_can_bear_them_and_goes() -> None:
    mounted, _ids = shop()
    mounted.run("datacenter", name="shop", servers=[], purge=["lans"])
    assert "GET labels" not in mounted.calls
    mounted.run("nic", datacenter="shop", server="web", name="front", state="absent")
    assert "GET labels" not in mounted.calls
    mounted.run("lan", datacenter="shop", name="spare", public=False)
    lans = [{"name": "public"}, {"name": "private"}]
    gone = mounted.run("datacenter", name="shop", lans=lans, purge=["lans"])
    assert gone["actions"] == ["delete lans/spare"] and "GET labels" not in mounted.calls
    mounted.check("datacenter", **PURGED, labels={"env": "test"})
    assert mounted.calls.count("GET labels") == 1
    mounted.run("server", datacenter="shop", name="gone", state="absent")
    assert "GET labels" not in mounted.calls


def test_before_version_5_there_are_no_labels() -> None:
    mounted, _ids = shop(4)
    assert mounted.run("server", datacenter="shop", name="web", state="absent")["changed"]
    assert not any("labels" in call for call in mounted.calls)
