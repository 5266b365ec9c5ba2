# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The accounts that the EXAMPLES of modules and filters speak of.

One account of each service holds all of it. What an example itself creates is left out of its account, with all that
is in it: ``WITHOUT`` names these parts.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Any

from integration import example_certificates
from integration.example_certificates import create
from pocketvdc import Cloud
from pocketvdc.netfoundry.testing import SOUND, NetFoundryApi
from pocketvdc.seed import IMAGES
from pocketvdc.testing import Api, Reply

Ids = dict[str, Any]
Send = Callable[[str, str, Any], Reply]
PASSWORD = "invented-Pass-1"
KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIInventedInventedInventedInventedInvented12345 reader\n"


@dataclass(frozen=True)
class Part:
    """Something in an account: where it is posted, and its body. ``{part}`` in either is the id of another part."""

    path: str
    body: Mapping[str, Any]


def part(path: str, /, **properties: Any) -> Part:
    return Part(path, {"properties": properties})


# -- ProfitBricks -------------------------------------------------------------------------------------------------

# The parts are made in this order: the first block has the first addresses of 203.0.113.0/24.
GATEWAY, NETWORK_BALANCER, APPLICATION_BALANCER = (f"203.0.113.{number}" for number in (1, 2, 3))

CDROM = next(
    image["id"]
    for image in IMAGES
    if image["properties"]["imageType"] == "CDROM" and image["properties"]["location"] == "de/fra"
)
SHOP = "datacenters/{shop}"
WEB = f"{SHOP}/servers/{{web-01}}"
NIC = f"{WEB}/nics/{{nic}}"
GATEWAYS, NETWORK_BALANCERS, APPLICATION_BALANCERS = (
    f"{SHOP}/{collection}"
    for collection in ("natgateways", "networkloadbalancers", "applicationloadbalancers")
)
LOGGED = {"direction": "BIDIRECTIONAL", "bucket": "shop-logs"}
SSH = {"name": "ssh", "protocol": "TCP", "portRangeStart": 22, "portRangeEnd": 22}
TARGETS = [{"ip": f"10.7.222.{number}", "port": 443, "weight": 1} for number in (11, 12)]

ACCOUNT = {
    "addresses": part("ipblocks", name="all", location="de/fra", size=20),
    "block": part("ipblocks", name="shop-public", location="de/fra", size=2),
    "shop": part("datacenters", name="shop", location="de/fra"),
    "public": part(f"{SHOP}/lans", name="public", public=True),
    "private": part(f"{SHOP}/lans", name="private", public=False),
    "backend": part(f"{SHOP}/lans", name="backend", public=False),
    "database": part(f"{SHOP}/lans", name="database", public=False),
    "web-01": part(f"{SHOP}/servers", name="web-01", cores=2, ram=2048),
    "web-01-boot": part(
        f"{WEB}/volumes", name="web-01-boot", size=10, imageAlias="ubuntu:22.04", imagePassword="invented12pw"
    ),
    "cdrom": Part(f"{WEB}/cdroms", {"id": CDROM}),
    "nic": part(f"{WEB}/nics", name="public", lan="{public}"),
    "rule": part(f"{NIC}/firewallrules", **SSH),
    "nic-log": part(f"{NIC}/flowlogs", name="refused", action="REJECTED", **LOGGED),
    "label": part(f"{WEB}/labels", key="env", value="production"),
    "outdated": Part("/_emulator/marks", {"path": WEB, "outdated": True}),
    "web-02": part(f"{SHOP}/servers", name="web-02", cores=2, ram=2048),
    "other-nic": part(f"{SHOP}/servers/{{web-02}}/nics", name="public", lan="{public}"),
    "db-01": part(f"{SHOP}/servers", name="db-01", cores=4, ram=4096),
    "db-01-boot": part(
        f"{SHOP}/servers/{{db-01}}/volumes",
        name="db-01-boot",
        size=10,
        imageAlias="debian:12",
        imagePassword="invented12pw",
    ),
    "db-01-data": part(f"{SHOP}/servers/{{db-01}}/volumes", name="db-01-data", size=50, licenceType="OTHER"),
    "web-01-data": part(f"{SHOP}/volumes", name="web-01-data", size=50, type="SSD", licenceType="OTHER"),
    "attached": Part(f"{WEB}/volumes", {"id": "{web-01-data}"}),
    "upgrade": part(f"{SHOP}/volumes/{{db-01-data}}/create-snapshot", name="before-upgrade"),
    "upgrade-label": part("snapshots/{upgrade}/labels", key="env", value="production"),
    "snapshot": part(f"{SHOP}/volumes/{{db-01-data}}/create-snapshot", name="db-01-before-upgrade"),
    "balancer": Part(
        f"{SHOP}/loadbalancers",
        {
            "properties": {"name": "front", "ip": "203.0.113.16"},
            "entities": {"balancednics": {"items": [{"id": "{nic}"}]}},
        },
    ),
    "gateway": part(GATEWAYS, name="way-out", publicIps=[GATEWAY], lans=[{"id": "{private}"}]),
    "gateway-rule": part(
        f"{GATEWAYS}/{{gateway}}/rules", name="web", sourceSubnet="10.7.222.0/24", publicIp=GATEWAY
    ),
    "gateway-log": part(f"{GATEWAYS}/{{gateway}}/flowlogs", name="all", action="ALL", **LOGGED),
    "network-balancer": part(
        NETWORK_BALANCERS, name="front", listenerLan="{public}", targetLan="{private}", ips=[NETWORK_BALANCER]
    ),
    "network-balancer-rule": part(
        f"{NETWORK_BALANCERS}/{{network-balancer}}/forwardingrules",
        name="https",
        algorithm="ROUND_ROBIN",
        protocol="TCP",
        listenerIp=NETWORK_BALANCER,
        listenerPort=443,
        targets=TARGETS,
    ),
    "target-group": part("targetgroups", name="web", algorithm="RANDOM", protocol="HTTP", targets=TARGETS),
    "application-balancer": part(
        APPLICATION_BALANCERS,
        name="front",
        listenerLan="{public}",
        targetLan="{private}",
        ips=[APPLICATION_BALANCER],
    ),
    "application-balancer-rule": part(
        f"{APPLICATION_BALANCERS}/{{application-balancer}}/forwardingrules",
        name="web",
        protocol="HTTP",
        listenerIp=APPLICATION_BALANCER,
        listenerPort=80,
    ),
    "security-group": part(f"{SHOP}/securitygroups", name="web"),
    "security-rule": part(f"{SHOP}/securitygroups/{{security-group}}/rules", **SSH),
    "ada": part("um/users", email="ada@example.com", firstname="Ada", lastname="L", password=PASSWORD),
    "grace": part("um/users", email="grace@example.com", firstname="Grace", lastname="H", password=PASSWORD),
    "joan": part("um/users", email="joan@example.com", firstname="Joan", lastname="C", password=PASSWORD),
    "operators": part("um/groups", name="operators", s3Privilege=True),
    "member": Part("um/groups/{operators}/users", {"id": "{ada}"}),
    "key": part("um/users/{ada}/s3keys"),
    "share": part("um/groups/{operators}/shares/{shop}", editPrivilege=True),
    "backup-unit": part("backupunits", name="shop", email="backup@example.com", password=PASSWORD),
    "cross-connect": part("pccs", name="backend"),
    "cluster": part("k8s", name="shop"),
    "node-pool": part(
        "k8s/{cluster}/nodepools",
        name="workers",
        datacenterId="{shop}",
        nodeCount=1,
        coresCount=1,
        ramSize=2048,
        storageType="HDD",
        storageSize=20,
        availabilityZone="AUTO",
    ),
}

