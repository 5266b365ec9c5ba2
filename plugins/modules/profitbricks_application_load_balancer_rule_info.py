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
  - Returns the forwarding rules that match the options, or all of them without such options. If there is none,
    the list is empty.
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
  - module: profitbricks.cloud.profitbricks_application_load_balancer_rule
  - module: profitbricks.cloud.profitbricks_datacenter
  - module: profitbricks.cloud.profitbricks_application_load_balancer
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_everyday
    description: A playbook for each everyday job.
"""

EXAMPLES = r"""
---
- name: Read all forwarding rules of an application load balancer
  profitbricks.cloud.profitbricks_application_load_balancer_rule_info:
    datacenter: shop
    application_load_balancer: front

- name: Read one rule
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
"""

from ansible_collections.profitbricks.cloud.plugins.module_utils._info import run_info
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.behaviour.balancing import (
    APPLICATION_LOAD_BALANCER_RULES,
)


def main() -> None:
    run_info(APPLICATION_LOAD_BALANCER_RULES)


if __name__ == "__main__":
    main()
