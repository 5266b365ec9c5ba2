# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Locations and images."""

from __future__ import annotations

from ..behaviour.volumes import HOT_PLUG
from ..table import Field, Row, enum
from .compute import LICENCES, flags

LOCATION = Row(
    "location",
    "location",
    {"": "locations"},
    (
        Field("name"),
        Field("features", "strings"),
        Field("imageAliases", "strings"),
        Field("cpuArchitecture", "objects", since=6),
        Field("gpuArchitecture", "objects", since=6),
        Field("metroRegion", since=6),
    ),
    metadata_since=5,
    verbs="L",  # its id holds a slash: reads have routes of their own
)

IMAGE = Row(
    "image",
    "image",
    {"": "images"},
    (
        Field("name"),
        Field("description"),
        Field("location", mode="read"),
        Field("size", "number", mode="read"),
        *flags(*HOT_PLUG),
        *flags("exposeSerial", since=6),
        *flags("requireLegacyBios", default=True, since=6),
        Field("licenceType", values=LICENCES, put_required=(4, 5, 6)),
        Field("applicationType", default="UNKNOWN", since=6, mode="ignore"),
        Field("imageType", mode="read"),
        Field("public", "boolean", mode="read"),
        Field("imageAliases", "strings", mode="read"),
        Field("requiredFeatures", "strings", (), since=6, mode="read"),
        Field("cloudInit", default="NONE", values=enum("NONE", "V1", since=5), since=5, keep=True),
    ),
    verbs="LRPMD",
)

ROWS = (LOCATION, IMAGE)
