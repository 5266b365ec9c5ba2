# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tokens to log in with: made, kept in files, renewed and revoked."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ..._engine.behaviour import Behaviour, Ensure, Reading
from ..._engine.errors import BadAnswer, CloudError, InvalidOption
from ..._engine.files import holds_private, write_private
from ..._engine.outcome import Outcome
from ..._engine.plan.show import difference
from ..._engine.schema.checks import between
from ..._engine.schema.field import Field
from ..._engine.service import Item
from ..client import Cloud
from ..provider import PROFITBRICKS
from ..resources.tokens import TOKEN
from ..tokens import TokenService, id_of

CRITERIA = ("expired", "current", "all")
YEAR = 365 * 24 * 3600
SECRET = "secret"


class Tokens(Behaviour[Cloud]):
    def manage(self, cloud: Cloud, options: Mapping[str, Any], check_mode: bool, ensure: Ensure) -> Outcome:
        return _Run(cloud, options, check_mode).outcome()

    def search(self, cloud: Cloud, options: Mapping[str, Any], read: Reading) -> list[Item]:
        wanted = options.get("id")
        if not wanted:
            return [_decoded(each) for each in TokenService(cloud).all()]
        TOKEN.must_be_id(wanted)
        found = TokenService(cloud).find(str(wanted).lower())
        return [_decoded(found)] if found else []


def _decoded(item: Item) -> Item:
    return TOKEN.decode(item, {})


class _Run:
    """One task."""

    def __init__(self, cloud: Cloud, options: Mapping[str, Any], check_mode: bool) -> None:
        self.service = TokenService(cloud)
        self.options = options
        self.check_mode = check_mode
        self.state = str(options.get("state") or "present")
        self.dest = Path(options["dest"]) if options.get("dest") else None

    def outcome(self) -> Outcome:
        """Do what the task says. Raises CloudError."""
        self._check()
        if self.state == "absent":
            outcome = self._revoked_those() if self.options.get("criteria") else self._revoked()
        else:
            outcome = self._made()
        return outcome

    def _check(self) -> None:
        for field in FIELDS:
            field.check(self.options.get(field.name), 0)
        given = [name for name in ("id", "dest", "criteria") if self.options.get(name)]
        if self.state == "absent" and len(given) != 1:
            raise InvalidOption("id: say which token to revoke, by one of id, dest and criteria")
        wrong = [name for name in given if name != "dest"]
        if self.state != "absent" and wrong:
            raise InvalidOption(f"{wrong[0]}: it selects what to revoke, and only works with state=absent")
        if self.state == "present" and self.dest is None:
            raise InvalidOption(
                "dest: name the file that keeps the token, or create one each time with state=created"
            )
        if self.state != "absent" and self.dest and not self.dest.parent.is_dir():
            raise InvalidOption(f"dest: the folder {self.dest.parent} does not exist; create it first")
        if self.dest and self.dest.is_dir():
            raise InvalidOption(f"dest: {self.dest} is a folder; name a file")
        if self._margin >= (self.options.get("ttl") or YEAR):
            raise InvalidOption(
                f"renew_before: {self._margin} is not below ttl: each run would create a new token"
            )

    @property
    def _margin(self) -> int:
        return int(self.options.get("renew_before") or 0)

    # -- the file -----------------------------------------------------------------------------------------------------

    def _kept(self) -> tuple[str, Item | None]:
        """The text of the file, and the token that it holds as the service shows it; None where it is none of the
        user's, or none any more.
        """
        try:
            text = self.dest.read_text(encoding="utf-8") if self.dest else ""
        except FileNotFoundError:
            text = ""
        except (OSError, ValueError) as error:
            raise InvalidOption(f"dest: {self.dest} cannot be read: {error}") from None
        token_id = id_of(text)
        return text, self.service.find(token_id) if token_id else None

    # -- what the states mean -----------------------------------------------------------------------------------------

    def _made(self) -> Outcome:
        text, have = self._kept() if self.state == "present" else ("", None)
        if have is not None and _ends(have) > time.time() + self._margin:
            return self._left_alone(text, _decoded(have))
        wanted: Item = dict.fromkeys(("id", *(field.name for field in TOKEN.fields)))
        extra: dict[str, str | None] = {SECRET: None}
        if not self.check_mode:
            token = self.service.make(self.options.get("ttl"))
            token_id = id_of(token) or ""
            if self.dest:
                self._write(token, token_id)
            else:
                extra = {SECRET: token}
            wanted = {**wanted, **_decoded(self.service.find(token_id) or {}), "id": token_id}
        before = _decoded(have) if have else None
        return Outcome(True, wanted, difference(TOKEN, before, wanted), ["create"], extra=extra)

    def _write(self, token: str, token_id: str) -> None:
        """A token that cannot be kept is revoked: nobody would ever have it."""
        try:
            write_private("dest", self.dest or Path(), token)
        except CloudError:
            self.service.revoke(token_id)
            raise

    def _left_alone(self, text: str, have: Item) -> Outcome:
        """The token stays; the file is for its owner alone, whoever wrote it."""
        exposed = self.dest is not None and not holds_private(self.dest, text)
        if exposed and not self.check_mode:
            write_private("dest", self.dest or Path(), text)
        diff = difference(TOKEN, have, have)
        return Outcome(exposed, have, diff, ["protect"] if exposed else [], extra={SECRET: None})

    def _revoked(self) -> Outcome:
        """The token of an id, or that of a file and the file with it."""
        if self.dest:
            _text, have = self._kept()
        else:
            token_id = str(self.options["id"])
            TOKEN.must_be_id(token_id)
            have = self.service.find(token_id.lower())
        if have is not None and not self.check_mode:
            self.service.revoke(have["id"])
        gone = ["delete"] if have is not None else []
        if self.dest and self.dest.exists():
            gone.append("delete_file")
            if not self.check_mode:
                self._unlink()
        before = _decoded(have) if have else None
        return Outcome(bool(gone), None, difference(TOKEN, before, None), gone, extra={SECRET: None})

    def _unlink(self) -> None:
        try:
            if self.dest:
                self.dest.unlink()
        except OSError as error:
            raise InvalidOption(f"dest: {self.dest} cannot be deleted: {error.strerror}") from None

    def _revoked_those(self) -> Outcome:
        """All tokens that a criterion is true of. Which one makes the call, only the service knows."""
        criteria, now = str(self.options["criteria"]), time.time()
        current = criteria == "current"
        found = [] if current else self.service.all()
        doomed = [each for each in found if criteria == "all" or _ends(each) <= now]
        if not (doomed or current):
            return Outcome(False, None, difference(TOKEN, None, None), extra={SECRET: None})
        if not self.check_mode:
            self.service.revoke_those(criteria.upper())
        return Outcome(True, None, difference(TOKEN, None, None), ["delete"], extra={SECRET: None})


