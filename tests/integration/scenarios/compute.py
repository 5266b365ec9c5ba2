# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A data center and what is in it."""

from __future__ import annotations

from .scenario import PASSWORD, Clearing, Scenario

KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMhXvXoT0r3o3k7mMZ2m6mJ8qk0b1rjM1x4c0mS9pQqB a@example.com"
SCENARIOS = {
    "datacenter": Scenario(
        create={"name": "new", "location": "de/fra", "description": "before"},
        change={"description": "after"},
        clearing=Clearing("description", "some", "", "description"),
        fixed=("location", "de/fra", "us/las"),
        twin={"name": "twin", "location": "de/fra"},
    ),
    "lan": Scenario(
        create={"name": "new", "public": True},
        change={"public": False},
        clearing=Clearing("pcc", "{{ pcc }}", "", "pcc"),
        twin={"name": "twin"},
    ),
    "server": Scenario(
        create={
            "name": "new",
            "cores": 1,
            "ram": 1024,
            "volumes": [{"name": "root", "size": 10, "image": "ubuntu:22.04", "image_password": PASSWORD}],
            "nics": [
                {"lan": "public", "firewall_active": True}
                | {"firewall_rules": [{"name": "ping", "protocol": "ICMP", "icmp_type": 0}]},
            ],
        },
        change={"cores": 2},
        clearing=Clearing("boot_cdrom", "{{ cdrom }}", "", "boot_cdrom"),
        fixed=("type", "ENTERPRISE", "VCPU"),
        # A volume of that name belongs to the server that is still being made.
        unawaited={
            "volumes": [{"name": "other", "size": 10, "image": "ubuntu:22.04", "image_password": PASSWORD}]
        },
        named=3,  # which image an alias stands for is only asked of what is there
        lookups=-1,
        twin={"name": "twin", "cores": 1, "ram": 1024},
        secrets=(PASSWORD,),
    ),
    "volume": Scenario(
        create={
            "name": "new",
            "size": 10,
            "image": "ubuntu:22.04",
            "image_password": PASSWORD,
            "ssh_keys": [KEY],
        },
        change={"size": 12},
        clearing=Clearing("server", "web", "", "server_id"),
        fixed=("disk_type", "HDD", "SSD"),
        named=3,  # as for a server
        lookups=-1,
        twin={"name": "twin", "size": 1, "licenceType": "OTHER"},
        secrets=(PASSWORD,),
    ),
    "nic": Scenario(
        create={"name": "new", "lan": "private", "firewall_active": True, "dhcp": True},
        change={"dhcp": False},
        clearing=Clearing("ips", ["10.11.12.13", "10.11.12.14"], [], "ips"),
        twin={"name": "twin", "lan": 2},
    ),
    "firewall_rule": Scenario(
        create={
            "name": "new",
            "protocol": "TCP",
            "port_range_start": 80,
            "port_range_end": 80,
        },
        change={"port_range_end": 90},
        clearing=Clearing("source_ip", "198.51.100.7", None, "source_ip"),
        fixed=("protocol", "TCP", "UDP"),
        twin={"name": "twin", "protocol": "ANY"},
    ),
}
