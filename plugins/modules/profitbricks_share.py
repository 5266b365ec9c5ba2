#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: profitbricks_share
short_description: Share resources of the ProfitBricks cloud with groups
version_added: 1.0.0
description:
  - Brings a share into the state that the options describe, and does nothing if it is already in that state.
  - Options that are left out are neither sent nor compared.
  - 'A share gives the users of a group access to a resource: a data center with everything in it, a private image,
    a snapshot, an IP block, a cross connect, a backup unit or a Kubernetes cluster. A share has the UUID of its
    resource.'
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.profitbricks
  - profitbricks.cloud.profitbricks.managing
options:
  state:
    description:
      - 'V(present): the share exists and is as the options describe. Options that are left out are not changed.'
      - 'V(absent): the share does not exist. Nothing happens if it, or the object it belongs to, is already gone.'
    type: str
    choices:
      - present
      - absent
    default: present
  id:
    description:
      - The UUID of the share.
    type: str
  group:
    description:
      - Name or UUID of the group of the share. It must exist.
    type: str
    required: true
  edit_privilege:
    description:
      - Whether the users of the group may change the resource. A new share gets V(false) by default.
    type: bool
  share_privilege:
    description:
      - Whether the users of the group may share the resource with others. A new share gets V(false) by default.
    type: bool
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
  - module: profitbricks.cloud.profitbricks_share_info
  - module: profitbricks.cloud.profitbricks_group
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_everyday
    description: A playbook for each everyday job.
"""

EXAMPLES = r"""
---
- name: Let the operators see and change the data center
  profitbricks.cloud.profitbricks_share:
    group: operators
    resource: shop
    resource_type: datacenter
    edit_privilege: true

- name: Share a snapshot by UUID
  profitbricks.cloud.profitbricks_share:
    group: operators
    resource: "{{ snapshot_id }}"

- name: Revoke the privilege to change the data center
  profitbricks.cloud.profitbricks_share:
    group: operators
    resource: shop
    resource_type: datacenter
    edit_privilege: false

- name: Stop sharing it
  profitbricks.cloud.profitbricks_share:
    group: operators
    resource: shop
    resource_type: datacenter
    state: absent
"""

RETURN = r"""
---
share:
  description:
    - The share after the task, or in check mode as it would be, with V(null) for what only the service knows. V(null)
      if there is none.
  returned: success
  type: dict
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
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.behaviour.shares import SHARES


def main() -> None:
    run(SHARES)


if __name__ == "__main__":
    main()
