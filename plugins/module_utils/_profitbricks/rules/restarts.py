# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whether a change restarts a running server: the boot volume has flags for what can be hot-plugged.

Flags only take effect after the next restart, so the ones from before the task count (contract sections 10.3 and 10.7).
Version 4 has rules of its own, for which nothing is predicted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..._engine.plan.rules import At
from ..._engine.plan.steps import Step
from ..resources.nics import NIC
from ..resources.servers import VOLUME
from .facts import CloudFacts

HOT_RAM = 240 * 1024  # MB, above which memory cannot be added to a running server
COLD = ("cpu_family", "nic_multi_queue")  # what takes a restart in any case
SIZES = {"cores": "cpu", "ram": "ram"}
PLUGGED = {"create": "plug", "attach": "plug", "detach": "unplug", "delete": "unplug"}


def with_restarts(steps: list[Step], at: At, facts: CloudFacts, running: bool) -> list[Step]:
    """The steps of a server and its contents, each with whether it restarts the server."""
    have = at.change.before
    if have is None or not running or facts.version < 5:
        return steps
    flags: Mapping[str, Any] = next(
        (each for each in have["volumes"] if each["id"] == have["boot_volume"]), {}
    )
    return [step.but(restart=_restarts(step, at, flags)) for step in steps]


def _restarts(step: Step, at: At, flags: Mapping[str, Any]) -> bool | None:
    """None if the step has nothing to do with restarts, or the service does not return the flag."""
    if step.path == at.path and step.verb == "update":
        said = tuple(_resizing(step, flags))
        return True if True in said else False if False in said else None
    if len(step.path) == len(at.path) + 2 and step.verb in PLUGGED:
        if step.resource.kind == NIC.kind:
            return _unless(flags, f"nic_hot_{PLUGGED[step.verb]}")
        if step.path[-2] == VOLUME.plural:
            return _unless(flags, f"disc_virtio_hot_{PLUGGED[step.verb]}")
    return None


def _resizing(step: Step, flags: Mapping[str, Any]) -> Iterator[bool | None]:
    """Whether each field of an update restarts the server."""
    before, after = step.before or {}, step.after or {}
    yield from (True for name in COLD if name in after)
    for name, device in SIZES.items():
        old, new = before.get(name), after.get(name)
        if old is None or new is None:
            continue
        if new < old:
            # From version 5 on, volumes have no flag for unplugging these.
            yield not flags.get(f"{device}_hot_unplug") if flags else None
        elif name == "ram" and new > HOT_RAM:
            yield True
        else:
            yield _unless(flags, f"{device}_hot_plug")


def _unless(flags: Mapping[str, Any], flag: str) -> bool | None:
    return None if flags.get(flag) is None else not flags[flag]
