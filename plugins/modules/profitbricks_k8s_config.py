#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: profitbricks_k8s_config
short_description: Write the kubeconfig of a Kubernetes cluster of the ProfitBricks cloud to a file
version_added: 1.0.0
description:
  - Brings a kubeconfig into the state that the options describe, and does nothing if it is already in that state.
  - Options that are left out are neither sent nor compared.
  - Whoever can read the file can administer the cluster, so that only its owner can (mode 0600). It is written
    on the host that runs the task, and only if it differs.
  - The contents do not appear in results, diffs or logs. M(profitbricks.cloud.profitbricks_k8s_cluster_info) returns
    them on request.
  - Needs version 5 or 6 of the API.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.profitbricks
  - profitbricks.cloud.profitbricks.managing
options:
  state:
    description:
      - 'V(present): the file contains the current kubeconfig of the cluster.'
      - 'V(absent): the file does not exist. The cluster is not read.'
    type: str
    choices:
      - present
      - absent
    default: present
  k8s_cluster:
    description:
      - 'Name or UUID of the Kubernetes cluster. Needed with O(state=present). It must be active: the task waits
        until it is, unless O(wait=false).'
    type: str
  dest:
    description:
      - Path of the file. Its folder must exist.
    type: path
    required: true
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
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_everyday
    description: A playbook for each everyday job.
"""

EXAMPLES = r"""
---
- name: Write the kubeconfig of a cluster
  profitbricks.cloud.profitbricks_k8s_config:
    k8s_cluster: shop
    dest: ~/.kube/shop

- name: Delete the file
  profitbricks.cloud.profitbricks_k8s_config:
    dest: ~/.kube/shop
    state: absent
"""

RETURN = r"""
---
k8s_config:
  description:
    - The kubeconfig after the task, or in check mode as it would be, with V(null) for what only the service knows.
      V(null) if there is none.
  returned: success
  type: dict
  contains:
    id:
      description:
        - The id, which is that of the cluster, of the kubeconfig.
      returned: always
      type: str
      sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
    dest:
      description:
        - Path of the file.
      returned: always
      type: str
      sample: /home/ada/.kube/shop
    mode:
      description:
        - Mode of the file.
      returned: always
      type: str
      sample: '0600'
    checksum:
      description:
        - SHA-256 of the contents; V(null) in check mode if the cluster has none yet.
      returned: always
      type: str
      sample: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
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
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.behaviour.kubeconfig import (
    K8S_CONFIGS,
)


def main() -> None:
    run(K8S_CONFIGS)


if __name__ == "__main__":
    main()
