# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Documentation that the modules and the inventory plugin of the overlay share."""

from __future__ import annotations


class ModuleDocFragment:
    """Fragments C(netfoundry), C(netfoundry.managing) and C(netfoundry.reading)."""

    DOCUMENTATION = r"""
---
options:
  api_url:
    description:
      - Base URL of the gateway, without the root of a service, such as V(https://gateway.production.netfoundry.io).
      - By default it is derived from the credentials.
      - If not set, E(NETFOUNDRY_API_URL) is used.
    type: str
  credentials:
    description:
      - 'File of an API account, as downloaded from the console: JSON with C(clientId), C(password) and C(authenticationUrl).'
      - If it is not the path of a file, it is searched for in the current directory, C(~/.netfoundry), C(/netfoundry)
        and C(~/.config/netfoundry).
      - If no credentials are given, V(credentials.json) is searched for there. A file that does not contain an
        API account, such as that of another service, is skipped with a warning.
      - If not set, E(NETFOUNDRY_API_ACCOUNT) is used.
    type: path
  client_id:
    description:
      - Client id of an API account, instead of O(credentials).
      - If not set, E(NETFOUNDRY_CLIENT_ID) is used.
    type: str
  password:
    description:
      - Password of the API account O(client_id).
      - If not set, E(NETFOUNDRY_PASSWORD) is used.
    type: str
  oauth_url:
    description:
      - Full URL of the token endpoint of the API account O(client_id).
      - If not set, E(NETFOUNDRY_OAUTH_URL) is used.
    type: str
  token:
    description:
      - Bearer token. It is used until it expires, and renewed after that if an API account is given as well.
      - Credentials given as options win over those from the environment.
      - If not set, E(NETFOUNDRY_API_TOKEN) is used.
    type: str
  token_cache:
    description:
      - File that keeps the token of an API account for later tasks, and that only its owner can read. By default
        the token is only kept in memory, and each task obtains its own.
      - If not set, E(NETFOUNDRY_TOKEN_CACHE) is used.
    type: path
  validate_certs:
    description:
      - Whether to verify the service's TLS certificate. By default it is verified.
      - If not set, E(NETFOUNDRY_VALIDATE_CERTS) is used.
    type: bool
  ca_path:
    description:
      - File with the certificate authorities to trust, instead of those that the Python library C(requests) trusts.
      - If not set, E(NETFOUNDRY_CA_PATH) is used.
    type: path
  api_timeout:
    description:
      - Seconds to wait for a connection and for each part of a response, by default V(30).
      - If not set, E(NETFOUNDRY_API_TIMEOUT) is used.
    type: float
  api_retries:
    description:
      - 'How often to retry a call that failed for a temporary reason: a lost connection, or the HTTP status 429,
        502, 503 or 504. By default V(4).'
      - A call that creates something is only repeated if the service certainly did not accept it.
      - If not set, E(NETFOUNDRY_API_RETRIES) is used.
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
    description: Use C(group/profitbricks.cloud.netfoundry) in C(module_defaults) to set the options of the connection once.
    support: full
    membership:
      - profitbricks.cloud.all
      - profitbricks.cloud.netfoundry
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
    description: Use C(group/profitbricks.cloud.netfoundry) in C(module_defaults) to set the options of the connection once.
    support: full
    membership:
      - profitbricks.cloud.all
      - profitbricks.cloud.netfoundry
  platform:
    description: The platforms that the module runs on.
    support: full
    platforms: posix
"""
