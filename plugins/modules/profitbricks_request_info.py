#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: profitbricks_request_info
short_description: Read requests to the ProfitBricks cloud, and wait for them
version_added: 1.0.0
description:
  - Returns the requests that match the options, or all of them without such options. If there is none, the list
    is empty.
  - The service accepts a change first and carries it out later; the request shows its progress. With O(wait), one
    task waits for everything that other tasks have started without waiting.
  - Only requests made by the user that the task logs in as are listed. Their bodies and headers, which may contain
    passwords, are not returned.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.profitbricks
  - profitbricks.cloud.profitbricks.reading
options:
  id:
    description:
      - UUIDs of the requests to read, such as the C(request_id) that a task with C(wait=false) returned. An unknown
        one is left out of the result, or is an error with O(wait).
      - The other filters do not apply then.
    type: list
    elements: str
  status:
    description:
      - Only requests with this status.
    type: str
    choices:
      - QUEUED
      - RUNNING
      - DONE
      - FAILED
  created_after:
    description:
      - Only requests made after this time, such as V(2026-11-02T09:17:01Z), in UTC unless it has a time zone.
    type: str
  created_before:
    description:
      - Only requests made before this time, in the same format.
    type: str
  resource:
    description:
      - Only requests for the object with this id, as a target or in their path.
    type: str
  limit:
    description:
      - How many of the newest to return at most, by default all.
    type: int
  wait:
    description:
      - Whether to wait until all requests that were found are finished. They are polled together. If one of them
        has failed, the task fails, and says which one and why.
    type: bool
    default: false
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
  filters:
    description:
      - Only objects whose results have these values, as a dictionary with keys such as C(state). Case does not
        matter; in a list, one matching element is enough.
    type: dict
seealso:
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_waiting
    description: Waiting for one or many requests.
"""

EXAMPLES = r"""
---
- name: Create three servers without waiting for each
  profitbricks.cloud.profitbricks_server:
    datacenter: shop
    name: "{{ item }}"
    cores: 2
    ram: 2048
    wait: false
  loop:
    - web-01
    - web-02
    - web-03
  register: created

- name: Wait for all of them together, and fail if one has failed
  profitbricks.cloud.profitbricks_request_info:
    id: "{{ created.results | map(attribute='request_id') | select }}"
    wait: true
    wait_timeout: 900

- name: Find out what failed in November, and why
  profitbricks.cloud.profitbricks_request_info:
    status: FAILED
    created_after: "2026-11-01T00:00:00Z"
    created_before: "2026-12-01T00:00:00Z"

- name: Read the last changes to one server
  profitbricks.cloud.profitbricks_request_info:
    resource: "{{ created.results[0].server.id }}"
    limit: 10
"""

RETURN = r"""
---
requests:
  description:
    - The requests that were found.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description:
        - The UUID of the request.
      returned: always
      type: str
      sample: a8ab2a48-1a7e-4d2c-9c3e-0a4d6f0f2f3a
    status:
      description:
        - 'Status of the request: V(QUEUED), V(RUNNING), V(DONE) or V(FAILED).'
      returned: always
      type: str
      sample: DONE
    message:
      description:
        - Message of the service about the outcome, such as why the request failed; V(null) before that.
      returned: always
      type: str
      sample: Request has been successfully executed
    method:
      description:
        - HTTP method of the call.
      returned: always
      type: str
      sample: POST
    url:
      description:
        - URL of the call.
      returned: always
      type: str
      sample: https://api.ionos.com/cloudapi/v6/datacenters
    targets:
      description:
        - The objects that the request concerns.
      returned: always
      type: list
      elements: dict
      contains:
        id:
          description:
            - Id of the object.
          returned: always
          type: str
          sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
        type:
          description:
            - Kind of the object.
          returned: always
          type: str
          sample: datacenter
        status:
          description:
            - Status, as that of the request.
          returned: always
          type: str
          sample: DONE
    created_date:
      description:
        - When the service accepted it, in UTC.
      returned: always
      type: str
      sample: '2026-11-02T09:17:01Z'
    created_by:
      description:
        - Who made it.
      returned: always
      type: str
      sample: demo@example.com
"""

from ansible_collections.profitbricks.cloud.plugins.module_utils._info import run_info
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.behaviour.account import (
    REQUESTS,
)


def main() -> None:
    run_info(REQUESTS)


if __name__ == "__main__":
    main()
