#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: profitbricks_location_info
short_description: Read locations of the ProfitBricks cloud
version_added: 1.0.0
description:
  - Returns the locations that match the options, or all of them without such options. If there is none, the list
    is empty.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.profitbricks
  - profitbricks.cloud.profitbricks.reading
options:
  id:
    description:
      - Only the location with this id such as de/fra or de/fra/2.
    type: str
  name:
    description:
      - Only the location with this name, such as V(frankfurt), or id.
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
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_everyday
    description: A playbook for each everyday job.
"""

EXAMPLES = r"""
---
- name: Read all locations
  profitbricks.cloud.profitbricks_location_info:

- name: Read one location with its image aliases
  profitbricks.cloud.profitbricks_location_info:
    id: de/fra
"""

RETURN = r"""
---
locations:
  description:
    - The locations that were found.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description:
        - The id such as de/fra or de/fra/2 of the location.
      returned: always
      type: str
      sample: de/fra
    name:
      description:
        - Name of the city, in lower case.
      returned: always
      type: str
      sample: frankfurt
    metro_region:
      description:
        - The location whose images, snapshots and addresses can be used here, too. A location that is not part
          of another one returns its own id.
      returned: always
      type: str
      sample: de/fra
    features:
      description:
        - Features of the location.
      returned: always
      type: list
      elements: str
      sample:
        - SSD
        - MULTIPLE_CPU
    image_aliases:
      description:
        - Aliases of images that volumes in this location can be made from.
      returned: always
      type: list
      elements: str
      sample:
        - ubuntu:latest
        - debian:12
    cpu_architecture:
      description:
        - CPU families of the location, and the maximum size of a server with each.
      returned: always
      type: list
      elements: dict
      contains:
        cpu_family:
          description:
            - Name of the CPU family.
          returned: always
          type: str
          sample: INTEL_SKYLAKE
        max_cores:
          description:
            - Maximum number of cores of one server.
          returned: always
          type: int
          sample: 51
        max_ram:
          description:
            - Maximum memory of one server, in MB.
          returned: always
          type: int
          sample: 237568
        vendor:
          description:
            - Vendor of the CPUs.
          returned: always
          type: str
          sample: GenuineIntel
        enabled_features:
          description:
            - Features of the CPUs; with V(SEV-SNP), confidential servers are possible.
          returned: always
          type: list
          elements: str
          sample: []
    gpu_architecture:
      description:
        - Graphics cards that servers of type C(GPU) can have in the location.
      returned: always
      type: list
      elements: dict
      contains:
        vendor:
          description:
            - Vendor of the card.
          returned: always
          type: str
          sample: NVIDIA Corporation
        model:
          description:
            - Model of the card.
          returned: always
          type: str
          sample: NVIDIA H200
"""

from ansible_collections.profitbricks.cloud.plugins.module_utils._info import run_info
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.behaviour.images import (
    LOCATIONS,
)


def main() -> None:
    run_info(LOCATIONS)


if __name__ == "__main__":
    main()
