# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Refusals that check mode foretells."""

from __future__ import annotations

from typing import Any, Protocol

import pytest

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import CloudError


class World(Protocol):
    """A service in memory, with the modules that work on it."""

    @property
    def writes(self) -> list[str]:
        """The calls of the last task that would change something."""

    def run(self, kind: str, **options: Any) -> dict[str, Any]:
        """The result of a module with these options."""

    def check(self, kind: str, **options: Any) -> dict[str, Any]:
        """The same in check mode."""


def refusal(world: World, kind: str, **options: Any) -> str:
    """What a task is refused with: the same in check mode and without, before anything is written."""
    texts = set()
    for attempt in (world.check, world.run):
        with pytest.raises(CloudError) as caught:
            attempt(kind, **options)
        assert world.writes == []
        texts.add(str(caught.value))
    (text,) = texts
    return text
