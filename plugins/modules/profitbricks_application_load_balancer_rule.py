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
  - Brings a forwarding rule into the state that the options describe, and does nothing if it is already in that
    state.
  - Options that are left out are neither sent nor compared.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.profitbricks
  - profitbricks.cloud.profitbricks.managing
options:
  state:
    description:
      - 'V(present): the forwarding rule exists and is as the options describe. Options that are left out are not
        changed.'
      - 'V(absent): the forwarding rule does not exist. Nothing happens if it, or the object it belongs to, is already
        gone.'
    type: str
    choices:
      - present
      - absent
    default: present
  id:
    description:
      - The UUID of the forwarding rule. Only needed to change its O(name).
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
      - Protocol of the requests. A new rule gets V(HTTP) by default.
    type: str
    choices:
      - HTTP
  listener_ip:
    description:
      - 'Address on which it listens, one of the load balancer''s. An address from a reserved block can also be
        given by its position: V(web.0) is the first address of the IP block web.'
      - Needed to create one.
    type: str
  listener_port:
    description:
      - Port on which it listens.
      - Needed to create one.
    type: int
  client_timeout:
    description:
      - How long a client may be idle, in milliseconds.
    type: int
  server_certificates:
    description:
      - UUIDs of certificates in the provider's certificate manager. If there are any, the rule uses TLS.
    type: list
    elements: str
  http_rules:
    description:
      - All rules for requests. What is left out of an existing one does not change. Rules of type V(FORWARD) are
        evaluated after the others.
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
          - 'Action of the rule: V(FORWARD) to a target group, return a V(STATIC) response, or V(REDIRECT).'
        type: str
        required: true
        choices:
          - FORWARD
          - STATIC
          - REDIRECT
      target_group:
        description:
          - Name or UUID of the target group; needed with V(FORWARD). A name takes one more request.
        type: str
      drop_query:
        description:
          - Whether a V(REDIRECT) drops the query string.
        type: bool
      location:
        description:
          - URL that a V(REDIRECT) leads to; needed with it.
        type: str
      status_code:
        description:
          - Status code of a V(REDIRECT), which is 301, 302, 303, 307 or 308, or of a V(STATIC) response, from 200
            to 599.
        type: int
      response_message:
        description:
          - Body of a V(STATIC) response; needed with it.
        type: str
      content_type:
        description:
          - Content type of a V(STATIC) response.
        type: str
      conditions:
        description:
          - Conditions for the rule to apply, in this order.
        type: list
        elements: dict
        suboptions:
          type:
            description:
              - Part of the request to look at.
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
              - How to compare it; not with C(type=SOURCE_IP).
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
              - Whether to negate the condition.
            type: bool
          key:
            description:
              - Name of the header, cookie or query parameter; only with these types.
            type: str
          value:
            description:
              - Value to compare it with; not with V(EXISTS), and a network in CIDR notation with C(type=SOURCE_IP).
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
  - module: profitbricks.cloud.profitbricks_application_load_balancer_rule_info
  - module: profitbricks.cloud.profitbricks_datacenter
  - module: profitbricks.cloud.profitbricks_application_load_balancer
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_everyday
    description: A playbook for each everyday job.
"""

EXAMPLES = r"""
---
- name: Forward requests by path, and redirect all others
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
    - The forwarding rule after the task, or in check mode as it would be, with V(null) for what only the service
      knows. V(null) if there is none.
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
        - Protocol of the requests.
      returned: always
      type: str
      sample: HTTP
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
    client_timeout:
      description:
        - How long a client may be idle, in milliseconds.
      returned: always
      type: int
      sample: 50000
    server_certificates:
      description:
        - UUIDs of certificates in the provider's certificate manager. If there are any, the rule uses TLS.
      returned: always
      type: list
      elements: str
      sample: []
    http_rules:
      description:
        - All rules for requests. Rules of type V(FORWARD) are evaluated after the others.
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
            - 'Action of the rule: V(FORWARD) to a target group, return a V(STATIC) response, or V(REDIRECT).'
          returned: always
          type: str
          sample: FORWARD
        target_group:
          description:
            - UUID of the target group.
          returned: always
          type: str
          sample: 5a029f4a-72e5-11ec-90d6-0242ac120003
        drop_query:
          description:
            - Whether a V(REDIRECT) drops the query string.
          returned: always
          type: bool
        location:
          description:
            - URL that a V(REDIRECT) leads to.
          returned: always
          type: str
        status_code:
          description:
            - Status code of a V(REDIRECT), which is 301, 302, 303, 307 or 308, or of a V(STATIC) response, from
              200 to 599.
          returned: always
          type: int
        response_message:
          description:
            - Body of a V(STATIC) response.
          returned: always
          type: str
        content_type:
          description:
            - Content type of a V(STATIC) response.
          returned: always
          type: str
        conditions:
          description:
            - Conditions for the rule to apply, in this order.
          returned: always
          type: list
          elements: dict
          contains:
            type:
              description:
                - Part of the request to look at.
              returned: always
              type: str
              sample: PATH
            condition:
              description:
                - How to compare it.
              returned: always
              type: str
              sample: STARTS_WITH
            negate:
              description:
                - Whether to negate the condition.
              returned: always
              type: bool
              sample: false
            key:
              description:
                - Name of the header, cookie or query parameter; only with these types.
              returned: always
              type: str
            value:
              description:
                - Value to compare it with.
              returned: always
              type: str
              sample: /api
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
    application_load_balancer_id:
      description:
        - The UUID of the application load balancer.
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
    APPLICATION_LOAD_BALANCER_RULES,
)


def main() -> None:
    run(APPLICATION_LOAD_BALANCER_RULES)


if __name__ == "__main__":
    main()
