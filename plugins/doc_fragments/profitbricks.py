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
      - Base URL of the API. Its last part, C(v4), C(v5) or C(v6), is the version of the API; a URL without a path
        gets C(/cloudapi/v6).
      - By default V(https://api.ionos.com/cloudapi/v6).
      - If not set, E(PROFITBRICKS_API_URL) and then E(IONOS_API_URL) are used.
    type: str
  username:
    description:
      - E-mail address of the user to log in as, together with O(password).
      - If not set, E(PROFITBRICKS_USERNAME) and then E(IONOS_USERNAME) are used.
    type: str
  password:
    description:
      - Password of O(username).
      - If not set, E(PROFITBRICKS_PASSWORD) and then E(IONOS_PASSWORD) are used.
    type: str
  token:
    description:
      - Bearer token, instead of O(username) and O(password).
      - Credentials given as options win over those from the environment; if one place has both kinds, the token
        wins.
      - If not set, E(PROFITBRICKS_TOKEN) and then E(IONOS_TOKEN) are used.
    type: str
  use_config_file:
    description:
      - Whether to read the configuration file of the vendor's own tools, if neither the options nor the environment
        contain any credentials. By default it is read.
      - Its current profile provides the credentials and, unless O(api_url) is set, the endpoint with its TLS settings.
        The authentication guide lists the places that are searched for the file.
      - If not set, E(PROFITBRICKS_USE_CONFIG_FILE) and then E(IONOS_USE_CONFIG_FILE) are used.
    type: bool
  contract_number:
    description:
      - Contract to work on, for users who have several. Otherwise the service ignores it.
      - If not set, E(PROFITBRICKS_CONTRACT_NUMBER) and then E(IONOS_CONTRACT_NUMBER) are used.
    type: str
  validate_certs:
    description:
      - Whether to verify the service's TLS certificate. By default it is verified.
      - If not set, E(PROFITBRICKS_VALIDATE_CERTS) and then E(IONOS_VALIDATE_CERTS) are used.
    type: bool
  ca_path:
    description:
      - File with the certificate authorities to trust, instead of those that the Python library C(requests) trusts.
      - If not set, E(PROFITBRICKS_CA_PATH) and then E(IONOS_CA_PATH) are used.
    type: path
  api_timeout:
    description:
      - Seconds to wait for a connection and for each part of a response, by default V(30).
      - If not set, E(PROFITBRICKS_API_TIMEOUT) and then E(IONOS_API_TIMEOUT) are used.
    type: float
  api_retries:
    description:
      - 'How often to retry a call that failed for a temporary reason: a lost connection, or the HTTP status 429,
        502, 503 or 504. By default V(4).'
      - A call that creates something is only repeated if the service certainly did not accept it.
      - If not set, E(PROFITBRICKS_API_RETRIES) and then E(IONOS_API_RETRIES) are used.
    type: int
requirements:
  - python >= 3.11
  - requests (Python library)
"""

    MANAGING = r"""
---
attributes:
  check_mode:
    description: Can run in C(check_mode) and predict what would change, without sending any write request.
    support: full
  diff_mode:
    description: Returns what changed, or in C(check_mode) what would change.
    support: full
  action_group:
    description: Use C(group/profitbricks.cloud.profitbricks) in C(module_defaults) to set the options of the connection once.
    support: full
    membership:
      - profitbricks.cloud.all
      - profitbricks.cloud.profitbricks
  platform:
    description: The platforms that the module runs on.
    support: full
    platforms: posix
notes:
  - Objects are identified by name or id. If several have the name, the task fails and lists their ids.
  - A module talks to the service from the host that it runs on, which is usually C(localhost).
"""

    READING = r"""
---
attributes:
  check_mode:
    description: Returns the same in C(check_mode).
    support: full
  diff_mode:
    description: Changes nothing, so that there is no diff.
    support: N/A
  action_group:
    description: Use C(group/profitbricks.cloud.profitbricks) in C(module_defaults) to set the options of the connection once.
    support: full
    membership:
      - profitbricks.cloud.all
      - profitbricks.cloud.profitbricks
  platform:
    description: The platforms that the module runs on.
    support: full
    platforms: posix
"""
