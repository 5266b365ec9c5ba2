# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whether a plan fits: limits of the contract, of a server and of the location (contract section 16).

A whole data center is looked at before it is built. The service itself refuses a single object before
anything has changed, so single objects are only looked at in check mode.

Only what is certain to be refused is a problem. What a plan frees is available to it, whatever the order of its steps. If
the unit of a limit is uncertain and only the smaller one is exceeded, that is a warning.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ..._engine.errors import CloudError, did_you_mean
from ..._engine.plan.pairing import name_of
from ..._engine.plan.planner import Plan
from ..._engine.plan.steps import Ref, Step
from ..._engine.schema.resource import Resource
from ..._engine.service import Item
from ..resources.account import CONTRACT
from ..resources.balancing import ALB, ALB_RULE, NAT_GATEWAY, NAT_GATEWAY_RULE, NLB, NLB_RULE
from ..resources.compute import DATACENTER, LAN, NIC, SERVER, VOLUME
from ..resources.flowlogs import FLOWLOG
from ..resources.kubernetes import K8S_CLUSTER
from ..resources.network import IPBLOCK
from ..resources.security import SECURITY_GROUP, SECURITY_GROUP_RULE
from .belonging import USES, doubtful, lacking
from .facts import CloudFacts
from .handover import exchanges
from .offers import Home, doubles, of_addresses, of_location, sent

MOST_DEVICES = 24  # volumes and NICs of a server
MOST_CDROMS = 2
# What its own module adds to a server: its kind, and the collection of the server.
DEVICES = {
    "nic": "nics",
    "volume": "volumes",
    "volume_attachment": "volumes",
    "cdrom_attachment": "cdroms",
}
NESTED = {NAT_GATEWAY_RULE.kind: NAT_GATEWAY, NLB_RULE.kind: NLB, ALB_RULE.kind: ALB}
GROWING = ("cores", "ram", "size")
COUNTED = (
    "server",
    "volume",
    "ipblock",
    "k8s_cluster",
    "nat_gateway",
    "network_load_balancer",
    "security_group",
    "security_group_rule",
)
OFF = ("SHUTOFF",)
ADDRESSES = "reserved IP addresses"
# By the name in a sentence: what is in use, and the most that can be.
FIGURES = {
    "cores": ("cores_provisioned", "cores_per_contract"),
    "MB of RAM": ("ram_provisioned", "ram_per_contract"),
    "MB of HDD storage": ("hdd_volume_provisioned", "hdd_limit_per_contract"),
    "MB of SSD storage": ("ssd_volume_provisioned", "ssd_limit_per_contract"),
    "network load balancers": ("nlb_provisioned", "nlb_limit_total"),
    "NAT gateways": ("nat_gateway_provisioned", "nat_gateway_limit_total"),
    "Kubernetes clusters": ("k8s_clusters_provisioned", "k8s_cluster_limit_total"),
    ADDRESSES: ("reserved_ips_on_contract", "reservable_ips"),
}
STORAGE = ("MB of HDD storage", "MB of SSD storage")


class DoesNotFit(CloudError):
    """A plan that the service would refuse; ``problems`` has one sentence for each problem."""

    def __init__(self, problems: Sequence[str], advice: str = "") -> None:
        self.problems = tuple(problems)
        super().__init__(f"The plan does not fit: {'; '.join(problems)}. Nothing was changed{advice}")

    def facts(self) -> dict[str, Any]:
        return {"problems": list(self.problems)}


class Limits(NamedTuple):
    """What the contract allows and uses; empty if the user may not read it."""

    known: Mapping[str, Any]

    def most(self, name: str) -> int | None:
        value = self.known.get(name)
        return None if value is None else int(value)


def must_fit(facts: CloudFacts, plan: Plan) -> None:
    """Raise DoesNotFit with everything that exceeds a limit; uncertain cases become warnings of the facts."""
    problems = misfits(facts, plan)
    if problems:
        raise DoesNotFit(problems, "; to try anyway, set preflight=false")


def misfits(facts: CloudFacts, plan: Plan) -> list[str]:
    """What `must_fit` refuses of the plan of a whole data center, which may be one that cannot be made."""
    if facts.options.get("preflight") is False or not plan.steps or plan.after is None:
        return []
    return _problems(facts, plan, facts.have or {}, plan.after)


def would_fit(facts: CloudFacts, plan: Plan) -> None:
    """In check mode, the same for the plan of a single object."""
    if plan.after is None:
        return
    before, after = _surroundings(facts, plan)
    problems = _problems(facts, plan, before, after)
    if problems:
        raise DoesNotFit(problems)


