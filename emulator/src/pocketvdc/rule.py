# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Werkzeug's rules, as far as they are needed here: paths are matched, and hardly ever built."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from werkzeug.routing import Rule


class MatchedRule(Rule):
    """Compiles the code that builds URLs only once it is called; Werkzeug does so at once, a fourth of the emulator's
    start.

    A Werkzeug that makes it in another way makes it again, and works all the same.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., Any]:
        compiled = super()._compile_builder

        def build(rule: Rule, **values: Any) -> Any:
            return compiled(append_unknown)(rule, **values)

        return build
