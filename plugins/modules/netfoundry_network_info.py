#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: netfoundry_network_info
short_description: Read networks of the NetFoundry platform
version_added: 1.0.0
description:
  - Returns the networks that match the options, or all of them without such options. If there is none, the list
    is empty.
  - Creating a network takes several minutes. The vendor's own client waits for up to 20, which is C(wait_timeout=1200).
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
  id:
    description:
      - Only the network with this UUID.
    type: str
  name:
    description:
      - Only the network with this name.
    type: str
  filters:
    description:
      - Only objects whose results have these values, as a dictionary with keys such as C(state). Case does not
        matter; in a list, one matching element is enough.
    type: dict
  as_description:
    description:
      - Whether to return each network with everything in it as options of M(profitbricks.cloud.netfoundry_network),
        and nothing else. Passing them back to that module changes nothing. Objects that the service creates itself
        and enrollment tokens are not included.
    type: bool
    default: false
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
  - module: profitbricks.cloud.netfoundry_network
  - module: profitbricks.cloud.netfoundry_network_group
  - module: profitbricks.cloud.netfoundry_app_wan
  - module: profitbricks.cloud.netfoundry_certificate_authority
  - module: profitbricks.cloud.netfoundry_edge_router
  - module: profitbricks.cloud.netfoundry_edge_router_policy
  - module: profitbricks.cloud.netfoundry_endpoint
  - module: profitbricks.cloud.netfoundry_posture_check
  - module: profitbricks.cloud.netfoundry_service
  - module: profitbricks.cloud.netfoundry_service_edge_router_policy
  - module: profitbricks.cloud.netfoundry_service_policy
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_overlay
    description: An overlay network, step by step.
"""

EXAMPLES = r"""
---
- name: Read all networks that the credentials give access to
  profitbricks.cloud.netfoundry_network_info:
  register: all

- name: Read one network
  profitbricks.cloud.netfoundry_network_info:
    name: ACME Net
  register: found

- name: Show it
  ansible.builtin.debug:
    msg: "{{ found.networks[0].status }}"

- name: Read a network with everything in it, as options of the module that manages networks
  profitbricks.cloud.netfoundry_network_info:
    name: ACME Net
    as_description: true
  register: described
"""

RETURN = r"""
---
networks:
  description:
    - The networks that were found.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description:
        - The UUID of the network.
      returned: always
      type: str
      sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
    name:
      description:
        - Name of the network; case does not matter.
      returned: always
      type: str
      sample: ACME Net
    size:
      description:
        - Size of the network's controller.
      returned: always
      type: str
      sample: medium
    provider:
      description:
        - Cloud provider of the controller, together with C(region).
      returned: always
      type: str
      sample: OCI
    region:
      description:
        - Code of the controller's region.
      returned: always
      type: str
      sample: eu-amsterdam-1
    product_version:
      description:
        - Version of the network's software.
      returned: always
      type: str
      sample: 7.3.43
    status:
      description:
        - State of the network, such as V(PROVISIONED), V(PROVISIONING) or V(SUSPENDED).
      returned: always
      type: str
      sample: PROVISIONED
    controller_domain:
      description:
        - Domain name of its controller.
      returned: always
      type: str
      sample: controller.example.com
    o365_breakout_category:
      description:
        - Category of Office 365 traffic that leaves the network directly.
      returned: always
      type: str
      sample: NONE
    owner_identity_id:
      description:
        - UUID of the identity that owns it.
      returned: always
      type: str
      sample: d0d0d0d0-0000-4000-8000-00000000000a
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
    network_group_id:
      description:
        - The UUID of the network group.
      returned: always
      type: str
      sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
"""

from ansible_collections.profitbricks.cloud.plugins.module_utils._info import run_info
from ansible_collections.profitbricks.cloud.plugins.module_utils._netfoundry.behaviour.networks import (
    NETWORKS,
)


def main() -> None:
    run_info(NETWORKS)


if __name__ == "__main__":
    main()
