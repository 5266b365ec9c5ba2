# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The edge to Ansible: options in, results out. The only file of module_utils that knows AnsibleModule."""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ansible.module_utils.basic import AnsibleModule, missing_required_lib
from ansible.module_utils.common.parameters import AnsibleFallbackNotFound

from .engine.errors import CloudError, MissingLibrary
from .engine.resource import Field, Resource
from .profitbricks.client import Cloud
from .profitbricks.connection import CONNECTION, Connection
from .profitbricks.interface import info_fields, task_fields
from .profitbricks.query import read
from .profitbricks.task import Waiting, ensure


class Omitted:
    """Remembers which options a task leaves out.

    Ansible shows a module None both for an option left out and for an explicit null. It asks a fallback only for
    the former, which is how the two are told apart.
    """

    def __init__(self) -> None:
        self.names: set[str] = set()

    def note(self, name: str) -> None:
        self.names.add(name)
        raise AnsibleFallbackNotFound


def argument_spec(fields: Sequence[Field], omitted: Omitted | None = None) -> dict[str, Any]:
    """Ansible's argument spec of options."""
    return {field.name: _argument(field, omitted) for field in fields}


def _argument(field: Field, omitted: Omitted | None) -> dict[str, Any]:
    spec: dict[str, Any] = {"type": field.type}
    if field.elements:
        spec["elements"] = field.elements
    if field.choices:
        spec["choices"] = list(field.choices)
    if field.default is not None:
        spec["default"] = field.default
    if field.secret or "key" in field.name or "password" in field.name:
        spec["no_log"] = field.secret
    if field.options:
        spec["options"] = argument_spec(field.options)
    if field.required:
        spec["required"] = True
    if field.nullable and omitted is not None:
        spec["fallback"] = (omitted.note, [field.name])
    return spec


def execute(resource: Resource, options: Mapping[str, Any], check_mode: bool, cloud: Cloud) -> dict[str, Any]:
    """Manage one object: the whole of a resource's module, free of Ansible. Raises CloudError."""
    waiting = Waiting(bool(options.get("wait", True)), float(options.get("wait_timeout") or 600))
    outcome = ensure(cloud, resource, options, str(options.get("state") or "present"), check_mode, waiting)
    return {
        "changed": outcome.changed,
        resource.kind: outcome.result,
        "actions": outcome.actions,
        "request_id": outcome.request_id,
        "diff": outcome.diff,
        "warnings": outcome.warnings,
        **outcome.extra,
    }


def execute_info(
    resource: Resource, options: Mapping[str, Any], check_mode: bool, cloud: Cloud
) -> dict[str, Any]:
    """Read objects: the whole of a resource's info module, free of Ansible. Raises CloudError."""
    return {"changed": False, resource.plural: read(cloud, resource, options)}


def run(resource: Resource) -> None:
    """Be the module that manages a resource."""
    _run(resource, task_fields(resource), execute)


def run_info(resource: Resource) -> None:
    """Be the module that reads a resource."""
    _run(resource, info_fields(resource), execute_info)


def _run(
    resource: Resource,
    fields: Sequence[Field],
    work: Callable[[Resource, Mapping[str, Any], bool, Cloud], dict[str, Any]],
) -> None:
    omitted = Omitted()
    module = AnsibleModule(argument_spec((*fields, *CONNECTION), omitted), supports_check_mode=True)
    options = given(module.params, omitted, fields)
    try:
        connection = Connection.resolve(module.params, os.environ)
        module.no_log_values.update(connection.credentials.secrets())
        result = work(resource, options, module.check_mode, Cloud(connection))
    except MissingLibrary:
        module.fail_json(msg=missing_required_lib("requests"), exception=traceback.format_exc())
    except CloudError as error:
        module.fail_json(msg=message(error), **error.facts())
    except Exception as error:
        module.fail_json(
            msg=f"Unexpected {type(error).__name__}: {error}. This is a fault of the collection; please report it",
            exception=traceback.format_exc(),
        )
    for warning in result.pop("warnings", ()):
        module.warn(warning)
    module.exit_json(**result)


def message(error: CloudError) -> str:
    """The error in one line, with what had been done before it."""
    return ". ".join([str(error), *getattr(error, "__notes__", ())])


def given(params: Mapping[str, Any], omitted: Omitted, fields: Sequence[Field]) -> dict[str, Any]:
    """The options that the user named."""
    nullable = {field.name for field in fields if field.nullable}
    return {
        name: value
        for name, value in params.items()
        if value is not None or (name in nullable and name not in omitted.names)
    }
