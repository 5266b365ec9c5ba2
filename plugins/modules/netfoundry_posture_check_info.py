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
  - Returns the posture checks that the options ask for; all of them without such options, and an empty list where
    there is none.
  - What the service asks for is only in part documented by its vendor.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.netfoundry
  - profitbricks.cloud.netfoundry.reading
options:
  network_group:
    description:
      - Name or UUID of the network group of the network.
      - If left out, the network is looked for in all groups, and a new one comes into the only group.
    type: str
  network:
    description:
      - Name or UUID of the network of the posture check. It must exist.
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
seealso:
  - module: profitbricks.cloud.netfoundry_posture_check
"""

EXAMPLES = r"""
---
- name: All posture checks of a network
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
        - Name of the posture check, in which upper and lower case are the same. Give C(id) as well to change it.
      returned: always
      type: str
      sample: managed laptops
    attributes:
      description:
        - Role attributes, as a set, by which policies choose it; each begins with C(#). An empty list takes all
          away.
      returned: always
      type: list
      elements: str
      sample:
        - '#work_from_anywhere'
    type:
      description:
        - What is looked at. It cannot be changed later.
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
            - Versions that pass; all if left out.
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
        - 'With C(type=PROCESS): the program that must run.'
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
            - SHA-256 sums that it may have.
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
        - 'With C(type=PROCESS_MULTI): the programs of which any or all must run, as C(semantic) says.'
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
            - SHA-256 sums that it may have.
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
        - Whether an object is chosen that has any, or only one that has all of the attributes. The service takes
          V(AnyOf).
      returned: always
      type: str
      sample: AnyOf
    timeout_seconds:
      description:
        - 'With C(type=MFA): seconds for which a second factor counts; V(-1): for ever.'
      returned: always
      type: int
      sample: -1
    prompt_on_wake:
      description:
        - 'With C(type=MFA): whether it is asked for again when the device wakes up.'
      returned: always
      type: bool
      sample: false
    prompt_on_unlock:
      description:
        - 'With C(type=MFA): whether it is asked for again when the device is unlocked.'
      returned: always
      type: bool
      sample: false
    ignore_legacy_endpoints:
      description:
        - 'With C(type=MFA): whether endpoints whose software knows no second factor pass.'
      returned: always
      type: bool
      sample: false
    ziti_id:
      description:
        - Its id in the network's own controller; V(null) until that knows it.
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

from ansible_collections.profitbricks.cloud.plugins.module_utils._module import run_info
from ansible_collections.profitbricks.cloud.plugins.module_utils._netfoundry.behaviour.security import (
    POSTURE_CHECKS,
)


def main() -> None:
    run_info(POSTURE_CHECKS)


if __name__ == "__main__":
    main()
