#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: profitbricks_image
short_description: Change and delete private images of the ProfitBricks cloud
version_added: 1.0.0
description:
  - Brings an image into the state that the options describe, and does nothing if it is already in that state.
  - Options that are left out are neither sent nor compared.
  - Private images are uploaded to the service by FTP; no module creates them. The provider's public images cannot
    be changed.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.profitbricks
  - profitbricks.cloud.profitbricks.managing
options:
  state:
    description:
      - 'V(present): the image exists and is as the options describe. Options that are left out are not changed.'
      - 'V(absent): the image does not exist. Nothing happens if it, or the object it belongs to, is already gone.'
    type: str
    choices:
      - present
      - absent
    default: present
  id:
    description:
      - The UUID of the image. Only needed to change its O(name).
    type: str
  name:
    description:
      - Name of the image.
    type: str
  description:
    description:
      - Description of the image.
    type: str
  licence_type:
    description:
      - Licence of the operating system.
      - Known are V(LINUX), V(RHEL), V(WINDOWS), V(WINDOWS2016), V(WINDOWS2019), V(WINDOWS2022), V(WINDOWS2025),
        V(OTHER), V(UNKNOWN). Others are passed on to the service, with a warning.
    type: str
  cloud_init:
    description:
      - Whether the image supports user data.
    type: str
    choices:
      - NONE
      - V1
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
seealso:
  - module: profitbricks.cloud.profitbricks_image_info
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_everyday
    description: A playbook for each everyday job.
"""

EXAMPLES = r"""
---
- name: Describe an uploaded image and its capabilities
  profitbricks.cloud.profitbricks_image:
    name: appliance-2026-11.qcow2
    description: Our appliance, November 2026
    licence_type: LINUX
    cloud_init: V1
    cpu_hot_plug: true
    ram_hot_plug: true
    nic_hot_plug: true
    nic_hot_unplug: true
    disc_virtio_hot_plug: true
    disc_virtio_hot_unplug: true
  register: uploaded

- name: Rename it by id
  profitbricks.cloud.profitbricks_image:
    id: "{{ uploaded.image.id }}"
    name: appliance

- name: Delete an old one
  profitbricks.cloud.profitbricks_image:
    name: appliance-2025-11.qcow2
    state: absent
"""

RETURN = r"""
---
image:
  description:
    - The image after the task, or in check mode as it would be, with V(null) for what only the service knows. V(null)
      if there is none.
  returned: success
  type: dict
  contains:
    id:
      description:
        - The UUID of the image.
      returned: always
      type: str
      sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
    name:
      description:
        - Name of the image.
      returned: always
      type: str
      sample: Ubuntu-24.04-LTS-server-2026-10-01
    description:
      description:
        - Description of the image.
      returned: always
      type: str
      sample: ''
    location:
      description:
        - Location in which the image can be used.
      returned: always
      type: str
      sample: de/fra
    size:
      description:
        - Size in GB.
      returned: always
      type: float
      sample: 2.0
    image_type:
      description:
        - V(HDD) for an image to make volumes from, V(CDROM) for one to attach to a server.
      returned: always
      type: str
      sample: HDD
    licence_type:
      description:
        - Licence of the operating system.
      returned: always
      type: str
      sample: LINUX
    required_features:
      description:
        - V(SEV-SNP) makes the server a confidential one.
      returned: always
      type: list
      elements: str
      sample: []
    public:
      description:
        - Whether the provider offers it to everyone.
      returned: always
      type: bool
      sample: true
    image_aliases:
      description:
        - Aliases of the image.
      returned: always
      type: list
      elements: str
      sample:
        - ubuntu:latest
        - ubuntu:24.04
    cloud_init:
      description:
        - Whether the image supports user data.
      returned: always
      type: str
      sample: V1
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
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.behaviour.images import IMAGES


def main() -> None:
    run(IMAGES)


if __name__ == "__main__":
    main()
