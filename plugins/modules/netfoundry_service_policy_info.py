#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: netfoundry_service_policy_info
short_description: Read service policies of the NetFoundry platform
version_added: 1.0.0
description:
  - Returns the service policies that match the options, or all of them without such options. If there is none,
    the list is empty.
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
      - Name or UUID of the network of the service policy. It must exist.
      - If not set, the environment variable E(NETFOUNDRY_NETWORK) is used.
    type: str
    required: true
  id:
    description:
      - Only the service policy with this UUID.
    type: str
  name:
    description:
      - Only the service policy with this name.
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
  - module: profitbricks.cloud.netfoundry_service_policy
  - module: profitbricks.cloud.netfoundry_network
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_overlay
    description: An overlay network, step by step.
"""

EXAMPLES = r"""
---
- name: Read all service policies of a network
  profitbricks.cloud.netfoundry_service_policy_info:
    network: ACME Net
"""

RETURN = r"""
---
service_policies:
  description:
    - The service policies that were found.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description:
        - The UUID of the service policy.
      returned: always
      type: str
      sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
    name:
      description:
        - Name of the policy; case does not matter.
      returned: always
      type: str
      sample: exits offer
    type:
      description:
        - Whether the endpoints may host (V(Bind)) or reach (V(Dial)) the services.
      returned: always
      type: str
      sample: Bind
    semantic:
      description:
        - Whether to select objects with any of the attributes, or only those with all of them.
      returned: always
      type: str
      sample: AnyOf
    service_attributes:
      description:
        - Services, as a set of role attributes such as V(#all) and of names such as V(@laptop).
      returned: always
      type: list
      elements: str
      sample:
        - '#welcome_wagon'
    endpoint_attributes:
      description:
        - Endpoints, as a set of role attributes such as V(#all) and of names such as V(@laptop).
      returned: always
      type: list
      elements: str
      sample:
        - '#work_from_anywhere'
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
"""

from ansible_collections.profitbricks.cloud.plugins.module_utils._info import run_info
from ansible_collections.profitbricks.cloud.plugins.module_utils._netfoundry.behaviour.policies import (
    SERVICE_POLICIES,
)


def main() -> None:
    run_info(SERVICE_POLICIES)


if __name__ == "__main__":
    main()
