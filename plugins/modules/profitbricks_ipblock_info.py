#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: profitbricks_ipblock_info
short_description: Read IP blocks of the ProfitBricks cloud
version_added: 1.0.0
description:
  - Returns the IP blocks that match the options, or all of them without such options. If there is none, the list
    is empty.
  - An IP block is a set of public IPv4 addresses that are reserved in one location until they are released. NICs
    and load balancers of data centers there can use them.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.profitbricks
  - profitbricks.cloud.profitbricks.reading
options:
  id:
    description:
      - Only the IP block with this UUID.
    type: str
  name:
    description:
      - Only the IP block with this name.
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
seealso:
  - module: profitbricks.cloud.profitbricks_ipblock
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_addresses
    description: Reserved addresses and IPv6.
"""

EXAMPLES = r"""
---
- name: Read all IP blocks
  profitbricks.cloud.profitbricks_ipblock_info:
  register: found

- name: Show the addresses that are not in use
  ansible.builtin.debug:
    msg: >-
      {{ found.ipblocks | map(attribute='ips') | flatten
         | difference(found.ipblocks | map(attribute='ip_consumers') | flatten | map(attribute='ip')) }}

- name: Read one IP block, and what uses its addresses
  profitbricks.cloud.profitbricks_ipblock_info:
    name: shop-public
"""

RETURN = r"""
---
ipblocks:
  description:
    - The IP blocks that were found.
  returned: success
  type: list
  elements: dict
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
"""

from ansible_collections.profitbricks.cloud.plugins.module_utils._info import run_info
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.behaviour.ipblocks import (
    IPBLOCKS,
)


def main() -> None:
    run_info(IPBLOCKS)


if __name__ == "__main__":
    main()
