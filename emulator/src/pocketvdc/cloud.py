# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The cloud as a whole: its contracts, clock, settings, and what all contracts share."""

from __future__ import annotations

import math
import random
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import accounts as account_files
from . import ratelimit
from .accounts import Account
from .addresses import DOCUMENTATION, Addresses
from .behaviour import contracts, nics
from .behaviour.s3keys import introduce
from .errors import forbidden
from .faults import Faults, Journal
from .queue import Line
from .registry import Table
from .rows import TABLE
from .store import Contract, Record
from .table import Row
from .tokens import Token

if TYPE_CHECKING:
    from .call import Call
    from .netfoundry import Platform
    from .reachable import ReachableServer

# When the public images, templates and locations are said to be from.
SEEDED_AT = 1_600_000_000.0
TEMPLATE_CREATOR = "[UNKNOWN]"


# What some contracts have, and others do not (contract section 16.2).
FEATURES = ("apiSubnetAllowList",)


@dataclass
class Settings:
    """What can be changed while it runs.

    :ivar provision_seconds: how long a request takes; 0 means DONE at once.
    :ivar rate_limit: ``"120/50"``, or None for no limit.
    :ivar page_limit: the size of a page, where tests want small ones.
    :ivar limits: limits of every contract that differ from the seed, by their names in ``resourceLimits``.
    :ivar lacks: what no contract has of `FEATURES`.
    :ivar full: ids of locations that have no room for another server.
    """

    provision_seconds: float = 0.0
    rate_limit: str | None = None
    page_limit: int | None = None
    limits: dict[str, int] = field(default_factory=dict)
    lacks: list[str] = field(default_factory=list)
    full: list[str] = field(default_factory=list)


