# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Users, groups, shares and keys: who is in what, by which names, and what is said only once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import (
    AmbiguousName,
    ApiError,
    InvalidOption,
    NotFound,
    Unanswered,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.http.transport import Credentials
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.schema.field import Field
from ansible_collections.profitbricks.cloud.plugins.module_utils._interface import task_fields
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.connection import Connection
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.resources.account import (
    CONTRACT,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.resources.users import (
    GROUP,
    S3KEY,
    SHARE,
    USER,
)
from catalogue import KINDS
from unit.mounted import Mounted

SCHEMAS = json.loads(
    (Path(__file__).parents[1] / "contract/schema/profitbricks-v6.openapi.json").read_text(encoding="utf-8")
)["components"]["schemas"]
NOWHERE = "00000000-0000-4000-8000-000000000000"
DEMO = "demo@example.com"


@pytest.mark.parametrize(
    ("fields", "schema", "more"),
    [
        (GROUP.fields, "GroupProperties", set()),
        (SHARE.fields, "GroupShareProperties", set()),
        (S3KEY.fields, "S3KeyProperties", {"secretKey"}),
        (USER.writable, "UserPropertiesPost", {"secAuthActive"}),
        (CONTRACT.fields, "ContractProperties", set()),
        (CONTRACT.by_name["resource_limits"].options, "ResourceLimits", set()),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_all_that_the_schema_has_is_there(fields: tuple[Field, ...], schema: str, more: set[str]) -> None:
    said = {field.wire_name for field in fields if not field.metadata}
    assert said | more == set(SCHEMAS[schema]["properties"])


# -- membership ---------------------------------------------------------------------------------------------------


def user(mounted: Mounted, name: str) -> dict[str, Any]:
    made = mounted.run(
        "user",
        email=f"{name}@example.com",
        firstname=name.capitalize(),
        lastname="L",
        user_password="secret12pw",
    )
    return dict(made["user"])


@pytest.fixture(params=[4, 5, 6])
def team(request: pytest.FixtureRequest) -> Mounted:
    """Two users, and a group of the first."""
    mounted = Mounted(request.param)
    user(mounted, "ada")
    user(mounted, "grace")
    mounted.run("group", name="ops", create_datacenter=True, users=["ada@example.com"])
    return mounted


def emails(mounted: Mounted) -> list[str]:
    (group,) = mounted.info("group", name="ops")
    return sorted(each["email"].partition("@")[0] for each in group["users"])


def test_members_are_exactly_those_that_are_listed(team: Mounted) -> None:
    done = team.run("group", name="ops", users=["grace@example.com", DEMO])
    assert done["actions"] == ["add_user", "add_user", "remove_user"]
    assert emails(team) == ["demo", "grace"]
    assert done["group"] == team.info("group", name="ops")[0]
    assert team.run("group", name="ops", users=[])["actions"] == ["remove_user", "remove_user"]
    assert emails(team) == [] and len(team.info("user")) == 3
    assert not team.run("group", name="ops", users=[])["changed"]


def test_appended_members_join_the_others(team: Mounted) -> None:
    assert team.run("group", name="ops", users=["grace@example.com"], append=True)["actions"] == ["add_user"]
    assert emails(team) == ["ada", "grace"]
    assert not team.run("group", name="ops", users=["grace@example.com"], append=True)["changed"]
    assert not team.run("group", name="ops", users=[], append=True)["changed"]


def test_members_left_out_of_a_task_stay(team: Mounted) -> None:
    assert team.run("group", name="ops", reserve_ip=True)["actions"] == ["update"]
    (group,) = team.info("group", name="ops")
    assert group["create_datacenter"] is group["reserve_ip"] is True
    assert group["create_snapshot"] is False and emails(team) == ["ada"]


def test_members_by_id_and_address_in_any_letters_are_the_same(team: Mounted) -> None:
    (ada,) = team.info("user", email="ada@example.com")
    for same in ("ADA@Example.com", ada["id"], ada["id"].upper()):
        done = team.run("group", name="ops", users=[same, "ada@example.com"])
        assert not done["changed"] and team.calls == ["GET um/groups"]


def test_new_members_cost_one_lookup_for_all(team: Mounted) -> None:
    (grace,) = team.info("user", email="grace@example.com")
    done = team.check("group", name="ops", users=["ada@example.com", grace["id"], DEMO])
    assert team.calls == ["GET um/groups", "GET um/users"] and done["changed"]
    foretold = [each["email"] for each in done["group"]["users"]]
    assert foretold == ["ada@example.com", "grace@example.com", DEMO]
    assert done["diff"]["before"] == {"users": done["group"]["users"][:1]}
    real = team.run("group", name="ops", users=["ada@example.com", grace["id"], DEMO])
    assert real["group"] == done["group"] and real["diff"] == done["diff"]


@pytest.mark.parametrize("unknown", ["nobody@example.com", NOWHERE])
def test_an_unknown_member_is_an_error_before_anything_is_written(team: Mounted, unknown: str) -> None:
    for name in ("ops", "new"):
        with pytest.raises(NotFound, match=f"^users: there is no user '{unknown}'"):
            team.run("group", name=name, reserve_ip=True, users=[unknown])
        assert team.writes == []
    with pytest.raises(NotFound, match="^groups: there is no group 'nowhere'"):
        team.run("user", email="ada@example.com", groups=["ops", "nowhere"])
    assert team.writes == []


def test_either_side_tells_and_changes_the_same(team: Mounted) -> None:
    team.run("group", name="dev")
    (dev,) = team.info("group", name="dev")
    done = team.run("user", email="ada@example.com", groups=[dev["id"]])
    assert done["actions"] == ["join_group", "leave_group"]
    assert [each["name"] for each in done["user"]["groups"]] == ["dev"]
    assert emails(team) == []
    assert not team.run("group", name="dev", users=["ada@example.com"])["changed"]
    assert team.run("user", email="ada@example.com", groups=["ops"], append=True)["actions"] == ["join_group"]
    assert emails(team) == ["ada"]
    assert not team.run("user", email="ada@example.com", groups=["ops", "dev"])["changed"]
    assert team.calls == ["GET um/users"]
    assert team.run("user", email="ada@example.com", groups=[])["actions"] == ["leave_group"] * 2


def test_a_new_user_joins_at_once(team: Mounted) -> None:
    done = team.run(
        "user",
        email="joan@example.com",
        firstname="Joan",
        lastname="C",
        user_password="secret12pw",
        groups=["ops"],
    )
    assert done["actions"] == ["create", "join_group"] and emails(team) == ["ada", "joan"]
    assert done["user"]["groups"][0]["name"] == "ops"


def test_a_deleted_group_takes_nobody_along(team: Mounted) -> None:
    done = team.run("group", name="ops", users=["grace@example.com"], state="absent")
    assert done["actions"] == ["delete"] and len(team.info("user")) == 3
    assert not team.run("group", name="ops", state="absent")["changed"]


def test_joining_is_repeated_when_its_answer_is_lost(team: Mounted) -> None:
    team.fault("drop_after", "POST", "/users$")
    assert team.run("group", name="ops", users=["grace@example.com"], append=True)["changed"]
    assert emails(team) == ["ada", "grace"]


@pytest.mark.parametrize(
    ("version", "privilege"), [(4, "create_pcc"), (4, "manage_dbaas"), (5, "manage_dbaas")]
)
def test_newer_privileges_are_refused_by_older_versions(version: int, privilege: str) -> None:
    mounted = Mounted(version)
    with pytest.raises(InvalidOption, match=f"^{privilege}: the service accepts this option from version"):
        mounted.run("group", name="ops", **{privilege: True})
    assert mounted.calls == []


# -- shares -------------------------------------------------------------------------------------------------------


@pytest.fixture(params=[4, 5, 6])
def office(request: pytest.FixtureRequest) -> Mounted:
    """A group, and a data center called shop."""
    mounted = Mounted(request.param)
    mounted.run("group", name="ops")
    mounted.run("datacenter", name="shop", location="de/fra")
    return mounted


SHOP = {"group": "ops", "resource": "shop", "resource_type": "datacenter"}


def test_a_share_by_type_and_name_costs_two_requests_unchanged(office: Mounted) -> None:
    done = office.run("share", **SHOP, edit_privilege=True)
    (shop,) = office.info("datacenter")
    assert done["actions"] == ["create"] and done["share"]["id"] == shop["id"]
    assert (done["share"]["edit_privilege"], done["share"]["share_privilege"]) == (True, False)
    assert not office.run("share", **SHOP, edit_privilege=True)["changed"]
    assert len(office.calls) == 2
    assert not office.run("share", **{**SHOP, "resource": shop["id"].upper()})["changed"]
    assert len(office.calls) == 2
    assert office.info("share", **SHOP) == [done["share"]] == office.info("share", group="ops", id=shop["id"])
    changed = office.run("share", **SHOP, share_privilege=True)
    assert changed["share"]["edit_privilege"] is changed["share"]["share_privilege"] is True
    (group,) = office.info("group", name="ops")
    assert group["resources"] == [{"id": shop["id"], "type": "datacenter", "name": "shop"}]


def test_a_missing_resource_is_an_error_and_absent_anyway(office: Mounted) -> None:
    lost = {**SHOP, "resource": "nowhere"}
    with pytest.raises(NotFound, match="^resource: there is no resource of type datacenter 'nowhere'"):
        office.run("share", **lost)
    assert office.writes == []
    assert not office.run("share", **lost, state="absent")["changed"]
    assert office.info("share", **lost) == []
    assert office.info("share", group="ops", resource=NOWHERE) == []
    assert not office.run("share", **SHOP, state="absent")["changed"]


def test_a_name_needs_its_type_and_must_be_the_only_one(office: Mounted) -> None:
    with pytest.raises(InvalidOption, match="^resource_type: needed to find the resource 'shop'"):
        office.run("share", group="ops", resource="shop")
    assert office.calls == []
    office.cloud.transport.call(
        "POST", "datacenters", body={"properties": {"name": "shop", "location": "us/las"}}
    )
    with pytest.raises(AmbiguousName, match="^resource: 2 resources match 'shop'"):
        office.run("share", **SHOP)


def test_types_of_newer_versions(office: Mounted) -> None:
    if office.version > 4:
        assert office.info("resource", type="pcc") == []
        return
    for kind, options in (("share", {**SHOP, "resource_type": "pcc"}), ("resource", {"type": "pcc"})):
        with pytest.raises(InvalidOption, match="type: the service has resources of type pcc from version 5"):
            office.info(kind, **options)
    assert office.calls == []


def test_resources_all_by_type_by_name_and_one(office: Mounted) -> None:
    office.run("share", **SHOP)
    (shop,) = office.info("resource", type="datacenter")
    assert (shop["type"], shop["name"], shop["state"]) == ("datacenter", "shop", "AVAILABLE")
    assert [each["name"] for each in shop["groups"]] == ["ops"]
    assert shop in office.info("resource") and office.calls == ["GET um/resources"]
    assert office.info("resource", name="shop") == [shop] and office.info("resource", name="sho") == []
    assert office.info("resource", id=shop["id"].upper()) == [shop]
    assert office.info("resource", type="datacenter", id=shop["id"]) == [shop]
    assert office.calls == [f"GET um/resources/datacenter/{shop['id']}"]
    assert office.info("resource", type="snapshot", id=shop["id"]) == []


# -- S3 keys ------------------------------------------------------------------------------------------------------


@pytest.fixture(params=[5, 6])
def storage(request: pytest.FixtureRequest) -> Mounted:
    """A user without keys, who may have some."""
    mounted = Mounted(request.param)
    user(mounted, "ada")
    mounted.run("group", name="storage", s3_privilege=True, users=["ada@example.com"])
    mounted.run("s3key", **ADA, state="absent")
    return mounted


ADA = {"user": "ada@example.com"}


def test_the_secret_is_told_once(storage: Mounted) -> None:
    made = storage.run("s3key", **ADA)
    assert made["actions"] == ["create"] and len(made["secret_key"]) == 32
    again = storage.run("s3key", **ADA)
    assert not again["changed"] and again["secret_key"] is None and again["s3key"] == made["s3key"]
    read = storage.info("s3key", **ADA)
    assert read == [made["s3key"]] and made["secret_key"] not in str(read)
    assert made["secret_key"] not in str({**made, "secret_key": None})
    off = storage.run("s3key", **ADA, active=False)
    assert off["actions"] == ["update"] and off["secret_key"] is None and off["s3key"]["active"] is False
    assert storage.check("s3key", **ADA, state="absent")["secret_key"] is None


def test_check_mode_makes_no_key(storage: Mounted) -> None:
    done = storage.check("s3key", **ADA)
    assert done["changed"] and done["secret_key"] is None and storage.writes == []
    assert done["s3key"]["active"] is True and storage.info("s3key", **ADA) == []


@pytest.mark.parametrize(("active", "actions"), [(True, ["create"]), (False, ["create", "update"])])
def test_a_new_key_is_as_active_as_is_wanted(storage: Mounted, active: bool, actions: list[str]) -> None:
    foretold = storage.check("s3key", **ADA, active=active)
    done = storage.run("s3key", **ADA, active=active)
    assert done["actions"] == foretold["actions"] == actions
    assert done["s3key"]["active"] is foretold["s3key"]["active"] is active and done["secret_key"]
    assert not storage.run("s3key", **ADA, active=active)["changed"]


def test_another_key_is_made_each_time_on_demand(storage: Mounted) -> None:
    first = storage.run("s3key", **ADA)
    assert storage.check("s3key", **ADA, state="created")["changed"]
    second = storage.run("s3key", **ADA, state="created", active=False)
    third = storage.run("s3key", **ADA, state="created")
    assert len({each["s3key"]["id"] for each in (first, second, third)}) == 3
    assert len({each["secret_key"] for each in (first, second, third)}) == 3
    assert second["s3key"]["active"] is False
    with pytest.raises(AmbiguousName) as caught:
        storage.run("s3key", **ADA, active=True)
    assert str(caught.value).startswith("id: 3 S3 keys match") and second["s3key"]["id"] in str(caught.value)
    assert storage.writes == []
    done = storage.run("s3key", **ADA, id=second["s3key"]["id"], active=True)
    assert done["s3key"] == {**second["s3key"], "active": True}
    assert storage.run("s3key", **ADA, id=first["s3key"]["id"], state="absent")["changed"]
    assert len(storage.info("s3key", **ADA)) == 2


def test_a_new_key_cannot_have_the_id_of_another(storage: Mounted) -> None:
    storage.service.journal.clear()
    with pytest.raises(
        InvalidOption, match="^id: the service chooses the id of a new S3 key; leave the option out"
    ):
        storage.run("s3key", **ADA, state="created", id="00abc")
    assert storage.calls == []


def test_another_key_is_not_made_twice_when_its_answer_is_lost(storage: Mounted) -> None:
    storage.run("s3key", **ADA)
    storage.fault("drop_after", "POST", "/s3keys$")
    with pytest.raises(Unanswered):
        storage.run("s3key", **ADA, state="created")
    assert len(storage.writes) == 1 and len(storage.info("s3key", **ADA)) == 2


def test_the_service_says_that_there_are_enough_keys(storage: Mounted) -> None:
    for _each in range(5):
        storage.run("s3key", **ADA, state="created")
    with pytest.raises(ApiError, match="cannot have more than 5"):
        storage.run("s3key", **ADA, state="created")


def test_an_access_key_keeps_its_capitals(storage: Mounted) -> None:
    with pytest.raises(NotFound, match="^id: there is no S3 key '00AbC'"):
        storage.run("s3key", **ADA, id="00AbC", active=True)
    assert storage.calls[-1].endswith("/s3keys/00AbC")
    with pytest.raises(InvalidOption, match="^id: 'a/b' is not the access key of an S3 key"):
        storage.run("s3key", **ADA, id="a/b")


def test_keys_are_of_newer_versions() -> None:
    mounted = Mounted(4)
    for state in ("present", "absent"):
        with pytest.raises(InvalidOption, match="^api_url: the service has S3 keys from version 5"):
            mounted.run("s3key", **ADA, state=state)
    with pytest.raises(InvalidOption, match="^api_url: the service has S3 keys from version 5"):
        mounted.info("s3key", **ADA)
    assert mounted.calls == []


# -- whose password -----------------------------------------------------------------------------------------------

NEW_USER = {"email": "new@example.com", "firstname": "N", "lastname": "U"}
WHOSE = "give a new user's password as user_password"


@pytest.mark.parametrize("check", [True, False])
@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"password": "Secret12pw"}, True),
        ({"password": "Secret12pw", "username": "demo@example.com"}, False),
        ({}, False),
    ],
)
def test_a_password_without_a_username_was_meant_for_the_new_user(
    more: dict[str, str], told: bool, check: bool
) -> None:
    mounted = Mounted()
    mounted.cloud = mounted.client(6, Credentials(username="demo@example.com", password="wrong"))
    with pytest.raises(ApiError) as caught:
        (mounted.check if check else mounted.run)("user", **NEW_USER, **more)
    assert caught.value.status == 401 and (WHOSE in str(caught.value)) is told


@pytest.mark.parametrize(("kind", "told"), [("user", True), ("lan", False)])
def test_so_it_was_where_no_login_is_known_at_all(kind: str, told: bool) -> None:
    params = {field.name: None for field in task_fields(KINDS[f"profitbricks_{kind}"])}
    with pytest.raises(InvalidOption, match="^username: not set; give the option, or set ") as caught:
        Connection.resolve({**params, "password": "Secret12pw"}, {})
    assert (WHOSE in str(caught.value)) is told
