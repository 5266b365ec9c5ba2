#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: profitbricks_k8s_cluster_info
short_description: Read Kubernetes clusters of the ProfitBricks cloud
version_added: 1.0.0
description:
  - Returns the Kubernetes clusters that match the options, or all of them without such options. If there is none,
    the list is empty.
  - A cluster is the control plane; M(profitbricks.cloud.profitbricks_k8s_nodepool) gives it nodes, and M(profitbricks.cloud.profitbricks_k8s_config)
    writes the file that clients need.
  - Unless O(wait=false), a change first waits until the cluster is ready for it.
  - Needs version 5 or 6 of the API.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.profitbricks
  - profitbricks.cloud.profitbricks.reading
options:
  id:
    description:
      - Only the Kubernetes cluster with this UUID.
    type: str
  name:
    description:
      - Only the Kubernetes cluster with this name.
    type: str
  filters:
    description:
      - Only objects whose results have these values, as a dictionary with keys such as C(state). Case does not
        matter; in a list, one matching element is enough.
    type: dict
  kubeconfig:
    description:
      - 'Whether to return the kubeconfig of each cluster, at the cost of one more request for each. Whoever has
        it can administer the cluster: set C(no_log) on the task.'
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
  - module: profitbricks.cloud.profitbricks_k8s_cluster
  - module: profitbricks.cloud.profitbricks_k8s_nodepool
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_everyday
    description: A playbook for each everyday job.
"""

EXAMPLES = r"""
---
- name: Read all Kubernetes clusters
  profitbricks.cloud.profitbricks_k8s_cluster_info:
  register: found

- name: Read one of them with its kubeconfig
  profitbricks.cloud.profitbricks_k8s_cluster_info:
    name: shop
    kubeconfig: true
  register: shop
  no_log: true
"""

RETURN = r"""
---
k8s_clusters:
  description:
    - The Kubernetes clusters that were found.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description:
        - The UUID of the Kubernetes cluster.
      returned: always
      type: str
      sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
    name:
      description:
        - Name of the Kubernetes cluster.
      returned: always
      type: str
      sample: shop
    k8s_version:
      description:
        - Version of Kubernetes.
      returned: always
      type: str
      sample: 1.30.6
    maintenance_window:
      description:
        - Start of the weekly maintenance window, in which the service may work on the Kubernetes cluster for several
          hours.
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
    api_subnet_allow_list:
      description:
        - All addresses and networks in CIDR notation that may reach the API server, as a set.
      returned: always
      type: list
      elements: str
      sample:
        - 198.51.100.0/24
    s3_buckets:
      description:
        - The bucket of the object storage for audit logs, at most one.
      returned: always
      type: list
      elements: dict
      contains:
        name:
          description:
            - Name of the bucket.
          returned: always
          type: str
          sample: shop-audit
    public:
      description:
        - Whether nodes reach the internet through addresses of their own; otherwise they use C(nat_gateway_ip).
      returned: always
      type: bool
      sample: true
    location:
      description:
        - Location of the cluster, and of the data centers of its nodes.
      returned: always
      type: str
    nat_gateway_ip:
      description:
        - Reserved address in the location through which nodes reach the internet.
      returned: always
      type: str
    node_subnet:
      description:
        - Private network of the nodes in CIDR notation, a C(/16).
      returned: always
      type: str
    available_upgrade_versions:
      description:
        - Versions that it can be upgraded to.
      returned: always
      type: list
      elements: str
      sample:
        - 1.31.2
    viable_node_pool_versions:
      description:
        - Versions that its node pools can have.
      returned: always
      type: list
      elements: str
      sample:
        - 1.29.10
        - 1.30.6
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
    nodepools:
      description:
        - UUIDs of the node pools.
      returned: always
      type: list
      elements: str
      sample: []
    kubeconfig:
      description:
        - The kubeconfig as YAML; V(null) while the cluster is not active.
      returned: when kubeconfig is set
      type: str
      sample: 'apiVersion: v1

        kind: Config

        '
"""

from ansible_collections.profitbricks.cloud.plugins.module_utils._info import run_info
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.behaviour.kubernetes import (
    K8S_CLUSTERS,
)


def main() -> None:
    run_info(K8S_CLUSTERS)


if __name__ == "__main__":
    main()
