#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: profitbricks_snapshot_info
short_description: Read snapshots of the ProfitBricks cloud
version_added: 1.0.0
description:
  - Returns the snapshots that match the options, or all of them without such options. If there is none, the list
    is empty.
  - A snapshot keeps the contents of a volume at one moment. It outlives the volume and the data center, and new
    volumes in the same location can be made from it.
  - The service does not say which volume a snapshot was taken from. If there is already one of this name, no new
    one is created.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.profitbricks
  - profitbricks.cloud.profitbricks.reading
options:
  id:
    description:
      - Only the snapshot with this UUID.
    type: str
  name:
    description:
      - Only the snapshot with this name.
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
  - module: profitbricks.cloud.profitbricks_snapshot
  - module: profitbricks.cloud.profitbricks_label
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_everyday
    description: A playbook for each everyday job.
"""

EXAMPLES = r"""
---
- name: Read all snapshots
  profitbricks.cloud.profitbricks_snapshot_info:
  register: found

- name: Show those of one location, newest first
  ansible.builtin.debug:
    msg: >-
      {{ found.snapshots | selectattr('location', 'eq', 'de/fra') | sort(attribute='created_date', reverse=true)
         | map(attribute='name') }}

- name: Read one snapshot
  profitbricks.cloud.profitbricks_snapshot_info:
    name: db-01-before-upgrade
"""

RETURN = r"""
---
snapshots:
  description:
    - The snapshots that were found.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description:
        - The UUID of the snapshot.
      returned: always
      type: str
      sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
    name:
      description:
        - Name of the snapshot.
      returned: always
      type: str
      sample: before-upgrade
    description:
      description:
        - Description of the snapshot.
      returned: always
      type: str
      sample: ''
    location:
      description:
        - Location in which the snapshot can be used.
      returned: always
      type: str
      sample: de/fra
    size:
      description:
        - Size in GB.
      returned: always
      type: float
      sample: 20
    sec_auth_protection:
      description:
        - Whether only users with two-factor authentication may use the snapshot.
      returned: always
      type: bool
      sample: false
    licence_type:
      description:
        - Licence of the operating system.
      returned: always
      type: str
      sample: LINUX
    cpu_hot_plug:
      description:
        - Whether CPU cores can be added without a reboot.
      returned: always
      type: bool
      sample: true
    cpu_hot_unplug:
      description:
        - Whether CPU cores can be removed without a reboot.
      returned: always
      type: bool
      sample: false
    ram_hot_plug:
      description:
        - Whether memory can be added without a reboot.
      returned: always
      type: bool
      sample: true
    ram_hot_unplug:
      description:
        - Whether memory can be removed without a reboot.
      returned: always
      type: bool
      sample: false
    nic_hot_plug:
      description:
        - Whether a NIC can be added without a reboot.
      returned: always
      type: bool
      sample: true
    nic_hot_unplug:
      description:
        - Whether a NIC can be removed without a reboot.
      returned: always
      type: bool
      sample: false
    disc_virtio_hot_plug:
      description:
        - Whether a VIRTIO volume can be added without a reboot.
      returned: always
      type: bool
      sample: true
    disc_virtio_hot_unplug:
      description:
        - Whether a VIRTIO volume can be removed without a reboot.
      returned: always
      type: bool
      sample: false
    disc_scsi_hot_plug:
      description:
        - Whether a SCSI volume can be added without a reboot.
      returned: always
      type: bool
      sample: true
    disc_scsi_hot_unplug:
      description:
        - Whether a SCSI volume can be removed without a reboot.
      returned: always
      type: bool
      sample: false
    expose_serial:
      description:
        - Whether the operating system sees the serial number of the volume.
      returned: always
      type: bool
      sample: false
    require_legacy_bios:
      description:
        - Whether the volume needs a legacy BIOS to boot.
      returned: always
      type: bool
      sample: true
    application_type:
      description:
        - Application that is part of it.
      returned: always
      type: str
      sample: UNKNOWN
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
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.behaviour.snapshots import (
    SNAPSHOTS,
)


def main() -> None:
    run_info(SNAPSHOTS)


if __name__ == "__main__":
    main()
