#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: profitbricks_target_group
short_description: Create, change and delete target groups of the ProfitBricks cloud
version_added: 1.0.0
description:
  - Brings a target group into the state that the options describe, and does nothing if it is already in that state.
  - Options that are left out are neither sent nor compared.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.profitbricks
  - profitbricks.cloud.profitbricks.managing
options:
  state:
    description:
      - 'V(present): the target group exists and is as the options describe. Options that are left out are not changed.'
      - 'V(absent): the target group does not exist. Nothing happens if it, or the object it belongs to, is already
        gone.'
    type: str
    choices:
      - present
      - absent
    default: present
  id:
    description:
      - The UUID of the target group. Only needed to change its O(name).
    type: str
  name:
    description:
      - Name of the target group.
    type: str
  algorithm:
    description:
      - How to choose a target for each connection.
      - Needed to create one.
    type: str
    choices:
      - ROUND_ROBIN
      - LEAST_CONNECTION
      - RANDOM
      - SOURCE_IP
  protocol:
    description:
      - Protocol of the targets. A new group gets V(HTTP) by default.
    type: str
    choices:
      - HTTP
  protocol_version:
    description:
      - HTTP version of the targets.
    type: str
    choices:
      - HTTP1
      - HTTP2
  targets:
    description:
      - All targets that requests are forwarded to. What is left out of an existing one does not change.
    type: list
    elements: dict
    suboptions:
      ip:
        description:
          - Address of the target.
        type: str
        required: true
      port:
        description:
          - Port of the target.
        type: int
        required: true
      weight:
        description:
          - Its share of the traffic, relative to the weights of the other targets; V(0) gives it none.
        type: int
        required: true
      proxy_protocol:
        description:
          - Version of the proxy protocol, which tells the target where a connection comes from. The service defaults
            to V(none).
        type: str
        choices:
          - none
          - v1
          - v2
          - v2ssl
      health_check_enabled:
        description:
          - Whether to check the health of the target. The service defaults to V(true).
        type: bool
      maintenance_enabled:
        description:
          - Whether the target is under maintenance and gets no new requests. The service defaults to V(false).
        type: bool
  health_check:
    description:
      - How to check the health of the targets.
    type: dict
    suboptions:
      check_timeout:
        description:
          - How long a check may take, in milliseconds.
        type: int
      check_interval:
        description:
          - Time between two checks, in milliseconds.
        type: int
      retries:
        description:
          - How often to retry a connection to a target.
        type: int
  http_health_check:
    description:
      - The request that checks the health of a target.
    type: dict
    suboptions:
      path:
        description:
          - Path of the request.
        type: str
      method:
        description:
          - Method of the request.
        type: str
        choices:
          - HEAD
          - PUT
          - POST
          - GET
          - TRACE
          - PATCH
          - OPTIONS
      match_type:
        description:
          - Part of the response to compare.
        type: str
        required: true
        choices:
          - STATUS_CODE
          - RESPONSE_BODY
      response:
        description:
          - Value to compare it with, such as V(200).
        type: str
        required: true
      regex:
        description:
          - Whether it is a regular expression.
        type: bool
      negate:
        description:
          - Whether to negate the comparison.
        type: bool
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
seealso:
  - module: profitbricks.cloud.profitbricks_target_group_info
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_everyday
    description: A playbook for each everyday job.
"""

EXAMPLES = r"""
---
- name: Create a group of two servers for an application load balancer
  profitbricks.cloud.profitbricks_target_group:
    name: web
    algorithm: LEAST_CONNECTION
    protocol: HTTP
    targets:
      - ip: 10.7.222.11
        port: 8080
        weight: 1
      - ip: 10.7.222.12
        port: 8080
        weight: 1
    http_health_check:
      path: /health
      match_type: STATUS_CODE
      response: "200"

- name: Check their health more often
  profitbricks.cloud.profitbricks_target_group:
    name: web
    health_check:
      check_interval: 1000

- name: Delete the target group
  profitbricks.cloud.profitbricks_target_group:
    name: web
    state: absent
"""

RETURN = r"""
---
target_group:
  description:
    - The target group after the task, or in check mode as it would be, with V(null) for what only the service knows.
      V(null) if there is none.
  returned: success
  type: dict
  contains:
    id:
      description:
        - The UUID of the target group.
      returned: always
      type: str
      sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
    name:
      description:
        - Name of the target group.
      returned: always
      type: str
      sample: web
    algorithm:
      description:
        - How to choose a target for each connection.
      returned: always
      type: str
      sample: ROUND_ROBIN
    protocol:
      description:
        - Protocol of the targets.
      returned: always
      type: str
      sample: HTTP
    protocol_version:
      description:
        - HTTP version of the targets.
      returned: always
      type: str
      sample: HTTP1
    targets:
      description:
        - All targets that requests are forwarded to.
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
        health_check_enabled:
          description:
            - Whether to check the health of the target.
          returned: always
          type: bool
          sample: true
        maintenance_enabled:
          description:
            - Whether the target is under maintenance and gets no new requests.
          returned: always
          type: bool
          sample: false
    health_check:
      description:
        - How to check the health of the targets.
      returned: always
      type: dict
      contains:
        check_timeout:
          description:
            - How long a check may take, in milliseconds.
          returned: always
          type: int
          sample: 60000
        check_interval:
          description:
            - Time between two checks, in milliseconds.
          returned: always
          type: int
          sample: 2000
        retries:
          description:
            - How often to retry a connection to a target.
          returned: always
          type: int
          sample: 3
    http_health_check:
      description:
        - The request that checks the health of a target.
      returned: always
      type: dict
      contains:
        path:
          description:
            - Path of the request.
          returned: always
          type: str
          sample: /health
        method:
          description:
            - Method of the request.
          returned: always
          type: str
          sample: GET
        match_type:
          description:
            - Part of the response to compare.
          returned: always
          type: str
          sample: STATUS_CODE
        response:
          description:
            - Value to compare it with, such as V(200).
          returned: always
          type: str
          sample: '200'
        regex:
          description:
            - Whether it is a regular expression.
          returned: always
          type: bool
          sample: false
        negate:
          description:
            - Whether to negate the comparison.
          returned: always
          type: bool
          sample: false
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
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.behaviour.target_groups import (
    TARGET_GROUPS,
)


def main() -> None:
    run(TARGET_GROUPS)


if __name__ == "__main__":
    main()
