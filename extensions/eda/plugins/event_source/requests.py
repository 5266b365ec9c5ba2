# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An event source for Event-Driven Ansible: what happens in the account, by the requests that the service lists."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from collections.abc import Awaitable, Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

DOCUMENTATION = r"""
---
short_description: Receive events about changes in the ProfitBricks cloud
version_added: 1.0.0
description:
  - The service makes a request of each change, whoever made it and with whatever tool, and carries it out later. This
    source polls the requests of the account and gives an event for each that has ended.
  - With O(cursor_file), it continues after a restart where it stopped. No event is lost. An event is given twice only
    if the source was killed while it handed the event over; then C(redelivered) is V(true), and C(event_id) the same.
  - Needs the Python library C(requests) where ansible-rulebook runs, as the modules do.
author:
  - profitbricks.cloud contributors (@profitbricks)
options:
  interval:
    description:
      - Seconds between two polls. Each is one call, and one more for each request that is open for over an hour.
    type: float
    default: 15
  cursor_file:
    description:
      - File that holds how far the source has come. Only its owner can read it. Each source needs a file of its own.
      - Without it, a restart begins again as O(start_from) says.
    type: path
  start_from:
    description:
      - Where to begin without a cursor. V(now) gives what is open or comes later, V(beginning) all that the service
        lists.
    type: str
    choices: [now, beginning]
    default: now
  report:
    description:
      - V(ended) gives an event for each request that is done or has failed. V(changes) gives one for each status that a
        poll finds, such as V(QUEUED) and V(RUNNING); what passes between two polls is not seen.
    type: str
    choices: [ended, changes]
    default: ended
  feedback:
    description:
      - An option of ansible-rulebook itself, for sources with a name and a persistent rule engine. With it, an event
        counts as handed over only when the rule engine has taken it.
    type: bool
    default: false
  api_url:
    description:
      - Base URL of the API, by default V(https://api.ionos.com/cloudapi/v6). If not set, the environment variables
        E(PROFITBRICKS_API_URL) and E(IONOS_API_URL) are used. The same goes for all the following options.
    type: str
  username:
    description: E-mail address of the user to log in as, together with O(password).
    type: str
  password:
    description: Password of O(username).
    type: str
  token:
    description: Bearer token, instead of O(username) and O(password).
    type: str
  use_config_file:
    description:
      - Whether to read the configuration file of the vendor's own tools, if neither the options nor the environment
        contain any credentials.
    type: bool
    default: true
  contract_number:
    description: Contract to work on, for users who have several.
    type: str
  validate_certs:
    description: Whether to verify the service's TLS certificate.
    type: bool
    default: true
  ca_path:
    description: File with the certificate authorities to trust.
    type: path
  api_timeout:
    description: Seconds to wait for a connection and for each part of a response.
    type: float
    default: 30
  api_retries:
    description: How often to retry a call that failed for a temporary reason, before the source pauses and tries again.
    type: int
    default: 4
"""

EXAMPLES = r"""
- profitbricks.cloud.requests:
    token: "{{ ionos_token }}"
    cursor_file: /var/lib/rulebooks/requests.cursor

# Events look like this. The headers and bodies of requests, which may hold passwords, are left out.
#
#   event_id: a8ab2a48-1a7e-4d2c-9c3e-0a4d6f0f2f3a:DONE
#   redelivered: false
#   id: a8ab2a48-1a7e-4d2c-9c3e-0a4d6f0f2f3a
#   status: DONE
#   previous_status: RUNNING
#   message: Request has been successfully executed
#   method: DELETE
#   url: https://api.ionos.com/cloudapi/v6/datacenters/15f67991-0f51-4efc-a8ad-ef1fb31a480c/servers/5a029f4a-...
#   path: datacenters/15f67991-0f51-4efc-a8ad-ef1fb31a480c/servers/5a029f4a-...
#   datacenter_id: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
#   created_by: eve@example.com
#   created_date: "2026-11-02T09:17:01Z"
#   targets:
#     - id: 5a029f4a-...
#       type: server
#       status: DONE
"""


def _find_collection() -> None:
    """Let Python find the collection where it is installed; otherwise only Ansible's own loader looks there."""
    home = Path(__file__).absolute().parents[6]
    sys.path.append(str(home.parent))
    places = import_module(home.name).__path__
    if str(home) not in places:  # another distribution has a package of that name
        places.append(str(home))


try:
    import_module("ansible_collections.profitbricks.cloud.plugins.module_utils.version")
