#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: profitbricks_application_load_balancer_rule
short_description: Create, change and delete forwarding rules of the ProfitBricks cloud
version_added: 1.0.0
description:
  - Brings a forwarding rule into the state that the options describe, and does nothing where it is so already.
  - Options that are left out are neither sent nor compared.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.profitbricks
  - profitbricks.cloud.profitbricks.managing
options:
  state:
    description:
      - 'V(present): the forwarding rule exists and is as the options say; options that are left out are left alone.'
      - 'V(absent): there is no such forwarding rule; nothing happens where it, or what it belongs to, is gone already.'
    type: str
    choices:
      - present
      - absent
    default: present
  id:
    description:
      - The UUID of the forwarding rule. Needed to change its O(name) only.
    type: str
  datacenter:
    description:
      - Name or UUID of the data center of the application load balancer. It must exist.
    type: str
    required: true
  application_load_balancer:
    description:
      - Name or UUID of the application load balancer of the forwarding rule. It must exist.
    type: str
    required: true
  name:
    description:
      - Name of the forwarding rule.
    type: str
  protocol:
    description:
      - Protocol that is balanced.
      - Needed to create one.
    type: str
    choices:
      - HTTP
  listener_ip:
    description:
      - 'Address at which it listens: one of the load balancer''s.'
      - Needed to create one.
    type: str
  listener_port:
    description:
      - Port at which it listens.
      - Needed to create one.
    type: int
  client_timeout:
    description:
      - Longest silence of a client in milliseconds.
    type: int
  server_certificates:
    description:
      - UUIDs of certificates of the provider's certificate manager; with any, TLS is spoken.
    type: list
    elements: str
  http_rules:
    description:
      - 'What is done with requests: all rules. What is left out of one that is there stays as it is. Rules of type
        V(FORWARD) are looked at after the others.'
    type: list
    elements: dict
    suboptions:
      name:
        description:
          - Name of the rule, unique in the list.
        type: str
        required: true
      type:
        description:
          - V(FORWARD) to a target group, V(STATIC) answer, or V(REDIRECT).
        type: str
        required: true
        choices:
          - FORWARD
          - STATIC
          - REDIRECT
      target_group:
        description:
          - Name or UUID of the target group, for V(FORWARD), which needs it. A name costs one request more.
        type: str
      drop_query:
        description:
          - Whether a V(REDIRECT) leaves the query out.
        type: bool
      location:
        description:
          - Where a V(REDIRECT) leads; it needs it.
        type: str
      status_code:
        description:
          - 'Status of a V(REDIRECT): 301, 302, 303, 307 or 308; or of a V(STATIC) answer: 200 to 599.'
        type: int
      response_message:
        description:
          - Text of a V(STATIC) answer; it needs it.
        type: str
      content_type:
        description:
          - Content type of a V(STATIC) answer.
        type: str
      conditions:
        description:
          - What a request must be for the rule to apply, in this order.
        type: list
        elements: dict
        suboptions:
          type:
            description:
              - What of a request is looked at.
            type: str
            required: true
            choices:
              - HEADER
              - PATH
              - QUERY
              - METHOD
              - HOST
              - COOKIE
              - SOURCE_IP
          condition:
            description:
              - How it is compared; not with C(type=SOURCE_IP).
            type: str
            choices:
              - EXISTS
              - CONTAINS
              - EQUALS
              - MATCHES
              - STARTS_WITH
              - ENDS_WITH
          negate:
            description:
              - Whether the opposite is meant.
            type: bool
          key:
            description:
              - Name of the header, cookie or query parameter, for these types only.
            type: str
          value:
            description:
              - What it is compared with; not for V(EXISTS), and a network in CIDR form for C(type=SOURCE_IP).
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
  - module: profitbricks.cloud.profitbricks_application_load_balancer_rule_info
"""

EXAMPLES = r"""
---
- name: Forward requests by their path, and send all others elsewhere
  profitbricks.cloud.profitbricks_application_load_balancer_rule:
    datacenter: shop
    application_load_balancer: front
    name: web
    protocol: HTTP
    listener_ip: "{{ balancer_address }}"
    listener_port: 80
    http_rules:
      - name: api
        type: FORWARD
        target_group: web
        conditions:
          - type: PATH
            condition: STARTS_WITH
            value: /api
      - name: elsewhere
        type: REDIRECT
        location: https://www.example.com
        status_code: 302

- name: Delete the rule
  profitbricks.cloud.profitbricks_application_load_balancer_rule:
    datacenter: shop
    application_load_balancer: front
    name: web
    state: absent
"""

RETURN = r"""
---
application_load_balancer_rule:
  description:
    - The forwarding rule as it is after the task; in check mode as it would be, with V(null) for what only the
      service knows. V(null) when there is none.
  returned: success
  type: dict
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
    protocol:
      description:
        - Protocol that is balanced.
      returned: always
      type: str
      sample: HTTP
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
    client_timeout:
      description:
        - Longest silence of a client in milliseconds.
      returned: always
      type: int
      sample: 50000
    server_certificates:
      description:
        - UUIDs of certificates of the provider's certificate manager; with any, TLS is spoken.
      returned: always
      type: list
      elements: str
      sample: []
    http_rules:
      description:
        - 'What is done with requests: all rules. What is left out of one that is there stays as it is. Rules of
          type V(FORWARD) are looked at after the others.'
      returned: always
      type: list
      elements: dict
      contains:
        name:
          description:
            - Name of the rule, unique in the list.
          returned: always
          type: str
          sample: api
        type:
          description:
            - V(FORWARD) to a target group, V(STATIC) answer, or V(REDIRECT).
          returned: always
          type: str
          sample: FORWARD
        target_group:
          description:
            - Name or UUID of the target group, for V(FORWARD), which needs it. A name costs one request more.
          returned: always
          type: str
          sample: 5a029f4a-72e5-11ec-90d6-0242ac120003
        drop_query:
          description:
            - Whether a V(REDIRECT) leaves the query out.
          returned: always
          type: bool
        location:
          description:
            - Where a V(REDIRECT) leads; it needs it.
          returned: always
          type: str
        status_code:
          description:
            - 'Status of a V(REDIRECT): 301, 302, 303, 307 or 308; or of a V(STATIC) answer: 200 to 599.'
          returned: always
          type: int
        response_message:
          description:
            - Text of a V(STATIC) answer; it needs it.
          returned: always
          type: str
        content_type:
          description:
            - Content type of a V(STATIC) answer.
          returned: always
          type: str
        conditions:
          description:
            - What a request must be for the rule to apply, in this order.
          returned: always
          type: list
          elements: dict
          contains:
            type:
              description:
                - What of a request is looked at.
              returned: always
              type: str
              sample: PATH
            condition:
              description:
                - How it is compared; not with C(type=SOURCE_IP).
              returned: always
              type: str
              sample: STARTS_WITH
            negate:
              description:
                - Whether the opposite is meant.
              returned: always
              type: bool
              sample: false
            key:
              description:
                - Name of the header, cookie or query parameter, for these types only.
              returned: always
              type: str
            value:
              description:
                - What it is compared with; not for V(EXISTS), and a network in CIDR form for C(type=SOURCE_IP).
              returned: always
              type: str
              sample: /api
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
    application_load_balancer_id:
      description:
        - The UUID of the application load balancer.
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
    APPLICATION_LOAD_BALANCER_RULES,
)


def main() -> None:
    run(APPLICATION_LOAD_BALANCER_RULES)


if __name__ == "__main__":
    main()
