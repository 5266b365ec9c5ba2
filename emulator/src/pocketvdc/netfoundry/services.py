# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Services: their models, and what the platform builds from one (contract sections 8.6 to 8.9)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..table import Field, enum
from . import configs
from .checks import missing, policy_list, typed
from .networks import CONFIG_TYPES
from .state import Entity
from .table import REQUIRED, Values

if TYPE_CHECKING:
    from .call import Call
    from .platform import Platform

_PROTOCOLS = enum("tcp", "udp")
_PORT: dict[str, Any] = {"type": "integer", "minimum": 1, "maximum": 65535}


def _range_rule(ranges: list[Values]) -> str | None:
    wrong = [item for item in ranges if (item.get("low") or 0) > (item.get("high") or 0)]
    return f"The low port of a range must not exceed the high one: {wrong[0]}" if wrong else None


def _protocols_rule(names: list[str]) -> str | None:
    wrong = [name for name in names if name not in _PROTOCOLS]
    return f"Protocols must be tcp or udp: {', '.join(wrong)}" if wrong else None


def _ranges(name: str, *, required: bool = False) -> Field:
    bounds = (Field("low", required=REQUIRED, **_PORT), Field("high", required=REQUIRED, **_PORT))
    return Field(name, "objects", required=REQUIRED if required else (), fields=bounds, rule=_range_rule)


def _object(name: str, *fields: Field, many: bool = False) -> Field:
    return Field(name, "objects" if many else "object", required=REQUIRED, fields=fields)


_INGRESS = _object(
    "clientIngress", Field("host", required=REQUIRED), Field("port", required=REQUIRED, **_PORT)
)
_EGRESS = _object(
    "serverEgress",
    Field("protocol", values=_PROTOCOLS, required=REQUIRED),
    Field("host", required=REQUIRED),
    Field("port", required=REQUIRED, **_PORT),
)
_ADVANCED_INGRESS = _object(
    "clientIngress",
    Field("addresses", "strings", required=REQUIRED),
    _ranges("ports", required=True),
    Field("protocols", "strings", required=REQUIRED, rule=_protocols_rule),
)
_ADVANCED_EGRESS = _object(
    "serverEgress",
    Field("host"),
    Field("forwardHost", "boolean"),
    Field("allowedHosts", "strings"),
    Field("port", **_PORT),
    Field("forwardPort", "boolean"),
    _ranges("allowedPortRanges"),
    Field("protocol", values=_PROTOCOLS),
    Field("forwardProtocol", "boolean"),
    Field("allowedProtocols", "strings", rule=_protocols_rule),
)
# What is fixed or forwarded in an advanced egress, and what says which values may be forwarded.
_DIMENSIONS = (
    ("host", "forwardHost", "allowedHosts"),
    ("port", "forwardPort", "allowedPortRanges"),
    ("protocol", "forwardProtocol", "allowedProtocols"),
)
_BIND = policy_list("bindEndpointAttributes", required=False)
_ROUTERS = Field("edgeRouterAttributes", "strings", ("#all",), rule=_BIND.rule)
_ROUTER_HOSTS = _object("edgeRouterHosts", Field("edgeRouterId", required=REQUIRED), _EGRESS, many=True)

MODELS: dict[str, tuple[Field, ...]] = {
    "TunnelerToSdk": (_INGRESS, _BIND, _ROUTERS),
    "TunnelerToEndpoint": (_INGRESS, _EGRESS, _BIND, _ROUTERS),
    "TunnelerToEdgeRouter": (_INGRESS, _ROUTER_HOSTS, _BIND, _ROUTERS),
    "AdvancedTunnelerToEndpoint": (_ADVANCED_INGRESS, _ADVANCED_EGRESS, _BIND, _ROUTERS),
}


