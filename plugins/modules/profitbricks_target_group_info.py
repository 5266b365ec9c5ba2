#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: profitbricks_target_group_info
short_description: Read target groups of the ProfitBricks cloud
version_added: 1.0.0
description:
  - Returns the target groups that match the options, or all of them without such options. If there is none, the
    list is empty.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.profitbricks
  - profitbricks.cloud.profitbricks.reading
options:
  id:
    description:
      - Only the target group with this UUID.
    type: str
  name:
    description:
      - Only the target group with this name.
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
seealso:
  - module: profitbricks.cloud.profitbricks_target_group
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_everyday
    description: A playbook for each everyday job.
"""

EXAMPLES = r"""
---
- name: Read all target groups
  profitbricks.cloud.profitbricks_target_group_info:

- name: Read one target group
  profitbricks.cloud.profitbricks_target_group_info:
    name: web
"""

RETURN = r"""
---
target_groups:
  description:
    - The target groups that were found.
  returned: success
  type: list
  elements: dict
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
"""

from ansible_collections.profitbricks.cloud.plugins.module_utils._info import run_info
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.behaviour.target_groups import (
    TARGET_GROUPS,
)


def main() -> None:
    run_info(TARGET_GROUPS)


if __name__ == "__main__":
    main()
