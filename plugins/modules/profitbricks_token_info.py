#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: profitbricks_token_info
short_description: Read tokens of the ProfitBricks cloud
version_added: 1.0.0
description:
  - Returns the tokens that match the options, or all of them without such options. If there is none, the list is
    empty.
  - A token logs in as the user who created it, without a password, until it expires or is revoked. The service
    shows it once; after that, it lists only ids and dates.
  - Tokens come from a service of their own, on the same host as C(api_url).
  - Users with several contracts choose one with C(contract_number). Users with two-factor authentication can only
    create and revoke tokens in the service's web console.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.profitbricks
  - profitbricks.cloud.profitbricks.reading
options:
  id:
    description:
      - Only the token with this UUID.
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
seealso:
  - module: profitbricks.cloud.profitbricks_token
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_everyday
    description: A playbook for each everyday job.
"""

EXAMPLES = r"""
---
- name: List the tokens of the user
  profitbricks.cloud.profitbricks_token_info:
  register: found

- name: Tell which one ends first
  ansible.builtin.debug:
    msg: "{{ found.tokens | sort(attribute='expiration_date') | first | default('There is none.') }}"
"""

RETURN = r"""
---
tokens:
  description:
    - The tokens that were found.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description:
        - The UUID of the token.
      returned: always
      type: str
      sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
    created_date:
      description:
        - When it was created, in UTC.
      returned: always
      type: str
      sample: '2026-11-02T09:17:01Z'
    expiration_date:
      description:
        - When it expires, in UTC.
      returned: always
      type: str
      sample: '2027-11-02T09:17:01Z'
"""

from ansible_collections.profitbricks.cloud.plugins.module_utils._info import run_info
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.behaviour.tokens import TOKENS


def main() -> None:
    run_info(TOKENS)


if __name__ == "__main__":
    main()
