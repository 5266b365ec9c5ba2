# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Secrets that come up while a task runs, told to Ansible in the way of its version."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ._engine.schema.field import Field

try:
    from ansible.module_utils.secrets import register_secrets
except ImportError:
    # Before ansible-core 2.22, which masks whatever it shows, results are masked with the values that are known.
    register_secrets = None

MASKED_BY_CORE = register_secrets is not None


class Secrets(set[str]):
    """Texts that no output may hold; each is registered as soon as it is known, where Ansible has a register."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        super().__init__()
        self.update(texts)

    def add(self, text: str) -> None:
        self.update((text,))

    def update(self, *several: Iterable[str]) -> None:
        for texts in map(set, several):
            super().update(texts)
            if register_secrets is not None:
                register_secrets(texts)


# Keys of a dictionary whose text is a secret, or a file that may contain one; none of keyboards, authors and designs.
_TELLING = re.compile(
    r"pass|phrase|pwd|psk|secret|token|key(?!board|map|server|s?type)|credential|content|auth(?!ors?\b)|bearer|private|"
    r"salt|seed|hash|(?<!as)(?<!de)sign|cert|\bpin\b",
    re.I,
)
# What is no command, assignment or address with a login, in which a secret may stand.
_WORD = re.compile(r"[\w.,:/+~-]*")
# Anything shorter occurs in half of what a task returns.
_SHORTEST = 4
# What texts are: a secret option's own, those of a dictionary in one that are secrets, those that are none, and all others.
_OWN, _SECRET, _PLAIN, _OPEN = "own", "secret", "plain", "open"
_INSTEAD = "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"  # as Ansible puts it


def shown(fields: Sequence[Field], params: Mapping[str, Any]) -> dict[str, Any]:
    """Arguments as a result may show them: without the dictionaries of secret options, of which Ansible would show all
    words that `without_plain_words` leaves.
    """
    found = dict(params)
    for field in fields:
        value = params.get(field.name)
        if field.secret and isinstance(value, (Mapping, list)):
            found[field.name] = _INSTEAD
        elif field.options and isinstance(value, list):
            found[field.name] = [shown(field.options, x) if isinstance(x, Mapping) else x for x in value]
        elif field.options and isinstance(value, Mapping):
            found[field.name] = shown(field.options, value)
    return found


def without_plain_words(
    secrets: Iterable[str], fields: Sequence[Field], params: Mapping[str, Any]
) -> set[str]:
    """The texts that Ansible treats as secrets, without the plain words of dictionaries in secret options.

    Ansible treats every text in such a dictionary as a secret, even ``nginx`` or the name of the server, and would mask
    it in all output. Texts under a key that suggests a secret, or of more than a word, remain secret, unless they are very
    short or the task says them openly as well. Blanks are none, as masking them would leave nothing of the output.
    """
    told: dict[str, set[str]] = {kind: set() for kind in (_OWN, _SECRET, _PLAIN, _OPEN)}
    for text, kind in _texts(fields, params):
        told[kind].add(text)
    openly = "\n".join(told[_OPEN])
    hidden = {text for text in told[_SECRET] if len(text) >= _SHORTEST and text not in openly} | told[_OWN]
    plain = (told[_SECRET] | told[_PLAIN]) - hidden
    return {text for text in {*secrets, *hidden} - plain if text.strip()}


def _texts(fields: Sequence[Field], params: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """All texts of options, each with what it is."""
    for field in fields:
        value = params.get(field.name)
        if field.secret:
            yield from _leaves(value, "" if isinstance(value, (Mapping, list)) else _OWN)
        elif field.options:
            for each in value if isinstance(value, list) else [value]:
                if isinstance(each, Mapping):
                    yield from _texts(field.options, each)
        else:
            yield from _leaves(value, _OPEN)


def _leaves(value: Any, kind: str = "") -> Iterator[tuple[str, str]]:
    """The texts in a value, each with what it is, or what it tells of itself where nobody says so."""
    if isinstance(value, Mapping):
        for key, each in value.items():
            yield from _leaves(each, kind or (_SECRET if _TELLING.search(str(key)) else ""))
    elif isinstance(value, list):
        for each in value:
            yield from _leaves(each, kind)
    elif value not in (None, "") and not isinstance(value, bool):
        yield str(value), kind or (_PLAIN if _WORD.fullmatch(str(value)) else _SECRET)
