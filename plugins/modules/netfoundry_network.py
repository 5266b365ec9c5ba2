#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: netfoundry_network
short_description: Create, change and delete networks of the NetFoundry platform
version_added: 1.0.0
description:
  - Brings a network into the state that the options describe, and does nothing where it is so already.
  - Options that are left out are neither sent nor compared.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.netfoundry
  - profitbricks.cloud.netfoundry.managing
options:
  state:
    description:
      - 'V(present): the network exists and is as the options say; options that are left out are left alone.'
      - 'V(absent): there is no such network; nothing happens where it, or what it belongs to, is gone already.'
      - 'V(suspended): as V(present), and it is suspended.'
      - 'V(active): as V(present), and it is resumed if it is suspended.'
    type: str
    choices:
      - present
      - absent
      - suspended
      - active
    default: present
  id:
    description:
      - The UUID of the network. Needed to change its O(name) only.
    type: str
  network_group:
    description:
      - Name or UUID of the network group of the network.
      - If left out, the network is looked for in all groups, and a new one comes into the only group.
    type: str
  name:
    description:
      - Name of the network, in which upper and lower case are the same. Give O(id) as well to change it.
    type: str
  size:
    description:
      - Size of the network's controller; a new network that names none gets V(medium). It cannot be changed later.
    type: str
    choices:
      - small
      - medium
      - large
  provider:
    description:
      - Cloud that the controller is in, together with O(region). A new network that names neither gets V(OCI) and
        V(eu-amsterdam-1). It cannot be changed later.
    type: str
    choices:
      - AWS
      - AZURE
      - GCP
      - OCI
  region:
    description:
      - Code of the region that the controller is in; M(profitbricks.cloud.netfoundry_region_info) lists them. It
        cannot be changed later.
    type: str
  product_version:
    description:
      - Version of the network's software, or V(latest) for the newest that is active, which is looked at for a
        new network only. The service chooses one otherwise. It cannot be changed later.
    type: str
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
  - module: profitbricks.cloud.netfoundry_network_info
"""

EXAMPLES = r"""
---
- name: A network in the only network group
  profitbricks.cloud.netfoundry_network:
    name: ACME Net
    size: medium
    provider: AWS
    region: us-west-2
  register: made

- name: A network of the newest version in a group
  profitbricks.cloud.netfoundry_network:
    network_group: ACMEGROUP
    name: ACME Lab
    product_version: latest
    wait_timeout: 1200

- name: Rename it
  profitbricks.cloud.netfoundry_network:
    id: "{{ made.network.id }}"
    name: ACME Production

- name: Suspend the lab
  profitbricks.cloud.netfoundry_network:
    name: ACME Lab
    state: suspended

- name: Delete the lab with all that is in it
  profitbricks.cloud.netfoundry_network:
    name: ACME Lab
    state: absent
"""

RETURN = r"""
---
network:
  description:
    - The network as it is after the task; in check mode as it would be, with V(null) for what only the service
      knows. V(null) when there is none.
  returned: success
  type: dict
  contains:
    id:
      description:
        - The UUID of the network.
      returned: always
      type: str
      sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
    name:
      description:
        - Name of the network, in which upper and lower case are the same. Give C(id) as well to change it.
      returned: always
      type: str
      sample: ACME Net
    size:
      description:
        - Size of the network's controller; a new network that names none gets V(medium). It cannot be changed later.
      returned: always
      type: str
      sample: medium
    provider:
      description:
        - Cloud that the controller is in, together with C(region). A new network that names neither gets V(OCI)
          and V(eu-amsterdam-1). It cannot be changed later.
      returned: always
      type: str
      sample: OCI
    region:
      description:
        - Code of the region that the controller is in; M(profitbricks.cloud.netfoundry_region_info) lists them.
          It cannot be changed later.
      returned: always
      type: str
      sample: eu-amsterdam-1
    product_version:
      description:
        - Version of the network's software, or V(latest) for the newest that is active, which is looked at for
          a new network only. The service chooses one otherwise. It cannot be changed later.
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
        - What of Office 365 leaves the network directly.
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
"""

from ansible_collections.profitbricks.cloud.plugins.module_utils.module import run
from ansible_collections.profitbricks.cloud.plugins.module_utils.netfoundry.kinds.networks import NETWORKS


def main() -> None:
    run(NETWORKS)


if __name__ == "__main__":
    main()
