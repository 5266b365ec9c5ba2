#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: profitbricks_label
short_description: Label data centers, servers, volumes, snapshots, IP blocks and images of the ProfitBricks cloud
version_added: 1.0.0
description:
  - Brings a label into the state that the options describe, and does nothing if it is already in that state.
  - Options that are left out are neither sent nor compared.
  - A label is a key with a value. With O(datacenter) alone it belongs to the data center, and with O(server) or
    O(volume) as well to these; otherwise it belongs to O(snapshot), O(ipblock) or O(image).
  - Needs version 5 or 6 of the API; labels of images need version 6.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.profitbricks
  - profitbricks.cloud.profitbricks.managing
options:
  state:
    description:
      - 'V(present): the label exists and is as the options describe. Options that are left out are not changed.'
      - 'V(absent): the label does not exist. Nothing happens if it, or the object it belongs to, is already gone.'
    type: str
    choices:
      - present
      - absent
    default: present
  id:
    description:
      - The key of the label.
    type: str
  datacenter:
    description:
      - Name or UUID of the data center of the server, the volume or the label. It must exist.
    type: str
  server:
    description:
      - Name or UUID of the server of the label. It must exist.
    type: str
  volume:
    description:
      - Name or UUID of the volume of the label. It must exist.
    type: str
  image:
    description:
      - Name or UUID of the image of the label. It must exist.
    type: str
  ipblock:
    description:
      - Name or UUID of the IP block of the label. It must exist.
    type: str
  snapshot:
    description:
      - Name or UUID of the snapshot of the label. It must exist.
    type: str
  key:
    description:
      - Key of the label. An object has each key only once.
    type: str
  value:
    description:
      - 'Value of the label, as text: booleans become V(true) and V(false).'
      - Needed to create one.
    type: raw
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
  - module: profitbricks.cloud.profitbricks_label_info
  - module: profitbricks.cloud.profitbricks_datacenter
  - module: profitbricks.cloud.profitbricks_server
  - module: profitbricks.cloud.profitbricks_volume
  - module: profitbricks.cloud.profitbricks_image
  - module: profitbricks.cloud.profitbricks_ipblock
  - module: profitbricks.cloud.profitbricks_snapshot
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_everyday
    description: A playbook for each everyday job.
"""

EXAMPLES = r"""
---
- name: Label a server
  profitbricks.cloud.profitbricks_label:
    datacenter: shop
    server: web-01
    key: env
    value: production

- name: Label the data center itself
  profitbricks.cloud.profitbricks_label:
    datacenter: shop
    key: owner
    value: ada

- name: Set several labels of an IP block
  profitbricks.cloud.profitbricks_label:
    ipblock: shop-public
    key: "{{ item.key }}"
    value: "{{ item.value }}"
  loop:
    - key: env
      value: production
    - key: cost-center
      value: "4711"

- name: Remove a label from a snapshot
  profitbricks.cloud.profitbricks_label:
    snapshot: before-upgrade
    key: env
    state: absent
"""

RETURN = r"""
---
label:
  description:
    - The label after the task, or in check mode as it would be, with V(null) for what only the service knows. V(null)
      if there is none.
  returned: success
  type: dict
  contains:
    id:
      description:
        - The key of the label.
      returned: always
      type: str
      sample: env
    key:
      description:
        - Key of the label. An object has each key only once.
      returned: always
      type: str
      sample: env
    value:
      description:
        - 'Value of the label, as text: booleans become V(true) and V(false).'
      returned: always
      type: str
      sample: production
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
    volume_id:
      description:
        - The UUID of the volume.
      returned: always
      type: str
      sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
    image_id:
      description:
        - The UUID of the image.
      returned: always
      type: str
      sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
    ipblock_id:
      description:
        - The UUID of the IP block.
      returned: always
      type: str
      sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
    snapshot_id:
      description:
        - The UUID of the snapshot.
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
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.behaviour.labels import LABELS


def main() -> None:
    run(LABELS)


if __name__ == "__main__":
    main()