def _problems(facts: CloudFacts, plan: Plan, before: Item, after: Item) -> list[str]:
    """All that stands in the way; none as long as something is to be read."""
    grows = _grows(plan)
    limits = Limits(_limits(facts) if grows else {})
    offered = _offered(facts, after, plan)
    problems = [
        *_of_contract(limits, before, after, facts.warnings),
        *_of_servers(limits, offered, before, after),
        *_of_volumes(limits, before, after),
        *_of_groups(limits, before, after),
        *_of_assignments(limits, plan.steps),
    ]
    addresses, located = list(of_addresses(facts, plan.steps)), list(of_location(facts, plan.steps))
    if problems or addresses or located:
        # Nothing will be done, so that another request does no harm, and all is told as in check mode.
        located = list(of_location(facts, plan.steps, thorough=True))
    problems += [*located, *addresses]
    lacks = lacking(before, after, plan.steps)
    whole = facts.resource.kind == DATACENTER.kind
    if facts.open:
        return []
    doubts = [*doubles(before, after), *doubtful(before, after, plan.steps)]
    if whole:
        problems += lacks
        doubts += exchanges(plan.steps)
    else:
        # What belongs to a single object has a task of its own, which may come before this one.
        doubts += [f"{each}; the service refuses it unless an earlier task changes that" for each in lacks]
    facts.warnings += [f"preflight: {each}" for each in doubts]
    if grows and not limits.known:
        facts.warnings.append("preflight: this user cannot read the contract, so its limits were not checked")
    return problems


def _surroundings(facts: CloudFacts, plan: Plan) -> tuple[Item, Item]:
    """A single object before and after, in a tree of what its limits count; servers and groups with what is in them."""
    resource, have, after = facts.resource, facts.have, plan.after or {}
    if resource.kind in (LAN.kind, FLOWLOG.kind, *NESTED):
        return _with_owner(facts, resource, have, after)
    if resource.kind in DEVICES:
        server_id = facts.found.parents.get(SERVER.kind) or after.get("server_id")
        return _server_with(facts, resource, after, server_id, have)
    if resource.kind == SECURITY_GROUP_RULE.kind:
        group = facts.item(
            SECURITY_GROUP,
            facts.around(SECURITY_GROUP),
            facts.found.parents[SECURITY_GROUP.kind],
            depth=2,
        )
        known = SECURITY_GROUP.decode(group, {}) if group else {"id": "", "rules": []}
        grown = {**known, "rules": [*known["rules"], *([] if have else [after])]}
        return {SECURITY_GROUP.plural: [known]}, {SECURITY_GROUP.plural: [grown]}
    if resource.kind == SECURITY_GROUP.kind and have is None:
        others = [SECURITY_GROUP.decode(item, {}) for item in facts.here(SECURITY_GROUP)]
        return {resource.plural: others}, {resource.plural: [*others, after]}
    old = {resource.plural: [have], VOLUME.plural: have.get("volumes") or ()} if have else {}
    new = {resource.plural: [after], VOLUME.plural: after.get("volumes") or ()}
    if resource.kind == NAT_GATEWAY.kind and _sets("lans", have, after):
        new[LAN.plural] = [LAN.decode(each, {}) for each in facts.here(LAN)]
    return old, new


def _with_owner(facts: CloudFacts, resource: Resource, have: Item | None, after: Item) -> tuple[Item, Item]:
    """A rule or a new flow log with what it belongs to, or a LAN with the NICs that head its failover groups; nothing
    where the plan changes nothing of that.
    """
    if resource.kind == LAN.kind:
        changed = _sets("ip_failover", have, after)
        servers = [SERVER.decode(each, {}) for each in facts.here(SERVER, depth=3)] if changed else []
        return {SERVER.plural: servers}, {SERVER.plural: servers}
    if resource.kind == FLOWLOG.kind:
        present = facts.items(resource, facts.found.parents) if have is None else ()
        logs = [resource.decode(each, {}) for each in present]
        return {"flow_logs": logs}, {"flow_logs": [*logs, after]}
    owner = NESTED[resource.kind]
    if not _sets(USES[owner].option, have, after):
        return {}, {}
    item = facts.item(owner, facts.around(owner), facts.found.parents[owner.kind], depth=0)
    known = owner.decode(item, {}) if item else {}
    old, new = ({**known, "rules": [each] if each else []} for each in (have, after))
    return {owner.plural: [old]}, {owner.plural: [new]}


def _sets(option: str, have: Item | None, after: Item) -> bool:
    """Whether a plan gives an object another value of an option."""
    return bool(after.get(option) != (have or {}).get(option))


