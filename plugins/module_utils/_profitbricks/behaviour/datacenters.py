# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Virtual data centers: by themselves, and with all that is in them in one task (`..datacenter`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..._engine.behaviour import Ensure, Reading
from ..._engine.errors import InvalidOption
from ..._engine.outcome import NO_CONTENTS, Detail, Outcome, Task, Tree
from ..._engine.plan.facts import Facts
from ..._engine.plan.file import PLAN_FILE
from ..._engine.root import Root
from ..._engine.schema.field import Field
from ..._engine.service import Item
from ..client import Cloud
from ..datacenter.options import PROTECT, RETURN_TREE, RULES, SITE, TREE_OPTIONS, describes_contents
from ..provider import PROFITBRICKS
from ..resources.datacenters import DATACENTER
from ..resources.servers import VOLUME
from ..rules.volume_facts import VolumeFacts

if TYPE_CHECKING:
    from ..._engine.plan.planner import Plan
    from ..._engine.plan.steps import Step


class Datacenters(Root[Cloud]):
    def manage(self, cloud: Cloud, options: Mapping[str, Any], check_mode: bool, ensure: Ensure) -> Outcome:
        """The data center by itself, or with the contents that the options describe."""
        if options.get("state") == "absent" or not describes_contents(options):
            return super().manage(cloud, options, check_mode, ensure)
        from ..datacenter.whole import WHOLE_DATACENTER

        outcome = WHOLE_DATACENTER.manage(cloud, options, check_mode, ensure)
        if options.get(RETURN_TREE.name) is False:
            outcome.extra["tree"] = None
        return outcome

    def search(self, cloud: Cloud, options: Mapping[str, Any], read: Reading) -> list[Item]:
        """The data centers that the options ask for, as results or as descriptions."""
        if options.get("as_description") and options.get("tree"):
            raise InvalidOption(
                "tree: it cannot be combined with as_description, which returns the same in another form"
            )
        found = super().search(cloud, options, read)
        if not options.get("as_description") or not found:
            return found
        from ..datacenter.whole import descriptions

        return descriptions(cloud, found, bool(options.get("defaults")))

    def look(self, task: Task[Cloud]) -> Facts:
        facts = super().look(task)
        if (
            task.absent
            and facts.have is not None
            and any(task.options.get(name) for name in (FORCE.name, PROTECT.name, PLAN_FILE.name))
        ):
            # Its contents, by name, which would be deleted with it.
            from ..datacenter.whole import with_contents

            return with_contents(task.cloud, facts)
        return facts

    def foreseen(self, facts: Facts, plan: Plan) -> Outcome:
        """With the contents of a data center that is deleted in the diff, where they were read, as a task says them."""
        outcome = super().foreseen(facts, plan)
        if facts.resource is SITE:
            from ..._engine.plan.show_tree import tree_difference

            outcome.diff.update(tree_difference(SITE, [_once(each, facts.have or {}) for each in plan.steps]))
        return outcome

    def results_of(self, task: Task[Cloud], facts: Facts, outcome: Outcome) -> None:
        outcome.extra.update(NO_CONTENTS)


def _once(step: Step, have: Item) -> Step:
    """The deletion of a data center that shows each volume once: attached ones with their servers."""
    from ..._engine.plan.show import Listed  # here, because only a deletion needs it

    shown = dict(step.before or {})
    loose = {each["name"] for each in have["volumes"] if not each["server_id"]}
    volumes = {name: each for name, each in (shown.pop(VOLUME.plural, None) or {}).items() if name in loose}
    return step.but(before={**shown, **({VOLUME.plural: Listed(volumes)} if volumes else {})})


VERBS = "V(create), V(update), V(start), V(stop), V(resume), V(suspend), V(assign), V(attach), V(detach), V(delete)"
RESTART = Field(
    "restart",
    "bool",
    help="Whether the step restarts a running server, according to the hot plug flags of its boot volume. Steps for which "
    "this is not known do not have it.",
    sample=False,
)
FORCE = Field(
    "force",
    "bool",
    default=False,
    help="With O(state=absent): delete the data center even if it still contains something. Without it, "
    "the error lists what would be lost.",
)
AS_DESCRIPTION = Field(
    "as_description",
    "bool",
    default=False,
    help=(
        "Whether to return each data center with everything in it as options of "
        "M(profitbricks.cloud.profitbricks_datacenter), and nothing else. Passing them back to that module "
        "changes nothing.",
        "They do not include secrets of volumes, which the service does not return, or public addresses "
        "that are not reserved. Kubernetes nodes are left out, because only Kubernetes can create them.",
        "Other objects are given by name, and images by an alias, where that is unambiguous.",
    ),
)
DEFAULTS = Field(
    "defaults",
    "bool",
    default=False,
    help="Whether O(as_description) includes options that are set to their defaults, such as C(dhcp=true) for a NIC.",
)

TREE = Field(
    "tree",
    "bool",
    default=False,
    help="Whether to return each data center with everything in it. This takes one request for each, and more for what that "
    "does not include: application load balancers and Kubernetes node pools.",
)
TREE_RESULT = Field(
    "tree",
    "dict",
    help="The data center with everything in it, like RV(profitbricks.cloud.profitbricks_datacenter#module:tree). Only with "
    "O(tree=true).",
)


def _tree(cloud: Cloud, result: Item) -> Item:
    from ..datacenter.whole import read_whole

    return {TREE.name: read_whole(cloud, result)}


DATACENTERS = Datacenters(
    PROFITBRICKS._replace(facts=VolumeFacts),
    DATACENTER,
    RULES,
    options=(FORCE, *TREE_OPTIONS),
    tree=Tree(SITE, "data center", VERBS, "servers/web-01/nics/public", "servers/old-01", (RESTART,)),
    more_info_fields=(AS_DESCRIPTION, DEFAULTS),
    details=(Detail(TREE, (TREE_RESULT,), _tree),),
)
