# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may work on the account, and on what."""

from __future__ import annotations

from collections.abc import Mapping

from integration.runner import Runner

from .scenario import PASSWORD, Clearing, Scenario


def a_group(play: Runner, ids: Mapping[str, str]) -> dict[str, str]:
    return {"group": play.call("POST", "um/groups", {"properties": {"name": "front"}})["id"]}


def what_to_share(play: Runner, ids: Mapping[str, str]) -> dict[str, str]:
    block = {"properties": {"name": "other", "location": "de/fra", "size": 1}}
    return {
        **a_group(play, ids),
        "shared": ids["datacenter"],
        "other": play.call("POST", "ipblocks", block)["id"],
    }


def a_user_without_key(play: Runner, ids: Mapping[str, str]) -> dict[str, str]:
    """One who may have keys; before v6 the service itself gives a new user the first."""
    ada = {
        "email": "ada@example.com",
        "firstname": "Ada",
        "lastname": "L",
        "password": PASSWORD,
        "administrator": True,
    }
    user = play.call("POST", "um/users", {"properties": ada})["id"]
    for key in play.call("GET", f"um/users/{user}/s3keys")["items"]:
        play.call("DELETE", f"um/users/{user}/s3keys/{key['id']}")
    return {"user": user}


SCENARIOS = {
    "user": Scenario(
        create={
            "email": "new@example.com",
            "firstname": "Ada",
            "lastname": "Lovelace",
            "user_password": PASSWORD,
        },
        change={"lastname": "King"},
        clearing=Clearing("groups", ["front"], [], "groups"),
        given=a_group,
        secrets=(PASSWORD, "an0therPassword"),
        slow=False,
        mark="email",
        lacks="an address is unique at the service",
    ),
    "group": Scenario(
        create={"name": "new", "create_datacenter": True},
        change={"reserve_ip": True},
        clearing=Clearing("users", ["demo@example.com"], [], "users"),
        slow=False,
        twin={"name": "twin"},
    ),
    "share": Scenario(
        create={"id": "{{ shared }}", "edit_privilege": True},
        change={"share_privilege": True},
        slow=False,
        mark="id",
        given=what_to_share,
        another={"id": "{{ other }}"},
        posts=r"/shares/[^/]+$",
        lacks="a share is that of one resource, with two privileges that are there or not",
    ),
    "s3key": Scenario(
        create={},
        change={"active": False},
        slow=False,
        mark="",
        given=a_user_without_key,
        lacks="a key has no name, and is active or not",
    ),
}
