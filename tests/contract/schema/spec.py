# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The service's machine-readable contract (v6), as operations and strict validators.

OpenAPI 3.0 schemas are turned into JSON Schema: ``nullable`` becomes a type, and an object that lists its
properties may hold no other, so that a misspelt or an invented field is found.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator, FormatChecker

_FILE = Path(__file__).with_name("profitbricks-v6.openapi.json")
_METHODS = ("get", "post", "put", "patch", "delete")
# Whole seconds, of the software of nodes with milliseconds; keys of the object storage come without a zone (contract section 3).
_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3}Z|Z?)\Z")

_formats = FormatChecker(formats=())
_formats.checks("date-time")(lambda value: not isinstance(value, str) or bool(_DATE.match(value)))


@dataclass(frozen=True)
class Operation:
    """One call of the contract; ``answer`` and ``request`` are OpenAPI schemas, or None for no body."""

    id: str
    method: str
    path: str
    status: int
    headers: frozenset[str]
    media_types: tuple[str, ...]
    parameters: frozenset[str]
    answer: dict[str, Any] | None
    request: dict[str, Any] | None

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


@cache
def _document() -> dict[str, Any]:
    document: dict[str, Any] = json.loads(_FILE.read_text())
    # The file types the groups of a user and of a resource as mere resources (contract section 10.17).
    groups = document["components"]["schemas"]["ResourceGroups"]["properties"]["items"]
    groups["items"] = {"anyOf": [groups["items"], {"$ref": "#/components/schemas/Group"}]}
    return document


@cache
def operations() -> tuple[Operation, ...]:
    """All operations of the contract, in its order."""
    return tuple(
        _operation(method, path, item[method])
        for path, item in _document()["paths"].items()
        for method in _METHODS
        if method in item
    )


def _operation(method: str, path: str, entry: dict[str, Any]) -> Operation:
    status, success = next(
        (code, answer) for code, answer in entry["responses"].items() if code.startswith("2")
    )
    content = success.get("content", {})
    body = entry.get("requestBody", {}).get("content", {})
    return Operation(
        id=entry["operationId"],
        method=method.upper(),
        path=path,
        status=int(status),
        headers=frozenset(success.get("headers", ())),
        media_types=tuple(content),
        parameters=frozenset(_parameter_name(parameter) for parameter in entry.get("parameters", ())),
        answer=next((media["schema"] for media in content.values()), None),
        request=body.get("application/json", {}).get("schema"),
    )


def required_properties(operation: Operation) -> tuple[str, ...]:
    """The names that ``properties`` of the operation's body must have."""
    schema = _resolved((operation.request or {}).get("allOf", [{}])[0])
    properties = _resolved(schema.get("properties", {}).get("properties", {}))
    return tuple(properties.get("required", ()))


def property_schemas(operation: Operation) -> dict[str, dict[str, Any]]:
    """The schemas of what the operation's body may say of a resource, references resolved three levels down."""
    schema = _resolved((operation.request or {}).get("allOf", [operation.request or {}])[0])
    properties = schema.get("properties", {})
    if "properties" in properties:
        properties = _resolved(properties["properties"]).get("properties", {})
    elif operation.method != "PATCH":
        return {}
    return {name: _expanded(part, 3) for name, part in properties.items()}


def _expanded(schema: dict[str, Any], levels: int) -> dict[str, Any]:
    found = dict(_resolved(schema))
    if levels and "items" in found:
        found["items"] = _expanded(found["items"], levels - 1)
    if levels and "properties" in found:
        found["properties"] = {
            name: _expanded(part, levels - 1) for name, part in found["properties"].items()
        }
    return found


def required_of(model: str) -> tuple[str, ...]:
    """The names that an object of a schema must have."""
    return tuple(_document()["components"]["schemas"][model].get("required", ()))


def is_collection(operation: Operation) -> bool:
    """Whether the operation answers a list of resources."""
    return "items" in _resolved(operation.answer or {}).get("properties", {})


def _resolved(schema: dict[str, Any]) -> dict[str, Any]:
    name = schema.get("$ref", "").rpartition("/")[2]
    found: dict[str, Any] = _document()["components"]["schemas"][name] if name else schema
    return found


def _parameter_name(parameter: dict[str, Any]) -> str:
    return str(parameter.get("name") or parameter["$ref"].rpartition("/")[2])


@cache
def _components() -> dict[str, Any]:
    return {
        "schemas": {name: _strict(schema) for name, schema in _document()["components"]["schemas"].items()}
    }


def _strict(schema: Any) -> Any:
    """A JSON Schema that says what an OpenAPI 3.0 schema means, and nothing beyond its properties."""
    if isinstance(schema, list):
        return [_strict(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    result = {key: _strict(value) for key, value in schema.items() if key not in ("nullable", "properties")}
    if "properties" in schema:
        result["properties"] = {name: _strict(value) for name, value in schema["properties"].items()}
        result.setdefault("additionalProperties", False)
    if schema.get("nullable"):
        result["type"] = [schema["type"], "null"]
        if "enum" in schema and None not in schema["enum"]:
            result["enum"] = [*schema["enum"], None]
    return result


def violations(schema: dict[str, Any], value: Any) -> list[str]:
    """What in a value breaks a schema of the contract, one line each with its place."""
    root = {"allOf": [_strict(schema)], "components": _components()}
    errors = Draft7Validator(root, format_checker=_formats).iter_errors(value)
    return [f"{error.json_path}: {error.message}" for error in errors]


ERROR = {"$ref": "#/components/schemas/Error"}
REQUEST_STATUS = {"$ref": "#/components/schemas/RequestStatus"}
