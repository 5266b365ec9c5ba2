#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: profitbricks_k8s_node
short_description: Replace and delete nodes of Kubernetes clusters of the ProfitBricks cloud
version_added: 1.0.0
description:
  - Brings a node into the state that the options describe, and does nothing if it is already in that state.
  - Options that are left out are neither sent nor compared.
  - 'Nodes are created by their node pool, and M(profitbricks.cloud.profitbricks_k8s_nodepool) sets their number.
    This module creates none: the node must exist, unless O(state=absent).'
  - When a node is deleted, a node pool of a fixed size is filled up again; one that scales by itself may stay smaller.
  - Needs version 5 or 6 of the API.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.profitbricks
  - profitbricks.cloud.profitbricks.managing
options:
  state:
    description:
      - 'V(present): the node exists and is as the options describe. Options that are left out are not changed.'
      - 'V(absent): the node does not exist. Nothing happens if it, or the object it belongs to, is already gone.'
      - 'V(replaced): the node is replaced by a new one of the same kind each time the task runs; meanwhile its
        workload runs elsewhere.'
    type: str
    choices:
      - present
      - absent
      - replaced
    default: present
  id:
    description:
      - The UUID of the node.
    type: str
  k8s_cluster:
    description:
      - Name or UUID of the Kubernetes cluster of the node pool. It must exist.
    type: str
    required: true
  k8s_nodepool:
    description:
      - Name or UUID of the node pool of the node. It must exist.
    type: str
    required: true
  name:
    description:
      - Name of the node, given by the service.
    type: str
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
    support: partial
    details:
      - With O(state=replaced), acts each time.
seealso:
  - module: profitbricks.cloud.profitbricks_k8s_node_info
  - module: profitbricks.cloud.profitbricks_k8s_cluster
  - module: profitbricks.cloud.profitbricks_k8s_nodepool
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_everyday
    description: A playbook for each everyday job.
"""

EXAMPLES = r"""
---
- name: Read the nodes of a node pool
  profitbricks.cloud.profitbricks_k8s_node_info:
    k8s_cluster: shop
    k8s_nodepool: workers
  register: found

- name: Make sure that the first of them is ready
  profitbricks.cloud.profitbricks_k8s_node:
    k8s_cluster: shop
    k8s_nodepool: workers
    id: "{{ found.k8s_nodes[0].id }}"

- name: Replace it by a new node, which has another UUID
  profitbricks.cloud.profitbricks_k8s_node:
    k8s_cluster: shop
    k8s_nodepool: workers
    id: "{{ found.k8s_nodes[0].id }}"
    state: replaced
    wait_timeout: 1800

- name: Read the nodes that there are now
  profitbricks.cloud.profitbricks_k8s_node_info:
    k8s_cluster: shop
    k8s_nodepool: workers
  register: now

- name: Delete the last of them; a node pool of a fixed size is filled up again
  profitbricks.cloud.profitbricks_k8s_node:
    k8s_cluster: shop
    k8s_nodepool: workers
    id: "{{ now.k8s_nodes[-1].id }}"
    state: absent
    wait_timeout: 1800
"""

RETURN = r"""
---
k8s_node:
  description:
    - The node after the task, or in check mode as it would be, with V(null) for what only the service knows. V(null)
      if there is none.
  returned: success
  type: dict
  contains:
    id:
      description:
        - The UUID of the node.
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
    k8s_cluster_id:
      description:
        - The UUID of the Kubernetes cluster.
      returned: always
      type: str
      sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
    k8s_nodepool_id:
      description:
        - The UUID of the node pool.
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
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.behaviour.k8s_nodes import (
    K8S_NODES,
)


def main() -> None:
    run(K8S_NODES)


if __name__ == "__main__":
    main()
