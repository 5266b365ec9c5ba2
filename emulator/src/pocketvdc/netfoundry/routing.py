# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The paths of all services, made from the table, for Werkzeug's URL map."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from werkzeug.routing import Map

from ..call import Answer
from ..rule import MatchedRule
from . import endpoints, identities, legacy, listing, places, routers, v3
from . import operations as op
from .call import Call
from .errors import FrameworkError, NetFoundryError
from .places import Catalogue
from .render import NOTHING, show
from .rows import ROWS
from .state import Execution
from .table import Action, Row, Values
from .work import process

Run = Callable[..., Answer]


@dataclass(frozen=True)
class Route:
    """What a path and method mean, and whether they mean it without a token."""

    run: Run
    open: bool = False


@cache
def url_map() -> Map:
    routes = (*_rows(), *_catalogues(), *_special())
    return Map(
        [MatchedRule(path, methods=[method], endpoint=route) for path, method, route in routes],
        strict_slashes=False,
        merge_slashes=False,
    )


def _rows() -> Iterator[tuple[str, str, Route]]:
    for row in (*ROWS.values(), v3.NETWORKS, v3.EDGE_ROUTERS):
        item = f"{row.path}/<ident>"
        for verb, path, method, run in (
            ("L", row.path, "GET", op.list_),
            ("C", row.path, "POST", op.create),
            ("R", item, "GET", op.read),
            ("P", item, "PUT", op.update),
            ("M", item, "PATCH", op.update),
            ("D", item, "DELETE", op.delete),
        ):
            if verb in row.verbs:
                yield path, method, Route(_on(run, row))
        for action in row.actions:
            yield f"{item}/{action.name}", action.method, Route(_action(row, action))


def _on(run: Run, row: Row) -> Run:
    return lambda call, **values: run(call, row, **values)


def _action(row: Row, action: Action) -> Run:
    return lambda call, ident: op.act(call, row, ident, action)


def _catalogues() -> Iterator[tuple[str, str, Route]]:
    for catalogue in (*places.CATALOGUES, *identities.CATALOGUES):
        yield catalogue.path, "GET", Route(partial(_list_catalogue, catalogue), catalogue.open)
        if catalogue.ident:
            item = "".join(f"/<part{i}>" for i in range(len(catalogue.ident)))
            yield f"{catalogue.path}{item}", "GET", Route(partial(_read_catalogue, catalogue), catalogue.open)


def _content_type(root: str) -> str:
    return op.HAL if root.startswith("core/") else "application/json"


def _list_catalogue(catalogue: Catalogue, call: Call) -> Answer:
    if not catalogue.sortable and "sort" in call.query:
        raise FrameworkError(500, "The list cannot be sorted")
    items = catalogue.items(call)
    found = listing.collection(call, catalogue.key, items, _value, dict, envelope=catalogue.envelope)
    return Answer(200, found, content_type=_content_type(catalogue.root))


def _value(item: Values, name: str) -> Any:
    return item.get(name, NOTHING)


def _read_catalogue(catalogue: Catalogue, call: Call, **parts: str) -> Answer:
    found = catalogue.find(call, tuple(parts[f"part{i}"] for i in range(len(catalogue.ident))))
    if found is None:
        raise NetFoundryError(404)
    return Answer(200, found, content_type=_content_type(catalogue.root))


def _special() -> Iterator[tuple[str, str, Route]]:
    """Paths that follow no pattern."""
    for kind in ("identities", "api-account-identities", "user-identities"):
        yield f"/identity/v1/{kind}/self", "GET", Route(partial(_self, ROWS[kind]))
    yield "/identity/v1/organization", "GET", Route(_organization)
    yield "/identity/v1/logout", "POST", Route(identities.log_out)
    yield "/core/v2/endpoints/share", "POST", Route(endpoints.share)
    key = "/core/v2/edge-routers/register/<key>"
    yield key, "POST", Route(routers.register, open=True)
    yield f"{key}/registered", "POST", Route(routers.registered, open=True)
    key = "/core/v3/edge-router-registrations/<key>"
    yield key, "POST", Route(routers.register, open=True)
    yield key, "DELETE", Route(v3.registered, open=True)
    yield "/core/v2/process/<ident>", "GET", Route(_process)
    yield "/rest/v1/network-groups", "GET", Route(legacy.list_groups)
    yield "/rest/v1/network-groups/<ident>", "GET", Route(legacy.read_group)
    yield "/product-metadata/v2/download-urls.json", "GET", Route(_downloads, open=True)


def _self(row: Row, call: Call) -> Answer:
    return op.answer(200, show(call, identities.caller(call, row.kinds)), row)


def _organization(call: Call) -> Answer:
    return op.read(call, ROWS["organizations"], call.organization)


def _process(call: Call, ident: str) -> Answer:
    row: Row = ROWS["executions"]
    execution = op.find(call, row, ident)
    assert isinstance(execution, Execution)
    return op.answer(200, process(call, execution), row)


def _downloads(call: Call) -> Answer:
    return Answer(200, places.downloads())
