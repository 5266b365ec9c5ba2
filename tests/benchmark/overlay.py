# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An overlay network of many endpoints: built, run again and listed, and how late its end is seen."""

from __future__ import annotations

from collections.abc import Sequence

from pocketvdc.netfoundry.testing import NetFoundryApi, credentials_file

from . import plays
from .lab import Finished, Lab, Task, tell
from .report import Results, Row, Seconds
from .scale import Scale

OVERLAY = "an overlay network in one task"
LISTED = "inventory of an overlay network"
PROVISIONING = 10.0  # seconds
SOON, LATE = (
    500,
    2.0,
)  # up to so many endpoints, the seconds after the service's last work in which a task may end
CURVE = 1.5  # how much steeper than a straight line may be
NOISE = 0.2  # seconds


def overlay(lab: Lab, scale: Scale, results: Results) -> None:
    """Networks of several sizes: unchanged, in the inventory, and new endpoints that are waited for."""
    results.rows += sorted(
        (row for count in scale.endpoints for row in _unchanged(lab, scale, count)),
        key=lambda row: row.section == LISTED,
    )
    for section, name in ((OVERLAY, "unchanged"), (LISTED, "plugin")):
        _linear(results, scale.endpoints, section, name)
    for count in scale.awaited:
        _awaited(lab, results, count)


def network(count: int) -> list[Task]:
    """A network with so many endpoints, as one task."""
    endpoints = [
        {"name": f"laptop-{number:04}", "attributes": [f"#team-{number % 20}"]} for number in range(count)
    ]
    options = {"name": "bench", "endpoints": endpoints, "wait_timeout": 1200}
    return [plays.task("network", "netfoundry_network", options)]


def _unchanged(lab: Lab, scale: Scale, count: int) -> list[Row]:
    source = lab.folder / "bench.netfoundry.yml"
    account = credentials_file(lab.url, lab.folder)
    source.write_text(
        f"plugin: profitbricks.cloud.netfoundry\napi_url: {lab.url}\ncredentials: {account}\n",
        encoding="utf-8",
    )
    lab.reset()
    tell(f"{OVERLAY}: {count} endpoints, create")
    timings, finished = lab.play(network(count))
    assert timings[0].changed
    rows = [_row(OVERLAY, f"{count} endpoints, create", [finished], lab.requests)]
    again: list[Finished] = []
    listed: list[Finished] = []
    for number in range(scale.inventories):
        tell(f"{OVERLAY}: {count} endpoints, unchanged, {number + 1} of {scale.inventories}")
        timings, finished = lab.play(network(count))
        assert not timings[0].changed
        again.append(finished)
        reads = lab.requests
        lab.forget()
        listed.append(lab.command(["-m", "ansible", "inventory", "--list", "-i", str(source)]))
    rows.append(_row(OVERLAY, f"{count} endpoints, unchanged", again, reads))
    rows.append(_row(LISTED, f"{count} endpoints, plugin", listed, lab.requests))
    return rows


def _row(section: str, name: str, found: Sequence[Finished], requests: int) -> Row:
    memory = round(max(each.memory for each in found), 1)
    return Row(section, name, Seconds.of([each.seconds for each in found]), requests, memory)


def _linear(results: Results, counts: Sequence[int], section: str, name: str) -> None:
    """The largest network, beside where a straight line through the smaller ones leads."""
    first, middle, last = counts[-3:]
    seconds = {each: results.row(section, f"{each} endpoints, {name}").seconds.least for each in counts}
    slope = max(0.0, seconds[middle] - seconds[first]) / (middle - first)
    limit = seconds[middle] + CURVE * slope * (last - middle) + NOISE
    results.reach(f"{section}: {last}, beside {first} and {middle}", seconds[last], limit, "s")


def _awaited(lab: Lab, results: Results, count: int) -> None:
    """How late it is seen that the service is done with new endpoints, and what that costs in reads."""
    tell(f"{count} new endpoints, where each takes {PROVISIONING:g} s")
    lab.reset()
    NetFoundryApi(lab.cloud).network("bench")
    lab.cloud.settings.provision_seconds = PROVISIONING
    (timing,), _finished = lab.play(network(count))
    writes = [call for call in timing.calls if call["method"] == "POST" and "endpoints" in call["path"]]
    assert timing.changed and len(writes) == count
    done = max(float(call["at"]) for call in writes) + PROVISIONING
    late = Seconds.of([timing.ended - done])
    polls = sum("/executions" in call["path"] for call in timing.calls)
    name = f"{count} new endpoints, seconds after the service's DONE"
    results.rows.append(Row(OVERLAY, f"{name} (requests: polls)", late, polls))
    if count <= SOON:
        results.reach(name, late.median, LATE, "s")
