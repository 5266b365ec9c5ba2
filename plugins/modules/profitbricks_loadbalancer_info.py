#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: profitbricks_loadbalancer_info
short_description: Read load balancers of the ProfitBricks cloud
version_added: 1.0.0
description:
  - Returns the load balancers that match the options, or all of them without such options. If there is none, the
    list is empty.
  - This is the classic load balancer, which shares its address with the NICs behind it. The NICs move to one LAN,
    that of the first NIC.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.profitbricks
  - profitbricks.cloud.profitbricks.reading
options:
  datacenter:
    description:
      - Name or UUID of the data center of the load balancer. It must exist.
    type: str
    required: true
  id:
    description:
      - Only the load balancer with this UUID.
    type: str
  name:
    description:
      - Only the load balancer with this name.
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
  - module: profitbricks.cloud.profitbricks_loadbalancer
  - module: profitbricks.cloud.profitbricks_datacenter
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_everyday
    description: A playbook for each everyday job.
"""

EXAMPLES = r"""
---
- name: Read all load balancers of a data center
  profitbricks.cloud.profitbricks_loadbalancer_info:
    datacenter: shop

- name: Read one load balancer
  profitbricks.cloud.profitbricks_loadbalancer_info:
    datacenter: shop
    name: front
  register: found

- name: Show the servers behind it
  ansible.builtin.debug:
    msg: "{{ found.loadbalancers | map(attribute='members') | flatten | map(attribute='server_id') | unique }}"
"""

RETURN = r"""
---
loadbalancers:
  description:
    - The load balancers that were found.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description:
        - The UUID of the load balancer.
      returned: always
      type: str
      sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
    name:
      description:
        - Name of the load balancer.
      returned: always
      type: str
      sample: front
    ip:
      description:
        - 'Address: a reserved public one, or a private one.'
      returned: always
      type: str
      sample: 203.0.113.17
    dhcp:
      description:
        - Whether the NICs get the address by DHCP.
      returned: always
      type: bool
      sample: true
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
    balanced_nics:
      description:
        - UUIDs of the balanced NICs.
      returned: always
      type: list
      elements: str
      sample: []
    members:
      description:
        - The balanced NICs with all their properties, such as their servers and addresses.
      returned: always
      type: list
      elements: dict
      contains:
        id:
          description:
            - The UUID of the NIC.
          returned: always
          type: str
          sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
        name:
          description:
            - Name of the NIC.
          returned: always
          type: str
          sample: public
        lan:
          description:
            - Number of the LAN.
          returned: always
          type: int
          sample: 1
        ips:
          description:
            - 'Addresses of the NIC, as a set: reserved public ones, or private ones from the LAN''s network.'
          returned: always
          type: list
          elements: str
          sample:
            - 203.0.113.17
        dhcp:
          description:
            - Whether the NIC gets its address by DHCP.
          returned: always
          type: bool
          sample: true
        firewall_active:
          description:
            - Whether the firewall of the NIC is active. With an active firewall and no rules, nothing gets in.
          returned: always
          type: bool
          sample: true
        firewall_type:
          description:
            - Traffic that the firewall filters.
          returned: always
          type: str
          sample: INGRESS
        nat:
          description:
            - Whether private addresses reach the internet through an address of the service. Only in versions 4
              and 5 of the API.
          returned: always
          type: bool
        ipv6_ips:
          description:
            - IPv6 addresses of the NIC, as a set.
          returned: always
          type: list
          elements: str
          sample: []
        ipv6_cidr_block:
          description:
            - IPv6 network of the NIC, a C(/80) inside that of the LAN.
          returned: always
          type: str
        dhcpv6:
          description:
            - Whether the NIC gets IPv6 addresses by DHCP.
          returned: always
          type: bool
        mac:
          description:
            - MAC address.
          returned: always
          type: str
          sample: 02:01:0a:0b:0c:0d
        device_number:
          description:
            - Position of the NIC among the server's devices.
          returned: always
          type: int
          sample: 1
        pci_slot:
          description:
            - PCI slot of the NIC.
          returned: always
          type: int
          sample: 6
        security_groups:
          description:
            - UUIDs of its security groups.
          returned: always
          type: list
          elements: str
          sample: []
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
        server_id:
          description:
            - The UUID of the server.
          returned: always
          type: str
          sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
"""

from ansible_collections.profitbricks.cloud.plugins.module_utils._info import run_info
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.behaviour.loadbalancers import (
    LOADBALANCERS,
)


def main() -> None:
    run_info(LOADBALANCERS)


if __name__ == "__main__":
    main()
