#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: profitbricks_volume_attachment
short_description: Attach volumes to servers of the ProfitBricks cloud, and detach them
version_added: 1.0.0
description:
  - Brings a volume attachment into the state that the options describe, and does nothing if it is already in that
    state.
  - Options that are left out are neither sent nor compared.
  - An attachment has the UUID of its volume. Deleting the attachment does not affect the volume.
  - M(profitbricks.cloud.profitbricks_volume) can also attach a volume, with its option C(server), when it creates
    or changes it. This module is for volumes that are managed elsewhere.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.profitbricks
  - profitbricks.cloud.profitbricks.managing
options:
  state:
    description:
      - 'V(present): the volume attachment exists and is as the options describe. Options that are left out are
        not changed.'
      - 'V(absent): the volume attachment does not exist. Nothing happens if it, or the object it belongs to, is
        already gone.'
    type: str
    choices:
      - present
      - absent
    default: present
  datacenter:
    description:
      - Name or UUID of the data center of the server. It must exist.
    type: str
    required: true
  server:
    description:
      - Name or UUID of the server of the volume attachment. It must exist.
    type: str
    required: true
  volume:
    description:
      - Name or UUID of the volume, which must be in the same data center. Results have its name.
      - If it is attached to another server, it is detached there first.
    type: str
    required: true
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
    support: full
  action_group:
    membership:
      - profitbricks.cloud.all
      - profitbricks.cloud.datacenter
      - profitbricks.cloud.profitbricks
seealso:
  - module: profitbricks.cloud.profitbricks_volume_attachment_info
  - module: profitbricks.cloud.profitbricks_datacenter
  - module: profitbricks.cloud.profitbricks_server
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_everyday
    description: A playbook for each everyday job.
"""

EXAMPLES = r"""
---
- name: Attach a volume to a server
  profitbricks.cloud.profitbricks_volume_attachment:
    datacenter: shop
    server: web-01
    volume: web-01-data
  register: attached

- name: Move it to another server by id
  profitbricks.cloud.profitbricks_volume_attachment:
    datacenter: shop
    server: web-02
    volume: "{{ attached.volume_attachment.id }}"
  register: moved

- name: Show its device number
  ansible.builtin.debug:
    msg: "{{ moved.volume_attachment.volume }} is device {{ moved.volume_attachment.device_number }}"

- name: Detach it; the volume is kept
  profitbricks.cloud.profitbricks_volume_attachment:
    datacenter: shop
    server: web-02
    volume: web-01-data
    state: absent
"""

RETURN = r"""
---
volume_attachment:
  description:
    - The volume attachment after the task, or in check mode as it would be, with V(null) for what only the service
      knows. V(null) if there is none.
  returned: success
  type: dict
  contains:
    id:
      description:
        - The UUID of the volume attachment.
      returned: always
      type: str
      sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
    volume:
      description:
        - Name of the volume.
      returned: always
      type: str
      sample: web-01-data
    size:
      description:
        - Size in GB.
      returned: always
      type: int
      sample: 20
    disk_type:
      description:
        - Type of storage.
      returned: always
      type: str
      sample: SSD
    bus:
      description:
        - Bus type.
      returned: always
      type: str
      sample: VIRTIO
    image:
      description:
        - Image or snapshot that the volume is made from.
      returned: always
      type: str
      sample: 4e3b9c1a-6d1f-11ee-9d2e-525400f64d8d
    licence_type:
      description:
        - Licence of the operating system.
      returned: always
      type: str
      sample: LINUX
    availability_zone:
      description:
        - Availability zone of the volume.
      returned: always
      type: str
      sample: AUTO
    cpu_hot_plug:
      description:
        - Whether CPU cores can be added without a reboot.
      returned: always
      type: bool
      sample: true
    ram_hot_plug:
      description:
        - Whether memory can be added without a reboot.
      returned: always
      type: bool
      sample: true
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
    backupunit_id:
      description:
        - UUID of the backup unit of the volume.
      returned: always
      type: str
    boot_order:
      description:
        - Whether a server boots from it.
      returned: always
      type: str
      sample: AUTO
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
    device_number:
      description:
        - Position among the devices of the server, starting at 1.
      returned: always
      type: int
      sample: 1
    pci_slot:
      description:
        - PCI slot of the volume.
      returned: always
      type: int
      sample: 5
    application_type:
      description:
        - Application that is part of the image.
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
    datacenter_id:
      description:
        - The UUID of the data center.
      returned: always
      type: str
      sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
    server_id:
      description:
        - The UUID of the server.
      returned: always
      type: str
      sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
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
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.behaviour.attachments import (
    VOLUME_ATTACHMENTS,
)


def main() -> None:
    run(VOLUME_ATTACHMENTS)


if __name__ == "__main__":
    main()
