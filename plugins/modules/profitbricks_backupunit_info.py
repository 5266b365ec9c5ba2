#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: profitbricks_backupunit_info
short_description: Read backup units of the ProfitBricks cloud
version_added: 1.0.0
description:
  - Returns the backup units that match the options, or all of them without such options. If there is none, the
    list is empty.
  - A backup unit is an account at the provider's backup service, with its own password and e-mail address. C(backupunit_id)
    of M(profitbricks.cloud.profitbricks_volume) assigns a volume to it.
  - Needs version 5 or 6 of the API.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.profitbricks
  - profitbricks.cloud.profitbricks.reading
options:
  id:
    description:
      - Only the backup unit with this UUID.
    type: str
  name:
    description:
      - Only the backup unit with this name.
    type: str
  filters:
    description:
      - Only objects whose results have these values, as a dictionary with keys such as C(state). Case does not
        matter; in a list, one matching element is enough.
    type: dict
  sso_url:
    description:
      - 'Whether to return the URL for logging in to each backup unit without a password, at the cost of one more
        request for each. It is a secret: set C(no_log) on the task.'
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
  - module: profitbricks.cloud.profitbricks_backupunit
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_everyday
    description: A playbook for each everyday job.
"""

EXAMPLES = r"""
---
- name: Read all backup units
  profitbricks.cloud.profitbricks_backupunit_info:
  register: found

- name: Read the link for logging in to one of them
  profitbricks.cloud.profitbricks_backupunit_info:
    name: shop
    sso_url: true
  register: login
  no_log: true
"""

RETURN = r"""
---
backupunits:
  description:
    - The backup units that were found.
  returned: success
  type: list
  elements: dict
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
    sso_url:
      description:
        - The URL for logging in to the backup unit.
      returned: when sso_url is set
      type: str
      sample: https://backup.example.com/?jwt=...
"""

from ansible_collections.profitbricks.cloud.plugins.module_utils._info import run_info
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.behaviour.backup import (
    BACKUPUNITS,
)


def main() -> None:
    run_info(BACKUPUNITS)


if __name__ == "__main__":
    main()
