#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: profitbricks_ipblock
short_description: Reserve, rename and release IP addresses of the ProfitBricks cloud
version_added: 1.0.0
description:
  - Brings an IP block into the state that the options describe, and does nothing if it is already in that state.
  - Options that are left out are neither sent nor compared.
  - An IP block is a set of public IPv4 addresses that are reserved in one location until they are released. NICs
    and load balancers of data centers there can use them.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.profitbricks
  - profitbricks.cloud.profitbricks.managing
options:
  state:
    description:
      - 'V(present): the IP block exists and is as the options describe. Options that are left out are not changed.'
      - 'V(absent): the IP block does not exist. Nothing happens if it, or the object it belongs to, is already
        gone.'
    type: str
    choices:
      - present
      - absent
    default: present
  id:
    description:
      - The UUID of the IP block. Only needed to change its O(name).
    type: str
  name:
    description:
      - Name of the IP block. In version 4 of the API it cannot be changed.
    type: str
  location:
    description:
      - Location of the addresses, such as V(de/fra). They can be used in data centers of the same location.
      - It cannot be changed later.
      - Needed to create one.
    type: str
  size:
    description:
      - Number of addresses. It cannot be changed later; reserve another block for more addresses.
      - Needed to create one.
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
seealso:
  - module: profitbricks.cloud.profitbricks_ipblock_info
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_addresses
    description: Reserved addresses and IPv6.
"""

EXAMPLES = r"""
---
- name: Reserve two addresses in Frankfurt
  profitbricks.cloud.profitbricks_ipblock:
    name: shop-public
    location: de/fra
    size: 2
  register: reserved

- name: Give the first one to a NIC
  profitbricks.cloud.profitbricks_nic:
    datacenter: shop
    server: web-01
    name: public
    ips: "{{ reserved.ipblock.ips[:1] }}"

- name: Rename the block by id
  profitbricks.cloud.profitbricks_ipblock:
    id: "{{ reserved.ipblock.id }}"
    name: shop-front

- name: Delete the NIC, because an address in use cannot be released
  profitbricks.cloud.profitbricks_nic:
    datacenter: shop
    server: web-01
    name: public
    state: absent

- name: Release the addresses
  profitbricks.cloud.profitbricks_ipblock:
    name: shop-front
    state: absent
"""

RETURN = r"""
---
ipblock:
  description:
    - The IP block after the task, or in check mode as it would be, with V(null) for what only the service knows.
      V(null) if there is none.
  returned: success
  type: dict
  contains:
    id:
      description:
        - The UUID of the IP block.
      returned: always
      type: str
      sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
    name:
      description:
        - Name of the IP block.
      returned: always
      type: str
      sample: shop-public
    location:
      description:
        - Location of the addresses, such as V(de/fra). They can be used in data centers of the same location.
      returned: always
      type: str
      sample: de/fra
    size:
      description:
        - Number of addresses.
      returned: always
      type: int
      sample: 2
    ips:
      description:
        - The reserved addresses.
      returned: always
      type: list
      elements: str
      sample:
        - 203.0.113.17
        - 203.0.113.18
    ip_consumers:
      description:
        - What uses the addresses, with an entry for each use; empty in version 4 of the API, which does not return
          it.
      returned: always
      type: list
      elements: dict
      contains:
        ip:
          description:
            - The address.
          returned: always
          type: str
          sample: 203.0.113.17
        mac:
          description:
            - MAC address of the NIC.
          returned: always
          type: str
          sample: 02:01:0a:0b:0c:0d
        nic_id:
          description:
            - UUID of the NIC.
          returned: always
          type: str
          sample: d9b9a5c8-7b8a-4e0b-8a8f-5c8f2a9f5b7a
        server_id:
          description:
            - UUID of the server of the NIC.
          returned: always
          type: str
          sample: 3e8b3a0f-7a1c-4f0e-9f69-2c3f4f4b6e56
        server_name:
          description:
            - Name of that server.
          returned: always
          type: str
          sample: web-01
        datacenter_id:
          description:
            - UUID of the data center.
          returned: always
          type: str
          sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
        datacenter_name:
          description:
            - Name of the data center.
          returned: always
          type: str
          sample: shop
        k8s_nodepool_id:
          description:
            - UUID of the Kubernetes node pool.
          returned: always
          type: str
        k8s_cluster_id:
          description:
            - UUID of the Kubernetes cluster.
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
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.behaviour.ipblocks import (
    IPBLOCKS,
)


def main() -> None:
    run(IPBLOCKS)


if __name__ == "__main__":
    main()
