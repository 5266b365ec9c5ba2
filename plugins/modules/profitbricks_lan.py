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
  - Brings a LAN into the state that the options describe, and does nothing where it is so already.
  - Options that are left out are neither sent nor compared.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.profitbricks
  - profitbricks.cloud.profitbricks.managing
options:
  state:
    description:
      - 'V(present): the LAN exists and is as the options say; options that are left out are left alone.'
      - 'V(absent): there is no such LAN; nothing happens where it, or what it belongs to, is gone already.'
    type: str
    choices:
      - present
      - absent
    default: present
  id:
    description:
      - The number of the LAN. Needed to change its O(name) only.
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
      - Whether the LAN is connected to the internet. The service takes V(false).
    type: bool
  ip_failover:
    description:
      - IP failover groups, as a set. Each NIC must already own the reserved address, and the LAN be public.
    type: list
    elements: dict
    suboptions:
      ip:
        description:
          - Reserved address that moves on failure.
        type: str
        required: true
      nic_id:
        description:
          - 'NIC that owns the address at first: as V(server/nic), by a name that only one NIC of the data center
            has, or by UUID. Results hold the UUID.'
        type: str
        required: true
  pcc:
    description:
      - Name or UUID of the cross connect that the private LAN joins; an empty string leaves it. A name costs one
        request more.
      - V(null) or an empty string clears it.
    type: str
  ipv6_cidr_block:
    description:
      - IPv6 network of the LAN, a C(/64) inside the one of the data center; V(AUTO) leaves the choice to the service,
        an empty string takes it away.
      - V(null) or an empty string clears it.
    type: str
  wait:
    description:
      - Whether to wait until the service has carried out what was asked, and the object is usable. Otherwise the
        task ends when the service has accepted it, with RV(request_id) to look at later.
    type: bool
    default: true
  wait_timeout:
    description:
      - Seconds to wait at most. What is not finished by then goes on at the service.
    type: int
    default: 600
  progress:
    description:
      - Whether to tell, while the task waits for longer than a second, what it waits for. If not set, the environment
        variable E(PROFITBRICKS_PROGRESS) is asked, and then it is told. Only where the task runs inside Ansible's
        own process, which is so on the controller with its own Python.
    type: bool
seealso:
  - module: profitbricks.cloud.profitbricks_lan_info
"""

EXAMPLES = r"""
---
- name: A LAN with access to the internet
  profitbricks.cloud.profitbricks_lan:
    datacenter: shop
    name: public
    public: true

- name: A private LAN
  profitbricks.cloud.profitbricks_lan:
    datacenter: shop
    name: backend
    public: false
  register: backend

- name: Rename it, addressed by its number
  profitbricks.cloud.profitbricks_lan:
    datacenter: shop
    id: "{{ backend.lan.id }}"
    name: database

- name: Take all IP failover groups away
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
    - The LAN as it is after the task; in check mode as it would be, with V(null) for what only the service knows.
      V(null) when there is none.
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
        - Whether the LAN is connected to the internet. The service takes V(false).
      returned: always
      type: bool
      sample: true
    ip_failover:
      description:
        - IP failover groups, as a set. Each NIC must already own the reserved address, and the LAN be public.
      returned: always
      type: list
      elements: dict
      contains:
        ip:
          description:
            - Reserved address that moves on failure.
          returned: always
          type: str
          sample: 203.0.113.40
        nic_id:
          description:
            - 'NIC that owns the address at first: as V(server/nic), by a name that only one NIC of the data center
              has, or by UUID. Results hold the UUID.'
          returned: always
          type: str
          sample: d9b9a5c8-7b8a-4e0b-8a8f-5c8f2a9f5b7a
    pcc:
      description:
        - Name or UUID of the cross connect that the private LAN joins; an empty string leaves it. A name costs
          one request more.
      returned: always
      type: str
    ipv6_cidr_block:
      description:
        - IPv6 network of the LAN, a C(/64) inside the one of the data center; V(AUTO) leaves the choice to the
          service, an empty string takes it away.
      returned: always
      type: str
    ipv4_cidr_block:
      description:
        - IPv4 network of a private LAN.
      returned: always
      type: str
    state:
      description:
        - State of the object at the service, such as V(AVAILABLE), V(BUSY) or V(INACTIVE).
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
        - The NICs in the LAN with all that is known of them, such as their servers and addresses.
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
            - Name or number of the LAN. Where neither a name nor an id is given, it also says which NIC of the
              server is meant.
            - A number that the data center does not have yet makes the service create that LAN as a private one;
              a name must exist.
          returned: always
          type: int
          sample: 1
        ips:
          description:
            - 'Addresses of the NIC, as a set: reserved public ones, or private ones of the LAN''s network.'
            - An empty list leaves the choice of one address to the service.
          returned: always
          type: list
          elements: str
          sample:
            - 203.0.113.17
        dhcp:
          description:
            - Whether the NIC gets its address by DHCP. The service takes V(true).
          returned: always
          type: bool
          sample: true
        firewall_active:
          description:
            - Whether the firewall rules of the NIC act. Active and without rules, nothing comes in.
          returned: always
          type: bool
          sample: true
        firewall_type:
          description:
            - Traffic that the firewall looks at. The service takes V(INGRESS).
          returned: always
          type: str
          sample: INGRESS
        nat:
          description:
            - Whether private addresses reach the internet through the service's own address. Only up to version
              5 of the API.
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
            - IPv6 network of the NIC, a C(/80) inside the one of the LAN.
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
            - Place of the NIC among the server's devices.
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
            - State of the object at the service, such as V(AVAILABLE), V(BUSY) or V(INACTIVE).
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
    - What was done, or in check mode would be done, in this order; empty when nothing changed.
  returned: success
  type: list
  elements: str
  sample:
    - create
request_id:
  description:
    - UUID of the last request that the service accepted; V(null) when there was none.
  returned: success
  type: str
  sample: a8ab2a48-1a7e-4d2c-9c3e-0a4d6f0f2f3a
"""

from ansible_collections.profitbricks.cloud.plugins.module_utils._module import run
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.behaviour.lans import LANS


def main() -> None:
    run(LANS)


if __name__ == "__main__":
    main()
