# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A whole network in the format of the console and of the vendor's command line client (contract section 8.16)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..._engine.answers import WIRE, WORDS, word
from ..._engine.errors import InvalidOption
from ..._engine.plan.pairing import Node
from ..._engine.schema.field import Field, camel
from ..._engine.schema.resource import Child, Resource
from ..resources.endpoints import EDGE_ROUTER, ENDPOINT
from ..resources.networks import NETWORK, NETWORK_GROUP
from ..resources.security import POSTURE_CHECK
from ..resources.services import CONFIG, CONFIG_TYPE, SERVICE
from ..rules.policies import is_system
from ..rules.security import fitting
from .options import COLLECTIONS, OVERLAY

OPTION = "description"
# The cloud of all networks back when files gave only a code for the region (contract section 8.1).
FIRST_PROVIDER = "AWS"
# Keys that the service sets, that the console keeps for itself, or that the modules manage in another way.
NOISE = {
    "id", "networkId", "networkGroupId", "createdAt", "createdBy", "updatedAt", "updatedBy", "deletedAt", "deletedBy",
    "ownerIdentityId", "zitiId", "status", "_links", "_embedded", "selected", "authority", "jwt", "enrollmentMethod",
    "registration", "hostId", "typeId", "datacenter", "region", "locationCode", "dataCenterId", "o365BreakoutCategory",
    "networkController", "configIdByConfigTypeId", "syncId", "syncResourceId",
}  # fmt: skip
EMPTY: tuple[Any, ...] = (None, [], {}, "", False)


def written(fields: Iterable[Field], value: Mapping[str, Any]) -> Node:
    """The options that are set in a result, at any depth."""
    said = {}
    for field in fields:
        found = value.get(field.name)
        if field.read_only or found in (None, [], ""):
            continue
        if field.options and isinstance(found, list):
            found = [written(field.options, each) for each in found]
        elif field.options:
            found = written(field.options, found)
        elif field.type == "int" and isinstance(found, str) and found.isdecimal():
            found = int(found)  # ports may be strings (contract section 8.7)
        said[field.name] = found
    return said


def described(resource: Resource, result: Mapping[str, Any]) -> Node:
    """The options that describe one object, taken from a result."""
    said = written(resource.fields, result)
    return fitting(said) if resource is POSTURE_CHECK else said


def read_document(document: Mapping[str, Any]) -> tuple[Node, list[str]]:
    """The options that such a file amounts to, and warnings about keys without an option. Raises InvalidOption."""
    own = [name for name in document if name in COLLECTIONS and name != camel(name)]
    if own:
        raise InvalidOption(
            f"{OPTION}: {own[0]} is an option of this module; {OPTION} takes the keys that the console and nfctl write, "
            f"such as {camel(own[0])}"
        )
    said = _network(document)
    # A kind missing from the file is left alone; only an empty list means that there should be none.
    lists = {
        child: items for child in OVERLAY.children if (items := _listed(document, child.resource)) is not None
    }
    source = _Source(document)
    owned = {name.lower() for name in source.routers.values()}
    for child, items in lists.items():
        said[child.name] = [
            _item(child.resource, each, source)
            for each in items
            if not is_system(child.resource, each)
            and not (child.resource is ENDPOINT and str(each["name"]).lower() in owned)
        ]
    return said, list(_unknown(document, lists))


def _network(document: Mapping[str, Any]) -> Node:
    """The options of the network itself."""
    _check(NETWORK.fields, document, "the network")
    said = written(NETWORK.fields, NETWORK.decode(document, {}))
    if document.get("networkGroupId"):
        said[NETWORK_GROUP.kind] = document["networkGroupId"]
    if said.get("region"):
        said.setdefault("provider", FIRST_PROVIDER)
    return said


def _listed(document: Mapping[str, Any], resource: Resource) -> list[Mapping[str, Any]] | None:
    """The items of one kind, which a file lists at its top level or under ``_embedded``; None if it lists none."""
    key, short = camel(resource.plural), f"{camel(resource.kind)}List"
    embedded = document.get("_embedded")
    embedded = embedded if isinstance(embedded, Mapping) else {}
    names = (key, short, f"create{short[:1].upper()}{short[1:]}")
    found = next((place[each] for place in (document, embedded) for each in names if each in place), None)
    if found is None:
        return None
    if not isinstance(found, list) or not all(
        isinstance(each, Mapping) and each.get("name") for each in found
    ):
        raise InvalidOption(f"{OPTION}: {key} must be a list of objects with names")
    return found


