# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the service offers: places, versions and types, of which a new object names one (contract sections 7.3, 7.4, 8.14)."""

from __future__ import annotations

from ..._engine.errors import NotFound
from ..._engine.plan.facts import Facts
from ..._engine.plan.pairing import Node
from ..._engine.service import Item
from ..resources.networks import NETWORK_VERSION, REGION
from ..resources.services import CONFIG_TYPE

# The types that each network has.
CONFIG_TYPES = ("ziti-tunneler-client.v1", "ziti-tunneler-server.v1", "intercept.v1", "host.v1")


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


def check_config_types(want: Node, have: Item | None, facts: Facts) -> None:
    """Refuse types of configurations that the network of a new service does not have. Raises NotFound."""
    others = [each["type"] for each in want.get("configs") or () if each["type"] not in CONFIG_TYPES]
    if have is not None or not others or facts.found.missing:
        return
    known = [
        *CONFIG_TYPES,
        *(str(item["name"]) for item in facts.items(CONFIG_TYPE, facts.around(CONFIG_TYPE))),
    ]
    for name in others:
        if name not in known:
            advice = "correct the name; no module creates types"
            raise NotFound(CONFIG_TYPE.label, "configs.type", name, "the network", advice, known)
