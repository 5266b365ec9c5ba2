# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The control path ``/_emulator/...``: JSON, no credentials, programs on this machine only.

No web page gets through but the emulator's own: a browser names the page in ``Origin``, and the host of a page that was made to resolve to
loopback in ``Host``; and a form cannot send ``application/json``.

======================  ==================================================================================
``GET health``          ``{"status": "ok", "version": ...}``
``POST reset``          state, journal, faults, settings and clock back to the start
``GET journal``         ``{"items": [{"method", "path", "query", "status", "seconds", "user_agent", "user"}], "next"}``,
                        oldest first, without control calls; ``status`` is null where nothing was answered;
                        ``?since=`` an earlier ``next`` gives what came after
``DELETE journal``      empties it
``GET faults``          the faults in force; ``DELETE faults`` ends them all
``POST faults``         adds one, see ``pocketvdc.faults.Fault``
``GET settings``        ``{"provision_seconds", "rate_limit", "page_limit", "limits", "lacks", "full"}``; ``POST
                        settings`` changes some; ``limits`` are those of every contract that differ from the seed,
                        ``lacks`` lists features that no contract has, ``full`` locations without room for a server
``POST marks``          what only the service itself does to a resource: ``path`` below the version, and ``outdated``
                        (a server needs an upgrade) or ``protected_by`` (a LAN cannot be deleted; null ends it)
``GET clock``           ``{"now", "ahead"}``: the emulator's time in seconds since the epoch, and how far it
                        was moved; ``POST clock`` lets ``{"seconds": N}`` or ``{"days": N}`` pass at once, for
                        both services
``GET ``                the page for people, see ``pocketvdc.page``; ``GET events`` keeps it up to date
``GET view``            what it shows; ``GET exchange?number=N`` what was asked and answered in a recent request
``GET status``          what there is: resources by kind, work under way, faults, settings, the clock
``GET accounts``        who can log in: ``{"items": [{"email", "password", "token", "contract"}]}``
``GET servers``         ``{"items": [{"id", "name", "addresses", "running"}], "ssh_port"}``; the port is null
                        without ``--ssh``
``GET snapshot``        the whole state, see ``pocketvdc.snapshot``; 409 while work is under way; ``POST snapshot``
                        takes one back, as ``application/x-ndjson``
``POST images``         adds a private image: properties (``name``, ``location``, ``size``, ...) in, image out
======================  ==================================================================================

All of them count for NetFoundry too; its own calls are in ``pocketvdc.netfoundry.control``.
"""

from __future__ import annotations

import gc
import hmac
import json
import os
from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

from . import __version__, page
from .call import Answer
from .cloud import FEATURES, Cloud
from .faults import BadFault, Fault
from .refusal import Refused
from .render import Renderer
from .table import NEWEST

if TYPE_CHECKING:
    from werkzeug.wrappers import Request

PREFIX = "/_emulator/"
SNAPSHOT = "application/x-ndjson"


def is_local(address: str | None) -> bool:
    try:
        return address is not None and ip_address(address.split("%")[0]).is_loopback
    except ValueError:
        return False


def why_refused(request: Request, hosts: Collection[str], has_body: bool) -> Answer | None:
    """The refusal of a control call that may come from elsewhere than a program on this machine; None: it may not.

    ``hosts`` are the names of the emulator beside those of loopback, in small letters.
    """
    host = host_of(request.host)
    if not is_local(request.remote_addr):
        return Answer(403, {"error": "only for clients on this machine"})
    if "Origin" in request.headers and not _is_own_page(request):
        return Answer(403, {"error": "not for web pages: the call has an Origin"})
    if not (host == "localhost" or is_local(host) or host in hosts):
        return Answer(403, {"error": f"the emulator does not listen on the host {host!r}"})
    wanted = SNAPSHOT if request.path == f"{PREFIX}snapshot" else "application/json"
    if has_body and request.mimetype != wanted:
        return Answer(415, {"error": f"Content-Type must be {wanted}"})
    return None


def _is_own_page(request: Request) -> bool:
    """Whether a call is of the emulator's own page: from the same origin, and with the token that only it can read."""
    given = request.headers.get(page.TOKEN_HEADER, "")
    same = request.headers["Origin"] == request.host_url.rstrip("/")
    return same and hmac.compare_digest(given.encode(), page.TOKEN.encode())


def host_of(authority: str) -> str:
    """The host of ``host:port`` in small letters, an IPv6 address without its brackets."""
    bracketed, _end, _port = authority.lower().partition("]")
    return bracketed[1:] if bracketed.startswith("[") else authority.lower().partition(":")[0]


