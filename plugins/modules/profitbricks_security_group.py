#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: profitbricks_security_group
short_description: Create, change and delete security groups of the ProfitBricks cloud
version_added: 1.0.0
description:
  - Brings a security group into the state that the options describe, and does nothing if it is already in that
    state.
  - Options that are left out are neither sent nor compared.
  - The option C(security_groups) of M(profitbricks.cloud.profitbricks_server) and M(profitbricks.cloud.profitbricks_nic)
    assigns security groups.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.profitbricks
  - profitbricks.cloud.profitbricks.managing
options:
  state:
    description:
      - 'V(present): the security group exists and is as the options describe. Options that are left out are not
        changed.'
      - 'V(absent): the security group does not exist. Nothing happens if it, or the object it belongs to, is already
        gone.'
    type: str
    choices:
      - present
      - absent
    default: present
  id:
    description:
      - The UUID of the security group. Only needed to change its O(name).
    type: str
  datacenter:
    description:
      - Name or UUID of the data center of the security group. It must exist.
    type: str
    required: true
  name:
    description:
      - Name of the security group, at most 60 characters.
    type: str
  description:
    description:
      - Description of the security group, at most 300 characters.
    type: str
  rules:
    description:
      - Rules of the security group. Missing ones are created, different ones changed, others left alone.
    type: list
    elements: dict
    suboptions:
      name:
        description:
          - Name of the rule.
        type: str
      protocol:
        description:
          - Protocol that the rule lets in. It cannot be changed later.
          - V(ICMPv6), V(GRE), V(VRRP), V(ESP) and V(AH) need version 6 of the API.
          - Needed to create one.
        type: str
        choices:
          - TCP
          - UDP
          - ICMP
          - ICMPv6
          - GRE
          - VRRP
          - ESP
          - AH
          - ANY
      source_mac:
        description:
          - Only let in traffic from this MAC address; V(null) or an empty string means any.
        type: str
      source_ip:
        description:
          - Only let in traffic from this address, or in version 6 of the API from this network in CIDR notation;
            V(null) or an empty string means any.
        type: str
      target_ip:
        description:
          - Only let in traffic to this address of the NIC; V(null) or an empty string means any.
        type: str
      icmp_type:
        description:
          - ICMP type, V(0) to V(254), for O(rules[].protocol=ICMP) and O(rules[].protocol=ICMPv6); V(null) means
            any.
        type: int
      icmp_code:
        description:
          - ICMP code, V(0) to V(254), for O(rules[].protocol=ICMP) and O(rules[].protocol=ICMPv6); V(null) means
            any.
        type: int
      port_range_start:
        description:
          - First port, for O(rules[].protocol=TCP) and O(rules[].protocol=UDP). Goes with O(rules[].port_range_end);
            V(null) for both means any port. Before version 6 of the API at most V(65534).
        type: int
      port_range_end:
        description:
          - Last port, for O(rules[].protocol=TCP) and O(rules[].protocol=UDP). Goes with O(rules[].port_range_start).
          - V(null) or an empty string clears it.
        type: int
      type:
        description:
          - Direction of the traffic. A new rule gets V(INGRESS) by default.
        type: str
        choices:
          - INGRESS
          - EGRESS
      ip_version:
        description:
          - IP version of the rule. By default the service derives it from the addresses.
          - V(null) or an empty string clears it.
        type: str
        choices:
          - IPv4
          - IPv6
  wait:
    description:
      - Whether to wait until the service has carried out the change and the object can be used. Otherwise the task
        ends as soon as the service has accepted it, with RV(request_id) for later.
    type: bool
    default: true
  wait_timeout:
    description:
      - Maximum number of seconds that the task may take, from its first request to its last. The service continues
        with whatever is not finished by then. If not set, the environment variable E(PROFITBRICKS_WAIT_TIMEOUT)
        is used, and without that V(600).
    type: int
  progress:
    description:
      - Whether to show what the task is waiting for, if it waits for longer than a second. If not set, the environment
        variable E(PROFITBRICKS_PROGRESS) is used, and without that it is shown. This only works if the task runs
        inside Ansible's own process, as it does on the controller with its own Python.
    type: bool
attributes:
  idempotent:
    description: Run again with the same options, changes nothing.
    support: full
  action_group:
    membership:
      - profitbricks.cloud.all
      - profitbricks.cloud.datacenter
      - profitbricks.cloud.profitbricks
seealso:
  - module: profitbricks.cloud.profitbricks_security_group_info
  - module: profitbricks.cloud.profitbricks_datacenter
  - module: profitbricks.cloud.profitbricks_security_group_rule
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_everyday
    description: A playbook for each everyday job.
"""

EXAMPLES = r"""
---
- name: Define what web servers let in
  profitbricks.cloud.profitbricks_security_group:
    datacenter: shop
    name: web
    description: HTTP and HTTPS
    rules:
      - name: http
        protocol: TCP
        port_range_start: 80
        port_range_end: 80
      - name: https
        protocol: TCP
        port_range_start: 443
        port_range_end: 443
  register: web

- name: Apply the group to a server
  profitbricks.cloud.profitbricks_server:
    datacenter: shop
    name: web-01
    security_groups:
      - web

- name: Rename the group by id
  profitbricks.cloud.profitbricks_security_group:
    datacenter: shop
    id: "{{ web.security_group.id }}"
    name: frontend

- name: Delete it
  profitbricks.cloud.profitbricks_security_group:
    datacenter: shop
    name: frontend
    state: absent
"""

RETURN = r"""
---
security_group:
  description:
    - The security group after the task, or in check mode as it would be, with V(null) for what only the service
      knows. V(null) if there is none.
  returned: success
  type: dict
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
actions:
  description:
    - What was done, or would be done in check mode, in this order; empty if nothing changed.
  returned: success
  type: list
  elements: str
  sample:
    - create
request_id:
  description:
    - UUID of the last request that the service accepted; V(null) if there was none.
  returned: success
  type: str
  sample: a8ab2a48-1a7e-4d2c-9c3e-0a4d6f0f2f3a
"""

from ansible_collections.profitbricks.cloud.plugins.module_utils._manage import run
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.behaviour.security import (
    SECURITY_GROUPS,
)


def main() -> None:
    run(SECURITY_GROUPS)


if __name__ == "__main__":
    main()
