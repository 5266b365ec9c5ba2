# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Servers: their size, power, boot devices and what is created along with them (contract sections 10.3 to 10.6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..._engine.errors import AmbiguousName, InvalidOption
from ..._engine.plan.pairing import Node, Pairs, name_of
from ..._engine.plan.rules import At, Rules
from ..._engine.plan.steps import Path, Ref, Step
from ..._engine.schema.field import Field, is_uuid
from ..._engine.schema.resource import Child
from ..._engine.service import Item, Selector
from ..resources.images import IMAGE
from ..resources.machines import TEMPLATED
from ..resources.nics import FIREWALL_RULE, NIC
from ..resources.servers import SERVER, VOLUME
from ..resources.templates import TEMPLATE
from .firewall import FirewallRules
from .images import find_image, named_image
from .labels import LABELS, labelled, with_texts
from .nic_facts import NicFacts
from .nics import NicRules
from .security import ASSIGN, assigned
from .volume_facts import VolumeFacts
from .volumes import DIRECT, GPU_STORAGE, SIZED, VolumeRules, goes_with, mark_of

if TYPE_CHECKING:
    from .volume_plan import VolumePlan

RUNNING = ("RUNNING", "BLOCKED")
OFF = {"vm_state": "SHUTOFF", "state": "INACTIVE"}
SUSPENDED = {"vm_state": "SUSPENDED"}
ON = {"vm_state": "RUNNING", "state": "AVAILABLE"}
BY_TEMPLATE = Field(
    "template",
    since=6,
    refers=TEMPLATE.kind,
    help="Name or UUID of the template for the size of a server with O(type=CUBE) or O(type=GPU), instead of "
    "O(template_uuid). A name takes one more request.",
)
CONFIDENTIAL = "SEV-SNP"  # the feature of images and CPUs of confidential servers


class ServerFacts(VolumeFacts, NicFacts):
    """What plans of servers know, with what is in them."""


