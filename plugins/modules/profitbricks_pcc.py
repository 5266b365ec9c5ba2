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
  - Brings a cross connect into the state that the options describe, and does nothing if it is already in that state.
  - Options that are left out are neither sent nor compared.
  - A cross connect joins private LANs of several data centers in one location. LANs join and leave it with the
    option C(pcc) of M(profitbricks.cloud.profitbricks_lan).
  - Needs version 5 or 6 of the API.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.profitbricks
  - profitbricks.cloud.profitbricks.managing
options:
  state:
    description:
      - 'V(present): the cross connect exists and is as the options describe. Options that are left out are not
        changed.'
      - 'V(absent): the cross connect does not exist. Nothing happens if it, or the object it belongs to, is already
        gone.'
    type: str
    choices:
      - present
      - absent
    default: present
  id:
    description:
      - The UUID of the cross connect. Only needed to change its O(name).
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
      - Whether to wait until the service has carried out the change and the object can be used. Otherwise the task
        ends as soon as the service has accepted it, with RV(request_id) for later.
    type: bool
    default: true
  wait_timeout:
    description:
      - Maximum number of seconds that the task may take, from its first request to its last. The service continues
        with whatever is not finished by then. If not set, the environment variable E(PROFITBRICKS_WAIT_TIMEOUT)
        is used, and without that V(600).
    type: int
  progress:
    description:
      - Whether to show what the task is waiting for, if it waits for longer than a second. If not set, the environment
        variable E(PROFITBRICKS_PROGRESS) is used, and without that it is shown. This only works if the task runs
        inside Ansible's own process, as it does on the controller with its own Python.
    type: bool
attributes:
  idempotent:
    description: Run again with the same options, changes nothing.
    support: full
seealso:
  - module: profitbricks.cloud.profitbricks_pcc_info
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_everyday
    description: A playbook for each everyday job.
"""

EXAMPLES = r"""
---
- name: Create a cross connect
  profitbricks.cloud.profitbricks_pcc:
    name: backend
    description: Databases of all shops

- name: Let a private LAN join it
  profitbricks.cloud.profitbricks_lan:
    datacenter: shop
    name: database
    pcc: backend

- name: Let the LAN leave it
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
    - The cross connect after the task, or in check mode as it would be, with V(null) for what only the service
      knows. V(null) if there is none.
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
        - The LANs that it joins.
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
        - The data centers whose LANs can join. The first LAN that joins determines the location.
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
        - Provisioning state, such as V(AVAILABLE), V(BUSY) or V(INACTIVE).
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
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.behaviour.crossconnects import (
    PCCS,
)


def main() -> None:
    run(PCCS)


if __name__ == "__main__":
    main()
