# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Services."""

from __future__ import annotations

from collections.abc import Mapping

from ..._engine.service import Item
from ..client import Cloud
from ..configs import with_configs
from ..provider import NETFOUNDRY
from ..resources.services import SERVICE
from ..rules.services import SERVICE_RULES as RULES
from .inside import Inside


class Services(Inside):
    def decode(self, cloud: Cloud, items: list[Item], parents: Mapping[str, str]) -> list[Item]:
        """The services as results, with what those without a model are made of."""
        return super().decode(cloud, with_configs(cloud, items, parents), parents)


SERVICES = Services(NETFOUNDRY, SERVICE, RULES)
