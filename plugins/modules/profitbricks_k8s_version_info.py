#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: profitbricks_k8s_version_info
short_description: Read Kubernetes versions of the ProfitBricks cloud
version_added: 1.0.0
description:
  - Returns the Kubernetes versions that match the options, or all of them without such options. If there is none,
    the list is empty.
  - Needs version 5 or 6 of the API.
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
- name: Read the Kubernetes versions that clusters can have
  profitbricks.cloud.profitbricks_k8s_version_info:
  register: versions

- name: Create a cluster of the default version, which later runs do not change
  profitbricks.cloud.profitbricks_k8s_cluster:
    name: shop
    k8s_version: "{{ (versions.k8s_versions | selectattr('default') | first).id }}"
"""

RETURN = r"""
---
k8s_versions:
  description:
    - The Kubernetes versions that were found.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description:
        - The number of the Kubernetes version.
      returned: always
      type: str
      sample: 1.30.6
    default:
      description:
        - Whether it is the default version of new clusters.
      returned: always
      type: bool
      sample: true
"""

from ansible_collections.profitbricks.cloud.plugins.module_utils._info import run_info
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.behaviour.k8s_versions import (
    K8S_VERSIONS,
)


def main() -> None:
    run_info(K8S_VERSIONS)


if __name__ == "__main__":
    main()
