#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: netfoundry_posture_check_info
short_description: Read posture checks of the NetFoundry platform
version_added: 1.0.0
description:
  - Returns the posture checks that match the options, or all of them without such options. If there is none, the
    list is empty.
  - The vendor only documents part of what the service expects.
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
  network_group:
    description:
      - Name or UUID of the network group of the network.
      - By default, the network is looked for in all groups, and a new one is created in the only group.
      - If not set, the environment variable E(NETFOUNDRY_NETWORK_GROUP) is used.
    type: str
  network:
    description:
      - Name or UUID of the network of the posture check. It must exist.
      - If not set, the environment variable E(NETFOUNDRY_NETWORK) is used.
    type: str
    required: true
  id:
    description:
      - Only the posture check with this UUID.
    type: str
  name:
    description:
      - Only the posture check with this name.
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
attributes:
  action_group:
    membership:
      - profitbricks.cloud.all
      - profitbricks.cloud.netfoundry
      - profitbricks.cloud.network
seealso:
  - module: profitbricks.cloud.netfoundry_posture_check
  - module: profitbricks.cloud.netfoundry_network
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_overlay
    description: An overlay network, step by step.
"""

EXAMPLES = r"""
---
- name: Read all posture checks of a network
  profitbricks.cloud.netfoundry_posture_check_info:
    network: ACME Net
"""

RETURN = r"""
---
posture_checks:
  description:
    - The posture checks that were found.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description:
        - The UUID of the posture check.
      returned: always
      type: str
      sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
    name:
      description:
        - Name of the posture check; case does not matter.
      returned: always
      type: str
      sample: managed laptops
    attributes:
      description:
        - Role attributes, as a set, by which policies select it; each begins with C(#).
      returned: always
      type: list
      elements: str
      sample:
        - '#work_from_anywhere'
    type:
      description:
        - Type of the check.
      returned: always
      type: str
      sample: OS
    operating_systems:
      description:
        - 'With C(type=OS): the operating systems that pass.'
      returned: always
      type: list
      elements: dict
      contains:
        type:
          description:
            - Operating system.
          returned: always
          type: str
          sample: Windows
        versions:
          description:
            - Versions that pass, by default all.
          returned: always
          type: list
          elements: str
          sample: []
    mac_addresses:
      description:
        - 'With C(type=MAC): the addresses that pass, as a set.'
      returned: always
      type: list
      elements: str
      sample: []
    domains:
      description:
        - 'With C(type=DOMAIN): names of the Active Directory domains that pass, as a set.'
      returned: always
      type: list
      elements: str
      sample: []
    process:
      description:
        - 'With C(type=PROCESS): the program that must be running.'
      returned: always
      type: dict
      contains:
        os_type:
          description:
            - Operating system.
          returned: always
          type: str
          sample: Linux
        path:
          description:
            - Path of the program.
          returned: always
          type: str
          sample: /usr/bin/agent
        hashes:
          description:
            - SHA-256 hashes that it may have.
          returned: always
          type: list
          elements: str
          sample: []
        signer_fingerprint:
          description:
            - Fingerprint of its signer.
          returned: always
          type: str
    processes:
      description:
        - 'With C(type=PROCESS_MULTI): the programs of which any or all must be running, depending on C(semantic).'
      returned: always
      type: list
      elements: dict
      contains:
        os_type:
          description:
            - Operating system.
          returned: always
          type: str
          sample: Linux
        path:
          description:
            - Path of the program.
          returned: always
          type: str
          sample: /usr/bin/agent
        hashes:
          description:
            - SHA-256 hashes that it may have.
          returned: always
          type: list
          elements: str
          sample: []
        signer_fingerprints:
          description:
            - Fingerprints that its signer may have.
          returned: always
          type: list
          elements: str
          sample: []
    semantic:
      description:
        - Whether to select objects with any of the attributes, or only those with all of them.
      returned: always
      type: str
      sample: AnyOf
    timeout_seconds:
      description:
        - 'With C(type=MFA): for how many seconds a second factor is valid; V(-1) means forever.'
      returned: always
      type: int
      sample: -1
    prompt_on_wake:
      description:
        - 'With C(type=MFA): whether it is required again after the device wakes up.'
      returned: always
      type: bool
      sample: false
    prompt_on_unlock:
      description:
        - 'With C(type=MFA): whether it is required again after the device is unlocked.'
      returned: always
      type: bool
      sample: false
    ignore_legacy_endpoints:
      description:
        - 'With C(type=MFA): whether to accept endpoints whose software does not support a second factor.'
      returned: always
      type: bool
      sample: false
    ziti_id:
      description:
        - Its id in the network's own controller; V(null) until it is known there.
      returned: always
      type: str
      sample: mh7dI2ZRz
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
    network_id:
      description:
        - The UUID of the network.
      returned: always
      type: str
      sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
"""

from ansible_collections.profitbricks.cloud.plugins.module_utils._info import run_info
from ansible_collections.profitbricks.cloud.plugins.module_utils._netfoundry.behaviour.security import (
    POSTURE_CHECKS,
)


def main() -> None:
    run_info(POSTURE_CHECKS)


if __name__ == "__main__":
    main()
