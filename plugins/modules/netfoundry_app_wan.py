#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: netfoundry_app_wan
short_description: Create, change and delete AppWANs of the NetFoundry platform
version_added: 1.0.0
description:
  - Brings an AppWAN into the state that the options describe, and does nothing if it is already in that state.
  - Options that are left out are neither sent nor compared.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.netfoundry
  - profitbricks.cloud.netfoundry.managing
options:
  state:
    description:
      - 'V(present): the AppWAN exists and is as the options describe. Options that are left out are not changed.'
      - 'V(absent): the AppWAN does not exist. Nothing happens if it, or the object it belongs to, is already gone.'
    type: str
    choices:
      - present
      - absent
    default: present
  id:
    description:
      - The UUID of the AppWAN. Only needed to change its O(name).
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
      - Name or UUID of the network of the AppWAN. It must exist.
      - If not set, the environment variable E(NETFOUNDRY_NETWORK) is used.
    type: str
    required: true
  name:
    description:
      - Name of the AppWAN; case does not matter. To change it, give O(id) as well.
    type: str
  endpoint_attributes:
    description:
      - Endpoints, as a set of role attributes such as V(#all) and of names such as V(@laptop). Objects that are
        named must exist; a name without the C(@) and a UUID work as well.
    type: list
    elements: str
  service_attributes:
    description:
      - Services, as a set of role attributes such as V(#all) and of names such as V(@laptop). Objects that are
        named must exist; a name without the C(@) and a UUID work as well.
    type: list
    elements: str
  posture_check_attributes:
    description:
      - Posture checks, all of which an endpoint must pass, as a set of role attributes such as V(#all) and of names
        such as V(@laptop). Objects that are named must exist; a name without the C(@) and a UUID work as well.
    type: list
    elements: str
  append:
    description:
      - Role attributes and names to add to the existing ones. Other entries are kept.
    type: dict
    suboptions:
      endpoint_attributes:
        description:
          - Entries of C(endpoint_attributes).
        type: list
        elements: str
      service_attributes:
        description:
          - Entries of C(service_attributes).
        type: list
        elements: str
      posture_check_attributes:
        description:
          - Entries of C(posture_check_attributes).
        type: list
        elements: str
  remove:
    description:
      - Role attributes and names to remove from the existing ones. Other entries are kept.
    type: dict
    suboptions:
      endpoint_attributes:
        description:
          - Entries of C(endpoint_attributes).
        type: list
        elements: str
      service_attributes:
        description:
          - Entries of C(service_attributes).
        type: list
        elements: str
      posture_check_attributes:
        description:
          - Entries of C(posture_check_attributes).
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
  - module: profitbricks.cloud.netfoundry_app_wan_info
  - module: profitbricks.cloud.netfoundry_network
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_overlay
    description: An overlay network, step by step.
"""

EXAMPLES = r"""
---
- name: Open the first services to everybody who works from anywhere
  profitbricks.cloud.netfoundry_app_wan:
    network: ACME Net
    name: welcome
    endpoint_attributes:
      - "#work_from_anywhere"
    service_attributes:
      - "#welcome_wagon"

- name: Require a posture check
  profitbricks.cloud.netfoundry_app_wan:
    network: ACME Net
    name: welcome
    posture_check_attributes:
      - "#managed"

- name: Delete the AppWAN
  profitbricks.cloud.netfoundry_app_wan:
    network: ACME Net
    name: welcome
    state: absent
"""

RETURN = r"""
---
app_wan:
  description:
    - The AppWAN after the task, or in check mode as it would be, with V(null) for what only the service knows.
      V(null) if there is none.
  returned: success
  type: dict
  contains:
    id:
      description:
        - The UUID of the AppWAN.
      returned: always
      type: str
      sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
    name:
      description:
        - Name of the AppWAN; case does not matter.
      returned: always
      type: str
      sample: welcome
    endpoint_attributes:
      description:
        - Endpoints, as a set of role attributes such as V(#all) and of names such as V(@laptop).
      returned: always
      type: list
      elements: str
      sample:
        - '#work_from_anywhere'
    service_attributes:
      description:
        - Services, as a set of role attributes such as V(#all) and of names such as V(@laptop).
      returned: always
      type: list
      elements: str
      sample:
        - '#welcome_wagon'
    posture_check_attributes:
      description:
        - Posture checks, all of which an endpoint must pass, as a set of role attributes such as V(#all) and of
          names such as V(@laptop).
      returned: always
      type: list
      elements: str
      sample:
        - '#managed'
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
from ansible_collections.profitbricks.cloud.plugins.module_utils._netfoundry.behaviour.policies import (
    APP_WANS,
)


def main() -> None:
    run(APP_WANS)


if __name__ == "__main__":
    main()
