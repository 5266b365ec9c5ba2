# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Versions of Kubernetes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..._engine.answers import a_list_of_texts
from ..._engine.behaviour import Behaviour, Reading
from ..._engine.service import Item
from ..client import Cloud
from ..provider import PROFITBRICKS
from ..resources.kubernetes import K8S_VERSION


class Versions(Behaviour[Cloud]):
    def search(self, cloud: Cloud, options: Mapping[str, Any], read: Reading) -> list[Item]:
        """The service tells them as plain strings (contract section 10.27)."""
        self.resource.exists_in(cloud.version)
        path = self.resource.path
        versions = cloud.transport.call("GET", path, expects=a_list_of_texts).data
        default = cloud.transport.call("GET", f"{path}/default").data
        return [{"id": version, "default": version == default} for version in versions]


K8S_VERSIONS = Versions(PROFITBRICKS, K8S_VERSION, info_fields=())
