#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: netfoundry_request_info
short_description: Read requests to the NetFoundry platform, and wait for them
version_added: 1.0.0
description:
  - Returns the requests that match the options, or all of them without such options. If there is none, the list
    is empty.
  - The platform accepts a change at once and applies it later; a request shows its progress. With O(wait), one
    task waits for all changes that earlier tasks started without waiting.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.netfoundry
  - profitbricks.cloud.netfoundry.reading
options:
  id:
    description:
      - UUIDs of the requests to read, such as the C(request_id) that a task with C(wait=false) returned. An unknown
        one is left out of the result, or is an error with O(wait).
      - O(status), O(resource) and O(limit) do not apply then.
    type: list
    elements: str
  organization:
    description:
      - Label, name or UUID of the organization of the network. If not set, the environment variable E(NETFOUNDRY_ORGANIZATION)
        is used.
    type: str
  network_group:
    description:
      - Short name, name or UUID of the network group of the network. If not set, the environment variable E(NETFOUNDRY_NETWORK_GROUP)
        is used.
    type: str
  network:
    description:
      - Name or UUID of the network whose requests to read. Needed unless O(id) is given. It takes the platform
        a few seconds to list a request that it has just accepted. If not set, the environment variable E(NETFOUNDRY_NETWORK)
        is used.
    type: str
  status:
    description:
      - Only requests with this status.
    type: str
    choices:
      - NEW
      - STARTED
      - RUNNING
      - FINISHED
      - SUCCESS
      - FAILED
  resource:
    description:
      - Only requests for the object with this UUID.
    type: str
  limit:
    description:
      - Maximum number of requests to return, the newest ones. By default, all.
    type: int
  wait:
    description:
      - Whether to wait until all requests found have finished. They are polled together. If any of them fails,
        the task fails and names it.
    type: bool
    default: false
  wait_timeout:
    description:
      - Maximum number of seconds that the task may take, from its first request to its last. The service continues
        with whatever is not finished by then. If not set, the environment variable E(NETFOUNDRY_WAIT_TIMEOUT) is
        used, and without that V(600).
    type: int
  progress:
    description:
      - Whether to show what the task is waiting for, if it waits for longer than a second. If not set, the environment
        variable E(NETFOUNDRY_PROGRESS) is used, and without that it is shown. This only works if the task runs
        inside Ansible's own process, as it does on the controller with its own Python.
    type: bool
  filters:
    description:
      - Only objects whose results have these values, as a dictionary with keys such as C(state). Case does not
        matter; in a list, one matching element is enough.
    type: dict
attributes:
  action_group:
    membership:
      - profitbricks.cloud.all
      - profitbricks.cloud.netfoundry
      - profitbricks.cloud.network
seealso:
  - module: profitbricks.cloud.netfoundry_network
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_waiting
    description: Waiting for one or many requests.
"""

EXAMPLES = r"""
---
- name: Create three endpoints without waiting for each
  profitbricks.cloud.netfoundry_endpoint:
    network: ACME Net
    name: "{{ item }}"
    wait: false
  loop:
    - web-01
    - web-02
    - web-03
  register: created

- name: Wait for all of them together, and fail if one has failed
  profitbricks.cloud.netfoundry_request_info:
    id: "{{ created.results | map(attribute='request_id') | select }}"
    wait: true
    wait_timeout: 300

- name: Find out what has failed in a network
  profitbricks.cloud.netfoundry_request_info:
    network: ACME Net
    status: FAILED

- name: Read the last ten requests for one endpoint
  profitbricks.cloud.netfoundry_request_info:
    network: ACME Net
    resource: "{{ created.results[0].endpoint.id }}"
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
      sample: 7a0c6f7e-0000-4000-8000-0000000000e1
    name:
      description:
        - What the request does.
      returned: always
      type: str
      sample: Create Endpoint
    description:
      description:
        - Description of the request by the platform.
      returned: always
      type: str
      sample: create endpoint laptop
    status:
      description:
        - V(NEW), V(STARTED) or V(RUNNING), and finally V(FINISHED), V(SUCCESS) or V(FAILED).
      returned: always
      type: str
      sample: SUCCESS
    resource_id:
      description:
        - UUID of the object that the request changes.
      returned: always
      type: str
      sample: 0b5a1f0e-6a43-4a0f-8f0a-2f6c0d0a9a11
    created_at:
      description:
        - When the platform accepted it, in UTC.
      returned: always
      type: str
      sample: '2026-11-02T09:17:01.000000Z'
    updated_at:
      description:
        - When its status last changed, in UTC.
      returned: always
      type: str
      sample: '2026-11-02T09:17:04.000000Z'
    network_id:
      description:
        - The UUID of the network.
      returned: always
      type: str
      sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
"""

from ansible_collections.profitbricks.cloud.plugins.module_utils._info import run_info
from ansible_collections.profitbricks.cloud.plugins.module_utils._netfoundry.behaviour.requests import (
    REQUESTS,
)


def main() -> None:
    run_info(REQUESTS)


if __name__ == "__main__":
    main()