def _server_with(
    facts: CloudFacts, resource: Resource, after: Item, server_id: Any, have: Item | None
) -> tuple[Item, Item]:
    """A volume, NIC or CD-ROM, and the server that it is added to."""
    own = {VOLUME.plural: [after]} if resource.kind == VOLUME.kind else {}
    old = {VOLUME.plural: [have]} if have and own else {}
    stays = have is not None and (have.get("server_id"), have.get("ips")) == (server_id, after.get("ips"))
    if server_id is None or isinstance(server_id, Ref) or stays:
        return old, own
    # A NIC with addresses is compared with those of all servers.
    all_of_them = resource.kind == NIC.kind and after.get("ips")
    if all_of_them:
        items = facts.here(SERVER, depth=3)
    else:
        items = [item for item in [facts.item(SERVER, facts.around(SERVER), str(server_id), depth=2)] if item]
    servers = [SERVER.decode(item, {}) for item in items]
    name = DEVICES[resource.kind]
    more = [
        {**each, name: [*(one for one in each[name] if _id(one) != after.get("id")), after]}
        if each["id"] == server_id
        else each
        for each in servers
    ]
    return {**old, SERVER.plural: servers}, {**own, SERVER.plural: more}


def _id(each: Any) -> Any:
    """The id of a device of a server, which may be all that is shown of it."""
    return each["id"] if isinstance(each, Mapping) else each


def _grows(plan: Plan) -> bool:
    """Whether a plan creates or enlarges anything with a limit, at any depth."""
    for step in plan.steps:
        if step.verb == "create" and (step.resource.kind in COUNTED or _has_contents(step)):
            return True
        before, after = step.before or {}, step.after or {}
        if step.verb in ("start", "assign") or any(
            (after.get(name) or 0) > (before.get(name) or 0) for name in GROWING
        ):
            return True
    return False


def _has_contents(step: Step) -> bool:
    """Whether a data center is created with contents that a limit counts."""
    return not step.path and any((step.after or {}).get(name) for name in ("servers", "volumes"))


def _offered(facts: CloudFacts, after: Item, plan: Plan) -> dict[str, Item]:
    """The CPU families of the location. A data center that was read lists them; otherwise they take a request."""
    whole = facts.resource.kind == DATACENTER.kind
    named = any(each.get("cpu_family") for each in after.get("servers") or ())
    if whole and facts.have is not None or named and (whole or _sizes(plan)):
        return Home(facts).families
    return {}


def _sizes(plan: Plan) -> bool:
    """Whether a plan sets the size or the CPU family of a server."""
    return any(
        each.kind == SERVER.kind and {"cores", "ram", "cpuFamily"} & set(each.wire)
        for each in sent(plan.steps)
    )


def _limits(facts: CloudFacts) -> Mapping[str, Any]:
    items = facts.items(CONTRACT, {}, lenient=True)
    return (CONTRACT.decode(items[0], {})["resource_limits"] or {}) if items else {}


# -- the contract -------------------------------------------------------------------------------------------------------


def _of_contract(limits: Limits, before: Item, after: Item, warnings: list[str]) -> Iterator[str]:
    old, new = _use(before, before), _use(after, before)
    for what, (used_name, most_name) in FIGURES.items():
        used, most, more = limits.most(used_name), limits.most(most_name), new[what] - old[what]
        if used is None or most is None or more <= 0 or used + more <= most:
            continue
        said = f"{what}: {used} of {most} used, this plan adds {more}: {used + more - most} too many"
        # A GB of a limit may be 1000 MB (contract section 16.1).
        if what in STORAGE and used + more * 1000 // 1024 <= most:
            warnings.append(f"preflight: {said}, unless the service counts 1000 MB as a GB")
        elif what == ADDRESSES and (limits.most("reserved_ips_in_use") or 0) + more <= used:
            # Documented as the maximum of the contract, and named as what it has (contract section 16.1).
            warnings.append(
                f"preflight: {said}, unless reserved_ips_on_contract is a limit, and not what is reserved"
            )
        else:
            yield said


def _use(tree: Item, before: Item) -> dict[str, int]:
    """What a tree uses, by the keys of `FIGURES`. A new server runs, if only until it is stopped."""
    there = {each["id"] for each in before.get("servers") or ()}
    running = [
        each
        for each in tree.get("servers") or ()
        if (each.get("type") or "ENTERPRISE") == "ENTERPRISE"
        and (each["id"] not in there or each.get("vm_state") not in OFF)
    ]
    volumes = tree.get("volumes") or ()
    return {
        "cores": sum(int(each.get("cores") or 0) for each in running),
        "MB of RAM": sum(int(each.get("ram") or 0) for each in running),
        "MB of HDD storage": sum(_megabytes(each) for each in volumes if _storage(each) == "hdd"),
        "MB of SSD storage": sum(_megabytes(each) for each in volumes if _storage(each) == "ssd"),
        "network load balancers": len(tree.get("network_load_balancers") or ()),
        "NAT gateways": len(tree.get("nat_gateways") or ()),
        "Kubernetes clusters": len(tree.get(K8S_CLUSTER.plural) or ()),
        ADDRESSES: sum(int(each.get("size") or 0) for each in tree.get(IPBLOCK.plural) or ()),
    }


