# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""NetFoundry as a whole: what exists, who may log in, and what is under way."""

from __future__ import annotations

import json
import os
import random
import string
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import tokens
from .rows import ROWS
from .state import Agenda, Entity, Execution
from .table import Row

LINKS = ("execution", "process", "process-executions", "none")
ACCESS_SECONDS = 3600

_ZITI = string.ascii_letters + string.digits + "-."


@dataclass(frozen=True)
class Account:
    """An organization with one API account and one network group, ready at the start."""

    client_id: str
    password: str
    label: str
    organization: str
    group: str


READY_MADE = (
    Account("demo-client", "demo-secret", "DEMO", "Demo Organization", "DEMOGROUP"),
    Account("other-client", "other-secret", "OTHER", "Other Organization", "OTHERGROUP"),
)


@dataclass
class Settings:
    """What a test can change, over ``/_emulator/netfoundry/settings``.

    :ivar links: how a write names its execution: one of ``LINKS``, the generations of section 4.2.
    :ivar deleted_readable: whether a deleted entity can be read by its id, or is 404 (section 4.1).
    :ivar access_seconds: life time of access tokens.
    """

    links: str = "execution"
    deleted_readable: bool = True
    access_seconds: int = ACCESS_SECONDS


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
        self._names: dict[tuple[str, str, tuple[str, ...], str], Entity] = {}
        self._clients: dict[str, Entity] = {}
        self._keys: dict[str, Entity] = {}
        self._logged_out: set[str] = set()
        for account in READY_MADE:
            self._open(account)

    def settle(self) -> None:
        self.agenda.settle(self.now())

    # Identifiers

    def new_id(self) -> str:
        return str(uuid.UUID(int=self.random.getrandbits(128), version=4))

    def text(self, length: int, letters: str = _ZITI) -> str:
        return "".join(self.random.choices(letters, k=length))

    def new_ziti_id(self) -> str:
        return self.text(9)

    # Entities

    def make(
        self, kind: str, organization: str, scope: tuple[str, ...], values: Mapping[str, Any], by: str | None
    ) -> Entity:
        """A new entity in its place, with the defaults of its row."""
        row = ROWS[kind]
        entity = Entity(row, self.new_id(), organization, scope, self.now())
        entity.values = {field.name: field.initial() for field in row.fields} | dict(values)
        entity.created_by = by
        self.entities[kind][entity.id] = entity
        self._enter(entity)
        return entity

    def make_side(self, kind: str, beside: Entity, **values: Any) -> Entity:
        """An object that the service makes by itself, complete at once, in the network of another."""
        scope = beside.path if beside.row.kind == "networks" else beside.scope
        entity = self.make(kind, beside.organization, scope, values, None)
        entity.status = "PROVISIONED"
        if entity.row.ziti:
            entity.ziti_id = self.new_ziti_id()
        return entity

    def all(self, row: Row) -> Iterator[Entity]:
        for kind in row.kinds:
            yield from self.entities[kind].values()

    def members(self, network: Entity, kind: str) -> list[Entity]:
        """What lives in a network, of one kind."""
        return [
            entity
            for entity in self.entities[kind].values()
            if entity.network_id == network.id and entity.deleted is None
        ]

    def network_of(self, entity: Entity) -> Entity | None:
        return self.entities["networks"].get(entity.network_id or "")

    def find(self, row: Row, ident: str) -> Entity | None:
        return next((self.entities[kind][ident] for kind in row.kinds if ident in self.entities[kind]), None)

    def sides(self, entity: Entity, kind: str) -> list[Entity]:
        """The objects of a kind that the service made for an entity."""
        ids = entity.private.get("sides", ())
        return [self.entities[kind][ident] for ident in ids if ident in self.entities[kind]]

    def attach_side(self, kind: str, owner: Entity, **values: Any) -> Entity:
        """A side object that goes when its owner does."""
        side = self.make_side(kind, owner, **values)
        owner.private.setdefault("sides", []).append(side.id)
        return side

    def drop_sides(self, owner: Entity) -> None:
        for ident in owner.private.pop("sides", ()):
            for row in ROWS.values():
                side = self.entities.get(row.kind, {}).get(ident)
                if side is not None:
                    self.remove(side, owner.deleted_by)

    def remove(self, entity: Entity, by: str | None = None) -> None:
        """Mark an entity deleted, with all that goes with it; its name is free again."""
        if entity.deleted is None:
            entity.deleted = entity.updated = self.now()
            entity.deleted_by = entity.deleted_by or by
        entity.status = "DELETED"
        self.forget_name(entity)
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
        found = self._names.get((row.kind, organization, scope, str(name).casefold()))
        return found is not None and found is not but

    def forget_name(self, entity: Entity) -> None:
        if entity.row.unique:
            key = self._name_key(entity, entity.values.get(entity.row.unique))
            if self._names.get(key) is entity:
                del self._names[key]

    def rename(self, entity: Entity, values: dict[str, Any]) -> None:
        """Give an entity new values, and enter it under its new name."""
        self.forget_name(entity)
        entity.values = values
        self._enter(entity)

    # Accounts

    def _open(self, account: Account) -> None:
        organization = self.make(
            "organizations", "", (), {"label": account.label, "name": account.organization}, None
        )
        organization.organization = organization.id
        self.make_roles(organization, account.organization, ())
        group = self.make(
            "network-groups",
            organization.id,
            (),
            {"name": account.organization, "shortName": account.group, "organizationId": organization.id},
            None,
        )
        self.make_roles(group, account.organization, (group.id,))
        identity = self.make("api-account-identities", organization.id, (), {"name": account.client_id}, None)
        self.admit(identity, account.client_id, account.password)
        group.created_by = identity.id

    def admit(self, identity: Entity, client_id: str, password: str) -> None:
        """Let an API account log in, with the roles that a new one has (section 5.4)."""
        identity.private.update(client_id=client_id, password=password)
        identity.values["awsCognitoClientId"] = f"{tokens.USER_POOL}|{client_id}"
        self._clients[client_id] = identity
        self.grant_first_roles(identity)

    def grant_first_roles(self, identity: Entity) -> None:
        for role in list(self.entities["roles"].values()):
            if (
                role.organization == identity.organization
                and role.private["admin"]
                and len(role.values["path"]) < 2
                and role.deleted is None
            ):
                self.grant(identity, role)

    def make_roles(self, entity: Entity, name: str, path: tuple[str, ...]) -> None:
        """The admin and the read-only role on an organization, group or network."""
        level = ("Organization", "Network Group", "Network")[len(path)]
        for title, admin in (("Admin", True), ("Read-only", False)):
            role = self.make(
                "roles",
                entity.organization,
                (),
                {
                    "name": f"{level} {title} - {name}",
                    "description": f"{'manage' if admin else 'read'} {level.lower()} {name}",
                    "organizationId": entity.organization,
                    "path": list(path),
                },
                None,
            )
            role.private["admin"] = admin
            entity.private.setdefault("sides", []).append(role.id)

    def grant(self, identity: Entity, role: Entity) -> Entity:
        values = {"identityId": identity.id, "roleId": role.id}
        return self.make("identity-roles", identity.organization, (), values, None)

    def roles_of(self, identity: Entity) -> list[Entity]:
        roles = self.entities["roles"]
        return [
            roles[granted.values["roleId"]]
            for granted in self.entities["identity-roles"].values()
            if granted.deleted is None
            and granted.values["identityId"] == identity.id
            and roles[granted.values["roleId"]].deleted is None
        ]

    def log_in(self, client_id: str, password: str, scope: str) -> str | None:
        """An access token, or None when there is no such active account."""
        identity = self._clients.get(client_id)
        if identity is None or identity.private["password"] != password or not self._active(identity):
            return None
        issued = int(self.now())
        return tokens.sign(
            {
                "sub": client_id,
                "token_use": "access",
                "scope": scope or tokens.SCOPE,
                "auth_time": issued,
                "iss": tokens.ISSUER,
                "exp": issued + self.settings.access_seconds,
                "iat": issued,
                "version": 2,
                "jti": self.new_id(),
                "client_id": client_id,
            }
        )

    @staticmethod
    def _active(identity: Entity) -> bool:
        return identity.deleted is None and bool(identity.values["active"])

    def by_token(self, token: str) -> Entity | None:
        """Whose token it is; None when it is expired or not good at all."""
        claims = tokens.claims_of(token)
        if claims is None or claims.get("exp", 0) <= self.now() or claims.get("jti") in self._logged_out:
            return None
        identity = self._clients.get(claims.get("client_id", ""))
        return identity if identity is not None and self._active(identity) else None

    def log_out(self, token: str) -> None:
        claims = tokens.claims_of(token)
        if claims is not None:
            self._logged_out.add(claims["jti"])

    # Enrollment

    def enrollment(self, entity: Entity, method: str) -> str:
        """A one-time token for an endpoint or router; its issuer is the network's controller."""
        network = self.network_of(entity)
        controller = (network.values["networkController"] or {}) if network is not None else {}
        expires = int(self.now()) + tokens.ENROLLMENT_SECONDS
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
            for entity in self.entities[kind].values():
                if entity.deleted is None and (
                    entity.id == ident or (jwt is not None and entity.values["jwt"] == jwt)
                ):
                    return entity
        return None

    def new_key(self, router: Entity) -> str:
        """A registration key of a router, in place of the one before."""
        self._keys.pop(router.private.get("key", ""), None)
        key = router.private["key"] = self.text(10, string.ascii_uppercase + string.digits)
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
        self.entities["executions"][execution.id] = execution
        if execution.starts <= self.now():
            begin()
        else:
            self.agenda.at(execution.starts, begin)
        self.agenda.at(execution.starts + (execution.ends - execution.starts) * 0.1, progress)
        self.agenda.at(execution.ends, execution.finish)


def credentials(url: str, account: Account = READY_MADE[0]) -> dict[str, str]:
    """The API account file that the console would give (section 2.1)."""
    return {
        "name": account.client_id,
        "clientId": account.client_id,
        "password": account.password,
        "authenticationUrl": f"{url}/oauth2/token",
    }


def write_credentials(path: str | Path, content: Mapping[str, str]) -> None:
    """Write an API account file that only its owner can read. OSError when that is impossible."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        os.fchmod(handle, 0o600)
        json.dump(content, file, indent=2)
        file.write("\n")