def control(cloud: Cloud, method: str, path: str, body: bytes, base: str, query: Mapping[str, str]) -> Answer:
    """Answer one control call, a GET by its query; ``base`` is the emulator's URL as the client knows it."""
    name = path[len(PREFIX) :].strip("/")
    known = _known(name)
    if method == "GET" and (file := page.file(name)) is not None:
        return file
    if method == "GET":
        body = json.dumps(query).encode()
    try:
        if name not in known:
            raise Refused(404, f"no such control path; known are {', '.join(sorted(known))}")
        if method not in known[name]:
            raise Refused(405, f"{name} knows {', '.join(sorted(known[name]))}")
        with cloud.lock:
            if name not in _CALLS:
                cloud.settle()
                return Answer(200, known[name][method](cloud.netfoundry, base, _object(body)))
            found = _CALLS[name][method](cloud, body)
            return found if isinstance(found, Answer) else Answer(200, found)
    except Refused as error:
        return Answer(error.status, {"error": str(error)})


def _known(name: str) -> Mapping[str, Any]:
    """The calls, those of NetFoundry where one of them may be meant."""
    if name in _CALLS:
        return _CALLS
    from .netfoundry.control import CALLS

    return {**_CALLS, **CALLS}


def _object(body: bytes) -> dict[str, Any]:
    try:
        data = json.loads(body or b"{}")
    except ValueError:
        raise Refused(400, "the body is not JSON") from None
    if not isinstance(data, dict):
        raise Refused(400, "the body is not an object")
    return data


def _health(cloud: Cloud, body: bytes) -> dict[str, Any]:
    return {"status": "ok", "version": __version__}


def _reset(cloud: Cloud, body: bytes) -> dict[str, Any]:
    cloud.reset()
    # What was there refers to itself in circles, and the server looks for those seldom.
    gc.collect()
    return {"status": "ok"}


def _journal(cloud: Cloud, body: bytes) -> dict[str, Any]:
    since = str(_object(body).get("since", "0"))
    if not since.isdecimal():
        raise Refused(400, "since must be a number, 0 or more")
    return {"items": cloud.journal.since(int(since)), "next": cloud.journal.noted}


def _exchange(cloud: Cloud, body: bytes) -> dict[str, Any]:
    number = str(_object(body).get("number", ""))
    found = cloud.journal.exchange(int(number)) if number.isdecimal() else None
    if found is None:
        raise Refused(404, "nothing more is known of this request")
    return dict(found)


def _view(cloud: Cloud, body: bytes) -> dict[str, Any]:
    return page.view(cloud)


def _clear_journal(cloud: Cloud, body: bytes) -> dict[str, Any]:
    cloud.journal.clear()
    return {"items": []}


def _faults(cloud: Cloud, body: bytes) -> dict[str, Any]:
    return {"items": cloud.faults.as_json()}


def _add_fault(cloud: Cloud, body: bytes) -> dict[str, Any]:
    try:
        cloud.faults.add(Fault.parse(_object(body)))
    except (BadFault, TypeError) as error:
        raise Refused(400, str(error)) from None
    return _faults(cloud, body)


def _clear_faults(cloud: Cloud, body: bytes) -> dict[str, Any]:
    cloud.faults.clear()
    return _faults(cloud, body)


def _settings(cloud: Cloud, body: bytes) -> dict[str, Any]:
    return asdict(cloud.settings)


def _change_settings(cloud: Cloud, body: bytes) -> dict[str, Any]:
    data = _object(body)
    unknown = set(data) - set(asdict(cloud.settings))
    if unknown:
        raise Refused(400, f"unknown settings: {', '.join(sorted(unknown))}")
    seconds = data.get("provision_seconds", cloud.settings.provision_seconds)
    pages = data.get("page_limit", cloud.settings.page_limit)
    if isinstance(seconds, bool) or not isinstance(seconds, (int, float)) or seconds < 0:
        raise Refused(400, "provision_seconds must be a number, 0 or more")
    if pages is not None and (isinstance(pages, bool) or not isinstance(pages, int) or pages < 1):
        raise Refused(400, "page_limit must be a whole number, 1 or more, or null")
    limits = data.get("limits", cloud.settings.limits)
    if not isinstance(limits, dict) or any(
        name not in cloud.seed_limits or isinstance(most, bool) or not isinstance(most, int) or most < 0
        for name, most in limits.items()
    ):
        raise Refused(400, f"limits must be whole numbers by name, of {', '.join(cloud.seed_limits)}")
    lists = {
        name: _some_of(name, data.get(name, getattr(cloud.settings, name)), known)
        for name, known in (("lacks", FEATURES), ("full", tuple(cloud.shared("locations"))))
    }
    if "rate_limit" in data:
        try:
            cloud.limit_rate(data["rate_limit"])
        except (ValueError, TypeError) as error:
            raise Refused(400, str(error)) from None
    cloud.settings.provision_seconds = float(seconds)
    cloud.settings.page_limit = pages
    cloud.settings.limits = limits
    cloud.settings.lacks, cloud.settings.full = lists["lacks"], lists["full"]
    return asdict(cloud.settings)