class Cloud:
    """A local ProfitBricks cloud, with NetFoundry beside it (``netfoundry``).

    :param provision_seconds: how long every request takes.
    :param public_net: network that public addresses come from.
    :param clock: seconds since the epoch; tests pass one that they move by hand.
    :param rate_limit: ``"120/50"``: average a minute and burst; None for no limit.
    :param accounts: a file (see ``pocketvdc.accounts``), Account values, or None for the ready-made ones.
    :param seed: makes the ids of a run repeatable.
    """

    def __init__(
        self,
        provision_seconds: float = 0.0,
        public_net: str = str(DOCUMENTATION),
        clock: Callable[[], float] = time.time,
        rate_limit: str | None = None,
        accounts: str | Path | Sequence[Account] | None = None,
        seed: int | None = None,
    ):
        ratelimit.parse(rate_limit)
        Addresses(public_net)
        self.lock = threading.RLock()
        self.clock = clock
        self.ahead = 0.0
        self.table: Table = TABLE
        self.public_net = public_net
        # Where its servers answer ssh, if they do.
        self.ssh_port: int | None = None
        self.accounts: Sequence[Account]
        if accounts is None:
            self.accounts = account_files.READY_MADE
        elif isinstance(accounts, (str, Path)):
            self.accounts = account_files.load(accounts)
        else:
            self.accounts = tuple(accounts)
        self._seed = seed
        self._start = Settings(provision_seconds, rate_limit)
        self._common: dict[str, dict[str, Record]] = {}
        self.aliases: dict[tuple[str, str], Record] = {}
        self.seed_limits: Mapping[str, int] = {}
        self._load_seed()
        self.reset()

    def reset(self) -> None:
        """Back to the start: state, settings, faults, journal."""
        with self.lock:
            self.random = random.Random(self._seed)
            self.ahead = 0.0
            self.settings = Settings(self._start.provision_seconds, self._start.rate_limit)
            self.limit_rate(self.settings.rate_limit)
            self.addresses = Addresses(self.public_net)
            self.line = Line()
            self.faults = Faults()
            self.journal = Journal()
            self.contracts: dict[int, Contract] = {}
            self.mails: dict[str, Record] = {}
            self.tokens: dict[str, Token] = {}
            self.token_key = self.random.randbytes(32)
            # Users of several contracts, by email and contract.
            self.holders: dict[str, dict[int, Record]] = {}
            for account in self.accounts:
                self._open(account)
            self._seed_private_images()
            self._platform: Platform | None = None

    @property
    def netfoundry(self) -> Platform:
        """The other service, which begins when it is first asked for."""
        with self.lock:
            if self._platform is None:
                self._platform = self.new_platform()
            return self._platform

    @netfoundry.setter
    def netfoundry(self, platform: Platform) -> None:
        self._platform = platform

    def new_platform(self) -> Platform:
        """NetFoundry as it is on its first day."""
        from .netfoundry import Platform

        return Platform(
            self.now,
            lambda: self.settings.provision_seconds,
            lambda: self.settings.page_limit,
            self._seed,
        )

    def limit_rate(self, text: str | None) -> None:
        """Set the rate limit. ValueError when the text has the wrong form."""
        self.rate = ratelimit.RateLimit(ratelimit.parse(text), self.now)
        self.settings.rate_limit = text

    @property
    def limits(self) -> Mapping[str, int]:
        """The limits of each contract (contract section 10.21)."""
        return {**self.seed_limits, **self.settings.limits}

    def hold_to_limits(self, call: Call) -> None:
        """422 when a write adds more than its contract leaves room for."""
        contracts.hold(call)

    def now(self) -> float:
        return self.clock() + self.ahead

    def advance(self, seconds: float) -> None:
        """Let time pass at once, for both services; what ends meanwhile has ended."""
        self.ahead += seconds
        self.settle()

    def finish(self) -> None:
        """Let all that is under way end, without waiting for it."""
        self.line.settle(math.inf)
        if self._platform is not None:
            self._platform.agenda.settle(math.inf)

    def settle(self) -> None:
        """Apply every request that is finished by now."""
        self.line.settle(self.now())
        if self._platform is not None:
            self._platform.settle()

    def new_id(self) -> str:
        return str(uuid.UUID(int=self.random.getrandbits(128), version=4))

    def at(self, path: str) -> Record | None:
        """The resource of any contract at a path below the version, such as ``/datacenters/{id}/lans/1``."""
        parts = path.strip("/").split("/")
        for contract in self.contracts.values():
            here = contract.root(parts[0]).get(parts[1]) if len(parts) % 2 == 0 else None
            for collection, ident in zip(parts[2::2], parts[3::2], strict=False):
                here = here.children.get(collection, {}).get(ident) if here is not None else None
            if here is not None:
                return here
        return None

    def shared(self, collection: str) -> dict[str, Record]:
        """What all contracts see: locations, public images, templates."""
        return self._common.get(collection, {})

    # Accounts

    def _open(self, account: Account) -> None:
        contract = self.contracts.setdefault(account.contract, Contract(self, account.contract))
        user = self._record("user", "um/users", self.new_id(), contract)
        user.created = user.modified = self.now()
        user.properties = {spec.name: spec.initial() for spec in user.row.fields}
        user.properties.update(
            firstname=account.firstname,
            lastname=account.lastname,
            email=account.email,
            administrator=account.administrator or contract.owner is None,
        )
        introduce(self, user)
        user.private["password"] = account.password
        contract.root("um/users")[user.id] = user
        contract.owner = contract.owner or user
        self.holders.setdefault(account.email.lower(), {})[account.contract] = user
        if account.email.lower() not in self.mails:
            self.register(user)
        if account.token:
            self.tokens[account.token] = Token(account.token, user)

    def register(self, user: Record) -> None:
        self.mails[user.properties["email"].lower()] = user

    def forget(self, user: Record) -> None:
        self.mails.pop(user.properties["email"].lower(), None)

    def rename(self, user: Record, old: str) -> None:
        self.mails.pop(old.lower(), None)
        self.register(user)

    def mail_taken(self, mail: str) -> bool:
        """Whether a user has, or had when it was deleted, this address."""
        return mail.lower() in self.mails

    def by_password(self, mail: str, password: str) -> Record | None:
        """Who logs in with a password; nobody whose login takes two factors (contract section 14)."""
        user = self.mails.get(mail.lower())
        if user is None or user.private.get("password") != password or user.properties["secAuthActive"]:
            return None
        return user if self._active(user) else None

    def by_token(self, text: str) -> Token | None:
        """The token behind a text, unless it has ended or its user may not log in."""
        token = self.tokens.get(text)
        return (
            token if token is not None and not token.ended(self.now()) and self._active(token.user) else None
        )

    def in_contract(self, user: Record, number: str | None) -> Record:
        """The user in the contract that ``X-Contract-Number`` names; ignored where there is no choice.

        403 when none of several contracts has that number (inferred).
        """
        held = self.holders.get(user.properties["email"].lower(), {})
        if number is None or len(held) < 2:
            return user
        for contract, record in held.items():
            if number.strip() == str(contract):
                return record
        raise forbidden(f"Access Denied: no contract {number}")

    @staticmethod
    def _active(user: Record) -> bool:
        return user.alive and bool(user.properties["active"])

    # Seed data

    def _record(self, kind: str, collection: str, ident: str, store: Contract | None) -> Record:
        row: Row = self.table[kind]
        return Record(row, ident, f"/{collection}/{ident}", None, store)

    def _load_seed(self) -> None:
        from . import seed

        self.seed_limits = dict(seed.CONTRACT_LIMITS)
        for kind, collection, entries in (
            ("location", "locations", seed.LOCATIONS),
            ("image", "images", seed.IMAGES),
            ("template", "templates", seed.TEMPLATES),
        ):
            home = self._common.setdefault(collection, {})
            for entry in entries:
                record = self._record(kind, collection, entry["id"], None)
                record.created = record.modified = SEEDED_AT
                if kind == "template":
                    record.created_by = record.modified_by = TEMPLATE_CREATOR
                record.properties = {
                    spec.name: entry["properties"].get(spec.name, spec.initial())
                    for spec in record.row.fields
                }
                home[record.id] = record
        for image in self._common["images"].values():
            for alias in image.properties["imageAliases"] or ():
                self.aliases[image.properties["location"], alias] = image

    def _seed_private_images(self) -> None:
        """The first account has uploaded a few images."""
        from . import seed

        store = next(iter(self.contracts.values()), None)
        if store is None:
            return
        for entry in seed.PRIVATE_IMAGES:
            self._own_image(store, entry["id"], entry["properties"]).created = SEEDED_AT

    def _own_image(self, store: Contract, ident: str, properties: Mapping[str, Any]) -> Record:
        image = self._record("image", "images", ident, store)
        image.created = image.modified = self.now()
        if store.owner is not None:
            image.created_by = image.modified_by = store.owner.properties["email"]
            image.created_by_id = image.modified_by_id = store.owner.id
        image.properties = {spec.name: properties.get(spec.name, spec.initial()) for spec in image.row.fields}
        store.root("images")[image.id] = image
        return image

    def add_image(self, properties: Mapping[str, Any], contract: int | None = None) -> Record:
        """A private image, as an upload by FTP makes one. KeyError without name, location or size."""
        with self.lock:
            store = self.contracts[contract if contract is not None else next(iter(self.contracts))]
            location = properties["location"]
            if location not in self.shared("locations"):
                raise KeyError(f"location {location} does not exist")
            given = {
                **properties,
                "name": properties["name"],
                "size": properties["size"],
                "public": False,
                "imageType": properties.get("imageType", "HDD"),
                "licenceType": properties.get("licenceType", "UNKNOWN"),
                "imageAliases": [],
            }
            return self._own_image(store, self.new_id(), given)

    # Reachability

    def _servers(self) -> Iterator[Record]:
        for contract in self.contracts.values():
            for datacenter in contract.root("datacenters").values():
                yield from datacenter.children.get("servers", {}).values()

    def reachable_servers(self) -> list[ReachableServer]:
        """Every server with the public addresses and keys under which ssh would find it."""
        from .reachable import ReachableServer

        with self.lock:
            self.settle()
            found = []
            for server in self._servers():
                if "node" in server.private:
                    continue
                addresses = tuple(
                    ip
                    for nic in server.children.get("nics", {}).values()
                    for ip in nics.public_addresses(nic)
                )
                boot = server.linked("volumes").get(server.properties["bootVolume"] or "")
                keys = tuple(boot.private.get("sshKeys") or ()) if boot is not None else ()
                running = server.properties["vmState"] == "RUNNING" and not server.leaving
                found.append(
                    ReachableServer(server.id, server.properties["name"] or "", addresses, keys, running)
                )
            return found
