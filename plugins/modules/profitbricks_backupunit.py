#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: profitbricks_backupunit
short_description: Create, change and delete backup units of the ProfitBricks cloud
version_added: 1.0.0
description:
  - Brings a backup unit into the state that the options describe, and does nothing if it is already in that state.
  - Options that are left out are neither sent nor compared.
  - A backup unit is an account at the provider's backup service, with its own password and e-mail address. C(backupunit_id)
    of M(profitbricks.cloud.profitbricks_volume) assigns a volume to it.
  - Needs version 5 or 6 of the API.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.profitbricks
  - profitbricks.cloud.profitbricks.managing
options:
  state:
    description:
      - 'V(present): the backup unit exists and is as the options describe. Options that are left out are not changed.'
      - 'V(absent): the backup unit does not exist. Nothing happens if it, or the object it belongs to, is already
        gone.'
    type: str
    choices:
      - present
      - absent
    default: present
  id:
    description:
      - The UUID of the backup unit.
    type: str
  name:
    description:
      - 'Name of the backup unit: letters and digits, unique in the contract. It cannot be changed later.'
    type: str
  backupunit_password:
    description:
      - Password of the backup unit. O(update_password) says whether to set that of an existing one.
      - Needed to create one.
    type: str
  email:
    description:
      - E-mail address of the backup unit, which does not have to belong to a user.
      - Needed to create one.
    type: str
  update_password:
    description:
      - V(on_create) only sets O(backupunit_password) for a new backup unit. V(always) sets it each time and reports
        a change each time, because the service does not return passwords.
    type: str
    choices:
      - on_create
      - always
    default: on_create
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
      - With O(update_password=always), acts each time.
seealso:
  - module: profitbricks.cloud.profitbricks_backupunit_info
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_everyday
    description: A playbook for each everyday job.
"""

EXAMPLES = r"""
---
- name: Create a backup unit
  profitbricks.cloud.profitbricks_backupunit:
    name: shop
    email: backup@example.com
    backupunit_password: "{{ vault_backup_password }}"

- name: Change its e-mail address
  profitbricks.cloud.profitbricks_backupunit:
    name: shop
    email: admin@example.com

- name: Set a new password each time this task runs
  profitbricks.cloud.profitbricks_backupunit:
    name: shop
    backupunit_password: "{{ vault_backup_password }}"
    update_password: always

- name: Delete the backup unit
  profitbricks.cloud.profitbricks_backupunit:
    name: shop
    state: absent
"""

RETURN = r"""
---
backupunit:
  description:
    - The backup unit after the task, or in check mode as it would be, with V(null) for what only the service knows.
      V(null) if there is none.
  returned: success
  type: dict
  contains:
    id:
      description:
        - The UUID of the backup unit.
      returned: always
      type: str
      sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
    name:
      description:
        - 'Name of the backup unit: letters and digits, unique in the contract.'
      returned: always
      type: str
      sample: shop
    email:
      description:
        - E-mail address of the backup unit, which does not have to belong to a user.
      returned: always
      type: str
      sample: backup@example.com
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
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.behaviour.backup import (
    BACKUPUNITS,
)


def main() -> None:
    run(BACKUPUNITS)


if __name__ == "__main__":
    main()
