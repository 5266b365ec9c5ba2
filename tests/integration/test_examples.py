# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The EXAMPLES of each module and filter work as they stand: each task, in order, and right away again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml
from jinja2 import Environment, nodes

from catalogue import kind_of
from integration.example_worlds import EVERYWHERE, KEY, MEANWHILE, VARIABLES, WITHOUT, build
from integration.runner import TOKEN, Done, Results, Runner, Task
from pocketvdc import Cloud, Server
from pocketvdc.netfoundry.testing import credentials_file

ROOT = Path(__file__).resolve().parents[2]
PREFIX = "profitbricks.cloud."
MODULES = sorted(path.stem for path in (ROOT / "plugins" / "modules").glob("*.py"))
FILTERS = sorted(path.stem for path in (ROOT / "plugins" / "filter").glob("*.py"))
FOLDER = {**dict.fromkeys(MODULES, "modules"), **dict.fromkeys(FILTERS, "filter")}
# One process runs the examples of several plugins, as it takes longer to start than most of them; and as most of their
# time is waiting, two processes run at once.
BATCH = 24
BATCHES = [list(FOLDER)[start : start + BATCH] for start in range(0, len(FOLDER), BATCH)]

# A task of a managing module changes something, and nothing when it runs again, unless its name has these words ...
EACH_TIME = "each time"
WHERE_NEEDED = (" if ", "Make sure ")
# ... or it is one of these.
STEADY = {
    "Feed it back, which changes nothing",
    "Remove all IP failover groups",  # a new LAN has none
}
# The object of such a task is another one afterwards: run again, it says that its object is gone.
ONCE = {"Replace it by a new node, which has another UUID"}
# A task of an info module finds something.
EMPTY = {
    "Find out what failed in November, and why",
    "Find out what has failed in a network",
    "Find out what can be granted",
    "Read what was granted to the pipeline",
    "List the tokens of the user",
}


def examples(plugin: str) -> list[Task]:
    """The tasks that the documentation of a plugin shows."""
    name = f"ansible_collections.{PREFIX}plugins.{FOLDER[plugin]}.{plugin}"
    tasks = yaml.safe_load(import_module(name).EXAMPLES)
    assert tasks, f"{plugin} has no EXAMPLES"
    return list(tasks)


def manages(task: Task) -> bool:
    """Whether a task is to change something in an account, or to tell what it would change."""
    modules = [key for key in task if key.startswith(PREFIX)]
    return bool(modules) and not modules[0].endswith("_info")


def found(task: Task, done: Done) -> Any:
    """What a task of an info module has read; None of other tasks, and of what is hidden or may well be empty."""
    for key in task:
        if key.startswith(PREFIX) and key.endswith("_info") and task["name"] not in EMPTY:
            return done.result.get(kind_of(key.removeprefix(PREFIX)).resource.plural)
    return None


def told(plugin: str, word: str, task: Task) -> str:
    """A name for the task that no other one has."""
    return f"{plugin}, {word}: {task['name']}"


def steps(plugin: str) -> Iterator[Task]:
    """The examples' tasks, each followed by itself if it changes something. Registered is what the first one gave."""
    for task in examples(plugin):
        command = MEANWHILE.get(plugin, {}).get(task["name"])
        if command:
            yield {"name": told(plugin, "before", task), "ansible.builtin.command": {"argv": command}}
        yield {**task, "name": told(plugin, "first", task)}
        if manages(task):
            again = {key: value for key, value in task.items() if key != "register"}
            yield {**again, "name": told(plugin, "again", task)}


def block(plugin: str, folder: Path, stack: ExitStack) -> Task:
    """The examples of a plugin, with an emulator and an account of their own until the stack is closed."""
    server = stack.enter_context(Server(Cloud()))
    folder.mkdir(parents=True)
    account = str(credentials_file(server.url, folder))
    return {
        "name": plugin,
        "vars": build(server.cloud, plugin),
        "module_defaults": {
            f"group/{PREFIX}profitbricks": {"api_url": server.url, "token": TOKEN},
            f"group/{PREFIX}netfoundry": {"api_url": server.url, "credentials": account},
        },
        "block": list(steps(plugin)),
    }


