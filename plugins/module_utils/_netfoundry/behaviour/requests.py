# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Requests to the platform and their progress, which it calls executions (contract sections 4.2 and 4.3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import Any

from ..._engine.behaviour import Behaviour, Reading
from ..._engine.clock import Deadline
from ..._engine.errors import ApiError, InvalidOption, NotFound, OperationsFailed
from ..._engine.outcome import Waiting, waiting_fields
from ..._engine.query import given_ids
from ..._engine.schema.checks import between
from ..._engine.schema.field import Field
from ..._engine.service import Item
from ..client import Cloud
from ..provider import NETFOUNDRY
from ..resources.common import IN_NETWORK
from ..resources.networks import EXECUTION, NETWORK
from ..resources.organizations import IN_ORGANIZATION
from ..states import AT_ONCE, FAILED, FORBIDDEN, RECENT, SUCCEEDED, newest

ENDED = (*SUCCEEDED, FAILED)

REQUEST_FIELDS = (
    Field(
        "id",
        "list",
        elements="str",
        help=(
            "UUIDs of the requests to read, such as the C(request_id) that a task with C(wait=false) "
            "returned. An unknown one is left out of the result, or is an error with O(wait).",
            "O(status), O(resource) and O(limit) do not apply then.",
        ),
    ),
    Field(
        "organization",
        variable=IN_ORGANIZATION[0].variable,
        help="Label, name or UUID of the organization of the network. If not set, the environment variable "
        f"E({IN_ORGANIZATION[0].variable}) is used.",
    ),
    Field(
        "network_group",
        variable=NETWORK.owners[0].variable,
        help="Short name, name or UUID of the network group of the network. If not set, the environment variable "
        f"E({NETWORK.owners[0].variable}) is used.",
    ),
    Field(
        "network",
        variable=IN_NETWORK[0].variable,
        help="Name or UUID of the network whose requests to read. Needed unless O(id) is given. It takes the platform a "
        "few seconds to list a request that it has just accepted. If not set, the environment variable "
        f"E({IN_NETWORK[0].variable}) is used.",
    ),
    Field(
        "status",
        choices=("NEW", "STARTED", "RUNNING", "FINISHED", "SUCCESS", "FAILED"),
        help="Only requests with this status.",
    ),
    Field("resource", help="Only requests for the object with this UUID."),
    Field(
        "limit",
        "int",
        checks=(between(1),),
        help="Maximum number of requests to return, the newest ones. By default, all.",
    ),
    Field(
        "wait",
        "bool",
        default=False,
        help="Whether to wait until all requests found have finished. They are polled together. If any of them fails, the "
        "task fails and names it.",
    ),
    *waiting_fields(NETFOUNDRY)[1:],
)


class Requests(Behaviour[Cloud]):
    def search(self, cloud: Cloud, options: Mapping[str, Any], read: Reading) -> list[Item]:
        """The requests that the options ask for, once they are finished if the task waits. Raises OperationsFailed."""
        for each in REQUEST_FIELDS:
            each.check(options.get(each.name), cloud.version)
        ids = given_ids(EXECUTION, options)
        items = _listed(cloud, options) if ids is None else _by_ids(cloud, options, ids)
        if options.get("wait"):
            items = _awaited(cloud, options, items, ids or ())
        return [EXECUTION.decode(each, {}) for each in items]


def _awaited(cloud: Cloud, options: Mapping[str, Any], items: list[Item], ids: Sequence[str]) -> list[Item]:
    """The requests once all have finished; the service may not know yet of one that it has just accepted."""
    known = {str(each["id"]): each for each in items}
    pending = [each for each in (ids or known) if known.get(each, {}).get("status") not in ENDED]
    if pending:
        network = cloud.above(EXECUTION, options).get(NETWORK.kind)
        watch = cloud.watch(Deadline.after(cloud.clock, Waiting.asked(options).seconds))
        for each in pending:
            item = known.get(each, {})
            cloud.executions.accepted(each, item.get("networkId") or network)
            watch.add(each, _what(item))
        ended = watch.wait()
        known.update({str(each["id"]): each for each in _by_ids(cloud, options, pending)})
        for each, status in ended.items():
            known[each] = {**known.get(each, {"id": each}), "status": status.says}
    failed = [
        (_what(item), each, f"its status is {FAILED}")
        for each, item in known.items()
        if item.get("status") == FAILED
    ]
    if failed:
        raise OperationsFailed(failed)
    return list(known.values())


def _what(item: Item) -> str:
    return str(item.get("description") or item.get("name") or "request")


def _by_ids(cloud: Cloud, options: Mapping[str, Any], ids: Sequence[str]) -> list[Item]:
    """The requests with these ids: if there are many, the newest from the list of their network, the rest one by one."""
    found: dict[str, Item] = {}
    if len(ids) > AT_ONCE:
        first = _one(cloud, ids[0])
        network = (first or {}).get("networkId") or cloud.above(EXECUTION, options).get(NETWORK.kind)
        if network:
            found = {
                str(each["id"]): each for each in _newest(cloud, str(network), pages=1 + len(ids) // RECENT)
            }
    with ThreadPoolExecutor(AT_ONCE) as pool:
        items = pool.map(lambda each: found.get(each) or _one(cloud, each), ids)
        return [each for each in items if each is not None]


def _one(cloud: Cloud, work_id: str) -> Item | None:
    """A single request; None if the service does not know it, or not yet (contract section 4.2)."""
    try:
        item: Item = cloud.get(EXECUTION.item_path({}, work_id))
        return item
    except ApiError as error:
        if error.status != FORBIDDEN and not error.missing:
            raise
        return None


def _newest(cloud: Cloud, network: str, pages: int = 0) -> Iterator[Item]:
    """The requests of a network, the newest first; none if the caller may not list them."""
    try:
        yield from cloud.pages(EXECUTION.path, newest(network), EXECUTION, most=pages)
    except ApiError as error:
        if error.status != FORBIDDEN or not pages:
            raise


def _listed(cloud: Cloud, options: Mapping[str, Any]) -> list[Item]:
    """The requests of one network that the options ask for."""
    network = cloud.above(EXECUTION, options).get(NETWORK.kind)
    if network is None:
        raise InvalidOption(
            "network: give the name or id of the network, or the ids of the requests with the option id"
        )
    if cloud.find(NETWORK, network) is None:
        raise NotFound(NETWORK.label, NETWORK.kind, options[NETWORK.kind])
    wanted = {"status": options.get("status"), "resourceId": str(options.get("resource") or "").lower()}
    found = (
        each
        for each in _newest(cloud, network)
        if all(value in (None, "", each.get(name)) for name, value in wanted.items())
    )
    return list(islice(found, options.get("limit")))


REQUESTS = Requests(NETFOUNDRY, EXECUTION, info_fields=REQUEST_FIELDS)