def _megabytes(volume: Item) -> int:
    return int((volume.get("size") or 0) * 1024)


def _storage(volume: Item) -> str:
    kind = str(volume.get("disk_type") or "HDD")
    return "" if kind == "DAS" else "hdd" if kind == "HDD" else "ssd"


# -- one object ---------------------------------------------------------------------------------------------------------


def _by_id(items: Sequence[Item]) -> dict[Any, Item]:
    return {each["id"]: each for each in items if each.get("id")}


def _of_servers(limits: Limits, offered: Mapping[str, Item], before: Item, after: Item) -> Iterator[str]:
    """How new and changed servers exceed what the contract and the location allow."""
    there = _by_id(before.get("servers") or ())
    for server in after.get("servers") or ():
        old = there.get(server.get("id"), {})
        name = f"servers/{name_of(SERVER, server)}"
        own = offered.get(server.get("cpu_family"), {})
        for field, unit, most_name, own_name in (
            ("cores", "", "cores_per_server", "max_cores"),
            ("ram", " MB", "ram_per_server", "max_ram"),
        ):
            bounds = [each for each in (limits.most(most_name), own.get(own_name)) if each]
            value = server.get(field)
            if value and bounds and value > min(bounds) and value != old.get(field):
                most = f"a server can have at most {min(bounds)}{unit}"
                yield f"{name}: {field}: {value}{unit}, but {most}"
        family = server.get("cpu_family")
        if family and offered and family not in offered and family != old.get("cpu_family"):
            meant = did_you_mean(family, offered)
            yield f"{name}: cpu_family: the location has no {family!r}{meant}; it has {', '.join(sorted(offered))}"
        cdroms = len(server.get("cdroms") or ())
        if cdroms > MOST_CDROMS and cdroms > len(old.get("cdroms") or ()):
            yield f"{name}: {cdroms} CD-ROMs, but a server can have at most {MOST_CDROMS}"
        devices = len(server.get("volumes") or ()) + len(server.get("nics") or ())
        if devices > MOST_DEVICES and devices > len(old.get("volumes") or ()) + len(old.get("nics") or ()):
            yield f"{name}: {devices} volumes and NICs, but a server can have at most {MOST_DEVICES}"


def _of_volumes(limits: Limits, before: Item, after: Item) -> Iterator[str]:
    there = _by_id(before.get("volumes") or ())
    for volume in after.get("volumes") or ():
        kind, size = _storage(volume), volume.get("size") or 0
        most = limits.most(f"{kind}_limit_per_volume") if kind else None
        # With the smaller of the two possible units, so that nothing is refused that might fit.
        if most and size * 1000 > most and size != there.get(volume.get("id"), {}).get("size"):
            limit = f"a volume of its type can have at most {most // 1024} GB"
            yield f"volumes/{name_of(VOLUME, volume)}: size: {size} GB, but {limit}"


def _of_groups(limits: Limits, before: Item, after: Item) -> Iterator[str]:
    """Security groups: how many there are, and their rules."""
    groups, old = after.get("security_groups") or (), before.get("security_groups") or ()
    yield from _too_many(
        "security_groups", "security groups", len(groups), len(old), limits.most("security_groups_per_vdc")
    )
    rules = {each["id"]: len(each.get("rules") or ()) for each in old}
    for group in groups:
        count = len(group.get("rules") or ())
        most = limits.most("rules_per_security_group")
        yield from _too_many(
            f"security_groups/{group.get('name')}", "rules", count, rules.get(group.get("id"), 0), most
        )


def _of_assignments(limits: Limits, steps: Sequence[Step]) -> Iterator[str]:
    """Security groups of one server or NIC, whose number a call of its own sets."""
    most = limits.most("security_groups_per_resource")
    for step in steps:
        if step.verb == "assign":
            count, before = len(set(step.body["ids"])), len((step.before or {}).get("security_groups") or ())
            yield from _too_many(
                "/".join(step.path) or step.resource.label, "security groups", count, before, most
            )


def _too_many(where: str, what: str, count: int, before: int, most: int | None) -> Iterator[str]:
    if most is not None and count > most and count > before:
        yield f"{where}: {count} {what}, but there can be at most {most}"
