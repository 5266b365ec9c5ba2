# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The paths of the API, made from the table, for Werkzeug's URL map."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from werkzeug.routing import Map

from . import operations as op
from .behaviour import contracts, kubernetes, labels, management
from .call import Answer, Call
from .errors import not_found
from .registry import Table
from .rule import MatchedRule
from .store import Record
from .table import NEWEST, Row

Run = Callable[[Call, dict[str, Any]], Answer]


@dataclass(frozen=True)
class Route:
    """What a path and method mean, and the API versions that know it."""

    run: Run
    since: int
    until: int = NEWEST


@cache
def url_map(table: Table) -> Map:
    """All paths below the version, for every method they have. Made once for each table."""
    rules = [
        MatchedRule(path, methods=[method], endpoint=route)
        for path, method, route in (*_generic(table), *_special(table))
    ]
    return Map(rules, strict_slashes=True, merge_slashes=False)


def _ids(values: dict[str, Any], count: int) -> list[str]:
    return [values[f"id{i}"] for i in range(count)]


def _item(collections: tuple[str, ...]) -> str:
    return "".join(f"/{name}/<id{i}>" for i, name in enumerate(collections))


def _chains(table: Table) -> dict[str, tuple[str, ...]]:
    """For each kind that has children: the collections on the way to it."""
    found: dict[str, tuple[str, ...]] = {}

    def chain(row: Row) -> tuple[str, ...]:
        parent, name = next(iter(row.under.items()))
        return (*(chain(table[parent]) if parent else ()), name)

    for kind, row in table.rows.items():
        if row.under:
            found[kind] = chain(row)
    return found


def _generic(table: Table) -> Iterator[tuple[str, str, Route]]:
    chains = _chains(table)
    for kind, row in table.rows.items():
        for parent, name in row.under.items():
            above = chains[parent] if parent else ()
            yield from _collection(row, parent, name, above)
            yield from _items(row, parent, (*above, name))
        if kind in chains:
            yield from _links(table, row, chains[kind])
            yield from _actions(row, chains[kind])


def _collection(row: Row, parent: str, name: str, above: tuple[str, ...]) -> Iterator[tuple[str, str, Route]]:
    path = f"{_item(above)}/{name}"

    def list_(call: Call, values: dict[str, Any]) -> Answer:
        if not above:
            return op.list_root(call, row, name)
        return op.list_owned(call, row, name, op.locate(call, above, _ids(values, len(above))))

    def create(call: Call, values: dict[str, Any]) -> Answer:
        owner = op.locate(call, above, _ids(values, len(above))) if above else None
        return op.create(call, row, name, owner)

    if "L" in row.verbs:
        yield path, "GET", Route(list_, row.known_since(parent))
    if "C" in row.verbs:
        yield path, "POST", Route(create, row.known_since(parent, "C"))


_ITEM_VERBS: tuple[tuple[str, str, Callable[[Call, Record], Answer]], ...] = (
    ("R", "GET", op.read),
    ("P", "PUT", partial(op.update, replace=True)),
    ("M", "PATCH", partial(op.update, replace=False)),
    ("D", "DELETE", op.delete),
)


def _on_record(chain: tuple[str, ...], work: Callable[[Call, Record], Answer]) -> Run:
    return lambda call, values: work(call, op.locate(call, chain, _ids(values, len(chain))))


def _items(row: Row, parent: str, chain: tuple[str, ...]) -> Iterator[tuple[str, str, Route]]:
    for verb, method, work in _ITEM_VERBS:
        if verb in row.verbs:
            yield _item(chain), method, Route(_on_record(chain, work), row.known_since(parent, verb))


