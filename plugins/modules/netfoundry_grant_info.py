#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: netfoundry_grant_info
short_description: Read grants of the NetFoundry platform
version_added: 1.0.0
description:
  - Returns the grants that match the options, or all of them without such options. If there is none, the list is
    empty.
  - A grant allows an identity a single action on resources of one type, in the whole organization or in one network
    group or network. M(profitbricks.cloud.netfoundry_role) assigns roles, which combine many permissions.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.netfoundry
  - profitbricks.cloud.netfoundry.reading
options:
  identity:
    description:
      - Only grants of the identity with this e-mail address, name or UUID.
    type: str
  resource_type:
    description:
      - Only grants for this type of resource, by its code or UUID.
    type: str
  action:
    description:
      - Only grants of this action, by its code.
    type: str
  organization:
    description:
      - Label, name or UUID of the organization of the identity, network group and network, if the credentials give
        access to several. If not set, the environment variable E(NETFOUNDRY_ORGANIZATION) is used.
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
  - module: profitbricks.cloud.netfoundry_grant
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_overlay
    description: An overlay network, step by step.
"""

EXAMPLES = r"""
---
- name: Find out what can be granted
  profitbricks.cloud.netfoundry_grant_info:
  register: found

- name: Show the actions on users
  ansible.builtin.debug:
    msg: "{{ (found.resource_types | selectattr('code', 'equalto', 'user-identity') | first).actions }}"

- name: Read what was granted to the pipeline
  profitbricks.cloud.netfoundry_grant_info:
    identity: ci-bot
"""

RETURN = r"""
---
grants:
  description:
    - The grants that were found.
  returned: success
  type: list
  elements: dict
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
resource_types:
  description:
    - What can be granted.
  returned: success
  type: list
  elements: dict
  contains:
    code:
      description:
        - Code of the type of resource.
      returned: always
      type: str
      sample: user-identity
    actions:
      description:
        - Codes of its actions.
      returned: always
      type: list
      elements: str
      sample:
        - update-reset-mfa
"""

from ansible_collections.profitbricks.cloud.plugins.module_utils._info import run_info
from ansible_collections.profitbricks.cloud.plugins.module_utils._netfoundry.behaviour.permissions import (
    GRANTS,
)


def main() -> None:
    run_info(GRANTS)


if __name__ == "__main__":
    main()
