#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: profitbricks_k8s_node_info
short_description: Read nodes of the ProfitBricks cloud
version_added: 1.0.0
description:
  - Returns the nodes that match the options, or all of them without such options. If there is none, the list is
    empty.
  - Nodes are created by their node pool, and M(profitbricks.cloud.profitbricks_k8s_nodepool) sets their number.
  - When a node is deleted, a node pool of a fixed size is filled up again; one that scales by itself may stay smaller.
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
  k8s_nodepool:
    description:
      - Name or UUID of the node pool of the node. It must exist.
    type: str
    required: true
  id:
    description:
      - Only the node with this UUID.
    type: str
  name:
    description:
      - Only the node with this name.
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
  - module: profitbricks.cloud.profitbricks_k8s_node
  - module: profitbricks.cloud.profitbricks_k8s_cluster
  - module: profitbricks.cloud.profitbricks_k8s_nodepool
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_everyday
    description: A playbook for each everyday job.
"""

EXAMPLES = r"""
---
- name: Read the nodes of a node pool with their addresses and states
  profitbricks.cloud.profitbricks_k8s_node_info:
    k8s_cluster: shop
    k8s_nodepool: workers
  register: found

- name: Show those that are not ready
  ansible.builtin.debug:
    msg: "{{ found.k8s_nodes | rejectattr('state', 'eq', 'READY') | map(attribute='name') }}"
"""

RETURN = r"""
---
k8s_nodes:
  description:
    - The nodes that were found.
  returned: success
  type: list
  elements: dict
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
"""

from ansible_collections.profitbricks.cloud.plugins.module_utils._info import run_info
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.behaviour.k8s_nodes import (
    K8S_NODES,
)


def main() -> None:
    run_info(K8S_NODES)


if __name__ == "__main__":
    main()
