# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Users, groups and who is in what; shares; keys for the object storage (contract sections 10.15 to 10.20)."""

from __future__ import annotations

from collections.abc import Sequence

from ..._engine.errors import InvalidOption
from ..._engine.plan.facts import Facts
from ..._engine.plan.pairing import Node
from ..._engine.plan.rules import At, Rules
from ..._engine.plan.steps import Step
from ..._engine.schema.resource import Resource
from ..._engine.service import Item, Selector, own_selector, selector
from ..resources.users import GROUP, GROUP_OF_USER, SHARE, USER, USER_OF_GROUP


class PasswordRules(Rules):
    """Whatever has a password of its own, in ``option``, that is sent again where the task says so."""

    def __init__(self, option: str) -> None:
        self.option = option

    def resend(self, want: Node, have: Item | None, facts: Facts) -> tuple[str, ...]:
        always = facts.options.get("update_password") == "always" and facts.options.get(self.option)
        return (self.option,) if always else ()


class UserRules(PasswordRules):
    def resend(self, want: Node, have: Item | None, facts: Facts) -> tuple[str, ...]:
        again = super().resend(want, have, facts)
        if again and facts.version < 5 and have is not None:
            raise InvalidOption(
                "update_password: version 4 of the API cannot change the password of an existing user"
            )
        return again

    def guard(self, have: Item, facts: Facts) -> None:
        """A user that deletes itself locks itself out."""
        email = str(have["email"] or "")
        if facts.caller and facts.caller.lower() == email.lower():
            raise InvalidOption(
                f"email: {email} is the user that this task logs in as, who cannot delete itself; use the "
                "credentials of another administrator"
            )

    def steps(self, steps: list[Step], want: Node, at: At, facts: Facts) -> list[Step]:
        if at.change.verb == "delete" or "groups" not in facts.options:
            return steps
        joined, left = membership(at, facts, "groups", GROUP, GROUP_OF_USER)
        shown, user = list((at.change.before or {}).get("groups") or ()), at.item[-1]
        for group in joined:
            shown = [*shown, group]
            home = (*GROUP.path.split("/"), group["id"], "users")
            steps = [*steps, _member(at, "join_group", GROUP, group, "groups", shown).but(
                method="POST", url=home, body={"id": user}
            )]  # fmt: skip
        for group in left:
            shown = [each for each in shown if each != group]
            home = (*GROUP.path.split("/"), group["id"], "users", user)
            steps = [*steps, _member(at, "leave_group", GROUP, group, "groups", shown).but(url=home)]
        return steps


class GroupRules(Rules):
    def steps(self, steps: list[Step], want: Node, at: At, facts: Facts) -> list[Step]:
        if at.change.verb == "delete" or "users" not in facts.options:
            return steps
        joined, left = membership(at, facts, "users", USER, USER_OF_GROUP)
        shown, home = list((at.change.before or {}).get("users") or ()), (*at.item, "users")
        for user in joined:
            shown = [*shown, user]
            steps = [*steps, _member(at, "add_user", USER, user, "users", shown).but(
                method="POST", url=home, body={"id": user["id"]}
            )]  # fmt: skip
        for user in left:
            shown = [each for each in shown if each != user]
            steps = [
                *steps,
                _member(at, "remove_user", USER, user, "users", shown).but(url=(*home, user["id"])),
            ]
        return steps


def _member(at: At, verb: str, resource: Resource, member: Item, option: str, shown: list[Item]) -> Step:
    """A call that makes or ends one membership; ``shown`` is what the result then lists."""
    path = (*at.path, option, str(member[resource.identity]))
    return at.step(verb, "DELETE", path=path, label=resource.label, shows={option: shown}, safe=True)


def membership(
    at: At, facts: Facts, option: str, resource: Resource, shown: Resource
) -> tuple[list[Item], list[Item]]:
    """What has to be joined and what to be parted from, as results, for an option that lists names and ids.

    Asks for one read, and only where something that is listed is not among the present ones. Raises NotFound.
    """
    present: list[Item] = list((at.change.before or {}).get(option) or ())
    chosen = [selector(resource, option, value) for value in facts.options[option]]
    wanted = {each["id"]: each for each in (_among(present, one) for one in chosen) if each}
    missing = [one for one in chosen if _among(present, one) is None]
    name = missing[0].value if len(missing) == 1 and not missing[0].by_id else ""
    for one in missing:
        item = one.pick(facts.items(resource, {}, name=name))
        if item is None:
            raise facts.missing(one, {})
        wanted[item["id"]] = shown.decode(item, {})
    ids = {each["id"] for each in present}
    parted = [] if facts.options.get("append") else [each for each in present if each["id"] not in wanted]
    return [each for each in wanted.values() if each["id"] not in ids], parted


def _among(present: Sequence[Item], wanted: Selector) -> Item | None:
    """The present one that is meant, among results."""
    mark = wanted.resource.by_name.get(wanted.mark)
    for each in present:
        have = str(each[wanted.mark])
        if mark.same(wanted.value, have) if mark else wanted.value == have:
            return each
    return None


class ShareRules(Rules):
    def steps(self, steps: list[Step], want: Node, at: At, facts: Facts) -> list[Step]:
        """The path of the call that makes a share names the resource."""
        if at.change.verb != "create":
            return steps
        resource_id = own_selector(SHARE, facts.options).value
        (step,) = steps
        return [step.but(name=resource_id, url=(*at.item[:-1], resource_id), shows={"id": resource_id})]


class S3KeyRules(Rules):
    def steps(self, steps: list[Step], want: Node, at: At, facts: Facts) -> list[Step]:
        """A new key is made without a body, and is active (contract section 10.20)."""
        if at.change.verb != "create":
            return steps
        create, *rest = steps
        active = at.change.deferred.get("active") is not False
        return [create.but(body=None, shows={"active": active}), *([] if active else rest)]
