#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: profitbricks_s3key_info
short_description: Read S3 keys of the ProfitBricks cloud
version_added: 1.0.0
description:
  - Returns the S3 keys that match the options, or all of them without such options. If there is none, the list
    is empty.
  - An S3 key is a pair of an access key, which identifies it, and a secret. A user can have five of them. The service
    creates the first one together with the user, and that one is not active.
  - Needs version 5 or 6 of the API.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.profitbricks
  - profitbricks.cloud.profitbricks.reading
options:
  user:
    description:
      - Name or UUID of the user of the S3 key. It must exist.
    type: str
    required: true
  id:
    description:
      - Only the S3 key with this access key.
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
  - module: profitbricks.cloud.profitbricks_s3key
  - module: profitbricks.cloud.profitbricks_user
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_everyday
    description: A playbook for each everyday job.
"""

EXAMPLES = r"""
---
- name: Read all keys of a user, without their secrets
  profitbricks.cloud.profitbricks_s3key_info:
    user: ada@example.com
"""

RETURN = r"""
---
s3keys:
  description:
    - The S3 keys that were found.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description:
        - The access key of the S3 key.
      returned: always
      type: str
      sample: 00b1fd2d7a4bcd0e8b5a
    active:
      description:
        - Whether the object storage accepts the key. A new one is active.
      returned: always
      type: bool
      sample: true
    created_date:
      description:
        - When it was created, in UTC.
      returned: always
      type: str
      sample: '2026-11-02T09:17:01'
    user_id:
      description:
        - The UUID of the user.
      returned: always
      type: str
      sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
"""

from ansible_collections.profitbricks.cloud.plugins.module_utils._info import run_info
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.behaviour.s3keys import S3KEYS


def main() -> None:
    run_info(S3KEYS)


if __name__ == "__main__":
    main()
