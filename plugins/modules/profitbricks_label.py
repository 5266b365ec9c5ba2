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
  - Brings a label into the state that the options describe, and does nothing where it is so already.
  - Options that are left out are neither sent nor compared.
  - A label is a key with a value. It is on a server or a volume when O(server) or O(volume) is given beside O(datacenter),
    on the data center when that is given alone, and else on the O(snapshot), O(ipblock) or O(image) that is given.
  - From version 5 of the API on; labels of images from version 6 on.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.profitbricks
  - profitbricks.cloud.profitbricks.managing
options:
  state:
    description:
      - 'V(present): the label exists and is as the options say; options that are left out are left alone.'
      - 'V(absent): there is no such label; nothing happens where it, or what it belongs to, is gone already.'
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
      - What the label is called. An object has each key once.
    type: str
  value:
    description:
      - What the label says.
      - Needed to create one.
    type: str
  wait:
    description:
      - Whether to wait until the service has carried out what was asked, and the object is usable. Otherwise the
        task ends when the service has accepted it, with RV(request_id) to look at later.
    type: bool
    default: true
  wait_timeout:
    description:
      - Seconds to wait at most. What is not finished by then goes on at the service.
    type: int
    default: 600
  progress:
    description:
      - Whether to tell, while the task waits for longer than a second, what it waits for. If not set, the environment
        variable E(PROFITBRICKS_PROGRESS) is asked, and then it is told. Only where the task runs inside Ansible's
        own process, which is so on the controller with its own Python.
    type: bool
seealso:
  - module: profitbricks.cloud.profitbricks_label_info
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

- name: Several labels of an IP block
  profitbricks.cloud.profitbricks_label:
    ipblock: shop-public
    key: "{{ item.key }}"
    value: "{{ item.value }}"
  loop:
    - key: env
      value: production
    - key: cost-center
      value: "4711"

- name: Take a label of a snapshot away
  profitbricks.cloud.profitbricks_label:
    snapshot: before-upgrade
    key: env
    state: absent
"""

RETURN = r"""
---
label:
  description:
    - The label as it is after the task; in check mode as it would be, with V(null) for what only the service knows.
      V(null) when there is none.
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
        - What the label is called. An object has each key once.
      returned: always
      type: str
      sample: env
    value:
      description:
        - What the label says.
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
    - What was done, or in check mode would be done, in this order; empty when nothing changed.
  returned: success
  type: list
  elements: str
  sample:
    - create
request_id:
  description:
    - UUID of the last request that the service accepted; V(null) when there was none.
  returned: success
  type: str
  sample: a8ab2a48-1a7e-4d2c-9c3e-0a4d6f0f2f3a
"""

from ansible_collections.profitbricks.cloud.plugins.module_utils._module import run
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.behaviour.labels import LABELS


def main() -> None:
    run(LABELS)


if __name__ == "__main__":
    main()
