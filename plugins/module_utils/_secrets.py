# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Secrets that come up while a task runs, told to Ansible in the way of its version."""

from __future__ import annotations

from collections.abc import Iterable

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
