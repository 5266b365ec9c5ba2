# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Organizations and identities."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..._engine.behaviour import Behaviour
from ..._engine.errors import AmbiguousName, InvalidOption, NotFound
from ..._engine.files import check_folder, write_private
from ..._engine.outcome import Outcome, Query, Task
from ..._engine.plan.facts import Facts
from ..._engine.plan.pairing import Node
from ..._engine.plan.rules import Rules
from ..._engine.schema.field import Field
from ..._engine.schema.resource import Resource
from ..._engine.service import Item
from ..caller import who_calls
from ..client import Cloud
from ..provider import NETFOUNDRY
from ..resources.identities import IDENTITY
from ..resources.organizations import ORGANIZATION

# -- organizations ------------------------------------------------------------------------------------------------

CALLER = Field(
    "caller",
    "dict",
    options=(Field("id", help="UUID of the identity.", sample=IDENTITY.id_sample), *IDENTITY.shown),
    help="The identity that the credentials belong to.",
)


class Organizations(Behaviour[Cloud]):
    def beside(self, cloud: Cloud, options: Mapping[str, Any]) -> dict[str, Any]:
        return {"caller": who_calls(cloud)}


ORGANIZATIONS = Organizations(NETFOUNDRY, ORGANIZATION, info_results=(CALLER,))

# -- identities ---------------------------------------------------------------------------------------------------

PATHS = {"user": "identity/v1/user-identities", "api_account": "identity/v1/api-account-identities"}
TYPE = Field(
    "type",
    required=True,
    choices=tuple(PATHS),
    help="Whether it is a user, identified by O(email), or an API account, identified by O(name).",
)
FILE = Field(
    "credentials_file",
    "path",
    help="File for the credentials of a new API account, which only its owner can read, in the format of "
    "O(credentials). The service only returns them when it creates the account.",
)
RETURN = Field(
    "return_credentials",
    "bool",
    default=False,
    help="Whether to return the credentials of a new API account as RV(credentials). Set C(no_log) on the "
    "task. A new API account needs this or O(credentials_file).",
)
CREDENTIALS = Field(
    "credentials",
    "dict",
    help="The credentials of an API account that the task created, with O(return_credentials=true); V(null) otherwise.",
)
FILE_KEYS = ("name", "clientId", "password", "authenticationUrl")
OF_ACCOUNTS = ("description", "contact_email", "credentials_file", "return_credentials")


class IdentityRules(Rules):
    def check(self, want: Node, have: Item | None, facts: Facts) -> None:
        options = facts.options
        if options["type"] == "user":
            for name in OF_ACCOUNTS:
                if options.get(name) not in (None, "", False):
                    raise InvalidOption(f"{name}: it is only for API accounts")
            return
        if want.get("email"):
            raise InvalidOption("email: an API account has no e-mail address of its own; give contact_email")
        if have is None and not options.get("credentials_file") and not options.get("return_credentials"):
            raise InvalidOption(
                "credentials_file: the service returns the credentials of a new API account only once; say "
                "where to put them with this option or return_credentials"
            )


class Identities(Behaviour[Cloud]):
    def collection_for(self, options: Mapping[str, Any]) -> Resource:
        """The collection that the type chooses, and the mark by which its identities are known."""
        if not options.get("type"):
            return self.resource
        mark = "email" if options["type"] == "user" else "name"
        return replace(self.resource, path=PATHS[options["type"]], identity=mark, fallback="")

    def look(self, task: Task[Cloud]) -> Facts:
        """Refuse a file that cannot be written, before anything is sent."""
        path = task.options.get("credentials_file")
        if path and task.options.get("type") == "api_account" and not task.absent:
            check_folder("credentials_file", Path(path), task.check_mode)
        return super().look(task)

    def results_of(self, task: Task[Cloud], facts: Facts, outcome: Outcome) -> None:
        answer = task.answers.get("create") or {}
        outcome.extra["credentials"] = None
        path = task.options.get("credentials_file")
        if path and task.check_mode and outcome.result is not None:
            outcome.warnings += check_folder("credentials_file", Path(path), foreseen=True)
        if not answer.get("clientId"):
            return
        given = {key: answer.get(key) for key in FILE_KEYS}
        if task.options.get("credentials_file"):
            path = Path(task.options["credentials_file"])
            write_private("credentials_file", path, f"{json.dumps(given, indent=2)}\n")
        if task.options.get("return_credentials"):
            outcome.extra["credentials"] = given


def _same_identity(options: Mapping[str, Any], result: Item) -> bool:
    names = ("type", "email", "name")
    return all(
        options.get(name) in (None, "") or str(options[name]).lower() == str(result[name] or "").lower()
        for name in names
    )


def find_identity(cloud: Cloud, options: Mapping[str, Any]) -> Item:
    """The identity that a task means by UUID, e-mail address or name. Raises NotFound, and AmbiguousName."""
    value, text = options["identity"], str(options["identity"])
    if IDENTITY.is_id(text):
        item = cloud.find(IDENTITY, text.lower())
        found = [item] if item else []
    else:
        items = cloud.items(IDENTITY, cloud.above(IDENTITY, options))
        users = [each for each in items if IDENTITY.decode(each, {})["type"] == "user"]
        # The address of an API account is that of a person, who may be a user as well.
        found = [each for each in users if str(each.get("email") or "").lower() == text.lower()]
        found = found or [each for each in items if str(each.get("name") or "").lower() == text.lower()]
    return one_of(found, IDENTITY.label, "identity", value)


def one_of(found: list[Item], label: str, option: str, value: Any) -> Item:
    """The only one. Raises NotFound, and AmbiguousName."""
    if not found:
        raise NotFound(label, option, value)
    if len(found) > 1:
        raise AmbiguousName(label, option, value, [str(each["id"]) for each in found])
    return found[0]


IDENTITIES = Identities(
    NETFOUNDRY,
    IDENTITY,
    {IDENTITY.kind: IdentityRules()},
    options=(TYPE, FILE, RETURN),
    results=(CREDENTIALS,),
    query=Query(
        options=(
            Field("type", choices=tuple(PATHS), help="Only users, or only API accounts."),
            Field("email", help="Only the identities with this e-mail address."),
            Field("name", help="Only the identities with this name."),
        ),
        matches=_same_identity,
    ),
)
