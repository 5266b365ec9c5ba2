# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A virtual data center and what is in it (contract sections 10.1, 10.3, 10.7 and 10.11 to 10.13)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..._engine import addresses
from ..._engine.schema.checks import between, matches, multiple_of
from ..._engine.schema.comparison import any_if_auto, any_if_empty, as_set, as_text
from ..._engine.schema.field import UUID, Field
from ..._engine.schema.resource import Child, Resource, children
from ..addresses import addresses as addresses_of
from . import RESOURCES
from .access import public_keys
from .backup import BACKUPUNIT
from .common import (
    ADDRESS,
    BIOS,
    COMMON,
    CPU_FAMILIES,
    FEATURES,
    LICENCES,
    MAC,
    RESERVED_HELP,
    SECURITY_GROUPS,
    hot_plug,
    reserved,
)
from .crossconnects import PCC
from .images import IMAGE, LOCATION

DATACENTER = Resource(
    kind="datacenter",
    path="datacenters",
    label="data center",
    page_limit=1000,
    fields=(
        Field(
            "name",
            checks=(
                matches(
                    r"[^@/\\,'\"|]+",
                    "a name that the service accepts: it must not contain any of @ / \\ , ' \" |",
                ),
            ),
            help="Name of the data center.",
            sample="shop",
        ),
        Field("description", help="Description of the data center.", sample="Web shop, production"),
        Field(
            "location",
            needed=True,
            mutable=False,
            checks=(
                matches(
                    LOCATION.id_pattern,
                    "the id of a location such as de/fra; profitbricks_location_info lists them",
                ),
            ),
            help=(
                "Where the data center is, such as V(de/fra) or V(us/las); M(profitbricks.cloud.profitbricks_location_info) "
                "lists the locations.",
                "It cannot be changed later.",
            ),
            sample="de/fra",
        ),
        Field(
            "sec_auth_protection",
            "bool",
            help="Whether only users with two-factor authentication may work on it.",
            sample=False,
        ),
        Field("version", "int", read_only=True, help="Increases with each change to its contents.", sample=3),
        FEATURES,
        LOCATION.by_name["cpu_architecture"],
        LOCATION.by_name["gpu_architecture"],
        Field(
            "ipv6_cidr_block",
            read_only=True,
            since=6,
            help="Block of IPv6 addresses of the data center.",
            sample="2001:db8:1200::/56",
        ),
        Field(
            "default_security_group",
            wire="defaultSecurityGroupId",
            since=6,
            nullable=True,
            compare=as_text,
            on_create=False,
            refers="security_group",
            help="Name or UUID of the default security group of its servers; an empty string removes "
            "it. It may be one of O(security_groups).",
            sample=None,
        ),
        *COMMON,
    ),
)

FIREWALL_RULE = Resource(
    kind="firewall_rule",
    path="datacenters/{datacenter}/servers/{server}/nics/{nic}/firewallrules",
    label="firewall rule",
    page_limit=1000,
    fields=(
        Field("name", help="Name of the rule.", sample="ssh"),
        Field(
            "protocol",
            choices=("TCP", "UDP", "ICMP", "ICMPv6", "GRE", "VRRP", "ESP", "AH", "ANY"),
            needed=True,
            mutable=False,
            help=(
                "Protocol that the rule lets in. It cannot be changed later.",
                "V(ICMPv6), V(GRE), V(VRRP), V(ESP) and V(AH) need version 6 of the API.",
            ),
            sample="TCP",
        ),
        Field(
            "source_mac",
            nullable=True,
            compare=as_text,
            checks=(matches(MAC, "a MAC address such as 02:01:0a:0b:0c:0d"),),
            help="Only let in traffic from this MAC address; V(null) or an empty string means any.",
            sample=None,
        ),
        Field(
            "source_ip",
            nullable=True,
            compare=as_text,
            parse=addresses.network,
            key=addresses.block_key,
            help="Only let in traffic from this address, or in version 6 of the API from this network in "
            "CIDR notation; V(null) or an empty string means any.",
            sample="198.51.100.7",
        ),
        Field(
            "target_ip",
            nullable=True,
            compare=as_text,
            parse=addresses.network,
            key=addresses.block_key,
            help="Only let in traffic to this address of the NIC; V(null) or an empty string means any.",
            sample=None,
        ),
        Field(
            "icmp_type",
            "int",
            nullable=True,
            checks=(between(0, 254),),
            help="ICMP type, V(0) to V(254), for O(protocol=ICMP) and O(protocol=ICMPv6); V(null) means any.",
            sample=None,
        ),
        Field(
            "icmp_code",
            "int",
            nullable=True,
            checks=(between(0, 254),),
            help="ICMP code, V(0) to V(254), for O(protocol=ICMP) and O(protocol=ICMPv6); V(null) means any.",
            sample=None,
        ),
        Field(
            "port_range_start",
            "int",
            nullable=True,
            checks=(between(1, 65535),),
            help="First port, for O(protocol=TCP) and O(protocol=UDP). Goes with O(port_range_end); "
            "V(null) for both means any port. Before version 6 of the API at most V(65534).",
            sample=22,
        ),
        Field(
            "port_range_end",
            "int",
            nullable=True,
            checks=(between(1, 65535),),
            help="Last port, for O(protocol=TCP) and O(protocol=UDP). Goes with O(port_range_start).",
            sample=22,
        ),
        Field(
            "type",
            since=6,
            choices=("INGRESS", "EGRESS"),
            help="Direction of the traffic. A new rule gets V(INGRESS) by default.",
            sample="INGRESS",
        ),
        Field(
            "ip_version",
            since=6,
            nullable=True,
            choices=("IPv4", "IPv6"),
            help="IP version of the rule. By default the service derives it from the addresses.",
            sample="IPv4",
        ),
        *COMMON,
    ),
)

