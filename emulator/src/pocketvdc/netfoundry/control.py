# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The control calls of NetFoundry, below ``/_emulator/netfoundry/``.

====================  ====================================================================================
``POST enroll``       ``{"id": ...}`` or ``{"jwt": ...}``: enrolls the endpoint or edge router; its one-time
                      token becomes null, its ``zitiId`` stays
``POST heal``         ``{"id": ...}``: the service replaces a network or edge router by itself
``POST fail``         ``{"id": ...}``: a network or edge router goes into ERROR by itself; work on it mends it
``POST reach``        ``{"id": ...}`` of a service: names of its ``routers``, ``hosts``, ``clients``, and of
                      those clients that it is ``reached_by``, see ``pocketvdc.netfoundry.reach``
``GET mails``         the mails with tokens that would have been sent: ``{"to", "subject", "endpoint",
                      "jwt"}``
``GET credentials``   the API account file of ``demo-client``
``POST credentials``  ``{"path": ...}`` writes it, readable for its owner only; ``client_id`` takes another
                      ready-made account
``GET settings``      see ``platform.Settings``; ``POST settings`` changes some
====================  ====================================================================================
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from werkzeug.datastructures import MultiDict

from ..refusal import Refused
from . import endpoints, reach, routers, work
from .accounts import READY_MADE, Account, credentials, write_credentials
from .call import Call
from .platform import LINKS, PLACES, Platform, Settings
from .table import Values
from .tokens import has_ended

if TYPE_CHECKING:
    from .state import Entity

NetFoundryCall = Callable[[Platform, str, Values], Values]


def _enroll(platform: Platform, base: str, data: Values) -> Values:
    ident, jwt = (value if isinstance(value, str) else None for value in (data.get("id"), data.get("jwt")))
    entity = platform.enrollable(ident, jwt)
    if entity is None:
        raise Refused(404, "no endpoint or edge router has this id or token")
    if entity.values["jwt"] is None:
        raise Refused(409, f"{entity.name} has no enrollment token (any more)")
    if has_ended(entity.values["jwt"], platform.now()):
        raise Refused(409, f"the enrollment token of {entity.name} is expired")
    if entity.row.kind == "endpoints":
        endpoints.enroll(entity)
    else:
        routers.enroll(platform, entity)
    return {"id": entity.id, "name": entity.name, "zitiId": entity.ziti_id}


def _living(platform: Platform, data: Values) -> Entity:
    """The network or edge router of an id: what shows a status."""
    for kind in ("networks", "edge-routers"):
        entity = platform.entities[kind].get(str(data.get("id")))
        if entity is not None and entity.deleted is None:
            return entity
    raise Refused(404, "no network or edge router has this id")


def _fail(platform: Platform, base: str, data: Values) -> Values:
    entity = _living(platform, data)
    work.fail(entity)
    return {"id": entity.id, "status": entity.status}


def _reach(platform: Platform, base: str, data: Values) -> Values:
    service = platform.entities["services"].get(str(data.get("id")))
    if service is None or service.deleted is not None:
        raise Refused(404, "no service has this id")
    return reach.of_service(platform, service)


def _mails(platform: Platform, base: str, data: Values) -> Values:
    return {"items": platform.mails}


def _heal(platform: Platform, base: str, data: Values) -> Values:
    entity = _living(platform, data)
    call = Call(platform, base, "POST", "", MultiDict(), "", {}, b"")
    execution = work.heal(call, entity)
    return {"id": entity.id, "execution": execution.id}


def _account(client_id: Any) -> Account:
    if client_id is None:
        return READY_MADE[0]
    for account in READY_MADE:
        if account.client_id == client_id:
            return account
    raise Refused(404, f"client_id must be one of {', '.join(a.client_id for a in READY_MADE)}")


def _credentials(platform: Platform, base: str, data: Values) -> Values:
    return dict(credentials(base, _account(data.get("client_id"))))


def _write_credentials(platform: Platform, base: str, data: Values) -> Values:
    path = data.get("path")
    if not isinstance(path, str) or not path:
        raise Refused(400, "path is required")
    try:
        write_credentials(path, _credentials(platform, base, data))
    except OSError as error:
        raise Refused(400, f"cannot write {path}: {error.strerror}") from None
    return {"path": path}


def _settings(platform: Platform, base: str, data: Values) -> Values:
    return asdict(platform.settings)


def _change_settings(platform: Platform, base: str, data: Values) -> Values:
    unknown = set(data) - set(asdict(platform.settings))
    if unknown:
        raise Refused(400, f"unknown settings: {', '.join(sorted(unknown))}")
    found = Settings(**{**asdict(platform.settings), **data})
    for name, choices in (("links", LINKS), ("place", PLACES)):
        if getattr(found, name) not in choices:
            raise Refused(400, f"{name} must be one of {', '.join(choices)}")
    for name in ("deleted_readable", "arrays"):
        if not isinstance(getattr(found, name), bool):
            raise Refused(400, f"{name} must be true or false")
    for name in ("access_seconds", "enrollment_seconds"):
        seconds = getattr(found, name)
        if isinstance(seconds, bool) or not isinstance(seconds, int) or seconds < 1:
            raise Refused(400, f"{name} must be a whole number, 1 or more")
    platform.settings = found
    return asdict(found)


CALLS: dict[str, dict[str, NetFoundryCall]] = {
    "netfoundry/enroll": {"POST": _enroll},
    "netfoundry/heal": {"POST": _heal},
    "netfoundry/fail": {"POST": _fail},
    "netfoundry/reach": {"POST": _reach},
    "netfoundry/mails": {"GET": _mails},
    "netfoundry/credentials": {"GET": _credentials, "POST": _write_credentials},
    "netfoundry/settings": {"GET": _settings, "POST": _change_settings},
}
