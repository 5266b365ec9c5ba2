#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: profitbricks_cdrom_attachment_info
short_description: Read CD-ROM attachments of the ProfitBricks cloud
version_added: 1.0.0
description:
  - Returns the CD-ROM attachments that match the options, or all of them without such options. If there is none,
    the list is empty.
  - An attachment has the UUID of its image.
  - Attaching and detaching a CD-ROM resets the server.
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
      - Name or UUID of the server of the CD-ROM attachment. It must exist.
    type: str
    required: true
  cdrom:
    description:
      - Only the CD-ROM attachment of this name or UUID.
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
attributes:
  action_group:
    membership:
      - profitbricks.cloud.all
      - profitbricks.cloud.datacenter
      - profitbricks.cloud.profitbricks
seealso:
  - module: profitbricks.cloud.profitbricks_cdrom_attachment
  - module: profitbricks.cloud.profitbricks_datacenter
  - module: profitbricks.cloud.profitbricks_server
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_everyday
    description: A playbook for each everyday job.
"""

EXAMPLES = r"""
---
- name: Read all CD-ROMs of a server
  profitbricks.cloud.profitbricks_cdrom_attachment_info:
    datacenter: shop
    server: web-01
  register: inserted

- name: Detach each of them
  profitbricks.cloud.profitbricks_cdrom_attachment:
    datacenter: shop
    server: web-01
    cdrom: "{{ item }}"
    state: absent
  loop: "{{ inserted.cdrom_attachments | map(attribute='id') }}"
"""

RETURN = r"""
---
cdrom_attachments:
  description:
    - The CD-ROM attachments that were found.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description:
        - The UUID of the CD-ROM attachment.
      returned: always
      type: str
      sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
    cdrom:
      description:
        - Name of a CD-ROM image.
      returned: always
      type: str
      sample: ubuntu-24.04.1-live-server-amd64.iso
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

from ansible_collections.profitbricks.cloud.plugins.module_utils._info import run_info
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.behaviour.attachments import (
    CDROM_ATTACHMENTS,
)


def main() -> None:
    run_info(CDROM_ATTACHMENTS)


if __name__ == "__main__":
    main()
