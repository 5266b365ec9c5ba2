# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Virtual data centers: by themselves, and with all that is in them in one task (`..contents`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..._engine.errors import InvalidOption
from ..._engine.interface import result_fields
from ..._engine.kind import Kind, Outcome, Situation
from ..._engine.resource import Field
from ..._engine.service import Item
from ..client import Cloud
from ..description import SITE, TREE_OPTIONS, describes_contents
from ..provider import PROFITBRICKS
from ..resources.compute import DATACENTER


def _guard_contents(situation: Situation[Cloud]) -> None:
    """A data center goes with all that it holds: only when the user says so."""
    if situation.options.get("force") or situation.have is None:
        return
    item = situation.cloud.get(DATACENTER.item_path({}, situation.have["id"]), 2)
    held = []
    for entity, collection in (item.get("entities") or {}).items():
        items = (collection or {}).get("items") or []
        if items:
            names = [str((each.get("properties") or {}).get("name") or each["id"]) for each in items]
            shown = ", ".join(names[:10]) + (f" and {len(names) - 10} more" if len(names) > 10 else "")
            held.append(f"{entity}: {shown}")
    if held:
        raise InvalidOption(
            f"force: the data center {situation.have['name']} still holds {'; '.join(held)}. All of it would be lost; "
            "delete it with force=true, or remove these first"
        )


def _manage(cloud: Cloud, kind: Kind, options: Mapping[str, Any], check_mode: bool) -> Outcome:
    """The data center by itself, or with the contents that the options describe."""
    if options.get("state") == "absent" or not describes_contents(options):
        from ..._engine.task import ensure

        return ensure(cloud, kind, options, check_mode)
    from ..contents import manage_contents

    return manage_contents(cloud, options, check_mode)


def _search(cloud: Cloud, kind: Kind, options: Mapping[str, Any]) -> list[Item]:
    """The data centers that the options ask for, as results or as descriptions."""
    from ..._engine.query import read

    found = read(cloud, kind, options)
    if not options.get("as_description") or not found:
        return found
    from ..contents import descriptions

    return descriptions(cloud, found)


FORCE = Field(
    "force",
    "bool",
    default=False,
    help="With O(state=absent): delete the data center even though it still holds something. Without it, the error lists "
    "what would be lost.",
)
STEP = (
    Field(
        "verb",
        help="One of V(create), V(update), V(start), V(stop), V(attach), V(detach), V(delete).",
        sample="update",
    ),
    Field("path", help="Where it is in the data center.", sample="servers/web-01/nics/public"),
    Field("name", help="The last part of the path.", sample="public"),
    Field("fields", "list", elements="str", help="What an update changes.", sample=["dhcp"]),
)
RESULTS = (
    Field(
        "tree",
        "dict",
        help="The data center with all that is in it, after the task; in check mode as it would be. V(null) where the "
        "task describes no contents.",
        options=result_fields(SITE),
    ),
    Field(
        "plan",
        "list",
        elements="dict",
        help="What was done, or in check mode would be done, to match the described contents.",
        options=STEP,
    ),
    Field(
        "unmanaged",
        "list",
        elements="str",
        help="Paths of what is there and not described, where the task describes contents.",
        sample=["servers/old-01"],
    ),
)
AS_DESCRIPTION = Field(
    "as_description",
    "bool",
    default=False,
    help=(
        "Whether to return each data center with all that is in it as the options of "
        "M(profitbricks.cloud.profitbricks_datacenter), and nothing else. Fed back to that module, they change nothing.",
        "Secrets of volumes are not in it, because the service does not tell them, and neither are public addresses that "
        "are not reserved.",
    ),
)

DATACENTERS = Kind(
    PROFITBRICKS,
    DATACENTER,
    options=(FORCE, *TREE_OPTIONS),
    results=RESULTS,
    before_delete=_guard_contents,
    extra=lambda situation: {"tree": None, "plan": [], "unmanaged": []},
    manage=_manage,
    search=_search,
    info_fields=(
        Field("id", help=f"Only the {DATACENTER.label} with this {DATACENTER.id_help}."),
        Field("name", help=f"Only the {DATACENTER.label} with this name."),
        AS_DESCRIPTION,
    ),
)
