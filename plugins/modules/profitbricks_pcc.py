#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: profitbricks_pcc
short_description: Create, change and delete cross connects of the ProfitBricks cloud
version_added: 1.0.0
description:
  - Brings a cross connect into the state that the options describe, and does nothing where it is so already.
  - Options that are left out are neither sent nor compared.
  - A cross connect joins private LANs of several data centers in one location. A LAN joins and leaves it by its
    own option C(pcc), in M(profitbricks.cloud.profitbricks_lan).
  - From version 5 of the API on.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.profitbricks
  - profitbricks.cloud.profitbricks.managing
options:
  state:
    description:
      - 'V(present): the cross connect exists and is as the options say; options that are left out are left alone.'
      - 'V(absent): there is no such cross connect; nothing happens where it, or what it belongs to, is gone already.'
    type: str
    choices:
      - present
      - absent
    default: present
  id:
    description:
      - The UUID of the cross connect. Needed to change its O(name) only.
    type: str
  name:
    description:
      - Name of the cross connect.
    type: str
  description:
    description:
      - Description of the cross connect.
    type: str
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
        variable E(PROFITBRICKS_PROGRESS) is asked, and then it is told. Only where the task runs inside Ansible's
        own process, which is so on the controller with its own Python.
    type: bool
seealso:
  - module: profitbricks.cloud.profitbricks_pcc_info
"""

EXAMPLES = r"""
---
- name: A cross connect
  profitbricks.cloud.profitbricks_pcc:
    name: backend
    description: Databases of all shops

- name: A private LAN joins it
  profitbricks.cloud.profitbricks_lan:
    datacenter: shop
    name: database
    pcc: backend

- name: The LAN leaves it
  profitbricks.cloud.profitbricks_lan:
    datacenter: shop
    name: database
    pcc: ""

- name: Delete the cross connect
  profitbricks.cloud.profitbricks_pcc:
    name: backend
    state: absent
"""

RETURN = r"""
---
pcc:
  description:
    - The cross connect as it is after the task; in check mode as it would be, with V(null) for what only the service
      knows. V(null) when there is none.
  returned: success
  type: dict
  contains:
    id:
      description:
        - The UUID of the cross connect.
      returned: always
      type: str
      sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
    name:
      description:
        - Name of the cross connect.
      returned: always
      type: str
      sample: shop-backend
    description:
      description:
        - Description of the cross connect.
      returned: always
      type: str
      sample: Databases of all shops
    peers:
      description:
        - The LANs that are joined.
      returned: always
      type: list
      elements: dict
      contains:
        id:
          description:
            - Number of the LAN in its data center.
          returned: always
          type: str
          sample: '2'
        name:
          description:
            - Name of the LAN.
          returned: always
          type: str
          sample: backend
        datacenter_id:
          description:
            - UUID of the data center.
          returned: always
          type: str
          sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
        datacenter_name:
          description:
            - Name of the data center.
          returned: always
          type: str
          sample: shop
        location:
          description:
            - Location of the data center.
          returned: always
          type: str
          sample: de/fra
    connectable_datacenters:
      description:
        - The data centers whose LANs can join. The first LAN that joins settles the location.
      returned: always
      type: list
      elements: dict
      contains:
        id:
          description:
            - UUID of the data center.
          returned: always
          type: str
          sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
        name:
          description:
            - Name of the data center.
          returned: always
          type: str
          sample: shop
        location:
          description:
            - Location of the data center.
          returned: always
          type: str
          sample: de/fra
    state:
      description:
        - State of the object at the service, such as V(AVAILABLE), V(BUSY) or V(INACTIVE).
      returned: always
      type: str
      sample: AVAILABLE
    created_date:
      description:
        - When it was created, in UTC.
      returned: always
      type: str
      sample: '2026-11-02T09:17:01Z'
    created_by:
      description:
        - Who created it.
      returned: always
      type: str
      sample: demo@example.com
    last_modified_date:
      description:
        - When it was last changed, in UTC.
      returned: always
      type: str
      sample: '2026-11-02T09:18:40Z'
    last_modified_by:
      description:
        - Who last changed it.
      returned: always
      type: str
      sample: demo@example.com
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

from ansible_collections.profitbricks.cloud.plugins.module_utils._module import run
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.behaviour.crossconnects import (
    PCCS,
)


def main() -> None:
    run(PCCS)


if __name__ == "__main__":
    main()
