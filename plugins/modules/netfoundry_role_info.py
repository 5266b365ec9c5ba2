#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: netfoundry_role_info
short_description: Read roles of the NetFoundry platform
version_added: 1.0.0
description:
  - Returns the roles that match the options, or all of them without such options. If there is none, the list is
    empty.
  - The vendor does not document how roles are assigned to identities; verify it before you rely on it. Grants of
    single actions are documented, and M(profitbricks.cloud.netfoundry_grant) manages them.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.netfoundry
  - profitbricks.cloud.netfoundry.reading
options:
  name:
    description:
      - Only roles whose name contains this text; case does not matter.
    type: str
  identity:
    description:
      - Only roles that the identity with this e-mail address, name or UUID has.
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
  - module: profitbricks.cloud.netfoundry_role
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_overlay
    description: An overlay network, step by step.
"""

EXAMPLES = r"""
---
- name: Read all roles for networks
  profitbricks.cloud.netfoundry_role_info:
    name: Network Admin

- name: Read the roles of one identity
  profitbricks.cloud.netfoundry_role_info:
    identity: ci-bot
"""

RETURN = r"""
---
roles:
  description:
    - The roles that were found.
  returned: success
  type: list
  elements: dict
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
"""

from ansible_collections.profitbricks.cloud.plugins.module_utils._info import run_info
from ansible_collections.profitbricks.cloud.plugins.module_utils._netfoundry.behaviour.permissions import (
    ROLES,
)


def main() -> None:
    run_info(ROLES)


if __name__ == "__main__":
    main()
