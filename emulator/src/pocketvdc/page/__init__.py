# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page for people at ``/_emulator/``: three files, what they show, and the events that keep it up to date.

The page may give orders, other pages may not: its own carry a token that only it can read, since no answer of the
control path may be read by a page of another origin.
"""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Iterator
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..call import Answer
from ..faultkinds import KINDS
from ..queue import Request
from ..store import Record

if TYPE_CHECKING:
    from ..cloud import Cloud

TOKEN = secrets.token_urlsafe(24)
TOKEN_HEADER = "X-Pocketvdc-Token"
MOST_SERVERS = 200  # of a picture
MOST_WAITING = 50  # requests that are listed
_PAUSE = 0.25
_QUIET_SECONDS = 10.0
_FILES = {
    "": ("page.html", "text/html; charset=utf-8"),
    "page.css": ("page.css", "text/css; charset=utf-8"),
    "page.js": ("page.js", "text/javascript; charset=utf-8"),
}
# Nothing of elsewhere is loaded, and no other page can put this one into a frame.
_GUARDED = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def file(name: str) -> Answer | None:
    """One of the page's files; None where it has no such file."""
    if name not in _FILES:
        return None
    stored, kind = _FILES[name]
    return Answer(200, _text(stored), dict(_GUARDED), content_type=kind, raw=True)


@cache
def _text(name: str) -> str:
    text = (Path(__file__).parent / name).read_text(encoding="utf-8")
    return text.replace("{token}", TOKEN).replace("{kinds}", " ".join(KINDS))


def events(cloud: Cloud) -> Iterator[bytes]:
    """Server-sent events for as long as somebody reads: ``view`` when something changed, ``call`` for each request."""
    shown: tuple[Any, ...] = ()
    after = max(0, cloud.journal.noted - 200)
    spoke = time.monotonic()
    while True:
        with cloud.lock:
            mark = _mark(cloud)
            news = [_event("view", view(cloud))] if mark != shown else []
            after = min(after, cloud.journal.noted)  # it starts again with a reset
            calls = cloud.journal.since(after)
            first = cloud.journal.noted - len(calls) + 1
            news += [_event("call", {**call, "number": first + i}) for i, call in enumerate(calls)]
            shown, after = mark, cloud.journal.noted
        if not news and time.monotonic() - spoke > _QUIET_SECONDS:
            news = [b": still here\n\n"]
        if news:
            spoke = time.monotonic()
            yield b"".join(news)
        time.sleep(_PAUSE)


def _event(kind: str, data: Any) -> bytes:
    return f"event: {kind}\ndata: {json.dumps(data)}\n\n".encode()


def _mark(cloud: Cloud) -> tuple[Any, ...]:
    """Whatever is different when the view is."""
    cloud.settle()
    faults = [(id(fault), fault.hits) for fault in cloud.faults.items]
    left = (len(cloud.line.heap), cloud.netfoundry.agenda.left)
    return id(cloud.netfoundry), cloud.journal.noted, left, faults, asdict(cloud.settings), cloud.ahead


def view(cloud: Cloud) -> dict[str, Any]:
    """All that the page shows besides the journal."""
    cloud.settle()
    return {
        "datacenters": [
            {**_datacenter(record), "contract": contract.number}
            for contract in cloud.contracts.values()
            for record in contract.root("datacenters").values()
        ],
        "networks": _networks(cloud),
        "waiting": _waiting(cloud),
        "faults": cloud.faults.as_json(),
        "settings": asdict(cloud.settings),
        "clock": {"now": cloud.now(), "ahead": cloud.ahead},
        "requests": cloud.journal.noted,
    }


def _datacenter(record: Record) -> dict[str, Any]:
    servers = [each for each in record.children.get("servers", {}).values() if "node" not in each.private]
    return {
        "id": record.id,
        "name": record.properties["name"],
        "location": record.properties["location"],
        "state": record.state,
        "lans": [_lan(each) for each in record.children.get("lans", {}).values()],
        "servers": [_server(each) for each in servers[:MOST_SERVERS]],
        "more": max(0, len(servers) - MOST_SERVERS),
        "balancers": [
            {"name": each.properties["name"], "kind": each.row.kind, "state": each.state}
            for kind in ("loadbalancers", "networkloadbalancers", "applicationloadbalancers", "natgateways")
            for each in record.children.get(kind, {}).values()
        ],
        "volumes": len(record.children.get("volumes", {})),
    }


def _lan(record: Record) -> dict[str, Any]:
    return {
        "id": record.id,
        "name": record.properties["name"],
        "public": bool(record.properties["public"]),
        "state": record.state,
    }


def _server(record: Record) -> dict[str, Any]:
    shown = record.properties
    return {
        "id": record.id,
        "name": shown["name"],
        "cores": shown["cores"],
        "ram": shown["ram"],
        "state": record.state,
        "machine": shown["vmState"],
        "volumes": len(record.linked("volumes")),
        "nics": [
            {"lan": str(nic.properties["lan"]), "ips": nic.properties["ips"] or []}
            for nic in record.children.get("nics", {}).values()
        ],
    }


def _networks(cloud: Cloud) -> list[dict[str, Any]]:
    overlay = cloud.netfoundry
    kinds = ("edge-routers", "endpoints", "services", "app-wans")
    return [
        {
            "id": network.id,
            "name": network.name,
            "status": network.status,
            "members": {kind: [each.name for each in overlay.members(network, kind)] for kind in kinds},
        }
        for network in overlay.entities["networks"].values()
        if network.deleted is None
    ]


def _waiting(cloud: Cloud) -> list[dict[str, Any]]:
    """Requests that are not finished, the next first."""
    now = cloud.now()
    requests: list[Request] = [entry[2] for entry in sorted(cloud.line.heap)[:MOST_WAITING]]
    return [
        {
            "id": each.id,
            "method": each.properties["method"],
            "path": each.properties["url"].partition("/cloudapi")[2],
            "status": each.status(now),
            "targets": len(each.targets),
            "seconds": round(max(0.0, each.ends - now), 1),
        }
        for each in requests
    ]
