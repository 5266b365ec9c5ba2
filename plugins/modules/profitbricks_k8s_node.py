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
  - Brings a node into the state that the options describe, and does nothing where it is so already.
  - Options that are left out are neither sent nor compared.
  - 'A node pool makes its nodes, and M(profitbricks.cloud.profitbricks_k8s_nodepool) says how many: none is created
    here, and the node must exist, unless O(state=absent).'
  - Where one is deleted, the node pool counts one less from then on.
  - From version 5 of the API on.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.profitbricks
  - profitbricks.cloud.profitbricks.managing
options:
  state:
    description:
      - 'V(present): the node exists and is as the options say; options that are left out are left alone.'
      - 'V(absent): there is no such node; nothing happens where it, or what it belongs to, is gone already.'
      - 'V(replaced): the node is replaced by a new one of the same kind, each time the task runs, and what ran
        on it runs elsewhere meanwhile.'
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
      - Name of the node, which the service gave it.
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
  - module: profitbricks.cloud.profitbricks_k8s_node_info
"""

EXAMPLES = r"""
---
- name: The nodes of a node pool
  profitbricks.cloud.profitbricks_k8s_node_info:
    k8s_cluster: shop
    k8s_nodepool: workers
  register: found

- name: Replace the first of them, each time this task runs
  profitbricks.cloud.profitbricks_k8s_node:
    k8s_cluster: shop
    k8s_nodepool: workers
    id: "{{ found.k8s_nodes[0].id }}"
    state: replaced
    wait_timeout: 1800

- name: Wait if it is still being replaced by somebody else
  profitbricks.cloud.profitbricks_k8s_node:
    k8s_cluster: shop
    k8s_nodepool: workers
    id: "{{ found.k8s_nodes[0].id }}"
    state: present

- name: Delete the last of them; the node pool counts one less from then on
  profitbricks.cloud.profitbricks_k8s_node:
    k8s_cluster: shop
    k8s_nodepool: workers
    id: "{{ found.k8s_nodes[-1].id }}"
    state: absent
    wait_timeout: 1800
"""

RETURN = r"""
---
k8s_node:
  description:
    - The node as it is after the task; in check mode as it would be, with V(null) for what only the service knows.
      V(null) when there is none.
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
        - Name of the node, which the service gave it.
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
        - Its state at the service, such as V(READY) or V(PROVISIONING).
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
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.behaviour.kubernetes import (
    K8S_NODES,
)


def main() -> None:
    run(K8S_NODES)


if __name__ == "__main__":
    main()
