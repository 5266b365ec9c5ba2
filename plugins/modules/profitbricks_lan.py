#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: profitbricks_lan
short_description: Create, change and delete LANs of the ProfitBricks cloud
version_added: 1.0.0
description:
  - Brings a LAN into the state that the options describe, and does nothing if it is already in that state.
  - Options that are left out are neither sent nor compared.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.profitbricks
  - profitbricks.cloud.profitbricks.managing
options:
  state:
    description:
      - 'V(present): the LAN exists and is as the options describe. Options that are left out are not changed.'
      - 'V(absent): the LAN does not exist. Nothing happens if it, or the object it belongs to, is already gone.'
    type: str
    choices:
      - present
      - absent
    default: present
  id:
    description:
      - The number of the LAN. Only needed to change its O(name).
    type: str
  datacenter:
    description:
      - Name or UUID of the data center of the LAN. It must exist.
    type: str
    required: true
  name:
    description:
      - Name of the LAN.
    type: str
  public:
    description:
      - Whether the LAN is connected to the internet. The service defaults to V(false).
    type: bool
  ip_failover:
    description:
      - IP failover groups, as a set, and no others, unless O(append) is set. Each NIC must already own the reserved
        address, and the LAN be public.
    type: list
    elements: dict
    suboptions:
      ip:
        description:
          - 'Reserved address that moves if a server fails. An address from a reserved block can also be given by
            its position: V(web.0) is the first address of the IP block web.'
        type: str
        required: true
      nic_id:
        description:
          - 'NIC that has the address initially: as V(server/nic), by a name that only one NIC of the data center
            has, or by UUID. Results have the UUID.'
        type: str
        required: true
  pcc:
    description:
      - Name or UUID of the cross connect that the private LAN joins; an empty string removes it. A name takes one
        more request.
      - V(null) or an empty string clears it.
    type: str
  ipv6_cidr_block:
    description:
      - IPv6 network of the LAN, a C(/64) inside that of the data center. With V(AUTO) the service chooses one;
        an empty string switches IPv6 off.
      - V(null) or an empty string clears it.
    type: str
  append:
    description:
      - Whether O(ip_failover) only adds groups, or moves the group of an address to another NIC. Otherwise, groups
        that are not listed are removed.
    type: bool
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
  - module: profitbricks.cloud.profitbricks_lan_info
  - module: profitbricks.cloud.profitbricks_datacenter
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_addresses
    description: Reserved addresses and IPv6.
"""

EXAMPLES = r"""
---
- name: Create a LAN with access to the internet
  profitbricks.cloud.profitbricks_lan:
    datacenter: shop
    name: public
    public: true

- name: Create a private LAN
  profitbricks.cloud.profitbricks_lan:
    datacenter: shop
    name: backend
    public: false
  register: backend

- name: Rename it by number
  profitbricks.cloud.profitbricks_lan:
    datacenter: shop
    id: "{{ backend.lan.id }}"
    name: database

- name: Remove all IP failover groups
  profitbricks.cloud.profitbricks_lan:
    datacenter: shop
    name: public
    ip_failover: []

- name: Delete the private LAN
  profitbricks.cloud.profitbricks_lan:
    datacenter: shop
    name: database
    state: absent
"""

RETURN = r"""
---
lan:
  description:
    - The LAN after the task, or in check mode as it would be, with V(null) for what only the service knows. V(null)
      if there is none.
  returned: success
  type: dict
  contains:
    id:
      description:
        - The number of the LAN.
      returned: always
      type: str
      sample: '1'
    name:
      description:
        - Name of the LAN.
      returned: always
      type: str
      sample: public
    public:
      description:
        - Whether the LAN is connected to the internet.
      returned: always
      type: bool
      sample: true
    ip_failover:
      description:
        - IP failover groups, as a set.
      returned: always
      type: list
      elements: dict
      contains:
        ip:
          description:
            - Reserved address that moves if a server fails.
          returned: always
          type: str
          sample: 203.0.113.40
        nic_id:
          description:
            - UUID of the NIC that has the address initially.
          returned: always
          type: str
          sample: d9b9a5c8-7b8a-4e0b-8a8f-5c8f2a9f5b7a
    pcc:
      description:
        - UUID of the cross connect that the private LAN joins.
      returned: always
      type: str
    ipv6_cidr_block:
      description:
        - IPv6 network of the LAN, a C(/64) inside that of the data center.
      returned: always
      type: str
    ipv4_cidr_block:
      description:
        - IPv4 network of a private LAN.
      returned: always
      type: str
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
    nics:
      description:
        - UUIDs of the NICs in the LAN.
      returned: always
      type: list
      elements: str
      sample: []
    members:
      description:
        - The NICs in the LAN with all their properties, such as their servers and addresses.
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
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.behaviour.lans import LANS


def main() -> None:
    run(LANS)


if __name__ == "__main__":
    main()
