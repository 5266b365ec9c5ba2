# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Servers of other types than ENTERPRISE, upgrades, consoles; objects of the account by their names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import (
    CloudError,
    ImmutableField,
    InvalidOption,
    NotFound,
)
from unit.mounted import Mounted

DAS = {"name": "das", "disk_type": "DAS", "image": "ubuntu:22.04", "image_password": "secret12pw"}
CUBE: Mapping[str, Any] = {
    "datacenter": "shop",
    "name": "cube",
    "type": "CUBE",
    "template": "CUBES S",
    "volumes": [DAS],
}
ENTERPRISE: Mapping[str, Any] = {"datacenter": "shop", "name": "web", "cores": 1, "ram": 1024}


def shop(version: int = 6) -> Mounted:
    mounted = Mounted(version)
    mounted.run("datacenter", name="shop", location="de/fra")
    return mounted


def named(mounted: Mounted, **options: Any) -> dict[str, Any]:
    return mounted.run("server", datacenter="shop", **options)


# -- CUBE and VCPU ------------------------------------------------------------------------------------------------


def test_a_cube_takes_its_size_from_a_template_by_name_or_id() -> None:
    mounted = shop()
    (small,) = mounted.info("template", name="CUBES S")
    (other,) = mounted.info("template", name="CUBES M")
    made = mounted.run("server", **CUBE)["server"]
    assert (made["template_uuid"], made["cores"], made["ram"]) == (small["id"], 1, 2048)
    assert [(each["disk_type"], each["size"]) for each in made["volumes"]] == [("DAS", 50)]
    for same in ({"template": "CUBES S"}, {"template": small["id"]}, {"template_uuid": small["id"]}):
        assert not named(mounted, name="cube", **same)["changed"]
    for differs in ({"template": "CUBES M"}, {"template_uuid": other["id"]}):
        with pytest.raises(ImmutableField, match="template_uuid"):
            named(mounted, name="cube", **differs)
    with pytest.raises(
        NotFound, match="^template: there is no template 'CUBES 0' .*; profitbricks_template_info lists"
    ):
        named(mounted, name="cube", template="CUBES 0")
    with pytest.raises(InvalidOption, match="^template: it means the same as template_uuid; give only one"):
        named(mounted, name="cube", template="CUBES S", template_uuid=small["id"])


def test_a_cube_is_suspended_and_resumed() -> None:
    mounted = shop()
    mounted.run("server", **CUBE)
    for state, actions, shows in (
        ("stopped", ["suspend"], "SUSPENDED"),
        ("stopped", [], "SUSPENDED"),
        ("restarted", ["resume"], "RUNNING"),
        ("restarted", ["reboot"], "RUNNING"),
        ("stopped", ["suspend"], "SUSPENDED"),
        ("running", ["resume"], "RUNNING"),
        ("running", [], "RUNNING"),
    ):
        foretold = mounted.check("server", datacenter="shop", name="cube", state=state)
        assert mounted.writes == []
        real = named(mounted, name="cube", state=state)
        for done in (foretold, real):
            assert (done["changed"], done["actions"]) == (bool(actions), actions)
            assert done["server"]["vm_state"] == shows
        assert foretold["diff"] == real["diff"]


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({**CUBE, "volumes": []}, "volumes: a CUBE server needs a volume with disk_type=DAS; list it"),
        (
            {**CUBE, "volumes": [{**DAS, "size": 50}]},
            "volumes/das: size: the size of a DAS volume comes from the template of its CUBE server",
        ),
        ({**ENTERPRISE, "volumes": [DAS]}, "volumes: the volume das cannot have disk_type=DAS"),
        ({**ENTERPRISE, "template": "CUBES S", "type": "VCPU"}, "template_uuid: "),
    ],
)
def test_rules_of_cubes(options: dict[str, Any], says: str) -> None:
    mounted = shop()
    with pytest.raises(CloudError) as caught:
        mounted.run("server", **options)
    assert str(caught.value).startswith(says) and mounted.writes == []


def test_a_cube_gets_no_second_volume_of_its_own() -> None:
    mounted = shop()
    mounted.run("server", **CUBE)
    with pytest.raises(InvalidOption, match="^volumes: the volume more cannot have disk_type=DAS"):
        named(mounted, name="cube", volumes=[{**DAS, "name": "more"}])
    with pytest.raises(
        InvalidOption, match="^disk_type: a DAS volume is created together with its CUBE server"
    ):
        mounted.run("volume", datacenter="shop", **{**DAS, "name": "more"})


