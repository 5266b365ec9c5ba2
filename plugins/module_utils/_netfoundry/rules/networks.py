# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Networks (contract sections 7 and 8.1)."""

from __future__ import annotations

from ..._engine.errors import InvalidOption, NotFound
from ..._engine.plan.facts import Facts
from ..._engine.plan.pairing import Node
from ..._engine.plan.rules import At
from ..._engine.plan.steps import Path, Step
from ..._engine.service import Item
from ..resources.networks import NETWORK
from ..states import NEWER, is_newer, managed_elsewhere
from .failures import MadeLater
from .offers import active_versions, check_region, check_version
from .versions import version_key

DEFAULT_PLACE = {"provider": "OCI", "region": "eu-amsterdam-1"}
# The status that each state asks for, and the call that leads there (contract section 8.1).
TURNS = {"suspended": ("SUSPENDED", "suspend"), "active": ("PROVISIONED", "resume")}


class NetworkRules(MadeLater):
    def want(self, want: Node, have: Item | None, facts: Facts, path: Path) -> Node:
        """What a new network needs, and an old one keeps."""
        latest = want.get("product_version") == "latest"
        if have is not None:
            return {key: value for key, value in want.items() if not (latest and key == "product_version")}
        if not want.get("provider") and not want.get("region"):
            want = {**want, **DEFAULT_PLACE}
        return {**want, "product_version": _latest(facts)} if latest else want

    def check(self, want: Node, have: Item | None, facts: Facts) -> None:
        super().check(want, have, facts)
        if have is None and bool(want.get("provider")) != bool(want.get("region")):
            raise InvalidOption("region: provider and region go together; name both or neither")
        if have is None and is_newer(want.get("product_version")):
            raise InvalidOption(
                f"product_version: networks of version {NEWER} and later are managed by Core v3, which this collection does "
                "not support"
            )
        if have is None:
            check_region(want, facts)
            check_version(want, facts)

    def steps(self, steps: list[Step], want: Node, at: At, facts: Facts) -> list[Step]:
        steps = super().steps(steps, want, at, facts)
        have = at.change.before or {}
        if facts.state in TURNS and at.change.verb != "delete":
            status, verb = TURNS[facts.state]
            if (have.get("status") or "PROVISIONED") != status:
                steps = [*steps, at.step(verb, "POST", verb, shows={"status": status})]
        if steps and managed_elsewhere(have):
            raise InvalidOption(f"{managed_elsewhere(have)}, which this collection does not support")
        return steps


def _latest(facts: Facts) -> str:
    """The newest active version (contract section 7.4)."""
    found = [each for each in active_versions(facts) if not is_newer(each)]
    if not found:
        raise NotFound("active version", "product_version", "latest", advice="name one, or none")
    return max(found, key=version_key)


NETWORK_RULES = {NETWORK.kind: NetworkRules(NETWORK)}
