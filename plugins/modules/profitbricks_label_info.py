#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: profitbricks_label_info
short_description: Read labels of the ProfitBricks cloud
version_added: 1.0.0
description:
  - Returns the labels that match the options, or all of them without such options. If there is none, the list is
    empty.
  - A label is a key with a value. With O(datacenter) alone it belongs to the data center, and with O(server) or
    O(volume) as well to these; otherwise it belongs to O(snapshot), O(ipblock) or O(image).
  - Needs version 5 or 6 of the API; labels of images need version 6.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.profitbricks
  - profitbricks.cloud.profitbricks.reading
options:
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
  id:
    description:
      - Only the label with this key.
    type: str
  key:
    description:
      - Only labels with this key.
    type: str
  value:
    description:
      - Only labels with this value.
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
  - module: profitbricks.cloud.profitbricks_label
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
- name: Read the labels of one server
  profitbricks.cloud.profitbricks_label_info:
    datacenter: shop
    server: web-01

- name: Find everything in the contract that is labelled as production
  profitbricks.cloud.profitbricks_label_info:
    key: env
    value: production
  register: found

- name: Show the UUIDs of the servers among them
  ansible.builtin.debug:
    msg: "{{ found.labels | map(attribute='server_id') | select }}"
"""

RETURN = r"""
---
labels:
  description:
    - The labels that were found.
  returned: success
  type: list
  elements: dict
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
"""

from ansible_collections.profitbricks.cloud.plugins.module_utils._info import run_info
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.behaviour.labels import LABELS


def main() -> None:
    run_info(LABELS)


if __name__ == "__main__":
    main()
