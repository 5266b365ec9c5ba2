#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: netfoundry_endpoint
short_description: Create, change and delete endpoints of the NetFoundry platform
version_added: 1.0.0
description:
  - Brings an endpoint into the state that the options describe, and does nothing where it is so already.
  - Options that are left out are neither sent nor compared.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.netfoundry
  - profitbricks.cloud.netfoundry.managing
options:
  state:
    description:
      - 'V(present): the endpoint exists and is as the options say; options that are left out are left alone.'
      - 'V(absent): there is no such endpoint; nothing happens where it, or what it belongs to, is gone already.'
    type: str
    choices:
      - present
      - absent
    default: present
  id:
    description:
      - The UUID of the endpoint. Needed to change its O(name) only.
    type: str
  network_group:
    description:
      - Name or UUID of the network group of the network.
      - If left out, the network is looked for in all groups, and a new one comes into the only group.
    type: str
  network:
    description:
      - Name or UUID of the network of the endpoint. It must exist.
    type: str
    required: true
  name:
    description:
      - Name of the endpoint, in which upper and lower case are the same. Give O(id) as well to change it.
    type: str
  attributes:
    description:
      - Role attributes, as a set, by which policies choose it; each begins with C(#). An empty list takes all away.
    type: list
    elements: str
  session_identity:
    description:
      - UUID of an identity that must be logged in to the console while the endpoint is used.
      - V(null) or an empty string clears it.
    type: str
  return_jwt:
    description:
      - 'Whether to return the one-time enrollment token as RV(jwt). Give such a task C(no_log: true), because what
        it returns is a secret until it is used.'
    type: bool
    default: false
  jwt_file:
    description:
      - File to write the one-time enrollment token to, readable by its owner alone, on the host where the module
        runs. A folder gets a file of the object's name that ends in C(.jwt). It is written where it does not hold
        the token yet, and left alone once the token was used.
    type: path
  replace:
    description:
      - Where something differs, declare all that the object is anew, as it is and with the differences, in place
        of sending the differences alone.
    type: bool
    default: false
  wait:
    description:
      - Whether to wait until the service has carried out what was asked, and the object is usable. Otherwise the
        task ends when the service has accepted it, with RV(request_id) to look at later.
    type: bool
    default: true
  wait_timeout:
    description:
      - Seconds to wait at most. What is not finished by then goes on at the service.
    type: int
    default: 600
  progress:
    description:
      - Whether to tell, while the task waits for longer than a second, what it waits for. If not set, the environment
        variable E(NETFOUNDRY_PROGRESS) is asked, and then it is told. Only where the task runs inside Ansible's
        own process, which is so on the controller with its own Python.
    type: bool
seealso:
  - module: profitbricks.cloud.netfoundry_endpoint_info
"""

EXAMPLES = r"""
---
- name: An endpoint, with its one-time enrollment token in a file
  profitbricks.cloud.netfoundry_endpoint:
    network: ACME Net
    name: laptop
    attributes:
      - "#work_from_anywhere"
    jwt_file: "~/laptop.jwt"

- name: An endpoint, with its token in the result
  profitbricks.cloud.netfoundry_endpoint:
    network: ACME Net
    name: exit1
    attributes:
      - "#exits"
    return_jwt: true
  register: exit1
  no_log: true

- name: Take all attributes away
  profitbricks.cloud.netfoundry_endpoint:
    network: ACME Net
    name: laptop
    attributes: []

- name: Delete the endpoint
  profitbricks.cloud.netfoundry_endpoint:
    network: ACME Net
    name: laptop
    state: absent
"""

RETURN = r"""
---
endpoint:
  description:
    - The endpoint as it is after the task; in check mode as it would be, with V(null) for what only the service
      knows. V(null) when there is none.
  returned: success
  type: dict
  contains:
    id:
      description:
        - The UUID of the endpoint.
      returned: always
      type: str
      sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
    name:
      description:
        - Name of the endpoint, in which upper and lower case are the same. Give C(id) as well to change it.
      returned: always
      type: str
      sample: laptop
    attributes:
      description:
        - Role attributes, as a set, by which policies choose it; each begins with C(#). An empty list takes all
          away.
      returned: always
      type: list
      elements: str
      sample:
        - '#work_from_anywhere'
    session_identity:
      description:
        - UUID of an identity that must be logged in to the console while the endpoint is used.
      returned: always
      type: str
    type:
      description:
        - V(Device), or V(Router) for the endpoint that belongs to an edge router.
      returned: always
      type: str
      sample: Device
    enrolled:
      description:
        - Whether its one-time enrollment token was used.
      returned: always
      type: bool
      sample: false
    jwt_expires_at:
      description:
        - When the enrollment token ends, in UTC; V(null) when there is none.
      returned: always
      type: str
      sample: '2026-11-03T09:17:01Z'
    has_api_session:
      description:
        - Whether it is logged in to the network's controller.
      returned: always
      type: bool
      sample: false
    has_edge_router_connection:
      description:
        - Whether it is connected to an edge router.
      returned: always
      type: bool
      sample: false
    session_active:
      description:
        - Whether the session of its identity is active.
      returned: always
      type: bool
      sample: false
    mfa_enabled:
      description:
        - Whether it asks its user for a second factor.
      returned: always
      type: bool
      sample: false
    os:
      description:
        - Operating system that it runs on; V(null) before it is enrolled.
      returned: always
      type: str
    os_version:
      description:
        - Version of the operating system.
      returned: always
      type: str
    arch:
      description:
        - Architecture of the machine.
      returned: always
      type: str
    app_version:
      description:
        - Version of the software that joins the network.
      returned: always
      type: str
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
actions:
  description:
    - What was done, or in check mode would be done, in this order; empty when nothing changed.
  returned: success
  type: list
  elements: str
  sample:
    - create
request_id:
  description:
    - UUID of the last request that the service accepted; V(null) when there was none.
  returned: success
  type: str
  sample: a8ab2a48-1a7e-4d2c-9c3e-0a4d6f0f2f3a
jwt:
  description:
    - The one-time enrollment token, with C(return_jwt=true) and as long as it was not used; V(null) otherwise.
  returned: success
  type: str
"""

from ansible_collections.profitbricks.cloud.plugins.module_utils._module import run
from ansible_collections.profitbricks.cloud.plugins.module_utils._netfoundry.behaviour.endpoints import (
    ENDPOINTS,
)


def main() -> None:
    run(ENDPOINTS)


if __name__ == "__main__":
    main()
