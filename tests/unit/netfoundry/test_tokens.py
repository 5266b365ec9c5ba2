# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Enrollment tokens end: that is told in time, they are renewed, and mailed."""

from __future__ import annotations

import base64
import time
from typing import Any

import pytest

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import InvalidOption
from ansible_collections.profitbricks.cloud.plugins.module_utils._netfoundry.enrollment import ends_at
from pocketvdc.netfoundry.endpoints import enroll
from unit.netfoundry.overlay import Overlay

HOUR = 3600
PEOPLE = ["ada@example.com", "bob@example.com"]


@pytest.fixture
def overlay(monkeypatch: pytest.MonkeyPatch) -> Overlay:
    """One whose clock is that of the machine as well; its tokens end after 24 hours."""
    made = Overlay()
    monkeypatch.setattr(time, "time", made.clock.now)
    return made


def made(overlay: Overlay, **options: Any) -> dict[str, Any]:
    return overlay.run("endpoint", name="laptop", **options)


def entity(overlay: Overlay, name: str = "laptop") -> Any:
    everything = overlay.service.netfoundry.entities["endpoints"].values()
    return next(each for each in everything if each.name == name and each.deleted is None)


def account(overlay: Overlay) -> Any:
    """The identity that calls."""
    everything = overlay.service.netfoundry.entities["api-account-identities"].values()
    return next(each for each in everything if each.name == "demo-client")


@pytest.mark.parametrize(
    ("hours", "said"),
    [(0, None), (11.9, None), (12.1, "expires soon, at 2026-09-22T14:13:20Z"), (24, "expired at"), (99, "expired at")],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["endpoint", "edge_router"])
def test_a_token_that_ends_soon_is_told(overlay: Overlay, kind: str, hours: float, said: str | None) -> None:
    begun = overlay.clock.now()
    first = overlay.run(kind, name="laptop")
    assert first["jwt_expires"].startswith("2026-09-22T") and first["warnings"] == []
    overlay.clock.time = begun + hours * HOUR
    again = overlay.run(kind, name="laptop")
    assert not again["changed"] and again["jwt_expires"] == first["jwt_expires"] and again["jwt"] is None
    if said is None:
        assert again["warnings"] == []
    else:
        (warning,) = again["warnings"]
        assert said in warning and "laptop" in warning and ("renew=true" in warning) == (kind == "endpoint")


