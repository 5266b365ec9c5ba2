# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Documentation that the modules and the inventory plugin share."""

from __future__ import annotations


class ModuleDocFragment:
    """Fragments C(profitbricks), C(profitbricks.managing) and C(profitbricks.reading)."""

    DOCUMENTATION = r"""
---
options:
  api_url:
    description:
      - Base address of the API. Its last part, C(v4), C(v5) or C(v6), says which version is spoken; an address
        without a path gets C(/cloudapi/v6).
      - If not set, the environment is asked, and then V(https://api.ionos.com/cloudapi/v6) is taken.
      - If not set, E(PROFITBRICKS_API_URL) and then E(IONOS_API_URL) are asked.
    type: str
  username:
    description:
      - E-mail address of the user to log in as, together with O(password).
      - If not set, E(PROFITBRICKS_USERNAME) and then E(IONOS_USERNAME) are asked.
    type: str
  password:
    description:
      - Password of O(username).
      - If not set, E(PROFITBRICKS_PASSWORD) and then E(IONOS_PASSWORD) are asked.
    type: str
  token:
    description:
      - Bearer token, in place of O(username) and O(password).
      - Credentials given as options win over those of the environment; where both kinds come from one place, the
        token wins.
      - If not set, E(PROFITBRICKS_TOKEN) and then E(IONOS_TOKEN) are asked.
    type: str
  contract_number:
    description:
      - Contract to work on, for users who hold several. Ignored by the service otherwise.
      - If not set, E(PROFITBRICKS_CONTRACT_NUMBER) and then E(IONOS_CONTRACT_NUMBER) are asked.
    type: str
  validate_certs:
    description:
      - Whether to check the service's TLS certificate. If not set anywhere, it is checked.
      - If not set, E(PROFITBRICKS_VALIDATE_CERTS) and then E(IONOS_VALIDATE_CERTS) are asked.
    type: bool
  ca_path:
    description:
      - File with the certificates of authorities to trust, in place of those that Python's C(requests) trusts.
      - If not set, E(PROFITBRICKS_CA_PATH) and then E(IONOS_CA_PATH) are asked.
    type: path
  api_timeout:
    description:
      - Seconds to wait for the connection, and for each part of an answer. If not set anywhere, V(30).
      - If not set, E(PROFITBRICKS_API_TIMEOUT) and then E(IONOS_API_TIMEOUT) are asked.
    type: float
  api_retries:
    description:
      - 'How often to repeat a call that failed for a passing reason: a lost connection, or the HTTP status 429,
        502, 503 or 504. If not set anywhere, V(4).'
      - A call that creates something is repeated only where the service surely did not take it.
      - If not set, E(PROFITBRICKS_API_RETRIES) and then E(IONOS_API_RETRIES) are asked.
    type: int
requirements:
  - requests (Python library)
"""

    MANAGING = r"""
---
attributes:
  check_mode:
    description: Can run in C(check_mode) and tell what would change, without any request that writes.
    support: full
  diff_mode:
    description: Tells what changed, or in C(check_mode) what would change.
    support: full
notes:
  - Objects are known by their name or their id. Where several bear one name, the task fails and lists their ids.
  - A module talks to the service from the host that it runs on, which usually is C(localhost).
"""

    READING = r"""
---
attributes:
  check_mode:
    description: Reads and returns the same in C(check_mode).
    support: full
  diff_mode:
    description: Changes nothing, so that there is no difference to tell.
    support: N/A
"""
