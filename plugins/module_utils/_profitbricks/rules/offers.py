# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whether a location has what a plan makes objects of: CPU families, images, templates with their cards, zones (contract
sections 10.2 and 16.3), and reserved addresses (10.10).

What a plan sends is looked at, so that only new objects and new values are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ..._engine.errors import did_you_mean
from ..._engine.plan.pairing import name_of
from ..._engine.plan.steps import Step
from ..._engine.schema.field import is_uuid
from ..._engine.schema.resource import Resource
from ..._engine.service import Item
from ..addresses import is_private, is_public
from ..resources.balancing import ALB, NAT_GATEWAY, NLB
from ..resources.compute import DATACENTER, NIC, SERVER, VOLUME
from ..resources.images import IMAGE, LOCATION, SNAPSHOT, metro_region
from ..resources.kubernetes import K8S_CLUSTER, K8S_NODEPOOL
from ..resources.network import IPBLOCK, LOADBALANCER
from ..resources.templates import TEMPLATE
from .facts import CloudFacts
from .images import named_image

SSD_ZONES = "ssd-storage-zoning"
ZONED = ("HDD", "SSD Standard")  # have zones everywhere
# Where addresses are given, by kind; those of the first share theirs with nothing else.
ALONE = {
    NAT_GATEWAY.kind: "publicIps",
    NLB.kind: "ips",
    ALB.kind: "ips",
    K8S_NODEPOOL.kind: "publicIps",
    K8S_CLUSTER.kind: "natGatewayIp",
}
ADDRESSED = {**ALONE, NIC.kind: "ips", LOADBALANCER.kind: "ip"}


class Sent(NamedTuple):
    """An object that a plan creates or changes: its path in words, its kind, and the properties as they are sent.

    ``before`` is its result, None for a new one.
    """

    where: str
    kind: str
    wire: Mapping[str, Any]
    before: Item | None = None

    @property
    def at(self) -> str:
        """How a sentence about it begins."""
        return f"{self.where}: " if self.where else ""


def sent(steps: Sequence[Step]) -> list[Sent]:
    """What the steps of a plan send, with what is nested in it."""
    found: list[Sent] = []
    for step in steps:
        body = step.body if isinstance(step.body, Mapping) else {}
        if step.verb == "create":
            found += _created(step.resource, "/".join(step.path), body)
        elif step.verb == "update":
            wire = body.get("properties", body)
            before = dict((step.change and step.change.before) or {})
            found.append(Sent("/".join(step.path), step.resource.kind, wire, before))
    return found


def _created(resource: Resource, where: str, body: Mapping[str, Any]) -> Iterator[Sent]:
    wire = body.get("properties") or {}
    yield Sent(where, resource.kind, wire)
    entities = body.get("entities") or {}
    for child in resource.children:
        for item in (entities.get(child.entity) or {}).get("items") or ():
            if "properties" not in item:
                continue  # a reference to what is there
            inner = item["properties"]
            own = name_of(child.resource, {"name": inner.get("name"), "lan": inner.get("lan")})
            yield from _created(child.resource, f"{where}/{child.name}/{own}".lstrip("/"), item)


