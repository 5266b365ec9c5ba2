# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Configs and their types: what services are made of (contract sections 8.9 and 8.14).

A config is of a type of its network, and a service has one config of a type at most. What is in use cannot be
deleted (inferred).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ..table import Field
from .checks import filled, missing, typed
from .errors import conflict
from .networks import CONFIG_TYPES
from .state import Entity
from .table import REQUIRED, Values

if TYPE_CHECKING:
    from .call import Call
    from .platform import Platform

# Of a config that a service brings along.
_ENTRY = (
    Field("name", required=REQUIRED, rule=filled),
    Field("configTypeId"),
    Field("configTypeName"),
    Field("configType", "json"),
    Field("data", "json", required=REQUIRED),
)
_INLINE = (Field("name", required=REQUIRED, rule=filled), Field("schema", "json"))


def check(call: Call, config: Entity | None, values: Values, problems: list[str]) -> None:
    platform = call.platform
    if config is not None:
        config_type = platform.entities["config-types"][config.values["configTypeId"]]
    else:
        found = _named_type(call, _network(call), values, "body", problems)
        if found is None:
            return
        config_type = found
        values.update(configTypeId=found.id, configTypeName=None)
    if "data" in values:
        _check_data(config_type.values["schema"], values["data"], "body", problems)


def _network(call: Call) -> Entity:
    """The network that a creation names, which has been found to be there."""
    return call.platform.entities["networks"][str(call.object()["networkId"])]


def _named_type(call: Call, network: Entity, given: Values, where: str, problems: list[str]) -> Entity | None:
    """The type that a config names by id or by name; a problem where there is none."""
    ident, name = given.get("configTypeId"), given.get("configTypeName")
    if ident:
        found = call.platform.entities["config-types"].get(ident)
        if found is not None and (found.deleted is not None or found.network_id != network.id):
            found = None
    elif name:
        found = call.platform.named("config-types", network.organization, network.path, name)
    else:
        problems.append(f"[{where}.configTypeId] One of 'configTypeId' and 'configTypeName' is required")
        return None
    if found is None:
        problems.append(f"[{where}.configTypeId] There is no config type {ident or name} in the network")
    return found


def _check_data(schema: Any, data: Any, where: str, problems: list[str]) -> None:
    """The outermost of what a schema says; the rest of it is the controller's business."""
    if isinstance(schema, dict) and schema.get("type") == "object" and not isinstance(data, dict):
        problems.append(f"[{where}.data] Attribute 'data' must be an object")


def check_delete(call: Call, config: Entity) -> None:
    for service in _beside(call, config, "services"):
        if config.id in (service.values["configIdByConfigTypeId"] or {}).values():
            raise conflict(f"Config {config.id} is in use by service {service.name}")


def check_type_delete(call: Call, config_type: Entity) -> None:
    for config in _beside(call, config_type, "configs"):
        if config.values["configTypeId"] == config_type.id:
            raise conflict(f"Config type {config_type.id} is in use by config {config.name}")


def _beside(call: Call, entity: Entity, kind: str) -> list[Entity]:
    """What is of a kind in the same network."""
    network = call.platform.network_of(entity)
    return call.platform.members(network, kind) if network is not None else []


def form(call: Call, config: Entity, which: str, found: Values) -> None:
    """The name of its type serves in another network too."""
    if which == "create":
        found["configTypeName"] = call.platform.entities["config-types"][config.values["configTypeId"]].name


# What a service brings along


def entries(call: Call, given: Any, problems: list[str]) -> list[Values]:
    """The configs of a new service, each with the id of its type or with a type to be made."""
    if not isinstance(given, list):
        problems.append("[body.configs] Attribute 'configs' must be a list of objects")
        return []
    network = _network(call)
    found = [
        _entry(call, network, item, f"body.configs.[{place}]", problems) for place, item in enumerate(given)
    ]
    if not problems:
        for name in ("name", "type"):
            seen = [str(entry[name]).casefold() for entry in found]
            if len(set(seen)) < len(seen):
                problems.append(f"[body.configs] Configs of a service must differ in their {name}")
    return found


def _entry(call: Call, network: Entity, item: Any, where: str, problems: list[str]) -> Values:
    known = len(problems)
    config = typed(item, _ENTRY, where, problems)
    if isinstance(item, dict):
        problems += missing(item, _ENTRY, where)
    if len(problems) > known:
        return config
    if call.platform.named("configs", network.organization, network.path, config["name"]) is not None:
        raise conflict(f"Config name {config['name']!r} is already in use")
    inline = config.get("configType")
    if inline is not None:
        inline = typed(inline, _INLINE, f"{where}.configType", problems)
        problems += missing(inline, _INLINE, f"{where}.configType")
        name, schema, ident = inline.get("name"), inline.get("schema"), None
    else:
        config_type = _named_type(call, network, config, where, problems)
        if config_type is None:
            return config
        name, schema, ident = config_type.name, config_type.values["schema"], config_type.id
    _check_data(schema, config["data"], where, problems)
    return {"name": config["name"], "type": name, "typeId": ident, "schema": schema, "data": config["data"]}


def attach(platform: Platform, service: Entity, wanted: Sequence[Values]) -> None:
    """Make configs, with types of their own where the network lacks them, and link them."""
    by_type = {}
    for config in wanted:
        type_id = config.get("typeId") or _made_type(platform, service, config).id
        side = platform.attach_side(
            "configs", service, name=config["name"], configTypeId=type_id, data=config["data"]
        )
        by_type[type_id] = side.id
    service.values["configIdByConfigTypeId"] = by_type


def _made_type(platform: Platform, service: Entity, config: Values) -> Entity:
    known = platform.named("config-types", service.organization, service.scope, config["type"])
    return known or platform.make_side(
        "config-types", service, name=config["type"], schema=config.get("schema")
    )


def of_service(platform: Platform, service: Entity) -> list[Values]:
    """The configs of a service as they are now, in the form that makes them again."""
    known = platform.entities["configs"]
    return [
        {
            "networkId": service.network_id,
            "name": known[ident].name,
            **_type_again(platform.entities["config-types"][type_id]),
            "data": known[ident].values["data"],
        }
        for type_id, ident in (service.values["configIdByConfigTypeId"] or {}).items()
    ]


def _type_again(config_type: Entity) -> Values:
    """A type that each network has by its name, any other with its schema."""
    if config_type.name in CONFIG_TYPES:
        return {"configTypeName": config_type.name}
    own = {"name": config_type.name, "schema": config_type.values["schema"]}
    return {"configType": {"networkId": config_type.network_id, **own}}
