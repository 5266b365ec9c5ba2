# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Carrying a change out: the calls that it takes, made and awaited. Apart from `task`, because an unchanged object needs
none of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from .clock import Deadline
from .errors import ApiError, CloudError, Unanswered
from .http.failures import retry_pause
from .kind import Kind, Outcome, Situation, Waiting
from .operation import Operation, Status
from .reconcile import Change
from .resource import Resource, encode
from .service import Item, Service, Write


def writes_of(change: Change, situation: Situation[Any]) -> Iterable[Write]:
    """The calls that carry out a change and those nested in it."""
    item_id = str(change.before["id"]) if change.before else "{id}"
    yield from _writes(change, situation.place.parents, item_id)


def _writes(change: Change, parents: Mapping[str, str], item_id: str) -> Iterable[Write]:
    if not change.changed:
        return
    resource = change.resource
    name = str((change.after or change.before or {}).get(resource.identity) or "")
    what = f"{resource.label} {name or item_id}".removesuffix(" {id}")
    path = resource.item_path(parents, item_id)
    if change.verb == "create":
        yield Write(
            "create", what, "POST", resource.collection_path(parents), resource.body(change.patch, parents)
        )
        if change.deferred:
            late = replace(change, before=change.after, patch=change.deferred)
            yield Write("update", what, resource.update_method, path, update_body(late, parents))
    elif change.verb == "delete":
        yield Write("delete", what, "DELETE", path)
    elif change.verb == "update":
        yield Write("update", what, resource.update_method, path, update_body(change, parents))
    below = {**parents, resource.kind: item_id}
    for child, nested in change.nested:
        if nested.verb == "create":
            label = f"{child.resource.label} {nested.patch.get(child.resource.identity) or ''}".rstrip()
            body = child.resource.body(nested.patch)
            yield Write(f"create_{child.resource.kind}", label, "POST", f"{path}/{child.entity}", body)
        else:
            yield from _writes(nested, below, str((nested.before or {})["id"]))


def update_body(change: Change, parents: Mapping[str, str]) -> dict[str, Any]:
    resource, before = change.resource, change.before or {}
    if resource.update_method == "PATCH":
        # An object within the properties goes whole: the service does not merge.
        parts = {f.wire_path[0] for f in resource.writable if f.name in change.patch and len(f.wire_path) > 1}
        more = [f.name for f in resource.writable if len(f.wire_path) > 1 and f.wire_path[0] in parts]
        kept = {name: before.get(name) for name in (*resource.repeats, *more)}
        return encode(resource.writable, {**_known(kept), **change.patch})
    # PUT replaces: what is not sent would be reset (contract section 10.17).
    kept = {
        f.name: before.get(f.name)
        for f in resource.writable
        if f.compared and (f.mutable or resource.replaceable)
    }
    fields = encode(resource.writable, {**_known(kept), **change.patch})
    return resource.wrap({**resource.ownership(parents), **fields})


def _known(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def carry_out(
    situation: Situation[Any], kind: Kind, writes: list[Write], outcome: Outcome, waiting: Waiting
) -> Item | None:
    """Write one after the other, each awaited before the next; the last one only if the task waits.

    Returns the object as it then is; None if it is gone, or was not read.
    """
    cloud, resource, place = situation.cloud, situation.resource, situation.place
    deadline = Deadline.after(cloud.clock, waiting.seconds)
    item_id = str(situation.have["id"]) if situation.have else ""
    answer: Item = {}
    done: list[str] = []
    if waiting.wait:
        kind.prepare(situation, deadline)
    for number, write in enumerate(writes, 1):
        try:
            if write.verb == "create":
                answer, operation = _create(situation, kind, write, deadline)
                item_id, said = str(answer["id"]), answer
            else:
                said, operation = cloud.send(write.at(item_id), deadline)
                # What was attached here existed before, with an id of its own.
                item_id = item_id or str(said.get("id") or "")
            situation.answers[write.verb] = said
            if operation is not None:
                outcome.request_id = operation.request_id
                if waiting.wait or number < len(writes):
                    operation.wait(deadline, progress=cloud.progress)
        except CloudError as error:
            if done:
                error.add_note(f"Done before: {', '.join(done)}")
            raise
        done.append(f"{write.verb} of {write.what}")
    if outcome.result is None:
        if waiting.wait and resource.stateful and item_id:
            _await_end(situation, item_id, deadline)
        return None
    if waiting.wait:
        item: Item | None = cloud.settled(resource, place.parents, item_id, deadline)
    else:
        item = answer if [write.verb for write in writes] == ["create"] else None
    if item is None:
        outcome.result["id"] = item_id
    else:
        outcome.result = kind.decode(cloud, [item], place.parents)[0]
    return item


def _await_end(situation: Situation[Any], item_id: str, deadline: Deadline) -> None:
    """Wait until the service knows a deleted object no more."""
    cloud, resource, parents = situation.cloud, situation.resource, situation.place.parents

    def read(_seconds: float) -> Status:
        return Status(done=cloud.settled(resource, parents, item_id, deadline) is None)

    if not read(deadline.left()).done:
        what = f"delete of {resource.label} {item_id}"
        Operation(what, read).wait(deadline, progress=cloud.progress)


def _create(
    situation: Situation[Any], kind: Kind, write: Write, deadline: Deadline
) -> tuple[Item, Operation | None]:
    """POST, and where its answer is lost look first whether the object is there, so that it is not made twice."""
    cloud: Service = situation.cloud
    for attempt in range(cloud.retries + 1):
        try:
            return cloud.send(write, deadline)
        except (Unanswered, ApiError) as error:
            # A gateway's error says as little about the write as a lost connection does.
            if isinstance(error, ApiError) and error.status not in (502, 503, 504):
                raise
            if situation.state in kind.fresh:
                raise  # the new one could not be told from those that were there before
            found = cloud.locate(situation.resource, situation.options).item
            if found is not None:
                return found, None
            if attempt == cloud.retries:
                raise
        cloud.clock.sleep(min(retry_pause(attempt), deadline.left()))
    raise AssertionError("the last attempt returns or raises")


def not_taken(resource: Resource, want: Mapping[str, Any], result: Item) -> list[str]:
    """Warnings for fields that the service accepted and did not change."""
    return [
        f"{f.name}: the service accepted {want[f.name]!r} but keeps {result.get(f.name)!r}"
        for f in resource.writable
        if f.name in want and f.compared and not f.same(want[f.name], result.get(f.name))
    ]
