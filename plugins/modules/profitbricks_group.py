#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: profitbricks_group
short_description: Create, change and delete groups of the ProfitBricks cloud
version_added: 1.0.0
description:
  - Brings a group into the state that the options describe, and does nothing if it is already in that state.
  - Options that are left out are neither sent nor compared.
  - A group gives its users privileges and access to shared resources (M(profitbricks.cloud.profitbricks_share)).
    Administrators of the contract need neither.
  - Deleting a group does not delete its users or what was shared with it.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.profitbricks
  - profitbricks.cloud.profitbricks.managing
options:
  state:
    description:
      - 'V(present): the group exists and is as the options describe. Options that are left out are not changed.'
      - 'V(absent): the group does not exist. Nothing happens if it, or the object it belongs to, is already gone.'
    type: str
    choices:
      - present
      - absent
    default: present
  id:
    description:
      - The UUID of the group. Only needed to change its O(name).
    type: str
  name:
    description:
      - Name of the group, unique in the contract.
      - Needed to create one.
    type: str
  create_datacenter:
    description:
      - Whether its users may create data centers.
    type: bool
  create_snapshot:
    description:
      - Whether its users may create snapshots.
    type: bool
  reserve_ip:
    description:
      - Whether its users may reserve IP blocks.
    type: bool
  access_activity_log:
    description:
      - Whether its users may read the activity log.
    type: bool
  create_pcc:
    description:
      - Whether its users may create cross connects.
    type: bool
  s3_privilege:
    description:
      - Whether its users may use the object storage.
    type: bool
  create_backup_unit:
    description:
      - Whether its users may create backup units.
    type: bool
  create_internet_access:
    description:
      - Whether its users may connect LANs to the internet.
    type: bool
  create_k8s_cluster:
    description:
      - Whether its users may create Kubernetes clusters.
    type: bool
  create_flow_log:
    description:
      - Whether its users may create flow logs.
    type: bool
  access_and_manage_monitoring:
    description:
      - Whether its users may use and manage the monitoring.
    type: bool
  access_and_manage_certificates:
    description:
      - Whether its users may use and manage certificates.
    type: bool
  manage_dbaas:
    description:
      - Whether its users may manage databases.
    type: bool
  access_and_manage_dns:
    description:
      - Whether its users may use and manage DNS zones.
    type: bool
  manage_registry:
    description:
      - Whether its users may manage container registries.
    type: bool
  manage_dataplatform:
    description:
      - Whether its users may manage the data platform.
    type: bool
  access_and_manage_logging:
    description:
      - Whether its users may use and manage the logging.
    type: bool
  access_and_manage_cdn:
    description:
      - Whether its users may use and manage the content delivery network.
    type: bool
  access_and_manage_vpn:
    description:
      - Whether its users may use and manage VPN gateways.
    type: bool
  access_and_manage_api_gateway:
    description:
      - Whether its users may use and manage API gateways.
    type: bool
  access_and_manage_kaas:
    description:
      - Whether its users may use and manage KaaS.
    type: bool
  access_and_manage_network_file_storage:
    description:
      - Whether its users may use and manage network file storage.
    type: bool
  access_and_manage_ai_model_hub:
    description:
      - Whether its users may use and manage the hub of AI models.
    type: bool
  access_and_manage_iam_resources:
    description:
      - Whether its users may use and manage identities and access.
    type: bool
  create_network_security_groups:
    description:
      - Whether its users may create network security groups.
    type: bool
  users:
    description:
      - E-mail addresses or UUIDs of the users in the group; all others are removed unless O(append) is set. An
        empty list removes all.
      - If left out, they do not change. M(profitbricks.cloud.profitbricks_user) can do the same from the user's
        side.
    type: list
    elements: str
  append:
    description:
      - Whether O(users) only adds. Otherwise those that are not listed are removed.
    type: bool
    default: false
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
  - module: profitbricks.cloud.profitbricks_group_info
  - module: profitbricks.cloud.profitbricks_share
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_everyday
    description: A playbook for each everyday job.
"""

EXAMPLES = r"""
---
- name: Create a group that may create data centers and reserve addresses, with exactly two users
  profitbricks.cloud.profitbricks_group:
    name: operators
    create_datacenter: true
    reserve_ip: true
    users:
      - ada@example.com
      - grace@example.com

- name: Add another user, no matter who is in the group
  profitbricks.cloud.profitbricks_group:
    name: operators
    users:
      - joan@example.com
    append: true

- name: Revoke one privilege; the others stay
  profitbricks.cloud.profitbricks_group:
    name: operators
    reserve_ip: false

- name: Remove all users
  profitbricks.cloud.profitbricks_group:
    name: operators
    users: []

- name: Delete the group; its users stay
  profitbricks.cloud.profitbricks_group:
    name: operators
    state: absent
"""

RETURN = r"""
---
group:
  description:
    - The group after the task, or in check mode as it would be, with V(null) for what only the service knows. V(null)
      if there is none.
  returned: success
  type: dict
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
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.behaviour.users import GROUPS


def main() -> None:
    run(GROUPS)


if __name__ == "__main__":
    main()
