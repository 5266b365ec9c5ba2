# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a person sees of a task that waits: a line now and then, beside what callbacks print."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any

from ansible.utils.display import Display

display = Display()

# Seconds after which a line is due though nothing changed, and the pause between those that follow.
MARKS = (5.0, 10.0, 30.0)
EVERY = 30.0
# Verbs whose last letter doubles.
DOUBLED = ("stop", "reset")
_STEP = re.compile(r"(^|, )([a-z]+) of ")


class Teller:
    """Tells of one task: when it begins to wait, when the state changes, and at the `MARKS`.

    On stderr, where a line disturbs no callback that writes for machines. ``host`` says whose task it is where there are
    several.
    """

    def __init__(self, host: str = "") -> None:
        self._host = f"{host}: " if host else ""
        self._state = ("", "")
        self._due = 0.0
        self._seconds = 0.0

    @classmethod
    def of(cls, variables: Mapping[str, Any]) -> Teller:
        """For a task with those variables."""
        several = len(variables.get("ansible_play_hosts") or ()) > 1
        return cls(str(variables.get("inventory_hostname") or "") if several else "")

    def __call__(self, what: str, says: str, seconds: float) -> None:
        """Take note of a look that found ``what`` unfinished after ``seconds``, and tell it where that is due."""
        begun_anew = seconds < self._seconds
        self._seconds = seconds
        if (what, says) == self._state and seconds < self._due and not begun_anew:
            return
        self._state = (what, says)
        self._due = next(mark for mark in _marks() if mark > seconds)
        # Here, because most tasks have nothing to tell.
        from ansible_collections.profitbricks.cloud.plugins.plugin_utils._plan_text import plain

        line = plain(f"{self._host}{doing(what)}: {_in_words(says)}, {seconds:.0f} s")
        display.display(f"  {line}", stderr=True)


def _marks() -> Iterator[float]:
    yield from MARKS
    yield from count(MARKS[-1] + EVERY, EVERY)


def doing(what: str) -> str:
    """From ``create of server web, stop of server db`` to what is being done."""
    text = _STEP.sub(lambda match: f"{match[1]}{_participle(match[2])} ", what)
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def _participle(verb: str) -> str:
    if verb.endswith("e"):
        return f"{verb[:-1]}ing"
    return f"{verb}{verb[-1]}ing" if verb in DOUBLED else f"{verb}ing"


def _in_words(says: str) -> str:
    """The service's word for a state, which it shouts."""
    return (says.lower().replace("_", " ") if says.isupper() else says) or "no answer yet"
