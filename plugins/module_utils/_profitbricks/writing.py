# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Writing to the ProfitBricks API, and waiting for what it does (contract section 6): the part of `client.Cloud` that
runs without a change do not need.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from .._engine.clock import Deadline, Progress
from .._engine.errors import ApiError, ConnectionFailed, OperationFailed, OperationTimeout, Unanswered
from .._engine.operation import Operation, Status, Watch
from .._engine.plan.steps import Call
from .._engine.resource import Resource
from .._engine.service import Item
from .states import busy, state_of

if TYPE_CHECKING:
    from .client import Cloud

REQUEST_ID = re.compile(r"/requests/([-A-Fa-f0-9]+)")


def send(cloud: Cloud, write: Call, deadline: Deadline) -> tuple[Item, Operation | None]:
    """Make one write. Returns the service's answer and what to wait for (contract section 6).

    Raises Unanswered when it cannot be known whether the service took it, OperationTimeout when time ran out.
    """
    what = f"{write.verb} of {write.what}"
    for again in (write.safe, False):
        try:
            body, form = (None, write.body) if write.form else (write.body, None)
            answer = cloud.transport.call(write.method, write.path, write.query, body, deadline, form)
            break
        except ConnectionFailed as error:
            if deadline.left() <= 0:
                raise OperationTimeout(what, None, deadline.seconds, "") from error
            if not (again and isinstance(error, Unanswered)):
                raise
        except ApiError as error:
            if write.method == "DELETE" and error.status == 404:
                return {}, None
            raise
    match = REQUEST_ID.search(answer.headers.get("Location", ""))
    if match and answer.headers.get("Date"):
        cloud.accepted(match.group(1), parsedate_to_datetime(answer.headers["Date"]))
    data = answer.data if isinstance(answer.data, dict) else {}
    if write.verb == "create" and "id" not in data:
        raise Unanswered(f"The service accepted the {what} and did not say its id. Run the task again")
    return data, operation(cloud, match.group(1), what) if match else None


def operation(cloud: Cloud, request_id: str, what: str) -> Operation:
    """A request of the service as something to wait for (contract section 6.2)."""
    return Operation(what, lambda seconds: _status(cloud, request_id, seconds), request_id)


def watch(cloud: Cloud, deadline: Deadline, progress: Progress | None = None) -> Watch:
    """Requests that are awaited together, each added by its id, with one read a round."""
    return Watch(
        lambda ids, seconds: _statuses(cloud, ids, seconds), deadline, progress=progress or cloud.progress
    )


def settled(
    cloud: Cloud, resource: Resource, parents: Mapping[str, str], item_id: str, deadline: Deadline
) -> Item | None:
    """The object once nothing more is pending on it; None if it is gone.

    Raises OperationFailed where its own state says that the service could not carry out what was asked.
    """
    path = resource.item_path(parents, item_id)
    # What is done may be read, be it in the last moment.
    item = cloud.find(path, resource.depth, Deadline.after(cloud.clock, max(1.0, deadline.left())))

    def read(seconds: float) -> Status:
        nonlocal item
        item = cloud.find(path, resource.depth, Deadline.after(cloud.clock, seconds))
        return Status(done=not busy(item), says=state_of(item))

    if busy(item):
        Operation(f"Waiting for {resource.label} {item_id}", read).wait(deadline, progress=cloud.progress)
    _raise_failed(resource, item_id, item)
    return item


def _statuses(cloud: Cloud, request_ids: Sequence[str], seconds: float) -> dict[str, Status]:
    """The status of requests with one read: of the oldest alone where the version cannot list the recent ones."""
    oldest = request_ids[0]
    moments = [cloud.moments[each] for each in request_ids if each in cloud.moments]
    if cloud.version < 6 or len(request_ids) == 1 or len(moments) < len(request_ids):
        return {oldest: _status(cloud, oldest, seconds)}
    since = min(moments).astimezone(UTC) - timedelta(seconds=2)
    query = {
        "depth": 2,
        "pretty": "false",
        "limit": 1000,
        "filter.createdAfter": since.strftime("%Y-%m-%d %H:%M:%S"),
    }
    deadline = Deadline.after(cloud.clock, seconds)
    data = cloud.transport.call("GET", "requests", query, deadline=deadline).data or {}
    listed = {item["id"]: item for item in data.get("items") or []}
    found = {
        each: _request_status((listed[each].get("metadata") or {}).get("requestStatus") or {})
        for each in request_ids
        if each in listed
    }
    return found or {oldest: _status(cloud, oldest, deadline.left())}


def _status(cloud: Cloud, request_id: str, seconds: float) -> Status:
    return _request_status(
        cloud.get(f"requests/{request_id}/status", deadline=Deadline.after(cloud.clock, seconds))
    )


def _request_status(item: Item) -> Status:
    metadata = item.get("metadata") or {}
    status = str(metadata.get("status") or "")
    return Status(status == "DONE", status == "FAILED", status, metadata.get("message") or "")


def _raise_failed(resource: Resource, item_id: str, item: Item | None) -> None:
    state = state_of(item)
    if state.startswith("FAILED"):
        name = ((item or {}).get("properties") or {}).get(resource.identity) or item_id
        raise OperationFailed(
            f"{resource.label} {name}",
            None,
            f"its state is {state}; delete it, or ask the provider's support",
        )
