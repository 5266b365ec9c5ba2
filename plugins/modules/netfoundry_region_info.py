#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: netfoundry_region_info
short_description: Read regions of the NetFoundry platform
version_added: 1.0.0
description:
  - Returns the regions that match the options, or all of them without such options. If there is none, the list
    is empty.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.netfoundry
  - profitbricks.cloud.netfoundry.reading
options:
  provider:
    description:
      - Only regions of this cloud provider.
    type: str
    choices:
      - AWS
      - AZURE
      - GCP
      - OCI
  location_code:
    description:
      - Only the regions with this code, such as V(us-west-2).
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
      - Maximum number of seconds that reading may take. If not set, the environment variable E(NETFOUNDRY_WAIT_TIMEOUT)
        is used, and without that V(600).
    type: int
  progress:
    description:
      - Whether to show what the task is waiting for, if it waits for longer than a second. If not set, the environment
        variable E(NETFOUNDRY_PROGRESS) is used, and without that it is shown. This only works if the task runs
        inside Ansible's own process, as it does on the controller with its own Python.
    type: bool
seealso:
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_overlay
    description: An overlay network, step by step.
"""

EXAMPLES = r"""
---
- name: Read all regions of one cloud provider
  profitbricks.cloud.netfoundry_region_info:
    provider: AWS
  register: found

- name: Show their codes
  ansible.builtin.debug:
    msg: "{{ found.regions | map(attribute='location_code') }}"
"""

RETURN = r"""
---
regions:
  description:
    - The regions that were found.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description:
        - The provider and code, such as C(AWS/us-west-2), of the region.
      returned: always
      type: str
      sample: AWS/us-west-2
    location_code:
      description:
        - Code of the region.
      returned: always
      type: str
      sample: us-west-2
    name:
      description:
        - Name of the location.
      returned: always
      type: str
      sample: Oregon
    provider:
      description:
        - Cloud provider of the region.
      returned: always
      type: str
      sample: AWS
    latitude:
      description:
        - Latitude in degrees.
      returned: always
      type: float
      sample: 45.5
    longitude:
      description:
        - Longitude in degrees.
      returned: always
      type: float
      sample: -122.7
"""

from ansible_collections.profitbricks.cloud.plugins.module_utils._info import run_info
from ansible_collections.profitbricks.cloud.plugins.module_utils._netfoundry.behaviour.offers import REGIONS


def main() -> None:
    run_info(REGIONS)


if __name__ == "__main__":
    main()
