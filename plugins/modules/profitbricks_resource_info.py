#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: profitbricks_resource_info
short_description: Read which resources of the ProfitBricks cloud can be shared with groups
version_added: 1.0.0
description:
  - Returns the resources that match the options, or all of them without such options. If there is none, the list
    is empty.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.profitbricks
  - profitbricks.cloud.profitbricks.reading
options:
  id:
    description:
      - Only the resource with this UUID.
    type: str
  type:
    description:
      - Only resources of this type.
    type: str
    choices:
      - datacenter
      - image
      - snapshot
      - ipblock
      - pcc
      - backupunit
      - k8s
  name:
    description:
      - Only resources with this name.
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
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_everyday
    description: A playbook for each everyday job.
"""

EXAMPLES = r"""
---
- name: Read everything that can be shared, and with which groups it is shared
  profitbricks.cloud.profitbricks_resource_info:
  register: found

- name: Show what only its creator and the administrators can see
  ansible.builtin.debug:
    msg: "{{ found.resources | selectattr('groups', 'equalto', []) | map(attribute='name') }}"

- name: Find data centers named shop
  profitbricks.cloud.profitbricks_resource_info:
    type: datacenter
    name: shop

- name: Read one resource
  profitbricks.cloud.profitbricks_resource_info:
    type: ipblock
    id: "{{ (found.resources | selectattr('type', 'equalto', 'ipblock') | first).id }}"
"""

RETURN = r"""
---
resources:
  description:
    - The resources that were found.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description:
        - The UUID of the resource.
      returned: always
      type: str
      sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
    type:
      description:
        - 'Type of the resource: V(datacenter), V(image), V(snapshot), V(ipblock), and since version 5 of the API
          V(pcc), V(backupunit) and V(k8s).'
      returned: always
      type: str
      sample: datacenter
    name:
      description:
        - Name of the resource.
      returned: always
      type: str
      sample: shop
    sec_auth_protection:
      description:
        - Whether only users with two-factor authentication have access; V(null) if that cannot be set.
      returned: always
      type: bool
      sample: false
    state:
      description:
        - Provisioning state, such as V(AVAILABLE), V(BUSY) or V(INACTIVE).
      returned: always
      type: str
      sample: AVAILABLE
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
    groups:
      description:
        - The groups that it is shared with.
      returned: always
      type: list
      elements: dict
      contains:
        id:
          description:
            - The UUID of the group.
          returned: always
          type: str
          sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
        name:
          description:
            - Name of the group.
          returned: always
          type: str
          sample: operators
"""

from ansible_collections.profitbricks.cloud.plugins.module_utils._info import run_info
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.behaviour.shares import (
    RESOURCES,
)


def main() -> None:
    run_info(RESOURCES)


if __name__ == "__main__":
    main()
