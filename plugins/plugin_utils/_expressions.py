# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Jinja expressions in options: read before any host is known, and watched while they are evaluated."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from jinja2 import Environment, TemplateSyntaxError
from jinja2.parser import Parser

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import InvalidOption


def filter_rule(entry: Any) -> tuple[bool, str | bool]:
    """An entry of ``filters`` as (include, expression), a constant one as a boolean."""
    if not isinstance(entry, Mapping) or set(entry) not in ({"include"}, {"exclude"}):
        raise InvalidOption("filters: each entry must be one of include and exclude, with an expression")
    ((kind, expression),) = entry.items()
    if not isinstance(expression, (str, bool)):
        raise InvalidOption(f"filters: {kind} must be a Jinja expression, not {expression!r}")
    if isinstance(expression, str):
        _check_syntax("filters", expression)
    return kind == "include", expression


def hostname_expression(option: str, text: str, names: Mapping[str, str]) -> str:
    """A fact by the name of its variable; any other expression as it is."""
    if text in names:
        return names[text]
    if text.isidentifier() and text not in names.values():
        raise InvalidOption(
            f"{option}: there is no host variable {text}; there are: {', '.join(names.values())}"
        )
    _check_syntax(option, text)
    return text


def _check_syntax(option: str, expression: str) -> None:
    """Raise InvalidOption for what is no expression at all; whether it can be evaluated depends on the host."""
    try:
        parser = Parser(Environment(), expression, state="variable")
        parser.parse_expression()
        if not parser.stream.eos:
            raise TemplateSyntaxError("there is more text after its end", 1)
    except TemplateSyntaxError as error:
        raise InvalidOption(
            f"{option}: {expression!r} is not a valid Jinja expression: {error.message}"
        ) from None


Value = TypeVar("Value")
LACKING = re.compile(r"has no (attribute|element)")
# Of a condition Ansible tells this first, although it is the same for any other host.
ADDING = re.compile(r"^Could not add host .* to group .*?: ")


class Trials:
    """Which expressions could be evaluated for some host, and what was wrong with those that could be for none."""

    def __init__(self) -> None:
        self._failed: dict[tuple[str, str], str] = {}
        self._worked: set[tuple[str, str]] = set()

    def watch(self, option: str, expression: str, evaluate: Callable[[], Value]) -> Value:
        """What ``evaluate`` returns or raises, which is remembered of the option's expression."""
        try:
            value = evaluate()
        except Exception as error:  # filters and tests raise whatever they like
            self._failed.setdefault((option, expression), ADDING.sub("", line(error)))
            raise
        self._worked.add((option, expression))
        return value

    def hopeless(self) -> list[tuple[str, str, str]]:
        """Each option and expression that was tried and never worked, and what was wrong with it the first time.

        Not those that look into a value for what no host happens to have, such as a label or a second address.
        """
        return [
            (*tried, why)
            for tried, why in self._failed.items()
            if tried not in self._worked and not LACKING.search(why)
        ]


def line(error: BaseException) -> str:
    """What an error tells, without line breaks."""
    return " ".join(str(error).split())
