# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A virtual data center and what is in it (contract sections 10.1, 10.3, 10.7 and 10.11 to 10.13)."""

from __future__ import annotations

from ..._engine.resource import UUID, Child, Field, Resource
from . import RESOURCES
from .common import COMMON, FEATURES, LICENCES, MAC, SECURITY_GROUPS, hot_plug
from .images import IMAGE, LOCATION

DATACENTER = Resource(
    kind="datacenter",
    path="datacenters",
    label="data center",
    page_limit=1000,
    fields=(
        Field(
            "name",
            pattern=r"[^@/\\,'\"|]+",
            pattern_help="a name that the service takes: it must not contain any of @ / \\ , ' \" |",
            help="Name of the data center.",
            sample="shop",
        ),
        Field("description", help="Description of the data center.", sample="Web shop, production"),
        Field(
            "location",
            needed=True,
            mutable=False,
            pattern=LOCATION.id_pattern,
            pattern_help="the id of a location such as de/fra; profitbricks_location_info lists them",
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
            help="Whether only users with two-factor login may work on it.",
            sample=False,
        ),
        Field("version", "int", read_only=True, help="Grows with each change inside.", sample=3),
        FEATURES,
        Field(
            "ipv6_cidr_block",
            read_only=True,
            since=6,
            help="Block of IPv6 addresses of the data center.",
            sample="2001:db8:1200::/56",
        ),
        Field(
            "default_security_group_id",
            read_only=True,
            since=6,
            help="Security group of servers that name none.",
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
                "Protocol that the rule lets through. It cannot be changed later.",
                "V(ICMPv6), V(GRE), V(VRRP), V(ESP) and V(AH) need version 6 of the API.",
            ),
            sample="TCP",
        ),
        Field(
            "source_mac",
            nullable=True,
            compare="text",
            pattern=MAC,
            pattern_help="a MAC address such as 02:01:0a:0b:0c:0d",
            help="Lets through only what comes from this MAC address; V(null) or an empty string: from any.",
            sample=None,
        ),
        Field(
            "source_ip",
            nullable=True,
            compare="text",
            help="Lets through only what comes from this address, or in version 6 of the API this network in CIDR "
            "form; V(null) or an empty string: from any.",
            sample="198.51.100.7",
        ),
        Field(
            "target_ip",
            nullable=True,
            compare="text",
            help="Lets through only what goes to this address of the NIC; V(null) or an empty string: to any.",
            sample=None,
        ),
        Field(
            "icmp_type",
            "int",
            nullable=True,
            minimum=0,
            maximum=254,
            help="ICMP type, V(0) to V(254), for O(protocol=ICMP) and O(protocol=ICMPv6); V(null): any.",
            sample=None,
        ),
        Field(
            "icmp_code",
            "int",
            nullable=True,
            minimum=0,
            maximum=254,
            help="ICMP code, V(0) to V(254), for O(protocol=ICMP) and O(protocol=ICMPv6); V(null): any.",
            sample=None,
        ),
        Field(
            "port_range_start",
            "int",
            nullable=True,
            minimum=1,
            maximum=65535,
            help="First port, for O(protocol=TCP) and O(protocol=UDP). Goes with O(port_range_end); both V(null): any "
            "port. Before version 6 of the API at most V(65534).",
            sample=22,
        ),
        Field(
            "port_range_end",
            "int",
            nullable=True,
            minimum=1,
            maximum=65535,
            help="Last port, for O(protocol=TCP) and O(protocol=UDP). Goes with O(port_range_start).",
            sample=22,
        ),
        Field(
            "type",
            since=6,
            choices=("INGRESS", "EGRESS"),
            help="Direction of the traffic. The service takes V(INGRESS) for a new rule that names none.",
            sample="INGRESS",
        ),
        Field(
            "ip_version",
            since=6,
            nullable=True,
            choices=("IPv4", "IPv6"),
            help="IP version of the rule; the service deduces it from the addresses otherwise.",
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
                "Name or number of the LAN. Where neither a name nor an id is given, it also says which NIC of the server is meant.",
                "A number that the data center does not have yet makes the service create that LAN as a private one; a "
                "name must exist.",
            ),
            sample=1,
        ),
        Field(
            "ips",
            "list",
            elements="str",
            compare="automatic",
            help=(
                "Addresses of the NIC, as a set: reserved public ones, or private ones of the LAN's network.",
                "An empty list leaves the choice of one address to the service.",
            ),
            sample=["203.0.113.17"],
        ),
        Field(
            "dhcp",
            "bool",
            help="Whether the NIC gets its address by DHCP. The service takes V(true).",
            sample=True,
        ),
        Field(
            "firewall_active",
            "bool",
            help="Whether the firewall rules of the NIC act. Active and without rules, nothing comes in.",
            sample=True,
        ),
        Field(
            "firewall_type",
            since=6,
            choices=("INGRESS", "EGRESS", "BIDIRECTIONAL"),
            help="Traffic that the firewall looks at. The service takes V(INGRESS).",
            sample="INGRESS",
        ),
        Field(
            "nat",
            "bool",
            until=5,
            help="Whether private addresses reach the internet through the service's own address. Only up to version "
            "5 of the API.",
            sample=None,
        ),
        Field(
            "ipv6_ips",
            "list",
            elements="str",
            since=6,
            compare="set",
            help="IPv6 addresses of the NIC, as a set.",
            sample=[],
        ),
        Field(
            "ipv6_cidr_block",
            since=6,
            nullable=True,
            compare="text",
            help="IPv6 network of the NIC, a C(/80) inside the one of the LAN.",
            sample=None,
        ),
        Field("dhcpv6", "bool", since=6, help="Whether the NIC gets IPv6 addresses by DHCP.", sample=None),
        Field("mac", read_only=True, help="MAC address.", sample="02:01:0a:0b:0c:0d"),
        Field(
            "device_number",
            "int",
            read_only=True,
            since=6,
            help="Place of the NIC among the server's devices.",
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
            help="Firewall rules that the NIC shall have. Missing ones are created, differing ones changed, others left "
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
            grows=True,
            minimum=1,
            help=(
                "Size in GB. A volume only grows; the partitions on it are not touched.",
                "Needed to create one, except for O(disk_type=DAS).",
            ),
            sample=20,
        ),
        Field(
            "disk_type",
            wire="type",
            choices=("HDD", "SSD", "SSD Standard", "SSD Premium", "DAS"),
            mutable=False,
            help="Kind of storage. The service takes V(HDD). It cannot be changed later.",
            sample="SSD",
        ),
        Field(
            "bus",
            choices=("VIRTIO", "IDE"),
            blank=("VIRTIO", "IDE"),
            help="Bus. The service takes V(VIRTIO), and tells it only of a volume that was attached once.",
            sample="VIRTIO",
        ),
        Field(
            "image",
            mutable=False,
            compare="text",
            refers="image",
            help=(
                "What the volume is made from: UUID, name or alias (such as V(ubuntu:latest)) of an image, or UUID or "
                "name of a snapshot. It must be in the location of the data center.",
                "Another image than the volume was made of is an error, because the service cannot change it. UUIDs are "
                "compared, and where M(profitbricks.cloud.profitbricks_datacenter) describes the volume names and aliases "
                "too; other modules look these up only when they create the volume.",
            ),
            sample="4e3b9c1a-6d1f-11ee-9d2e-525400f64d8d",
        ),
        Field("image_alias", hidden=True, write_only=True, since=4, help=""),
        Field(
            "licence_type",
            choices=LICENCES,
            help="Licence of the operating system on a volume without O(image); with one, the image says it. "
            "V(RHEL), V(WINDOWS2019) and V(WINDOWS2025) need version 6 of the API, V(WINDOWS2022) version 5.",
            sample="LINUX",
        ),
        Field(
            "image_password",
            secret=True,
            pattern=r"[a-zA-Z0-9]{8,50}",
            pattern_help="a password that the service takes: 8 to 50 characters of a-z, A-Z and 0-9",
            help="Password of the first user on a volume made from a public image: 8 to 50 letters and digits. Sent "
            "when the volume is created, and never compared.",
        ),
        Field(
            "ssh_keys",
            "list",
            elements="str",
            write_only=True,
            help="Public SSH keys of the first user on a volume made from a public Linux image. Sent when the volume is "
            "created, and never compared.",
        ),
        Field(
            "user_data",
            secret=True,
            since=5,
            pattern=r"[A-Za-z0-9+/\s]+={0,2}\s*",
            pattern_help="base64; pass it through the filter b64encode",
            help="Cloud-init configuration, in base64, for an image that takes it. Sent when the volume is created, and "
            "never compared.",
        ),
        Field(
            "availability_zone",
            blank=("AUTO",),
            choices=("AUTO", "ZONE_1", "ZONE_2", "ZONE_3"),
            mutable=False,
            help="Zone in which the volume is kept; a zone other than V(AUTO) goes with O(disk_type=HDD) only. It cannot "
            "be changed later.",
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
            compare="text",
            refers="backupunit",
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
            help="Whether a server boots from it: one V(PRIMARY) goes with V(NONE) on all others.",
            sample="AUTO",
        ),
        Field(
            "expose_serial",
            "bool",
            since=6,
            help="Whether the operating system sees the serial number of the volume.",
            sample=False,
        ),
        Field(
            "require_legacy_bios",
            "bool",
            since=6,
            help="Whether the volume boots only with a legacy BIOS.",
            sample=True,
        ),
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
            help="Place among the devices of the server, from 1 on.",
            sample=1,
        ),
        Field("pci_slot", "int", read_only=True, since=6, help="PCI slot of the volume.", sample=5),
        Field(
            "application_type",
            read_only=True,
            since=6,
            help="Application that comes with the image.",
            sample="UNKNOWN",
        ),
        *COMMON,
    ),
)

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
            pattern=r"(?!-)[a-z0-9-]{1,63}",
            pattern_help="a host name: up to 63 of a-z, 0-9 and -, not beginning with -",
            help="Host name of the server.",
            sample=None,
        ),
        Field(
            "cores",
            "int",
            minimum=1,
            help="Number of CPU cores. Needed to create one, except for O(type=CUBE).",
            sample=2,
        ),
        Field(
            "ram",
            "int",
            minimum=256,
            multiple=256,
            help="Memory in MB, a multiple of 256; at least 1024 when a volume of the server has RAM hot plug. Needed to "
            "create one, except for O(type=CUBE).",
            sample=4096,
        ),
        Field(
            "cpu_family",
            help="CPU family, such as V(INTEL_SKYLAKE); M(profitbricks.cloud.profitbricks_location_info) lists those of a "
            "location. Changing it restarts the server. Not for O(type=CUBE) and O(type=VCPU).",
            sample="INTEL_SKYLAKE",
        ),
        Field(
            "availability_zone",
            choices=("AUTO", "ZONE_1", "ZONE_2"),
            help="Zone in which the server runs.",
            sample="AUTO",
        ),
        Field(
            "type",
            since=6,
            mutable=False,
            choices=("ENTERPRISE", "CUBE", "VCPU"),
            help="Kind of server. The service takes V(ENTERPRISE). It cannot be changed later.",
            sample="ENTERPRISE",
        ),
        Field(
            "template_uuid",
            since=6,
            mutable=False,
            compare="text",
            pattern=UUID,
            pattern_help="a UUID",
            help="UUID of the template that says the size of a server of O(type=CUBE), which needs one; "
            "M(profitbricks.cloud.profitbricks_template_info) lists them. It cannot be changed later.",
            sample=None,
        ),
        Field(
            "nic_multi_queue",
            "bool",
            since=6,
            help="Whether NICs use several queues. Changing it restarts the server.",
            sample=False,
        ),
        Field(
            "boot_volume",
            reference=True,
            refers="volume",
            help="Name or UUID of the volume to boot from. One that is not attached to the server yet is attached first. "
            "With a new server, it may name one of O(volumes).",
            sample="8f4c1d7e-2f11-4a43-8a4c-6cf2b6d3f5a1",
        ),
        Field(
            "boot_cdrom",
            reference=True,
            refers="image",
            help="Name or UUID of the CD-ROM image to boot from, of the location of the data center. One that is not "
            "attached to the server yet is attached first. A name costs one request more.",
            sample=None,
        ),
        Field(
            "vm_state",
            read_only=True,
            help="What the machine does, such as V(RUNNING), V(SHUTOFF) or V(SUSPENDED).",
            sample="RUNNING",
        ),
        SECURITY_GROUPS,
        *COMMON,
    ),
    children=(
        Child(
            "volumes",
            "volumes",
            VOLUME,
            creatable=True,
            help="Volumes that the server shall have. Missing ones are created and attached, with a new server in the "
            "same request; differing ones are changed, others left alone.",
        ),
        Child(
            "nics",
            "nics",
            NIC,
            creatable=True,
            help="NICs that the server shall have. Missing ones are created, with a new server in the same request; "
            "differing ones are changed, others left alone.",
        ),
        Child("cdroms", "cdroms", IMAGE, ids=True, help="UUIDs of the CD-ROM images that are attached."),
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
            help="Whether the LAN is connected to the internet. The service takes V(false).",
            sample=True,
        ),
        Field(
            "ip_failover",
            "list",
            elements="dict",
            compare="set",
            on_create=False,
            help="IP failover groups, as a set. Each NIC must already own the reserved address, and the LAN be public.",
            options=(
                Field(
                    "ip", required=True, help="Reserved address that moves on failure.", sample="203.0.113.40"
                ),
                Field(
                    "nic_id",
                    wire="nicUuid",
                    required=True,
                    refers="nic",
                    help="NIC that owns the address at first: as V(server/nic), by a name that only one NIC of the data "
                    "center has, or by UUID. Results hold the UUID.",
                    sample="d9b9a5c8-7b8a-4e0b-8a8f-5c8f2a9f5b7a",
                ),
            ),
            sample=[],
        ),
        Field(
            "pcc",
            since=5,
            nullable=True,
            compare="text",
            refers="pcc",
            help="Name or UUID of the cross connect that the private LAN joins; an empty string leaves it. A name costs one "
            "request more.",
            sample=None,
        ),
        Field(
            "ipv6_cidr_block",
            since=6,
            nullable=True,
            compare="assigned",
            help="IPv6 network of the LAN, a C(/64) inside the one of the data center; V(AUTO) leaves the choice to the "
            "service, an empty string takes it away.",
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
