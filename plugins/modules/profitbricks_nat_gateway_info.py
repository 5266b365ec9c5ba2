#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: profitbricks_nat_gateway_info
short_description: Read NAT gateways of the ProfitBricks cloud
version_added: 1.0.0
description:
  - Returns the NAT gateways that match the options, or all of them without such options. If there is none, the
    list is empty.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.profitbricks
  - profitbricks.cloud.profitbricks.reading
options:
  datacenter:
    description:
      - Name or UUID of the data center of the NAT gateway. It must exist.
    type: str
    required: true
  id:
    description:
      - Only the NAT gateway with this UUID.
    type: str
  name:
    description:
      - Only the NAT gateway with this name.
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
  - module: profitbricks.cloud.profitbricks_nat_gateway
  - module: profitbricks.cloud.profitbricks_datacenter
  - module: profitbricks.cloud.profitbricks_nat_gateway_rule
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_everyday
    description: A playbook for each everyday job.
"""

EXAMPLES = r"""
---
- name: Read all NAT gateways of a data center
  profitbricks.cloud.profitbricks_nat_gateway_info:
    datacenter: shop

- name: Read one NAT gateway
  profitbricks.cloud.profitbricks_nat_gateway_info:
    datacenter: shop
    name: way-out
"""

RETURN = r"""
---
nat_gateways:
  description:
    - The NAT gateways that were found.
  returned: success
  type: list
  elements: dict
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
"""

from ansible_collections.profitbricks.cloud.plugins.module_utils._info import run_info
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.behaviour.nat_gateways import (
    NAT_GATEWAYS,
)


def main() -> None:
    run_info(NAT_GATEWAYS)


if __name__ == "__main__":
    main()
