# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Attaching volumes and CD-ROMs to servers, and detaching them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..._engine.behaviour import Behaviour
from ..client import Cloud
from ..provider import PROFITBRICKS
from ..resources.attachments import CDROM_ATTACHMENT, VOLUME_ATTACHMENT
from ..rules.attachments import ATTACHING_RULES as RULES
from ..rules.volume_facts import VolumeFacts

if TYPE_CHECKING:
    from ..._engine.plan.planner import Plan


def foresee(facts: VolumeFacts, plan: Plan) -> None:
    """Raise DoesNotFit for a plan that the service would refuse."""
    from ..rules.devices import of_servers, with_server  # here, because only check mode needs it
    from ..rules.fitting import Checks, would_fit
    from ..rules.limits import of_contract, unread

    would_fit(facts, plan, with_server, Checks(limits=(of_contract, of_servers), doubts=(unread,)))


OF_SERVERS = PROFITBRICKS._replace(facts=VolumeFacts, foresee=foresee)
VOLUME_ATTACHMENTS: Behaviour[Cloud] = Behaviour(OF_SERVERS, VOLUME_ATTACHMENT, RULES)
CDROM_ATTACHMENTS: Behaviour[Cloud] = Behaviour(OF_SERVERS, CDROM_ATTACHMENT, RULES)
