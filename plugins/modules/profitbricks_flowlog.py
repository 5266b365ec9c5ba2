#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: profitbricks_flowlog
short_description: Create, change and delete flow logs of the ProfitBricks cloud
version_added: 1.0.0
description:
  - Brings a flow log into the state that the options describe, and does nothing if it is already in that state.
  - Options that are left out are neither sent nor compared.
  - A flow log records network traffic in a bucket of the object storage. Give O(server) and O(nic) for the flow
    log of a NIC, or O(nat_gateway), O(network_load_balancer) or O(application_load_balancer) for that of a gateway
    or load balancer.
  - An application load balancer that is given by name takes one more request.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.profitbricks
  - profitbricks.cloud.profitbricks.managing
options:
  state:
    description:
      - 'V(present): the flow log exists and is as the options describe. Options that are left out are not changed.'
      - 'V(absent): the flow log does not exist. Nothing happens if it, or the object it belongs to, is already
        gone.'
    type: str
    choices:
      - present
      - absent
    default: present
  id:
    description:
      - The UUID of the flow log. Only needed to change its O(name).
    type: str
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
  name:
    description:
      - Name of the flow log.
    type: str
  action:
    description:
      - Which packets to log. It cannot be changed later.
      - Needed to create one.
    type: str
    choices:
      - ACCEPTED
      - REJECTED
      - ALL
  direction:
    description:
      - Direction of the packets to log. It cannot be changed later.
      - Needed to create one.
    type: str
    choices:
      - INGRESS
      - EGRESS
      - BIDIRECTIONAL
  bucket:
    description:
      - Bucket of the object storage, which must exist. It cannot be changed later.
      - Needed to create one.
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
  action_group:
    membership:
      - profitbricks.cloud.all
      - profitbricks.cloud.datacenter
      - profitbricks.cloud.profitbricks
seealso:
  - module: profitbricks.cloud.profitbricks_flowlog_info
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
- name: Log what a NIC rejects
  profitbricks.cloud.profitbricks_flowlog:
    datacenter: shop
    server: web-01
    nic: public
    name: refused
    action: REJECTED
    direction: INGRESS
    bucket: shop-logs

- name: Log all traffic of a NAT gateway
  profitbricks.cloud.profitbricks_flowlog:
    datacenter: shop
    nat_gateway: way-out
    name: all
    action: ALL
    direction: BIDIRECTIONAL
    bucket: shop-logs

- name: Stop logging at the NIC
  profitbricks.cloud.profitbricks_flowlog:
    datacenter: shop
    server: web-01
    nic: public
    name: refused
    state: absent
"""

RETURN = r"""
---
flowlog:
  description:
    - The flow log after the task, or in check mode as it would be, with V(null) for what only the service knows.
      V(null) if there is none.
  returned: success
  type: dict
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
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.behaviour.flowlogs import (
    FLOWLOGS,
)


def main() -> None:
    run(FLOWLOGS)


if __name__ == "__main__":
    main()
