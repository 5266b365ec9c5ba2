# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Labels of what can bear them (contract section 10.23)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..._engine.errors import InvalidOption
from ..._engine.schema.checks import matches
from ..._engine.schema.field import Field
from ..._engine.schema.resource import Resource
from . import RESOURCES
from .common import HISTORY


def text(what: str, value: Any) -> str:
    """The value of a label as the service keeps it. Raises InvalidOption, about ``what``, where it is no text."""
    if value is None or isinstance(value, (Mapping, list, tuple)):
        found = "no value" if value is None else "a dictionary" if isinstance(value, Mapping) else "a list"
        raise InvalidOption(f"{what} has {found}; give it a text or a number")
    return str(value).lower() if isinstance(value, bool) else str(value)


LABEL = Resource(
    kind="label",
    path="datacenters/{datacenter}/servers/{server}/labels",
    elsewhere=(
        "datacenters/{datacenter}/volumes/{volume}/labels",
        "datacenters/{datacenter}/labels",
        "snapshots/{snapshot}/labels",
        "ipblocks/{ipblock}/labels",
        "images/{image}/labels",
    ),
    label="label",
    since=5,
    embedded=False,
    identity="key",
    id_pattern=r"[^/]+",
    id_help="key",
    id_sample="env",
    update_method="PUT",
    title="Label data centers, servers, volumes, snapshots, IP blocks and images of the ProfitBricks cloud",
    about=(
        "A label is a key with a value. With O(datacenter) alone it belongs to the data center, and with "
        "O(server) or O(volume) as well to these; otherwise it belongs to O(snapshot), O(ipblock) or "
        "O(image).",
        "Needs version 5 or 6 of the API; labels of images need version 6.",
    ),
    fields=(
        Field(
            "key",
            mutable=False,
            checks=(matches(r"[^/]+", "a valid key: it must not contain a slash"),),
            help="Key of the label. An object has each key only once.",
            sample="env",
        ),
        Field(
            "value",
            "raw",
            needed=True,
            parse=lambda option, value: text(f"{option}: the label", value),
            shown_type="str",
            help="Value of the label, as text: booleans become V(true) and V(false).",
            sample="production",
        ),
        *HISTORY,
    ),
)

# The collection of all labels that the user sees.
ALL_LABELS = replace(LABEL, path="labels", elsewhere=())

RESOURCES.update({LABEL.kind: LABEL})
