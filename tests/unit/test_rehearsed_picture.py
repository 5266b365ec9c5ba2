# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tree that check mode returns is drawn as the data center that the task then builds, and tells the same of it."""

from __future__ import annotations

from typing import Any

from ansible_collections.profitbricks.cloud.plugins.plugin_utils._topology.site import read
from unit.mounted import Mounted

Options = dict[str, Any]


def server(name: str, *lans: str, ip: str = "") -> Options:
    volume = {"name": f"{name}-boot", "size": 10, "licence_type": "LINUX"}
    nics = [{"name": lan, "lan": lan, **({"ips": [ip]} if ip else {})} for lan in lans]
    return {"name": name, "cores": 1, "ram": 1024, "volumes": [volume], "nics": nics}


SHOP: Options = {
    "name": "shop",
    "location": "de/fra",
    "lans": [{"name": "public", "public": True}, {"name": "private"}],
    "volumes": [{"name": "spare", "size": 5, "licence_type": "OTHER"}],
    "servers": [server("web", "public", ip="198.51.100.7"), server("db", "private", ip="10.7.222.12")],
}
LARGER: Options = {
    **SHOP,
    "lans": [*SHOP["lans"], {"name": "backup"}],
    "servers": [*SHOP["servers"], server("vault", "backup", ip="10.7.224.9")],
}


def test_a_rehearsal_is_drawn_as_what_is_built() -> None:
    mounted = Mounted()
    ip = mounted.run("ipblock", name="shop", location="de/fra", size=1)["ipblock"]["ips"][0]
    for site in (SHOP, LARGER):
        task = {**site, "servers": [server("web", "public", ip=ip), *site["servers"][1:]]}
        foretold, built = (mount("datacenter", **task)["tree"] for mount in (mounted.check, mounted.run))
        assert drawn(foretold) == drawn(built)
        assert drawn(built)["loose"] == ["spare"]
        assert [each["lans"] for each in told(foretold)] == [each["lans"] for each in told(built)]
        assert told(foretold) == told(built)


def drawn(tree: Options) -> Options:
    """What a picture shows of LANs, servers and volumes."""
    site = read(tree)
    names = [lan.name for lan in site.lans]
    return {
        "lans": [(lan.name, lan.public) for lan in site.lans],
        "servers": {
            each.name: (
                [nic.lan is not None and names[nic.lan] for nic in each.nics],
                [v.name for v in each.volumes],
            )
            for each in site.servers
        },
        "loose": [volume.name for volume in site.loose],
    }


def told(tree: Options) -> list[Options]:
    """What servers tell of their addresses and the LANs of their NICs."""
    return [
        {
            **{each: server[each] for each in ("name", "public_ipv4", "private_ipv4", "ipv6")},
            "lans": [(nic["lan_name"], nic["lan_public"]) for nic in server["nics"]],
        }
        for server in tree["servers"]
    ]
