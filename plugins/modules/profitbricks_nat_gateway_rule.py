#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: profitbricks_nat_gateway_rule
short_description: Create, change and delete NAT gateway rules of the ProfitBricks cloud
version_added: 1.0.0
description:
  - Brings a NAT gateway rule into the state that the options describe, and does nothing if it is already in that
    state.
  - Options that are left out are neither sent nor compared.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.profitbricks
  - profitbricks.cloud.profitbricks.managing
options:
  state:
    description:
      - 'V(present): the NAT gateway rule exists and is as the options describe. Options that are left out are not
        changed.'
      - 'V(absent): the NAT gateway rule does not exist. Nothing happens if it, or the object it belongs to, is
        already gone.'
    type: str
    choices:
      - present
      - absent
    default: present
  id:
    description:
      - The UUID of the NAT gateway rule. Only needed to change its O(name).
    type: str
  datacenter:
    description:
      - Name or UUID of the data center of the NAT gateway. It must exist.
    type: str
    required: true
  nat_gateway:
    description:
      - Name or UUID of the NAT gateway of the NAT gateway rule. It must exist.
    type: str
    required: true
  name:
    description:
      - Name of the rule.
    type: str
  type:
    description:
      - Type of translation. V(SNAT), the only one, translates source addresses, and is the service's default.
    type: str
    choices:
      - SNAT
  protocol:
    description:
      - Protocol of the packets. A new rule gets V(ALL) by default.
    type: str
    choices:
      - TCP
      - UDP
      - ICMP
      - ALL
  source_subnet:
    description:
      - Subnet in CIDR notation whose packets are translated.
      - Needed to create one.
    type: str
  public_ip:
    description:
      - 'Public address that the packets get, one of the gateway''s. An address from a reserved block can also be
        given by its position: V(web.0) is the first address of the IP block web.'
      - Needed to create one.
    type: str
  target_subnet:
    description:
      - Subnet in CIDR notation; only packets to it are translated. By default, packets to any address are.
    type: str
  target_port_range:
    description:
      - Ports; only packets to them are translated. Not with O(protocol=ICMP).
    type: dict
    suboptions:
      start:
        description:
          - First port.
        type: int
      end:
        description:
          - Last port.
        type: int
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
  - module: profitbricks.cloud.profitbricks_nat_gateway_rule_info
  - module: profitbricks.cloud.profitbricks_datacenter
  - module: profitbricks.cloud.profitbricks_nat_gateway
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_everyday
    description: A playbook for each everyday job.
"""

EXAMPLES = r"""
---
- name: Let a subnet reach web servers
  profitbricks.cloud.profitbricks_nat_gateway_rule:
    datacenter: shop
    nat_gateway: way-out
    name: web
    protocol: TCP
    source_subnet: 10.7.222.0/24
    public_ip: "{{ gateway_address }}"
    target_port_range:
      start: 80
      end: 443

- name: Limit that to one network
  profitbricks.cloud.profitbricks_nat_gateway_rule:
    datacenter: shop
    nat_gateway: way-out
    name: web
    target_subnet: 198.51.100.0/24

- name: Delete the rule
  profitbricks.cloud.profitbricks_nat_gateway_rule:
    datacenter: shop
    nat_gateway: way-out
    name: web
    state: absent
"""

RETURN = r"""
---
nat_gateway_rule:
  description:
    - The NAT gateway rule after the task, or in check mode as it would be, with V(null) for what only the service
      knows. V(null) if there is none.
  returned: success
  type: dict
  contains:
    id:
      description:
        - The UUID of the NAT gateway rule.
      returned: always
      type: str
      sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
    name:
      description:
        - Name of the rule.
      returned: always
      type: str
      sample: web
    type:
      description:
        - Type of translation. V(SNAT), the only one, translates source addresses, and is the service's default.
      returned: always
      type: str
      sample: SNAT
    protocol:
      description:
        - Protocol of the packets.
      returned: always
      type: str
      sample: TCP
    source_subnet:
      description:
        - Subnet in CIDR notation whose packets are translated.
      returned: always
      type: str
      sample: 10.7.222.0/24
    public_ip:
      description:
        - Public address that the packets get, one of the gateway's.
      returned: always
      type: str
      sample: 203.0.113.10
    target_subnet:
      description:
        - Subnet in CIDR notation; only packets to it are translated.
      returned: always
      type: str
      sample: 203.0.113.0/24
    target_port_range:
      description:
        - Ports; only packets to them are translated.
      returned: always
      type: dict
      contains:
        start:
          description:
            - First port.
          returned: always
          type: int
          sample: 80
        end:
          description:
            - Last port.
          returned: always
          type: int
          sample: 443
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
    nat_gateway_id:
      description:
        - The UUID of the NAT gateway.
      returned: always
      type: str
      sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
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
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.behaviour.nat_gateways import (
    NAT_GATEWAY_RULES,
)


def main() -> None:
    run(NAT_GATEWAY_RULES)


if __name__ == "__main__":
    main()
