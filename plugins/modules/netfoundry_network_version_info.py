#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: netfoundry_network_version_info
short_description: Read network versions of the NetFoundry platform
version_added: 1.0.0
description:
  - Returns the network versions that match the options, or all of them without such options. If there is none,
    the list is empty.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.netfoundry
  - profitbricks.cloud.netfoundry.reading
options:
  active:
    description:
      - Only the versions that new networks can have, or with V(false) only the others.
    type: bool
  network_version:
    description:
      - Only this version.
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
- name: Read all versions that new networks can have, the newest first
  profitbricks.cloud.netfoundry_network_version_info:
    active: true
  register: found

- name: Show the newest
  ansible.builtin.debug:
    msg: "{{ found.network_versions[0].network_version }}"
"""

RETURN = r"""
---
network_versions:
  description:
    - The network versions that were found.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description:
        - The number of the network version.
      returned: always
      type: str
      sample: 7.3.94-34108
    network_version:
      description:
        - Version of the software.
      returned: always
      type: str
      sample: 7.3.94-34108
    active:
      description:
        - Whether new networks can use it.
      returned: always
      type: bool
      sample: true
    default:
      description:
        - Whether new networks use it by default.
      returned: always
      type: bool
      sample: false
    ziti_version:
      description:
        - Version of OpenZiti that it contains.
      returned: always
      type: str
      sample: 0.27.9
"""

from ansible_collections.profitbricks.cloud.plugins.module_utils._info import run_info
from ansible_collections.profitbricks.cloud.plugins.module_utils._netfoundry.behaviour.offers import (
    NETWORK_VERSIONS,
)


def main() -> None:
    run_info(NETWORK_VERSIONS)


if __name__ == "__main__":
    main()
