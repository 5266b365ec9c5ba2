#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: netfoundry_network_group
short_description: Create, change and delete network groups of the NetFoundry platform
version_added: 1.0.0
description:
  - Brings a network group into the state that the options describe, and does nothing if it is already in that state.
  - Options that are left out are neither sent nor compared.
  - The vendor only documents how to read network groups, not how to manage them.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.netfoundry
  - profitbricks.cloud.netfoundry.managing
options:
  state:
    description:
      - 'V(present): the network group exists and is as the options describe. Options that are left out are not
        changed.'
      - 'V(absent): the network group does not exist. Nothing happens if it, or the object it belongs to, is already
        gone.'
    type: str
    choices:
      - present
      - absent
    default: present
  id:
    description:
      - The UUID of the network group. Only needed to change its O(name).
    type: str
  organization:
    description:
      - Name or UUID of the organization of the network group.
      - By default, all organizations that the credentials give access to are searched; usually there is only one.
      - If not set, the environment variable E(NETFOUNDRY_ORGANIZATION) is used.
    type: str
  short_name:
    description:
      - Short name, which identifies the group; case does not matter.
      - Needed to create one.
    type: str
  name:
    description:
      - Display name.
      - Needed to create one.
    type: str
  replace:
    description:
      - If something differs, send the whole object as it should be, instead of only the differences. An object
        that the service failed to create is deleted and created anew.
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
  - module: profitbricks.cloud.netfoundry_network_group_info
  - module: profitbricks.cloud.netfoundry_network
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_overlay
    description: An overlay network, step by step.
"""

EXAMPLES = r"""
---
- name: Create a network group
  profitbricks.cloud.netfoundry_network_group:
    short_name: ACMELAB
    name: ACME Lab

- name: Delete it, once it has no networks any more
  profitbricks.cloud.netfoundry_network_group:
    short_name: ACMELAB
    state: absent
"""

RETURN = r"""
---
network_group:
  description:
    - The network group after the task, or in check mode as it would be, with V(null) for what only the service
      knows. V(null) if there is none.
  returned: success
  type: dict
  contains:
    id:
      description:
        - The UUID of the network group.
      returned: always
      type: str
      sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
    short_name:
      description:
        - Short name, which identifies the group; case does not matter.
      returned: always
      type: str
      sample: ACMEGROUP
    name:
      description:
        - Display name.
      returned: always
      type: str
      sample: ACME Group
    created_at:
      description:
        - When it was created, in UTC.
      returned: always
      type: str
      sample: '2026-11-02T09:17:01.000000Z'
    created_by:
      description:
        - UUID of the identity that created it.
      returned: always
      type: str
      sample: d0d0d0d0-0000-4000-8000-00000000000a
    updated_at:
      description:
        - When it was last changed, in UTC.
      returned: always
      type: str
      sample: '2026-11-02T09:18:40.000000Z'
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
"""

from ansible_collections.profitbricks.cloud.plugins.module_utils._manage import run
from ansible_collections.profitbricks.cloud.plugins.module_utils._netfoundry.behaviour.groups import (
    NETWORK_GROUPS,
)


def main() -> None:
    run(NETWORK_GROUPS)


if __name__ == "__main__":
    main()
