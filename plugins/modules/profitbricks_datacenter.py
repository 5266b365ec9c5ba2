#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: profitbricks_datacenter
short_description: Create, change and delete data centers of the ProfitBricks cloud
version_added: 1.0.0
description:
  - Brings a data center into the state that the options describe, and does nothing where it is so already.
  - Options that are left out are neither sent nor compared.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.profitbricks
  - profitbricks.cloud.profitbricks.managing
options:
  state:
    description:
      - 'V(present): the data center exists and is as the options say; options that are left out are left alone.'
      - 'V(absent): there is no such data center; nothing happens where it, or what it belongs to, is gone already.'
    type: str
    choices:
      - present
      - absent
    default: present
  id:
    description:
      - The UUID of the data center. Needed to change its O(name) only.
    type: str
  name:
    description:
      - Name of the data center.
    type: str
  description:
    description:
      - Description of the data center.
    type: str
  location:
    description:
      - Where the data center is, such as V(de/fra) or V(us/las); M(profitbricks.cloud.profitbricks_location_info)
        lists the locations.
      - It cannot be changed later.
      - Needed to create one.
    type: str
  sec_auth_protection:
    description:
      - Whether only users with two-factor login may work on it.
    type: bool
  force:
    description:
      - 'With O(state=absent): delete the data center even though it still holds something. Without it, the error
        lists what would be lost.'
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
        variable E(PROFITBRICKS_PROGRESS) is asked, and then it is told. Only where the task runs inside Ansible's
        own process, which is so on the controller with its own Python.
    type: bool
seealso:
  - module: profitbricks.cloud.profitbricks_datacenter_info
"""

EXAMPLES = r"""
---
- name: A data center in Frankfurt
  profitbricks.cloud.profitbricks_datacenter:
    name: shop
    location: de/fra
    description: Web shop, production
  register: shop

- name: Give it another name
  profitbricks.cloud.profitbricks_datacenter:
    id: "{{ shop.datacenter.id }}"
    name: store

- name: Delete it with all that it holds
  profitbricks.cloud.profitbricks_datacenter:
    name: store
    state: absent
    force: true
"""

RETURN = r"""
---
datacenter:
  description:
    - The data center as it is after the task; in check mode as it would be, with V(null) for what only the service
      knows. V(null) when there is none.
  returned: success
  type: dict
  contains:
    id:
      description:
        - The UUID of the data center.
      returned: always
      type: str
      sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
    name:
      description:
        - Name of the data center.
      returned: always
      type: str
      sample: shop
    description:
      description:
        - Description of the data center.
      returned: always
      type: str
      sample: Web shop, production
    location:
      description:
        - Where the data center is, such as V(de/fra) or V(us/las); M(profitbricks.cloud.profitbricks_location_info)
          lists the locations.
        - It cannot be changed later.
      returned: always
      type: str
      sample: de/fra
    sec_auth_protection:
      description:
        - Whether only users with two-factor login may work on it.
      returned: always
      type: bool
      sample: false
    version:
      description:
        - Grows with each change inside.
      returned: always
      type: int
      sample: 3
    features:
      description:
        - What the location offers.
      returned: always
      type: list
      elements: str
      sample:
        - SSD
        - MULTIPLE_CPU
    ipv6_cidr_block:
      description:
        - Block of IPv6 addresses of the data center.
      returned: always
      type: str
      sample: 2001:db8:1200::/56
    default_security_group_id:
      description:
        - Security group of servers that name none.
      returned: always
      type: str
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

from ansible_collections.profitbricks.cloud.plugins.module_utils.module import run
from ansible_collections.profitbricks.cloud.plugins.module_utils.profitbricks.kinds.datacenters import (
    DATACENTERS,
)


def main() -> None:
    run(DATACENTERS)


if __name__ == "__main__":
    main()
