# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long a task waits: its option, else the environment, else the common patience."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import InvalidOption
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.outcome import Waiting
from ansible_collections.profitbricks.cloud.plugins.module_utils._info import info_fields
from ansible_collections.profitbricks.cloud.plugins.module_utils._interface import task_fields
from ansible_collections.profitbricks.cloud.plugins.module_utils._module import Edge
from catalogue import KINDS

LOGIN = {"profitbricks": {"token": "t"}, "netfoundry": {"token": "t", "api_url": "https://overlay.test"}}
vendors = pytest.mark.parametrize("vendor", LOGIN)


def waiting(vendor: str, **options: Any) -> Waiting:
    """What the work of a module is told."""
    told: list[Waiting] = []

    def work(kind: Any, options: Mapping[str, Any], check_mode: bool, cloud: Any) -> dict[str, Any]:
        told.append(Waiting.asked(options))
        return {}

    kind = KINDS[{"profitbricks": "profitbricks_lan", "netfoundry": "netfoundry_service"}[vendor]]
    edge = Edge(kind, task_fields(kind), work)
    edge.begin()
    edge.work({**LOGIN[vendor], "wait": True, **options}, False, set())
    return told[0]


@vendors
@pytest.mark.parametrize(
    ("environment", "option", "seconds"),
    [(None, None, 600), ("", None, 600), ("1800", None, 1800), ("1800", 30, 30), (None, 30, 30)],
)
def test_the_option_wins_over_the_environment(
    monkeypatch: pytest.MonkeyPatch, vendor: str, environment: str | None, option: int | None, seconds: int
) -> None:
    if environment is not None:
        monkeypatch.setenv(f"{vendor.upper()}_WAIT_TIMEOUT", environment)
    assert waiting(vendor, wait_timeout=option) == (True, seconds)


@vendors
@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ("soon", "'soon', from the environment, is not a number"),
        ("0", "below the minimum, 1"),
        ("-1", "must not be negative"),
    ],
)
def test_what_is_no_time_to_wait_is_refused_in_the_environment_too(
    monkeypatch: pytest.MonkeyPatch, vendor: str, environment: str, words: str
) -> None:
    monkeypatch.setenv(f"{vendor.upper()}_WAIT_TIMEOUT", environment)
    with pytest.raises(InvalidOption, match=f"wait_timeout: .*{words}"):
        waiting(vendor)


@pytest.mark.parametrize("name", KINDS)
def test_module_defaults_of_all_modules_may_hold_how_to_wait(name: str) -> None:
    fields = [*task_fields(KINDS[name]), *info_fields(KINDS[name])]
    for option in ("wait", "wait_timeout", "progress"):
        assert len({field.type for field in fields if field.name == option}) == 1
        assert sum(field.name == option for field in fields) == 2
