#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: profitbricks_volume_attachment_info
short_description: Read volume attachments of the ProfitBricks cloud
version_added: 1.0.0
description:
  - Returns the volume attachments that the options ask for; all of them without such options, and an empty list
    where there is none.
  - An attachment has the UUID of its volume, and ends without harm to it.
  - M(profitbricks.cloud.profitbricks_volume) attaches as well, with its option C(server), in the task that creates
    or changes the volume. Attachments by themselves are for volumes that are managed elsewhere.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.profitbricks
  - profitbricks.cloud.profitbricks.reading
options:
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
      - Only the volume attachment of this name or UUID.
    type: str
seealso:
  - module: profitbricks.cloud.profitbricks_volume_attachment
"""

EXAMPLES = r"""
---
- name: All volumes that are attached to a server
  profitbricks.cloud.profitbricks_volume_attachment_info:
    datacenter: shop
    server: web-01
  register: attached

- name: Their names by the number of the device
  ansible.builtin.debug:
    msg: >-
      {{ attached.volume_attachments | sort(attribute='device_number')
         | items2dict(key_name='device_number', value_name='volume') }}

- name: Whether one volume is attached
  profitbricks.cloud.profitbricks_volume_attachment_info:
    datacenter: shop
    server: web-01
    volume: web-01-data
"""

RETURN = r"""
---
volume_attachments:
  description:
    - The volume attachments that were found.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description:
        - The UUID of the volume attachment.
      returned: always
      type: str
      sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
    volume:
      description:
        - Name or UUID of the volume, which must be in the same data center. Results hold its name.
        - One that is attached to another server is detached there first.
      returned: always
      type: str
      sample: web-01-data
    size:
      description:
        - Size in GB. A volume only grows; the partitions on it are not touched.
        - Needed to create one, except for C(disk_type=DAS).
      returned: always
      type: int
      sample: 20
    disk_type:
      description:
        - Kind of storage. The service takes V(HDD). It cannot be changed later.
      returned: always
      type: str
      sample: SSD
    bus:
      description:
        - Bus. The service takes V(VIRTIO), and tells it only of a volume that was attached once.
      returned: always
      type: str
      sample: VIRTIO
    image:
      description:
        - 'What the volume is made from: UUID, name or alias (such as V(ubuntu:latest)) of an image, or UUID or
          name of a snapshot. It must be in the location of the data center.'
        - Another image than the volume was made of is an error, because the service cannot change it. UUIDs are
          compared, and where M(profitbricks.cloud.profitbricks_datacenter) describes the volume names and aliases
          too; other modules look these up only when they create the volume.
      returned: always
      type: str
      sample: 4e3b9c1a-6d1f-11ee-9d2e-525400f64d8d
    licence_type:
      description:
        - Licence of the operating system on a volume without C(image); with one, the image says it. V(RHEL), V(WINDOWS2019)
          and V(WINDOWS2025) need version 6 of the API, V(WINDOWS2022) version 5.
      returned: always
      type: str
      sample: LINUX
    availability_zone:
      description:
        - Zone in which the volume is kept; a zone other than V(AUTO) goes with C(disk_type=HDD) only. It cannot
          be changed later.
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
        - Whether a NIC can be taken away without a reboot.
      returned: always
      type: bool
      sample: false
    disc_virtio_hot_plug:
      description:
        - Whether a volume (VIRTIO) can be added without a reboot.
      returned: always
      type: bool
      sample: true
    disc_virtio_hot_unplug:
      description:
        - Whether a volume (VIRTIO) can be taken away without a reboot.
      returned: always
      type: bool
      sample: false
    backupunit_id:
      description:
        - Name or UUID of the backup unit of the volume, which must be made from a public image. It cannot be changed
          later.
      returned: always
      type: str
    boot_order:
      description:
        - 'Whether a server boots from it: one V(PRIMARY) goes with V(NONE) on all others.'
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
        - Whether the volume boots only with a legacy BIOS.
      returned: always
      type: bool
      sample: true
    device_number:
      description:
        - Place among the devices of the server, from 1 on.
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
        - Application that comes with the image.
      returned: always
      type: str
      sample: UNKNOWN
    state:
      description:
        - State of the object at the service, such as V(AVAILABLE), V(BUSY) or V(INACTIVE).
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
"""

from ansible_collections.profitbricks.cloud.plugins.module_utils._module import run_info
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.behaviour.attachments import (
    VOLUME_ATTACHMENTS,
)


def main() -> None:
    run_info(VOLUME_ATTACHMENTS)


if __name__ == "__main__":
    main()
