#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: netfoundry_identity_info
short_description: Read identities of the NetFoundry platform
version_added: 1.0.0
description:
  - Returns the identities that match the options, or all of them without such options. If there is none, the list
    is empty.
  - The vendor only documents how to read identities, not how to manage them.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.netfoundry
  - profitbricks.cloud.netfoundry.reading
options:
  organization:
    description:
      - Name or UUID of the organization of the identity.
      - By default, all organizations that the credentials give access to are searched; usually there is only one.
      - If not set, the environment variable E(NETFOUNDRY_ORGANIZATION) is used.
    type: str
  id:
    description:
      - Only the identity with this UUID.
    type: str
  type:
    description:
      - Only users, or only API accounts.
    type: str
    choices:
      - user
      - api_account
  email:
    description:
      - Only the identities with this e-mail address.
    type: str
  name:
    description:
      - Only the identities with this name.
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
      - Maximum number of seconds that reading may take. If not set, the environment variable E(NETFOUNDRY_WAIT_TIMEOUT)
        is used, and without that V(600).
    type: int
  progress:
    description:
      - Whether to show what the task is waiting for, if it waits for longer than a second. If not set, the environment
        variable E(NETFOUNDRY_PROGRESS) is used, and without that it is shown. This only works if the task runs
        inside Ansible's own process, as it does on the controller with its own Python.
    type: bool
seealso:
  - module: profitbricks.cloud.netfoundry_identity
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_overlay
    description: An overlay network, step by step.
"""

EXAMPLES = r"""
---
- name: Read all API accounts
  profitbricks.cloud.netfoundry_identity_info:
    type: api_account

- name: Read one user
  profitbricks.cloud.netfoundry_identity_info:
    email: ada@example.com
"""

RETURN = r"""
---
identities:
  description:
    - The identities that were found.
  returned: success
  type: list
  elements: dict
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
"""

from ansible_collections.profitbricks.cloud.plugins.module_utils._info import run_info
from ansible_collections.profitbricks.cloud.plugins.module_utils._netfoundry.behaviour.identities import (
    IDENTITIES,
)


def main() -> None:
    run_info(IDENTITIES)


if __name__ == "__main__":
    main()
