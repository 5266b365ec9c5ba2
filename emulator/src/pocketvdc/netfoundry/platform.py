# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""NetFoundry as a whole: what exists, who may log in, and what is under way."""

from __future__ import annotations

import random
import string
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from . import roles, tokens
from .accounts import READY_MADE, Account, Logins
from .rows import ROWS
from .state import Agenda, Entity, Execution
from .table import Row

LINKS = ("execution", "process", "process-executions", "none")
PLACES = ("all", "locationCode", "none")
ACCESS_SECONDS = 3600

# Of the ids of the Ziti controller.
_ZITI = string.ascii_letters + string.digits + "-."


@dataclass
class Settings:
    """What a test can change, over ``/_emulator/netfoundry/settings``.

    :ivar links: how a write names its execution: one of ``LINKS``, the generations of section 4.2.
    :ivar deleted_readable: whether a deleted entity can be read by its id, or is 404 (section 4.1).
    :ivar access_seconds: life time of access tokens.
    :ivar enrollment_seconds: life time of one-time tokens, of those that are made from then on.
    :ivar arrays: whether Identity and Authorization list in bare arrays, or in pages as Core does.
    :ivar place: what the single read of a network says of its place: one of ``PLACES`` (section 8.1).
    """

    links: str = "execution"
    deleted_readable: bool = True
    access_seconds: int = ACCESS_SECONDS
    enrollment_seconds: int = tokens.ENROLLMENT_SECONDS
    arrays: bool = True
    place: str = "all"


