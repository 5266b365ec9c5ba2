# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Templates of CUBE servers."""

from __future__ import annotations

from ...engine.errors import NotFound
from ...engine.kind import Kind
from ...engine.service import selector
from ..client import Cloud
from ..provider import PROFITBRICKS
from ..resources.templates import TEMPLATE


def template_id(cloud: Cloud, option: str, value: str) -> str:
    """The id of a template that an option gives by name or id; a name costs one request. Raises NotFound."""
    wanted = selector(TEMPLATE, option, value)
    if wanted.by_id:
        return wanted.value
    found = wanted.pick(cloud.items(TEMPLATE, {}))
    if found is None:
        advice = "profitbricks_template_info lists the templates"
        raise NotFound(TEMPLATE.label, option, value, advice=advice)
    return str(found["id"])


TEMPLATES = Kind(PROFITBRICKS, TEMPLATE)