def _ends(item: Item) -> float:
    """When a token ends, in seconds since the epoch. Raises BadAnswer."""
    text = str(item.get("expirationDate"))
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise BadAnswer(
            f"The token service says that token {item['id']} expires at {text!r}, which is not a date"
        ) from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


STATES = (
    (
        "created",
        "a new token is created each time the task runs. It is written to O(dest), or returned as RV(secret)",
    ),
)
FIELDS = (
    Field(
        "state",
        choices=("present", "absent", *(state for state, _text in STATES)),
        default="present",
        help=(
            "V(present): the file O(dest) contains a token of the user that is valid for longer than O(renew_before). "
            "Otherwise, a new one is created and written there. The token that was in the file is not revoked.",
            "V(absent): the token is revoked, and its file deleted. Nothing happens if it is already gone.",
            *(f"V({state}): {text}." for state, text in STATES),
        ),
    ),
    Field("id", help="UUID of the token to revoke, with O(state=absent)."),
    Field(
        "dest",
        "path",
        help="File for the token, which only its owner can read (mode 0600), on the host that runs the task. Its "
        "folder must exist. With O(state=absent), the token in it is revoked and the file deleted.",
    ),
    Field(
        "criteria",
        choices=CRITERIA,
        help="Which tokens of the user to revoke, with O(state=absent): those that have expired, the one that the task "
        "logs in with, or all.",
    ),
    Field(
        "ttl",
        "int",
        checks=(between(60, YEAR),),
        help="For how many seconds a new token is valid, V(60) to V(31536000). The service defaults to a year.",
    ),
    Field(
        "renew_before",
        "int",
        default=0,
        checks=(between(0),),
        help="With O(state=present): how many seconds before a token in O(dest) expires it is replaced by a new one.",
    ),
)


TOKENS = Tokens(
    PROFITBRICKS,
    TOKEN,
    states=STATES,
    fields=FIELDS,
    info_fields=(Field("id", help="Only the token with this UUID."),),
    results=(
        Field(
            SECRET,
            help="The token itself, if the task has created one without O(dest); V(null) otherwise. It is only "
            "returned this once: save it, and set C(no_log) on the task.",
        ),
    ),
)
