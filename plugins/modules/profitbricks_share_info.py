#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: profitbricks_share_info
short_description: Read shares of the ProfitBricks cloud
version_added: 1.0.0
description:
  - Returns the shares that match the options, or all of them without such options. If there is none, the list is
    empty.
  - 'A share gives the users of a group access to a resource: a data center with everything in it, a private image,
    a snapshot, an IP block, a cross connect, a backup unit or a Kubernetes cluster. A share has the UUID of its
    resource.'
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.profitbricks
  - profitbricks.cloud.profitbricks.reading
options:
  group:
    description:
      - Name or UUID of the group of the share. It must exist.
    type: str
    required: true
  id:
    description:
      - Only the share with this UUID.
    type: str
  resource:
    description:
      - UUID of the shared resource, as O(id) is; or its name, together with O(resource_type).
    type: str
  resource_type:
    description:
      - Type of O(resource), if that is a name.
    type: str
    choices:
      - datacenter
      - image
      - snapshot
      - ipblock
      - pcc
      - backupunit
      - k8s
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
  - module: profitbricks.cloud.profitbricks_share
  - module: profitbricks.cloud.profitbricks_group
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_everyday
    description: A playbook for each everyday job.
"""

EXAMPLES = r"""
---
- name: Read everything that is shared with the operators
  profitbricks.cloud.profitbricks_share_info:
    group: operators

- name: Read what they may do with one data center
  profitbricks.cloud.profitbricks_share_info:
    group: operators
    resource: shop
    resource_type: datacenter
"""

RETURN = r"""
---
shares:
  description:
    - The shares that were found.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description:
        - The UUID of the share.
      returned: always
      type: str
      sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
    edit_privilege:
      description:
        - Whether the users of the group may change the resource.
      returned: always
      type: bool
      sample: false
    share_privilege:
      description:
        - Whether the users of the group may share the resource with others.
      returned: always
      type: bool
      sample: false
    group_id:
      description:
        - The UUID of the group.
      returned: always
      type: str
      sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
"""

from ansible_collections.profitbricks.cloud.plugins.module_utils._info import run_info
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.behaviour.shares import SHARES


def main() -> None:
    run_info(SHARES)


if __name__ == "__main__":
    main()
