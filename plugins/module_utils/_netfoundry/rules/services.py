# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Services, and the models that describe them (contract sections 8.0, 8.7 and 8.9)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..._engine.errors import InvalidOption, NotFound
from ..._engine.plan.compare import Change
from ..._engine.plan.facts import Facts
from ..._engine.plan.pairing import Node
from ..._engine.plan.rules import At
from ..._engine.plan.steps import Path, Step, url
from ..._engine.service import Item
from ..resources.networks import NETWORK
from ..resources.services import CONFIG, SERVICE
from .config_types import check_config_types
from .failures import MadeLater
from .names import check_config_names, queued

ADVANCED = "AdvancedTunnelerToEndpoint"
# What belongs to each model beside the ingress (contract section 8.7).
EGRESS = {
    "TunnelerToSdk": None,
    "TunnelerToEndpoint": "server_egress",
    "TunnelerToEdgeRouter": "edge_router_hosts",
    ADVANCED: "server_egress",
}
MODEL = ("client_ingress", "server_egress", "edge_router_hosts", "bind_endpoint_attributes")
EDGE_ROUTERS = "edge_router_attributes"  # of the model as well
SIMPLE_INGRESS, MANY = ("host", "port"), ("addresses", "ports", "protocols")
SIMPLE_EGRESS = ("protocol", "host", "port")
# For each dimension of an advanced egress: one fixed value, or forwarding what is allowed; and the ingress's name for it.
DIMENSIONS = (
    ("host", "forward_host", "allowed_hosts", "addresses"),
    ("port", "forward_port", "allowed_port_ranges", "ports"),
    ("protocol", "forward_protocol", "allowed_protocols", "protocols"),
)


class ServiceRules(MadeLater):
    def want(self, want: Node, have: Item | None, facts: Facts, path: Path) -> Node:
        """What follows from what a task says of a service."""
        want = dict(super().want(want, have, facts, path))
        if have is None and any(want.get(name) for name in MODEL):
            want.setdefault("model_type", _model_type(want))
        if (want.get("model_type") or (have or {}).get("model_type")) == ADVANCED:
            if have is None:
                want.setdefault("server_egress", {})
            if want.get("server_egress") is not None:
                want["server_egress"] = _egress(want, creating=have is None)
        return want

    def check(self, want: Node, have: Item | None, facts: Facts) -> None:
        """Refuse a model that does not fit together, and what the network has already, or has not."""
        _check_model(want, have)
        check_config_names(want, have, facts)
        check_config_types(want, have, facts)
        super().check(want, have, facts)

    def body(self, body: Any, want: Node, change: Change) -> Any:
        """The service wants a model without what does not apply, and its type along with it; configs need none."""
        if change.verb == "update":
            # The service ignores them in a change of a service: they are changed by themselves.
            body = {name: value for name, value in body.items() if name != "configs"}
        if "model" not in body:
            return body
        model_type = (change.after or {}).get("model_type")
        if model_type is None:
            return {name: value for name, value in body.items() if name != "model"}
        return {**body, "modelType": model_type, "model": _pruned(body["model"])}

    def steps(self, steps: list[Step], want: Node, at: At, facts: Facts) -> list[Step]:
        """Configurations are objects of their own, and changed as such."""
        steps = super().steps(steps, want, at, facts)
        if at.change.verb != "update" or "configs" not in at.change.patch:
            return steps
        have = at.change.before or {}
        present = {each["type"]: each for each in have["configs"]}
        own = (
            [each for each in steps if each.key == at.key("update")]
            if set(at.change.patch) == {"configs"}
            else []
        )
        steps = [each.but(**_without_configs(each)) for each in steps if each not in own]
        network = {NETWORK.kind: str(have["network_id"])}
        changes = []
        for config in at.change.patch["configs"]:
            before = present[config["type"]]
            if before != config:
                config_id = _config_id(facts, network, str(before["name"]))
                changes.append(_configuring(at, config_id, before, config))
        return [*steps, *queued(changes)]


def _check_model(want: Node, have: Item | None) -> None:
    """Refuse a model that does not fit together. Raises InvalidOption."""
    ingress, egress = want.get("client_ingress") or {}, want.get("server_egress") or {}
    for name, ranges in (
        ("client_ingress.ports", ingress.get("ports")),
        ("server_egress.allowed_port_ranges", egress.get("allowed_port_ranges")),
    ):
        for each in ranges or ():
            if each["low"] > each["high"]:
                raise InvalidOption(f"{name}: {each['low']} is above {each['high']}")
    model_type = (have or want).get("model_type")
    if have is not None:
        _check_configs(want, have)
    if model_type is None:
        _check_without_model(want, have)
        return
    if have is None and want.get("configs"):
        raise InvalidOption("configs: they replace a model and cannot be combined with its options")
    for name in filter(None, ("client_ingress", EGRESS[model_type])):
        if have is None and not want.get(name):
            raise InvalidOption(f"{name}: needed to create a service of type {model_type}")
    other = {"server_egress", "edge_router_hosts"} - {EGRESS[model_type]}
    for name in sorted(other):
        if want.get(name):
            raise InvalidOption(f"{name}: it cannot be used with a service of type {model_type}")
    _check_parts(want, have is None, model_type)


