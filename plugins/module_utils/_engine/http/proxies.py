# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Proxies that the environment names, found and used as `requests` does.

Apart from `transport`, because `requests` takes long to load, and most runs need no proxy.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..errors import ConnectionFailed

if TYPE_CHECKING:
    from urllib3 import PoolManager


def through_proxy(base_url: str, connections: int, trust: Mapping[str, Any]) -> PoolManager | None:
    """Connections to a service by way of its proxy; None where it has none. Raises ConnectionFailed."""
    from requests.adapters import HTTPAdapter
    from requests.utils import get_environ_proxies, prepend_scheme_if_needed, select_proxy
    from urllib3.exceptions import HTTPError

    proxy = select_proxy(base_url, get_environ_proxies(base_url, no_proxy=None))
    if proxy is None:
        return None
    try:
        proxy = prepend_scheme_if_needed(proxy, "http")  # type: ignore[no-untyped-call]
        manager: PoolManager = HTTPAdapter(pool_maxsize=connections).proxy_manager_for(proxy, **trust)
    except (HTTPError, OSError) as error:
        # Of what cannot be parsed the message may hold the password.
        why = f": {error}" if isinstance(error, OSError) else ""
        raise ConnectionFailed(
            f"The proxy on the way to {base_url} cannot be used{why}. Check the proxy variables"
        ) from None
    return manager
