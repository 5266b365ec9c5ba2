# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The edge to Ansible: options in, results out. The only file of module_utils that knows AnsibleModule."""

from __future__ import annotations

import gc
import os
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from ansible.module_utils.basic import AnsibleModule, env_fallback
from ansible.module_utils.common.parameters import AnsibleFallbackNotFound

from ._engine.behaviour import Behaviour
from ._engine.clock import Progress
from ._engine.errors import CloudError, InvalidOption, TooLong
from ._engine.schema.field import Field
from ._engine.service import Service
from ._engine.settings import time_limit
from ._secrets import MASKED_BY_CORE, Secrets, shown, without_plain_words
from ._shapes import check_shapes

Execute = Callable[[Behaviour[Any], Mapping[str, Any], bool, Service], dict[str, Any]]


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
    if field.secret or any(word in field.name for word in ("key", "password", "token")):
        # Where Ansible masks what is registered, it registers every word of a dictionary, and for the whole play.
        spec["no_log"] = field.secret and not (MASKED_BY_CORE and field.type == "raw")
    if field.options:
        spec["options"] = argument_spec(field.options)
    if field.required:
        spec["required"] = True
    if field.nullable and omitted is not None:
        spec["fallback"] = (omitted.note, [field.name])
    if field.variable:
        spec["fallback"] = (env_fallback, [field.variable])
    return spec


class Edge:
    """Between Ansible and the work of one module: its argument spec, its result and its failures.

    The module itself uses it in a process of its own, the action plugin inside Ansible's worker. ``later`` names
    modules, below module_utils, that tasks import only once they need them.
    """

    def __init__(
        self, kind: Behaviour[Any], fields: Sequence[Field], execute: Execute, later: Sequence[str] = ()
    ) -> None:
        self.later = later
        self._kind = kind
        self.fields = (*fields, *kind.provider.connection)
        self._execute = execute
        self._omitted = Omitted()
        self._spec = argument_spec(self.fields, self._omitted)

    def begin(self) -> dict[str, Any]:
        """Ansible's argument spec, to validate the parameters of one task with before its `work`."""
        self._omitted.names.clear()
        return self._spec

    def misfit(self, arguments: Mapping[str, Any]) -> str:
        """Which argument is of a type that its option cannot hold, as a sentence; an empty text if all fit."""
        try:
            check_shapes(self.fields, arguments)
        except InvalidOption as error:
            return str(error)
        return ""

    def secrets(self, found: Iterable[str], params: Mapping[str, Any]) -> Secrets:
        """What no output may contain, of what Ansible ``found`` in the parameters."""
        return Secrets(without_plain_words(found, self.fields, params))

    def shown(self, params: Mapping[str, Any]) -> dict[str, Any]:
        """The arguments as a result may show them, once secrets are masked there."""
        return shown(self.fields, params)

    def work(
        self,
        params: Mapping[str, Any],
        check_mode: bool,
        secrets: set[str],
        progress: Progress | None = None,
    ) -> dict[str, Any]:
        """The module's result for validated parameters; adds to ``secrets`` what no output may hold.

        ``progress`` is told while the work waits, unless the task or the environment does not want it. Raises
        CloudError.
        """
        cloud = self._kind.provider.connect(params, os.environ, secrets, progress)
        options = given(params, self._omitted, self.fields)
        try:
            options = self._patient(options)
            result = self._execute(self._kind, options, check_mode, cloud)
        except CloudError as error:
            if isinstance(error, TooLong):
                error.found_in(options)
            secrets.update(error.secrets)
            error.warnings = (*cloud.warnings, *error.warnings)
            raise
        if cloud.warnings:
            result["warnings"] = [*cloud.warnings, *result.get("warnings", ())]
        return result

    def _patient(self, options: dict[str, Any]) -> dict[str, Any]:
        """The options, checked, with how long to wait as the environment says where the task does not."""
        variable = f"{self._kind.provider.name.upper()}_WAIT_TIMEOUT"
        seconds = time_limit(options.get("wait_timeout"), os.environ, variable)
        return options if seconds is None else {**options, "wait_timeout": seconds}

    @staticmethod
    def failure(error: Exception) -> dict[str, Any]:
        """What a failed task tells: ``msg`` in one line, and facts."""
        if isinstance(error, CloudError):
            # With what was done before the error, and what was accepted and may still be done.
            told = {"msg": ". ".join([str(error), *getattr(error, "__notes__", ())]), **error.facts()}
            if error.accepted:
                told |= {"changed": True, "request_id": told.get("request_id") or error.last_request}
            if error.warnings:
                told["warnings"] = list(error.warnings)
            return told
        text = (
            f"Unexpected {type(error).__name__}: {error}. This is a bug in the collection; please report it"
        )
        return {"msg": text}


class _Module(AnsibleModule):
    """Ansible's module, which fails for an argument of the wrong type before Ansible's validator sees it, and whose result
    shows no part of a secret argument.
    """

    def __init__(self, edge: Edge) -> None:
        self._edge = edge
        super().__init__(argument_spec=edge.begin(), supports_check_mode=True)

    def _set_internal_properties(self, *args: Any, **kwargs: Any) -> None:
        """After this, ``params`` holds what the task gives, and nothing else."""
        super()._set_internal_properties(*args, **kwargs)
        if MASKED_BY_CORE:
            # Before Ansible writes the parameters into the system's log.
            self._edge.secrets((), self.params)
        if complaint := self._edge.misfit(self.params):
            # Nobody knows yet which of these are secrets.
            self.params: dict[str, Any] = {}
            self.fail_json(msg=complaint)

    def exit_json(self, **result: Any) -> None:
        self.params = self._edge.shown(self.params)
        super().exit_json(**result)

    def fail_json(self, msg: str, **result: Any) -> None:
        self.params = self._edge.shown(self.params)
        super().fail_json(msg, **result)


def run_edge(edge: Edge) -> None:
    # What is loaded stays to the end. Python would take it apart when the process exits, a sixth of a module's time.
    gc.freeze()
    gc.enable()
    module = _Module(edge)
    module.no_log_values = edge.secrets(module.no_log_values, module.params)
    result: dict[str, Any] = {}
    failure: dict[str, Any] = {}
    try:
        result = edge.work(module.params, module.check_mode, module.no_log_values)
    except CloudError as error:
        failure = edge.failure(error)
    except Exception as error:
        failure = {**edge.failure(error), "exception": traceback.format_exc()}
    for warning in (failure or result).pop("warnings", ()):
        module.warn(warning)
    if failure:
        # Not while the error is handled, where Ansible adds a traceback to what is no fault of the code.
        module.fail_json(**failure)
    module.exit_json(**result)


def given(params: Mapping[str, Any], omitted: Omitted, fields: Sequence[Field]) -> dict[str, Any]:
    """The options that the user named."""
    nullable = {field.name for field in fields if field.nullable}
    return {
        name: value
        for name, value in params.items()
        if value is not None or (name in nullable and name not in omitted.names)
    }
