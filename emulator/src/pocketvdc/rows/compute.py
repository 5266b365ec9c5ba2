# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Data centers, servers, volumes, snapshots, templates."""

from __future__ import annotations

from ..behaviour import datacenters, secgroups, servers, volumes
from ..table import Action, Field, Hooks, Link, Row, enum

ZONES = enum("AUTO", "ZONE_1", "ZONE_2")
LICENCES = {
    **enum("LINUX", "WINDOWS", "WINDOWS2016", "OTHER", "UNKNOWN"),
    **enum("WINDOWS2022", since=5),
    **enum("WINDOWS2019", "WINDOWS2025", "RHEL", since=6),
}


def flags(
    *names: str, default: bool | None = False, keep: bool = True, since: int = 4, until: int = 6
) -> tuple[Field, ...]:
    """Optional boolean fields."""
    return tuple(Field(name, "boolean", default, keep=keep, since=since, until=until) for name in names)


DATACENTER = Row(
    "datacenter",
    "datacenter",
    {"": "datacenters"},
    (
        Field("name", rule=datacenters.name_rule),
        Field("description"),
        Field("location", required=(4, 5, 6), mode="create"),
        Field("version", "integer", mode="read"),
        Field("features", "strings", mode="read"),
        Field("secAuthProtection", "boolean", False),
        Field("cpuArchitecture", "objects", since=6, mode="read"),
        Field("gpuArchitecture", "objects", since=6, mode="read"),
        Field("ipv6CidrBlock", since=6, mode="read"),
        Field("defaultSecurityGroupId", since=6, keep=True, clears=True),
        Field("createDefaultSecurityGroup", "boolean", since=6, mode="request"),
    ),
    paged=(5, 6),
    hooks=Hooks(
        check=datacenters.check,
        build=datacenters.build,
        ready=datacenters.ready,
        check_update=datacenters.check_update,
        check_delete=datacenters.check_delete,
    ),
)

SERVER = Row(
    "server",
    "server",
    {"datacenter": "servers"},
    (
        Field("templateUuid", since=6, mode="create"),
        Field("name"),
        Field("hostname", since=6, keep=True, clears=True),
        Field("cores", "integer", minimum=1, keep=True),
        Field("ram", "integer", minimum=256, keep=True),
        Field("availabilityZone", default="AUTO", values=ZONES, mode="create"),
        Field("vmState", mode="read"),
        Field("bootCdrom", "reference", keep=True),
        Field("bootVolume", "reference", keep=True),
        Field("cpuFamily", keep=True),
        Field(
            "type",
            default="ENTERPRISE",
            values=enum("ENTERPRISE", "CUBE", "VCPU", "GPU", since=6),
            since=6,
            mode="create",
        ),
        Field("nicMultiQueue", "boolean", False, since=6, keep=True),
        Field("enabledFeatures", "strings", since=6, mode="read"),
        # For the operator's own use; tolerated of old clients (contract sections 10.3 and 9, item 10).
        Field("placementGroupId", since=6, mode="ignore", served=False),
        Field("allowReboot", "boolean", mode="request"),
    ),
    order=3,
    paged=(5, 6),
    links=(
        Link(
            "cdroms",
            servers.attached_cdroms,
            attach=servers.attach_cdrom,
            detach=servers.detach_cdrom,
            paged=(5, 6),
        ),
        Link(
            "volumes",
            servers.attached_volumes,
            member="volume",
            order=1,
            attach=servers.attach_volume,
            detach=servers.detach_volume,
            create=servers.create_volume,
            paged=(5, 6),
        ),
        Link(
            "securitygroups",
            secgroups.groups_of,
            replace=secgroups.assign,
            gettable=False,
            readable=False,
            since=6,
        ),
    ),
    actions=(
        Action("start", servers.start),
        Action("stop", servers.stop),
        Action("reboot", servers.reboot),
        Action("upgrade", servers.upgrade, since=5),
        Action("suspend", servers.suspend, since=6),
        Action("resume", servers.resume, since=6),
        Action("token", servers.token, "GET", 200, since=6),
        Action("remoteconsole", servers.remote_console, "GET", 200, since=6),
    ),
    hooks=Hooks(
        check=servers.check,
        build=servers.build,
        ready=servers.ready,
        check_update=servers.check_update,
        check_delete=servers.check_delete,
        removed=servers.removed,
        view=servers.view,
        expanded=servers.boot_volume,
        select=servers.select,
    ),
)