NIC = Resource(
    kind="nic",
    path="datacenters/{datacenter}/servers/{server}/nics",
    label="NIC",
    page_limit=1000,
    fallback="lan",
    fields=(
        Field("name", help="Name of the NIC.", sample="public"),
        Field(
            "lan",
            needed=True,
            refers="lan",
            shown_type="int",
            help=(
                "Name or number of the LAN. If neither a name nor an id is given, it also identifies the "
                "NIC of the server.",
                "If there is no LAN of that number, the service creates a private one; a name must exist.",
            ),
            sample=1,
        ),
        Field(
            "ips",
            "list",
            elements="str",
            compare=any_if_empty,
            parse=reserved,
            refers=ADDRESS,
            help=(
                "Addresses of the NIC, as a set: reserved public ones, or private ones from the LAN's "
                f"network. {RESERVED_HELP}",
                "With an empty list, the service chooses one address.",
            ),
            sample=["203.0.113.17"],
        ),
        Field(
            "dhcp",
            "bool",
            help="Whether the NIC gets its address by DHCP. The service defaults to V(true).",
            sample=True,
        ),
        Field(
            "firewall_active",
            "bool",
            help="Whether the firewall of the NIC is active. With an active firewall and no rules, nothing "
            "gets in.",
            sample=True,
        ),
        Field(
            "firewall_type",
            since=6,
            choices=("INGRESS", "EGRESS", "BIDIRECTIONAL"),
            help="Traffic that the firewall filters. The service defaults to V(INGRESS).",
            sample="INGRESS",
        ),
        Field(
            "nat",
            "bool",
            until=5,
            help="Whether private addresses reach the internet through an address of the service. Only in "
            "versions 4 and 5 of the API.",
            sample=None,
        ),
        Field(
            "ipv6_ips",
            "list",
            elements="str",
            since=6,
            compare=as_set,
            parse=addresses.address,
            help="IPv6 addresses of the NIC, as a set.",
            sample=[],
        ),
        Field(
            "ipv6_cidr_block",
            since=6,
            nullable=True,
            compare=as_text,
            parse=addresses.network,
            key=addresses.block_key,
            help="IPv6 network of the NIC, a C(/80) inside that of the LAN.",
            sample=None,
        ),
        Field("dhcpv6", "bool", since=6, help="Whether the NIC gets IPv6 addresses by DHCP.", sample=None),
        Field("mac", read_only=True, help="MAC address.", sample="02:01:0a:0b:0c:0d"),
        Field(
            "device_number",
            "int",
            read_only=True,
            since=6,
            help="Position of the NIC among the server's devices.",
            sample=1,
        ),
        Field("pci_slot", "int", read_only=True, since=6, help="PCI slot of the NIC.", sample=6),
        SECURITY_GROUPS,
        *COMMON,
    ),
    children=(
        Child(
            "firewall_rules",
            "firewallrules",
            FIREWALL_RULE,
            creatable=True,
            help="Firewall rules of the NIC. Missing ones are created, different ones changed, others left "
            "alone.",
        ),
    ),
)