# -- GPU ----------------------------------------------------------------------------------------------------------


GPU_VOLUME = {"name": "system", "image": "ubuntu:22.04", "image_password": "secret12pw"}
GPU: Mapping[str, Any] = {
    "datacenter": "shop",
    "name": "train",
    "type": "GPU",
    "template": "GPU S",
    "volumes": [GPU_VOLUME],
}


def test_a_gpu_server_takes_size_and_cards_from_its_template() -> None:
    mounted = shop()
    (template,) = mounted.info("template", name="GPU S")
    assert template["storage_type"] == "SSD Premium" and template["gpus"][0]["count"] == 1
    assert mounted.check("server", **GPU)["changed"] and mounted.writes == []
    made = mounted.run("server", **GPU)
    server = made["server"]
    assert (server["cores"], server["ram"]) == (template["cores"], template["ram"])
    (volume,) = server["volumes"]
    assert (volume["disk_type"], volume["size"]) == ("SSD Premium", template["storage_size"])
    assert not mounted.run("server", **GPU)["changed"] and made["warnings"] == []
    (told,) = mounted.info("server", datacenter="shop", name="train", gpus=True)
    assert [card["model"] for card in told["gpus"]] == [template["gpus"][0]["model"]]
    for state, actions in (("stopped", ["suspend"]), ("running", ["resume"])):
        assert named(mounted, name="train", state=state)["actions"] == actions
    with pytest.raises(InvalidOption, match="^cores: the service cannot change it for a GPU server; it is "):
        named(mounted, name="train", cores=2)
    gone = named(mounted, name="train", state="absent", delete_volumes=True)
    # The flag can be refused: the volume goes with the server by itself.
    assert [each["name"] for each in gone["deleted_volumes"]] == ["system"] and gone["kept_volumes"] == []
    assert "deleteVolumes" not in mounted.service.journal.calls[-1]["query"]
    assert mounted.info("volume", datacenter="shop") == []


@pytest.mark.parametrize("deletes", [False, True])
@pytest.mark.parametrize(("server", "own"), [(CUBE, "das"), (GPU, "system")])
def test_what_a_template_made_goes_with_its_server_and_other_volumes_stay(
    server: dict[str, Any], own: str, deletes: bool
) -> None:
    mounted = shop()
    mounted.run("server", **server)
    more = {"name": "more", "size": 5, "licence_type": "OTHER", "server": server["name"]}
    mounted.run("volume", datacenter="shop", **more)
    gone = {"datacenter": "shop", "name": server["name"], "state": "absent", "delete_volumes": deletes}
    for done in (mounted.check("server", **gone), mounted.run("server", **gone)):
        told = [[each["name"] for each in done[name]] for name in ("deleted_volumes", "kept_volumes")]
        assert told == ([[own, "more"], []] if deletes else [[own], ["more"]])
    left = [each["name"] for each in mounted.info("volume", datacenter="shop")]
    assert left == ([] if deletes else ["more"])


@pytest.mark.parametrize(("server", "own"), [(CUBE, "das"), (GPU, "system")])
def test_a_tree_knows_what_a_template_made(server: dict[str, Any], own: str) -> None:
    mounted = shop()
    mounted.run("server", **server)
    more = {"name": "more", "size": 5, "licence_type": "OTHER", "server": server["name"]}
    mounted.run("volume", datacenter="shop", **more)
    name = f"servers/{server['name']}"
    purged: dict[str, Any] = {"name": "shop", "servers": [], "volumes": [], "purge": ["all"]}
    with pytest.raises(CloudError, match=f"protect: '{own}' protects the volume {own}, .* deleted with"):
        mounted.run("datacenter", **purged, protect=[own])
    kept = mounted.check("datacenter", **{**purged, "purge": ["servers"]})
    assert [each["path"] for each in kept["plan"]] == [name] and kept["unmanaged"] == ["volumes/more"]
    done = mounted.run("datacenter", **purged)
    assert sorted(each["path"] for each in done["plan"]) == [name, "volumes/more"]
    assert done["warnings"] == [] and done["tree"]["volumes"] == []


@pytest.mark.parametrize(("server", "own"), [(CUBE, "das"), (GPU, "system")])
def test_a_label_keeps_what_a_template_made(server: dict[str, Any], own: str) -> None:
    mounted = shop()
    mounted.run("server", **server)
    mounted.run("label", datacenter="shop", volume=own, key="protected", value="true")
    with pytest.raises(CloudError, match=f"The volume {own} has the label protected=true"):
        named(mounted, name=server["name"], state="absent")


