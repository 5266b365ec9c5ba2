#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: profitbricks_security_group_info
short_description: Read security groups of the ProfitBricks cloud
version_added: 1.0.0
description:
  - Returns the security groups that match the options, or all of them without such options. If there is none, the
    list is empty.
  - The option C(security_groups) of M(profitbricks.cloud.profitbricks_server) and M(profitbricks.cloud.profitbricks_nic)
    assigns security groups.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.profitbricks
  - profitbricks.cloud.profitbricks.reading
options:
  datacenter:
    description:
      - Name or UUID of the data center of the security group. It must exist.
    type: str
    required: true
  id:
    description:
      - Only the security group with this UUID.
    type: str
  name:
    description:
      - Only the security group with this name.
    type: str
  filters:
    description:
      - Only objects whose results have these values, as a dictionary with keys such as C(state). Case does not
        matter; in a list, one matching element is enough.
    type: dict
  wait:
    description:
      - 'Accepted so that C(module_defaults) of a group can set it, and ignored: there is nothing to wait for.'
    type: bool
  wait_timeout:
    description:
      - Maximum number of seconds that reading may take. If not set, the environment variable E(PROFITBRICKS_WAIT_TIMEOUT)
        is used, and without that V(600).
    type: int
  progress:
    description:
      - Whether to show what the task is waiting for, if it waits for longer than a second. If not set, the environment
        variable E(PROFITBRICKS_PROGRESS) is used, and without that it is shown. This only works if the task runs
        inside Ansible's own process, as it does on the controller with its own Python.
    type: bool
attributes:
  action_group:
    membership:
      - profitbricks.cloud.all
      - profitbricks.cloud.datacenter
      - profitbricks.cloud.profitbricks
seealso:
  - module: profitbricks.cloud.profitbricks_security_group
  - module: profitbricks.cloud.profitbricks_datacenter
  - module: profitbricks.cloud.profitbricks_security_group_rule
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_everyday
    description: A playbook for each everyday job.
"""

EXAMPLES = r"""
---
- name: Read all security groups of a data center
  profitbricks.cloud.profitbricks_security_group_info:
    datacenter: shop

- name: Read one security group with its rules and members
  profitbricks.cloud.profitbricks_security_group_info:
    datacenter: shop
    name: web
"""

RETURN = r"""
---
security_groups:
  description:
    - The security groups that were found.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description:
        - The UUID of the security group.
      returned: always
      type: str
      sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
    name:
      description:
        - Name of the security group, at most 60 characters.
      returned: always
      type: str
      sample: web
    description:
      description:
        - Description of the security group, at most 300 characters.
      returned: always
      type: str
      sample: What web servers let in
    state:
      description:
        - Provisioning state, such as V(AVAILABLE), V(BUSY) or V(INACTIVE).
      returned: always
      type: str
      sample: AVAILABLE
    created_date:
      description:
        - When it was created, in UTC.
      returned: always
      type: str
      sample: '2026-11-02T09:17:01Z'
    created_by:
      description:
        - Who created it.
      returned: always
      type: str
      sample: demo@example.com
    last_modified_date:
      description:
        - When it was last changed, in UTC.
      returned: always
      type: str
      sample: '2026-11-02T09:18:40Z'
    last_modified_by:
      description:
        - Who last changed it.
      returned: always
      type: str
      sample: demo@example.com
    datacenter_id:
      description:
        - The UUID of the data center.
      returned: always
      type: str
      sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
    rules:
      description:
        - Rules of the security group.
      returned: always
      type: list
      elements: dict
      contains:
        id:
          description:
            - The UUID of the security group rule.
          returned: always
          type: str
          sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
        name:
          description:
            - Name of the rule.
          returned: always
          type: str
          sample: ssh
        protocol:
          description:
            - Protocol that the rule lets in.
          returned: always
          type: str
          sample: TCP
        source_mac:
          description:
            - Only let in traffic from this MAC address.
          returned: always
          type: str
        source_ip:
          description:
            - Only let in traffic from this address, or in version 6 of the API from this network in CIDR notation.
          returned: always
          type: str
          sample: 198.51.100.7
        target_ip:
          description:
            - Only let in traffic to this address of the NIC.
          returned: always
          type: str
        icmp_type:
          description:
            - ICMP type, V(0) to V(254), for C(protocol=ICMP) and C(protocol=ICMPv6).
          returned: always
          type: int
        icmp_code:
          description:
            - ICMP code, V(0) to V(254), for C(protocol=ICMP) and C(protocol=ICMPv6).
          returned: always
          type: int
        port_range_start:
          description:
            - First port, for C(protocol=TCP) and C(protocol=UDP). Before version 6 of the API at most V(65534).
          returned: always
          type: int
          sample: 22
        port_range_end:
          description:
            - Last port, for C(protocol=TCP) and C(protocol=UDP).
          returned: always
          type: int
          sample: 22
        type:
          description:
            - Direction of the traffic.
          returned: always
          type: str
          sample: INGRESS
        ip_version:
          description:
            - IP version of the rule.
          returned: always
          type: str
          sample: IPv4
        state:
          description:
            - Provisioning state, such as V(AVAILABLE), V(BUSY) or V(INACTIVE).
          returned: always
          type: str
          sample: AVAILABLE
        created_date:
          description:
            - When it was created, in UTC.
          returned: always
          type: str
          sample: '2026-11-02T09:17:01Z'
        created_by:
          description:
            - Who created it.
          returned: always
          type: str
          sample: demo@example.com
        last_modified_date:
          description:
            - When it was last changed, in UTC.
          returned: always
          type: str
          sample: '2026-11-02T09:18:40Z'
        last_modified_by:
          description:
            - Who last changed it.
          returned: always
          type: str
          sample: demo@example.com
        datacenter_id:
          description:
            - The UUID of the data center.
          returned: always
          type: str
          sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
        security_group_id:
          description:
            - The UUID of the security group.
          returned: always
          type: str
          sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
    servers:
      description:
        - UUIDs of the servers that have the security group.
      returned: always
      type: list
      elements: str
      sample: []
    nics:
      description:
        - UUIDs of the NICs that have the security group.
      returned: always
      type: list
      elements: str
      sample: []
"""

from ansible_collections.profitbricks.cloud.plugins.module_utils._info import run_info
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.behaviour.security import (
    SECURITY_GROUPS,
)


def main() -> None:
    run_info(SECURITY_GROUPS)


if __name__ == "__main__":
    main()
