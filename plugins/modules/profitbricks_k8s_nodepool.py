#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: profitbricks_k8s_nodepool
short_description: Create, change, upgrade and delete node pools of Kubernetes clusters of the ProfitBricks cloud
version_added: 1.0.0
description:
  - Brings a node pool into the state that the options describe, and does nothing if it is already in that state.
  - Options that are left out are neither sent nor compared.
  - A node pool is a set of servers of one size that are nodes of a Kubernetes cluster. The service creates and
    replaces them in a data center.
  - Unless O(wait=false), a change first waits until the node pool, or for a new node pool its cluster, is ready
    for it.
  - Needs version 5 or 6 of the API.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.profitbricks
  - profitbricks.cloud.profitbricks.managing
options:
  state:
    description:
      - 'V(present): the node pool exists and is as the options describe. Options that are left out are not changed.'
      - 'V(absent): the node pool does not exist. Nothing happens if it, or the object it belongs to, is already
        gone.'
    type: str
    choices:
      - present
      - absent
    default: present
  id:
    description:
      - The UUID of the node pool.
    type: str
  k8s_cluster:
    description:
      - Name or UUID of the Kubernetes cluster of the node pool. It must exist.
    type: str
    required: true
  name:
    description:
      - Name of the node pool. It cannot be changed later.
    type: str
  datacenter:
    description:
      - Name or UUID of the data center in which the nodes run. A name takes one more request. It cannot be changed
        later.
      - Needed to create one.
    type: str
  node_count:
    description:
      - Number of nodes.
      - 'With O(auto_scaling) it is the initial number: any number that the service has scaled to since, within
        the limits, is left alone.'
      - Needed to create one.
    type: int
  cores_count:
    description:
      - CPU cores of each node. It cannot be changed later.
      - Needed to create one.
    type: int
  ram_size:
    description:
      - Memory of each node in MB, a multiple of 1024. It cannot be changed later.
      - Needed to create one.
    type: int
  storage_type:
    description:
      - Type of storage of each node. It cannot be changed later.
      - Needed to create one.
      - Known are V(HDD), V(SSD), V(ESSENTIAL), V(PERFORMANCE). Others are passed on to the service, with a warning.
    type: str
  storage_size:
    description:
      - Storage of each node in GB; the service recommends 100 or more. It cannot be changed later.
      - Needed to create one.
    type: int
  availability_zone:
    description:
      - Availability zone of the nodes. It cannot be changed later.
      - Needed to create one.
    type: str
    choices:
      - AUTO
      - ZONE_1
      - ZONE_2
  cpu_family:
    description:
      - CPU family of the nodes; M(profitbricks.cloud.profitbricks_location_info) lists those of a location. Needed
        in version 5 of the API. It cannot be changed later.
      - Known are V(AMD_OPTERON), V(AMD_EPYC), V(INTEL_XEON), V(INTEL_SKYLAKE), V(INTEL_ICELAKE). Others are passed
        on to the service, with a warning.
    type: str
  server_type:
    description:
      - Type of CPU cores of the nodes. The service defaults to V(DedicatedCore).
      - Known are V(DedicatedCore), V(VCPU). Others are passed on to the service, with a warning.
    type: str
  k8s_version:
    description:
      - Version of Kubernetes; M(profitbricks.cloud.profitbricks_k8s_version_info) lists the versions. It can only
        become newer.
      - If the service itself has raised the patch version in the meantime, that is left alone.
    type: str
  maintenance_window:
    description:
      - Start of the weekly maintenance window, in which the service may work on the node pool for several hours.
        By default the service chooses one for a new node pool.
    type: dict
    suboptions:
      day_of_the_week:
        description:
          - Day on which it starts.
        type: str
        required: true
        choices:
          - Monday
          - Tuesday
          - Wednesday
          - Thursday
          - Friday
          - Saturday
          - Sunday
      time:
        description:
          - Time at which it starts, in UTC, such as V(03:00:00).
        type: str
        required: true
  auto_scaling:
    description:
      - Limits within which the service adjusts the number of nodes to demand. V(0) for both switches that off.
    type: dict
    suboptions:
      min_node_count:
        description:
          - Minimum number of nodes.
        type: int
        required: true
      max_node_count:
        description:
          - Maximum number of nodes.
        type: int
        required: true
  lans:
    description:
      - All LANs of the data center in which the nodes have a NIC; an empty list for none. What is left out of an
        existing one does not change.
    type: list
    elements: dict
    suboptions:
      lan:
        description:
          - Name or number of the LAN. A name may take one more request.
        type: str
        required: true
      dhcp:
        description:
          - Whether the nodes get an address by DHCP. The service defaults to V(true).
        type: bool
      routes:
        description:
          - Routes of the nodes through this LAN, as a set.
        type: list
        elements: dict
        suboptions:
          network:
            description:
              - Network in CIDR notation.
            type: str
            required: true
          gateway_ip:
            description:
              - Address of the gateway.
            type: str
            required: true
  labels:
    description:
      - All Kubernetes labels of the nodes; an empty dictionary for none.
    type: dict
  annotations:
    description:
      - All Kubernetes annotations of the nodes; an empty dictionary for none.
    type: dict
  taints:
    description:
      - All Kubernetes taints of the nodes, as a set; an empty list for none. They repel pods that do not tolerate
        them.
    type: list
    elements: dict
    suboptions:
      key:
        description:
          - Key of the taint.
        type: str
        required: true
      value:
        description:
          - Value of the taint.
        type: str
      effect:
        description:
          - What happens to pods that do not tolerate it.
        type: str
        required: true
        choices:
          - NoSchedule
          - PreferNoSchedule
          - NoExecute
  public_ips:
    description:
      - Reserved public addresses of the nodes, one more than the maximum number of nodes, because an upgrade needs
        it.
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
  - module: profitbricks.cloud.profitbricks_k8s_nodepool_info
  - module: profitbricks.cloud.profitbricks_k8s_cluster
  - module: profitbricks.cloud.profitbricks_k8s_node
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_everyday
    description: A playbook for each everyday job.