class ServerRules(Rules):
    """In a node, ``power`` is the state that the server shall have: running, stopped, restarted or upgraded."""

    options = (BY_TEMPLATE, ASSIGN, LABELS)
    resolves = ("boot_volume", "boot_cdrom")

    def want(self, want: Node, have: Item | None, facts: ServerFacts, path: Path) -> Node:  # type: ignore[override]
        want = with_texts(want)
        if have is None and want.get("type") == "GPU":
            want = {**want, "volumes": [{**each, SIZED: True} for each in want.get("volumes") or ()]}
        if want.get(BY_TEMPLATE.name):
            if want.get("template_uuid"):
                raise InvalidOption("template: it means the same as template_uuid; give only one of them")
            want = {**want, "template_uuid": want[BY_TEMPLATE.name]}
        if want.get("boot_cdrom") and not is_uuid(want["boot_cdrom"]):
            image = find_image(facts, str(want["boot_cdrom"]), "boot_cdrom", (IMAGE,), "CDROM")
            want = {**want, "boot_cdrom": image and image["id"]}
        boot = want.get("boot_volume")
        if not boot or want.get("boot_cdrom"):
            return want
        first = [
            each
            for each in want.get("volumes") or ()
            if boot in (each.get("name"), str(each.get("id") or "").lower())
        ]
        if have is None and first:
            # A new server boots from the first of its volumes.
            volumes = [*first, *(each for each in want["volumes"] if each not in first)]
            return {**{key: value for key, value in want.items() if key != "boot_volume"}, "volumes": volumes}
        return {**want, "boot_volume": self._boot_volume(str(boot), want, have, facts, path)}

    def _boot_volume(
        self, boot: str, want: Node, have: Item | None, facts: ServerFacts, path: Path
    ) -> str | Ref:
        for node, there in self.volumes(want, have, facts, path):
            if boot == node.get("name") or (there and boot == there["id"]):
                return str(there["id"]) if there else Ref((*path, "volumes", name_of(VOLUME, node)))
        if is_uuid(boot):
            return boot.lower()
        attached = [each["id"] for each in (have or {}).get("volumes", ()) if each["name"] == boot]
        if len(attached) > 1:
            raise AmbiguousName(VOLUME.label, "boot_volume", boot, attached)
        return (
            attached[0] if attached else facts.named(Selector(VOLUME, "boot_volume", boot, VOLUME.identity))
        )

    # -- volumes ----------------------------------------------------------------------------------------------------

    def pair(  # type: ignore[override]
        self, child: Child, wants: Sequence[Node], have: Item | None, path: Path, facts: ServerFacts
    ) -> tuple[Pairs, list[Item]]:
        if child.resource is not VOLUME:
            return super().pair(child, wants, have, path, facts)
        # A volume that is there is attached to the server; a new server adopts it, once it is free.
        target = str(have["id"]) if have else ""
        plan = self._plan({"volumes": wants}, have, facts, path)
        found = {mark_of(node): there for node, there in plan.of.get(path, ())}
        meant = [(node, found.get(mark_of(node))) for node in wants]
        pairs: Pairs = [
            (node if there is None else {**node, "server": target}, there) for node, there in meant
        ]
        left = {each["id"] for each in plan.rest}
        return pairs, [each for each in (have or {}).get("volumes") or () if each["id"] in left]

    def volumes(self, want: Node, have: Item | None, facts: ServerFacts, path: Path) -> Pairs:
        """The volumes that are listed at a server, each with the present one that it means."""
        return self._plan(want, have, facts, path).of.get(path, [])

    def _plan(self, want: Node, have: Item | None, facts: ServerFacts, path: Path) -> VolumePlan:
        if facts.volumes is not None:
            return facts.volumes
        from .volume_plan import Listed, VolumePlan  # here, because most tasks list no volumes

        nodes = want.get("volumes") or ()
        own = [{**each, "server_id": have["id"]} for each in have["volumes"]] if have else []
        attached = {each["name"] for each in own} | {each["id"] for each in own}
        names = [
            each.get("name") for each in nodes if each.get("name") not in attached and not each.get("id")
        ]
        others = facts.volumes_named([str(each) for each in names if each])
        present = [*own, *(each for each in others if each["id"] not in attached)]
        server = Listed(path, {"name": facts.options.get("name"), **want, "volumes": nodes}, have)
        holders = facts.server_names(others) if others else {}
        return VolumePlan(present, [server], holders).assign(())

    def goes_along(self, have: Item, child: Child, each: Item, facts: ServerFacts) -> bool:  # type: ignore[override]
        """Volumes stay, except those that came with a template (contract section 10.3), unless the task says otherwise."""
        own_only = facts.resource.kind == SERVER.kind and bool(facts.options.get("delete_volumes"))
        return child.resource.kind != VOLUME.kind or own_only or goes_with(have, each)

    # -- what is refused ----------------------------------------------------------------------------------------------

    def check(self, want: Node, have: Item | None, facts: ServerFacts) -> None:  # type: ignore[override]
        if want.get("boot_volume") and want.get("boot_cdrom"):
            raise InvalidOption(
                "boot_cdrom: a server boots from either boot_volume or boot_cdrom, not from both"
            )
        kind = want.get("type") or (have or {}).get("type") or "ENTERPRISE"
        if have is None:
            _check_new(want, kind, facts)
        else:
            _check_fixed(want, have, kind)
        if kind in SIZED_BY_TASK and want.get("template_uuid"):
            raise InvalidOption(
                f"template_uuid: only a CUBE or GPU server has a template, not one of type {kind}"
            )
        if kind in (*TEMPLATED, "VCPU") and want.get("cpu_family"):
            raise InvalidOption(f"cpu_family: it cannot be chosen for a server of type {kind}; leave it out")
        _check_das(want, have, kind)
        if want.get("power") == "upgraded" and facts.version < 5:
            raise InvalidOption("state: the service upgrades servers from version 5 of its API on")
        hot = [each for each in want.get("volumes") or () if each.get("ram_hot_plug")]
        hot += [each for each in (have or {}).get("volumes", ()) if each["ram_hot_plug"]]
        if hot and want.get("ram") is not None and want["ram"] < 1024:
            raise InvalidOption(
                f"ram: the volume {hot[0].get('name')} has RAM hot plug, which needs at least 1024 MB, not {want['ram']}"
            )

    # -- calls --------------------------------------------------------------------------------------------------------

    def steps(self, steps: list[Step], want: Node, at: At, facts: ServerFacts) -> list[Step]:  # type: ignore[override]
        if at.change.verb == "delete":
            return _with_volumes(steps, at, facts)
        have = at.change.before
        facts.unmanaged += ["/".join((*at.path, "cdroms", each)) for each in _other_cdroms(want, have or {})]
        devices = self._boot_devices(want, at, facts) if have is not None else []
        waits = (at.key("stop"), at.key("suspend"), *(step.key for step in devices))
        waits += tuple(step.key for step in steps if step.verb == "attach")
        steps = _one_boots_first(steps)
        steps = [
            *devices,
            *(_one_boot_device(step, at, waits) for step in steps),
            *assigned(want, at, facts),
            *labelled(want, at, facts),
        ]
        if steps:
            from .restarts import with_restarts  # here, because an unchanged server needs none of it

            steps = with_restarts(steps, at, facts, (have or {}).get("vm_state") in RUNNING)
        power = self._power(want, at, facts, tuple(step.key for step in steps))
        first = [step for step in power if have is not None and step.verb in ("stop", "suspend")]
        return [*first, *steps, *(step for step in power if step not in first)]

    def _boot_devices(self, want: Node, at: At, facts: ServerFacts) -> list[Step]:
        """A boot device is attached before it is set."""
        have, patch, steps = at.change.before or {}, at.change.patch, []
        volume, cdrom = patch.get("boot_volume"), patch.get("boot_cdrom")
        mine = {there["id"] for _node, there in self.volumes(want, dict(have), facts, at.path) if there}
        if (
            volume
            and isinstance(volume, str)
            and volume not in mine | {each["id"] for each in have["volumes"]}
        ):
            name = facts.in_words(VOLUME.kind, volume)
            more: Any = {"body": {"id": volume}, "label": "volume", "after": {}}
            steps.append(at.step("attach", "POST", "volumes", **more).but(path=(*at.path, "volumes", name)))
        if cdrom and cdrom not in have["cdroms"]:
            shows = {"cdroms": [*have["cdroms"], cdrom]}
            more = {"body": {"id": cdrom}, "label": "CD-ROM of server", "after": {}}
            steps.append(at.step("attach", "POST", "cdroms", shows=shows, **more))
        return steps

    def _power(self, want: Node, at: At, facts: ServerFacts, before: tuple[Any, ...]) -> list[Step]:
        """The action that the wanted state needs. A new server runs by itself."""
        have, power = at.change.before, want.get("power")
        templated = ((have or {}).get("type") or want.get("type")) in TEMPLATED
        now = (have or {}).get("vm_state")
        # While a server is being created it shows no machine state yet; it will run.
        runs = now is None or now in RUNNING
        if power == "upgraded" and have is not None:
            outdated = facts.version >= 6 or have["id"] in _outdated(facts)
            return [at.step("upgrade", "POST", "upgrade", safe=True, waits_for=before)] if outdated else []
        if power == "stopped" and runs:
            verb, shows = ("suspend", SUSPENDED) if templated else ("stop", OFF)
            shown = None if have is None else {"state": "running"}
            return [at.step(verb, "POST", verb, before=shown, after={"state": power}, shows=shows, safe=True)]
        if (power == "running" and not runs) or (power == "restarted" and have is not None):
            verb = "reboot" if runs else "resume" if templated else "start"
            shown = {"state": "running" if runs else "stopped"}
            more: Any = {"before": shown, "after": {"state": "running"}, "shows": ON, "waits_for": before}
            return [at.step(verb, "POST", verb, safe=verb != "reboot", **more)]
        return []


