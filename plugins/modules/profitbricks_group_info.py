#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: profitbricks_group_info
short_description: Read groups of the ProfitBricks cloud
version_added: 1.0.0
description:
  - Returns the groups that match the options, or all of them without such options. If there is none, the list is
    empty.
  - A group gives its users privileges and access to shared resources (M(profitbricks.cloud.profitbricks_share)).
    Administrators of the contract need neither.
  - Deleting a group does not delete its users or what was shared with it.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.profitbricks
  - profitbricks.cloud.profitbricks.reading
options:
  id:
    description:
      - Only the group with this UUID.
    type: str
  name:
    description:
      - Only the group with this name.
    type: str
  filters:
    description:
      - Only objects whose results have these values, as a dictionary with keys such as C(state). Case does not
        matter; in a list, one matching element is enough.
    type: dict
  user:
    description:
      - Only groups with the user of this e-mail address or UUID.
    type: str
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
  - module: profitbricks.cloud.profitbricks_group
  - module: profitbricks.cloud.profitbricks_share
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_everyday
    description: A playbook for each everyday job.
"""

EXAMPLES = r"""
---
- name: Read all groups with their users and what is shared with them
  profitbricks.cloud.profitbricks_group_info:
  register: found

- name: Show who belongs to which
  ansible.builtin.debug:
    msg: "{{ item.name }}: {{ item.users | map(attribute='email') | join(', ') }}"
  loop: "{{ found.groups }}"

- name: Read one group
  profitbricks.cloud.profitbricks_group_info:
    name: operators
"""

RETURN = r"""
---
groups:
  description:
    - The groups that were found.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description:
        - The UUID of the group.
      returned: always
      type: str
      sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
    name:
      description:
        - Name of the group, unique in the contract.
      returned: always
      type: str
      sample: operators
    create_datacenter:
      description:
        - Whether its users may create data centers.
      returned: always
      type: bool
      sample: false
    create_snapshot:
      description:
        - Whether its users may create snapshots.
      returned: always
      type: bool
      sample: false
    reserve_ip:
      description:
        - Whether its users may reserve IP blocks.
      returned: always
      type: bool
      sample: false
    access_activity_log:
      description:
        - Whether its users may read the activity log.
      returned: always
      type: bool
      sample: false
    create_pcc:
      description:
        - Whether its users may create cross connects.
      returned: always
      type: bool
      sample: false
    s3_privilege:
      description:
        - Whether its users may use the object storage.
      returned: always
      type: bool
      sample: false
    create_backup_unit:
      description:
        - Whether its users may create backup units.
      returned: always
      type: bool
      sample: false
    create_internet_access:
      description:
        - Whether its users may connect LANs to the internet.
      returned: always
      type: bool
      sample: false
    create_k8s_cluster:
      description:
        - Whether its users may create Kubernetes clusters.
      returned: always
      type: bool
      sample: false
    create_flow_log:
      description:
        - Whether its users may create flow logs.
      returned: always
      type: bool
      sample: false
    access_and_manage_monitoring:
      description:
        - Whether its users may use and manage the monitoring.
      returned: always
      type: bool
      sample: false
    access_and_manage_certificates:
      description:
        - Whether its users may use and manage certificates.
      returned: always
      type: bool
      sample: false
    manage_dbaas:
      description:
        - Whether its users may manage databases.
      returned: always
      type: bool
      sample: false
    access_and_manage_dns:
      description:
        - Whether its users may use and manage DNS zones.
      returned: always
      type: bool
      sample: false
    manage_registry:
      description:
        - Whether its users may manage container registries.
      returned: always
      type: bool
      sample: false
    manage_dataplatform:
      description:
        - Whether its users may manage the data platform.
      returned: always
      type: bool
      sample: false
    access_and_manage_logging:
      description:
        - Whether its users may use and manage the logging.
      returned: always
      type: bool
      sample: false
    access_and_manage_cdn:
      description:
        - Whether its users may use and manage the content delivery network.
      returned: always
      type: bool
      sample: false
    access_and_manage_vpn:
      description:
        - Whether its users may use and manage VPN gateways.
      returned: always
      type: bool
      sample: false
    access_and_manage_api_gateway:
      description:
        - Whether its users may use and manage API gateways.
      returned: always
      type: bool
      sample: false
    access_and_manage_kaas:
      description:
        - Whether its users may use and manage KaaS.
      returned: always
      type: bool
      sample: false
    access_and_manage_network_file_storage:
      description:
        - Whether its users may use and manage network file storage.
      returned: always
      type: bool
      sample: false
    access_and_manage_ai_model_hub:
      description:
        - Whether its users may use and manage the hub of AI models.
      returned: always
      type: bool
      sample: false
    access_and_manage_iam_resources:
      description:
        - Whether its users may use and manage identities and access.
      returned: always
      type: bool
      sample: false
    create_network_security_groups:
      description:
        - Whether its users may create network security groups.
      returned: always
      type: bool
      sample: false
    users:
      description:
        - The users in the group.
      returned: always
      type: list
      elements: dict
      contains:
        id:
          description:
            - The UUID of the user.
          returned: always
          type: str
          sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
        email:
          description:
            - E-mail address.
          returned: always
          type: str
          sample: ada@example.com
        firstname:
          description:
            - First name.
          returned: always
          type: str
          sample: Ada
        lastname:
          description:
            - Last name.
          returned: always
          type: str
          sample: Lovelace
    resources:
      description:
        - What is shared with the group.
      returned: always
      type: list
      elements: dict
      contains:
        id:
          description:
            - The UUID of the resource.
          returned: always
          type: str
          sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
        type:
          description:
            - 'Type of the resource: V(datacenter), V(image), V(snapshot), V(ipblock), and since version 5 of the
              API V(pcc), V(backupunit) and V(k8s).'
          returned: always
          type: str
          sample: datacenter
        name:
          description:
            - Name of the resource.
          returned: always
          type: str
          sample: shop
"""

from ansible_collections.profitbricks.cloud.plugins.module_utils._info import run_info
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.behaviour.users import GROUPS


def main() -> None:
    run_info(GROUPS)


if __name__ == "__main__":
    main()
