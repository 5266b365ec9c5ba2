# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""NetFoundry beside ProfitBricks: the overlay network's services over one state, in the same process.

Served are the token endpoint ``/oauth2/token`` and the roots ``/identity/v1``, ``/auth/v1``, ``/core/v2``,
``/rest/v1`` (what is left of it) and ``/product-metadata/v2``. Ready-made are two organizations with a
network group each; API account ``demo-client`` with password ``demo-secret`` belongs to the first,
``other-client`` with ``other-secret`` to the second.

Whatever a write starts takes the emulator's ``provision_seconds``: a creation goes from NEW over
PROVISIONING to PROVISIONED; its execution cannot be seen at first, answering 404 and then 403, as the
service does. The fault ``fail_request`` lets it fail: the execution ends FAILED, the resource in ERROR. After
a failed creation it can only be deleted; after a failed update it is as before, and another update mends it.
Policies and AppWANs are complete in the answer to their creation, and cannot fail that way.

The control path has calls of its own below ``/_emulator/netfoundry``, see ``pocketvdc.netfoundry.control``.
To reach it with the vendor's client library, which knows no other hosts than the vendor's, mount the
emulator under a ``requests`` session at the vendor's URLs (``pocketvdc.mount``).

Where the service's behaviour is known by inference only, the emulator does the simple thing. Differences
from the service that are known: any certificate and mail stays here, and of Core v3 there are the networks
and the registration of edge routers alone (``pocketvdc.netfoundry.v3``).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .paths import serves

if TYPE_CHECKING:
    from .accounts import credentials, write_credentials
    from .exchange import Exchange
    from .platform import Platform

__all__ = ["Exchange", "Platform", "credentials", "serves", "write_credentials"]

_HOMES = {
    "Exchange": "exchange", "Platform": "platform", "credentials": "accounts", "write_credentials": "accounts"
}  # fmt: skip


def __getattr__(name: str) -> Any:
    """Load what is asked for only then: it is a third of all that the emulator loads."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOMES[name]}", __name__), name)
