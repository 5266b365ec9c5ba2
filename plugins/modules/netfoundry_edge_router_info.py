#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: netfoundry_edge_router_info
short_description: Read edge routers of the NetFoundry platform
version_added: 1.0.0
description:
  - Returns the edge routers that match the options, or all of them without such options. If there is none, the
    list is empty.
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
      - Name or UUID of the network of the edge router. It must exist.
      - If not set, the environment variable E(NETFOUNDRY_NETWORK) is used.
    type: str
    required: true
  id:
    description:
      - Only the edge router with this UUID.
    type: str
  name:
    description:
      - Only the edge router with this name.
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
  - module: profitbricks.cloud.netfoundry_edge_router
  - module: profitbricks.cloud.netfoundry_network
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_overlay
    description: An overlay network, step by step.
"""

EXAMPLES = r"""
---
- name: Read all edge routers of a network
  profitbricks.cloud.netfoundry_edge_router_info:
    network: ACME Net
  register: found

- name: Show those that NetFoundry hosts
  ansible.builtin.debug:
    msg: "{{ found.edge_routers | selectattr('provider') | map(attribute='name') }}"
"""

RETURN = r"""
---
edge_routers:
  description:
    - The edge routers that were found.
  returned: success
  type: list
  elements: dict
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
"""

from ansible_collections.profitbricks.cloud.plugins.module_utils._info import run_info
from ansible_collections.profitbricks.cloud.plugins.module_utils._netfoundry.behaviour.endpoints import (
    EDGE_ROUTERS,
)


def main() -> None:
    run_info(EDGE_ROUTERS)


if __name__ == "__main__":
    main()
