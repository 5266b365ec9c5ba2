#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: profitbricks_template_info
short_description: Read templates of the ProfitBricks cloud
version_added: 1.0.0
description:
  - Returns the templates that match the options, or all of them without such options. If there is none, the list
    is empty.
  - 'A template is the size of a server of type C(CUBE) or C(GPU): cores, memory, and the volume that comes with
    it. One with graphics cards is for servers of type C(GPU), one without for those of type C(CUBE).'
  - Needs version 6 of the API.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.profitbricks
  - profitbricks.cloud.profitbricks.reading
options:
  id:
    description:
      - Only the template with this UUID.
    type: str
  name:
    description:
      - Only the template with this name.
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
- name: Read all sizes of CUBE servers
  profitbricks.cloud.profitbricks_template_info:
  register: found

- name: Read one of them
  profitbricks.cloud.profitbricks_template_info:
    name: CUBES S
"""

RETURN = r"""
---
templates:
  description:
    - The templates that were found.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description:
        - The UUID of the template.
      returned: always
      type: str
      sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
    name:
      description:
        - Name of the template.
      returned: always
      type: str
      sample: CUBES S
    cores:
      description:
        - Number of CPU cores.
      returned: always
      type: int
      sample: 1
    ram:
      description:
        - Memory in MB.
      returned: always
      type: int
      sample: 2048
    storage_size:
      description:
        - Size of the volume in GB.
      returned: always
      type: int
      sample: 50
    storage_type:
      description:
        - Type of the volume; V(null) means C(DAS), as for CUBE servers.
      returned: always
      type: str
    gpus:
      description:
        - The graphics cards of a server of type C(GPU).
      returned: always
      type: list
      elements: dict
      contains:
        vendor:
          description:
            - Vendor of the cards.
          returned: always
          type: str
          sample: NVIDIA Corporation
        model:
          description:
            - Model of the cards.
          returned: always
          type: str
          sample: NVIDIA H200
        type:
          description:
            - How the server uses them.
          returned: always
          type: str
          sample: passthrough
        count:
          description:
            - Number of the cards.
          returned: always
          type: int
          sample: 1
    category:
      description:
        - Category of the template, if it has one.
      returned: always
      type: str
      sample: Basic Cube
"""

from ansible_collections.profitbricks.cloud.plugins.module_utils._info import run_info
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.behaviour.templates import (
    TEMPLATES,
)


def main() -> None:
    run_info(TEMPLATES)


if __name__ == "__main__":
    main()
