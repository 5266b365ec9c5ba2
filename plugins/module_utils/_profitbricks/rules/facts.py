# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What plans of this service know. What only some kinds need to know, classes beside this one add: Ansible sends along
with a module whatever it may load.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from ..._engine.errors import NotFound
from ..._engine.plan.facts import Facts
from ..._engine.plan.steps import Ref
from ..._engine.schema.resource import Resource
from ..._engine.service import Item, Selector
from ..states import busy

# Kinds of objects of the account that another one only names, and tasks create.
NAMED = ("target_group", "pcc", "backupunit")


class CloudFacts(Facts):
    """`Facts` of the account, or of one data center."""

    rehearses = True
    measures: ClassVar = {
        "cores": ("servers", "cores"),
        "ram": ("servers", "ram"),
        "storage": ("volumes", "size"),
    }

    def named(self, wanted: Selector) -> str | Ref:
        """As of any service; in check mode, what an earlier task would create in the account is taken for granted."""
        try:
            return super().named(wanted)
        except NotFound as error:
            if not self.check_mode or wanted.resource.kind not in NAMED:
                raise
            return self.to_come(wanted, error.meant)

    def to_come(self, wanted: Selector, meant: str = "") -> Ref:
        """What stands for the id of an object that an earlier task would create, in check mode, with a warning.

        ``meant`` asks whether one that is there was meant.
        """
        what = f"{wanted.resource.label} {wanted.value}"
        self.warnings.append(f"{wanted.option}: {what} does not exist yet{meant}; predicted as if it did")
        return Ref((wanted.resource.kind, wanted.value))

    def nowhere(self, resource: Resource) -> tuple[str, str]:
        if resource.parents:
            return super().nowhere(resource)
        return ("", f"profitbricks_{resource.kind}_info lists the {resource.several}")

    @staticmethod
    def name_of(item: Mapping[str, Any]) -> str:
        return str((item.get("properties") or {}).get("name") or "")

    def at_work(self, resource: Resource, item: Item | None = None) -> bool:
        """Whether the service is still at work on an object, or may be: where it was not read, that is not known."""
        item = item or self.found.known.get(resource.kind)
        return item is None or busy(item)
