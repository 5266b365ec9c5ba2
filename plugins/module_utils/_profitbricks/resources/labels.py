# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Labels of what can bear them (contract section 10.23)."""

from __future__ import annotations

from dataclasses import replace

from ..._engine.resource import Field, Resource
from . import RESOURCES, compute, images, network  # pylint: disable=unused-import  # noqa: F401
from .common import HISTORY

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
        "A label is a key with a value. It is on a server or a volume when O(server) or O(volume) is given beside "
        "O(datacenter), on the data center when that is given alone, and else on the O(snapshot), O(ipblock) or O(image) "
        "that is given.",
        "From version 5 of the API on; labels of images from version 6 on.",
    ),
    fields=(
        Field(
            "key",
            mutable=False,
            pattern=r"[^/]+",
            pattern_help="a key: it cannot hold a slash",
            help="What the label is called. An object has each key once.",
            sample="env",
        ),
        Field("value", needed=True, help="What the label says.", sample="production"),
        *HISTORY,
    ),
)

# The collection of all labels that the user sees.
ALL_LABELS = replace(LABEL, path="labels", elsewhere=())

RESOURCES.update({LABEL.kind: LABEL})
