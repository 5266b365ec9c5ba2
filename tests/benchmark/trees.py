# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A whole data center in one task, beside the same with a task for each kind of resource."""

from __future__ import annotations

import copy
import time
from collections.abc import Callable, Sequence
from typing import Any

from . import plays
from .lab import Finished, Lab, Task, tell
from .report import Results, Row, Seconds
from .scale import Scale

TREE = "a data center in one task"
TREE_LIMITED = "a data center in one task, with the rate limit"
LOOPS = "the same in loops of tasks"
EMPTY = "empty play"
LIMIT = "120/50"
RULES = (("ssh", 22), ("http", 80), ("https", 443))
PROVISIONING = 2.0  # seconds
Change = Callable[[int], list[Task]]


def one_task(servers: int, https: int = 443) -> list[Task]:
    """The site of `plays.site` as one task; ``https`` is the port of one rule of the last server."""
    rules = [
        {"name": name, "protocol": "TCP", "port_range_start": port, "port_range_end": port}
        for name, port in RULES
    ]
    nics: list[dict[str, Any]] = [
        {"name": "public", "lan": "public", "firewall_active": True, "firewall_rules": rules},
        {"name": "private", "lan": "private", "firewall_active": True},
    ]
    boot = {"size": 10, "image": "ubuntu:24.04", "ssh_keys": ["ssh-ed25519 AAAA"]}
    server = {"cores": 2, "ram": 2048, "nics": nics}
    alike = {**server, "name": "web-%04d", "count": servers - 1, "boot_volume": "web-%04d-boot"}
    alike["volumes"] = [{**boot, "name": "web-%04d-boot"}]
    last: dict[str, Any] = {**copy.deepcopy(server), "name": "last", "boot_volume": "last-boot"}
    last["volumes"] = [{**boot, "name": "last-boot"}]
    last["nics"][0]["firewall_rules"][-1]["port_range_end"] = https
    lans = [{"name": "public", "public": True}, {"name": "private", "public": False}]
    options = {"name": "bench", "location": "de/fra", "lans": lans, "servers": [alike, last]}
    return [plays.task("site", "datacenter", options)]


def in_loops(servers: int, https: int = 443) -> list[Task]:
    tasks = plays.site(servers)
    tasks[-1]["loop"][-1][-1] = https
    return tasks


def trees(lab: Lab, scale: Scale, results: Results) -> None:
    """Create, run again, change one rule, add one server; for sites of several sizes."""
    empty: list[Finished] = []
    for servers in scale.trees:
        times = scale.sites if servers < 1000 else 1
        _life(lab, results, TREE, one_task, servers, times, empty=empty)
    results.rows.append(_row(TREE, EMPTY, empty))
    _life(lab, results, LOOPS, in_loops, scale.servers, 1)
    for servers in scale.trees:
        _life(lab, results, TREE_LIMITED, one_task, servers, 1, LIMIT)
    _targets(results, scale.trees)
    _provisioned(lab, results)
    _download(lab, results, scale.trees[-1])


def _life(
    lab: Lab,
    results: Results,
    section: str,
    play: Callable[..., list[Task]],
    servers: int,
    times: int,
    limit: str | None = None,
    empty: list[Finished] | None = None,
) -> None:
    """Measure the changes of one site; ``empty`` takes plays without tasks, each at the side of one that is compared."""
    verbs: dict[str, list[Task]] = {
        "create": play(servers),
        "unchanged": play(servers),
        "change one rule": play(servers, https=444),
        "add one server": play(servers + 1, https=444),
    }
    runs: dict[str, list[Finished]] = {verb: [] for verb in verbs}
    requests: dict[str, int] = {}
    for number in range(times):
        lab.reset(rate_limit=limit)
        for verb, tasks in verbs.items():
            tell(f"{section}: {servers} servers, {verb}, {number + 1} of {times}")
            lab.cloud.limit_rate(limit)  # with a full allowance
            if empty is not None and verb == "unchanged":
                empty.append(lab.play([])[1])
            timings, finished = lab.play(tasks)
            assert any(each.changed for each in timings) is (verb != "unchanged"), verb
            runs[verb].append(finished)
            requests[verb] = lab.requests
    for verb, found in runs.items():
        results.rows.append(_row(section, f"{servers} servers, {verb}", found, requests[verb]))


def _row(section: str, name: str, found: Sequence[Finished], requests: int | None = None) -> Row:
    memory = round(max(each.memory for each in found), 1)
    return Row(section, name, Seconds.of([each.seconds for each in found]), requests, memory)


def _targets(results: Results, sizes: Sequence[int]) -> None:
    empty = results.row(TREE, EMPTY).seconds.median
    least = sizes[0]
    unchanged = results.row(TREE, f"{least} servers, unchanged")
    # One of them for the alias of the image, which is read only where one is given.
    results.reach(f"requests to find {least} servers with images unchanged", unchanged.requests or 0, 3, "")
    name = f"{least} servers unchanged in one task, beside an empty play + 0.5 s"
    results.reach(name, unchanged.seconds.median, empty + 0.5, "s")
    first, last = (results.row(TREE, f"{each} servers, unchanged") for each in (sizes[0], sizes[-1]))
    more = ((last.memory or 0.0) - (first.memory or 0.0)) / (sizes[-1] - sizes[0])
    results.reach(f"memory of a further server, up to {sizes[-1]}", more, 0.1, "MiB")


def _provisioned(lab: Lab, results: Results) -> None:
    """How late the end of the service's work is seen, and in how many writes all is asked for."""
    tell(f"10 servers in one task, where a request takes {PROVISIONING} s")
    lab.reset(provision_seconds=PROVISIONING)
    (timing,), _finished = lab.play(one_task(10))
    writes = [call for call in timing.calls if call["method"] != "GET"]
    done = max(float(call["at"]) for call in writes) + PROVISIONING
    late = Seconds.of([timing.ended - done])
    results.rows.append(Row(TREE, "10 servers, seconds after the service's DONE", late, len(timing.calls)))
    results.reach("writes beyond the first for 10 servers", len(writes) - 1, 2, "")
    results.reach("10 servers, seconds after the service's DONE", late.median, 1.0, "s")


def _download(lab: Lab, results: Results, servers: int) -> None:
    """The largest site, beside what only reading it takes a bare client."""
    lab.reset()
    lab.play(one_task(servers))
    (datacenter,) = lab.session.get(f"{lab.api}/datacenters").json()["items"]
    begun = time.perf_counter()
    lab.session.get(f"{lab.api}/datacenters/{datacenter['id']}", params={"depth": 6}, timeout=300).json()
    seconds = time.perf_counter() - begun
    results.rows.append(Row(TREE, f"{servers} servers, bare download", Seconds.of([seconds]), 1))
    name = f"{servers} servers unchanged, beside an empty play + 0.5 s + 5 downloads"
    empty = results.row(TREE, EMPTY).seconds.median
    results.reach(
        name,
        results.row(TREE, f"{servers} servers, unchanged").seconds.median,
        empty + 0.5 + 5 * seconds,
        "s",
    )
