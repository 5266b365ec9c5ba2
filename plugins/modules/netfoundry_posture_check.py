#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: netfoundry_posture_check
short_description: Create, change and delete posture checks of the NetFoundry platform
version_added: 1.0.0
description:
  - Brings a posture check into the state that the options describe, and does nothing if it is already in that state.
  - Options that are left out are neither sent nor compared.
  - The vendor only documents part of what the service expects.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.netfoundry
  - profitbricks.cloud.netfoundry.managing
options:
  state:
    description:
      - 'V(present): the posture check exists and is as the options describe. Options that are left out are not
        changed.'
      - 'V(absent): the posture check does not exist. Nothing happens if it, or the object it belongs to, is already
        gone.'
    type: str
    choices:
      - present
      - absent
    default: present
  id:
    description:
      - The UUID of the posture check. Only needed to change its O(name).
    type: str
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
  name:
    description:
      - Name of the posture check; case does not matter. To change it, give O(id) as well.
    type: str
  attributes:
    description:
      - Role attributes, as a set, by which policies select it; each begins with C(#). An empty list removes all
        of them.
    type: list
    elements: str
  type:
    description:
      - Type of the check. It cannot be changed later.
      - Needed to create one.
    type: str
    choices:
      - OS
      - MAC
      - DOMAIN
      - PROCESS
      - PROCESS_MULTI
      - MFA
  operating_systems:
    description:
      - 'With O(type=OS): the operating systems that pass.'
    type: list
    elements: dict
    suboptions:
      type:
        description:
          - Operating system.
        type: str
        required: true
        choices:
          - Windows
          - WindowsServer
          - macOS
          - iOS
          - Android
          - Linux
      versions:
        description:
          - Versions that pass, by default all.
        type: list
        elements: str
  mac_addresses:
    description:
      - 'With O(type=MAC): the addresses that pass, as a set.'
    type: list
    elements: str
  domains:
    description:
      - 'With O(type=DOMAIN): names of the Active Directory domains that pass, as a set.'
    type: list
    elements: str
  process:
    description:
      - 'With O(type=PROCESS): the program that must be running.'
    type: dict
    suboptions:
      os_type:
        description:
          - Operating system.
        type: str
        required: true
        choices:
          - Windows
          - WindowsServer
          - macOS
          - iOS
          - Android
          - Linux
      path:
        description:
          - Path of the program.
        type: str
        required: true
      hashes:
        description:
          - SHA-256 hashes that it may have.
        type: list
        elements: str
      signer_fingerprint:
        description:
          - Fingerprint of its signer.
        type: str
  processes:
    description:
      - 'With O(type=PROCESS_MULTI): the programs of which any or all must be running, depending on O(semantic).'
    type: list
    elements: dict
    suboptions:
      os_type:
        description:
          - Operating system.
        type: str
        required: true
        choices:
          - Windows
          - WindowsServer
          - macOS
          - iOS
          - Android
          - Linux
      path:
        description:
          - Path of the program.
        type: str
        required: true
      hashes:
        description:
          - SHA-256 hashes that it may have.
        type: list
        elements: str
      signer_fingerprints:
        description:
          - Fingerprints that its signer may have.
        type: list
        elements: str
  semantic:
    description:
      - Whether to select objects with any of the attributes, or only those with all of them. The service defaults
        to V(AnyOf).
    type: str
    choices:
      - AnyOf
      - AllOf
  timeout_seconds:
    description:
      - 'With O(type=MFA): for how many seconds a second factor is valid; V(-1) means forever.'
    type: int
  prompt_on_wake:
    description:
      - 'With O(type=MFA): whether it is required again after the device wakes up.'
    type: bool
  prompt_on_unlock:
    description:
      - 'With O(type=MFA): whether it is required again after the device is unlocked.'
    type: bool
  ignore_legacy_endpoints:
    description:
      - 'With O(type=MFA): whether to accept endpoints whose software does not support a second factor.'
    type: bool
  append:
    description:
      - Role attributes and names to add to the existing ones. Other entries are kept.
    type: dict
    suboptions:
      attributes:
        description:
          - Entries of C(attributes).
        type: list
        elements: str
  remove:
    description:
      - Role attributes and names to remove from the existing ones. Other entries are kept.
    type: dict
    suboptions:
      attributes:
        description:
          - Entries of C(attributes).
        type: list
        elements: str
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
  action_group:
    membership:
      - profitbricks.cloud.all
      - profitbricks.cloud.netfoundry
      - profitbricks.cloud.network
seealso:
  - module: profitbricks.cloud.netfoundry_posture_check_info
  - module: profitbricks.cloud.netfoundry_network
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_overlay
    description: An overlay network, step by step.
"""

EXAMPLES = r"""
---
- name: Only let in laptops with an operating system that we know
  profitbricks.cloud.netfoundry_posture_check:
    network: ACME Net
    name: known systems
    type: OS
    attributes:
      - "#managed"
    operating_systems:
      - type: Linux
      - type: macOS
        versions:
          - 14.1.0
          - 14.2.0

- name: Require a second factor every day
  profitbricks.cloud.netfoundry_posture_check:
    network: ACME Net
    name: second factor
    type: MFA
    timeout_seconds: 86400
    prompt_on_wake: true

- name: Delete the posture check
  profitbricks.cloud.netfoundry_posture_check:
    network: ACME Net
    name: second factor
    state: absent
"""

RETURN = r"""
---
posture_check:
  description:
    - The posture check after the task, or in check mode as it would be, with V(null) for what only the service
      knows. V(null) if there is none.
  returned: success
  type: dict
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
from ansible_collections.profitbricks.cloud.plugins.module_utils._netfoundry.behaviour.security import (
    POSTURE_CHECKS,
)


def main() -> None:
    run(POSTURE_CHECKS)


if __name__ == "__main__":
    main()