VOLUME = Resource(
    kind="volume",
    path="datacenters/{datacenter}/volumes",
    label="volume",
    page_limit=1000,
    fields=(
        Field("name", help="Name of the volume.", sample="web-01-boot"),
        Field(
            "size",
            "int",
            unit="GB",
            grows=True,
            checks=(between(1),),
            help=(
                "Size in GB. A volume can only grow; the partitions on it are not changed.",
                "Needed to create one, except with O(disk_type=DAS) and for the volume of a GPU server.",
            ),
            sample=20,
        ),
        Field(
            "disk_type",
            wire="type",
            growing=("HDD", "SSD", "SSD Standard", "SSD Premium", "DAS"),
            mutable=False,
            help="Type of storage. The service defaults to V(HDD). It cannot be changed later.",
            sample="SSD",
        ),
        Field(
            "bus",
            choices=("VIRTIO", "IDE"),
            blank=("VIRTIO", "IDE"),
            help="Bus type. The service defaults to V(VIRTIO), and only returns it once the volume has "
            "been attached.",
            sample="VIRTIO",
        ),
        Field(
            "image",
            mutable=False,
            compare=as_text,
            refers="image",
            help=(
                "Image or snapshot that the volume is made from: UUID, name or alias (such as "
                "V(ubuntu:latest)) of an image, or UUID or name of a snapshot. It must be in the location "
                "of the data center.",
                "An image other than the one that the volume was made from is an error, because the "
                "service cannot change it. UUIDs are always compared; names and aliases are compared by "
                "M(profitbricks.cloud.profitbricks_datacenter), and otherwise only looked up when the "
                "volume is created.",
            ),
            sample="4e3b9c1a-6d1f-11ee-9d2e-525400f64d8d",
        ),
        Field("image_alias", hidden=True, write_only=True, since=4, help=""),
        Field(
            "licence_type",
            growing=LICENCES,
            help="Licence of the operating system, for a volume without O(image); otherwise the image "
            "determines it. V(RHEL), V(WINDOWS2019) and V(WINDOWS2025) need version 6 of the API, "
            "V(WINDOWS2022) version 5.",
            sample="LINUX",
        ),
        Field(
            "image_password",
            secret=True,
            checks=(
                matches(
                    r"[a-zA-Z0-9]{8,50}",
                    "a password that the service accepts: 8 to 50 characters of a-z, A-Z and 0-9",
                ),
            ),
            help="Password of the first user on a volume made from a public image: 8 to 50 letters and "
            "digits. Only sent when the volume is created, and never compared.",
        ),
        Field(
            "ssh_keys",
            "list",
            elements="str",
            write_only=True,
            parse=public_keys,
            help=(
                "Public SSH keys of the first user on a volume made from a public Linux image: the keys "
                "themselves, which the lookup P(ansible.builtin.file#lookup) reads from a file. One entry "
                "may contain several keys, one per line.",
                "Sent when the volume is created, and never compared.",
            ),
        ),
        Field(
            "user_data",
            "raw",
            secret=True,
            since=5,
            help=(
                "Cloud-init configuration for an image that supports it: text in base64, plain text with "
                "O(encode_user_data), or a dictionary, which becomes C(#cloud-config) in YAML.",
                "Only sent when the volume is created, and never compared. If cloud-init would not "
                "recognize its first line, there is a warning.",
            ),
        ),
        Field(
            "availability_zone",
            blank=("AUTO",),
            choices=("AUTO", "ZONE_1", "ZONE_2", "ZONE_3"),
            mutable=False,
            help="Availability zone of the volume. Zones other than V(AUTO) work with O(disk_type=HDD) and "
            "O(disk_type=SSD Standard), in some locations with other SSDs, and never with O(disk_type=DAS). It cannot be "
            "changed later.",
            sample="AUTO",
        ),
        *hot_plug(
            "cpu_hot_plug",
            "ram_hot_plug",
            "nic_hot_plug",
            "nic_hot_unplug",
            "disc_virtio_hot_plug",
            "disc_virtio_hot_unplug",
        ),
        Field(
            "backupunit_id",
            compare=as_text,
            refers=BACKUPUNIT.kind,
            since=5,
            mutable=False,
            help="Name or UUID of the backup unit of the volume, which must be made from a public image. It cannot be changed "
            "later.",
            sample=None,
        ),
        Field(
            "boot_order",
            since=6,
            choices=("AUTO", "NONE", "PRIMARY"),
            compare=any_if_auto,
            help="Whether a server boots from it. If one volume is V(PRIMARY), all others must be V(NONE).",
            sample="AUTO",
        ),
        *BIOS,
        Field(
            "server_id",
            wire="bootServer",
            read_only=True,
            help="UUID of the server that the volume is attached to.",
            sample="3e8b3a0f-7a1c-4f0e-9f69-2c3f4f4b6e56",
        ),
        Field(
            "device_number",
            "int",
            read_only=True,
            help="Position among the devices of the server, starting at 1.",
            sample=1,
        ),
        Field("pci_slot", "int", read_only=True, since=6, help="PCI slot of the volume.", sample=5),
        Field(
            "application_type",
            read_only=True,
            since=6,
            help="Application that is part of the image.",
            sample="UNKNOWN",
        ),
        *COMMON,
    ),
)


