# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The house keeps its order: who may import whom, what stays pure, and how large a function may become."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2] / "plugins" / "module_utils"
FILES = sorted(ROOT.rglob("*.py"))
LONGEST = 40  # lines of a function


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


MODULES = {name_of(path): path for path in FILES}


@cache
def imports(name: str) -> frozenset[tuple[str, bool]]:
    """What a module imports of module_utils, and whether it does so as it loads, and not only for types or later."""
    path = MODULES[name]
    package = name.split(".") if path.name == "__init__.py" else name.split(".")[:-1]

    def walk(node: ast.AST, loading: bool) -> Iterator[tuple[str, bool]]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
                continue
            if isinstance(child, ast.ImportFrom) and child.level:
                base = package[: len(package) - child.level + 1]
                home = ".".join([*base, *(child.module.split(".") if child.module else [])])
                for alias in child.names:
                    inner = f"{home}.{alias.name}".strip(".")
                    yield (inner if inner in MODULES else home), loading
            inside = isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef))
            yield from walk(child, loading and not inside)

    return frozenset(walk(ast.parse(path.read_text(encoding="utf-8")), True))


def reached(name: str) -> set[str]:
    """All that a module can reach, then and later."""
    found: set[str] = set()
    todo = [name]
    while todo:
        for other, _loading in imports(todo.pop()):
            if other not in found and other in MODULES:
                found.add(other)
                todo.append(other)
    return found


PURE = [
    name
    for name in MODULES
    if ".plan." in name
    or ".rules." in name
    or name.endswith((".datacenter.planner", ".datacenter.parse", ".datacenter.write", ".network.planner"))
]


@pytest.mark.parametrize("name", PURE)
def test_plans_rules_and_comparison_cannot_reach_the_service(name: str) -> None:
    forbidden = {"client", "requests_api", "look", "transport", "apply", "task", "connection", "auth"}
    assert {other for other in reached(name) if other.rsplit(".", 1)[-1] in forbidden} == set()


def test_what_is_pure_is_found() -> None:
    assert len(PURE) > 25


def test_no_imports_go_in_a_circle() -> None:
    graph = {name: {other for other, loading in imports(name) if other != name} for name in MODULES}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


@pytest.mark.parametrize("name", MODULES)
def test_arrows_run_one_way(name: str) -> None:
    room = name.split(".")[0]
    others = {other.split(".")[0] for other in reached(name)} - {room, "", "version"}
    allowed = {
        "_engine": set(),
        "_profitbricks": {"_engine"},
        "_netfoundry": {"_engine"},
    }
    if room in allowed:
        assert others <= allowed[room]


@pytest.mark.parametrize("name", [name for name in MODULES if ".rules." in name or ".resources." in name])
def test_rules_stand_on_resources_and_nothing_else_of_the_vendor(name: str) -> None:
    rooms = {
        other.split(".")[1] for other in reached(name) if not other.startswith("_engine") and "." in other
    }
    above = {"behaviour", "datacenter", "network", "provider"}
    assert not rooms & (above | ({"rules"} if ".resources." in name else set()))


def test_what_has_no_limit_is_sent_without_limits() -> None:
    """Ansible packs with a module all that it can reach, and sends it each time."""
    weighty = {f"_profitbricks.rules.{name}" for name in ("limits", "offers", "fitting", "devices")}
    others = {"_profitbricks.resources.balancing", "_profitbricks.resources.kubernetes"}
    assert not (weighty | others) & reached("_profitbricks.behaviour.users")
    assert weighty <= reached("_profitbricks.behaviour.servers")
    assert weighty | others <= reached("_profitbricks.behaviour.datacenters")


def test_there_is_one_of_each() -> None:
    """One class named Step, one pairing, one apply, one ensure."""
    names = [
        node.name
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, (ast.ClassDef, ast.FunctionDef))
        and node.name in ("Step", "ensure", "apply", "pair")
    ]
    # Rules may tell who is who in their own collections; `plan.pairing` alone compares marks.
    assert sorted(set(names)) == ["Step", "apply", "ensure", "pair"]
    assert names.count("Step") == names.count("ensure") == 1


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_no_function_is_long(path: Path) -> None:
    long = {
        node.name: (node.end_lineno or 0) - node.lineno + 1
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= LONGEST
    }
    assert long == {}
