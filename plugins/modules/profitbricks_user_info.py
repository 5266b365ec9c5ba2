#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: profitbricks_user_info
short_description: Read users of the ProfitBricks cloud
version_added: 1.0.0
description:
  - Returns the users that match the options, or all of them without such options. If there is none, the list is
    empty.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.profitbricks
  - profitbricks.cloud.profitbricks.reading
options:
  id:
    description:
      - Only the user with this UUID.
    type: str
  email:
    description:
      - Only the user with this email.
    type: str
  filters:
    description:
      - Only objects whose results have these values, as a dictionary with keys such as C(state). Case does not
        matter; in a list, one matching element is enough.
    type: dict
  group:
    description:
      - Only users in the group with this name or UUID.
    type: str
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
  - module: profitbricks.cloud.profitbricks_user
  - module: profitbricks.cloud.profitbricks_s3key
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_everyday
    description: A playbook for each everyday job.
"""

EXAMPLES = r"""
---
- name: Read all users of the contract
  profitbricks.cloud.profitbricks_user_info:

- name: Read one user
  profitbricks.cloud.profitbricks_user_info:
    email: ada@example.com
"""

RETURN = r"""
---
users:
  description:
    - The users that were found.
  returned: success
  type: list
  elements: dict
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
"""

from ansible_collections.profitbricks.cloud.plugins.module_utils._info import run_info
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.behaviour.users import USERS


def main() -> None:
    run_info(USERS)


if __name__ == "__main__":
    main()