VOLUME = Row(
    "volume",
    "volume",
    {"datacenter": "volumes"},
    (
        Field("name"),
        Field(
            "type",
            default="HDD",
            values={
                **enum("HDD", "SSD"),
                **enum("SSD Standard", "SSD Premium", since=5),
                **enum("DAS", "ISO", since=6),
            },
            mode="create",
        ),
        Field("size", "number", minimum=1, keep=True),
        Field("availabilityZone", values=enum("AUTO", "ZONE_1", "ZONE_2", "ZONE_3"), mode="create"),
        Field("image", mode="create"),
        Field("bus", default="VIRTIO", values=enum("IDE", "VIRTIO")),
        Field("imagePassword", mode="create", secret=True, rule=volumes.password_rule),
        Field("imageAlias", mode="create", served=False, until=4),
        Field("imageAlias", mode="create", since=5),
        Field("sshKeys", "strings", mode="create", secret=True, rule=volumes.keys_rule),
        Field("licenceType", values=LICENCES, keep=True),
        Field("applicationType", default="UNKNOWN", since=6, mode="ignore"),
        *flags(
            "cpuHotPlug",
            "ramHotPlug",
            "nicHotPlug",
            "nicHotUnplug",
            "discVirtioHotPlug",
            "discVirtioHotUnplug",
        ),
        *flags("cpuHotUnplug", "ramHotUnplug", "discScsiHotPlug", "discScsiHotUnplug", until=4),
        *flags("exposeSerial", since=6),
        *flags("requireLegacyBios", default=True, since=6),
        Field("deviceNumber", "integer", mode="read"),
        Field("pciSlot", "integer", since=6, mode="read"),
        Field("backupunitId", since=5, mode="create", clears=True),
        Field("userData", since=5, mode="create", secret=True, rule=volumes.user_data_rule),
        Field("bootServer", since=6, mode="read"),
        Field(
            "bootOrder", default="AUTO", values=enum("AUTO", "NONE", "PRIMARY", since=6), since=6, keep=True
        ),
    ),
    order=2,
    paged=(5, 6),
    actions=(
        Action("create-snapshot", volumes.create_snapshot),
        Action("restore-snapshot", volumes.restore_snapshot),
    ),
    hooks=Hooks(
        first=volumes.first,
        check=volumes.check,
        build=volumes.build,
        ready=volumes.ready,
        check_update=volumes.check_update,
        settled=volumes.settled,
        check_delete=volumes.check_delete,
        removed=volumes.removed,
        view=volumes.view,
    ),
)

SNAPSHOT = Row(
    "snapshot",
    "snapshot",
    {"": "snapshots"},
    (
        Field("name"),
        Field("description"),
        Field("location", mode="read"),
        Field("size", "number", mode="read"),
        Field("secAuthProtection", "boolean", False),
        *flags(*volumes.HOT_PLUG),
        *flags("exposeSerial", since=6),
        *flags("requireLegacyBios", default=True, since=6),
        Field("licenceType", values=LICENCES, keep=True),
        Field("applicationType", default="UNKNOWN", since=6, mode="ignore"),
    ),
    verbs="LRPMD",
)

TEMPLATE = Row(
    "template",
    "template",
    {"": "templates"},
    (
        Field("name"),
        Field("cores", "number"),
        Field("ram", "number"),
        Field("storageSize", "number"),
        Field("storageType"),
        Field("category"),
        Field("gpus", "objects", ()),
    ),
    verbs="LR",
    since=6,
)

GPU = Row(
    "gpu",
    "gpu",
    {"server": "gpus"},
    (Field("name"), Field("vendor"), Field("model"), Field("type")),
    verbs="LR",
    since=6,
    nestable=False,
)

ROWS = (DATACENTER, SERVER, VOLUME, SNAPSHOT, TEMPLATE, GPU)
