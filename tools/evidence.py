# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Write ``docs/contract/evidence.md`` from our own tests, which no tool reads: what shows the emulator right.

For each operation it names the tests that show that the emulator answers as the service does.
The contract tests run, and what they call is noted. ``--compare`` runs them and only tells the difference,
``--check`` runs nothing: it tells operations without a row, and tests that are named and are not there.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from werkzeug.wrappers import Request

ROOT = Path(__file__).resolve().parent.parent
TESTS = ROOT / "tests" / "contract"
PAGE = ROOT / "docs" / "contract" / "evidence.md"
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "emulator" / "src")]

from contract.schema.spec import operations  # noqa: E402
from pocketvdc import app, testing  # noqa: E402
from pocketvdc.errors import ServiceError  # noqa: E402

# The clients that nobody here wrote, by what they call themselves. Their tests make other calls, too.
CLIENTS = {
    "ionos-cloud-sdk-python/": "ionoscloud 6.1",
    "libcloud/": "apache-libcloud",
    "ionos-cloud-sdk-node/": "sdk-nodejs 6.1",
    "profitbricks-sdk-python/": "profitbricks 4.1",
}
# Strongest first. Statements without one of the others are held to the machine-readable contract alone.
STRENGTHS = ("recorded", "live test", "documented", "inferred")
_STRENGTH = re.compile(r"\[(?:v\d, )?(recorded|live test|documented)[^\]]*\]|\((inferred)\)")
# Tests that call everything with everything say nothing of one operation.
_BROAD = ("test_schemas", "test_emulator_odd_values", "test_emulator_fuzz", "test_emulator_states")
# Refusals that are the same for all: credentials, methods, limits.
_COMMON = {401, 405, 429}
# What these make for a test, it says nothing of; tests of the token service only try whether a token is good.
_HELPERS = {"make", "datacenter", "server", "volume", "body_for"}
_ELSEWHERE = "test_emulator_tokens"
_HOMES = (str(TESTS), testing.__file__)
_HEAD = """\
# Evidence for the emulator's operations

Written by `python -m tools.evidence` from a run of `tests/contract`; not to be changed by hand.

- **Clients**: libraries that nobody here wrote, unmodified, whose own calls of the operation succeed in the tests.
- **Refused in**: a test in which the operation is refused, and with which status. A dash: nothing refuses it but what
  refuses every call, as wrong credentials and the rate limit do.
- **Held to**: the strongest statement of the [contract](profitbricks-api.md) that a test names which calls the
  operation, in the contract's own words for strength: an answer that was *recorded*, a *live test* of a published
  client, what is *documented*, or what was *inferred*. What is called only to prepare a test does not count; a test
  that calls several operations names its statement for all of them. "schema" is the machine-readable contract, to which
  status, headers and body of every operation are held.

What the emulator does not do is told in [its limits](limits.md).

| Operation | Clients | Refused in | Held to |
|---|---|---|---|
"""


@dataclass
class Seen:
    """What the tests showed of one operation: statuses by test."""

    clients: set[str] = field(default_factory=set)
    refused: dict[str, int] = field(default_factory=dict)
    held: dict[str, str] = field(default_factory=dict)


def _prepares() -> bool:
    """Whether the call that is being answered makes what a test needs, by one of the helpers for that."""
    frame = sys._getframe()
    while frame.f_back is not None:
        frame = frame.f_back
        code = frame.f_code
        if code.co_name in _HELPERS and code.co_filename.startswith(_HOMES):
            return True
    return False