def _some_of(name: str, given: Any, known: Collection[str]) -> list[str]:
    if not isinstance(given, list) or not set(map(str, given)) <= set(known):
        raise Refused(400, f"{name} must be a list of {', '.join(known)}")
    return given


_DAY = 24 * 3600
_FAR = 30 * 365 * _DAY


def _time(cloud: Cloud, body: bytes) -> dict[str, Any]:
    return {"now": cloud.now(), "ahead": cloud.ahead}


def _move_time(cloud: Cloud, body: bytes) -> dict[str, Any]:
    data = _object(body)
    many: Any = data.get("seconds", data.get("days"))
    number = len(data) == 1 and isinstance(many, (int, float)) and not isinstance(many, bool)
    seconds = many * (1 if "seconds" in data else _DAY) if number else -1
    if not 0 <= seconds < _FAR:
        raise Refused(400, "either seconds or days must be a number, 0 or more, of less than 30 years")
    cloud.advance(seconds)
    return _time(cloud, body)


def _status(cloud: Cloud, body: bytes) -> dict[str, Any]:
    from .snapshot import counts, under_way

    cloud.settle()
    return {
        "version": __version__,
        "process": os.getpid(),
        "resources": counts(cloud),
        "under_way": under_way(cloud),
        "requests": cloud.journal.noted,
        "faults": cloud.faults.as_json(),
        "settings": asdict(cloud.settings),
        "clock": _time(cloud, body),
    }


def _accounts(cloud: Cloud, body: bytes) -> dict[str, Any]:
    names = ("email", "password", "token", "contract")
    return {"items": [{name: getattr(each, name) for name in names} for each in cloud.accounts]}


def _servers(cloud: Cloud, body: bytes) -> dict[str, Any]:
    names = ("id", "name", "addresses", "running")
    found = [{name: getattr(each, name) for name in names} for each in cloud.reachable_servers()]
    return {"items": found, "ssh_port": cloud.ssh_port}


def _save(cloud: Cloud, body: bytes) -> Answer:
    from .snapshot import UnderWay, save

    try:
        return Answer(200, save(cloud), content_type=SNAPSHOT, raw=True)
    except UnderWay as error:
        raise Refused(409, str(error)) from None


def _load(cloud: Cloud, body: bytes) -> Answer:
    from .snapshot import BadSnapshot, counts, load

    try:
        load(cloud, body.decode("utf-8", "replace"))
    except BadSnapshot as error:
        raise Refused(400, str(error)) from None
    return Answer(200, {"resources": counts(cloud)})


def _add_image(cloud: Cloud, body: bytes) -> dict[str, Any]:
    data = _object(body)
    properties = data.get("properties", data)
    try:
        image = cloud.add_image(properties, data.get("contract"))
    except (KeyError, TypeError) as error:
        raise Refused(400, f"an image needs name, size and a known location: {error}") from None
    return Renderer(cloud.table, f"/cloudapi/v{NEWEST}", NEWEST).resource(image, 0)


# Kinds of resources that a mark makes sense for.
_MARKED = {"outdated": "server", "protected_by": "lan"}


def _mark(cloud: Cloud, body: bytes) -> dict[str, Any]:
    data = _object(body)
    marks = {name: value for name, value in data.items() if name != "path"}
    record = cloud.at(str(data.get("path", "")))
    if record is None:
        raise Refused(404, f"no such resource: {data.get('path')}")
    if not marks or any(_MARKED.get(name) != record.row.kind for name in marks):
        raise Refused(400, f"a {record.row.kind} has no mark {', '.join(marks) or 'of no name'}")
    record.private.update(marks)
    return {"path": record.path, **marks}


_CALLS: dict[str, dict[str, Callable[[Cloud, bytes], dict[str, Any] | Answer]]] = {
    "health": {"GET": _health},
    "reset": {"POST": _reset},
    "journal": {"GET": _journal, "DELETE": _clear_journal},
    "faults": {"GET": _faults, "POST": _add_fault, "DELETE": _clear_faults},
    "settings": {"GET": _settings, "POST": _change_settings},
    "clock": {"GET": _time, "POST": _move_time},
    "images": {"POST": _add_image},
    "marks": {"POST": _mark},
    "status": {"GET": _status},
    "exchange": {"GET": _exchange},
    "view": {"GET": _view},
    "accounts": {"GET": _accounts},
    "servers": {"GET": _servers},
    "snapshot": {"GET": _save, "POST": _load},
}