except ImportError:
    _find_collection()

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import (
    CloudError,
    InvalidOption,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.client import Cloud
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.connection import (
    CONNECTION,
    Connection,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.feed import (
    CursorFile,
    Event,
    Feed,
    service_of,
)

LONGEST = 300.0  # most seconds between two attempts while the service cannot be read
HEARD = 60.0  # seconds to wait for the rule engine's feedback, if the rulebook asks for it
REFUSALS = (401, 403)
OWN = ("interval", "cursor_file", "start_from", "report", "feedback")
log = logging.getLogger("profitbricks.cloud.requests")


class Options:
    """What the rulebook says. Raises CloudError, naming the option."""

    def __init__(self, args: Mapping[str, Any]) -> None:
        given = {name: value for name, value in args.items() if name != "eda_feedback_queue"}
        known = {*OWN, *(option.name for option in CONNECTION)}
        if unknown := sorted(str(name) for name in given if name not in known):
            raise InvalidOption(
                f"{', '.join(unknown)}: there is no such option; use {', '.join(sorted(known))}"
            )
        own = {name: given.pop(name, None) for name in OWN}
        self.connection = Connection.resolve(given, os.environ)
        self.interval = self._seconds(own["interval"])
        self.cursor_file = str(own["cursor_file"] or "")
        self.everything = self._choice("start_from", own["start_from"], "now", "beginning") == "beginning"
        self.changes = self._choice("report", own["report"], "ended", "changes") == "changes"
        self.feedback: asyncio.Queue[Any] | None = args.get("eda_feedback_queue")

    @staticmethod
    def _seconds(value: Any) -> float:
        try:
            seconds = float(15 if value is None else value)
        except (TypeError, ValueError):
            seconds = 0.0
        if not 0 < seconds < float("inf"):
            raise InvalidOption(f"interval: {value!r} is not a number of seconds above 0")
        return seconds

    @staticmethod
    def _choice(name: str, value: Any, *choices: str) -> str:
        if value in (None, ""):
            return choices[0]
        if value not in choices:
            raise InvalidOption(f"{name}: {value!r} is not one of {', '.join(choices)}")
        return str(value)


class Source:
    """Polls a feed, puts its events into the queue, and keeps the cursor."""

    def __init__(self, feed: Feed, file: CursorFile, options: Options) -> None:
        self._feed = feed
        self._file = file
        self._options = options

    async def poll(self, queue: asyncio.Queue[Any]) -> None:
        """One look. Calls are made in a thread; the cursor is written without a pause after the event was put."""
        if not self._feed.begun:
            await asyncio.to_thread(self._feed.begin, self._options.everything)
            self._save()
        for event in await asyncio.to_thread(self._feed.look):
            self._feed.handing(event)
            self._save()
            await queue.put(event)
            await self._heard(event)
            self._feed.told(event)  # written with the next, or in the end
        self._feed.rest()
        self._save()

    def _save(self) -> None:
        self._file.save(self._feed.cursor)

    async def _heard(self, event: Event) -> None:
        """Wait until the rule engine has the event, where the rulebook asks for feedback."""
        if self._options.feedback is None:
            return
        try:
            await asyncio.wait_for(self._options.feedback.get(), HEARD)
        except TimeoutError:
            log.warning(
                "the rule engine did not say within %.0f seconds that it has %s", HEARD, event["event_id"]
            )

    async def run(
        self, queue: asyncio.Queue[Any], sleep: Callable[[float], Awaitable[Any]] = asyncio.sleep
    ) -> None:
        """Poll for ever. Raises CloudError where the login is refused at the start, or the cursor cannot be kept."""
        failures, seen = 0, False
        while True:
            try:
                await self.poll(queue)
                if failures:
                    log.info("the service can be read again")
                failures, seen = 0, True
            except InvalidOption:
                raise
            except CloudError as error:
                if not seen and getattr(error, "status", 0) in REFUSALS:
                    raise
                failures += 1
                log.warning("the requests cannot be read, trying again: %s", error)
            await sleep(min(self._options.interval * 2**failures, max(LONGEST, self._options.interval)))


def open_source(args: Mapping[str, Any]) -> Source:
    """A source as the arguments of the rulebook say. Raises CloudError."""
    options = Options(args)
    cloud = Cloud(options.connection)
    for warning in cloud.warnings:
        log.warning("%s", warning)
    file = CursorFile(options.cursor_file)
    return Source(Feed(cloud, file.load(service_of(cloud)), options.changes), file, options)


async def main(queue: asyncio.Queue[Any], args: dict[str, Any]) -> None:
    """What ansible-rulebook calls: put events into the queue until it is cancelled."""
    await open_source(args).run(queue)
