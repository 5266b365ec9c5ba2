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
  - Brings an endpoint into the state that the options describe, and does nothing if it is already in that state.
  - Options that are left out are neither sent nor compared.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.netfoundry
  - profitbricks.cloud.netfoundry.managing
options:
  state:
    description:
      - 'V(present): the endpoint exists and is as the options describe. Options that are left out are not changed.'
      - 'V(absent): the endpoint does not exist. Nothing happens if it, or the object it belongs to, is already
        gone.'
    type: str
    choices:
      - present
      - absent
    default: present
  id:
    description:
      - The UUID of the endpoint. Only needed to change its O(name).
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
      - Name or UUID of the network of the endpoint. It must exist.
      - If not set, the environment variable E(NETFOUNDRY_NETWORK) is used.
    type: str
    required: true
  name:
    description:
      - Name of the endpoint; case does not matter. To change it, give O(id) as well.
    type: str
  attributes:
    description:
      - Role attributes, as a set, by which policies select it; each begins with C(#). An empty list removes all
        of them.
    type: list
    elements: str
  session_identity:
    description:
      - UUID of an identity that must be logged in to the console while the endpoint is in use.
      - V(null) or an empty string clears it.
    type: str
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
  return_jwt:
    description:
      - Whether to return the one-time enrollment token as RV(jwt). Set C(no_log) on the task, because the token
        is a secret until it is used.
    type: bool
    default: false
  jwt_file:
    description:
      - File for the one-time enrollment token, which only its owner can read, on the host that runs the module.
        In a folder, the file is named after the object and ends in C(.jwt). It is written unless it already contains
        the token, and left alone once the token has been used.
    type: path
  renew:
    description:
      - Whether to delete and recreate an endpoint that was never enrolled, if its enrollment token has expired
        or expires within 12 hours. This is the only way to get a new token. The endpoint keeps its name and attributes,
        and gets a new O(id).
    type: bool
    default: false
  share:
    description:
      - E-mail addresses to send the enrollment token to when the task creates or recreates the endpoint. V(true)
        stands for the address of the account that runs the task, V(false) for nobody. Nothing is sent for an existing
        one.
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
  - module: profitbricks.cloud.netfoundry_endpoint_info
  - module: profitbricks.cloud.netfoundry_network
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_overlay
    description: An overlay network, step by step.
"""

EXAMPLES = r"""
---
- name: Create an endpoint, with its one-time enrollment token in a file
  profitbricks.cloud.netfoundry_endpoint:
    network: ACME Net
    name: laptop
    attributes:
      - "#work_from_anywhere"
    jwt_file: "~/laptop.jwt"

- name: Create an endpoint, with its token in the result
  profitbricks.cloud.netfoundry_endpoint:
    network: ACME Net
    name: exit1
    attributes:
      - "#exits"
    return_jwt: true
  register: exit1
  no_log: true

- name: Remove all attributes
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
    - The endpoint after the task, or in check mode as it would be, with V(null) for what only the service knows.
      V(null) if there is none.
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
        - Name of the endpoint; case does not matter.
      returned: always
      type: str
      sample: laptop
    attributes:
      description:
        - Role attributes, as a set, by which policies select it; each begins with C(#).
      returned: always
      type: list
      elements: str
      sample:
        - '#work_from_anywhere'
    session_identity:
      description:
        - UUID of an identity that must be logged in to the console while the endpoint is in use.
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
        - When the enrollment token expires, in UTC; V(null) if there is none.
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
        - Whether its user needs a second factor.
      returned: always
      type: bool
      sample: false
    os:
      description:
        - Its operating system; V(null) before it is enrolled.
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
        - Version of the software that connects it to the network.
      returned: always
      type: str
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
jwt:
  description:
    - The one-time enrollment token, with C(return_jwt=true) and until it is used; V(null) otherwise.
  returned: success
  type: str
jwt_expires:
  description:
    - When the one-time enrollment token expires, in UTC, according to the token; V(null) if there is none.
  returned: success
  type: str
  sample: '2026-11-03T09:17:01Z'
"""

from ansible_collections.profitbricks.cloud.plugins.module_utils._manage import run
from ansible_collections.profitbricks.cloud.plugins.module_utils._netfoundry.behaviour.endpoints import (
    ENDPOINTS,
)


def main() -> None:
    run(ENDPOINTS)


if __name__ == "__main__":
    main()
