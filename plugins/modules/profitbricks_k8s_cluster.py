#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: profitbricks_k8s_cluster
short_description: Create, change, upgrade and delete Kubernetes clusters of the ProfitBricks cloud
version_added: 1.0.0
description:
  - Brings a Kubernetes cluster into the state that the options describe, and does nothing if it is already in that
    state.
  - Options that are left out are neither sent nor compared.
  - A cluster is the control plane; M(profitbricks.cloud.profitbricks_k8s_nodepool) gives it nodes, and M(profitbricks.cloud.profitbricks_k8s_config)
    writes the file that clients need.
  - Unless O(wait=false), a change first waits until the cluster is ready for it.
  - Needs version 5 or 6 of the API.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.profitbricks
  - profitbricks.cloud.profitbricks.managing
options:
  state:
    description:
      - 'V(present): the Kubernetes cluster exists and is as the options describe. Options that are left out are
        not changed.'
      - 'V(absent): the Kubernetes cluster does not exist. Nothing happens if it, or the object it belongs to, is
        already gone.'
    type: str
    choices:
      - present
      - absent
    default: present
  id:
    description:
      - The UUID of the Kubernetes cluster. Only needed to change its O(name).
    type: str
  name:
    description:
      - Name of the Kubernetes cluster.
    type: str
  k8s_version:
    description:
      - Version of Kubernetes; M(profitbricks.cloud.profitbricks_k8s_version_info) lists the versions. It can only
        become newer.
      - If the service itself has raised the patch version in the meantime, that is left alone.
    type: str
  maintenance_window:
    description:
      - Start of the weekly maintenance window, in which the service may work on the Kubernetes cluster for several
        hours. By default the service chooses one for a new Kubernetes cluster.
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
  api_subnet_allow_list:
    description:
      - All addresses and networks in CIDR notation that may reach the API server, as a set. An empty list allows
        any.
    type: list
    elements: str
  s3_buckets:
    description:
      - The bucket of the object storage for audit logs, at most one; an empty list for none.
    type: list
    elements: dict
    suboptions:
      name:
        description:
          - Name of the bucket.
        type: str
        required: true
  public:
    description:
      - Whether nodes reach the internet through addresses of their own; otherwise they use O(nat_gateway_ip). The
        service defaults to V(true). It cannot be changed later.
    type: bool
  location:
    description:
      - Location of the cluster, and of the data centers of its nodes. Needed with O(public=false). It cannot be
        changed later.
    type: str
  nat_gateway_ip:
    description:
      - Reserved address in the location through which nodes reach the internet. Needed with O(public=false). It
        cannot be changed later.
    type: str
  node_subnet:
    description:
      - Private network of the nodes in CIDR notation, a C(/16). It cannot be changed later.
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
    support: full
seealso:
  - module: profitbricks.cloud.profitbricks_k8s_cluster_info
  - module: profitbricks.cloud.profitbricks_k8s_nodepool
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_everyday
    description: A playbook for each everyday job.
"""

EXAMPLES = r"""
---
- name: Create a Kubernetes cluster that is maintained on Saturday night
  profitbricks.cloud.profitbricks_k8s_cluster:
    name: shop
    maintenance_window:
      day_of_the_week: Sunday
      time: "03:00:00"
    wait_timeout: 3600
  register: shop

- name: Only let in the office
  profitbricks.cloud.profitbricks_k8s_cluster:
    name: shop
    api_subnet_allow_list:
      - 198.51.100.0/24

- name: Upgrade it to the newest version available to it
  profitbricks.cloud.profitbricks_k8s_cluster:
    name: shop
    k8s_version: "{{ shop.k8s_cluster.available_upgrade_versions | last }}"
  when: shop.k8s_cluster.available_upgrade_versions | length > 0

- name: Create a private cluster
  profitbricks.cloud.profitbricks_k8s_cluster:
    name: backend
    public: false
    location: de/fra
    nat_gateway_ip: 203.0.113.17

- name: Delete the cluster, which must not have any node pools left
  profitbricks.cloud.profitbricks_k8s_cluster:
    name: shop
    state: absent
"""

RETURN = r"""
---
k8s_cluster:
  description:
    - The Kubernetes cluster after the task, or in check mode as it would be, with V(null) for what only the service
      knows. V(null) if there is none.
  returned: success
  type: dict
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
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.behaviour.kubernetes import (
    K8S_CLUSTERS,
)


def main() -> None:
    run(K8S_CLUSTERS)


if __name__ == "__main__":
    main()