# -- confidential -------------------------------------------------------------------------------------------------


def test_a_private_image_makes_a_confidential_server() -> None:
    mounted = shop()
    image = next(each for each in mounted.info("image", location="de/fra") if each["required_features"])
    new = {"datacenter": "shop", "name": "vault", "ram": 2048}
    boot = {"name": "boot", "size": 10, "image": image["name"]}
    for named_by in (image["name"], image["id"]):
        made = mounted.run("server", **new, volumes=[{**boot, "image": named_by}])["server"]
        assert made["enabled_features"] == ["SEV-SNP"] and made["volumes"][0]["boot_order"] == "PRIMARY"
        for option, value in (("cores", 8), ("ram", 4096), ("cpu_family", "INTEL_SKYLAKE")):
            with pytest.raises(
                InvalidOption, match=f"^{option}: the service cannot change it for a confidential"
            ):
                named(mounted, name="vault", **{option: value})
        assert not mounted.run("server", **new, cores=made["cores"])["changed"]
        named(mounted, name="vault", state="absent", delete_volumes=True)
    with pytest.raises(InvalidOption, match="^cores: needed to create the server vault"):
        mounted.run("server", **new, volumes=[{**DAS, "disk_type": "HDD", "size": 10}])


# -- lists that the service adds to --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "options", "option", "known"),
    [
        ("server", {**ENTERPRISE, "type": "NEXT"}, "type", "ENTERPRISE"),
        ("server", {**ENTERPRISE, "cpu_family": "NEXT"}, "cpu_family", "INTEL_SKYLAKE"),
        ("volume", {"datacenter": "shop", "name": "v", "size": 1, "disk_type": "NEXT", "licence_type": "OTHER"}, "disk_type", "SSD"),
        ("volume", {"datacenter": "shop", "name": "v", "size": 1, "licence_type": "NEXT"}, "licence_type", "RHEL"),
    ],
)  # fmt: skip
def test_a_new_value_is_passed_on_with_a_warning(
    kind: str, options: dict[str, Any], option: str, known: str
) -> None:
    """The service decides: this one refuses what it does not know."""
    mounted = shop()
    (datacenter,) = next(iter(mounted.service.contracts.values())).root("datacenters").values()
    datacenter.properties["cpuArchitecture"] = []  # else what it has would decide already
    datacenter.changed()
    (warning,) = mounted.check(kind, **options)["warnings"]
    assert warning.startswith(f"{option}: 'NEXT' is none of the values that the collection knows (")
    assert known in warning
    with pytest.raises(CloudError, match="Attribute value 'NEXT' not allowed") as caught:
        mounted.run(kind, **options)
    assert caught.value.__notes__ == [warning]
    told = mounted.check(kind, **{**options, option: known.lower()})
    assert told["warnings"] == [] and told[kind][option] == known


def test_a_value_much_like_a_known_one_is_asked_about() -> None:
    options = {"datacenter": "shop", "name": "v", "size": 1, "licence_type": "WINDOWS2O22"}
    (warning,) = shop().check("volume", **options)["warnings"]
    assert "(did you mean 'WINDOWS2022'" in warning


def test_a_value_that_is_there_is_no_news() -> None:
    mounted = shop()
    mounted.run("server", **{**ENTERPRISE, "volumes": [{"name": "v", "size": 1, "licence_type": "OTHER"}]})
    site = next(iter(mounted.service.contracts.values())).root("datacenters")
    (server,) = next(iter(site.values())).children["servers"].values()
    server.properties["cpuFamily"] = "NEXT"
    server.changed()
    done = named(mounted, name="web", cpu_family="NEXT")
    assert not done["changed"] and done["warnings"] == []


def test_a_vcpu_server_has_cores_and_memory() -> None:
    mounted = shop()
    made = mounted.run("server", **{**ENTERPRISE, "type": "VCPU"})["server"]
    assert (made["type"], made["cores"], made["cpu_family"]) == ("VCPU", 1, "INTEL_SKYLAKE")
    assert named(mounted, name="web", state="stopped")["actions"] == ["stop"]


def test_older_versions_have_no_templates() -> None:
    with pytest.raises(
        InvalidOption, match="^template: the service accepts this option from version 6 of its API"
    ):
        shop(5).run("server", **{**ENTERPRISE, "template": "CUBES S"})


# -- upgrades and consoles ----------------------------------------------------------------------------------------


