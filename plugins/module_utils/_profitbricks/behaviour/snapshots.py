# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Snapshots: made of a volume, and restored onto one."""

from __future__ import annotations

from ..._engine.behaviour import Behaviour
from ..._engine.schema.field import Field
from ..client import Cloud
from ..provider import PROFITBRICKS
from ..resources.images import SNAPSHOT
from ..rules.labelled import LabelledFacts
from ..rules.snapshots import SnapshotRules

SOURCE = (
    Field(
        "datacenter",
        help="Name or UUID of the data center of O(volume). Needed to create a snapshot, and for O(state=restored).",
    ),
    Field(
        "volume",
        help="Name or UUID of the volume to take the snapshot of, or with O(state=restored) to write it "
        "back to. Needed for both, and ignored otherwise.",
    ),
)


SNAPSHOTS: Behaviour[Cloud] = Behaviour(
    PROFITBRICKS._replace(facts=LabelledFacts),
    SNAPSHOT,
    {SNAPSHOT.kind: SnapshotRules()},
    options=SOURCE,
    states=(
        (
            "restored",
            "like V(present) for an existing snapshot, and it is written back to O(volume) each time the "
            "task runs. Everything on the volume is lost. The task always reports a change; in check mode "
            "it does nothing else",
        ),
    ),
)