def check(call: Call, service: Entity | None, values: Values, problems: list[str]) -> None:
    """A service has a model of its type, or configs, or neither."""
    if service is None:
        model_type, given = values["modelType"], values["model"]
        if (model_type is None) != (given is None):
            problems.append("[body.modelType] Attributes 'modelType' and 'model' belong together")
        elif model_type is not None and values["configs"] is not None:
            problems.append("[body.configs] A service has either a model or configs")
        elif model_type is not None:
            values["model"] = _model(call, model_type, given, str(call.object().get("networkId")), problems)
        elif values["configs"] is not None:
            values["configs"] = configs.entries(call, values["configs"], problems)
        return
    model_type = service.values["modelType"]
    if values.get("model") is None:
        values.pop("model", None)
        if call.method == "PUT" and model_type is not None:
            problems.append("[body.model] Attribute 'model' is required")
    elif model_type is None:
        problems.append("[body.model] A service without modelType has no model")
    elif call.object().get("modelType") is None:
        problems.append("[body.modelType] Attribute 'modelType' is required with 'model'")
    else:
        values["model"] = _model(call, model_type, values["model"], service.network_id, problems)


def _model(call: Call, model_type: str, given: Any, network_id: str | None, problems: list[str]) -> Values:
    fields = MODELS[model_type]
    where = "body.model"
    found = typed(given, fields, where, problems)
    if not isinstance(given, dict):
        return found
    problems += missing(given, fields, where)
    for field in fields:
        if field.name not in found and field.default is not None:
            found[field.name] = field.initial()
    if problems:
        return found
    routers = call.platform.entities["edge-routers"]
    for host in found.get("edgeRouterHosts", ()):
        router = routers.get(host["edgeRouterId"])
        if router is None or router.deleted is not None or router.network_id != network_id:
            problems.append(f"[{where}.edgeRouterHosts] There is no edge router {host['edgeRouterId']}")
    if model_type == "AdvancedTunnelerToEndpoint":
        problems += _dimensions(found["serverEgress"])
    return found


def _dimensions(egress: Values) -> list[str]:
    """Each dimension is either one fixed value, or forwarded within what is allowed."""
    found = []
    for fixed, forward, allowed in _DIMENSIONS:
        forwarded = bool(egress.get(forward))
        if (egress.get(fixed) is not None) == forwarded or (forwarded and not egress.get(allowed)):
            found.append(
                f"[body.model.serverEgress] Either '{fixed}', or '{forward}' with '{allowed}' is required"
            )
    return found


def ready(platform: Platform, service: Entity) -> None:
    """Build configs, policies and terminators (section 8.8)."""
    if service.values["modelType"] is not None:
        _build_model(platform, service)
    elif service.values["configs"]:
        configs.attach(platform, service, service.values["configs"])


def form(call: Call, service: Entity, which: str, found: Values) -> None:
    """A service without a model is made again from its configs as they are now."""
    if which == "create" and service.values["modelType"] is None:
        found["configs"] = configs.of_service(call.platform, service)


def updated(platform: Platform, service: Entity) -> None:
    """What was built follows the model, and the name that policies mention."""
    source = (service.name, service.values["model"])
    if service.values["modelType"] is not None and service.private.get("built") != source:
        platform.drop_sides(service)
        _build_model(platform, service)


def _build_model(platform: Platform, service: Entity) -> None:
    model, name = service.values["model"], service.name
    service.private["built"] = (name, model)
    advanced = service.values["modelType"] == "AdvancedTunnelerToEndpoint"
    intercept, host = CONFIG_TYPES[2:] if advanced else CONFIG_TYPES[:2]
    wanted = {intercept: model["clientIngress"]}
    if "serverEgress" in model:
        wanted[host] = model["serverEgress"]
    entries = [
        {"name": f"{name}-{config_type}-system", "type": config_type, "data": data}
        for config_type, data in wanted.items()
    ]
    configs.attach(platform, service, entries)
    if model.get("bindEndpointAttributes"):
        platform.attach_side(
            "service-policies",
            service,
            name=f"{name}-bind-system",
            type="Bind",
            semantic="AnyOf",
            serviceAttributes=[f"@{name}"],
            endpointAttributes=list(model["bindEndpointAttributes"]),
        )
    platform.attach_side(
        "service-edge-router-policies",
        service,
        name=f"{name}-routers-system",
        semantic="AnyOf",
        serviceAttributes=[f"@{name}"],
        edgeRouterAttributes=list(model["edgeRouterAttributes"]),
    )
    for target in model.get("edgeRouterHosts", ()):
        egress = target["serverEgress"]
        platform.attach_side(
            "terminators",
            service,
            serviceId=service.id,
            edgeRouterId=target["edgeRouterId"],
            binding="transport",
            address=f"{egress['protocol']}:{egress['host']}:{egress['port']}",
        )
