#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: profitbricks_lan_info
short_description: Read LANs of the ProfitBricks cloud
version_added: 1.0.0
description:
  - Returns the LANs that the options ask for; all of them without such options, and an empty list where there is
    none.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.profitbricks
  - profitbricks.cloud.profitbricks.reading
options:
  datacenter:
    description:
      - Name or UUID of the data center of the LAN. It must exist.
    type: str
    required: true
  id:
    description:
      - Only the LAN with this number.
    type: str
  name:
    description:
      - Only the LAN with this name.
    type: str
seealso:
  - module: profitbricks.cloud.profitbricks_lan
"""

EXAMPLES = r"""
---
- name: All LANs of a data center
  profitbricks.cloud.profitbricks_lan_info:
    datacenter: shop

- name: One LAN
  profitbricks.cloud.profitbricks_lan_info:
    datacenter: shop
    name: public
"""

RETURN = r"""
---
lans:
  description:
    - The LANs that were found.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description:
        - The number of the LAN.
      returned: always
      type: str
      sample: '1'
    name:
      description:
        - Name of the LAN.
      returned: always
      type: str
      sample: public
    public:
      description:
        - Whether the LAN is connected to the internet. The service takes V(false).
      returned: always
      type: bool
      sample: true
    ip_failover:
      description:
        - IP failover groups, as a set. Each NIC must already own the reserved address, and the LAN be public.
      returned: always
      type: list
      elements: dict
      contains:
        ip:
          description:
            - Reserved address that moves on failure.
          returned: always
          type: str
          sample: 203.0.113.40
        nic_id:
          description:
            - UUID of the NIC that owns the address at first.
          returned: always
          type: str
          sample: d9b9a5c8-7b8a-4e0b-8a8f-5c8f2a9f5b7a
    pcc:
      description:
        - UUID of the cross connect that the private LAN joins; an empty string leaves it.
      returned: always
      type: str
    ipv6_cidr_block:
      description:
        - IPv6 network of the LAN, a C(/64) inside the one of the data center; V(AUTO) leaves the choice to the
          service, an empty string takes it away.
      returned: always
      type: str
    ipv4_cidr_block:
      description:
        - IPv4 network of a private LAN.
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
    datacenter_id:
      description:
        - The UUID of the data center.
      returned: always
      type: str
      sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
    nics:
      description:
        - UUIDs of the NICs in the LAN.
      returned: always
      type: list
      elements: str
      sample: []
"""

from ansible_collections.profitbricks.cloud.plugins.module_utils.module import run_info
from ansible_collections.profitbricks.cloud.plugins.module_utils.profitbricks.kinds.lans import LANS


def main() -> None:
    run_info(LANS)


if __name__ == "__main__":
    main()
