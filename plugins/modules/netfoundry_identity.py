#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: netfoundry_identity
short_description: Create, change and delete identities of the NetFoundry platform
version_added: 1.0.0
description:
  - Brings an identity into the state that the options describe, and does nothing if it is already in that state.
  - Options that are left out are neither sent nor compared.
  - The vendor only documents how to read identities, not how to manage them.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.netfoundry
  - profitbricks.cloud.netfoundry.managing
options:
  state:
    description:
      - 'V(present): the identity exists and is as the options describe. Options that are left out are not changed.'
      - 'V(absent): the identity does not exist. Nothing happens if it, or the object it belongs to, is already
        gone.'
    type: str
    choices:
      - present
      - absent
    default: present
  id:
    description:
      - The UUID of the identity. Only needed to change its O(name).
    type: str
  organization:
    description:
      - Name or UUID of the organization of the identity.
      - By default, all organizations that the credentials give access to are searched; usually there is only one.
      - If not set, the environment variable E(NETFOUNDRY_ORGANIZATION) is used.
    type: str
  email:
    description:
      - E-mail address, which identifies a user. Needed to create a user. It cannot be changed later.
    type: str
  name:
    description:
      - Name, which identifies an API account; case does not matter.
      - Needed to create one.
    type: str
  description:
    description:
      - Description of an API account.
    type: str
  contact_email:
    description:
      - E-mail address of the person responsible for an API account.
    type: str
  active:
    description:
      - Whether it can log in. The service defaults to V(true).
    type: bool
  type:
    description:
      - Whether it is a user, identified by O(email), or an API account, identified by O(name).
    type: str
    required: true
    choices:
      - user
      - api_account
  credentials_file:
    description:
      - File for the credentials of a new API account, which only its owner can read, in the format of O(credentials).
        The service only returns them when it creates the account.
    type: path
  return_credentials:
    description:
      - Whether to return the credentials of a new API account as RV(credentials). Set C(no_log) on the task. A
        new API account needs this or O(credentials_file).
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
        with whatever is not finished by then. If not set, the environment variable E(NETFOUNDRY_WAIT_TIMEOUT) is
        used, and without that V(600).
    type: int
  progress:
    description:
      - Whether to show what the task is waiting for, if it waits for longer than a second. If not set, the environment
        variable E(NETFOUNDRY_PROGRESS) is used, and without that it is shown. This only works if the task runs
        inside Ansible's own process, as it does on the controller with its own Python.
    type: bool
attributes:
  idempotent:
    description: Run again with the same options, changes nothing.
    support: full
seealso:
  - module: profitbricks.cloud.netfoundry_identity_info
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_overlay
    description: An overlay network, step by step.
"""

EXAMPLES = r"""
---
- name: Invite a user
  profitbricks.cloud.netfoundry_identity:
    type: user
    email: ada@example.com
    name: Ada

- name: Create an API account for the pipeline, with its credentials in a file
  profitbricks.cloud.netfoundry_identity:
    type: api_account
    name: ci-bot
    description: pipeline account
    contact_email: ops@example.com
    credentials_file: "~/.netfoundry/ci-bot.json"

- name: Delete the API account
  profitbricks.cloud.netfoundry_identity:
    type: api_account
    name: ci-bot
    state: absent
"""

RETURN = r"""
---
identity:
  description:
    - The identity after the task, or in check mode as it would be, with V(null) for what only the service knows.
      V(null) if there is none.
  returned: success
  type: dict
  contains:
    id:
      description:
        - The UUID of the identity.
      returned: always
      type: str
      sample: d0d0d0d0-0000-4000-8000-00000000000a
    type:
      description:
        - V(user) or V(api_account).
      returned: always
      type: str
      sample: api_account
    email:
      description:
        - E-mail address, which identifies a user.
      returned: always
      type: str
      sample: ada@example.com
    name:
      description:
        - Name, which identifies an API account; case does not matter.
      returned: always
      type: str
      sample: ci-bot
    description:
      description:
        - Description of an API account.
      returned: always
      type: str
      sample: pipeline account
    contact_email:
      description:
        - E-mail address of the person responsible for an API account.
      returned: always
      type: str
      sample: ops@example.com
    active:
      description:
        - Whether it can log in.
      returned: always
      type: bool
      sample: true
    oauth_url:
      description:
        - Token endpoint of an API account.
      returned: always
      type: str
      sample: https://login.example.com/oauth2/token
    created_at:
      description:
        - When it was created, in UTC.
      returned: always
      type: str
      sample: '2026-11-02T09:17:01Z'
    updated_at:
      description:
        - When it was last changed, in UTC.
      returned: always
      type: str
    organization_id:
      description:
        - The UUID of the organization.
      returned: always
      type: str
      sample: aaaaaaaa-0000-4000-8000-000000000001
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
credentials:
  description:
    - The credentials of an API account that the task created, with C(return_credentials=true); V(null) otherwise.
  returned: success
  type: dict
"""

from ansible_collections.profitbricks.cloud.plugins.module_utils._manage import run
from ansible_collections.profitbricks.cloud.plugins.module_utils._netfoundry.behaviour.identities import (
    IDENTITIES,
)


def main() -> None:
    run(IDENTITIES)


if __name__ == "__main__":
    main()
