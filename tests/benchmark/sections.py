# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is measured: a function for each section."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from statistics import median

from integration.scenarios import SCENARIOS

from . import plays
from .emulator import emulator
from .lab import HERE, TOKEN, Finished, Lab, Timing, tell
from .overlay import overlay
from .report import Results, Row, Seconds
from .scale import Scale
from .trees import in_loops, trees

IN_PROCESS = "tasks in process"
AS_MODULE = "tasks as modules"
SITE = "site"
LIMITED = "site with the rate limit"
WAITING = "waiting: seconds after the service's DONE"
INVENTORY = "inventory"
DATACENTERS = 20
ALL_VARIABLES = "static YAML, all variables"
MOST_VARIABLES = 1000  # hosts; Ansible takes minutes to read all variables of more of them from YAML


# -- tasks ------------------------------------------------------------------------------------------------------


def tasks(lab: Lab, scale: Scale, results: Results) -> None:
    """Each module both ways, ``ping`` and ``debug`` beside them in the same plays."""
    for section, in_process in ((IN_PROCESS, True), (AS_MODULE, False)):
        timings: list[Timing] = []
        kinds = scale.kinds or tuple(SCENARIOS)
        for number, kind in enumerate(kinds, 1):
            tell(f"{section}: {plays.label(kind)}, {number} of {len(kinds)}")
            lab.reset()
            variables = lab.world(SCENARIOS[kind])
            todo = []
            for round in range(scale.rounds):
                todo += [*plays.baselines(), *plays.life(kind, SCENARIOS[kind], round)]
            # The first task of a play loads what the others find.
            timings += lab.play([*plays.baselines(), *todo], in_process, variables)[0][2:]
        found = _by_name(timings)
        for name, several in found.items():
            drawn = not name.endswith((" create", " update", " delete"))
            results.rows.append(replace(_row(section, name, several), drawn=drawn))
        for verb in plays.VERBS:
            every = [each for each in timings if each.name.endswith(f" {verb}")]
            assert all(each.changed == (verb != "unchanged") for each in every)
            results.rows.append(_row(section, f"all {verb}", every))
    _task_targets(results)


def _task_targets(results: Results) -> None:
    def seconds(section: str, name: str) -> float:
        return results.row(section, name).seconds.median

    inside, module = seconds(IN_PROCESS, "all unchanged"), seconds(AS_MODULE, "all unchanged")
    results.reach("unchanged in process, of ping", inside / seconds(IN_PROCESS, plays.PING), 0.1, "times")
    results.reach("unchanged in process, of debug", inside / seconds(IN_PROCESS, plays.DEBUG), 2.5, "times")
    results.reach("unchanged as module, of ping", module / seconds(AS_MODULE, plays.PING), 1.55, "times")


def _by_name(timings: Iterable[Timing]) -> dict[str, list[Timing]]:
    found: dict[str, list[Timing]] = {}
    for timing in timings:
        found.setdefault(timing.name, []).append(timing)
    return found


def _row(section: str, name: str, timings: Sequence[Timing]) -> Row:
    calls = median(len(each.calls) for each in timings) if name not in (plays.PING, plays.DEBUG) else None
    return Row(section, name, Seconds.of([each.seconds for each in timings]), calls)


# -- a site -----------------------------------------------------------------------------------------------------


def site(lab: Lab, scale: Scale, results: Results) -> None:
    """A whole play from start to end, created and run again, and the same play with ``debug``."""
    todo = plays.site(scale.servers)
    runs: dict[str, list[Finished]] = {}
    requests: dict[str, int] = {}

    def run(name: str, tasks: Sequence[plays.Task], in_process: bool = True, changes: bool = False) -> None:
        timings, finished = lab.play(tasks, in_process)
        assert any(each.changed for each in timings) is changes, name
        runs.setdefault(name, []).append(finished)
        requests[name] = lab.requests

    for number in range(scale.sites):
        tell(f"site of {scale.servers} servers, {number + 1} of {scale.sites}")
        lab.reset()
        run("create", todo, changes=True)
        run("unchanged", todo)
        run("debug in place of each task", plays.with_debug(todo))
    tell("site as modules")
    run("unchanged as modules", todo, in_process=False)
    for name, found in runs.items():
        calls = None if name.startswith("debug") else requests[name]
        results.rows.append(Row(SITE, name, Seconds.of([each.seconds for each in found]), calls))
    debug = results.row(SITE, "debug in place of each task").seconds.median
    unchanged = results.row(SITE, "unchanged").seconds.median
    results.reach("site unchanged, beside 1.5 times debug + 1 s", unchanged, 1.5 * debug + 1, "s")


def limited(lab: Lab, scale: Scale, results: Results) -> None:
    """The site where the service answers 120 requests a minute, 50 at once: requests are what costs."""
    life = {
        "create": in_loops(scale.servers),
        "unchanged": in_loops(scale.servers),
        "change one rule": in_loops(scale.servers, https=444),
        "add one server": in_loops(scale.servers + 1, https=444),
    }
    for name, todo in life.items():
        tell(f"site of {scale.servers} servers with the rate limit: {name}")
        if name == "create":
            lab.reset(rate_limit="120/50")
        lab.cloud.limit_rate("120/50")  # with a full allowance
        _timings, finished = lab.play(todo)
        refused = sum(call["status"] == 429 for call in lab.cloud.journal.calls)
        results.rows.append(Row(LIMITED, name, Seconds.of([finished.seconds]), lab.requests))
        results.rows.append(Row(LIMITED, f"{name}: refused with 429", Seconds.of([0.0]), refused))


# -- waiting ----------------------------------------------------------------------------------------------------


