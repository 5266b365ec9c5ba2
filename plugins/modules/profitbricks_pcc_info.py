#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: profitbricks_pcc_info
short_description: Read cross connects of the ProfitBricks cloud
version_added: 1.0.0
description:
  - Returns the cross connects that match the options, or all of them without such options. If there is none, the
    list is empty.
  - A cross connect joins private LANs of several data centers in one location. LANs join and leave it with the
    option C(pcc) of M(profitbricks.cloud.profitbricks_lan).
  - Needs version 5 or 6 of the API.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.profitbricks
  - profitbricks.cloud.profitbricks.reading
options:
  id:
    description:
      - Only the cross connect with this UUID.
    type: str
  name:
    description:
      - Only the cross connect with this name.
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
      - Maximum number of seconds that reading may take. If not set, the environment variable E(PROFITBRICKS_WAIT_TIMEOUT)
        is used, and without that V(600).
    type: int
  progress:
    description:
      - Whether to show what the task is waiting for, if it waits for longer than a second. If not set, the environment
        variable E(PROFITBRICKS_PROGRESS) is used, and without that it is shown. This only works if the task runs
        inside Ansible's own process, as it does on the controller with its own Python.
    type: bool
seealso:
  - module: profitbricks.cloud.profitbricks_pcc
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_everyday
    description: A playbook for each everyday job.
"""

EXAMPLES = r"""
---
- name: Read all cross connects with the LANs that they join
  profitbricks.cloud.profitbricks_pcc_info:
  register: found

- name: Read one cross connect
  profitbricks.cloud.profitbricks_pcc_info:
    name: backend
"""

RETURN = r"""
---
pccs:
  description:
    - The cross connects that were found.
  returned: success
  type: list
  elements: dict
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
"""

from ansible_collections.profitbricks.cloud.plugins.module_utils._info import run_info
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.behaviour.crossconnects import (
    PCCS,
)


def main() -> None:
    run_info(PCCS)


if __name__ == "__main__":
    main()
