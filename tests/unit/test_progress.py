# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is told of a task that waits, and when."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.profitbricks.cloud.plugins.plugin_utils import _progress as progress

SHOP = "create of data center shop"


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    found: list[str] = []

    def display(message: str, stderr: bool = False) -> None:
        assert stderr, "callbacks own stdout"
        found.append(message)

    monkeypatch.setattr(progress.display, "display", display)
    return found


def test_a_line_is_due_at_first_and_then_ever_less_often(lines: list[str]) -> None:
    tell = progress.Teller()
    for half in range(2, 260):
        tell(SHOP, "RUNNING", half / 2)
    assert lines[0] == "  creating data center shop: running, 1 s"
    assert [line.rsplit(", ", 1)[1] for line in lines] == [
        "1 s",
        "5 s",
        "10 s",
        "30 s",
        "60 s",
        "90 s",
        "120 s",
    ]


def test_a_change_of_state_is_told_at_once(lines: list[str]) -> None:
    tell = progress.Teller()
    for seconds, says in ((1, "QUEUED"), (2, "QUEUED"), (3, "RUNNING"), (4, "RUNNING"), (6, "RUNNING")):
        tell(SHOP, says, seconds)
    assert [line.partition(": ")[2] for line in lines] == ["queued, 1 s", "running, 3 s", "running, 6 s"]


def test_steps_are_told_by_name_as_they_end(lines: list[str]) -> None:
    tell = progress.Teller()
    tell("create of server web, attach of volume data and 2 more", "1 of 5 done", 2)
    tell("create of server web, attach of volume data and 2 more", "1 of 5 done", 3)
    tell("attach of volume data", "4 of 5 done", 4)
    assert lines == [
        "  creating server web, attaching volume data and 2 more: 1 of 5 done, 2 s",
        "  attaching volume data: 4 of 5 done, 4 s",
    ]


def test_the_next_wait_of_a_task_begins_anew(lines: list[str]) -> None:
    tell = progress.Teller()
    for seconds in (1, 50, 1, 2):
        tell(SHOP, "RUNNING", seconds)
    assert [line.rsplit(", ", 1)[1] for line in lines] == ["1 s", "50 s", "1 s"]


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("create of data center shop", "creating data center shop"),
        ("delete of server web", "deleting server web"),
        ("stop of server web", "stopping server web"),
        ("update of LAN board of directors", "updating LAN board of directors"),
        ("Waiting for cluster shop", "waiting for cluster shop"),
        ("detach of volume a, upgrade of server b", "detaching volume a, upgrading server b"),
        ("", ""),
    ],
)
def test_what_is_being_done(what: str, said: str) -> None:
    assert progress.doing(what) == said


@pytest.mark.parametrize(
    ("says", "told"), [("", "no answer yet"), ("FAILED_UPDATING", "failed updating"), ("ready", "ready")]
)
def test_states_are_words(lines: list[str], says: str, told: str) -> None:
    progress.Teller()(SHOP, says, 1)
    assert lines == [f"  creating data center shop: {told}, 1 s"]


@pytest.mark.parametrize(
    ("variables", "beginning"),
    [
        ({"inventory_hostname": "web", "ansible_play_hosts": ["web", "db"]}, "  web: creating"),
        ({"inventory_hostname": "web", "ansible_play_hosts": ["web"]}, "  creating"),
        ({}, "  creating"),
    ],
)
def test_with_several_hosts_it_says_whose_it_is(
    lines: list[str], variables: dict[str, Any], beginning: str
) -> None:
    progress.Teller.of(variables)(SHOP, "RUNNING", 1)
    assert lines[0].startswith(beginning)


def test_a_name_cannot_steer_the_terminal(lines: list[str]) -> None:
    progress.Teller()("delete of server a\x1b[2J\nb", "RUNNING", 1)
    assert lines == ["  deleting server a\\u001b[2J\\u000ab: running, 1 s"]
