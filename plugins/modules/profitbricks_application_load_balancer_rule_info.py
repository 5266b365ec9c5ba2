#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: profitbricks_application_load_balancer_rule_info
short_description: Read forwarding rules of the ProfitBricks cloud
version_added: 1.0.0
description:
  - Returns the forwarding rules that the options ask for; all of them without such options, and an empty list where
    there is none.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.profitbricks
  - profitbricks.cloud.profitbricks.reading
options:
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
  id:
    description:
      - Only the forwarding rule with this UUID.
    type: str
  name:
    description:
      - Only the forwarding rule with this name.
    type: str
seealso:
  - module: profitbricks.cloud.profitbricks_application_load_balancer_rule
"""

EXAMPLES = r"""
---
- name: All forwarding rules of a application load balancer
  profitbricks.cloud.profitbricks_application_load_balancer_rule_info:
    datacenter: shop
    application_load_balancer: front

- name: One rule
  profitbricks.cloud.profitbricks_application_load_balancer_rule_info:
    datacenter: shop
    application_load_balancer: front
    name: web
"""

RETURN = r"""
---
application_load_balancer_rules:
  description:
    - The forwarding rules that were found.
  returned: success
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
"""

from ansible_collections.profitbricks.cloud.plugins.module_utils._module import run_info
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.behaviour.balancing import (
    APPLICATION_LOAD_BALANCER_RULES,
)


def main() -> None:
    run_info(APPLICATION_LOAD_BALANCER_RULES)


if __name__ == "__main__":
    main()