@pytest.mark.parametrize(
    ("dated", "headers"),
    [(True, {}), (False, {}), (False, {"Date": f"Mon, 30 Nov 2026 10:00:00 +{'9' * 30}"})],
    ids=["tells the time", "tells none", "tells nonsense"],
)
def test_it_ends_by_the_clock_of_the_platform_where_that_tells_the_time(
    dated: bool, headers: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The clock of the machine may be wrong, and that of the emulator moved."""
    overlay = Overlay()
    begun = overlay.clock.now()
    monkeypatch.setattr(time, "time", lambda: begun)
    first = made(overlay)
    overlay.clock.time += 13 * HOUR
    if not dated:
        make = overlay.cloud.transport.make
        monkeypatch.setattr(
            overlay.cloud.transport, "make", lambda request: make(request)._replace(headers=headers)
        )
    done = made(overlay, renew=True)
    assert done["changed"] is dated and (done["endpoint"]["id"] == first["endpoint"]["id"]) is not dated
    overlay.clock.time += 13 * HOUR
    assert bool(made(overlay)["warnings"]) is dated


def test_a_token_that_was_used_ends_for_nobody(overlay: Overlay) -> None:
    made(overlay)
    enroll(entity(overlay))
    overlay.clock.time += 99 * HOUR
    again = made(overlay, renew=True)
    assert not again["changed"] and again["warnings"] == [] and again["jwt_expires"] is None


@pytest.mark.parametrize(("hours", "renewed"), [(0, False), (11, False), (13, True), (99, True)])
def test_it_is_renewed_where_it_is_short_and_all_else_is_kept(
    overlay: Overlay, hours: float, renewed: bool
) -> None:
    first = made(overlay, attributes=["#a", "#b"])
    overlay.clock.time += hours * HOUR
    foretold = overlay.check("endpoint", name="laptop", renew=True)
    assert foretold["changed"] is renewed and overlay.writes == []
    done = made(overlay, renew=True, return_jwt=True)
    assert done["changed"] is renewed and done["actions"] == (["delete", "create"] if renewed else [])
    assert foretold["actions"] == done["actions"]
    assert (done["endpoint"]["id"] != first["endpoint"]["id"]) is renewed
    assert done["endpoint"]["attributes"] == ["#a", "#b"] and done["jwt"] and done["warnings"] == []
    assert not made(overlay, renew=True)["changed"]


def test_what_a_task_changes_besides_is_in_the_new_one(overlay: Overlay) -> None:
    made(overlay, attributes=["#a"])
    overlay.clock.time += 20 * HOUR
    done = made(overlay, renew=True, append={"attributes": ["#b"]})
    assert done["endpoint"]["attributes"] == ["#a", "#b"] and done["actions"] == ["delete", "create"]


def test_without_the_option_nothing_is_made_anew(overlay: Overlay) -> None:
    first = made(overlay)
    overlay.clock.time += 99 * HOUR
    assert made(overlay)["endpoint"]["id"] == first["endpoint"]["id"]


def test_a_new_token_is_mailed_once(overlay: Overlay) -> None:
    mails = overlay.service.netfoundry.mails
    foretold = overlay.check("endpoint", name="laptop", share=PEOPLE)
    done = made(overlay, share=PEOPLE)
    assert foretold["actions"] == done["actions"] == ["create", "share"]
    assert [(each["to"], each["endpoint"]) for each in mails] == [(PEOPLE, "laptop")]
    assert mails[0]["jwt"] == entity(overlay).values["jwt"]
    assert not made(overlay, share=PEOPLE)["changed"] and len(mails) == 1
    overlay.clock.time += 20 * HOUR
    assert made(overlay, share=PEOPLE, renew=True)["actions"] == ["delete", "create", "share"]
    assert mails[1]["jwt"] == entity(overlay).values["jwt"] != mails[0]["jwt"]


@pytest.mark.parametrize(
    ("share", "to"),
    [
        (["True"], ["own@example.com"]),
        (["yes"], ["own@example.com"]),
        (["true", "ada@example.com"], ["own@example.com", "ada@example.com"]),
        (["on", "on", "own@example.com"], ["own@example.com"]),
        (["False"], None),
        (["no"], None),
        (["off", "ada@example.com"], ["ada@example.com"]),
        ([], None),
    ],
    ids=str,
)
def test_a_yes_is_the_address_of_who_calls_and_a_no_is_nobody(
    overlay: Overlay, share: list[str], to: list[str] | None
) -> None:
    """As Ansible hands on a truth value for a list of texts."""
    account(overlay).values["contactEmail"] = "own@example.com"
    wanted = ["create", "share"] if to else ["create"]
    assert overlay.check("endpoint", name="laptop", share=share)["actions"] == wanted
    assert made(overlay, share=share)["actions"] == wanted
    assert [each["to"] for each in overlay.service.netfoundry.mails] == ([to] if to else [])
    assert not made(overlay, share=share)["changed"] and not any("self" in call for call in overlay.calls)
    overlay.clock.time += 20 * HOUR
    assert made(overlay, share=share, renew=True)["actions"] == ["delete", *wanted]


@pytest.mark.parametrize("share", [["ada"], ["ada@example.com", "True!"], [""], ["a b@example.com"]], ids=str)
def test_what_is_no_address_is_refused_before_anything_is_sent(overlay: Overlay, share: list[str]) -> None:
    for act in (overlay.check, overlay.run):
        with pytest.raises(InvalidOption, match=r"^share: .* is not an e-mail address, or true or false"):
            act("endpoint", name="laptop", share=share)
        assert overlay.calls == []


def test_an_account_without_an_address_has_to_name_one(overlay: Overlay) -> None:
    account(overlay).values["contactEmail"] = None
    with pytest.raises(InvalidOption, match="^share: the account has no e-mail address; name one"):
        made(overlay, share=["True"])
    assert overlay.writes == []


@pytest.mark.parametrize("exp", ["null", '"soon"', "1e999", "-1", "NaN", "[]", "9e15"])
def test_a_token_that_tells_no_time_ends_at_none(exp: str) -> None:
    claims = base64.urlsafe_b64encode(f'{{"exp": {exp}}}'.encode()).decode()
    assert ends_at(f"head.{claims}.signature") is None


@pytest.mark.parametrize("token", [None, "", "x", "a.b", "a.b.c", "a.W10.c", "\u00e4.\u00f6.\u00fc"])
def test_what_is_no_token_ends_at_none(token: str | None) -> None:
    assert ends_at(token) is None