class Home:
    """The location of a plan, as far as it is known; it is read when it is asked for."""

    def __init__(self, facts: CloudFacts) -> None:
        self._facts = facts

    @property
    def location(self) -> str:
        """Its id; empty as long as it is not read, and where an earlier task would create the data center."""
        return str((self.site or {}).get("location") or self._facts.options.get("location") or "")

    @property
    def site(self) -> Item | None:
        """The data center; None for a new one."""
        facts = self._facts
        if facts.resource.kind == DATACENTER.kind:
            return facts.have
        if DATACENTER.kind not in facts.found.parents or facts.found.missing:
            return None
        item = facts.datacenter
        return DATACENTER.decode(item, {}) if item else None

    def place(self, location: str) -> Item | None:
        """A location as a result; of the list, where that was read."""
        for read, items in self._facts.answers.items():
            if read.resource.kind == LOCATION.kind and not read.item_id:
                return next((LOCATION.decode(each, {}) for each in items if each["id"] == location), None)
        item = self._facts.item(LOCATION, {}, location) if location else None
        return LOCATION.decode(item, {}) if item else None

    def told(self, name: str) -> Any:
        """What the data center, or else its location, tells of itself; None where nobody does."""
        shown = (self.site or {}).get(name)
        if shown or self.site is not None:
            return shown
        return (self.place(self.location) or {}).get(name)

    @property
    def families(self) -> dict[str, Item]:
        return {
            each["cpu_family"]: each for each in self.told("cpu_architecture") or () if each.get("cpu_family")
        }

    def aliases(self) -> list[str]:
        """The aliases of images here; a location within another one has those of that one, too (contract section 10.2)."""
        found: list[str] = []
        for location in dict.fromkeys((self.location, metro_region(self.location))):
            found += (self.place(location) or {}).get("image_aliases") or ()
        return found

    def reaches(self, location: Any) -> bool:
        """Whether images, snapshots and addresses of a location can be used here."""
        return location in (self.location, metro_region(self.location))


def of_location(facts: CloudFacts, steps: Sequence[Step], thorough: bool = False) -> Iterator[str]:
    """What a plan needs, and the location does not have; in check mode, or if ``thorough``, also whether images that only
    an alias names fit into their volumes, which takes a request.
    """
    home, thorough = Home(facts), thorough or facts.check_mode
    for each in sent(steps):
        if each.kind == VOLUME.kind and each.before is None:
            yield from _of_volume(facts, home, each, thorough)
        elif each.kind == SERVER.kind and each.before is None:
            yield from _of_server(facts, home, each)


# -- servers ------------------------------------------------------------------------------------------------------------


def _of_server(facts: CloudFacts, home: Home, server: Sent) -> Iterator[str]:
    template = server.wire.get("templateUuid")
    if not template:
        return
    items = {item["id"]: TEMPLATE.decode(item, {}) for item in facts.items(TEMPLATE, {})}
    if not items:
        return
    if template not in items:
        yield f"{server.at}template_uuid: there is no template {template!r}"
        return
    wanted = [each["model"] for each in items[template]["gpus"] or ()]
    cards = {each["model"] for each in (home.told("gpu_architecture") if wanted else None) or ()}
    missing = [each for each in wanted if each not in cards]
    if missing and home.location:
        yield f"{server.at}template_uuid: the location has no graphics cards of model {missing[0]}"


# -- volumes ------------------------------------------------------------------------------------------------------------


def _of_volume(facts: CloudFacts, home: Home, volume: Sent, thorough: bool) -> Iterator[str]:
    wire, kind = volume.wire, volume.wire.get("type") or "HDD"
    zone = wire.get("availabilityZone")
    if zone not in (None, "AUTO") and kind not in ZONED:
        features = home.told("features")
        if features and SSD_ZONES not in features:
            yield f"{volume.at}availability_zone: the location has no zones for volumes of type {kind}; set AUTO"
    alias, named = wire.get("imageAlias"), wire.get("image")
    if alias and (known := home.aliases()) and str(alias).lower() not in map(str.lower, known):
        meant = did_you_mean(str(alias), known)
        yield f"{volume.at}image: {str(alias)!r} not found in location {home.location!r} of the data center{meant}"
    image = _image(facts, str(named or (alias if thorough else "") or ""))
    if image is None:
        return
    if home.location and not home.reaches(image["location"]):
        yield (
            f"{volume.at}image: {image['name']} is in location {image['location']}, and cannot be used in "
            f"{home.location}"
        )
    least, size = image.get("size"), wire.get("size")
    if least and size and size < least:
        yield f"{volume.at}size: {size} GB, but the image {image['name']} needs at least {least:g} GB"


