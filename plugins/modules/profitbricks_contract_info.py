#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: profitbricks_contract_info
short_description: Read the limits of a contract of the ProfitBricks cloud, and how much of them is used
version_added: 1.0.0
description:
  - Returns the contracts that match the options, or all of them without such options. If there is none, the list
    is empty.
  - Only the owner of the contract and its administrators can read it.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.profitbricks
  - profitbricks.cloud.profitbricks.reading
options:
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
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_everyday
    description: A playbook for each everyday job.
"""

EXAMPLES = r"""
---
- name: Read the contract with its limits
  profitbricks.cloud.profitbricks_contract_info:
  register: found

- name: Make sure that there are enough cores for the new servers
  ansible.builtin.assert:
    that: limits.cores_per_contract - limits.cores_provisioned >= 16
  vars:
    limits: "{{ found.contracts[0].resource_limits }}"
"""

RETURN = r"""
---
contracts:
  description:
    - The contracts that were found.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description:
        - The number of the contract.
      returned: always
      type: str
      sample: '31748612'
    contract_number:
      description:
        - Number of the contract.
      returned: always
      type: int
      sample: 31748612
    owner:
      description:
        - E-mail address of the owner.
      returned: always
      type: str
      sample: demo@example.com
    status:
      description:
        - State of the contract, such as V(BILLABLE).
      returned: always
      type: str
      sample: BILLABLE
    reg_domain:
      description:
        - Domain at which it was registered.
      returned: always
      type: str
      sample: ionos.de
    resource_limits:
      description:
        - Limits of the contract, and current usage. V(null) for what this version of the API does not return.
      returned: always
      type: dict
      contains:
        cores_per_server:
          description:
            - Maximum number of cores of one server.
          returned: always
          type: int
          sample: 62
        cores_per_contract:
          description:
            - Maximum number of cores of all servers.
          returned: always
          type: int
          sample: 1000
        cores_provisioned:
          description:
            - Cores in use.
          returned: always
          type: int
          sample: 12
        ram_per_server:
          description:
            - Maximum memory of one server, in MB.
          returned: always
          type: int
          sample: 245760
        ram_per_contract:
          description:
            - Maximum memory of all servers, in MB.
          returned: always
          type: int
          sample: 10240000
        ram_provisioned:
          description:
            - Memory in use, in MB.
          returned: always
          type: int
          sample: 24576
        hdd_limit_per_volume:
          description:
            - Largest HDD volume, in MB.
          returned: always
          type: int
          sample: 2097152
        hdd_limit_per_contract:
          description:
            - Maximum HDD storage, in MB.
          returned: always
          type: int
          sample: 104857600
        hdd_volume_provisioned:
          description:
            - HDD storage in use, in MB.
          returned: always
          type: int
          sample: 102400
        ssd_limit_per_volume:
          description:
            - Largest SSD volume, in MB.
          returned: always
          type: int
          sample: 2097152
        ssd_limit_per_contract:
          description:
            - Maximum SSD storage, in MB.
          returned: always
          type: int
          sample: 104857600
        ssd_volume_provisioned:
          description:
            - SSD storage in use, in MB.
          returned: always
          type: int
          sample: 51200
        das_volume_provisioned:
          description:
            - Direct attached storage in use, in MB.
          returned: always
          type: int
          sample: 0
        reservable_ips:
          description:
            - Maximum number of reserved addresses.
          returned: always
          type: int
          sample: 100
        reserved_ips_on_contract:
          description:
            - Reserved addresses.
          returned: always
          type: int
          sample: 4
        reserved_ips_in_use:
          description:
            - Reserved addresses in use.
          returned: always
          type: int
          sample: 2
        k8s_cluster_limit_total:
          description:
            - Maximum number of Kubernetes clusters.
          returned: always
          type: int
          sample: 10
        k8s_clusters_provisioned:
          description:
            - Kubernetes clusters.
          returned: always
          type: int
          sample: 1
        nlb_limit_total:
          description:
            - Maximum number of network load balancers.
          returned: always
          type: int
          sample: 10
        nlb_provisioned:
          description:
            - Network load balancers.
          returned: always
          type: int
          sample: 0
        nat_gateway_limit_total:
          description:
            - Maximum number of NAT gateways.
          returned: always
          type: int
          sample: 10
        nat_gateway_provisioned:
          description:
            - NAT gateways.
          returned: always
          type: int
          sample: 0
        security_groups_per_vdc:
          description:
            - Maximum number of security groups of one data center.
          returned: always
          type: int
          sample: 100
        security_groups_per_resource:
          description:
            - Maximum number of security groups of one server or NIC.
          returned: always
          type: int
          sample: 10
        rules_per_security_group:
          description:
            - Maximum number of rules of one security group.
          returned: always
          type: int
          sample: 100
"""

from ansible_collections.profitbricks.cloud.plugins.module_utils._info import run_info
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.behaviour.account import (
    CONTRACTS,
)


def main() -> None:
    run_info(CONTRACTS)


if __name__ == "__main__":
    main()