def _outdated(facts: ServerFacts) -> list[str]:
    """The ids of the servers that need an upgrade, which only version 5 lists (contract section 1.2)."""
    needing = facts.items(SERVER, facts.around(SERVER), depth=0, also=(("upgradeNeeded", "true"),))
    return [str(item["id"]) for item in needing]


def _other_cdroms(want: Node, have: Mapping[str, Any]) -> list[str]:
    """The attached CD-ROMs but the one that the server boots from, which is all that a description can name."""
    booted = want.get("boot_cdrom", have.get("boot_cdrom"))
    return [each for each in have.get("cdroms") or () if each != booted]


# Types whose size the task sets; what a type newer than the collection needs, only the service knows.
SIZED_BY_TASK = ("ENTERPRISE", "VCPU")


def _check_new(want: Node, kind: str, facts: ServerFacts) -> None:
    needed = ("template_uuid",) if kind in TEMPLATED else ("cores", "ram") if kind in SIZED_BY_TASK else ()
    missing = [name for name in needed if want.get(name) is None]
    if missing == ["cores"] and kind == "ENTERPRISE" and _is_confidential(want, facts):
        missing = []
    if missing:
        raise InvalidOption(
            f"{', '.join(missing)}: needed to create the server {want.get('name') or ''}".rstrip()
        )
    if kind in TEMPLATED and (want.get("cores") or want.get("ram")):
        raise InvalidOption(
            f"cores, ram: the size of a {kind} server comes from its template; leave them out"
        )
    if kind == "GPU":
        _check_gpu_volume(want.get("volumes") or ())