# -- NetFoundry ---------------------------------------------------------------------------------------------------

NETWORK = {"networkId": "{network}"}
OVERLAY = {
    "group": Part("network-groups", {"shortName": "ACMEGROUP", "name": "ACME Corporation"}),
    "network": Part("networks", {"networkGroupId": "{group}", "name": "ACME Net", "size": "small"}),
    "laptop": Part("endpoints", {**SOUND["endpoints"], **NETWORK, "name": "laptop"}),
    "exit": Part("endpoints", {**SOUND["endpoints"], **NETWORK, "name": "exit1"}),
    "router": Part(
        "edge-routers",
        {
            **SOUND["edge-routers"],
            **NETWORK,
            "name": "oregon",
            "provider": "AWS",
            "locationCode": "us-west-2",
        },
    ),
    "portal": Part("services", {**SOUND["services"], **NETWORK, "name": "portal"}),
    "pfcp": Part("services", {**SOUND["services"], **NETWORK, "name": "pfcp"}),
    "authority": Part(
        "certificate-authorities",
        {
            **NETWORK,
            "name": "Branches",
            "certPem": create()[1].decode(),
            "autoCaEnrollmentEnabled": True,
            "authEnabled": True,
        },
    ),
    "posture-check": Part("posture-checks", {**SOUND["posture-checks"], **NETWORK, "name": "known machines"}),
    "app-wan": Part("app-wans", {**SOUND["app-wans"], **NETWORK, "name": "operators"}),
    "user": Part("/identity/v1/user-identities", {"email": "ada@example.com", "name": "Ada"}),
    "bot": Part("/identity/v1/api-account-identities", {"name": "ci-bot"}),
}

# -- what differs -------------------------------------------------------------------------------------------------