def _addresses_shown(kind: str, text: str, sample: list[str]) -> Field:
    """The addresses of one kind that the NICs of a server have, as the inventory tells them."""

    def shown(item: Mapping[str, Any]) -> list[str]:
        nics = (each.get("properties") or {} for each in children(item, "nics"))
        each = (
            {"ips": n.get("ips") or (), "ipv6_ips": n.get("ipv6Ips") or (), "lan_public": None} for n in nics
        )
        return addresses_of(each)[kind]

    help_text = f"{text} of its NICs, as in the inventory."
    return Field(
        kind,
        "list",
        elements="str",
        read_only=True,
        beside=True,
        derived=shown,
        help=help_text,
        sample=sample,
    )


GPU = Resource(
    kind="gpu",
    path="datacenters/{datacenter}/servers/{server}/gpus",
    label="graphics card",
    since=6,
    fields=(
        Field("name", read_only=True, help="Name of the card.", sample="NVIDIA H200 1"),
        Field("vendor", read_only=True, help="Vendor of the card.", sample="NVIDIA Corporation"),
        Field("model", read_only=True, help="Model of the card.", sample="NVIDIA H200"),
        Field("type", read_only=True, help="How the server uses it.", sample="passthrough"),
    ),
)

TEMPLATED = (
    "CUBE",
    "GPU",
)  # types of servers whose template determines their size, and that of the volume that comes with them

SERVER = Resource(
    kind="server",
    path="datacenters/{datacenter}/servers",
    label="server",
    page_limit=1000,
    fields=(
        Field("name", help="Name of the server.", sample="web-01"),
        Field(
            "hostname",
            since=6,
            nullable=True,
            checks=(
                matches(
                    r"(?!-)[a-z0-9-]{1,63}", "a host name: up to 63 of a-z, 0-9 and -, not beginning with -"
                ),
            ),
            help="Host name of the server.",
            sample=None,
        ),
        Field(
            "cores",
            "int",
            checks=(between(1),),
            help="Number of CPU cores. Needed to create one, except with O(type=CUBE), with O(type=GPU) and for a "
            "confidential server, whose image determines it.",
            sample=2,
        ),
        Field(
            "ram",
            "int",
            unit="MB",
            checks=(
                between(256),
                multiple_of(256),
            ),
            help="Memory in MB, a multiple of 256, and at least 1024 if a volume of the server has RAM hot "
            "plug. Needed to create one, except with O(type=CUBE) and O(type=GPU).",
            sample=4096,
        ),
        Field(
            "cpu_family",
            growing=CPU_FAMILIES,
            help="CPU family, such as V(INTEL_SKYLAKE); M(profitbricks.cloud.profitbricks_location_info) "
            "lists those of a location. Changing it restarts the server. Not with O(type=CUBE), "
            "O(type=VCPU) or O(type=GPU), nor for a confidential server.",
            sample="INTEL_SKYLAKE",
        ),
        Field(
            "availability_zone",
            choices=("AUTO", "ZONE_1", "ZONE_2"),
            compare=any_if_auto,
            mutable=False,
            help="Availability zone of the server; V(AUTO) leaves the choice to the service. It cannot be changed later.",
            sample="AUTO",
        ),
        Field(
            "type",
            since=6,
            mutable=False,
            growing=("ENTERPRISE", "CUBE", "VCPU", "GPU"),
            help="Type of server. The service defaults to V(ENTERPRISE). It cannot be changed later.",
            sample="ENTERPRISE",
        ),
        Field(
            "template_uuid",
            since=6,
            mutable=False,
            compare=as_text,
            checks=(matches(UUID, "a UUID"),),
            help="UUID of the template for the size of a server with O(type=CUBE) or O(type=GPU), which need one; "
            "M(profitbricks.cloud.profitbricks_template_info) lists them. It cannot be changed later.",
            sample=None,
        ),
        Field(
            "nic_multi_queue",
            "bool",
            since=6,
            help="Whether NICs use multiple queues. Changing it restarts the server.",
            sample=False,
        ),
        Field(
            "boot_volume",
            reference=True,
            refers="volume",
            help="Name or UUID of the volume to boot from. If it is not attached to the server yet, it is "
            "attached first. For a new server it can be the name of one of O(volumes).",
            sample="8f4c1d7e-2f11-4a43-8a4c-6cf2b6d3f5a1",
        ),
        Field(
            "boot_cdrom",
            reference=True,
            refers="image",
            help="Name or UUID of the CD-ROM image to boot from, in the location of the data center. If it "
            "is not attached to the server yet, it is attached first. A name takes one more request.",
            sample=None,
        ),
        Field(
            "enabled_features",
            "list",
            elements="str",
            read_only=True,
            since=6,
            help="CPU features that the server uses; V(SEV-SNP) for a confidential server.",
            sample=[],
        ),
        Field(
            "vm_state",
            read_only=True,
            help="State of the virtual machine, such as V(RUNNING), V(SHUTOFF) or V(SUSPENDED).",
            sample="RUNNING",
        ),
        _addresses_shown("public_ipv4", "Public IPv4 addresses", ["203.0.113.17"]),
        _addresses_shown("private_ipv4", "Private IPv4 addresses", ["10.7.222.11"]),
        _addresses_shown("ipv6", "IPv6 addresses", []),
        SECURITY_GROUPS,
        *COMMON,
    ),
    children=(
        Child(
            "volumes",
            "volumes",
            VOLUME,
            creatable=True,
            help="Volumes of the server. Missing ones are created and attached, for a new server in the "
            "same request; different ones are changed, others left alone.",
        ),
        Child(
            "nics",
            "nics",
            NIC,
            creatable=True,
            help="NICs of the server. Missing ones are created, for a new server in the same request; "
            "different ones are changed, others left alone.",
        ),
        Child("cdroms", "cdroms", IMAGE, ids=True, help="UUIDs of the attached CD-ROM images."),
    ),
)

