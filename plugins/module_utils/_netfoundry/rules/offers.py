# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the service offers: places and versions, of which a new object names one (contract sections 7.3 and 7.4)."""

from __future__ import annotations

from ..._engine.errors import NotFound
from ..._engine.plan.facts import Facts
from ..._engine.plan.pairing import Node
from ..resources.networks import NETWORK_VERSION, REGION


def foretells(facts: Facts) -> bool:
    """Whether it is worth a read to know beforehand what the service would refuse.

    That is so in check mode, and for several objects, of which some would be there already.
    """
    return facts.check_mode or bool(facts.resource.children)


def check_region(want: Node, facts: Facts) -> None:
    """Refuse a region that its provider does not have. Raises NotFound."""
    provider, region = want.get("provider"), want.get("region")
    if not (provider and region and foretells(facts)):
        return
    items = facts.items(REGION, {}, also=(("provider", str(provider)),), lenient=True)
    codes = [str(item["locationCode"]) for item in items if item.get("provider") in (None, provider)]
    if codes and region not in codes:
        advice = "netfoundry_region_info lists them"
        raise NotFound(f"region of {provider}", "region", region, advice=advice, names=codes)


def check_version(want: Node, facts: Facts) -> None:
    """Refuse a version that new networks cannot have. Raises NotFound."""
    version = want.get("product_version")
    if not (version and foretells(facts)):
        return
    numbers = active_versions(facts, lenient=True)
    if numbers and version not in numbers:
        advice = "netfoundry_network_version_info lists them"
        raise NotFound("active version", "product_version", version, advice=advice, names=numbers)


def active_versions(facts: Facts, lenient: bool = False) -> list[str]:
    """The versions that new networks can have; none where they may not be seen and the read is ``lenient``."""
    items = facts.items(NETWORK_VERSION, {}, also=(("active", "true"),), lenient=lenient)
    return [str(item["networkVersion"]) for item in items if item.get("active", True)]
