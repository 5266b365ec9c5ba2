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
  - Brings a network load balancer into the state that the options describe, and does nothing where it is so already.
  - Options that are left out are neither sent nor compared.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.profitbricks
  - profitbricks.cloud.profitbricks.managing
options:
  state:
    description:
      - 'V(present): the network load balancer exists and is as the options say; options that are left out are left
        alone.'
      - 'V(absent): there is no such network load balancer; nothing happens where it, or what it belongs to, is
        gone already.'
    type: str
    choices:
      - present
      - absent
    default: present
  id:
    description:
      - The UUID of the network load balancer. Needed to change its O(name) only.
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
      - Name or number of the LAN in which it listens.
      - Needed to create one.
    type: str
  target_lan:
    description:
      - Name or number of the private LAN to which it forwards.
      - Needed to create one.
    type: str
  ips:
    description:
      - 'Addresses at which it listens: reserved ones in a public LAN, others in a private one.'
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
      - Whether it logs to the provider's central logging.
    type: bool
  logging_format:
    description:
      - Format of the lines that are logged.
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
  - module: profitbricks.cloud.profitbricks_network_load_balancer_info
"""

EXAMPLES = r"""
---
- name: Reserve an address
  profitbricks.cloud.profitbricks_ipblock:
    name: front
    location: de/fra
    size: 1
  register: reserved

- name: Balance from the public LAN into the private one
  profitbricks.cloud.profitbricks_network_load_balancer:
    datacenter: shop
    name: front
    listener_lan: public
    target_lan: private
    ips: "{{ reserved.ipblock.ips }}"

- name: Log what it does
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
    - The network load balancer as it is after the task; in check mode as it would be, with V(null) for what only
      the service knows. V(null) when there is none.
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
        - Name or number of the LAN in which it listens.
      returned: always
      type: int
      sample: 2
    target_lan:
      description:
        - Name or number of the private LAN to which it forwards.
      returned: always
      type: int
      sample: 2
    ips:
      description:
        - 'Addresses at which it listens: reserved ones in a public LAN, others in a private one.'
      returned: always
      type: list
      elements: str
      sample:
        - 203.0.113.10
    lb_private_ips:
      description:
        - Its addresses in the C(target_lan). Private addresses with their subnet, such as V(10.7.222.225/24). The
          service chooses one in a free subnet.
      returned: always
      type: list
      elements: str
      sample:
        - 10.7.222.225/24
    central_logging:
      description:
        - Whether it logs to the provider's central logging.
      returned: always
      type: bool
      sample: false
    logging_format:
      description:
        - Format of the lines that are logged.
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
            - How a target is chosen for each connection.
          returned: always
          type: str
          sample: ROUND_ROBIN
        protocol:
          description:
            - 'Protocol that is balanced: V(TCP); the service lists V(HTTP) too.'
          returned: always
          type: str
          sample: TCP
        listener_ip:
          description:
            - 'Address at which it listens: one of the load balancer''s.'
          returned: always
          type: str
          sample: 203.0.113.10
        listener_port:
          description:
            - Port at which it listens.
          returned: always
          type: int
          sample: 80
        targets:
          description:
            - 'Where connections are forwarded to: all targets. What is left out of one that is there stays as it
              is.'
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
                - Its share of the traffic beside the other targets' weights; V(0) gives it none.
              returned: always
              type: int
              sample: 1
            proxy_protocol:
              description:
                - Version of the proxy protocol that tells the target where a connection comes from. The service
                  takes V(none).
              returned: always
              type: str
              sample: none
            health_check:
              description:
                - How the target's health is watched.
              returned: always
              type: dict
              contains:
                check:
                  description:
                    - Whether it is watched.
                  returned: always
                  type: bool
                  sample: true
                check_interval:
                  description:
                    - Time between two looks in milliseconds.
                  returned: always
                  type: int
                  sample: 2000
                maintenance:
                  description:
                    - Whether the target gets no new connections for now.
                  returned: always
                  type: bool
                  sample: false
        health_check:
          description:
            - How long things may last.
          returned: always
          type: dict
          contains:
            client_timeout:
              description:
                - Longest silence of a client in milliseconds.
              returned: always
              type: int
              sample: 50000
            connect_timeout:
              description:
                - Longest time to connect to a target in milliseconds.
              returned: always
              type: int
              sample: 5000
            target_timeout:
              description:
                - Longest silence of a target in milliseconds.
              returned: always
              type: int
              sample: 50000
            retries:
              description:
                - How often a connection to a target is tried again.
              returned: always
              type: int
              sample: 3
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
        network_load_balancer_id:
          description:
            - The UUID of the network load balancer.
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

from ansible_collections.profitbricks.cloud.plugins.module_utils._module import run
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.behaviour.balancing import (
    NETWORK_LOAD_BALANCERS,
)


def main() -> None:
    run(NETWORK_LOAD_BALANCERS)


if __name__ == "__main__":
    main()
