# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs the module netfoundry_service_edge_router_policy_info inside Ansible's worker where that is the same."""

from __future__ import annotations

from ansible_collections.profitbricks.cloud.plugins.module_utils._info import reading
from ansible_collections.profitbricks.cloud.plugins.module_utils._netfoundry.behaviour.policies import (
    SERVICE_EDGE_ROUTER_POLICIES,
)
from ansible_collections.profitbricks.cloud.plugins.plugin_utils._in_process import InProcess


class ActionModule(InProcess):
    edge = reading(SERVICE_EDGE_ROUTER_POLICIES)
