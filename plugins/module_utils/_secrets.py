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


# Keys of a dictionary whose text is a secret, or a file that may contain one.
_TELLING = re.compile(
    r"pass|phrase|pwd|psk|secret|token|key|credential|content|auth|bearer|private|salt|seed|hash|sign|cert|\bpin\b",
    re.I,
)
# What is no command, assignment or address with a login, in which a secret may stand.
_WORD = re.compile(r"[\w.,:/+~-]*")


def without_plain_words(
    secrets: Iterable[str], fields: Sequence[Field], params: Mapping[str, Any]
) -> set[str]:
    """The texts that Ansible treats as secrets, without the plain words of dictionaries in secret options.

    Ansible treats every text in such a dictionary as a secret, even ``nginx`` or the name of the server, and would mask
    it in all output. Texts under a key that suggests a secret, or of more than a word, remain secret. Blanks are none, as
    masking them would leave nothing of the output.
    """
    told = list(_texts(fields, params))
    hidden = {text for text, secret in told if secret}
    plain = {text for text, secret in told if not secret} - hidden
    return {text for text in {*secrets, *hidden} - plain if text.strip()}


def _texts(fields: Sequence[Field], params: Mapping[str, Any]) -> Iterator[tuple[str, bool]]:
    """All texts of secret options, and whether each is a secret in its own right."""
    for field in fields:
        value = params.get(field.name)
        if field.secret and value is not None:
            yield from _leaves(value, secret=not isinstance(value, (Mapping, list)))
        elif field.options and value:
            for each in value if isinstance(value, list) else [value]:
                if isinstance(each, Mapping):
                    yield from _texts(field.options, each)


def _leaves(value: Any, secret: bool) -> Iterator[tuple[str, bool]]:
    if isinstance(value, Mapping):
        for key, each in value.items():
            yield from _leaves(each, secret or bool(_TELLING.search(str(key))))
    elif isinstance(value, list):
        for each in value:
            yield from _leaves(each, secret)
    elif value not in (None, "") and not isinstance(value, bool):
        yield str(value), secret or not _WORD.fullmatch(str(value))
