#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: profitbricks_k8s_nodepool_info
short_description: Read node pools of the ProfitBricks cloud
version_added: 1.0.0
description:
  - Returns the node pools that match the options, or all of them without such options. If there is none, the list
    is empty.
  - A node pool is a set of servers of one size that are nodes of a Kubernetes cluster. The service creates and
    replaces them in a data center.
  - Unless O(wait=false), a change first waits until the node pool, or for a new node pool its cluster, is ready
    for it.
  - Needs version 5 or 6 of the API.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.profitbricks
  - profitbricks.cloud.profitbricks.reading
options:
  k8s_cluster:
    description:
      - Name or UUID of the Kubernetes cluster of the node pool. It must exist.
    type: str
    required: true
  id:
    description:
      - Only the node pool with this UUID.
    type: str
  name:
    description:
      - Only the node pool with this name.
    type: str
  filters:
    description:
      - Only objects whose results have these values, as a dictionary with keys such as C(state). Case does not
        matter; in a list, one matching element is enough.
    type: dict
  nodes:
    description:
      - Whether to return the nodes of each node pool, at the cost of one more request for each.
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
  - module: profitbricks.cloud.profitbricks_k8s_nodepool
  - module: profitbricks.cloud.profitbricks_k8s_cluster
  - module: profitbricks.cloud.profitbricks_k8s_node
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_everyday
    description: A playbook for each everyday job.
"""

EXAMPLES = r"""
---
- name: Read all node pools of a cluster
  profitbricks.cloud.profitbricks_k8s_nodepool_info:
    k8s_cluster: shop
  register: found

- name: Read one of them with its nodes
  profitbricks.cloud.profitbricks_k8s_nodepool_info:
    k8s_cluster: shop
    name: workers
    nodes: true
"""

RETURN = r"""
---
k8s_nodepools:
  description:
    - The node pools that were found.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description:
        - The UUID of the node pool.
      returned: always
      type: str
      sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
    name:
      description:
        - Name of the node pool.
      returned: always
      type: str
      sample: workers
    datacenter:
      description:
        - UUID of the data center in which the nodes run.
      returned: always
      type: str
      sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
    node_count:
      description:
        - Number of nodes.
      returned: always
      type: int
      sample: 3
    cores_count:
      description:
        - CPU cores of each node.
      returned: always
      type: int
      sample: 2
    ram_size:
      description:
        - Memory of each node in MB.
      returned: always
      type: int
      sample: 4096
    storage_type:
      description:
        - Type of storage of each node.
      returned: always
      type: str
      sample: SSD
    storage_size:
      description:
        - Storage of each node in GB.
      returned: always
      type: int
      sample: 100
    availability_zone:
      description:
        - Availability zone of the nodes.
      returned: always
      type: str
      sample: AUTO
    cpu_family:
      description:
        - CPU family of the nodes.
      returned: always
      type: str
      sample: INTEL_SKYLAKE
    server_type:
      description:
        - Type of CPU cores of the nodes.
      returned: always
      type: str
      sample: DedicatedCore
    k8s_version:
      description:
        - Version of Kubernetes.
      returned: always
      type: str
      sample: 1.30.6
    maintenance_window:
      description:
        - Start of the weekly maintenance window, in which the service may work on the node pool for several hours.
      returned: always
      type: dict
      contains:
        day_of_the_week:
          description:
            - Day on which it starts.
          returned: always
          type: str
          sample: Sunday
        time:
          description:
            - Time at which it starts, in UTC, such as V(03:00:00).
          returned: always
          type: str
          sample: 03:00:00
    auto_scaling:
      description:
        - Limits within which the service adjusts the number of nodes to demand. V(0) for both switches that off.
      returned: always
      type: dict
      contains:
        min_node_count:
          description:
            - Minimum number of nodes.
          returned: always
          type: int
          sample: 2
        max_node_count:
          description:
            - Maximum number of nodes.
          returned: always
          type: int
          sample: 5
    lans:
      description:
        - All LANs of the data center in which the nodes have a NIC.
      returned: always
      type: list
      elements: dict
      contains:
        lan:
          description:
            - Name or number of the LAN.
          returned: always
          type: int
          sample: 2
        dhcp:
          description:
            - Whether the nodes get an address by DHCP.
          returned: always
          type: bool
          sample: true
        routes:
          description:
            - Routes of the nodes through this LAN, as a set.
          returned: always
          type: list
          elements: dict
          contains:
            network:
              description:
                - Network in CIDR notation.
              returned: always
              type: str
              sample: 10.9.0.0/16
            gateway_ip:
              description:
                - Address of the gateway.
              returned: always
              type: str
              sample: 10.7.222.1
    labels:
      description:
        - All Kubernetes labels of the nodes.
      returned: always
      type: dict
      sample:
        role: web
    annotations:
      description:
        - All Kubernetes annotations of the nodes.
      returned: always
      type: dict
      sample: {}
    taints:
      description:
        - All Kubernetes taints of the nodes, as a set. They repel pods that do not tolerate them.
      returned: always
      type: list
      elements: dict
      contains:
        key:
          description:
            - Key of the taint.
          returned: always
          type: str
          sample: dedicated
        value:
          description:
            - Value of the taint.
          returned: always
          type: str
          sample: web
        effect:
          description:
            - What happens to pods that do not tolerate it.
          returned: always
          type: str
          sample: NoSchedule
    public_ips:
      description:
        - Reserved public addresses of the nodes, one more than the maximum number of nodes, because an upgrade
          needs it.
      returned: always
      type: list
      elements: str
      sample: []
    available_upgrade_versions:
      description:
        - Versions that it can be upgraded to.
      returned: always
      type: list
      elements: str
      sample:
        - 1.31.2
    state:
      description:
        - Provisioning state, such as V(ACTIVE), V(DEPLOYING), V(UPDATING) or V(FAILED).
      returned: always
      type: str
      sample: ACTIVE
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
    k8s_cluster_id:
      description:
        - The UUID of the Kubernetes cluster.
      returned: always
      type: str
      sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
    nodes:
      description:
        - The nodes of the node pool.
      returned: when nodes is set
      type: list
      elements: dict
      contains:
        id:
          description:
            - UUID of the node.
          returned: always
          type: str
          sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
        name:
          description:
            - Name of the node, given by the service.
          returned: always
          type: str
          sample: workers-15f67991
        public_ip:
          description:
            - Its public address.
          returned: always
          type: str
          sample: 203.0.113.17
        private_ip:
          description:
            - Its private address.
          returned: always
          type: str
          sample: 10.7.222.11
        k8s_version:
          description:
            - Its Kubernetes version.
          returned: always
          type: str
          sample: 1.30.6
        state:
          description:
            - Its state, such as V(READY) or V(PROVISIONING).
          returned: always
          type: str
          sample: READY
"""

from ansible_collections.profitbricks.cloud.plugins.module_utils._info import run_info
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.behaviour.k8s_nodepools import (
    K8S_NODEPOOLS,
)


def main() -> None:
    run_info(K8S_NODEPOOLS)


if __name__ == "__main__":
    main()
