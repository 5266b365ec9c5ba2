# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""NAT gateways, network and application load balancers, their rules, target groups and flow logs.

What they refer to must exist: LANs, reserved addresses, target groups (contract sections 10.30 to 10.34).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from ipaddress import IPv4Address, ip_interface, ip_network
from typing import Any

from ..addresses import Exhausted, is_ipv4, is_private
from ..call import Call
from ..errors import backend
from ..store import Record
from ..table import NEWEST, Broken
from ..validate import Draft, Site
from . import consumers, datacenters, lans, nics

# Host number of the address that a gateway has in a LAN when the caller names none (inferred).
_OWN_HOST = 225
REDIRECTS = (301, 302, 303, 307, 308)


def is_interface(text: str) -> bool:
    """Whether a text is an address, with a prefix or without."""
    try:
        ip_interface(text)
    except ValueError:
        return False
    return True


def with_prefix(text: str) -> str:
    """An address without a prefix means /24 (contract section 10.30)."""
    return text if "/" in text else f"{text}/24"


def is_subnet(text: str) -> bool:
    """Whether a text is an address or a network; bits beyond the prefix do not matter (contract section 17, no. 10,
    from which the same is inferred for all networks but those of LANs and NICs)."""
    try:
        ip_network(text, strict=False)
    except ValueError:
        return False
    return True


def public_ips(call: Call, site: Site, name: str, ips: Iterable[str], location: str | None) -> Broken:
    """Addresses that must be reserved in the location and used by nothing else."""
    for ip in ips:
        if is_private(ip):
            yield name, f"IP {ip} is private; the address must be part of an IP block"
            continue
        yield from ((name, text) for text in nics.broken_ips(call, [ip], location))
        if consumers.taken(call, ip, site):
            yield name, f"IP {ip} is still in use"


def _own_address(call: Call, datacenter: Record, number: int) -> str | None:
    """The automatic address with its /24 in a LAN; None where the LAN is gone or full."""
    lan = datacenter.children.get("lans", {}).get(str(number))
    if lan is None:
        return None
    if "pool" not in lan.private:
        return f"{call.cloud.addresses.subnet().network_address + _OWN_HOST}/24"
    first = IPv4Address(lan.private["subnet"].partition("/")[0]) + _OWN_HOST
    try:
        return f"{lan.private['pool'].take_from(str(first))}/24"
    except Exhausted:
        return None


# NAT gateways


def gateway_rules(call: Call, site: Site, values: Mapping[str, Any]) -> Broken:
    if not values["publicIps"]:
        yield "publicIps", "Attribute 'publicIps' needs at least one IP address"
    yield from public_ips(call, site, "publicIps", values["publicIps"] or (), datacenters.location_of(site))
    numbers = [lan["id"] for lan in values["lans"] or ()]
    for number in dict.fromkeys(number for number in numbers if numbers.count(number) > 1):
        yield "lans", f"LAN {number} is there more than once"
    for lan in values["lans"] or ():
        public = lans.is_public(site, lan["id"])
        if public is None:
            yield "lans", f"LAN {lan['id']} does not exist in this data center"
        elif public:
            yield "lans", f"LAN {lan['id']} is public; a NAT gateway serves private LANs"  # (inferred)
        for ip in lan["gatewayIps"] or ():
            if not is_interface(ip):
                yield "lans", f"'{ip}' is not an IP address, such as 10.0.0.5/24"


def gateway_update(call: Call, gateway: Record, changed: dict[str, Any]) -> None:
    """A public address that a rule uses stays (inferred)."""
    for rule in gateway.children.get("rules", {}).values():
        ip = rule.properties["publicIp"]
        if "publicIps" in changed and ip not in (changed["publicIps"] or ()) and not rule.leaving:
            raise backend(f"[VDC-5-1080] IP {ip} is still in use.")


def gateway_ready(call: Call, gateway: Record) -> None:
    """Each LAN that names no gateway address gets one."""
    datacenter = gateway.parent
    assert datacenter is not None
    if not gateway.alive:
        return
    known: dict[int, list[str]] = gateway.private.setdefault("own", {})
    served = []
    for lan in gateway.properties["lans"] or ():
        ips = lan["gatewayIps"] or known.get(lan["id"])
        if not ips:
            own = _own_address(call, datacenter, lan["id"])
            ips = known[lan["id"]] = [own] if own else []
        served.append({**lan, "gatewayIps": [with_prefix(ip) for ip in ips]})
    gateway.properties = {**gateway.properties, "lans": served}
    gateway.changed()


def gateway_settled(call: Call, gateway: Record, before: dict[str, Any]) -> None:
    gateway_ready(call, gateway)


def _owner(site: Site) -> Site:
    """The resource that a rule belongs to."""
    if isinstance(site, Draft):
        owner: Site | None = site.above if site.above is not None else site.parent
    else:
        owner = site.parent
    assert owner is not None
    return owner


def _around(site: Site) -> Mapping[str, Any]:
    """The properties of the resource that a rule belongs to."""
    return _owner(site).properties


