# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What plans know of objects that can have labels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from .facts import CloudFacts

if TYPE_CHECKING:
    from ..._engine.plan.protect import Going


class LabelledFacts(CloudFacts):
    """A label can keep them from being deleted."""

    def spare(self, going: Sequence[Going]) -> None:
        from .protect import spare_labelled  # here, because only what deletes needs it

        super().spare(going)
        spare_labelled(going, self)