def _image(facts: CloudFacts, named: str) -> Item | None:
    """The image or snapshot that is meant by an id or alias, as a result; out of what was read, where that shows it."""
    if not named:
        return None
    if is_uuid(named):
        for read, items in facts.answers.items():
            resource = {IMAGE.kind: IMAGE, SNAPSHOT.kind: SNAPSHOT}.get(read.resource.kind)
            found = [item for item in items if resource and item["id"] == named and "properties" in item]
            if found and resource:
                return resource.decode(found[0], {})
    return named_image(facts, named)


# -- addresses ----------------------------------------------------------------------------------------------------------


def of_addresses(facts: CloudFacts, steps: Sequence[Step]) -> Iterator[str]:
    """Public addresses that a plan sets and that are not reserved here, or used by something else."""
    given = [
        (each, ip)
        for each in sent(steps)
        for ip in addresses_of(each)
        if is_public(ip) and ip not in held(each.before)
    ]
    if not given:
        return
    blocks = [IPBLOCK.decode(item, {}) for item in facts.items(IPBLOCK, {}, lenient=True)]
    home = Home(facts)
    if not blocks and not facts.open:
        facts.warnings.append(
            "preflight: there are no reserved addresses that this user can see, so none were checked"
        )
        return
    for each, ip in given:
        found = next((block for block in blocks if ip in block["ips"]), None)
        if found is None:
            yield f"{each.at}{ip} is not reserved; reserve an IP block, and use its addresses"
        elif home.location and not home.reaches(found["location"]):
            yield f"{each.at}{ip} is reserved in location {found['location']}, and cannot be used in {home.location}"
        elif each.kind in ALONE and (users := _users(facts, found, ip)):
            yield f"{each.at}{ip} is in use by {users[0]}"


def addresses_of(each: Sent) -> list[str]:
    """The addresses that an object is to have."""
    value = each.wire.get(ADDRESSED.get(each.kind, ""))
    return [str(ip) for ip in (value if isinstance(value, list) else [value]) if isinstance(ip, str) and ip]


def held(item: Mapping[str, Any] | None) -> list[str]:
    """The addresses that an object has, given its result."""
    have = item or {}
    return [*(have.get("ips") or ()), *(have.get("public_ips") or ()), *filter(None, [have.get("ip")])]


def _users(facts: CloudFacts, block: Item, ip: str) -> list[str]:
    """Who uses an address of a block; in a data center as a whole, what the plan takes it from may be who has it now."""
    own = str((facts.have or {}).get("id")) if facts.resource.kind == DATACENTER.kind else ""
    return [
        str(
            each["server_name"]
            or each["k8s_nodepool_id"]
            or each["k8s_cluster_id"]
            or each["datacenter_name"]
        )
        for each in block["ip_consumers"]
        if each["ip"] == ip and each["datacenter_id"] != own
    ]


def doubles(before: Item, after: Item) -> Iterator[str]:
    """Private addresses that a plan gives to a NIC, and another one of its LAN has. The service takes them.

    Public ones may be there twice: NICs that share the address of a failover group join it (contract section 10.11).
    """
    old = {(nic.get("id"), ip) for _where, nic in nics_of(before) for ip in nic.get("ips") or ()}
    found: dict[tuple[str, str], list[tuple[str, bool]]] = {}
    for where, nic in nics_of(after):
        lan = str(nic.get("lan_name") or nic.get("lan"))
        for ip in filter(is_private, nic.get("ips") or ()):
            found.setdefault((lan, ip), []).append((where, (nic.get("id"), ip) not in old))
    for (_lan, ip), several in found.items():
        if len(several) > 1 and any(new for _where, new in several):
            yield f"{' and '.join(sorted(where for where, _new in several))} would both have the address {ip}, in one LAN"


def nics_of(tree: Item) -> Iterator[tuple[str, Item]]:
    """All NICs of a tree, each with its path."""
    for server in tree.get("servers") or ():
        for nic in server.get("nics") or ():
            yield f"servers/{name_of(SERVER, server)}/nics/{name_of(NIC, nic)}", nic
