#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: profitbricks_volume
short_description: Create, change and delete volumes of the ProfitBricks cloud
version_added: 1.0.0
description:
  - Brings a volume into the state that the options describe, and does nothing if it is already in that state.
  - Options that are left out are neither sent nor compared.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.profitbricks
  - profitbricks.cloud.profitbricks.managing
options:
  state:
    description:
      - 'V(present): the volume exists and is as the options describe. Options that are left out are not changed.'
      - 'V(absent): the volume does not exist. Nothing happens if it, or the object it belongs to, is already gone.'
    type: str
    choices:
      - present
      - absent
    default: present
  id:
    description:
      - The UUID of the volume. Only needed to change its O(name).
    type: str
  datacenter:
    description:
      - Name or UUID of the data center of the volume. It must exist.
    type: str
    required: true
  name:
    description:
      - Name of the volume.
    type: str
  size:
    description:
      - Size in GB. A volume can only grow; the partitions on it are not changed.
      - Needed to create one, except with O(disk_type=DAS) and for the volume of a GPU server.
    type: int
  disk_type:
    description:
      - Type of storage. The service defaults to V(HDD). It cannot be changed later.
      - Known are V(HDD), V(SSD), V(SSD Standard), V(SSD Premium), V(DAS). Others are passed on to the service,
        with a warning.
    type: str
  bus:
    description:
      - Bus type. The service defaults to V(VIRTIO), and only returns it once the volume has been attached.
    type: str
    choices:
      - VIRTIO
      - IDE
  image:
    description:
      - 'Image or snapshot that the volume is made from: UUID, name or alias (such as V(ubuntu:latest)) of an image,
        or UUID or name of a snapshot. It must be in the location of the data center.'
      - An image other than the one that the volume was made from is an error, because the service cannot change
        it. UUIDs are always compared; names and aliases are compared by M(profitbricks.cloud.profitbricks_datacenter),
        and otherwise only looked up when the volume is created.
    type: str
  licence_type:
    description:
      - Licence of the operating system, for a volume without O(image); otherwise the image determines it. V(RHEL),
        V(WINDOWS2019) and V(WINDOWS2025) need version 6 of the API, V(WINDOWS2022) version 5.
      - Known are V(LINUX), V(RHEL), V(WINDOWS), V(WINDOWS2016), V(WINDOWS2019), V(WINDOWS2022), V(WINDOWS2025),
        V(OTHER), V(UNKNOWN). Others are passed on to the service, with a warning.
    type: str
  image_password:
    description:
      - 'Password of the first user on a volume made from a public image: 8 to 50 letters and digits. Only sent
        when the volume is created, and never compared.'
    type: str
  ssh_keys:
    description:
      - 'Public SSH keys of the first user on a volume made from a public Linux image: the keys themselves, which
        the lookup P(ansible.builtin.file#lookup) reads from a file. One entry may contain several keys, one per
        line.'
      - Sent when the volume is created, and never compared.
    type: list
    elements: str
  user_data:
    description:
      - 'Cloud-init configuration for an image that supports it: text in base64, plain text with O(encode_user_data),
        or a dictionary, which becomes C(#cloud-config) in YAML.'
      - Only sent when the volume is created, and never compared. If cloud-init would not recognize its first line,
        there is a warning.
    type: raw
  availability_zone:
    description:
      - Availability zone of the volume. Zones other than V(AUTO) work with O(disk_type=HDD) and O(disk_type=SSD
        Standard), in some locations with other SSDs, and never with O(disk_type=DAS). It cannot be changed later.
    type: str
    choices:
      - AUTO
      - ZONE_1
      - ZONE_2
      - ZONE_3
  cpu_hot_plug:
    description:
      - Whether CPU cores can be added without a reboot.
    type: bool
  ram_hot_plug:
    description:
      - Whether memory can be added without a reboot.
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
  backupunit_id:
    description:
      - Name or UUID of the backup unit of the volume, which must be made from a public image. It cannot be changed
        later.
    type: str
  boot_order:
    description:
      - Whether a server boots from it. If one volume is V(PRIMARY), all others must be V(NONE).
    type: str
    choices:
      - AUTO
      - NONE
      - PRIMARY
  expose_serial:
    description:
      - Whether the operating system sees the serial number of the volume.
    type: bool
  require_legacy_bios:
    description:
      - Whether the volume needs a legacy BIOS to boot.
    type: bool
  encode_user_data:
    description:
      - Whether O(user_data) is plain text, which the module then encodes in base64. By default, text must already
        be in base64.
    type: bool
  labels:
    description:
      - Labels, as a dictionary of values by key. Others are left alone unless C(purge) names them. They take one
        more request, and need version 5 or 6 of the API.
    type: dict
  server:
    description:
      - Name or UUID of the server to attach the volume to; an empty string detaches it. If left out, the volume
        stays where it is.
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
    support: full
  action_group:
    membership:
      - profitbricks.cloud.all
      - profitbricks.cloud.datacenter
      - profitbricks.cloud.profitbricks
seealso:
  - module: profitbricks.cloud.profitbricks_volume_info
  - module: profitbricks.cloud.profitbricks_datacenter
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_everyday
    description: A playbook for each everyday job.
"""

EXAMPLES = r"""
---
- name: Create a data volume and attach it to a server
  profitbricks.cloud.profitbricks_volume:
    datacenter: shop
    name: web-01-data
    size: 50
    disk_type: SSD
    licence_type: OTHER
    server: web-01

- name: Create a boot volume with an operating system
  profitbricks.cloud.profitbricks_volume:
    datacenter: shop
    name: db-01-boot
    size: 20
    image: debian:12
    image_password: "{{ image_password }}"

- name: Grow the data volume
  profitbricks.cloud.profitbricks_volume:
    datacenter: shop
    name: web-01-data
    size: 100

- name: Detach it
  profitbricks.cloud.profitbricks_volume:
    datacenter: shop
    name: web-01-data
    server: ""

- name: Delete it
  profitbricks.cloud.profitbricks_volume:
    datacenter: shop
    name: web-01-data
    state: absent
"""

RETURN = r"""
---
volume:
  description:
    - The volume after the task, or in check mode as it would be, with V(null) for what only the service knows.
      V(null) if there is none.
  returned: success
  type: dict
  contains:
    id:
      description:
        - The UUID of the volume.
      returned: always
      type: str
      sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
    name:
      description:
        - Name of the volume.
      returned: always
      type: str
      sample: web-01-boot
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
    server_id:
      description:
        - UUID of the server that the volume is attached to.
      returned: always
      type: str
      sample: 3e8b3a0f-7a1c-4f0e-9f69-2c3f4f4b6e56
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
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.behaviour.volumes import (
    VOLUMES,
)


def main() -> None:
    run(VOLUMES)


if __name__ == "__main__":
    main()