def _named_addresses(balancer: Site) -> Any:
    """The addresses that a caller gave a balancer to listen on; one that it got by itself binds no rule."""
    ips = balancer.properties.get("ips")
    return None if isinstance(balancer, Record) and ips == balancer.private.get("automatic") else ips


def nat_rules(call: Call, site: Site, values: Mapping[str, Any]) -> Broken:
    if values["publicIp"] and values["publicIp"] not in (_around(site).get("publicIps") or ()):
        yield "publicIp", f"IP {values['publicIp']} is no public IP address of the NAT gateway"
    for name in ("sourceSubnet", "targetSubnet"):
        if values[name] and not is_subnet(values[name]):
            yield name, f"'{values[name]}' is not a subnet, such as 10.0.0.0/24"
    ports = values["targetPortRange"] or {}
    first, last = ports.get("start"), ports.get("end")
    if (first is not None or last is not None) and values["protocol"] == "ICMP":
        yield "targetPortRange", "Attribute 'targetPortRange' is not allowed for protocol ICMP"
    elif (first is None) != (last is None):
        yield "targetPortRange", "Attributes 'start' and 'end' must be set together"
    elif first is not None and last is not None and first > last:
        yield "targetPortRange", "Attribute 'start' must not be greater than 'end'"


# Load balancers


def balancer_rules(call: Call, site: Site, values: Mapping[str, Any]) -> Broken:
    for name in ("listenerLan", "targetLan"):
        if values[name] is not None and lans.is_public(site, values[name]) is None:
            yield name, f"LAN {values[name]} does not exist in this data center"
    public = lans.is_public(site, values["listenerLan"])
    ips = values["ips"] or ()
    if public:
        yield from public_ips(call, site, "ips", ips, datacenters.location_of(site))
    elif public is False:
        for ip in ips:
            if not is_ipv4(ip):
                yield "ips", f"'{ip}' is not a valid IPv4 address"
            elif not is_private(ip):
                yield "ips", f"IP {ip} is public; the listener LAN {values['listenerLan']} is private"
    for ip in values["lbPrivateIps"] or ():
        if not is_interface(ip):
            yield "lbPrivateIps", f"'{ip}' is not an IP address, such as 10.0.0.5/24"


def balancer_ready(call: Call, balancer: Record) -> None:
    """Without private addresses of the caller it gets one in the target LAN, and in a private listener LAN."""
    datacenter = balancer.parent
    assert datacenter is not None
    if not balancer.alive:
        return
    shown = balancer.properties

    def filled(name: str, lan: int) -> list[str]:
        own = None if shown[name] else _own_address(call, datacenter, lan)
        return shown[name] or ([own] if own else [])

    ips = list(shown["ips"] or ())
    if lans.is_public(balancer, shown["listenerLan"]) is False:
        ips = [ip.partition("/")[0] for ip in filled("ips", shown["listenerLan"])]
        if not shown["ips"]:
            balancer.private["automatic"] = ips
    private = [with_prefix(ip) for ip in filled("lbPrivateIps", shown["targetLan"])]
    balancer.properties = {**shown, "ips": ips, "lbPrivateIps": private}
    balancer.changed()


def balancer_settled(call: Call, balancer: Record, before: dict[str, Any]) -> None:
    balancer_ready(call, balancer)


def _siblings(site: Site) -> Iterator[Site]:
    """The other forwarding rules of a balancer, sent with this one or there already."""
    if isinstance(site, Draft) and site.above is not None:
        yield from (d for d in site.above.children.get("forwardingrules", ()) if d is not site)
        return
    if site.parent is not None:
        for rule in site.parent.children.get("forwardingrules", {}).values():
            if rule is not site and not rule.leaving:
                yield rule


def forwarding_rules(call: Call, site: Site, values: Mapping[str, Any]) -> Broken:
    """A rule listens where its balancer does, if that says where, and where no other rule listens (inferred)."""
    ip, port = values["listenerIp"], values["listenerPort"]
    ips = _named_addresses(_owner(site))
    if ip and ips and ip not in ips:
        yield "listenerIp", f"IP {ip} is no IP address of the load balancer"
    for other in _siblings(site):
        given = other.properties
        if (given.get("listenerIp"), given.get("listenerPort")) == (ip, port):
            kind = (
                "Network Load Balancer"
                if site.row.kind.startswith("network")
                else "Application Load Balancer"
            )
            yield "listenerIp", f"Listener IP and port combination {ip}:{port} already used by {kind}.", "371"
            return


def tcp_rules(call: Call, site: Site, values: Mapping[str, Any]) -> Broken:
    yield from forwarding_rules(call, site, values)
    yield from target_rules(call, site, values)


def tcp_ready(call: Call, rule: Record) -> None:
    """A health check that was not given has its defaults once the rule is DONE (contract section 10.31)."""
    if rule.alive and rule.properties["healthCheck"] is None:
        checks = rule.row.field_map(NEWEST)["healthCheck"].fields
        rule.properties = {**rule.properties, "healthCheck": {spec.name: spec.initial() for spec in checks}}
        rule.changed()


