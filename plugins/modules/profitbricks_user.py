#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: profitbricks_user
short_description: Create, change and delete users of the ProfitBricks cloud
version_added: 1.0.0
description:
  - Brings a user into the state that the options describe, and does nothing if it is already in that state.
  - Options that are left out are neither sent nor compared.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.profitbricks
  - profitbricks.cloud.profitbricks.managing
options:
  state:
    description:
      - 'V(present): the user exists and is as the options describe. Options that are left out are not changed.'
      - 'V(absent): the user does not exist. Nothing happens if it, or the object it belongs to, is already gone.'
    type: str
    choices:
      - present
      - absent
    default: present
  id:
    description:
      - The UUID of the user. Only needed to change its O(email).
    type: str
  email:
    description:
      - E-mail address, which identifies the user and is used to log in. To change it, give O(id) as well.
      - Needed to create one.
    type: str
  firstname:
    description:
      - First name.
      - Needed to create one.
    type: str
  lastname:
    description:
      - Last name.
      - Needed to create one.
    type: str
  user_password:
    description:
      - Password of the user; not to be confused with O(password), with which the task logs in. Needed to create
        a user; for an existing one see O(update_password).
    type: str
  administrator:
    description:
      - Whether the user is an administrator of the contract.
    type: bool
  force_sec_auth:
    description:
      - Whether the user must use two-factor authentication.
    type: bool
  active:
    description:
      - Whether the user can log in. The service defaults to V(true).
    type: bool
  update_password:
    description:
      - V(on_create) only sets O(user_password) for a new user. V(always) sets it each time and reports a change
        each time, because the service does not return passwords.
    type: str
    choices:
      - on_create
      - always
    default: on_create
  groups:
    description:
      - Names or UUIDs of the groups that the user belongs to; the user leaves all others unless O(append) is set.
        An empty list removes the user from all.
      - If left out, they do not change. M(profitbricks.cloud.profitbricks_group) can do the same from the group's
        side.
    type: list
    elements: str
  append:
    description:
      - Whether O(groups) only adds. Otherwise those that are not listed are removed.
    type: bool
    default: false
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
  - module: profitbricks.cloud.profitbricks_user_info
  - module: profitbricks.cloud.profitbricks_s3key
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_everyday
    description: A playbook for each everyday job.
"""

EXAMPLES = r"""
---
- name: Create a user
  profitbricks.cloud.profitbricks_user:
    email: ada@example.com
    firstname: Ada
    lastname: Lovelace
    user_password: "{{ ada_password }}"
  register: ada

- name: Make the user an administrator; the password does not change
  profitbricks.cloud.profitbricks_user:
    email: ada@example.com
    administrator: true

- name: Set a new password each time this task runs
  profitbricks.cloud.profitbricks_user:
    email: ada@example.com
    user_password: "{{ ada_password }}"
    update_password: always

- name: Change the e-mail address
  profitbricks.cloud.profitbricks_user:
    id: "{{ ada.user.id }}"
    email: ada.lovelace@example.com

- name: Delete the user
  profitbricks.cloud.profitbricks_user:
    email: ada.lovelace@example.com
    state: absent
"""

RETURN = r"""
---
user:
  description:
    - The user after the task, or in check mode as it would be, with V(null) for what only the service knows. V(null)
      if there is none.
  returned: success
  type: dict
  contains:
    id:
      description:
        - The UUID of the user.
      returned: always
      type: str
      sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
    email:
      description:
        - E-mail address, which identifies the user and is used to log in.
      returned: always
      type: str
      sample: ada@example.com
    firstname:
      description:
        - First name.
      returned: always
      type: str
      sample: Ada
    lastname:
      description:
        - Last name.
      returned: always
      type: str
      sample: Lovelace
    administrator:
      description:
        - Whether the user is an administrator of the contract.
      returned: always
      type: bool
      sample: false
    force_sec_auth:
      description:
        - Whether the user must use two-factor authentication.
      returned: always
      type: bool
      sample: false
    active:
      description:
        - Whether the user can log in.
      returned: always
      type: bool
      sample: true
    sec_auth_active:
      description:
        - Whether the user uses two-factor authentication.
      returned: always
      type: bool
      sample: false
    s3_canonical_user_id:
      description:
        - The user's id in the object storage.
      returned: always
      type: str
    created_date:
      description:
        - When the user was created, in UTC.
      returned: always
      type: str
      sample: '2026-11-02T09:17:01Z'
    last_login:
      description:
        - When the user last logged in, in UTC.
      returned: always
      type: str
    groups:
      description:
        - The groups that the user belongs to.
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
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.behaviour.users import USERS


def main() -> None:
    run(USERS)


if __name__ == "__main__":
    main()