"""

EXAMPLES = r"""
---
- name: Create a pool of three nodes, and up to six under load
  profitbricks.cloud.profitbricks_k8s_nodepool:
    k8s_cluster: shop
    name: workers
    datacenter: shop
    node_count: 3
    auto_scaling:
      min_node_count: 3
      max_node_count: 6
    cores_count: 4
    ram_size: 8192
    storage_type: SSD
    storage_size: 100
    availability_zone: AUTO
    lans:
      - lan: backend
    labels:
      role: web
    wait_timeout: 3600

- name: Change to four nodes without scaling
  profitbricks.cloud.profitbricks_k8s_nodepool:
    k8s_cluster: shop
    name: workers
    node_count: 4
    auto_scaling:
      min_node_count: 0
      max_node_count: 0

- name: Upgrade the cluster
  profitbricks.cloud.profitbricks_k8s_cluster:
    name: shop
    k8s_version: 1.34.3

- name: Upgrade the nodes, whose version cannot be newer than the cluster's
  profitbricks.cloud.profitbricks_k8s_nodepool:
    k8s_cluster: shop
    name: workers
    k8s_version: 1.34.3

- name: Delete the node pool
  profitbricks.cloud.profitbricks_k8s_nodepool:
    k8s_cluster: shop
    name: workers
    state: absent
"""

RETURN = r"""
---
k8s_nodepool:
  description:
    - The node pool after the task, or in check mode as it would be, with V(null) for what only the service knows.
      V(null) if there is none.
  returned: success
  type: dict
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
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.behaviour.k8s_nodepools import (
    K8S_NODEPOOLS,
)


def main() -> None:
    run(K8S_NODEPOOLS)


if __name__ == "__main__":
    main()
