#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: netfoundry_network_group_info
short_description: Read network groups of the NetFoundry platform
version_added: 1.0.0
description:
  - Returns the network groups that match the options, or all of them without such options. If there is none, the
    list is empty.
  - The vendor only documents how to read network groups, not how to manage them.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.netfoundry
  - profitbricks.cloud.netfoundry.reading
options:
  organization:
    description:
      - Name or UUID of the organization of the network group.
      - By default, all organizations that the credentials give access to are searched; usually there is only one.
      - If not set, the environment variable E(NETFOUNDRY_ORGANIZATION) is used.
    type: str
  id:
    description:
      - Only the network group with this UUID.
    type: str
  short_name:
    description:
      - Only the network group with this short name.
    type: str
  name:
    description:
      - Only the network group with this name.
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
  - module: profitbricks.cloud.netfoundry_network_group
  - module: profitbricks.cloud.netfoundry_network
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_overlay
    description: An overlay network, step by step.
"""

EXAMPLES = r"""
---
- name: Read all network groups
  profitbricks.cloud.netfoundry_network_group_info:

- name: Read one network group
  profitbricks.cloud.netfoundry_network_group_info:
    short_name: ACMEGROUP
"""

RETURN = r"""
---
network_groups:
  description:
    - The network groups that were found.
  returned: success
  type: list
  elements: dict
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
"""

from ansible_collections.profitbricks.cloud.plugins.module_utils._info import run_info
from ansible_collections.profitbricks.cloud.plugins.module_utils._netfoundry.behaviour.groups import (
    NETWORK_GROUPS,
)


def main() -> None:
    run_info(NETWORK_GROUPS)


if __name__ == "__main__":
    main()