LAN = Resource(
    kind="lan",
    path="datacenters/{datacenter}/lans",
    label="LAN",
    page_limit=1000,
    id_pattern=r"\d+",
    id_help="number",
    id_sample="1",
    fields=(
        Field("name", help="Name of the LAN.", sample="public"),
        Field(
            "public",
            "bool",
            help="Whether the LAN is connected to the internet. The service defaults to V(false).",
            sample=True,
        ),
        Field(
            "ip_failover",
            "list",
            elements="dict",
            compare=as_set,
            on_create=False,
            help="IP failover groups, as a set, and no others, unless O(append) is set. Each NIC must already own the "
            "reserved address, and the LAN be public.",
            options=(
                Field(
                    "ip",
                    required=True,
                    parse=reserved,
                    compare=as_text,
                    refers=ADDRESS,
                    help=f"Reserved address that moves if a server fails. {RESERVED_HELP}",
                    sample="203.0.113.40",
                ),
                Field(
                    "nic_id",
                    wire="nicUuid",
                    required=True,
                    refers="nic",
                    help="NIC that has the address initially: as V(server/nic), by a name that only one "
                    "NIC of the data center has, or by UUID. Results have the UUID.",
                    sample="d9b9a5c8-7b8a-4e0b-8a8f-5c8f2a9f5b7a",
                ),
            ),
            sample=[],
        ),
        Field(
            "pcc",
            since=5,
            nullable=True,
            compare=as_text,
            refers=PCC.kind,
            help="Name or UUID of the cross connect that the private LAN joins; an empty string removes "
            "it. A name takes one more request.",
            sample=None,
        ),
        Field(
            "ipv6_cidr_block",
            since=6,
            nullable=True,
            compare=any_if_auto,
            parse=addresses.network_or_auto,
            key=addresses.block_key,
            help="IPv6 network of the LAN, a C(/64) inside that of the data center. With V(AUTO) the "
            "service chooses one; an empty string switches IPv6 off.",
            sample=None,
        ),
        Field(
            "ipv4_cidr_block",
            read_only=True,
            since=6,
            help="IPv4 network of a private LAN.",
            sample=None,
        ),
        *COMMON,
    ),
    children=(Child("nics", "nics", NIC, ids=True, help="UUIDs of the NICs in the LAN."),),
)


RESOURCES.update({r.kind: r for r in (DATACENTER, FIREWALL_RULE, NIC, VOLUME, SERVER, LAN)})
