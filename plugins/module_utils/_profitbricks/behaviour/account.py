# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The contract, and requests: read, and awaited together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from ..._engine.behaviour import Behaviour, Reading
from ..._engine.clock import Deadline
from ..._engine.errors import InvalidOption, NotFound, OperationsFailed
from ..._engine.outcome import Waiting, waiting_fields
from ..._engine.query import given_ids
from ..._engine.schema.field import Field
from ..._engine.service import Item
from ..client import Cloud
from ..provider import PROFITBRICKS
from ..resources.account import CONTRACT, REQUEST, STATUSES


class Contracts(Behaviour[Cloud]):
    def search(self, cloud: Cloud, options: Mapping[str, Any], read: Reading) -> list[Item]:
        """Before version 6 the service answers with the contract itself, not with a list (contract section 10.21)."""
        answer = cloud.get(CONTRACT.path, 1, resource=CONTRACT)
        items = answer.get("items", [answer])
        results = self.decode(cloud, items, {})
        for result in results:
            result["id"] = str(result["contract_number"])
        return results


CONTRACTS = Contracts(PROFITBRICKS, CONTRACT, info_fields=())


# -- requests -----------------------------------------------------------------------------------------------------

ENDED = ("DONE", "FAILED")
DEPTH = 2  # at which a list of requests tells the status of each, and one request surely does
RECENT = 200  # newest requests that are looked through for several ids


class Requests(Behaviour[Cloud]):
    def search(self, cloud: Cloud, options: Mapping[str, Any], read: Reading) -> list[Item]:
        return _requests(cloud, self, options)


def _requests(cloud: Cloud, kind: Requests, options: Mapping[str, Any]) -> list[Item]:
    waiting = Waiting(bool(options.get("wait")), Waiting.asked(options).seconds)
    ids = given_ids(REQUEST, options)
    found = _by_ids(cloud, kind, ids) if ids is not None else _listed(cloud, kind, options)
    if not waiting.wait:
        return found
    lost = sorted(set(ids or ()) - {each["id"] for each in found})
    if lost:
        raise NotFound(REQUEST.label, "id", ", ".join(lost), advice="check the ids")
    pending = [each for each in found if each["status"] not in ENDED]
    if pending:
        watch = cloud.watch(Deadline.after(cloud.clock, waiting.seconds))
        for each in reversed(pending):  # the oldest first
            cloud.accepted(each["id"], moment_of("created_date", each["created_date"]))
            watch.add(each["id"], _what(each))
        ended = watch.wait()
        found = _by_ids(cloud, kind, [each["id"] for each in found])
        for each in found:
            if each["id"] in ended:
                each["status"], each["message"] = ended[each["id"]].says, ended[each["id"]].message or None
    failed = [(_what(each), each["id"], str(each["message"])) for each in found if each["status"] == "FAILED"]
    if failed:
        raise OperationsFailed(failed)
    return found


def _what(request: Item) -> str:
    return f"{request['method']} {path_of(request)}"


def path_of(request: Item) -> str:
    """What a request was sent to, below the version of the API."""
    path = urlsplit(str(request["url"])).path
    return path.split("/cloudapi/", 1)[-1].partition("/")[2] or path


def _by_ids(cloud: Cloud, kind: Requests, ids: Sequence[str]) -> list[Item]:
    """The requests of these ids: several with one list, as long as they are among the newest."""
    listed: dict[str, Item] = {}
    if len(ids) > 1:
        newest = cloud.items(REQUEST, {}, DEPTH, most=max(RECENT, 2 * len(ids)))
        listed = {item["id"]: item for item in newest}
    items = (listed.get(each) or cloud.find(REQUEST.item_path({}, each), REQUEST, DEPTH) for each in ids)
    return requests_shown(cloud, kind, [item for item in items if item])


def _listed(cloud: Cloud, kind: Requests, options: Mapping[str, Any]) -> list[Item]:
    """The newest first, as many as the task wants."""
    limit, target = options.get("limit"), options.get("resource")
    if limit is not None and limit < 1:
        raise InvalidOption(f"limit: {limit} is below the minimum, 1")
    moments = {name: moment_of(name, options[name]) for name in REQUEST_FILTERS if options.get(name)}
    filters = {
        REQUEST_FILTERS[name]: moment.strftime("%Y-%m-%d %H:%M:%S") for name, moment in moments.items()
    }
    if options.get("status"):
        filters["status"] = str(options["status"])
    # Where nothing is left to compare, no more than is wanted needs to be read.
    narrowed = not target and (cloud.version >= 6 or not filters)
    found = requests_shown(
        cloud, kind, cloud.items(REQUEST, {}, DEPTH, filters, most=limit or 0 if narrowed else 0)
    )
    return [each for each in found if _matches(options, moments, each)][:limit]


REQUEST_FILTERS = {"created_after": "createdAfter", "created_before": "createdBefore"}


def _matches(options: Mapping[str, Any], moments: Mapping[str, datetime], request: Item) -> bool:
    created, target = moment_of("created_date", request["created_date"]), options.get("resource")
    return (
        options.get("status") in (None, "", request["status"])
        and ("created_after" not in moments or created > moments["created_after"])
        and ("created_before" not in moments or created < moments["created_before"])
        and (not target or _concerns(request, str(target).lower()))
    )


def _concerns(request: Item, target: str) -> bool:
    """Whether a request is about an object: as one that it names as its target, or in its path."""
    named = [str(each["id"]).lower() for each in request["targets"]]
    return target in (*named, *urlsplit(str(request["url"])).path.lower().split("/"))


def moment_of(option: str, text: str) -> datetime:
    """A date of the service, or of a task, as a moment; without a zone it is in UTC."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise InvalidOption(
            f"{option}: {text!r} is not a date and time such as 2026-11-02T09:17:01Z"
        ) from None
    # The service knows whole seconds.
    return (moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)).replace(microsecond=0)


def requests_shown(cloud: Cloud, kind: Behaviour[Cloud], items: Sequence[Item]) -> list[Item]:
    """Results of requests, whose status the service shows as an object within the metadata (contract section 6.2)."""
    flat = []
    for item in items:
        metadata = item.get("metadata") or {}
        status = (metadata.get("requestStatus") or {}).get("metadata") or {}
        targets = [
            {**(each.get("target") or {}), "status": each.get("status")}
            for each in status.get("targets") or ()
        ]
        flat.append({**item, "metadata": {**metadata, **status, "targets": targets}})
    return kind.decode(cloud, flat, {})


REQUESTS = Requests(
    PROFITBRICKS,
    REQUEST,
    info_fields=(
        Field(
            "id",
            "list",
            elements="str",
            help=(
                "UUIDs of the requests to read, such as the C(request_id) that a task with C(wait=false) "
                "returned. An unknown one is left out of the result, or is an error with O(wait).",
                "The other filters do not apply then.",
            ),
        ),
        Field("status", choices=STATUSES, help="Only requests with this status."),
        Field(
            "created_after",
            help="Only requests made after this time, such as V(2026-11-02T09:17:01Z), in UTC unless it "
            "has a time zone.",
        ),
        Field("created_before", help="Only requests made before this time, in the same format."),
        Field(
            "resource",
            help="Only requests for the object with this id, as a target or in their path.",
        ),
        Field("limit", "int", help="How many of the newest to return at most, by default all."),
        Field(
            "wait",
            "bool",
            default=False,
            help="Whether to wait until all requests that were found are finished. They are polled "
            "together. If one of them has failed, the task fails, and says which one and why.",
        ),
        *waiting_fields(PROFITBRICKS)[1:],
    ),
)