def target_rules(call: Call, site: Site, values: Mapping[str, Any]) -> Broken:
    for target in values["targets"] or ():
        if not is_ipv4(target["ip"]):
            yield "targets", f"'{target['ip']}' is not a valid IPv4 address"


# What each kind of HTTP rule must have, and what only it can have (contract section 10.32).
_NEEDED = {"FORWARD": "targetGroup", "REDIRECT": "location", "STATIC": "responseMessage"}
_ONLY = {
    "targetGroup": ("FORWARD",),
    "dropQuery": ("REDIRECT",),
    "location": ("REDIRECT",),
    "statusCode": ("REDIRECT", "STATIC"),
    "responseMessage": ("STATIC",),
    "contentType": ("STATIC",),
}
_KEYED = ("COOKIE", "HEADER", "QUERY")


def http_rules(call: Call, site: Site, values: Mapping[str, Any]) -> Broken:
    yield from forwarding_rules(call, site, values)
    names = [rule["name"] for rule in values["httpRules"] or ()]
    for name in dict.fromkeys(name for name in names if names.count(name) > 1):
        yield "httpRules", f"Attribute 'name' must be unique; '{name}' is there more than once"
    for rule in values["httpRules"] or ():
        yield from (("httpRules", text) for text in _broken_http_rule(call, rule))


def _broken_http_rule(call: Call, rule: Mapping[str, Any]) -> Iterator[str]:
    kind, status = rule["type"], rule["statusCode"]
    needed = _NEEDED.get(kind)
    if needed is not None and not rule[needed]:
        yield f"Attribute '{needed}' is required for rules of type {kind}"
    for name, kinds in _ONLY.items():
        # What is false, 0 or empty says nothing: clients that know no null send it (inferred).
        if rule[name] and kind not in kinds:
            yield f"Attribute '{name}' is not allowed for rules of type {kind}"
    if (
        kind == "FORWARD"
        and rule["targetGroup"]
        and call.store.find("targetgroups", rule["targetGroup"]) is None
    ):
        yield f"Target group '{rule['targetGroup']}' does not exist"
    if kind == "REDIRECT" and status is not None and status not in REDIRECTS:
        yield f"Attribute 'statusCode' of a redirection must be one of {', '.join(map(str, REDIRECTS))}"
    if kind == "STATIC" and status is not None and not 200 <= status <= 599:
        yield "Attribute 'statusCode' of a static answer must be between 200 and 599"
    for condition in rule["conditions"] or ():
        yield from _broken_condition(condition)


def _broken_condition(condition: Mapping[str, Any]) -> Iterator[str]:
    kind, how, value = condition["type"], condition["condition"], condition["value"]
    if condition["key"] and kind not in _KEYED:
        yield f"Attribute 'key' is not allowed for conditions of type {kind}"
    if kind == "SOURCE_IP":
        if how is not None:
            yield "Attribute 'condition' must be null for conditions of type SOURCE_IP"
        if value is None or not is_subnet(value):
            yield "Attribute 'value' of a SOURCE_IP condition must be a subnet, such as 10.0.0.0/24"
    elif how is None:
        yield f"Attribute 'condition' is required for conditions of type {kind}"
    elif how != "EXISTS" and not value:
        yield f"Attribute 'value' is required for the condition {how}"


_CLIENT_TIMEOUT = 50000  # ms
_DEFAULTS: dict[str, dict[str, Any]] = {
    "REDIRECT": {"statusCode": 301, "dropQuery": False},
    "STATIC": {"statusCode": 503},
}


def http_ready(call: Call, rule: Record) -> None:
    """What was not given has its default once the rule is DONE (contract section 10.32)."""
    if rule.alive:
        given = rule.properties
        http = [
            {**one, **{k: v for k, v in _DEFAULTS.get(one["type"], {}).items() if one[k] is None}}
            for one in given["httpRules"] or ()
        ]
        rule.properties = {
            **given,
            "httpRules": http,
            "clientTimeout": given["clientTimeout"] or _CLIENT_TIMEOUT,
        }
        rule.changed()


def http_settled(call: Call, rule: Record, before: dict[str, Any]) -> None:
    http_ready(call, rule)


# Target groups


def target_group_delete(call: Call, group: Record) -> None:
    """A target group that a rule forwards to stays (inferred)."""
    for datacenter in call.store.root("datacenters").values():
        for balancer in datacenter.children.get("applicationloadbalancers", {}).values():
            for rule in balancer.children.get("forwardingrules", {}).values():
                used = any(http["targetGroup"] == group.id for http in rule.properties["httpRules"] or ())
                if used and not rule.leaving:
                    raise backend(
                        f"[VDC-5-2300] Target group {group.id} is used by forwarding rule {rule.id}."
                    )


# Flow logs


def flow_log_check(call: Call, draft: Draft) -> None:
    """One for each parent (inferred)."""
    if draft.above is not None:
        others = len(draft.above.children["flowlogs"]) - 1
    else:
        assert draft.parent is not None
        others = sum(not log.leaving for log in draft.parent.children.get("flowlogs", {}).values())
    if others:
        draft.refuse_backend("[VDC-5-2310] There can be only one flow log.")