class Platform:
    """The state of NetFoundry.

    :param clock: seconds since the epoch.
    :param seconds: how long an execution takes, asked for each one.
    :param page_limit: the largest page, where tests want small ones.
    :param seed: makes the ids of a run repeatable.
    """

    def __init__(
        self,
        clock: Callable[[], float],
        seconds: Callable[[], float],
        page_limit: Callable[[], int | None],
        seed: int | None = None,
    ):
        self.now = clock
        self.seconds = seconds
        self.page_limit = page_limit
        self.random = random.Random(seed)
        self.settings = Settings()
        self.agenda = Agenda()
        self.entities: dict[str, dict[str, Entity]] = {kind: {} for kind, row in ROWS.items() if not row.of}
        # The same by what they are members of, for lists of one network among many.
        self._within: dict[tuple[str, str | None], dict[str, Entity]] = {}
        self._names: dict[tuple[str, str, tuple[str, ...], str], Entity] = {}
        self.mails: list[dict[str, Any]] = []
        self.logins = Logins(clock, self.new_id)
        self._keys: dict[str, Entity] = {}
        for account in READY_MADE:
            self._open(account)

    def settle(self) -> None:
        self.agenda.settle(self.now())

    # Identifiers

    def new_id(self) -> str:
        return str(uuid.UUID(int=self.random.getrandbits(128), version=4))

    def random_text(self, length: int, letters: str = _ZITI) -> str:
        return "".join(self.random.choices(letters, k=length))

    def new_ziti_id(self) -> str:
        return self.random_text(9)

    # Entities

    def make(
        self, kind: str, organization: str, scope: tuple[str, ...], values: Mapping[str, Any], by: str | None
    ) -> Entity:
        """A new entity in its place, with the defaults of its row."""
        row = ROWS[kind]
        entity = Entity(row, self.new_id(), organization, scope, self.now())
        entity.values = {field.name: field.initial() for field in row.fields} | dict(values)
        entity.created_by = by
        self._keep(entity)
        self._enter(entity)
        return entity

    def _keep(self, entity: Entity) -> None:
        kind = entity.row.kind
        self.entities[kind][entity.id] = entity
        self._within.setdefault((kind, entity.network_id), {})[entity.id] = entity

    def make_side(self, kind: str, beside: Entity, **values: Any) -> Entity:
        """An object that the service makes by itself, complete at once, in the network of another."""
        scope = beside.path if beside.row.kind == "networks" else beside.scope
        entity = self.make(kind, beside.organization, scope, values, None)
        entity.status = "PROVISIONED"
        if entity.row.ziti:
            entity.ziti_id = self.new_ziti_id()
        return entity

    def all(self, row: Row, network_id: str | None = None) -> Iterator[Entity]:
        """What a row shows, of one network where one is given."""
        for kind in row.kinds:
            found = self._within.get((kind, network_id), {}) if network_id else self.entities[kind]
            yield from found.values()

    def members(self, network: Entity, kind: str) -> list[Entity]:
        """What lives in a network, of one kind."""
        found = self._within.get((kind, network.id), {})
        return [entity for entity in found.values() if entity.deleted is None]

    def network_of(self, entity: Entity) -> Entity | None:
        return self.entities["networks"].get(entity.network_id or "")

    def find(self, row: Row, ident: str) -> Entity | None:
        return next((self.entities[kind][ident] for kind in row.kinds if ident in self.entities[kind]), None)

    def sides(self, entity: Entity, kind: str) -> list[Entity]:
        """The objects of a kind that the service made for an entity."""
        found = entity.private.get("sides", ())
        return [self.entities[kind][ident] for owned, ident in found if owned == kind]

    def attach_side(self, kind: str, owner: Entity, **values: Any) -> Entity:
        """A side object that goes when its owner does."""
        side = self.make_side(kind, owner, **values)
        self.own(owner, side)
        return side

    @staticmethod
    def own(owner: Entity, side: Entity) -> None:
        owner.private.setdefault("sides", []).append((side.row.kind, side.id))

    def drop_sides(self, owner: Entity) -> None:
        for kind, ident in owner.private.pop("sides", ()):
            self.remove(self.entities[kind][ident], owner.deleted_by)

    def remove(self, entity: Entity, by: str | None = None) -> None:
        """Mark an entity deleted, with all that goes with it; its name is free again."""
        if entity.deleted is None:
            entity.deleted = entity.updated = self.now()
            entity.deleted_by = entity.deleted_by or by
        entity.status = "DELETED"
        self._leave(entity)
        if entity.row.hooks.removed is not None:
            entity.row.hooks.removed(self, entity)
        self.drop_sides(entity)

    # Names

    def _name_key(self, entity: Entity, name: Any) -> tuple[str, str, tuple[str, ...], str]:
        return entity.row.kind, entity.organization, entity.scope, str(name).casefold()

    def _enter(self, entity: Entity) -> None:
        if entity.row.unique:
            self._names.setdefault(self._name_key(entity, entity.values.get(entity.row.unique)), entity)

    def taken(
        self, row: Row, organization: str, scope: tuple[str, ...], name: Any, but: Entity | None = None
    ) -> bool:
        """Whether another entity of the scope has the name, ignoring case."""
        found = self.named(row.kind, organization, scope, name)
        return found is not None and found is not but

    def named(self, kind: str, organization: str, scope: tuple[str, ...], name: Any) -> Entity | None:
        """The entity of a name in a scope, ignoring case."""
        return self._names.get((kind, organization, scope, str(name).casefold()))

    def _leave(self, entity: Entity) -> None:
        if entity.row.unique:
            key = self._name_key(entity, entity.values.get(entity.row.unique))
            if self._names.get(key) is entity:
                del self._names[key]

    def rename(self, entity: Entity, values: dict[str, Any]) -> None:
        """Give an entity new values, and enter it under its new name."""
        self._leave(entity)
        entity.values = values
        self._enter(entity)

    def _open(self, account: Account) -> None:
        """An organization as it is on its first day."""
        organization = self.make(
            "organizations", "", (), {"label": account.label, "name": account.organization}, None
        )
        organization.organization = organization.id
        roles.make(self, organization)
        values = {
            "name": account.organization,
            "shortName": account.group,
            "organizationId": organization.id,
        }
        group = self.make("network-groups", organization.id, (), values, None)
        roles.make(self, group)
        values = {"name": account.client_id, "contactEmail": f"{account.client_id}@example.com"}
        identity = self.make("api-account-identities", organization.id, (), values, None)
        self.logins.admit(identity, account.client_id, account.password)
        roles.grant_first(self, identity)
        group.created_by = identity.id

    # Enrollment

    def enrollment(self, entity: Entity, method: str) -> str:
        """A one-time token for an endpoint or router; its issuer is the network's controller."""
        network = self.network_of(entity)
        controller = (network.values["networkController"] or {}) if network is not None else {}
        expires = int(self.now()) + self.settings.enrollment_seconds
        return tokens.sign(
            {
                "em": method,
                "exp": expires,
                "iss": f"https://{controller.get('domainName')}:443",
                "jti": self.new_id(),
                "sub": entity.ziti_id,
            }
        )

    def enrollable(self, ident: str | None, jwt: str | None) -> Entity | None:
        """The endpoint or router of an id, or of a one-time token that is still good."""
        for kind in ("endpoints", "edge-routers"):
            known = self.entities[kind]
            named = [known[ident]] if ident is not None and ident in known else []
            holding = (each for each in known.values() if jwt is not None and each.values["jwt"] == jwt)
            found = next((each for each in (*named, *holding) if each.deleted is None), None)
            if found is not None:
                return found
        return None

    def new_key(self, router: Entity, length: int) -> str:
        """A registration key of a router, in place of the one before."""
        self._keys.pop(router.private.get("key", ""), None)
        key = router.private["key"] = self.random_text(length, string.ascii_uppercase + string.digits)
        self._keys[key] = router
        return key

    def by_key(self, key: str) -> Entity | None:
        router = self._keys.get(key)
        return router if router is not None and router.deleted is None else None

    # Executions

    def run(self, execution: Execution, begin: Callable[[], None], progress: Callable[[], None]) -> None:
        """Put an execution behind the last one on its target; ``progress`` runs when it has visibly begun."""
        target = execution.target
        execution.starts = max(self.now(), target.idle_at)
        execution.ends = target.idle_at = execution.starts + self.seconds()
        self._keep(execution)
        if execution.starts <= self.now():
            begin()
        else:
            self.agenda.at(execution.starts, begin)
        self.agenda.at(execution.starts + (execution.ends - execution.starts) * 0.1, progress)
        self.agenda.at(execution.ends, execution.finish)
