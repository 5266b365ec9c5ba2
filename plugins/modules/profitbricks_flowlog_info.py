#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: profitbricks_flowlog_info
short_description: Read flow logs of the ProfitBricks cloud
version_added: 1.0.0
description:
  - Returns the flow logs that match the options, or all of them without such options. If there is none, the list
    is empty.
  - A flow log records network traffic in a bucket of the object storage. Give O(server) and O(nic) for the flow
    log of a NIC, or O(nat_gateway), O(network_load_balancer) or O(application_load_balancer) for that of a gateway
    or load balancer.
  - An application load balancer that is given by name takes one more request.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.profitbricks
  - profitbricks.cloud.profitbricks.reading
options:
  datacenter:
    description:
      - Name or UUID of the data center of the server, the application load balancer, the NAT gateway or the network
        load balancer. It must exist.
    type: str
    required: true
  server:
    description:
      - Name or UUID of the server of the NIC. It must exist.
    type: str
  nic:
    description:
      - Name or UUID of the NIC of the flow log. It must exist.
    type: str
  application_load_balancer:
    description:
      - Name or UUID of the application load balancer of the flow log. It must exist.
    type: str
  nat_gateway:
    description:
      - Name or UUID of the NAT gateway of the flow log. It must exist.
    type: str
  network_load_balancer:
    description:
      - Name or UUID of the network load balancer of the flow log. It must exist.
    type: str
  id:
    description:
      - Only the flow log with this UUID.
    type: str
  name:
    description:
      - Only the flow log with this name.
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
attributes:
  action_group:
    membership:
      - profitbricks.cloud.all
      - profitbricks.cloud.datacenter
      - profitbricks.cloud.profitbricks
seealso:
  - module: profitbricks.cloud.profitbricks_flowlog
  - module: profitbricks.cloud.profitbricks_datacenter
  - module: profitbricks.cloud.profitbricks_server
  - module: profitbricks.cloud.profitbricks_nic
  - module: profitbricks.cloud.profitbricks_application_load_balancer
  - module: profitbricks.cloud.profitbricks_nat_gateway
  - module: profitbricks.cloud.profitbricks_network_load_balancer
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_everyday
    description: A playbook for each everyday job.
"""

EXAMPLES = r"""
---
- name: Read the flow log of a NIC
  profitbricks.cloud.profitbricks_flowlog_info:
    datacenter: shop
    server: web-01
    nic: public

- name: Read the flow log of a NAT gateway by name
  profitbricks.cloud.profitbricks_flowlog_info:
    datacenter: shop
    nat_gateway: way-out
    name: all
"""

RETURN = r"""
---
flowlogs:
  description:
    - The flow logs that were found.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description:
        - The UUID of the flow log.
      returned: always
      type: str
      sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
    name:
      description:
        - Name of the flow log.
      returned: always
      type: str
      sample: refused
    action:
      description:
        - Which packets to log.
      returned: always
      type: str
      sample: REJECTED
    direction:
      description:
        - Direction of the packets to log.
      returned: always
      type: str
      sample: INGRESS
    bucket:
      description:
        - Bucket of the object storage.
      returned: always
      type: str
      sample: shop-logs
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
    datacenter_id:
      description:
        - The UUID of the data center.
      returned: always
      type: str
      sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
    server_id:
      description:
        - The UUID of the server.
      returned: always
      type: str
      sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
    nic_id:
      description:
        - The UUID of the NIC.
      returned: always
      type: str
      sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
    application_load_balancer_id:
      description:
        - The UUID of the application load balancer.
      returned: always
      type: str
      sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
    nat_gateway_id:
      description:
        - The UUID of the NAT gateway.
      returned: always
      type: str
      sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
    network_load_balancer_id:
      description:
        - The UUID of the network load balancer.
      returned: always
      type: str
      sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
"""

from ansible_collections.profitbricks.cloud.plugins.module_utils._info import run_info
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.behaviour.flowlogs import (
    FLOWLOGS,
)


def main() -> None:
    run_info(FLOWLOGS)


if __name__ == "__main__":
    main()
