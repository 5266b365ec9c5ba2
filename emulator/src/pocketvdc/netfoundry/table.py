# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a resource of NetFoundry is described. A new one costs one row.

Fields are those of ``pocketvdc.table``, with these meanings here: ``rw`` can be changed; ``create`` is
immutable; ``read`` is the service's own and ignored in requests; ``request`` is accepted on creation and
shown only by ``as=create``. The type ``json`` takes any value, for a hook to look at.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ..table import NEWEST, Field

if TYPE_CHECKING:
    from .call import Call
    from .platform import Platform
    from .state import Entity

Values = dict[str, Any]

# The fields of the other service say which of its API versions need them; here there is only one.
REQUIRED = (NEWEST,)


def singular(kind: str) -> str:
    """One of a kind: ``edge-router-policy`` of ``edge-router-policies``."""
    return f"{kind[:-3]}y" if kind.endswith("ies") else kind.removesuffix("s")


@dataclass(frozen=True, slots=True)
class Hooks:
    """Where a resource differs from the generic operations. Each one is optional.

    :param check: rules of a creation (entity None) or update that look at several fields; may complete
        the values, and raises or appends to the problems.
    :param build: derived values of a new entity, at acceptance.
    :param ready: derived values and side objects, when a creation is complete.
    :param updated: the same, when an update is complete.
    :param check_delete: raises when the entity must not be deleted.
    :param removed: takes side objects away, when the deletion is complete.
    :param view: changes what is shown of an entity.
    :param links: more links of an entity.
    :param form: completes what ``as=create`` and ``as=update`` show.
    :param answer: adds to the answer of a creation what is never shown again.
    """

    check: Callable[[Call, Entity | None, Values, list[str]], None] | None = None
    build: Callable[[Call, Entity], None] | None = None
    ready: Callable[[Platform, Entity], None] | None = None
    updated: Callable[[Platform, Entity], None] | None = None
    check_delete: Callable[[Call, Entity], None] | None = None
    removed: Callable[[Platform, Entity], None] | None = None
    view: Callable[[Call, Entity, Values], None] | None = None
    links: Callable[[Call, Entity, Values], None] | None = None
    form: Callable[[Call, Entity, str, Values], None] | None = None
    answer: Callable[[Call, Entity, Values], None] | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """An operation below one entity. ``run`` answers a body, an execution that it has started, or it all."""

    name: str
    run: Callable[[Call, Entity], Any]
    method: str = "POST"
    writes: bool = True


@dataclass(frozen=True)
class Row:
    """One kind of resource.

    :param kind: last part of its path, such as ``edge-routers``; rows call each other by it.
    :param noun: its name in errors and executions.
    :param key: its key under ``_embedded``.
    :param root: service and version; decides the form of lists, timestamps and errors.
    :param envelope: form of its lists: ``hal``, ``array`` or ``content``.
    :param verbs: which of L(ist) C(reate) R(ead) P(UT) M(PATCH) D(elete) exist.
    :param scope: what it is a member of: ``network``, ``group`` or ``organization``; the name is unique there.
    :param of: the kinds whose entities it shows, when it has none of its own.
    :param status: whether it shows its life cycle.
    :param ziti: whether the network's controller knows it, under its ``zitiId``.
    :param synchronous: creations and updates are complete in the answer, which names no execution.
    :param codes: HTTP status of a creation, an update and a deletion.
    :param sortable: whether its lists can be sorted; ``sort`` is a server error where not (section 3.4).
    :param find_by: list parameters that stand in for properties of the same meaning (section 3.5).
    :param host: whether ``embed=host`` applies.
    :param unique: the property that is unique in the scope; empty where none is.
    :param confined: whether its lists are of one network only; 403 without its ``networkId``.
    :param shows: which entities of its kinds it shows, where that is not all of them.
    :param guarded: whether its hooks say who may create and delete; otherwise who administers the scope.
    :param matches: filters of its own, in place of the usual ones by name.
    """

    kind: str
    noun: str
    key: str = ""
    fields: tuple[Field, ...] = ()
    root: str = "core/v2"
    envelope: str = "hal"
    verbs: str = "LCRPMD"
    scope: str = "network"
    of: tuple[str, ...] = ()
    status: bool = False
    ziti: bool = True
    synchronous: bool = False
    codes: tuple[int, int, int] = (202, 202, 202)
    sortable: bool = True
    find_by: Mapping[str, str] | None = None
    host: bool = False
    unique: str = "name"
    matches: Callable[[Call, Entity], bool] | None = None
    guarded: bool = False
    confined: bool = False
    shows: Callable[[Entity], bool] | None = None
    actions: tuple[Action, ...] = ()
    hooks: Hooks = Hooks()

    @cached_property
    def type_code(self) -> str:
        """What Authorization calls it: ``edge-router`` (section 6.1)."""
        return singular(self.kind)

    @property
    def path(self) -> str:
        return f"/{self.root}/{self.kind}"

    @cached_property
    def shown(self) -> frozenset[str]:
        """The names of the fields that are read back."""
        return frozenset(field.name for field in self.fields if field.mode != "request")

    @property
    def kinds(self) -> tuple[str, ...]:
        return self.of or (self.kind,)