def run(blocks: Sequence[Task], play: Runner, home: Path) -> Results:
    """Run some examples, with the home of a reader who has a key and the usual folders."""
    for name in (".kube", ".netfoundry", ".ssh"):
        (home / name).mkdir(parents=True)
    (home / ".ssh" / "id.pub").write_text(KEY, encoding="utf-8")
    return Runner(play.cloud, play.url, home)(blocks, environ={"HOME": str(home)})


def problems(plugin: str, done: Results) -> Iterator[str]:
    """What became otherwise than the examples say."""
    for task in examples(plugin):
        name = task["name"]
        first = done[told(plugin, "first", task)]
        if first.status != "ok":
            yield f"{first.name}: {first.status}: {first.result.get('msg') or first.result}"
            continue
        if not manages(task):
            if found(task, first) == []:
                yield f"{first.name}: found nothing"
            continue
        if first.changed == (name in STEADY) and not any(word in name for word in WHERE_NEEDED):
            yield f"{first.name}: changed is {first.changed}"
            continue
        again = done[told(plugin, "again", task)]
        if name in ONCE:
            if again.status != "failed" or "there is no node" not in again.msg:
                yield f"{again.name}: {again.status}, {again.msg}"
        elif again.status != "ok":
            yield f"{again.name}: {again.result.get('msg') or again.result}"
        elif again.changed != (first.changed if task.get("check_mode") else EACH_TIME in name):
            yield f"{again.name}: changed is {again.changed}"


@pytest.mark.parametrize("plugins", BATCHES, ids=" ".join)
def test_the_examples_work(plugins: list[str], play: Runner, tmp_path: Path) -> None:
    with ExitStack() as stack:
        blocks = [block(plugin, tmp_path / "accounts" / plugin, stack) for plugin in plugins]
        halves = {"one": blocks[::2], "other": blocks[1::2]}
        with ThreadPoolExecutor() as pool:
            runs = list(pool.map(lambda home: run(halves[home], play, tmp_path / home), halves))
    wrong = [each for number, plugin in enumerate(plugins) for each in problems(plugin, runs[number % 2])]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("plugin", FOLDER)
def test_examples_use_no_variable_that_they_do_not_explain(plugin: str) -> None:
    """Plugins share a process, in which one could use what another has registered."""
    known = {*EVERYWHERE, *VARIABLES.get(plugin, {}), "item", "lookup", "playbook_dir"}
    for task in examples(plugin):
        assert variables(task) <= known | set(task.get("vars", {})), task["name"]
        known.add(task.get("register", ""))


def variables(value: Any) -> set[str]:
    """The variables in a task's templates and conditions."""
    if isinstance(value, dict):
        conditions = [f"{{{{ {value[key]} }}}}" for key in ("when", "that") if key in value]
        return set().union(*map(variables, [*value.values(), *conditions]))
    if isinstance(value, list):
        return set().union(*map(variables, value))
    names = Environment().parse(value).find_all(nodes.Name) if isinstance(value, str) else ()
    return {name.name for name in names}


def test_the_tables_name_plugins_and_tasks_that_there_are() -> None:
    assert {*VARIABLES, *WITHOUT, *MEANWHILE} <= set(FOLDER)
    shown = {task["name"] for plugin in FOLDER for task in examples(plugin)}
    assert shown >= STEADY | EMPTY
    for plugin, commands in MEANWHILE.items():
        assert set(commands) <= {task["name"] for task in examples(plugin)}


def test_no_other_plugins_have_examples() -> None:
    """Those of inventory plugins are run by the tests of these plugins."""
    with_examples = {
        path.parent.name
        for path in (ROOT / "plugins").rglob("*.py")
        if re.search(r"^EXAMPLES = ", path.read_text(encoding="utf-8"), re.M)
    }
    assert with_examples == {*FOLDER.values(), "inventory"}
