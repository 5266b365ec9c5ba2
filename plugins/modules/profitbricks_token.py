#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: profitbricks_token
short_description: Create, renew and revoke tokens for logging in to the ProfitBricks cloud
version_added: 1.0.0
description:
  - Brings a token into the state that the options describe, and does nothing if it is already in that state.
  - Options that are left out are neither sent nor compared.
  - A token logs in as the user who created it, without a password, until it expires or is revoked. The service
    shows it once; after that, it lists only ids and dates.
  - Tokens come from a service of their own, on the same host as O(api_url).
  - Users with several contracts choose one with O(contract_number). Users with two-factor authentication can only
    create and revoke tokens in the service's web console.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.profitbricks
  - profitbricks.cloud.profitbricks.managing
options:
  state:
    description:
      - 'V(present): the file O(dest) contains a token of the user that is valid for longer than O(renew_before).
        Otherwise, a new one is created and written there. The token that was in the file is not revoked.'
      - 'V(absent): the token is revoked, and its file deleted. Nothing happens if it is already gone.'
      - 'V(created): a new token is created each time the task runs. It is written to O(dest), or returned as RV(secret).'
    type: str
    choices:
      - present
      - absent
      - created
    default: present
  id:
    description:
      - UUID of the token to revoke, with O(state=absent).
    type: str
  dest:
    description:
      - File for the token, which only its owner can read (mode 0600), on the host that runs the task. Its folder
        must exist. With O(state=absent), the token in it is revoked and the file deleted.
    type: path
  criteria:
    description:
      - 'Which tokens of the user to revoke, with O(state=absent): those that have expired, the one that the task
        logs in with, or all.'
    type: str
    choices:
      - expired
      - current
      - all
  ttl:
    description:
      - For how many seconds a new token is valid, V(60) to V(31536000). The service defaults to a year.
    type: int
  renew_before:
    description:
      - 'With O(state=present): how many seconds before a token in O(dest) expires it is replaced by a new one.'
    type: int
    default: 0
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
  - module: profitbricks.cloud.profitbricks_token_info
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_everyday
    description: A playbook for each everyday job.
"""

EXAMPLES = r"""
---
- name: Keep a token for the next thirty days in a file, and renew it a day before it ends
  profitbricks.cloud.profitbricks_token:
    dest: ~/.profitbricks-token
    ttl: 2592000
    renew_before: 86400

- name: Log in with it
  profitbricks.cloud.profitbricks_datacenter_info:
    token: "{{ lookup('ansible.builtin.file', '~/.profitbricks-token') }}"

- name: Make a token for an hour each time this runs
  profitbricks.cloud.profitbricks_token:
    state: created
    ttl: 3600
  register: hour
  no_log: true

- name: Revoke it
  profitbricks.cloud.profitbricks_token:
    id: "{{ hour.token.id }}"
    state: absent

- name: Revoke the token in the file, and delete the file
  profitbricks.cloud.profitbricks_token:
    dest: ~/.profitbricks-token
    state: absent

- name: Clean up the list if tokens have ended
  profitbricks.cloud.profitbricks_token:
    criteria: expired
    state: absent
"""

RETURN = r"""
---
token:
  description:
    - The token after the task, or in check mode as it would be, with V(null) for what only the service knows. V(null)
      if there is none.
  returned: success
  type: dict
  contains:
    id:
      description:
        - The UUID of the token.
      returned: always
      type: str
      sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
    created_date:
      description:
        - When it was created, in UTC.
      returned: always
      type: str
      sample: '2026-11-02T09:17:01Z'
    expiration_date:
      description:
        - When it expires, in UTC.
      returned: always
      type: str
      sample: '2027-11-02T09:17:01Z'
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
secret:
  description:
    - 'The token itself, if the task has created one without C(dest); V(null) otherwise. It is only returned this
      once: save it, and set C(no_log) on the task.'
  returned: success
  type: str
"""

from ansible_collections.profitbricks.cloud.plugins.module_utils._manage import run
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.behaviour.tokens import TOKENS


def main() -> None:
    run(TOKENS)


if __name__ == "__main__":
    main()