def outdate(mounted: Mounted, server: Mapping[str, Any]) -> None:
    """As the service does when there is a newer hypervisor."""
    path = f"datacenters/{server['datacenter_id']}/servers/{server['id']}"
    url = "http://emulator.test/_emulator/marks"
    answer = mounted.cloud.transport.session.post(url, json={"path": path, "outdated": True})
    assert answer.ok, answer.text


def test_only_what_is_outdated_is_upgraded() -> None:
    mounted = shop(5)
    old = mounted.run("server", **ENTERPRISE)["server"]
    new = mounted.run("server", **{**ENTERPRISE, "name": "db", "state": "upgraded"})
    assert new["actions"] == ["create"]
    outdate(mounted, old)

    def names(**options: Any) -> list[str]:
        return [each["name"] for each in mounted.info("server", datacenter="shop", **options)]

    assert (names(upgrade_needed=True), names(upgrade_needed=False)) == (["web"], ["db"])
    assert names(upgrade_needed=True, name="db") == [] and len(names()) == 2
    foretold = mounted.check("server", datacenter="shop", name="web", state="upgraded")
    assert foretold["actions"] == ["upgrade"] and mounted.writes == []
    done = named(mounted, name="web", state="upgraded")
    assert done["changed"] and done["request_id"] and done["actions"] == ["upgrade"]
    assert mounted.writes == [f"POST datacenters/{old['datacenter_id']}/servers/{old['id']}/upgrade"]
    for name in ("web", "db"):
        assert not named(mounted, name=name, state="upgraded")["changed"]
    assert names(upgrade_needed=True) == []


def test_version_6_does_not_tell_what_is_outdated() -> None:
    """It passes over the question, which would be taken for the answer that every server is (contract section 1.2)."""
    mounted = shop(6)
    assert mounted.run("server", **ENTERPRISE, state="upgraded")["actions"] == ["create"]
    for done in (named(mounted, name="web", state="upgraded") for _time in range(2)):
        assert done["changed"] and done["actions"] == ["upgrade"]
    with pytest.raises(
        InvalidOption, match="^upgrade_needed: the service accepts this option only in version 5 of its API"
    ):
        mounted.info("server", datacenter="shop", upgrade_needed=True)


def test_an_upgrade_keeps_what_else_the_task_says() -> None:
    mounted = shop()
    old = mounted.run("server", **ENTERPRISE)["server"]
    outdate(mounted, old)
    done = named(mounted, name="web", cores=2, state="upgraded")
    assert done["actions"] == ["update", "upgrade"] and done["server"]["cores"] == 2


def test_version_4_upgrades_nothing() -> None:
    mounted = shop(4)
    mounted.run("server", **ENTERPRISE)
    with pytest.raises(InvalidOption, match="^state: the service upgrades servers from version 5"):
        named(mounted, name="web", state="upgraded")
    with pytest.raises(
        InvalidOption, match="^upgrade_needed: the service accepts this option only in version 5"
    ):
        mounted.info("server", datacenter="shop", upgrade_needed=True)


def test_the_console_is_told_when_asked_for() -> None:
    mounted = shop()
    mounted.run("server", **ENTERPRISE)
    (plain,) = mounted.info("server", datacenter="shop")
    assert not {"console_url", "console_token"} & set(plain)
    (asked,) = mounted.info("server", datacenter="shop", console=True)
    assert asked["console_url"].startswith("https://") and asked["console_token"]
    older = shop(5)
    older.run("server", **ENTERPRISE)
    with pytest.raises(InvalidOption, match="^console: the service accepts this option from version 6"):
        older.info("server", datacenter="shop", console=True)


# -- names of cross connects --------------------------------------------------------------------------------------


def test_a_lan_joins_a_cross_connect_by_its_name() -> None:
    mounted = shop()
    pcc = mounted.run("pcc", name="backend")["pcc"]["id"]
    lan = {"datacenter": "shop", "name": "database", "public": False}
    assert mounted.check("lan", **lan, pcc="backend")["lan"]["pcc"] == pcc
    assert mounted.run("lan", **lan, pcc="backend")["lan"]["pcc"] == pcc
    assert not mounted.run("lan", **lan, pcc="backend")["changed"] and len(mounted.calls) == 3
    assert not mounted.run("lan", **lan, pcc=pcc.upper())["changed"]
    with pytest.raises(
        NotFound, match="^pcc: there is no cross connect 'other'; profitbricks_pcc_info lists"
    ):
        mounted.run("lan", **lan, pcc="other")
    assert mounted.run("lan", **lan, pcc="")["lan"]["pcc"] is None
