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
  - Brings a target group into the state that the options describe, and does nothing where it is so already.
  - Options that are left out are neither sent nor compared.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.profitbricks
  - profitbricks.cloud.profitbricks.managing
options:
  state:
    description:
      - 'V(present): the target group exists and is as the options say; options that are left out are left alone.'
      - 'V(absent): there is no such target group; nothing happens where it, or what it belongs to, is gone already.'
    type: str
    choices:
      - present
      - absent
    default: present
  id:
    description:
      - The UUID of the target group. Needed to change its O(name) only.
    type: str
  name:
    description:
      - Name of the target group.
    type: str
  algorithm:
    description:
      - How a target is chosen for each connection.
      - Needed to create one.
    type: str
    choices:
      - ROUND_ROBIN
      - LEAST_CONNECTION
      - RANDOM
      - SOURCE_IP
  protocol:
    description:
      - Protocol that the targets speak.
      - Needed to create one.
    type: str
    choices:
      - HTTP
  protocol_version:
    description:
      - Version of HTTP that the targets speak.
    type: str
    choices:
      - HTTP1
      - HTTP2
  targets:
    description:
      - 'Where requests are forwarded to: all targets. What is left out of one that is there stays as it is.'
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
          - Its share of the traffic beside the other targets' weights; V(0) gives it none.
        type: int
        required: true
      proxy_protocol:
        description:
          - Version of the proxy protocol that tells the target where a connection comes from. The service takes
            V(none).
        type: str
        choices:
          - none
          - v1
          - v2
          - v2ssl
      health_check_enabled:
        description:
          - Whether the target's health is watched. The service takes V(true).
        type: bool
      maintenance_enabled:
        description:
          - Whether the target gets no new requests for now. The service takes V(false).
        type: bool
  health_check:
    description:
      - How the targets' health is watched.
    type: dict
    suboptions:
      check_timeout:
        description:
          - Longest time of one look in milliseconds.
        type: int
      check_interval:
        description:
          - Time between two looks in milliseconds.
        type: int
      retries:
        description:
          - How often a connection to a target is tried again.
        type: int
  http_health_check:
    description:
      - The request by which a target's health is looked at.
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
          - What of the answer is compared.
        type: str
        required: true
        choices:
          - STATUS_CODE
          - RESPONSE_BODY
      response:
        description:
          - What the answer is compared with, such as V(200).
        type: str
        required: true
      regex:
        description:
          - Whether it is a regular expression.
        type: bool
      negate:
        description:
          - Whether the opposite means health.
        type: bool
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
  - module: profitbricks.cloud.profitbricks_target_group_info
"""

EXAMPLES = r"""
---
- name: Two servers that an application load balancer may forward to
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

- name: Look at their health more often
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
    - The target group as it is after the task; in check mode as it would be, with V(null) for what only the service
      knows. V(null) when there is none.
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
        - How a target is chosen for each connection.
      returned: always
      type: str
      sample: ROUND_ROBIN
    protocol:
      description:
        - Protocol that the targets speak.
      returned: always
      type: str
      sample: HTTP
    protocol_version:
      description:
        - Version of HTTP that the targets speak.
      returned: always
      type: str
      sample: HTTP1
    targets:
      description:
        - 'Where requests are forwarded to: all targets. What is left out of one that is there stays as it is.'
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
            - Version of the proxy protocol that tells the target where a connection comes from. The service takes
              V(none).
          returned: always
          type: str
          sample: none
        health_check_enabled:
          description:
            - Whether the target's health is watched. The service takes V(true).
          returned: always
          type: bool
          sample: true
        maintenance_enabled:
          description:
            - Whether the target gets no new requests for now. The service takes V(false).
          returned: always
          type: bool
          sample: false
    health_check:
      description:
        - How the targets' health is watched.
      returned: always
      type: dict
      contains:
        check_timeout:
          description:
            - Longest time of one look in milliseconds.
          returned: always
          type: int
          sample: 60000
        check_interval:
          description:
            - Time between two looks in milliseconds.
          returned: always
          type: int
          sample: 2000
        retries:
          description:
            - How often a connection to a target is tried again.
          returned: always
          type: int
          sample: 3
    http_health_check:
      description:
        - The request by which a target's health is looked at.
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
            - What of the answer is compared.
          returned: always
          type: str
          sample: STATUS_CODE
        response:
          description:
            - What the answer is compared with, such as V(200).
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
            - Whether the opposite means health.
          returned: always
          type: bool
          sample: false
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
    TARGET_GROUPS,
)


def main() -> None:
    run(TARGET_GROUPS)


if __name__ == "__main__":
    main()
