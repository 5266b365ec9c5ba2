# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Users: known by e-mail address, with a password that is set once unless asked."""

from __future__ import annotations

import pytest
import requests

from integration.runner import Runner, task

ADA = {"email": "ada@example.com", "firstname": "Ada", "lastname": "Lovelace"}
FIRST, SECOND = "firstPassword1", "secondPassword2"


def logs_in(play: Runner, email: str, password: str) -> bool:
    answer = requests.get(f"{play.api()}/um/users", auth=(email, password), timeout=10)
    return answer.status_code != 401


@pytest.mark.parametrize("version", [4, 5, 6])
def test_email_identifies(play: Runner, version: int) -> None:
    done = play(
        [
            task("create", "user", {"register": "ada"}, **ADA, user_password=FIRST),
            task("again", "user", **ADA, user_password=FIRST),
            task("in other letters", "user", email="ADA@Example.com", lastname="Lovelace"),
            task("another name", "user", {"diff": True}, email="ada@example.com", lastname="King"),
            task("another address", "user", {"diff": True}, id="{{ ada.user.id }}", email="king@example.com"),
            task("another address again", "user", id="{{ ada.user.id }}", email="king@example.com"),
            task("read", "user_info", email="king@example.com"),
            task("read all", "user_info"),
            task("delete", "user", email="king@example.com", state="absent"),
            task("delete again", "user", email="king@example.com", state="absent"),
        ],
        version=version,
    )
    assert done["create"].changed and not done["again"].changed and not done["in other letters"].changed
    assert done["another name"].diff == {"before": {"lastname": "Lovelace"}, "after": {"lastname": "King"}}
    moved = done["another address"]
    assert moved["user"]["email"] == "king@example.com" and moved["user"]["lastname"] == "King"
    assert not done["another address again"].changed
    assert done["read"]["users"] == [moved["user"]]
    assert {"demo@example.com", "king@example.com"} <= {each["email"] for each in done["read all"]["users"]}
    assert done["delete"].changed and not done["delete again"].changed


@pytest.mark.parametrize("version", [5, 6])
def test_a_password_is_set_on_creation_and_again_only_on_demand(play: Runner, version: int) -> None:
    done = play(
        [
            task("create", "user", {"diff": True}, **ADA, user_password=FIRST),
            task("another", "user", {"diff": True}, **ADA, user_password=SECOND),
        ],
        version=version,
        arguments=["-vvv"],
    )
    assert not done["another"].changed
    assert logs_in(play, "ada@example.com", FIRST) and not logs_in(play, "ada@example.com", SECOND)
    always = {**ADA, "user_password": SECOND, "update_password": "always"}
    again = play(
        [
            task("foretell", "user", {"check_mode": True, "diff": True}, **always),
            task("always", "user", {"diff": True}, **always),
            task("each time", "user", **always),
            task("without a password", "user", **ADA, update_password="always"),
        ],
        version=version,
        arguments=["-vvv"],
    )
    assert again["foretell"].changed and again["foretell"].writes == []
    assert again["always"].changed and again["each time"].changed
    assert not again["without a password"].changed
    assert logs_in(play, "ada@example.com", SECOND) and not logs_in(play, "ada@example.com", FIRST)
    for secret in (FIRST, SECOND):
        assert secret not in done.output and secret not in again.output


def test_rights(play: Runner) -> None:
    done = play(
        [
            task("create", "user", **ADA, user_password=FIRST, administrator=True),
            task("left out", "user", email="ada@example.com", firstname="Augusta"),
            task("two factors", "user", email="ada@example.com", force_sec_auth=True),
            task("no administrator", "user", {"diff": True}, email="ada@example.com", administrator=False),
            task("no administrator again", "user", email="ada@example.com", administrator=False),
            task("not active", "user", email="ada@example.com", active=False),
            task("not active again", "user", email="ada@example.com", active=False),
        ]
    )
    assert (
        done["create"]["user"]["administrator"] is True and done["create"]["user"]["force_sec_auth"] is False
    )
    assert done["left out"]["user"]["administrator"] is True
    assert done["two factors"]["user"]["force_sec_auth"] is True
    assert done["two factors"]["user"]["administrator"] is True
    assert done["no administrator"].diff == {
        "before": {"administrator": True},
        "after": {"administrator": False},
    }
    assert done["no administrator"]["user"]["force_sec_auth"] is True
    assert not done["no administrator again"].changed
    assert done["not active"]["user"]["active"] is False and not done["not active again"].changed


def test_one_that_deletes_itself_gets_a_clear_error(play: Runner) -> None:
    login = {"token": "", "username": "demo@example.com", "password": "demo-password"}
    own = {"email": "demo@example.com", "state": "absent"}
    done = play(
        [
            task("by password", "user", **login, **own),
            task("by password, in check mode", "user", {"check_mode": True}, **login, **own),
            task("by token", "user", **own),
            task("still there", "user_info", email="demo@example.com"),
        ]
    )
    for name in ("by password", "by password, in check mode"):
        assert done[name].msg.startswith("email: demo@example.com is the user that this task logs in as")
        assert done[name].writes == []
    assert "delete" in done["by token"].msg.lower()
    assert len(done["still there"]["users"]) == 1


def test_what_the_service_refuses_is_told_in_its_words(play: Runner) -> None:
    done = play(
        [
            task("no password", "user", **ADA),
            task("create", "user", **ADA, user_password=FIRST),
            task("delete", "user", email="ada@example.com", state="absent"),
            task("an address is used once only", "user", **ADA, user_password=FIRST),
        ]
    )
    assert done["no password"].msg == "user_password: needed to create the user ada@example.com"
    assert done["delete"].changed
    assert "email" in done["an address is used once only"].msg.lower()
