#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: profitbricks_s3key
short_description: Create, change and delete keys of users for the object storage of the ProfitBricks cloud
version_added: 1.0.0
description:
  - Brings an S3 key into the state that the options describe, and does nothing if it is already in that state.
  - Options that are left out are neither sent nor compared.
  - An S3 key is a pair of an access key, which identifies it, and a secret. A user can have five of them. The service
    creates the first one together with the user, and that one is not active.
  - Needs version 5 or 6 of the API.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.profitbricks
  - profitbricks.cloud.profitbricks.managing
options:
  state:
    description:
      - 'V(present): the S3 key exists and is as the options describe. Options that are left out are not changed.'
      - 'V(absent): the S3 key does not exist. Nothing happens if it, or the object it belongs to, is already gone.'
      - 'V(created): a new S3 key is created each time the task runs, no matter which keys the user has, for example
        to replace one without a gap.'
    type: str
    choices:
      - present
      - absent
      - created
    default: present
  id:
    description:
      - The access key of the S3 key. By default the only one is meant; if there are several, that is an error.
    type: str
  user:
    description:
      - Name or UUID of the user of the S3 key. It must exist.
    type: str
    required: true
  active:
    description:
      - Whether the object storage accepts the key. A new one is active.
    type: bool
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
      - With O(state=created), acts each time.
seealso:
  - module: profitbricks.cloud.profitbricks_s3key_info
  - module: profitbricks.cloud.profitbricks_user
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_everyday
    description: A playbook for each everyday job.
"""

EXAMPLES = r"""
---
- name: Make sure that the user has a key
  profitbricks.cloud.profitbricks_s3key:
    user: ada@example.com
    active: true
  register: key
  no_log: true

- name: Create a second key each time this runs, to replace the first without a gap
  profitbricks.cloud.profitbricks_s3key:
    user: ada@example.com
    state: created
  register: second
  no_log: true

- name: Save its secret, which is only returned this once
  ansible.builtin.copy:
    content: "{{ second.s3key.id }}:{{ second.secret_key }}"
    dest: "{{ playbook_dir }}/passwd-s3fs"
    mode: "0600"
  no_log: true

- name: Switch the first one off
  profitbricks.cloud.profitbricks_s3key:
    user: ada@example.com
    id: "{{ key.s3key.id }}"
    active: false

- name: Delete the first one
  profitbricks.cloud.profitbricks_s3key:
    user: ada@example.com
    id: "{{ key.s3key.id }}"
    state: absent
"""

RETURN = r"""
---
s3key:
  description:
    - The S3 key after the task, or in check mode as it would be, with V(null) for what only the service knows.
      V(null) if there is none.
  returned: success
  type: dict
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
secret_key:
  description:
    - 'The secret of a key that the task has created; V(null) if it has not created one. It is only returned this
      once: save it, and set C(no_log) on the task.'
  returned: success
  type: str
"""

from ansible_collections.profitbricks.cloud.plugins.module_utils._manage import run
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.behaviour.s3keys import S3KEYS


def main() -> None:
    run(S3KEYS)


if __name__ == "__main__":
    main()
