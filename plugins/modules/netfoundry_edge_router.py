#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: netfoundry_edge_router
short_description: Create, change and delete edge routers of the NetFoundry platform
version_added: 1.0.0
description:
  - Brings an edge router into the state that the options describe, and does nothing if it is already in that state.
  - Options that are left out are neither sent nor compared.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.netfoundry
  - profitbricks.cloud.netfoundry.managing
options:
  state:
    description:
      - 'V(present): the edge router exists and is as the options describe. Options that are left out are not changed.'
      - 'V(absent): the edge router does not exist. Nothing happens if it, or the object it belongs to, is already
        gone.'
    type: str
    choices:
      - present
      - absent
    default: present
  id:
    description:
      - The UUID of the edge router. Only needed to change its O(name).
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
      - Name or UUID of the network of the edge router. It must exist.
      - If not set, the environment variable E(NETFOUNDRY_NETWORK) is used.
    type: str
    required: true
  name:
    description:
      - Name of the edge router; case does not matter. To change it, give O(id) as well.
    type: str
  attributes:
    description:
      - Role attributes, as a set, by which policies select it; each begins with C(#). An empty list removes all
        of them.
    type: list
    elements: str
  provider:
    description:
      - Cloud in which NetFoundry hosts the router, together with O(region). Without both, you host the router yourself.
        It cannot be changed later.
    type: str
    choices:
      - AWS
      - AZURE
      - GCP
      - OCI
  region:
    description:
      - Code of the region in which NetFoundry hosts the router; M(profitbricks.cloud.netfoundry_region_info) lists
        them. It cannot be changed later.
    type: str
  link_listener:
    description:
      - Whether other routers may connect to it. By default, they may connect to new routers that NetFoundry hosts,
        but not to others.
    type: bool
  tunneler_enabled:
    description:
      - Whether it can reach and host services itself. The service defaults to V(false).
    type: bool
  no_traversal:
    description:
      - Whether to keep transit traffic away from it. The service defaults to V(false).
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
  new_registration_key:
    description:
      - Whether to create a new registration key for a router that you host yourself, and to return it as RV(registration_key).
        It invalidates the previous one, so that the task reports a change each time.
    type: bool
    default: false
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
  - module: profitbricks.cloud.netfoundry_edge_router_info
  - module: profitbricks.cloud.netfoundry_network
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_overlay
    description: An overlay network, step by step.
"""

EXAMPLES = r"""
---
- name: Create a router that NetFoundry hosts
  profitbricks.cloud.netfoundry_edge_router:
    network: ACME Net
    name: oregon
    provider: AWS
    region: us-west-2
    attributes:
      - "#hosted_routers"
    wait_timeout: 900

- name: Create a router on our own machine, with a new registration key each time this task runs
  profitbricks.cloud.netfoundry_edge_router:
    network: ACME Net
    name: branch
    attributes:
      - "#branches"
    tunneler_enabled: true
    new_registration_key: true
  register: branch
  no_log: true

- name: Delete the router
  profitbricks.cloud.netfoundry_edge_router:
    network: ACME Net
    name: branch
    state: absent
"""

RETURN = r"""
---
edge_router:
  description:
    - The edge router after the task, or in check mode as it would be, with V(null) for what only the service knows.
      V(null) if there is none.
  returned: success
  type: dict
  contains:
    id:
      description:
        - The UUID of the edge router.
      returned: always
      type: str
      sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
    name:
      description:
        - Name of the edge router; case does not matter.
      returned: always
      type: str
      sample: oregon
    attributes:
      description:
        - Role attributes, as a set, by which policies select it; each begins with C(#).
      returned: always
      type: list
      elements: str
      sample:
        - '#work_from_anywhere'
    provider:
      description:
        - Cloud in which NetFoundry hosts the router, together with C(region). Without both, you host the router
          yourself.
      returned: always
      type: str
      sample: AWS
    region:
      description:
        - Code of the region in which NetFoundry hosts the router.
      returned: always
      type: str
      sample: us-west-2
    link_listener:
      description:
        - Whether other routers may connect to it.
      returned: always
      type: bool
      sample: true
    tunneler_enabled:
      description:
        - Whether it can reach and host services itself.
      returned: always
      type: bool
      sample: false
    no_traversal:
      description:
        - Whether to keep transit traffic away from it.
      returned: always
      type: bool
      sample: false
    status:
      description:
        - State of the router, such as V(PROVISIONED) or V(PROVISIONING).
      returned: always
      type: str
      sample: PROVISIONED
    enrolled:
      description:
        - Whether its one-time enrollment token was used.
      returned: always
      type: bool
      sample: false
    online:
      description:
        - Whether it is connected.
      returned: always
      type: bool
      sample: true
    verified:
      description:
        - Whether it is enrolled, according to the service.
      returned: always
      type: bool
      sample: true
    ip_address:
      description:
        - Address of the router; V(null) if there is none yet.
      returned: always
      type: str
      sample: 192.0.2.10
    product_version:
      description:
        - Version of its software.
      returned: always
      type: str
      sample: 7.3.43
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
registration_key:
  description:
    - The new registration key, with C(new_registration_key=true); V(null) otherwise.
  returned: success
  type: str
registration_key_expires_at:
  description:
    - When the new registration key expires, in UTC.
  returned: success
  type: str
"""

from ansible_collections.profitbricks.cloud.plugins.module_utils._manage import run
from ansible_collections.profitbricks.cloud.plugins.module_utils._netfoundry.behaviour.endpoints import (
    EDGE_ROUTERS,
)


def main() -> None:
    run(EDGE_ROUTERS)


if __name__ == "__main__":
    main()
