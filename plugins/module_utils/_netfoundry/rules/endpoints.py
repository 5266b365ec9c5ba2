# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Endpoints and edge routers (contract sections 8.3 and 8.4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..._engine.errors import InvalidOption
from ..._engine.plan.compare import plan
from ..._engine.plan.facts import Facts
from ..._engine.plan.pairing import Node
from ..._engine.plan.rules import At
from ..._engine.plan.steps import Creation, Path, Ref, Rest, Step, url
from ..._engine.service import Item
from ..resources.endpoints import EDGE_ROUTER, ENDPOINT
from .failures import MadeLater
from .offers import check_region

NEW_KEY = "new_registration_key"
TOKEN = "enrollment_token"  # where what is known of a token is kept among the facts
CALLER = "caller"  # and of who calls
# Truth values as texts, which Ansible makes of them in a list.
YES, NO = ("true", "yes", "on"), ("false", "no", "off")


class EndpointRules(MadeLater):
    def steps(self, steps: list[Step], want: Node, at: At, facts: Facts) -> list[Step]:
        """The endpoint of a router belongs to it: only its attributes can be set."""
        have = at.change.before or {}
        if steps and have.get("type") == "Router" and set(at.change.patch) != {"attributes"}:
            raise InvalidOption(
                f"name: {have['name']} is the endpoint of an edge router; only its attributes can be "
                "changed, and it is deleted together with the router"
            )
        if (
            want.get("renew")
            and have
            and not have.get("enrolled")
            and facts.found.known.get(TOKEN, {}).get("short")
        ):
            steps = _anew(at, have)
        created = next((step for step in steps if step.verb == "create"), None)
        addresses = _addresses(want.get("share") or (), facts) if created is not None else []
        if addresses and created is not None:
            steps = [*steps, _sharing(at, created, addresses)]
        return steps


def is_yes(address: str) -> bool:
    """Whether it stands for the caller's own address."""
    return address.lower() in YES


def _addresses(share: Sequence[str], facts: Facts) -> list[str]:
    """Where to send a token, each address once. Raises InvalidOption where the caller has none of its own."""
    own = str(facts.found.known.get(CALLER, {}).get("address") or "")
    if not own and any(map(is_yes, share)):
        raise InvalidOption("share: the account has no e-mail address; name one")
    said = [own if is_yes(each) else each for each in share if each.lower() not in NO]
    return list(dict.fromkeys(said))


def _anew(at: At, have: Mapping[str, Any]) -> list[Step]:
    """Delete an endpoint, and create it as it is and shall be: only a new one gets another token."""
    kept = {
        each.name: have[each.name]
        for each in ENDPOINT.writable
        if each.compared and have.get(each.name) is not None
    }
    change = plan(ENDPOINT, {**kept, **at.change.patch}, None)
    delete = at.step("delete", "DELETE", before={"name": have["name"]}, safe=True)
    create = Step(
        "create",
        at.path,
        ENDPOINT,
        "POST",
        url(ENDPOINT.path, {}),
        ENDPOINT.body(change.patch, at.parents),
        name=at.name,
        after={"name": change.patch["name"]},
        change=change,
        creation=Creation(at.path),
        waits_for=(delete.key,),
        shows={"id": None, "ziti_id": None, "jwt_expires_at": None},
    )
    return [delete, create]


def _sharing(at: At, created: Step, addresses: Sequence[str]) -> Step:
    """Mail the token of a new endpoint (contract section 8.3)."""
    name = str((created.after or {}).get("name") or created.name)
    mail = {"toList": list(addresses), "subject": f"Enrollment token of {name}", "id": Ref(at.path)}
    path = (*url(ENDPOINT.path, {}), "share")
    return Step("share", at.path, ENDPOINT, "POST", path, [mail], name=name, waits_for=(created.key,))


class RouterRules(MadeLater):
    def want(self, want: Node, have: Item | None, facts: Facts, path: Path) -> Node:
        """The fields that the service requires for a new router: as in the vendor's client, a hosted one listens by default."""
        want = super().want(want, have, facts, path)
        hosted = have is None and want.get("provider") and "link_listener" not in want
        return {**want, "link_listener": True} if hosted else want

    def check(self, want: Node, have: Item | None, facts: Facts) -> None:
        super().check(want, have, facts)
        provider, region = (want.get(name, (have or {}).get(name)) for name in ("provider", "region"))
        if have is None and bool(provider) != bool(region):
            raise InvalidOption("provider: a router that NetFoundry hosts needs both provider and region")
        if have is None:
            check_region(want, facts)
        if provider and want.get(NEW_KEY):
            raise InvalidOption(
                "new_registration_key: a router that NetFoundry hosts registers by itself and has no key"
            )

    def steps(self, steps: list[Step], want: Node, at: At, facts: Facts) -> list[Step]:
        steps = super().steps(steps, want, at, facts)
        if at.change.verb != "delete" and want.get(NEW_KEY):
            key = at.step(NEW_KEY, "POST", "registration-key").but(waits_for=tuple(s.key for s in steps))
            steps = [*steps, key]
        if not facts.busy or at.path or at.change.before is None:
            return steps
        # A router that is still being made takes neither changes nor a key.
        rest = Rest(EDGE_ROUTER, at.parents, str(at.change.before["id"]))
        return [step.but(rests=(rest,)) for step in steps]


ENDPOINT_RULES = {ENDPOINT.kind: EndpointRules(ENDPOINT), EDGE_ROUTER.kind: RouterRules(EDGE_ROUTER)}
