#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: netfoundry_role
short_description: Assign roles to identities of the NetFoundry platform
version_added: 1.0.0
description:
  - Brings a role into the state that the options describe, and does nothing if it is already in that state.
  - Options that are left out are neither sent nor compared.
  - The vendor does not document how roles are assigned to identities; verify it before you rely on it. Grants of
    single actions are documented, and M(profitbricks.cloud.netfoundry_grant) manages them.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.netfoundry
  - profitbricks.cloud.netfoundry.managing
options:
  state:
    description:
      - 'V(present): the identity has the role.'
      - 'V(absent): the identity does not have the role.'
    type: str
    choices:
      - present
      - absent
    default: present
  identity:
    description:
      - E-mail address, name or UUID of the identity.
    type: str
    required: true
  role:
    description:
      - Name or UUID of the role, such as V(Network Admin - ACME Net).
      - With O(network) or O(network_group), the name up to the dash is enough, such as V(Network Admin).
    type: str
    required: true
  organization:
    description:
      - Label, name or UUID of the organization of the identity, network group and network, if the credentials give
        access to several. If not set, the environment variable E(NETFOUNDRY_ORGANIZATION) is used.
    type: str
  network_group:
    description:
      - Name or UUID of the network group that the role applies to, or that contains O(network).
    type: str
  network:
    description:
      - Name or UUID of the network that the role applies to.
    type: str
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
  action_group:
    membership:
      - profitbricks.cloud.all
      - profitbricks.cloud.netfoundry
      - profitbricks.cloud.network
seealso:
  - module: profitbricks.cloud.netfoundry_role_info
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_overlay
    description: An overlay network, step by step.
"""

EXAMPLES = r"""
---
- name: Let a user manage one network
  profitbricks.cloud.netfoundry_role:
    identity: ada@example.com
    role: Network Admin
    network: ACME Net

- name: Let the pipeline read the whole group
  profitbricks.cloud.netfoundry_role:
    identity: ci-bot
    role: Network Group Read-only
    network_group: ACMEGROUP

- name: Take the role away from the user
  profitbricks.cloud.netfoundry_role:
    identity: ada@example.com
    role: Network Admin
    network: ACME Net
    state: absent
"""

RETURN = r"""
---
role:
  description:
    - The role after the task, or in check mode as it would be, with V(null) for what only the service knows. V(null)
      if there is none.
  returned: success
  type: dict
  contains:
    id:
      description:
        - The UUID of the role.
      returned: always
      type: str
      sample: e0e0e0e0-0000-4000-8000-000000000001
    name:
      description:
        - Name of the role, which says what it applies to.
      returned: always
      type: str
      sample: Network Admin - ACME Net
    description:
      description:
        - Description of the role.
      returned: always
      type: str
      sample: manage network ACME Net
    organization_id:
      description:
        - UUID of the organization.
      returned: always
      type: str
      sample: aaaaaaaa-0000-4000-8000-000000000001
    path:
      description:
        - 'UUIDs of what the role applies to: none for the organization, that of a network group, or those of a
          group and a network in it.'
      returned: always
      type: list
      elements: str
      sample: []
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
identity_id:
  description:
    - UUID of the identity.
  returned: success
  type: str
  sample: d0d0d0d0-0000-4000-8000-00000000000a
assignment_id:
  description:
    - UUID of the assignment of the role to the identity; V(null) if there is none.
  returned: success
  type: str
  sample: e1e1e1e1-0000-4000-8000-000000000001
"""

from ansible_collections.profitbricks.cloud.plugins.module_utils._manage import run
from ansible_collections.profitbricks.cloud.plugins.module_utils._netfoundry.behaviour.permissions import (
    ROLES,
)


def main() -> None:
    run(ROLES)


if __name__ == "__main__":
    main()
