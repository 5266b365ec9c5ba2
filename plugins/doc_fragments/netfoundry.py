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
      - Base address of the gateway, without the root of a service, such as V(https://gateway.production.netfoundry.io).
      - If not set anywhere, it is found from the credentials.
      - If not set, E(NETFOUNDRY_API_URL) is asked.
    type: str
  credentials:
    description:
      - 'File of an API account, as the console gives it: JSON with C(clientId), C(password) and C(authenticationUrl).'
      - A name that is no path of a file is looked for in the current directory, C(~/.netfoundry), C(/netfoundry)
        and C(~/.config/netfoundry).
      - Where no other credentials are given at all, V(credentials.json) is looked for there.
      - If not set, E(NETFOUNDRY_API_ACCOUNT) is asked.
    type: path
  client_id:
    description:
      - Client id of an API account, in place of O(credentials).
      - If not set, E(NETFOUNDRY_CLIENT_ID) is asked.
    type: str
  password:
    description:
      - Password of the API account O(client_id).
      - If not set, E(NETFOUNDRY_PASSWORD) is asked.
    type: str
  oauth_url:
    description:
      - Full address of the token endpoint of the API account O(client_id).
      - If not set, E(NETFOUNDRY_OAUTH_URL) is asked.
    type: str
  token:
    description:
      - Bearer token. It is used as long as it is good, and renewed after that where an API account is known too.
      - Credentials given as options win over those of the environment.
      - If not set, E(NETFOUNDRY_API_TOKEN) is asked.
    type: str
  token_cache:
    description:
      - File in which the token of an API account is kept for the tasks to come, readable by its owner alone. If
        not set anywhere, the token is kept in memory only, and each task asks for one.
      - If not set, E(NETFOUNDRY_TOKEN_CACHE) is asked.
    type: path
  validate_certs:
    description:
      - Whether to check the service's TLS certificate. If not set anywhere, it is checked.
      - If not set, E(NETFOUNDRY_VALIDATE_CERTS) is asked.
    type: bool
  ca_path:
    description:
      - File with the certificates of authorities to trust, in place of those that Python's C(requests) trusts.
      - If not set, E(NETFOUNDRY_CA_PATH) is asked.
    type: path
  api_timeout:
    description:
      - Seconds to wait for the connection, and for each part of an answer. If not set anywhere, V(30).
      - If not set, E(NETFOUNDRY_API_TIMEOUT) is asked.
    type: float
  api_retries:
    description:
      - 'How often to repeat a call that failed for a passing reason: a lost connection, or the HTTP status 429,
        502, 503 or 504. If not set anywhere, V(4).'
      - A call that creates something is repeated only where the service surely did not take it.
      - If not set, E(NETFOUNDRY_API_RETRIES) is asked.
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
