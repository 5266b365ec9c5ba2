# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Images, which the provider or an upload makes (contract section 10.8)."""

from __future__ import annotations

from ..._engine.errors import InvalidOption, NotFound
from ..._engine.plan.facts import Facts
from ..._engine.plan.pairing import Node
from ..._engine.plan.rules import At, Rules
from ..._engine.plan.steps import Path, Step
from ..._engine.service import Item
from ..resources.images import IMAGE


class ImageRules(Rules):
    def want(self, want: Node, have: Item | None, facts: Facts, path: Path) -> Node:
        if have is None:
            raise NotFound(
                IMAGE.label,
                "name",
                want["name"],
                advice="images are uploaded by FTP; this module only changes your own",
            )
        return want

    def steps(self, steps: list[Step], want: Node, at: At, facts: Facts) -> list[Step]:
        have = at.change.before or {}
        if steps and have["public"]:
            mark = "id" if facts.options.get("id") else "name"
            raise InvalidOption(
                f"{mark}: the image {have['name']} is public, and only the provider can change or delete it"
            )
        return steps
