# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Networks, by themselves and with all that is in them in one task (`..network`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..._engine.behaviour import Ensure, Reading
from ..._engine.errors import InvalidOption
from ..._engine.outcome import NO_CONTENTS, Outcome, Task, Tree
from ..._engine.plan.facts import Facts
from ..._engine.plan.file import PLAN_FILE
from ..._engine.root import Root
from ..._engine.schema.field import Field
from ..._engine.service import Item
from ..client import Cloud
from ..look import with_group
from ..network.options import DESCRIPTION, OVERLAY, PROTECT, TREE_OPTIONS, describes_contents
from ..provider import NETFOUNDRY
from ..resources.networks import NETWORK
from ..rules.networks import NETWORK_RULES, TURNS

STATES = (
    ("suspended", "like V(present), and the network is suspended"),
    ("active", "like V(present), and the network is resumed if it is suspended"),
)


class Networks(Root[Cloud]):
    def look(self, task: Task[Cloud]) -> Facts:
        facts = super().look(task)
        if not task.absent:
            with_group(task.cloud, facts)
        elif facts.have is not None and any(
            task.options.get(name) for name in (PROTECT.name, PLAN_FILE.name)
        ):
            # Its contents, by name, which would be deleted with it.
            from ..network.whole import read_contents

            facts.resource, facts.have = OVERLAY, read_contents(task.cloud, facts.have)
        return facts

    def manage(self, cloud: Cloud, options: Mapping[str, Any], check_mode: bool, ensure: Ensure) -> Outcome:
        """The network on its own, or with the contents that the options or a file describe."""
        if options.get(DESCRIPTION.name) is not None:
            from ..network.document import read_document

            said, warnings = read_document(options[DESCRIPTION.name])
            given = {name: value for name, value in options.items() if name != DESCRIPTION.name}
            outcome = self.manage(cloud, {**said, **given}, check_mode, ensure)
            outcome.warnings = [*warnings, *outcome.warnings]
            return outcome
        if options.get("state") == "absent" or not describes_contents(options):
            return super().manage(cloud, options, check_mode, ensure)
        if options.get("state") in TURNS:
            raise InvalidOption(
                "state: the contents of a network can only be described with state=present, not "
                f"{options['state']}; use two tasks"
            )
        from ..network.whole import WHOLE_NETWORK

        return WHOLE_NETWORK.manage(cloud, options, check_mode, ensure)

    def search(self, cloud: Cloud, options: Mapping[str, Any], read: Reading) -> list[Item]:
        """The networks that the options ask for, as results or as descriptions."""
        found = super().search(cloud, options, read)
        if not options.get("as_description"):
            return found
        from ..network.whole import descriptions

        return descriptions(cloud, found)

    def results_of(self, task: Task[Cloud], facts: Facts, outcome: Outcome) -> None:
        outcome.extra.update(NO_CONTENTS)


VERBS = "V(create), V(update), V(delete)"
AS_DESCRIPTION = Field(
    "as_description",
    "bool",
    default=False,
    help="Whether to return each network with everything in it as options of "
    "M(profitbricks.cloud.netfoundry_network), and nothing else. Passing them back to that module "
    "changes nothing. Objects that the service creates itself and enrollment tokens are not included.",
)

NETWORKS = Networks(
    NETFOUNDRY,
    NETWORK,
    NETWORK_RULES,
    options=TREE_OPTIONS,
    states=STATES,
    tree=Tree(OVERLAY, "network", VERBS, "services/portal", "endpoints/old laptop"),
    more_info_fields=(AS_DESCRIPTION,),
)
