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
  - Brings a user into the state that the options describe, and does nothing where it is so already.
  - Options that are left out are neither sent nor compared.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.profitbricks
  - profitbricks.cloud.profitbricks.managing
options:
  state:
    description:
      - 'V(present): the user exists and is as the options say; options that are left out are left alone.'
      - 'V(absent): there is no such user; nothing happens where it, or what it belongs to, is gone already.'
    type: str
    choices:
      - present
      - absent
    default: present
  id:
    description:
      - The UUID of the user. Needed to change its O(email) only.
    type: str
  email:
    description:
      - E-mail address, by which the user is known and logs in. Give O(id) as well to change it.
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
      - Password of the user; O(password) is the one to log in with. Needed to create a user; for an existing one
        see O(update_password).
    type: str
  administrator:
    description:
      - Whether the user may do everything on the contract.
    type: bool
  force_sec_auth:
    description:
      - Whether the user must use two-factor login.
    type: bool
  active:
    description:
      - Whether the user can log in. The service takes V(true).
    type: bool
  update_password:
    description:
      - V(on_create) sets O(user_password) for a new user only; V(always) sets it each time, and says changed each
        time, because the service does not tell passwords.
    type: str
    choices:
      - on_create
      - always
    default: on_create
  groups:
    description:
      - Names or UUIDs of the groups that the user is in; no others, unless O(append) is set. An empty list takes
        the user out of all.
      - Left out, they stay as they are. M(profitbricks.cloud.profitbricks_group) can say the same from its side.
    type: list
    elements: str
  append:
    description:
      - Whether O(groups) only adds. Otherwise those that are not listed are taken out.
    type: bool
    default: false
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
  - module: profitbricks.cloud.profitbricks_user_info
"""

EXAMPLES = r"""
---
- name: A user
  profitbricks.cloud.profitbricks_user:
    email: ada@example.com
    firstname: Ada
    lastname: Lovelace
    user_password: "{{ ada_password }}"
  register: ada

- name: Make the user an administrator; the password stays
  profitbricks.cloud.profitbricks_user:
    email: ada@example.com
    administrator: true

- name: Set a new password, each time this task runs
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
    - The user as it is after the task; in check mode as it would be, with V(null) for what only the service knows.
      V(null) when there is none.
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
        - E-mail address, by which the user is known and logs in. Give C(id) as well to change it.
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
        - Whether the user may do everything on the contract.
      returned: always
      type: bool
      sample: false
    force_sec_auth:
      description:
        - Whether the user must use two-factor login.
      returned: always
      type: bool
      sample: false
    active:
      description:
        - Whether the user can log in. The service takes V(true).
      returned: always
      type: bool
      sample: true
    sec_auth_active:
      description:
        - Whether the user uses two-factor login.
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
        - The groups that the user is in.
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
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.behaviour.users import USERS


def main() -> None:
    run(USERS)


if __name__ == "__main__":
    main()
