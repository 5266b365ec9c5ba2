#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: profitbricks_network_load_balancer
short_description: Create, change and delete network load balancers of the ProfitBricks cloud
version_added: 1.0.0
description:
  - Brings a network load balancer into the state that the options describe, and does nothing if it is already in
    that state.
  - Options that are left out are neither sent nor compared.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.profitbricks
  - profitbricks.cloud.profitbricks.managing
options:
  state:
    description:
      - 'V(present): the network load balancer exists and is as the options describe. Options that are left out
        are not changed.'
      - 'V(absent): the network load balancer does not exist. Nothing happens if it, or the object it belongs to,
        is already gone.'
    type: str
    choices:
      - present
      - absent
    default: present
  id:
    description:
      - The UUID of the network load balancer. Only needed to change its O(name).
    type: str
  datacenter:
    description:
      - Name or UUID of the data center of the network load balancer. It must exist.
    type: str
    required: true
  name:
    description:
      - Name of the network load balancer.
    type: str
  listener_lan:
    description:
      - Name or number of the LAN on which it listens.
      - Needed to create one.
    type: str
  target_lan:
    description:
      - Name or number of the private LAN that it forwards to.
      - Needed to create one.
    type: str
  ips:
    description:
      - 'Addresses on which it listens: reserved ones in a public LAN, private ones in a private LAN. An address
        from a reserved block can also be given by its position: V(web.0) is the first address of the IP block web.'
    type: list
    elements: str
  lb_private_ips:
    description:
      - Its addresses in the O(target_lan). Private addresses with their subnet, such as V(10.7.222.225/24). The
        service chooses one in a free subnet.
    type: list
    elements: str
  central_logging:
    description:
      - Whether it logs to the provider's central logging service.
    type: bool
  logging_format:
    description:
      - Format of the log lines.
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
  - module: profitbricks.cloud.profitbricks_network_load_balancer_info
  - module: profitbricks.cloud.profitbricks_datacenter
  - module: profitbricks.cloud.profitbricks_flowlog
  - module: profitbricks.cloud.profitbricks_network_load_balancer_rule
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_everyday
    description: A playbook for each everyday job.
"""

EXAMPLES = r"""
---
- name: Reserve an address
  profitbricks.cloud.profitbricks_ipblock:
    name: front
    location: de/fra
    size: 1
  register: reserved

- name: Create a load balancer from the public LAN to the private one
  profitbricks.cloud.profitbricks_network_load_balancer:
    datacenter: shop
    name: front
    listener_lan: public
    target_lan: private
    ips: "{{ reserved.ipblock.ips }}"

- name: Switch its logging on
  profitbricks.cloud.profitbricks_network_load_balancer:
    datacenter: shop
    name: front
    central_logging: true

- name: Delete it
  profitbricks.cloud.profitbricks_network_load_balancer:
    datacenter: shop
    name: front
    state: absent
"""

RETURN = r"""
---
network_load_balancer:
  description:
    - The network load balancer after the task, or in check mode as it would be, with V(null) for what only the
      service knows. V(null) if there is none.
  returned: success
  type: dict
  contains:
    id:
      description:
        - The UUID of the network load balancer.
      returned: always
      type: str
      sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
    name:
      description:
        - Name of the network load balancer.
      returned: always
      type: str
      sample: front
    listener_lan:
      description:
        - Number of the LAN on which it listens.
      returned: always
      type: int
      sample: 2
    target_lan:
      description:
        - Number of the private LAN that it forwards to.
      returned: always
      type: int
      sample: 2
    ips:
      description:
        - 'Addresses on which it listens: reserved ones in a public LAN, private ones in a private LAN.'
      returned: always
      type: list
      elements: str
      sample:
        - 203.0.113.10
    lb_private_ips:
      description:
        - Its addresses in the C(target_lan). Private addresses with their subnet, such as V(10.7.222.225/24).
      returned: always
      type: list
      elements: str
      sample:
        - 10.7.222.225/24
    central_logging:
      description:
        - Whether it logs to the provider's central logging service.
      returned: always
      type: bool
      sample: false
    logging_format:
      description:
        - Format of the log lines.
      returned: always
      type: str
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
    forwarding_rules:
      description:
        - Forwarding rules of the network load balancer.
      returned: always
      type: list
      elements: dict
      contains:
        id:
          description:
            - The UUID of the forwarding rule.
          returned: always
          type: str
          sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
        name:
          description:
            - Name of the forwarding rule.
          returned: always
          type: str
          sample: https
        algorithm:
          description:
            - How to choose a target for each connection.
          returned: always
          type: str
          sample: ROUND_ROBIN
        protocol:
          description:
            - Protocol of the connections, V(TCP); the service also lists V(HTTP).
          returned: always
          type: str
          sample: TCP
        listener_ip:
          description:
            - Address on which it listens, one of the load balancer's.
          returned: always
          type: str
          sample: 203.0.113.10
        listener_port:
          description:
            - Port on which it listens.
          returned: always
          type: int
          sample: 80
        targets:
          description:
            - All targets that connections are forwarded to.
          returned: always
          type: list
          elements: dict
          contains:
            ip:
              description:
                - Address of the target.
              returned: always
              type: str
              sample: 10.7.222.11
            port:
              description:
                - Port of the target.
              returned: always
              type: int
              sample: 8080
            weight:
              description:
                - Its share of the traffic, relative to the weights of the other targets; V(0) gives it none.
              returned: always
              type: int
              sample: 1
            proxy_protocol:
              description:
                - Version of the proxy protocol, which tells the target where a connection comes from.
              returned: always
              type: str
              sample: none
            health_check:
              description:
                - How to check the health of the target.
              returned: always
              type: dict
              contains:
                check:
                  description:
                    - Whether to check its health.
                  returned: always
                  type: bool
                  sample: true
                check_interval:
                  description:
                    - Time between two checks, in milliseconds.
                  returned: always
                  type: int
                  sample: 2000
                maintenance:
                  description:
                    - Whether the target is under maintenance and gets no new connections.
                  returned: always
                  type: bool
                  sample: false
        health_check:
          description:
            - Timeouts and retries.
          returned: always
          type: dict
          contains:
            client_timeout:
              description:
                - How long a client may be idle, in milliseconds.
              returned: always
              type: int
              sample: 50000
            connect_timeout:
              description:
                - How long connecting to a target may take, in milliseconds.
              returned: always
              type: int
              sample: 5000
            target_timeout:
              description:
                - How long a target may be idle, in milliseconds.
              returned: always
              type: int
              sample: 50000
            retries:
              description:
                - How often to retry a connection to a target.
              returned: always
              type: int
              sample: 3
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
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.behaviour.balancing import (
    NETWORK_LOAD_BALANCERS,
)


def main() -> None:
    run(NETWORK_LOAD_BALANCERS)


if __name__ == "__main__":
    main()