WITHOUT: Mapping[str, tuple[str, ...]] = {
    "netfoundry_edge_router": ("router",),
    "netfoundry_endpoint": ("laptop", "exit"),
    "netfoundry_identity": ("user", "bot"),
    "netfoundry_network": ("network",),
    "netfoundry_service": ("portal",),
    "profitbricks_application_load_balancer": ("application-balancer",),
    "profitbricks_application_load_balancer_rule": ("application-balancer-rule",),
    "profitbricks_backupunit": ("backup-unit",),
    "profitbricks_datacenter": ("shop",),
    "profitbricks_firewall_rule": ("rule",),
    "profitbricks_flowlog": ("nic-log", "gateway-log"),
    "profitbricks_group": ("operators", "key"),
    "profitbricks_ipblock": ("block", "balancer"),
    "profitbricks_k8s_cluster": ("cluster",),
    "profitbricks_k8s_nodepool": ("node-pool",),
    "profitbricks_k8s_version_info": ("cluster",),
    "profitbricks_label": ("label",),
    "profitbricks_lan": ("public", "backend", "database"),
    "profitbricks_loadbalancer": ("balancer",),
    "profitbricks_nat_gateway": ("gateway",),
    "profitbricks_nat_gateway_rule": ("gateway-rule",),
    "profitbricks_network_load_balancer": ("network-balancer",),
    "profitbricks_network_load_balancer_rule": ("network-balancer-rule",),
    "profitbricks_nic": ("nic",),
    "profitbricks_pcc": ("cross-connect",),
    "profitbricks_request_info": ("web-01", "web-02"),
    "profitbricks_s3key": ("key",),
    "profitbricks_security_group": ("security-group",),
    "profitbricks_security_group_rule": ("security-rule",),
    "profitbricks_server": ("web-01",),
    "profitbricks_share": ("share",),
    "profitbricks_snapshot": ("snapshot",),
    "profitbricks_target_group": ("target-group",),
    "profitbricks_user": ("ada",),
    "profitbricks_volume_attachment": ("attached",),
    "profitbricks_volume": ("web-01-data", "db-01-boot"),
}

# Values of the variables that examples leave to their reader, where these depend on the module.
VARIABLES: Mapping[str, Mapping[str, str]] = {
    "profitbricks_application_load_balancer_rule": {"balancer_address": APPLICATION_BALANCER},
    "profitbricks_nat_gateway_rule": {"gateway_address": GATEWAY},
    "profitbricks_network_load_balancer_rule": {"balancer_address": NETWORK_BALANCER},
    "profitbricks_share": {"snapshot_id": "{snapshot}"},
}
EVERYWHERE = {
    "ada_password": PASSWORD,
    "image_password": "invented12pw",
    "vault_backup_password": PASSWORD,
    "public_key_file": "~/.ssh/id.pub",
}

# What a reader does outside the example, before one of its tasks.
SIGN = [sys.executable, str(example_certificates.__file__), "{{ playbook_dir }}"]
MEANWHILE: Mapping[str, Mapping[str, list[str]]] = {
    "netfoundry_certificate_authority": {
        "Create a certificate authority whose certificates enroll endpoints": SIGN,
        "Verify it with such a certificate": [
            *SIGN,
            "{{ authority.certificate_authority.verification_token }}",
        ],
    },
}

# -- building -----------------------------------------------------------------------------------------------------


def build(cloud: Cloud, plugin: str) -> dict[str, Any]:
    """Make the account for the examples of a plugin in a new cloud; answers the variables that they use."""
    for name in ("appliance-2026-11.qcow2", "appliance-2025-11.qcow2"):
        cloud.add_image({"name": name, "location": "de/fra", "size": 2})
    without = set(WITHOUT.get(plugin, ()))
    unknown = without - set(ACCOUNT) - set(OVERLAY)
    assert not unknown, f"WITHOUT names no part of an account: {unknown}"
    ids = _make(Api(cloud).call, "/", ACCOUNT, without)
    overlay = NetFoundryApi(cloud)
    # The group of the organization's first day would be a second one.
    overlay.delete(f"network-groups/{overlay.group}")
    _make(overlay.call, "", OVERLAY, without)
    return EVERYWHERE | {name: _filled(value, ids) for name, value in VARIABLES.get(plugin, {}).items()}


def _make(call: Send, root: str, parts: Mapping[str, Part], without: set[str]) -> Ids:
    """Make the parts but those ``without`` and what depends on them; answers their ids."""
    ids: Ids = {}
    missing = without & set(parts)
    for name, each in parts.items():
        if name in missing or missing & set(_named([each.path, each.body])):
            missing.add(name)
            continue
        path = _filled(each.path, ids)
        reply = call("POST", path if path.startswith("/") else root + path, _filled(each.body, ids))
        assert reply.status in (200, 201, 202), f"{name}: {reply.text}"
        made = reply.json.get("id")
        ids[name] = int(made) if each.path.endswith("/lans") else made
    return ids


def _named(value: Any) -> Iterator[str]:
    """The parts whose ids stand in a value."""
    if isinstance(value, str):
        yield from (name for _text, name, *_rest in Formatter().parse(value) if name)
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _named(each)
    elif isinstance(value, list):
        for each in value:
            yield from _named(each)


def _filled(value: Any, ids: Ids) -> Any:
    """The value with ids in it; a number stays one where it is the whole. KeyError for a part that is none."""
    if isinstance(value, str):
        name = value[1:-1]
        return ids[name] if value == f"{{{name}}}" else value.format_map(ids)
    if isinstance(value, Mapping):
        return {key: _filled(each, ids) for key, each in value.items()}
    return [_filled(each, ids) for each in value] if isinstance(value, list) else value