def _check_gpu_volume(volumes: Sequence[Node]) -> None:
    """A GPU server comes with one volume, whose size its template determines (contract section 10.3)."""
    if len(volumes) != 1:
        raise InvalidOption("volumes: a GPU server is created together with one volume; list it")
    if volumes[0].get("size") is not None:
        raise InvalidOption(
            "size: the size of the volume comes from the template of its GPU server; leave it out"
        )
    if volumes[0].get("disk_type") not in (None, GPU_STORAGE):
        raise InvalidOption(f"disk_type: the volume of a GPU server is of type {GPU_STORAGE}; leave it out")


def _is_confidential(want: Node, facts: ServerFacts) -> bool:
    """Whether one of its volumes has an image for confidential servers; True until that is known.

    Such images are private, and have no alias.
    """
    named = [str(each["image"]) for each in want.get("volumes") or () if each.get("image")]
    images = [named_image(facts, each) for each in named if ":" not in each]
    needs = [each.get("required_features") or () for each in images if each]
    return bool(facts.open) or any(CONFIDENTIAL in each for each in needs)


def _check_fixed(want: Node, have: Item, kind: str) -> None:
    """What a template or a confidential image determines cannot be changed (contract section 10.3)."""
    confidential = CONFIDENTIAL in (have.get("enabled_features") or ())
    fixed = ("cores", "ram", "cpu_family") if confidential else ("cores", "ram") if kind in TEMPLATED else ()
    for name in fixed:
        if want.get(name) is not None and want[name] != have[name]:
            whose = "confidential" if confidential else kind
            raise InvalidOption(
                f"{name}: the service cannot change it for a {whose} server; it is {have[name]}. Leave it out, or delete the "
                "server and create it again"
            )


def _check_das(want: Node, have: Item | None, kind: str) -> None:
    """The volume that a template gives a CUBE server is made together with it, and with no other server."""
    present = {each["name"] for each in (have or {}).get("volumes", ())}
    new = [each for each in want.get("volumes") or () if each.get("name") not in present]
    direct = [each for each in new if each.get("disk_type") == DIRECT]
    if kind == "CUBE" and have is None and not direct:
        raise InvalidOption("volumes: a CUBE server needs a volume with disk_type=DAS; list it")
    if direct and (kind != "CUBE" or have is not None):
        raise InvalidOption(
            f"volumes: the volume {direct[0].get('name')} cannot have disk_type=DAS, which is only created "
            "together with a new CUBE server"
        )


def _one_boots_first(steps: list[Step]) -> list[Step]:
    """One volume boots first only while no other does (contract section 10.7)."""
    ordering = [step for step in steps if step.resource is VOLUME and "boot_order" in (step.after or {})]
    others = tuple(step.key for step in ordering if (step.after or {})["boot_order"] != "PRIMARY")
    return [
        step.but(waits_for=(*step.waits_for, *others))
        if step in ordering and step.key not in others
        else step
        for step in steps
    ]


def _one_boot_device(step: Step, at: At, waits: tuple[Any, ...]) -> Step:
    """Setting one boot device clears the other (contract section 10.3)."""
    if step.verb != "update" or step.path != at.path:
        return step
    shows = {
        other: None
        for given, other in (("boot_volume", "boot_cdrom"), ("boot_cdrom", "boot_volume"))
        if at.change.patch.get(given)
    }
    return step.but(shows=shows, waits_for=waits)


def _with_volumes(steps: list[Step], at: At, facts: ServerFacts) -> list[Step]:
    """Deleting the volumes too: in one call where the version can, else one after the other."""
    if not facts.options.get("delete_volumes") or at.path:
        return steps
    have = at.change.before or {}
    # For a server with a template the flag can be refused.
    if facts.version >= 6 and have.get("type") not in TEMPLATED:
        return [step.but(query={"deleteVolumes": "true"}) for step in steps]
    home = ("datacenters", at.parents["datacenter"], "volumes")
    volumes = [each for each in have.get("volumes", ()) if not goes_with(have, each)]
    return [
        *steps,
        *(
            Step(
                "delete", ("volumes", name_of(VOLUME, each)), VOLUME, "DELETE", (*home, each["id"]), safe=True
            )
            for each in volumes
        ),
    ]


SERVER_RULES = {
    SERVER.kind: ServerRules(),
    VOLUME.kind: VolumeRules(),
    NIC.kind: NicRules(),
    FIREWALL_RULE.kind: FirewallRules(),
}
