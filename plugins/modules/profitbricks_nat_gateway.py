#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: profitbricks_nat_gateway
short_description: Create, change and delete NAT gateways of the ProfitBricks cloud
version_added: 1.0.0
description:
  - Brings a NAT gateway into the state that the options describe, and does nothing if it is already in that state.
  - Options that are left out are neither sent nor compared.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.profitbricks
  - profitbricks.cloud.profitbricks.managing
options:
  state:
    description:
      - 'V(present): the NAT gateway exists and is as the options describe. Options that are left out are not changed.'
      - 'V(absent): the NAT gateway does not exist. Nothing happens if it, or the object it belongs to, is already
        gone.'
    type: str
    choices:
      - present
      - absent
    default: present
  id:
    description:
      - The UUID of the NAT gateway. Only needed to change its O(name).
    type: str
  datacenter:
    description:
      - Name or UUID of the data center of the NAT gateway. It must exist.
    type: str
    required: true
  name:
    description:
      - Name of the NAT gateway.
    type: str
  public_ips:
    description:
      - 'Reserved addresses in the data center''s location; M(profitbricks.cloud.profitbricks_ipblock) reserves
        them. An address from a reserved block can also be given by its position: V(web.0) is the first address
        of the IP block web.'
      - Needed to create one.
    type: list
    elements: str
  lans:
    description:
      - All private LANs whose servers use the gateway; an empty list for none.
    type: list
    elements: dict
    suboptions:
      lan:
        description:
          - Name or number of the LAN.
        type: str
        required: true
      gateway_ips:
        description:
          - The gateway's addresses in the LAN. Private addresses with their subnet, such as V(10.7.222.225/24).
            The service chooses one in a free subnet.
        type: list
        elements: str
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
  - module: profitbricks.cloud.profitbricks_nat_gateway_info
  - module: profitbricks.cloud.profitbricks_datacenter
  - module: profitbricks.cloud.profitbricks_nat_gateway_rule
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_everyday
    description: A playbook for each everyday job.
"""

EXAMPLES = r"""
---
- name: Reserve an address
  profitbricks.cloud.profitbricks_ipblock:
    name: way-out
    location: de/fra
    size: 1
  register: reserved

- name: Let the servers of a private LAN reach the internet
  profitbricks.cloud.profitbricks_nat_gateway:
    datacenter: shop
    name: way-out
    public_ips: "{{ reserved.ipblock.ips }}"
    lans:
      - lan: private

- name: Read it
  profitbricks.cloud.profitbricks_nat_gateway_info:
    datacenter: shop
    name: way-out
  register: found

- name: Rename it by id
  profitbricks.cloud.profitbricks_nat_gateway:
    datacenter: shop
    id: "{{ found.nat_gateways[0].id }}"
    name: exit

- name: Delete it; the address stays reserved
  profitbricks.cloud.profitbricks_nat_gateway:
    datacenter: shop
    name: exit
    state: absent
"""

RETURN = r"""
---
nat_gateway:
  description:
    - The NAT gateway after the task, or in check mode as it would be, with V(null) for what only the service knows.
      V(null) if there is none.
  returned: success
  type: dict
  contains:
    id:
      description:
        - The UUID of the NAT gateway.
      returned: always
      type: str
      sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
    name:
      description:
        - Name of the NAT gateway.
      returned: always
      type: str
      sample: way-out
    public_ips:
      description:
        - Reserved addresses in the data center's location.
      returned: always
      type: list
      elements: str
      sample:
        - 203.0.113.10
    lans:
      description:
        - All private LANs whose servers use the gateway.
      returned: always
      type: list
      elements: dict
      contains:
        lan:
          description:
            - Number of the LAN.
          returned: always
          type: int
          sample: 2
        gateway_ips:
          description:
            - The gateway's addresses in the LAN. Private addresses with their subnet, such as V(10.7.222.225/24).
          returned: always
          type: list
          elements: str
          sample:
            - 10.7.222.225/24
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
        - Rules of the NAT gateway.
      returned: always
      type: list
      elements: dict
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
    NAT_GATEWAYS,
)


def main() -> None:
    run(NAT_GATEWAYS)


if __name__ == "__main__":
    main()
