# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The service's requests as a feed of events, with a cursor that outlives its reader (contract sections 6 and 10.22).

A request is told when it ends, or at each status that is seen. The service tells only the second in which it took a
request, and one that it took earlier may end, or even be listed, later. So the cursor is no moment alone: it holds the
status last told of each request that is open, or that was made within `OVERLAP` of the newest.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from .._engine.errors import InvalidOption
from .._engine.files import check_name, write_private
from .._engine.service import Item
from .behaviour.account import DEPTH, ENDED, REQUESTS, moment_of, path_of, requests_shown
from .client import Cloud
from .resources.account import REQUEST

FORMAT = 1
# By how much the service may list a request later than others that it took after it.
OVERLAP = timedelta(minutes=5)
LAG = timedelta(hours=1)  # what is open for longer is read by itself, so that lists stay short
# Moments of the service are whole seconds, and its filter leaves out the one that it is given.
SLACK = timedelta(seconds=2)
BEGINNING = datetime.min.replace(tzinfo=UTC)

Event = dict[str, Any]


class Known(NamedTuple):
    """A request that has been seen: when it was made, and the status last told or passed over."""

    created: datetime
    status: str

    @property
    def open(self) -> bool:
        return self.status not in ENDED


@dataclass
class Cursor:
    """How far a feed has come at ``service``.

    Of requests made before ``since``, only those in ``known`` are of interest. ``handing`` is the id of the event that
    is being handed over: if the reader is killed then, nobody knows whether it arrived.
    """

    service: str = ""
    since: datetime = BEGINNING
    known: dict[str, Known] = field(default_factory=dict)
    handing: str = ""

    def text(self) -> str:
        return json.dumps(
            {
                "format": FORMAT,
                "service": self.service,
                "since": self.since.isoformat(),
                "known": {
                    each: [known.created.isoformat(), known.status]
                    for each, known in sorted(self.known.items())
                },
                "handing": self.handing,
            },
            indent=1,
        )

    @classmethod
    def parse(cls, text: str) -> Cursor:
        """What `text` wrote. Raises ValueError for anything else."""
        data = json.loads(text)
        if not isinstance(data, dict) or data.get("format") != FORMAT:
            raise ValueError("of another format")
        try:
            known = {
                str(each): Known(datetime.fromisoformat(created), str(status))
                for each, (created, status) in data["known"].items()
            }
            since = datetime.fromisoformat(data["since"])
            return cls(str(data["service"]), since, known, str(data["handing"]))
        except (AttributeError, KeyError, TypeError) as error:
            raise ValueError(str(error)) from None