def _links(table: Table, row: Row, chain: tuple[str, ...]) -> Iterator[tuple[str, str, Route]]:
    for entity in table.below(row.kind):
        link = entity.link
        if link is None or not link.routed:
            continue
        path = f"{_item(chain)}/{link.name}"

        def on_member(work: Callable[..., Answer], entity: Any = entity) -> Run:
            def run(call: Call, values: dict[str, Any]) -> Answer:
                return work(call, entity, op.locate(call, chain, _ids(values, len(chain))), values["member"])

            return run

        def on_link(work: Callable[..., Answer], entity: Any = entity) -> Run:
            return _on_record(chain, lambda call, record: work(call, entity, record))

        since, until = entity.since, entity.until
        if link.readable:
            yield path, "GET", Route(on_link(op.list_below), since, until)
        if link.attach is not None:
            yield path, "POST", Route(on_link(op.attach), since, until)
        if link.replace is not None:
            yield path, "PUT", Route(on_link(op.replace_members), since, until)
        if link.gettable:
            yield f"{path}/<member>", "GET", Route(on_member(op.read_member), since, until)
        if link.detach is not None:
            yield f"{path}/<member>", "DELETE", Route(on_member(op.detach), since, until)


def _actions(row: Row, chain: tuple[str, ...]) -> Iterator[tuple[str, str, Route]]:
    for action in row.actions:
        run = _on_record(chain, partial(op.act, action=action))
        yield f"{_item(chain)}/{action.name}", action.method, Route(run, max(row.since, action.since))


def _special(table: Table) -> Iterator[tuple[str, str, Route]]:
    """Paths that follow no pattern."""

    def location(call: Call, values: dict[str, Any]) -> Answer:
        return op.read(call, call.find("locations", f"{values['region']}/{values['city']}"))

    def region(call: Call, values: dict[str, Any]) -> Answer:
        inside = [r for r in call.store.all("locations") if r.id.startswith(f"{values['region']}/")]
        if not inside:
            raise not_found()
        return op.list_records(call, table["location"], f"locations/{values['region']}", inside)

    share, user_group = "/um/groups/<id0>/shares/<id1>", ("um/groups",)

    def create_share(call: Call, values: dict[str, Any]) -> Answer:
        return management.create_share(call, op.locate(call, user_group, [values["id0"]]), values["id1"])

    def update_share(call: Call, values: dict[str, Any]) -> Answer:
        chain = ("um/groups", "shares")
        return management.update_share(call, op.locate(call, chain, [values["id0"], values["id1"]]))

    yield "/locations/<region>", "GET", Route(region, 4)
    # The id of a child location has a slash of its own, which clients escape (contract section 10.2).
    yield "/locations/<region>/<path:city>", "GET", Route(location, 4)
    yield "/requests/<id0>/status", "GET", Route(_on_record(("requests",), op.read_status), 4)
    yield "/contracts", "GET", Route(lambda call, values: contracts.read(call), 4)
    yield share, "POST", Route(create_share, 4)
    yield share, "PUT", Route(update_share, 4)
    yield "/um/resources", "GET", Route(lambda call, values: management.list_resources(call), 4)
    yield (
        "/um/resources/<kind>",
        "GET",
        Route(lambda call, values: management.list_resources(call, values["kind"]), 4),
    )
    yield (
        "/um/resources/<kind>/<ident>",
        "GET",
        Route(lambda call, values: management.read_resource(call, values["kind"], values["ident"]), 4),
    )

    def compatibilities(call: Call, values: dict[str, Any]) -> Answer:
        return kubernetes.compatibilities(call, values["version"])

    yield "/k8s/versions", "GET", Route(lambda call, values: kubernetes.versions(call), 5)
    yield "/k8s/versions/default", "GET", Route(lambda call, values: kubernetes.default_version(call), 5)
    yield "/k8s/versions/<version>/compatibilities", "GET", Route(compatibilities, 5, 5)
    yield "/labels", "GET", Route(lambda call, values: labels.list_all(call), 5)
    yield "/labels/<urn>", "GET", Route(lambda call, values: labels.read_one(call, values["urn"]), 5)