def _check_without_model(want: Node, have: Item | None) -> None:
    """Refuse what belongs to a model where there is none: the service would take it, and keep nothing of it."""
    for name in (*MODEL, EDGE_ROUTERS):
        if not want.get(name):
            continue
        if have is None:
            routers = name == EDGE_ROUTERS and want.get("configs")
            advice = (
                "; a service edge router policy selects the routers that carry other services"
                if routers
                else ""
            )
            raise InvalidOption(f"{name}: it is part of a model, which needs client_ingress{advice}")
        raise InvalidOption(
            f"{name}: the service {have['name']} has no model, and cannot get one; delete the service and create it again"
        )


def _check_parts(want: Node, creating: bool, model_type: str) -> None:
    """Refuse an ingress or an egress that lacks something, or has what its model does not know (contract section 8.7)."""
    known = {"client_ingress": MANY if model_type == ADVANCED else SIMPLE_INGRESS}
    if model_type == "TunnelerToEndpoint":
        known["server_egress"] = SIMPLE_EGRESS
    for option, names in known.items():
        said = want.get(option) or {}
        for name in said:
            if said[name] not in (None, [], False) and name not in names:
                raise InvalidOption(f"{option}.{name}: it cannot be used with a service of type {model_type}")
        for name in names if creating and said else ():
            if said.get(name) in (None, "", []):
                raise InvalidOption(f"{option}.{name}: needed to create a service of type {model_type}")


def _check_configs(want: Node, have: Item) -> None:
    """Refuse what cannot become of the configurations of a service. Raises InvalidOption."""
    if "configs" not in want:
        return
    if have.get("model_type"):
        raise InvalidOption(f"configs: the service {have['name']} has a model, which they cannot replace")
    wanted, present = (
        {each["type"] for each in listed or ()} for listed in (want["configs"], have["configs"])
    )
    if wanted != present:
        raise InvalidOption(
            f"configs: the service {have['name']} has configurations of the types "
            f"{', '.join(sorted(present)) or 'none'}, which cannot be changed (wanted "
            f"{', '.join(sorted(wanted)) or 'none'}); delete the service and create it again"
        )


def _without_configs(step: Step) -> dict[str, Any]:
    """What a step shows without the configurations, which have steps of their own."""
    shown = {"before": step.before, "after": step.after}
    return {
        name: value and {key: each for key, each in value.items() if key != "configs"}
        for name, value in shown.items()
    }


def _config_id(facts: Facts, network: Mapping[str, str], name: str) -> str:
    """The id of a configuration of the network. Raises NotFound for one that is gone meanwhile."""
    for item in facts.items(CONFIG, network, name=name):
        if str(item["name"]).lower() == name.lower():
            return str(item["id"])
    raise NotFound(CONFIG.label, "configs", name, "the network")


def _configuring(at: At, config_id: str, before: Mapping[str, Any], config: Mapping[str, Any]) -> Step:
    path = (*at.path, "configs", str(config["name"]))
    changed = {name: value for name, value in config.items() if value != before.get(name)}
    return Step(
        "update",
        path,
        CONFIG,
        "PATCH",
        (*url(CONFIG.path, {}), config_id),
        {"name": config["name"], "data": config["data"]},
        name=str(config["name"]),
        before={name: before.get(name) for name in changed},
        after=changed,
    )


def uncarried(service: Item, policies: Iterable[Item]) -> bool:
    """Whether no edge router carries a service of configurations, because no policy means it (contract section 8.9)."""
    if not service.get("configs") or service.get("model_type"):
        return False
    name, own = f"@{service['name']}".lower(), {*(service.get("attributes") or ()), "#all"}
    for policy in policies:
        said = policy.get("service_attributes") or ()
        tags = [tag in own for tag in said if tag.startswith("#")]
        means = bool(tags) and (all(tags) if policy.get("semantic") == "AllOf" else any(tags))
        if policy.get("edge_router_attributes") and (means or name in (each.lower() for each in said)):
            return False
    return True


def _model_type(want: dict[str, Any]) -> str:
    """The model that the options describe."""
    ingress = want.get("client_ingress") or {}
    if want.get("edge_router_hosts"):
        return "TunnelerToEdgeRouter"
    if any(ingress.get(name) for name in ("addresses", "ports", "protocols")):
        return ADVANCED
    return "TunnelerToEndpoint" if want.get("server_egress") else "TunnelerToSdk"


def _egress(want: dict[str, Any], creating: bool) -> dict[str, Any]:
    """An advanced egress in which each dimension is either fixed or forwarded."""
    ingress, egress = want.get("client_ingress") or {}, dict(want["server_egress"])
    for fixed, forward, allowed, source in DIMENSIONS:
        if egress.get(fixed) is not None:
            egress.update({forward: None, allowed: None})
        elif creating or egress.get(forward) or egress.get(allowed):
            egress.update({fixed: None, forward: True})
            if creating or egress.get(allowed):
                egress[allowed] = egress.get(allowed) or ingress.get(source)
    return egress


def _pruned(value: Any) -> Any:
    """Without what is not set, at any depth; a list that the task emptied stays."""
    if isinstance(value, dict):
        kept = {key: _pruned(each) for key, each in value.items() if each is not None}
        return {key: each for key, each in kept.items() if each != [] or key in ROLES}
    return [_pruned(each) for each in value] if isinstance(value, list) else value


ROLES = ("bindEndpointAttributes", "edgeRouterAttributes")

SERVICE_RULES = {SERVICE.kind: ServiceRules(SERVICE)}
