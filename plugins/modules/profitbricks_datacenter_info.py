#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: profitbricks_datacenter_info
short_description: Read data centers of the ProfitBricks cloud
version_added: 1.0.0
description:
  - Returns the data centers that match the options, or all of them without such options. If there is none, the
    list is empty.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.profitbricks
  - profitbricks.cloud.profitbricks.reading
options:
  id:
    description:
      - Only the data center with this UUID.
    type: str
  name:
    description:
      - Only the data center with this name.
    type: str
  filters:
    description:
      - Only objects whose results have these values, as a dictionary with keys such as C(state). Case does not
        matter; in a list, one matching element is enough.
    type: dict
  as_description:
    description:
      - Whether to return each data center with everything in it as options of M(profitbricks.cloud.profitbricks_datacenter),
        and nothing else. Passing them back to that module changes nothing.
      - They do not include secrets of volumes, which the service does not return, or public addresses that are
        not reserved. Kubernetes nodes are left out, because only Kubernetes can create them.
      - Other objects are given by name, and images by an alias, where that is unambiguous.
    type: bool
    default: false
  defaults:
    description:
      - Whether O(as_description) includes options that are set to their defaults, such as C(dhcp=true) for a NIC.
    type: bool
    default: false
  tree:
    description:
      - 'Whether to return each data center with everything in it. This takes one request for each, and more for
        what that does not include: application load balancers and Kubernetes node pools.'
    type: bool
    default: false
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
  - module: profitbricks.cloud.profitbricks_datacenter
  - module: profitbricks.cloud.profitbricks_application_load_balancer
  - module: profitbricks.cloud.profitbricks_lan
  - module: profitbricks.cloud.profitbricks_loadbalancer
  - module: profitbricks.cloud.profitbricks_nat_gateway
  - module: profitbricks.cloud.profitbricks_network_load_balancer
  - module: profitbricks.cloud.profitbricks_security_group
  - module: profitbricks.cloud.profitbricks_server
  - module: profitbricks.cloud.profitbricks_volume
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_datacenter
    description: The whole data center in one task.
"""

EXAMPLES = r"""
---
- name: Read all data centers
  profitbricks.cloud.profitbricks_datacenter_info:
  register: all

- name: Show their names
  ansible.builtin.debug:
    msg: "{{ all.datacenters | map(attribute='name') }}"

- name: Read one data center
  profitbricks.cloud.profitbricks_datacenter_info:
    name: shop

- name: Read one with everything in it as a description, to manage it from now on
  profitbricks.cloud.profitbricks_datacenter_info:
    name: shop
    as_description: true
  register: shop

- name: Feed it back, which changes nothing
  profitbricks.cloud.profitbricks_datacenter:
    name: shop
    lans: "{{ shop.datacenters[0].lans }}"
    servers: "{{ shop.datacenters[0].servers }}"
    volumes: "{{ shop.datacenters[0].volumes }}"
    loadbalancers: "{{ shop.datacenters[0].loadbalancers }}"
"""

RETURN = r"""
---
datacenters:
  description:
    - The data centers that were found.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description:
        - The UUID of the data center.
      returned: always
      type: str
      sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
    name:
      description:
        - Name of the data center.
      returned: always
      type: str
      sample: shop
    description:
      description:
        - Description of the data center.
      returned: always
      type: str
      sample: Web shop, production
    location:
      description:
        - Where the data center is, such as V(de/fra) or V(us/las).
      returned: always
      type: str
      sample: de/fra
    sec_auth_protection:
      description:
        - Whether only users with two-factor authentication may work on it.
      returned: always
      type: bool
      sample: false
    version:
      description:
        - Increases with each change to its contents.
      returned: always
      type: int
      sample: 3
    features:
      description:
        - Features of the location.
      returned: always
      type: list
      elements: str
      sample:
        - SSD
        - MULTIPLE_CPU
    cpu_architecture:
      description:
        - CPU families of the location, and the maximum size of a server with each.
      returned: always
      type: list
      elements: dict
      contains:
        cpu_family:
          description:
            - Name of the CPU family.
          returned: always
          type: str
          sample: INTEL_SKYLAKE
        max_cores:
          description:
            - Maximum number of cores of one server.
          returned: always
          type: int
          sample: 51
        max_ram:
          description:
            - Maximum memory of one server, in MB.
          returned: always
          type: int
          sample: 237568
        vendor:
          description:
            - Vendor of the CPUs.
          returned: always
          type: str
          sample: GenuineIntel
        enabled_features:
          description:
            - Features of the CPUs; with V(SEV-SNP), confidential servers are possible.
          returned: always
          type: list
          elements: str
          sample: []
    gpu_architecture:
      description:
        - Graphics cards that servers of type C(GPU) can have in the location.
      returned: always
      type: list
      elements: dict
      contains:
        vendor:
          description:
            - Vendor of the card.
          returned: always
          type: str
          sample: NVIDIA Corporation
        model:
          description:
            - Model of the card.
          returned: always
          type: str
          sample: NVIDIA H200
    ipv6_cidr_block:
      description:
        - Block of IPv6 addresses of the data center.
      returned: always
      type: str
      sample: 2001:db8:1200::/56
    default_security_group:
      description:
        - UUID of the default security group of its servers. It may be one of C(security_groups).
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
    tree:
      description:
        - The data center with everything in it, like RV(profitbricks.cloud.profitbricks_datacenter#module:tree).
          Only with C(tree=true).
      returned: when tree is set
      type: dict
"""

from ansible_collections.profitbricks.cloud.plugins.module_utils._info import run_info
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.behaviour.datacenters import (
    DATACENTERS,
)


def main() -> None:
    run_info(DATACENTERS)


if __name__ == "__main__":
    main()
