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
  - Brings an identity into the state that the options describe, and does nothing where it is so already.
  - Options that are left out are neither sent nor compared.
  - What the service does with identities beyond reading them is not documented by its vendor.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.netfoundry
  - profitbricks.cloud.netfoundry.managing
options:
  state:
    description:
      - 'V(present): the identity exists and is as the options say; options that are left out are left alone.'
      - 'V(absent): there is no such identity; nothing happens where it, or what it belongs to, is gone already.'
    type: str
    choices:
      - present
      - absent
    default: present
  id:
    description:
      - The UUID of the identity. Needed to change its O(name) only.
    type: str
  email:
    description:
      - E-mail address of a user, by which the user is known. Needed to create a user. It cannot be changed later.
    type: str
  name:
    description:
      - Name; an API account is known by it, in which upper and lower case are the same.
      - Needed to create one.
    type: str
  description:
    description:
      - Description of an API account.
    type: str
  contact_email:
    description:
      - E-mail address of who cares for an API account.
    type: str
  active:
    description:
      - Whether it can log in. The service takes V(true).
    type: bool
  type:
    description:
      - Whether it is a user, known by O(email), or an API account, known by O(name).
    type: str
    required: true
    choices:
      - user
      - api_account
  credentials_file:
    description:
      - File to write the credentials of a new API account to, readable by its owner alone, in the form that O(credentials)
        takes. The service tells them once, when it creates the account.
    type: path
  return_credentials:
    description:
      - 'Whether to return the credentials of a new API account as RV(credentials). Give such a task C(no_log: true).
        A new API account needs this or O(credentials_file).'
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
        variable E(NETFOUNDRY_PROGRESS) is asked, and then it is told. Only where the task runs inside Ansible's
        own process, which is so on the controller with its own Python.
    type: bool
seealso:
  - module: profitbricks.cloud.netfoundry_identity_info
"""

EXAMPLES = r"""
---
- name: Invite a user
  profitbricks.cloud.netfoundry_identity:
    type: user
    email: ada@example.com
    name: Ada

- name: An API account for the pipeline, with its credentials in a file
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
    - The identity as it is after the task; in check mode as it would be, with V(null) for what only the service
      knows. V(null) when there is none.
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
        - E-mail address of a user, by which the user is known. Needed to create a user. It cannot be changed later.
      returned: always
      type: str
      sample: ada@example.com
    name:
      description:
        - Name; an API account is known by it, in which upper and lower case are the same.
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
        - E-mail address of who cares for an API account.
      returned: always
      type: str
      sample: ops@example.com
    active:
      description:
        - Whether it can log in. The service takes V(true).
      returned: always
      type: bool
      sample: true
    organization_id:
      description:
        - UUID of the organization.
      returned: always
      type: str
      sample: aaaaaaaa-0000-4000-8000-000000000001
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
credentials:
  description:
    - The credentials of an API account that the task created, with C(return_credentials=true); V(null) otherwise.
  returned: success
  type: dict
"""

from ansible_collections.profitbricks.cloud.plugins.module_utils._module import run
from ansible_collections.profitbricks.cloud.plugins.module_utils._netfoundry.behaviour.identities import (
    IDENTITIES,
)


def main() -> None:
    run(IDENTITIES)


if __name__ == "__main__":
    main()
