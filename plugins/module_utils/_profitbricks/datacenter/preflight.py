# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whether the plan of a whole data center fits: all that is looked at for one kind or another."""

from __future__ import annotations

from collections.abc import Iterator

from ..._engine.plan.pairing import name_of
from ..._engine.plan.planner import Plan
from ..._engine.service import Item
from ..rules.belonging import doubtful, of_sharing, owners, surely_lacking
from ..rules.devices import doubles, nics_of, of_assignments, of_servers, of_volumes
from ..rules.facts import CloudFacts
from ..rules.failover import of_failover
from ..rules.fitting import Checks, DoesNotFit, Preview, problems_of
from ..rules.flow_logs import more_than_one
from ..rules.groups import of_groups
from ..rules.limits import of_contract, unread
from ..rules.offers import of_location
from ..rules.reserved import of_addresses
from .handover import exchanges


def must_fit(facts: CloudFacts, plan: Plan) -> None:
    """Raise DoesNotFit with everything that exceeds a limit; uncertain cases become warnings of the facts."""
    problems = misfits(facts, plan)
    if problems:
        raise DoesNotFit(problems, "; to try anyway, set preflight=false")


def misfits(facts: CloudFacts, plan: Plan) -> list[str]:
    """What `must_fit` refuses of a plan, which may be one that cannot be made."""
    if facts.options.get("preflight") is False or not plan.steps or plan.after is None:
        return []
    return problems_of(Preview(facts, plan, facts.have or {}, plan.after), CHECKS, whole=True)


def _of_flow_logs(preview: Preview) -> Iterator[str]:
    return more_than_one(_logged(preview.before, preview.facts), _logged(preview.after, preview.facts))


def _logged(tree: Item, facts: CloudFacts) -> Iterator[tuple[str, Item]]:
    """All that can have a flow log, each with how a sentence about it begins."""
    yield from ((f"{where}: ", nic) for where, nic in nics_of(tree))
    for resource, each in owners(tree, facts):
        yield f"{resource.plural}/{name_of(resource, each)}: ", each


def _of_sharing(preview: Preview) -> Iterator[str]:
    return of_sharing(preview, nics_of(preview.after))


def _of_exchanges(preview: Preview) -> Iterator[str]:
    return exchanges(preview.plan.steps)


CHECKS = Checks(
    limits=(of_contract, of_servers, of_volumes, of_groups, of_assignments),
    location=(of_location,),
    addresses=(of_addresses,),
    lacks=(surely_lacking, of_failover, _of_flow_logs, _of_sharing),
    doubts=(doubles, doubtful, _of_exchanges, unread),
)