class Recorder:
    """A pytest plugin that notes which test calls which operation."""

    def __init__(self) -> None:
        self.seen = {str(operation): Seen() for operation in operations()}
        self.reach: dict[str, set[str]] = {}
        self.test, self.strength, self.prepared = "", "", False
        self._paths = [(o, re.compile(re.sub(r"{\w+}", "[^/]+", o.path))) for o in operations()]
        # An id of a location has a slash, and a fixed name is no id.
        self._paths.sort(key=lambda pair: pair[0].path.count("{"))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        name, module = getattr(item, "originalname", item.name), Path(item.path).stem
        self.test = f"{module}::{name}"
        # A row of a table has a strength of its own, in its id.
        found = _STRENGTH.search(item.name) or _STRENGTH.search(getattr(item, "function", None).__doc__ or "")
        self.strength = (found[1] or found[2]) if found and module != _ELSEWHERE else ""
        result = yield
        self.test = ""
        return result

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Iterator[None]:
        self.prepared = True
        result = yield
        self.prepared = False
        return result

    def note(self, request: Request, path: str, status: int) -> None:
        method, agent = request.method, request.headers.get("User-Agent", "")
        key = next((str(o) for o, form in self._paths if o.method == method and form.fullmatch(path)), None)
        if key is None or not self.test:
            return
        seen = self.seen[key]
        self.reach.setdefault(self.test, set()).add(key)
        if status < 300:
            seen.clients.update(client for own, client in CLIENTS.items() if agent.startswith(own))
        if 400 <= status < 500 and status not in _COMMON:
            seen.refused.setdefault(self.test, status)
        if self.strength and self.prepared and not _prepares():
            seen.held[self.test] = min(
                self.strength, seen.held.get(self.test, "inferred"), key=STRENGTHS.index
            )

    def install(self) -> None:
        """Note what every call to the API comes to."""
        served = app._Exchange._api

        def api(exchange: Any, version: int, path: str) -> Any:
            try:
                answer = served(exchange, version, path)
            except ServiceError as error:
                self.note(exchange.request, path, error.status)
                raise
            self.note(exchange.request, path, answer.status)
            return answer

        informed = app._Exchange._info

        def info(exchange: Any, version: int) -> Any:
            self.note(exchange.request, "/", 200)
            return informed(exchange, version)

        app._Exchange._info = info  # type: ignore[assignment, method-assign]
        app._Exchange._api = api  # type: ignore[assignment, method-assign]

    def rows(self) -> Iterator[str]:
        for key, seen in self.seen.items():
            clients = ", ".join(sorted(seen.clients)) or "–"
            yield f"| `{key}` | {clients} | {self._refusal(seen)} | {self._held(seen)} |"

    def _refusal(self, seen: Seen) -> str:
        test = min(seen.refused, key=self._order, default=None)
        return f"`{test}` ({seen.refused[test]})" if test else "–"

    def _held(self, seen: Seen) -> str:
        best = min(
            seen.held, key=lambda test: (STRENGTHS.index(seen.held[test]), self._order(test)), default=None
        )
        return f"{seen.held[best]}: `{best}`" if best else "schema"

    def _order(self, test: str) -> tuple[bool, int, str]:
        """Tests of the matter first, and among them those that call few operations."""
        module = test.partition("::")[0]
        apart = module in _BROAD or module.startswith(("test_vendor", "test_pocketvdc"))
        return apart, len(self.reach[test]), test


def page() -> str:
    """The page, from a run of the contract tests. SystemExit where they fail."""
    recorder = Recorder()
    recorder.install()
    wanted = [str(path) for path in sorted(TESTS.glob("test_*.py")) if "netfoundry" not in path.name]
    code = pytest.main(["-q", *wanted], [recorder])
    if code:
        raise SystemExit("the contract tests fail: their evidence is none")
    return _HEAD + "\n".join(recorder.rows()) + "\n"


def problems(text: str) -> Iterator[str]:
    """What a glance tells of a page: missing rows, tests that are not there."""
    for operation in operations():
        if f"| `{operation}` |" not in text:
            yield f"{operation} has no row"
    known = {
        f"{path.stem}::{node.name}"
        for path in TESTS.glob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
    }
    for test in sorted(set(re.findall(r"`(test_\w+::\w+)`", text)) - known):
        yield f"there is no test {test}"


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="look at the page only")
    parser.add_argument("--compare", action="store_true", help="run the tests and compare")
    given = parser.parse_args()
    present = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    found: list[str] = []
    if given.check:
        found = list(problems(present))
    else:
        text = page()
        if given.compare and text != present:
            found = ["docs/contract/evidence.md is out of date: run python -m tools.evidence"]
        elif not given.compare:
            PAGE.write_text(text, encoding="utf-8")
    for problem in found:
        print(problem)
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
