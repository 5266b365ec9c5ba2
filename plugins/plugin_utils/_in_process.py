# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Modules of this collection inside the worker that runs a task, without a new Python process.

It serves tasks that run on the controller itself, with its own interpreter. All others, and all when
``PROFITBRICKS_IN_PROCESS=0`` is set, take the ordinary way through the module. The result is the same.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import traceback
from collections.abc import Mapping
from importlib import import_module
from typing import Any, ClassVar

from ansible import constants
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.module_utils.errors import UnsupportedError
from ansible.plugins.action import ActionBase
from ansible.utils.display import Display

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.clock import Progress
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import CloudError
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.http import tls
from ansible_collections.profitbricks.cloud.plugins.module_utils._module import Edge
from ansible_collections.profitbricks.cloud.plugins.module_utils._secrets import MASKED_BY_CORE
from ansible_collections.profitbricks.cloud.plugins.plugin_utils._progress import Teller
from ansible_collections.profitbricks.cloud.plugins.plugin_utils._rehearsal import rehearse

if not MASKED_BY_CORE:
    from ansible.module_utils.common.parameters import remove_values

SWITCH = "PROFITBRICKS_IN_PROCESS"
UTILS = "ansible_collections.profitbricks.cloud.plugins.module_utils"
OWN_PYTHON = "{{ ansible_playbook_python }}"

display = Display()


def _enabled() -> bool:
    """Whether tasks may run in the workers at all."""
    # Threads of macOS' own libraries do not survive the fork that makes a worker.
    return os.environ.get(SWITCH) != "0" and sys.platform != "darwin"


if _enabled():
    tls.preload()
    rehearse()


class InProcess(ActionBase):
    """The action plugin of every module; each has a subclass that says which work is the module's.

    ``edge`` is the module's own, the same that it runs by itself. It is made where the plugin is loaded, once before
    Ansible forks its workers, for all tasks; what most of them need is loaded there as well.
    """

    _supports_check_mode = True
    _supports_async = True

    edge: ClassVar[Edge]

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if _enabled():
            for name in cls.edge.later:
                import_module(f"{UTILS}.{name}")
            # Rehearsed as well: a task without arguments is refused, but up to there it goes the way of all tasks.
            cls.edge.misfit({})
            _validated(cls.edge, {})
            cls.edge.secrets((), {})

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        """Run the module's work here where that is the same as running the module, and the module elsewhere."""
        variables = task_vars or {}
        arguments = _plain(dict(self._task.args)) if self._same_as_module(variables) else None
        if arguments is None:
            return self._module(variables)
        # What Ansible has loaded stays to the end of the worker. Searching it for garbage would copy its memory.
        gc.freeze()
        result: dict[str, Any] = super().run(tmp, task_vars)
        result.update(self._work(arguments, _shows_invocation(variables), Teller.of(variables)))
        return result

    def _same_as_module(self, variables: Mapping[str, Any]) -> bool:
        """Whether the module would run on this machine, as this user, with this Python and this environment."""
        return (
            _enabled()
            and self._connection.transport == "local"
            and not self._play_context.become
            and not self._task.async_val
            and not any(self._task.environment or ())
            and self._interpreter(variables) == sys.executable
        )

    def _interpreter(self, variables: Mapping[str, Any]) -> str | None:
        """The Python that the module would run with; None where Ansible would have to search for one."""
        if self._task.delegate_to:
            variables = variables.get("ansible_delegated_vars", {}).get(self._task.delegate_to, {})
        value = variables.get("ansible_python_interpreter")
        own = variables.get("ansible_playbook_python")
        # The implicit localhost names it by a template, which takes longer than the work.
        if value == OWN_PYTHON and own:
            return str(own)
        return str(self._templar.template(value)) if value else None

    def _module(self, variables: dict[str, Any]) -> dict[str, Any]:
        """The ordinary way, by the action plugin that Ansible uses where a module has none of its own."""
        action = self._shared_loader_obj.action_loader.get(
            "ansible.legacy.normal",
            task=self._task,
            connection=self._connection,
            play_context=self._play_context,
            loader=self._loader,
            templar=self._templar,
            shared_loader_obj=self._shared_loader_obj,
        )
        result: dict[str, Any] = action.run(task_vars=variables)
        return result

    def _work(self, arguments: dict[str, Any], shows_invocation: bool, progress: Progress) -> dict[str, Any]:
        """What AnsibleModule does with a module's arguments and result, with core's own validator and masking."""
        if complaint := self.edge.misfit(arguments):
            # Without the arguments: nobody knows yet which of them are secrets.
            shown: dict[str, Any] = {"invocation": {"module_args": {}}} if shows_invocation else {}
            return {"failed": True, "msg": complaint, **shown}
        validation = _validated(self.edge, arguments)
        params = {**arguments, **validation.validated_parameters}
        secrets = self.edge.secrets(validation._no_log_values, params)
        if validation.error_messages:
            text = validation.errors.msg
            if isinstance(validation.errors[0], UnsupportedError):
                text = f"Unsupported parameters for ({self._task.action}) module: {text}"
            result: dict[str, Any] = {"failed": True, "msg": text}
        else:
            result = self._guarded(params, secrets, progress)
        if shows_invocation:
            result["invocation"] = {"module_args": self.edge.shown(params)}
        _add_notices(result, validation)
        flags = {name: value for name, value in result.items() if value is None or isinstance(value, bool)}
        return {name: masked(value, secrets) for name, value in result.items()} | flags

    def _guarded(self, params: dict[str, Any], secrets: set[str], progress: Progress) -> dict[str, Any]:
        """The module's work; whatever goes wrong in it fails the task, never the worker."""
        try:
            return self.edge.work(params, bool(self._task.check_mode), secrets, progress)
        except Exception as error:
            if not isinstance(error, CloudError):
                display.vvv(masked(traceback.format_exc(), secrets))
            return {"failed": True, **self.edge.failure(error)}


