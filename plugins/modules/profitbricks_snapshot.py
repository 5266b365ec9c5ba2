#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: profitbricks_snapshot
short_description: Create, change, restore and delete snapshots of the ProfitBricks cloud
version_added: 1.0.0
description:
  - Brings a snapshot into the state that the options describe, and does nothing if it is already in that state.
  - Options that are left out are neither sent nor compared.
  - A snapshot keeps the contents of a volume at one moment. It outlives the volume and the data center, and new
    volumes in the same location can be made from it.
  - The service does not say which volume a snapshot was taken from. If there is already one of this name, no new
    one is created.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.profitbricks
  - profitbricks.cloud.profitbricks.managing
options:
  state:
    description:
      - 'V(present): the snapshot exists and is as the options describe. Options that are left out are not changed.'
      - 'V(absent): the snapshot does not exist. Nothing happens if it, or the object it belongs to, is already
        gone.'
      - 'V(restored): like V(present) for an existing snapshot, and it is written back to O(volume) each time the
        task runs. Everything on the volume is lost. The task always reports a change; in check mode it does nothing
        else.'
    type: str
    choices:
      - present
      - absent
      - restored
    default: present
  id:
    description:
      - The UUID of the snapshot. Only needed to change its O(name).
    type: str
  name:
    description:
      - Name of the snapshot.
    type: str
  description:
    description:
      - Description of the snapshot.
    type: str
  sec_auth_protection:
    description:
      - Whether only users with two-factor authentication may use the snapshot.
    type: bool
  licence_type:
    description:
      - Licence of the operating system; by default that of the volume.
      - Known are V(LINUX), V(RHEL), V(WINDOWS), V(WINDOWS2016), V(WINDOWS2019), V(WINDOWS2022), V(WINDOWS2025),
        V(OTHER), V(UNKNOWN). Others are passed on to the service, with a warning.
    type: str
  cpu_hot_plug:
    description:
      - Whether CPU cores can be added without a reboot.
    type: bool
  cpu_hot_unplug:
    description:
      - Whether CPU cores can be removed without a reboot.
    type: bool
  ram_hot_plug:
    description:
      - Whether memory can be added without a reboot.
    type: bool
  ram_hot_unplug:
    description:
      - Whether memory can be removed without a reboot.
    type: bool
  nic_hot_plug:
    description:
      - Whether a NIC can be added without a reboot.
    type: bool
  nic_hot_unplug:
    description:
      - Whether a NIC can be removed without a reboot.
    type: bool
  disc_virtio_hot_plug:
    description:
      - Whether a VIRTIO volume can be added without a reboot.
    type: bool
  disc_virtio_hot_unplug:
    description:
      - Whether a VIRTIO volume can be removed without a reboot.
    type: bool
  disc_scsi_hot_plug:
    description:
      - Whether a SCSI volume can be added without a reboot.
    type: bool
  disc_scsi_hot_unplug:
    description:
      - Whether a SCSI volume can be removed without a reboot.
    type: bool
  expose_serial:
    description:
      - Whether the operating system sees the serial number of the volume.
    type: bool
  require_legacy_bios:
    description:
      - Whether the volume needs a legacy BIOS to boot.
    type: bool
  datacenter:
    description:
      - Name or UUID of the data center of O(volume). Needed to create a snapshot, and for O(state=restored).
    type: str
  volume:
    description:
      - Name or UUID of the volume to take the snapshot of, or with O(state=restored) to write it back to. Needed
        for both, and ignored otherwise.
    type: str
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
    support: partial
    details:
      - With O(state=restored), acts each time.
  action_group:
    membership:
      - profitbricks.cloud.all
      - profitbricks.cloud.datacenter
      - profitbricks.cloud.profitbricks
seealso:
  - module: profitbricks.cloud.profitbricks_snapshot_info
  - module: profitbricks.cloud.profitbricks_label
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_everyday
    description: A playbook for each everyday job.
"""

EXAMPLES = r"""
---
- name: Take a snapshot of a volume before an upgrade
  profitbricks.cloud.profitbricks_snapshot:
    name: db-01-before-upgrade
    description: PostgreSQL 16
    datacenter: shop
    volume: db-01-data
  register: kept

- name: Change its description by id
  profitbricks.cloud.profitbricks_snapshot:
    id: "{{ kept.snapshot.id }}"
    description: PostgreSQL 16.4

- name: Stop the server
  profitbricks.cloud.profitbricks_server:
    datacenter: shop
    name: db-01
    state: stopped

- name: Write the snapshot back to the volume each time this task runs
  profitbricks.cloud.profitbricks_snapshot:
    name: db-01-before-upgrade
    datacenter: shop
    volume: db-01-data
    state: restored

- name: Create a new volume from it
  profitbricks.cloud.profitbricks_volume:
    datacenter: shop
    name: db-02-data
    size: 50
    image: db-01-before-upgrade

- name: Delete the snapshot
  profitbricks.cloud.profitbricks_snapshot:
    name: db-01-before-upgrade
    state: absent
"""

RETURN = r"""
---
snapshot:
  description:
    - The snapshot after the task, or in check mode as it would be, with V(null) for what only the service knows.
      V(null) if there is none.
  returned: success
  type: dict
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
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.behaviour.snapshots import (
    SNAPSHOTS,
)


def main() -> None:
    run(SNAPSHOTS)


if __name__ == "__main__":
    main()