def _check(fields: Iterable[Field], value: Mapping[str, Any], what: str) -> None:
    """Raise InvalidOption where a value of the file is not of the type that its option has."""
    for field in fields:
        found = field.shown_in(value)
        if field.read_only or found is None:
            continue
        listed = field.type == "list" and isinstance(found, list)
        kinds = WIRE.get((field.elements if listed else field.type) or "", (object,))
        for each in found if listed else [found]:
            if field.type == "int" and isinstance(each, str) and each.isdecimal():
                continue
            if not isinstance(each, kinds) or (isinstance(each, bool) and int in kinds):
                holds = "holds" if listed else "is"
                raise InvalidOption(
                    f"{OPTION}: {what}: {field.wire_name} {holds} {word(each)} instead of {WORDS[kinds[0]]}"
                )
            if isinstance(each, Mapping):
                _check(field.options, each, what)


def _objects(item: Mapping[str, Any], value: Any, key: str) -> list[Mapping[str, Any]]:
    """The objects that an item lists under a key. Raises InvalidOption for anything else."""
    if not isinstance(value, list) or not all(isinstance(each, Mapping) for each in value):
        raise InvalidOption(f"{OPTION}: the service {item['name']}: {key} must be a list of objects")
    return value


class _Source:
    """The objects of a file that others in it refer to by id."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        routers = _listed(document, EDGE_ROUTER) or ()
        self.routers = {str(each.get("id") or each["name"]): str(each["name"]) for each in routers}
        types = {str(each.get("id")): each["name"] for each in _listed(document, CONFIG_TYPE) or ()}
        self.configs = {
            str(each.get("id")): {**each, "configTypeName": types.get(str(each.get("configTypeId")))}
            for each in _listed(document, CONFIG) or ()
        }


def _item(resource: Resource, item: Mapping[str, Any], source: _Source) -> Node:
    """The options of one object."""
    if resource is EDGE_ROUTER and item.get("datacenter"):
        item = {**item, "region": item["datacenter"]}
    if resource is SERVICE:
        item = _service(item, source)
    method = item.get("enrollmentMethod")
    if resource is ENDPOINT and isinstance(method, Mapping) and not method.get("ott"):
        raise InvalidOption(
            f"{OPTION}: the endpoint {item['name']} does not enroll with a one-time token, as this module requires"
        )
    _check(resource.fields, item, f"the {resource.label} {item['name']}")
    return described(resource, resource.decode(item, {}))


def _service(item: Mapping[str, Any], source: _Source) -> Mapping[str, Any]:
    """A service with its routers by name, and with its configurations if it has no model."""
    model = item.get("model")
    if isinstance(model, Mapping) and model.get("edgeRouterHosts"):
        hosts = [
            {**each, "edgeRouterId": each.get("edgeRouterName") or source.routers.get(router, router)}
            for each in _objects(item, model["edgeRouterHosts"], "model.edgeRouterHosts")
            for router in (str(each.get("edgeRouterId")),)
        ]
        item = {**item, "model": {**model, "edgeRouterHosts": hosts}}
    if item.get("modelType"):
        return {**item, "configs": None}
    ids = item.get("configIdByConfigTypeId")
    linked = map(str, ids.values()) if isinstance(ids, Mapping) else ()
    configs = _objects(item, item.get("configs") or [], "configs") or [
        source.configs[each] for each in linked if each in source.configs
    ]
    return {**item, "configs": [{**each, "configTypeName": _type_of(each)} for each in configs]}


def _type_of(config: Mapping[str, Any]) -> Any:
    kind = config.get("configType")
    return config.get("configTypeName") or (kind.get("name") if isinstance(kind, Mapping) else kind)


def _unknown(document: Mapping[str, Any], lists: Mapping[Child, list[Mapping[str, Any]]]) -> Iterator[str]:
    """A warning for each key that has a value but no matching option."""
    known = {*map(camel, COLLECTIONS), *_keys(NETWORK), *NOISE}
    for name, value in document.items():
        if name not in known and value not in EMPTY:
            yield f"{OPTION}: {name} is ignored, because no option of this module corresponds to it"
    for child, items in lists.items():
        # An AppWAN is a service policy with the same fixed values in each (contract section 8.11).
        known = {
            *_keys(child.resource),
            *NOISE,
            "type",
            "semantic",
            "edgeRouterAttributes",
            "configs",
            "model",
        }
        names = (name for item in items for name, value in item.items() if value not in EMPTY)
        for name in dict.fromkeys(names):
            if name not in known:
                yield f"{OPTION}: {camel(child.name)}.{name} is ignored, because no option of this module corresponds to it"


def _keys(resource: Resource) -> set[str]:
    return {field.wire_name.partition(".")[0] for field in resource.fields}
