# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What Ansible sends with a module: every file that it can reach, in functions and for types as well, each time it runs."""

from __future__ import annotations

import ast
import fnmatch
import zlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from catalogue import kind_of

PLUGINS = Path(__file__).resolve().parents[2] / "plugins"
PACKAGE = "ansible_collections.profitbricks.cloud.plugins."
MODULES = sorted(path.stem for path in (PLUGINS / "modules").glob("*.py"))


def source(name: str) -> Path | None:
    path = PLUGINS / name.replace(".", "/")
    return next((each for each in (path.with_suffix(".py"), path / "__init__.py") if each.exists()), None)


@cache
def imported(path: Path) -> frozenset[Path]:
    """What a file imports of this collection, whenever it does."""
    above = path.relative_to(PLUGINS).with_suffix("").parts

    def names() -> Iterator[str]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.ImportFrom):
                continue
            home = (node.module or "").removeprefix(PACKAGE)
            if node.level:
                home = ".".join((*above[: -node.level], *filter(None, [node.module])))
            elif home == node.module:
                continue
            yield from (home, *(f"{home}.{alias.name}" for alias in node.names))

    return frozenset(found for found in map(source, names()) if found)


@cache
def packed(module: str) -> frozenset[Path]:
    """The files that go with a module."""
    found: set[Path] = set()
    todo = [PLUGINS / "modules" / f"{module}.py"]
    while todo:
        path = todo.pop()
        if path not in found:
            found.add(path)
            todo += imported(path)
    return frozenset(found)


@cache
def weight(path: Path) -> float:
    """KB of a file on the way, compressed and in base64."""
    return len(zlib.compress(path.read_bytes())) * 4 / 3 / 1024


# In KB; a little above what it is today. Two thirds are common to all: options in, plans, requests, failures in words.
CEILINGS = {
    "profitbricks_datacenter*": 345,
    "profitbricks_server*": 250,
    "netfoundry_network": 240,
    "netfoundry_network_info": 240,
    "profitbricks_volume*": 220,
    "profitbricks_k8s_*": 210,
}
IN_THE_ACCOUNT, INSIDE_OTHERS = 184, 213


def ceiling(module: str) -> int:
    for pattern, most in CEILINGS.items():
        if fnmatch.fnmatch(module, pattern):
            return most
    return INSIDE_OTHERS if kind_of(module).resource.parents else IN_THE_ACCOUNT


@pytest.mark.parametrize("module", MODULES)
def test_a_module_is_light(module: str) -> None:
    heaviest = sorted(packed(module), key=weight)[:-20:-1]
    assert sum(map(weight, packed(module))) <= ceiling(module), [path.stem for path in heaviest]


# The modules that need what weighs, and no others: without _info, both are meant.
STORING = ("server", "volume", "volume_attachment", "cdrom_attachment", "datacenter")
WEIGHTY = {
    "_engine/plan_file": ("profitbricks_datacenter", "netfoundry_network"),
    "_engine/whole": ("profitbricks_datacenter", "netfoundry_network"),
    "_profitbricks/resources/balancing": (
        "profitbricks_application_load_balancer*",
        "profitbricks_network_load_balancer*",
        "profitbricks_flowlog",
        "profitbricks_datacenter",
    ),
    "_profitbricks/resources/kubernetes": ("profitbricks_k8s_*", "profitbricks_datacenter"),
    "_profitbricks/resources/servers": tuple(
        f"profitbricks_{each}" for each in (*STORING, "nic", "snapshot", "label")
    ),
    "_profitbricks/rules/offers": tuple(
        f"profitbricks_{each}" for each in ("server", "volume", "datacenter")
    ),
    "_profitbricks/rules/volumes": tuple(
        f"profitbricks_{each}" for each in ("server", "volume", "datacenter")
    ),
}


@pytest.mark.parametrize("name", WEIGHTY)
def test_what_weighs_goes_with_what_needs_it(name: str) -> None:
    path = PLUGINS / "module_utils" / f"{name}.py"
    modules = {module.removesuffix("_info") for module in MODULES if path in packed(module)}
    lone = {module for module in modules if not any(fnmatch.fnmatch(module, each) for each in WEIGHTY[name])}
    idle = {each for each in WEIGHTY[name] if not fnmatch.filter(modules, each)}
    assert (lone, idle) == (set(), set())


@pytest.mark.parametrize("module", MODULES)
def test_a_module_comes_with_what_manages_or_with_what_reads(module: str) -> None:
    parts = {name: source(f"module_utils._engine.{name}") in packed(module) for name in ("query", "task")}
    assert parts == {"query": module.endswith("_info"), "task": not module.endswith("_info")}