def waiting(lab: Lab, scale: Scale, results: Results) -> None:
    """How late a task sees that the service is done."""
    for seconds in scale.provision_seconds:
        times = scale.rounds if seconds < 5 else max(2, scale.rounds // 2)
        tell(f"waiting for requests of {seconds} s, {times} times")
        lab.reset(provision_seconds=seconds)
        todo = [
            plays.task(
                "wait", "datacenter", {"name": f"bench-{number}", "location": "de/fra", "progress": False}
            )
            for number in range(times)
        ]
        timings, _finished = lab.play(todo)
        late = [timing.ended - _accepted(timing) - seconds for timing in timings]
        polls = median(sum(call["path"].endswith("/status") for call in each.calls) for each in timings)
        row = Row(WAITING, f"provisioning takes {seconds} s (requests: polls)", Seconds.of(late), polls)
        results.rows.append(row)
        results.reach(
            f"added after {seconds} s, beside 0.3 s + 8%", row.seconds.median, 0.3 + 0.08 * seconds, "s"
        )


def _accepted(timing: Timing) -> float:
    (write,) = (call for call in timing.calls if call["method"] == "POST")
    return float(write["at"])


# -- inventory --------------------------------------------------------------------------------------------------


def inventory(lab: Lab, scale: Scale, results: Results) -> None:
    """The inventory plugin beside a bare client and a static file of the same hosts."""
    memory: dict[int, float] = {}
    for count in scale.inventory:
        fill(lab, count)
        times = scale.inventories if count < 5000 else max(1, scale.inventories - 1)
        source, static = lab.folder / "bench.profitbricks.yml", lab.folder / "static.yml"
        source.write_text(
            f"plugin: profitbricks.cloud.profitbricks\napi_url: {lab.api}\ntoken: {TOKEN}\n", encoding="utf-8"
        )
        listing = ("-m", "ansible", "inventory", "--list")
        programs: dict[str, list[str]] = {
            "plugin": [*listing, "-i", str(source)],
            "bare client": [str(HERE / "bare_client.py"), lab.api, TOKEN],
            "static YAML, names and addresses": [*listing, "-i", str(static)],
            "ansible-inventory without hosts": [*listing, "-i", "localhost,"],
        }
        tell(f"inventory of {count} servers: a static file of them")
        static.write_text(names_and_addresses(count), encoding="utf-8")
        if count <= MOST_VARIABLES:
            full = lab.folder / "full.yml"
            lab.command([*listing, "-i", source, "--yaml", "--output", full])
            programs[ALL_VARIABLES] = [*listing, "-i", str(full)]
        runs: dict[str, list[Finished]] = {name: [] for name in programs}
        requests: dict[str, int] = {}
        for number in range(times):
            for name, words in programs.items():
                if name == ALL_VARIABLES and number:
                    continue  # a minute that nothing depends on
                tell(f"inventory of {count} servers: {name}, {number + 1} of {times}")
                lab.forget()
                runs[name].append(lab.command(words))
                requests[name] = lab.requests
        for name, found in runs.items():
            seconds = Seconds.of([each.seconds for each in found])
            most = max(each.memory for each in found)
            calls = requests[name] or None
            results.rows.append(Row(INVENTORY, f"{count} servers, {name}", seconds, calls, round(most, 1)))
        memory[count] = max(each.memory for each in runs["plugin"])
    _inventory_targets(results, scale.inventory, memory)


def _inventory_targets(results: Results, counts: Sequence[int], memory: Mapping[int, float]) -> None:
    largest = counts[-1]
    plugin, bare, static = (
        results.row(INVENTORY, f"{largest} servers, {name}").seconds.median
        for name in ("plugin", "bare client", "static YAML, names and addresses")
    )
    name = f"inventory of {largest}, beside twice the bare client + the static file"
    results.reach(name, plugin, 2 * bare + static, "s")
    if len(counts) > 2:
        first, middle, last = counts[-3:]
        before = (memory[middle] - memory[first]) / (middle - first)
        after = (memory[last] - memory[middle]) / (last - middle)
        # Parsing and whole answers in flight vary; a quadratic need would be ten times as much.
        results.reach("memory of a further server at the most, of one before", after / before, 1.5, "times")


def names_and_addresses(count: int) -> str:
    """The least that a static inventory of as many hosts says, which makes it the hardest to keep up with."""
    names = (f"web-{number:05}" for number in range(count))
    hosts = [f"    {name}: {{ansible_host: 203.0.113.1}}" for name in names]
    return "\n".join(["all:", "  hosts:", *hosts, ""])


def fill(lab: Lab, count: int) -> None:
    """That many servers with two NICs each, in data centers of the same size."""
    tell(f"inventory of {count} servers: building them")
    lab.reset()
    nics = [{"properties": {"name": f"nic-{lan}", "lan": lan}} for lan in (1, 2)]
    each = count // DATACENTERS
    for number in range(1, DATACENTERS + 1):
        lans = [{"properties": {"name": name, "public": name == "public"}} for name in ("public", "private")]
        servers = [
            {
                "properties": {"name": f"web-{number:02}-{index:04}", "cores": 2, "ram": 2048},
                "entities": {"nics": {"items": nics}},
            }
            for index in range(1, each + 1)
        ]
        entities = {"lans": {"items": lans}, "servers": {"items": servers}}
        properties = {"name": f"bench-{number:02}", "location": "de/fra"}
        lab.post("datacenters", {"properties": properties, "entities": entities})


SECTIONS: dict[str, Callable[[Lab, Scale, Results], None]] = {
    "tasks": tasks,
    "site": site,
    "limited": limited,
    "trees": trees,
    "waiting": waiting,
    "inventory": inventory,
    "overlay": overlay,
    "emulator": emulator,
}
