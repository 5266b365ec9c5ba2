#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: netfoundry_grant
short_description: Grant single actions to identities of the NetFoundry platform
version_added: 1.0.0
description:
  - Brings a grant into the state that the options describe, and does nothing if it is already in that state.
  - Options that are left out are neither sent nor compared.
  - A grant allows an identity a single action on resources of one type, in the whole organization or in one network
    group or network. M(profitbricks.cloud.netfoundry_role) assigns roles, which combine many permissions.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.netfoundry
  - profitbricks.cloud.netfoundry.managing
options:
  state:
    description:
      - 'V(present): the identity has the grant.'
      - 'V(absent): the identity does not have the grant.'
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
  resource_type:
    description:
      - Code or UUID of the type of resource, such as V(user-identity); M(profitbricks.cloud.netfoundry_grant_info)
        lists them.
    type: str
    required: true
  action:
    description:
      - Code or UUID of the action on resources of that type, such as V(update-reset-mfa).
    type: str
    required: true
  organization:
    description:
      - Label, name or UUID of the organization of the identity, network group and network, if the credentials give
        access to several. If not set, the environment variable E(NETFOUNDRY_ORGANIZATION) is used.
    type: str
  network_group:
    description:
      - Name or UUID of the network group to which the grant is limited, or that contains O(network). Without either,
        it applies to the whole organization.
    type: str
  network:
    description:
      - Name or UUID of the network to which the grant is limited.
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
  - module: profitbricks.cloud.netfoundry_grant_info
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_overlay
    description: An overlay network, step by step.
"""

EXAMPLES = r"""
---
- name: Let a user reset the second factor of others
  profitbricks.cloud.netfoundry_grant:
    identity: ada@example.com
    resource_type: user-identity
    action: update-reset-mfa

- name: Let the pipeline create endpoints in one network
  profitbricks.cloud.netfoundry_grant:
    identity: ci-bot
    resource_type: endpoint
    action: create
    network: ACME Net

- name: Let it no more
  profitbricks.cloud.netfoundry_grant:
    identity: ci-bot
    resource_type: endpoint
    action: create
    network: ACME Net
    state: absent
"""

RETURN = r"""
---
grant:
  description:
    - The grant after the task, or in check mode as it would be, with V(null) for what only the service knows. V(null)
      if there is none.
  returned: success
  type: dict
  contains:
    id:
      description:
        - The UUID of the grant.
      returned: always
      type: str
      sample: e2e2e2e2-0000-4000-8000-000000000001
    identity_id:
      description:
        - UUID of the identity.
      returned: always
      type: str
      sample: d0d0d0d0-0000-4000-8000-00000000000a
    resource_type:
      description:
        - Code of the type of resource.
      returned: always
      type: str
      sample: user-identity
    action:
      description:
        - Code of the action.
      returned: always
      type: str
      sample: update-reset-mfa
    path:
      description:
        - 'UUIDs of what the grant is limited to: that of a network group, or those of a group and one of its networks.
          Empty if the grant applies to the whole organization.'
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
"""

from ansible_collections.profitbricks.cloud.plugins.module_utils._manage import run
from ansible_collections.profitbricks.cloud.plugins.module_utils._netfoundry.behaviour.permissions import (
    GRANTS,
)


def main() -> None:
    run(GRANTS)


if __name__ == "__main__":
    main()