def _validated(edge: Edge, arguments: dict[str, Any]) -> Any:
    return ArgumentSpecValidator(edge.begin()).validate(arguments)


def masked(value: Any, secrets: set[str]) -> Any:
    """As core's `remove_values`, which takes long for a large data center; nothing to do where core masks what it shows.

    It is left out where it would find nothing: the value as text, in which plain secrets stand as they are, holds none
    of them, nor what would have to become plain data.
    """
    if MASKED_BY_CORE:
        return value
    text = repr(value)
    if any(mark in text for mark in "(<") or any(
        secret in text or not secret.isprintable() or any(mark in secret for mark in "'\"\\")
        for secret in secrets
    ):
        return remove_values(value, secrets)
    return value


def _shows_invocation(variables: Mapping[str, Any]) -> bool:
    """Whether results hold the arguments, which is so before ansible-core 2.21, and after that a setting."""
    if "INJECT_INVOCATION" not in constants.config.get_configuration_definitions():
        return True
    return bool(constants.config.get_config_value("INJECT_INVOCATION", variables=variables))


def _add_notices(result: dict[str, Any], validation: Any) -> None:
    """Hand on what the validator has to say, as AnsibleModule would."""
    warnings = [
        f"Both option {each['option']} and its alias {each['alias']} are set."
        for each in validation._warnings
    ]
    warnings += result.pop("warnings", [])
    if warnings:
        result["warnings"] = warnings
    if validation._deprecations:
        result["deprecations"] = list(validation._deprecations)


def _plain(value: Any) -> Any:
    """Arguments as a module gets them: through JSON, vaulted values decrypted, Ansible's tags left behind.

    None for bytes, which YAML can hold and JSON cannot: Ansible says so where it starts the module.
    """
    try:
        return json.loads(json.dumps(value, default=_readable))
    except TypeError:
        return None


def _readable(value: Any) -> Any:
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, (set, frozenset, tuple)):
        return list(value)
    if isinstance(value, bytes):
        raise TypeError
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