class CursorFile:
    """Where a cursor is kept: a file that its owner alone may read, replaced whole. Without a path it is not kept."""

    OPTION = "cursor_file"

    def __init__(self, path: str = "") -> None:
        self._path = Path(path).expanduser() if path else None
        self._written = ""
        if self._path:
            check_name(self.OPTION, path)

    def load(self, service: str) -> Cursor | None:
        """The cursor; None where there is none yet. Raises InvalidOption for one that is no cursor of the service."""
        if self._path is None:
            return None
        try:
            cursor = Cursor.parse(self._path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        except OSError as error:
            raise InvalidOption(f"{self.OPTION}: {self._path} cannot be read: {error.strerror}") from None
        except ValueError:
            raise InvalidOption(
                f"{self.OPTION}: {self._path} does not hold a cursor. Delete it to begin anew; what has happened since "
                "it was last written is lost then, unless start_from is beginning"
            ) from None
        if cursor.service != service:
            raise InvalidOption(
                f"{self.OPTION}: {self._path} is for {cursor.service}, not for {service}; use a file for each"
            )
        return cursor

    def save(self, cursor: Cursor) -> None:
        """Raises InvalidOption where it cannot be written."""
        text = cursor.text()
        if self._path and text != self._written:
            write_private(self.OPTION, self._path, text)
            self._written = text


class Feed:
    """The events of one account, from where ``cursor`` is. ``changes``: each status that is seen, not only the last."""

    def __init__(self, cloud: Cloud, cursor: Cursor | None = None, changes: bool = False) -> None:
        self._cloud = cloud
        self._changes = changes
        self.begun = cursor is not None
        self.cursor = cursor or Cursor(service_of(cloud))
        self._doubtful = self.cursor.handing
        self._newest = self.cursor.since

    def begin(self, everything: bool = False) -> None:
        """Set the cursor to the service's present, or before its first request. What is open now will still be told."""
        if not everything:
            self.cursor.since = self._present() - OVERLAP
            for item in self._recent() + self._open():
                self._note(item)
        self.begun = True

    def look(self) -> list[Event]:
        """What there is to tell, the oldest first. Pass each to `handing`, then to `told`; then call `rest`."""
        events = []
        for shown in requests_shown(self._cloud, REQUESTS, self._current()):
            made, before = _made(shown), self.cursor.known.get(shown["id"])
            self._newest = max(self._newest, made)
            if before.status == shown["status"] if before else made < self.cursor.since:
                continue
            if self._changes or shown["status"] in ENDED:
                events.append(self._event(shown, before))
            else:
                self.cursor.known[shown["id"]] = Known(made, shown["status"])
        # The service lists the newest first, which tells the order of those made within one second.
        return sorted(reversed(events), key=lambda event: str(event["created_date"]))

    def handing(self, event: Event) -> None:
        """The event is about to be handed over."""
        self.cursor.handing = event["event_id"]

    def told(self, event: Event) -> None:
        """The event has been handed over."""
        self.cursor.known[event["id"]] = Known(_made(event), event["status"])
        self.cursor.handing = ""

    def rest(self) -> None:
        """All of a look have been handed over: forget what ended so long ago that nothing earlier can come."""
        if self._newest > BEGINNING:
            self.cursor.since = max(self.cursor.since, self._newest - OVERLAP)
        self.cursor.known = {
            each: known
            for each, known in self.cursor.known.items()
            if known.open or known.created >= self.cursor.since
        }

    # -- reading ------------------------------------------------------------------------------------------------

    def _present(self) -> datetime:
        """Now, by the clock of the service; by ours where it does not say, with room for how wrong that may be."""
        answer = self._cloud.transport.call("GET", REQUEST.path, {"depth": 0, "limit": 1, "pretty": "false"})
        return answer.date or self._cloud.clock.date() - LAG

    def _current(self) -> list[Item]:
        """All that may be news. What is open and was made too long ago for the list is read by itself."""
        items = self._recent()
        listed = {item["id"] for item in items}
        for each, known in [*self.cursor.known.items()]:
            if known.open and each not in listed:
                item = self._cloud.find(REQUEST.item_path({}, each), REQUEST, DEPTH)
                if item is None:
                    del self.cursor.known[each]  # the service has forgotten it
                else:
                    items.append(item)
        return items

    def _recent(self) -> list[Item]:
        """What was made after the cursor, and a little before, back to what is open since then."""
        since = self.cursor.since
        if since == BEGINNING:
            return self._cloud.items(REQUEST, {}, DEPTH)
        waiting = [known.created for known in self.cursor.known.values() if known.open]
        start = min([since, *(made for made in waiting if made > since - LAG)]) - SLACK
        return self._cloud.items(REQUEST, {}, DEPTH, {"createdAfter": start.strftime("%Y-%m-%d %H:%M:%S")})

    def _open(self) -> list[Item]:
        """What is under way, however long ago it was made."""
        if self._cloud.version < 6:  # which lists everything anyway
            return []
        return [
            item
            for status in ("QUEUED", "RUNNING")
            for item in self._cloud.items(REQUEST, {}, DEPTH, {"status": status})
        ]

    def _note(self, item: Item) -> None:
        for shown in requests_shown(self._cloud, REQUESTS, [item]):
            self.cursor.known[shown["id"]] = Known(_made(shown), shown["status"])

    # -- telling ------------------------------------------------------------------------------------------------

    def _event(self, shown: Item, before: Known | None) -> Event:
        """What is told of a request: what the info module returns of it, without anything that was sent."""
        event_id = f"{shown['id']}:{shown['status']}"
        path = path_of(shown)
        return {
            **shown,
            "path": path,
            "datacenter_id": _datacenter(path, shown),
            "previous_status": before.status if before else None,
            "event_id": event_id,
            "redelivered": event_id == self._doubtful,
        }


def service_of(cloud: Cloud) -> str:
    """What a cursor belongs to: the address, and the contract where one is chosen."""
    number = cloud.connection.contract_number
    return f"{cloud.connection.url}, contract {number}" if number else cloud.connection.url


def _made(shown: Mapping[str, Any]) -> datetime:
    return moment_of("created_date", str(shown["created_date"]))


def _datacenter(path: str, shown: Mapping[str, Any]) -> str | None:
    """The data center that a request is about: named in its path, or its target."""
    parts = path.split("/")
    if parts[0] == "datacenters" and len(parts) > 1:
        return parts[1]
    return next((str(each["id"]) for each in shown["targets"] if each["type"] == "datacenter"), None)
