# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What only the overlay's modules do, with ansible-playbook: credentials, enrollment, keys and roles."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from integration.runner import Runner, task
from pocketvdc.netfoundry.testing import NetFoundryApi, credentials_file

LAPTOP = {"network": "front", "name": "laptop"}
MODULE = "netfoundry_endpoint"


@pytest.fixture
def overlay(play: Runner) -> NetFoundryApi:
    """Another client, and the network ``front``."""
    api = NetFoundryApi(play.cloud)
    api.network("front")
    return api


def token_of(api: NetFoundryApi, kind: str = "endpoints", name: str = "laptop") -> str | None:
    return next(each["jwt"] for each in api.items(kind) if each["name"] == name)


# -- credentials --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("in_process", [True, False], ids=["in process", "as a module"])
def test_credentials_come_from_the_environment(
    play: Runner, overlay: NetFoundryApi, in_process: bool
) -> None:
    triple = {
        "NETFOUNDRY_CLIENT_ID": "demo-client",
        "NETFOUNDRY_PASSWORD": "demo-secret",
        "NETFOUNDRY_OAUTH_URL": f"{play.url}/oauth2/token",
    }
    named = {"NETFOUNDRY_API_ACCOUNT": str(credentials_file(play.url, play.folder))}
    ready = {"NETFOUNDRY_API_TOKEN": overlay.headers["Authorization"].removeprefix("Bearer ")}
    for environ in (triple, named, ready):
        asked = task("ask", "netfoundry_organization_info", credentials="{{ omit }}")
        done = play([asked], environ=environ, in_process=in_process)["ask"]
        assert done["caller"]["name"] == "demo-client"
        assert [each["label"] for each in done["organizations"]] == ["DEMO"]


@pytest.mark.parametrize("in_process", [True, False], ids=["in process", "as a module"])
def test_the_network_and_its_group_come_from_the_environment(
    play: Runner, overlay: NetFoundryApi, in_process: bool
) -> None:
    overlay.network("back")
    tasks = [
        task("without", MODULE, name="laptop"),
        task("with", MODULE, network="back", name="other"),
        task("read", "netfoundry_endpoint_info"),
    ]
    environ = {"NETFOUNDRY_NETWORK": "front", "NETFOUNDRY_NETWORK_GROUP": "DEMOGROUP"}
    done = play(tasks, environ=environ, in_process=in_process)
    front, back = done["without"]["endpoint"]["network_id"], done["with"]["endpoint"]["network_id"]
    assert front != back
    assert [(each["name"], each["network_id"]) for each in done["read"]["endpoints"]] == [("laptop", front)]
    wrong = play(tasks[:1], environ={**environ, "NETFOUNDRY_NETWORK_GROUP": "nowhere"}, in_process=in_process)
    assert "network_group: there is no network group 'nowhere'" in wrong["without"].msg
    assert "missing required arguments: network" in play(tasks[:1], in_process=in_process)["without"].msg


def test_the_credentials_file_is_found_where_ansible_runs(play: Runner, overlay: NetFoundryApi) -> None:
    asked = task("ask", "netfoundry_network_info", credentials="{{ omit }}")
    home = play.folder / "home" / ".netfoundry"
    home.mkdir(parents=True)
    credentials_file(play.url, home)
    found = play([asked], environ={"HOME": str(home.parent)})["ask"]["networks"]
    assert [each["name"] for each in found] == ["front"]


def test_wrong_credentials_are_told_in_plain_words(play: Runner, overlay: NetFoundryApi) -> None:
    wrong = {"client_id": "demo-client", "password": "wr0ng-secret", "oauth_url": f"{play.url}/oauth2/token"}
    done = play([task("ask", "netfoundry_network_info", credentials="{{ omit }}", **wrong)])
    assert done["ask"].msg.startswith("invalid_client (POST oauth2/token")
    assert "wr0ng-secret" not in done.output


def test_a_kept_token_serves_the_next_tasks(play: Runner, overlay: NetFoundryApi, tmp_path: Path) -> None:
    cache = tmp_path / "token.json"
    play.cloud.journal.clear()
    done = play([task(name, "netfoundry_network_info", token_cache=str(cache)) for name in ("one", "two")])
    assert done["two"]["networks"] == done["one"]["networks"]
    assert cache.stat().st_mode & 0o777 == 0o600
    assert json.loads(cache.read_text())["client_id"] == "demo-client"
    assert json.loads(cache.read_text())["token"] not in done.output


# -- enrollment ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("in_process", [True, False], ids=["in process", "as a module"])
def test_the_token_is_returned_only_on_request(
    play: Runner, overlay: NetFoundryApi, in_process: bool
) -> None:
    tasks = [
        task("create", MODULE, **LAPTOP),
        task("ask", MODULE, {"no_log": True}, **LAPTOP, return_jwt=True),
    ]
    done = play(tasks, arguments=["-vvv"], in_process=in_process)
    assert done["create"]["jwt"] is None and done["create"]["endpoint"]["enrolled"] is False
    assert not done["ask"].changed
    assert token_of(overlay) not in (None, "") and str(token_of(overlay)) not in done.output


def test_the_token_goes_to_a_file_once(play: Runner, overlay: NetFoundryApi, tmp_path: Path) -> None:
    folder = tmp_path / "tokens"
    folder.mkdir()
    into = {**LAPTOP, "jwt_file": str(folder)}
    tasks = [
        task("foretell", MODULE, {"check_mode": True}, **into),
        task("create", MODULE, **into),
        task("again", MODULE, **into),
    ]
    done = play(tasks, arguments=["-vvv"])
    path = folder / "laptop.jwt"
    assert done["foretell"]["actions"] == done["create"]["actions"] == ["create", "write_jwt_file"]
    assert not done["again"].changed
    assert path.read_text() == token_of(overlay) and path.stat().st_mode & 0o777 == 0o600
    assert path.read_text() not in done.output

    path.unlink()
    tasks = [task("foretell", MODULE, {"check_mode": True}, **into), task("write", MODULE, **into)]
    done = play(tasks)
    assert done["foretell"].changed and done["write"]["actions"] == ["write_jwt_file"]
    assert done["write"].writes == [] and path.exists()

    endpoint = done["write"]["endpoint"]["id"]
    path.unlink()
    overlay.control("POST", "netfoundry/enroll", {"id": endpoint})
    done = play([task("enrolled", MODULE, **into, return_jwt=True)])
    assert not done["enrolled"].changed and not path.exists()
    assert done["enrolled"]["jwt"] is None and done["enrolled"]["endpoint"]["enrolled"] is True
    assert done["enrolled"]["endpoint"]["ziti_id"]


def test_a_truth_value_says_whether_the_token_is_mailed_to_the_account(
    play: Runner, overlay: NetFoundryApi
) -> None:
    tasks = [
        task(str(share), MODULE, network="front", name=f"laptop {share}", share=share)
        for share in (True, False)
    ]
    tasks.append(task("no address", MODULE, network="front", name="other", share="ada"))
    done = play(tasks)
    assert done["True"]["actions"] == ["create", "share"] and done["False"]["actions"] == ["create"]
    (mail,) = overlay.control("GET", "netfoundry/mails").json["items"]
    assert (mail["endpoint"], mail["to"]) == ("laptop True", ["demo-client@example.com"])
    assert "share: 'ada' is not an e-mail address" in done["no address"].msg


def test_a_file_in_no_folder_is_refused_before_anything_is_sent(play: Runner, overlay: NetFoundryApi) -> None:
    done = play([task("create", MODULE, **LAPTOP, jwt_file="/nonexistent/laptop.jwt")])["create"]
    assert done.msg == "jwt_file: the folder /nonexistent does not exist" and done.writes == []


# -- edge routers -------------------------------------------------------------------------------------------------


def test_a_registration_key_is_made_on_request(play: Runner, overlay: NetFoundryApi) -> None:
    branch = {"network": "front", "name": "branch"}
    router = "netfoundry_edge_router"
    tasks = [
        task("create", router, **branch, new_registration_key=True),
        task("again", router, **branch),
        task("foretell", router, {"check_mode": True}, **branch, new_registration_key=True),
        task("rotate", router, **branch, new_registration_key=True),
        task("hosted", router, network="front", name="oregon", provider="AWS", region="us-west-2",
             new_registration_key=True),
    ]  # fmt: skip
    done = play(tasks)
    assert done["create"]["actions"] == ["create", "new_registration_key"]
    assert not done["again"].changed and done["again"]["registration_key"] is None
    assert done["foretell"].changed and done["foretell"].writes == []
    first, second = done["create"]["registration_key"], done["rotate"]["registration_key"]
    assert first != second and done["rotate"]["registration_key_expires_at"]
    assert overlay.post(f"edge-routers/register/{second}").json["edgeRouter"]["jwt"]
    assert overlay.post(f"edge-routers/register/{first}").status == 400
    assert "new_registration_key: a router that NetFoundry hosts" in done["hosted"].msg


def test_what_belongs_to_a_router_is_left_alone(play: Runner, overlay: NetFoundryApi) -> None:
    made = {"network": "front", "name": "oregon", "provider": "AWS", "region": "us-west-2"}
    play([task("create", "netfoundry_edge_router", **made)])
    policy = next(each["name"] for each in overlay.items("edge-router-policies"))
    tasks = [
        task("tag", MODULE, network="front", name="oregon", attributes=["#routers"]),
        task("delete", MODULE, network="front", name="oregon", state="absent"),
        task("policy", "netfoundry_edge_router_policy", network="front", name=policy, state="absent"),
    ]
    done = play(tasks)
    assert done["tag"].changed and done["tag"]["endpoint"]["type"] == "Router"
    assert "is the endpoint of an edge router" in done["delete"].msg and done["delete"].writes == []
    assert "was created by the service" in done["policy"].msg and done["policy"].writes == []


# -- networks -----------------------------------------------------------------------------------------------------


def test_a_network_is_suspended_and_resumed(play: Runner, overlay: NetFoundryApi) -> None:
    tasks = [
        task(f"{state}{again}", "netfoundry_network", name="front", state=state)
        for state in ("suspended", "active")
        for again in ("", " again")
    ]
    done = play(tasks)
    assert done["suspended"]["network"]["status"] == "SUSPENDED"
    assert done["active"]["network"]["status"] == "PROVISIONED"
    for state in ("suspended", "active"):
        assert done[state].changed and not done[f"{state} again"].changed


# -- roles --------------------------------------------------------------------------------------------------------


def test_an_identity_is_given_a_role_and_loses_it(play: Runner, overlay: NetFoundryApi) -> None:
    user = {"identity": "ada@example.com", "role": "Network Admin", "network": "front"}
    role = "netfoundry_role"
    check = {"check_mode": True, "diff": True}
    tasks = [
        task("invite", "netfoundry_identity", type="user", email="ada@example.com", name="Ada"),
        task("foretell", role, check, **user),
        task("give", role, {"diff": True}, **user),
        task("again", role, **user),
        task("by its name", role, identity="Ada", role="network admin - FRONT"),
        task("read", "netfoundry_role_info", identity="ada@example.com", name="front"),
        task("foretell taking", role, check, **user, state="absent"),
        task("take", role, **user, state="absent"),
        task("take again", role, **user, state="absent"),
        task("nobody", role, **{**user, "identity": "nobody"}),
        task("nobody absent", role, **{**user, "identity": "nobody", "state": "absent"}),
        task("no such role", role, **{**user, "role": "King"}),
    ]
    done = play(tasks)
    assert done["foretell"].changed and done["foretell"].writes == []
    assert done["foretell"].diff == done["give"].diff
    assert done["give"].writes == ["POST"] and done["give"]["assignment_id"]
    for name in ("again", "by its name"):
        assert not done[name].changed and done[name]["role"] == done["give"]["role"]
    assert [each["name"] for each in done["read"]["roles"]] == ["Network Admin - front"]
    assert done["foretell taking"].changed and done["foretell taking"].writes == []
    assert done["take"].writes == ["DELETE"] and done["take"]["role"] is None
    assert not done["take again"].changed and not done["nobody absent"].changed
    assert "identity: there is no identity 'nobody'" in done["nobody"].msg
    assert "role: there is no role 'King'" in done["no such role"].msg


def test_an_identity_is_granted_an_action_and_loses_it(play: Runner) -> None:
    action = {"identity": "demo-client", "resource_type": "endpoint", "action": "create"}
    grant = "netfoundry_grant"
    check = {"check_mode": True, "diff": True}
    tasks = [
        task("foretell", grant, check, **action),
        task("give", grant, {"diff": True}, **action),
        task("again", grant, **action),
        task("read", "netfoundry_grant_info", identity="demo-client"),
        task("foretell taking", grant, check, **action, state="absent"),
        task("take", grant, **action, state="absent"),
        task("take again", grant, **action, state="absent"),
        task("no such action", grant, **{**action, "action": "crown"}),
    ]
    done = play(tasks)
    assert done["foretell"].changed and done["foretell"].writes == []
    assert done["foretell"].diff == done["give"].diff
    assert done["give"].writes == ["POST"] and not done["again"].changed
    assert "create" in [each["action"] for each in done["read"]["grants"]]
    assert done["foretell taking"].changed and done["foretell taking"].writes == []
    assert done["take"].writes == ["DELETE"] and not done["take again"].changed
    assert "action: there is no action 'crown'" in done["no such action"].msg


def test_the_credentials_of_a_new_account_go_to_a_file(
    play: Runner, overlay: NetFoundryApi, tmp_path: Path
) -> None:
    path = tmp_path / "bot.json"
    bot = {"type": "api_account", "name": "bot"}
    tasks = [
        task("lost", "netfoundry_identity", **bot),
        task("create", "netfoundry_identity", **bot, credentials_file=str(path)),
        task("again", "netfoundry_identity", **bot),
        task("role", "netfoundry_role", identity="bot", role="Network Group Read-only", network_group="DEMOGROUP"),
        task("use", "netfoundry_organization_info", credentials=str(path)),
    ]  # fmt: skip
    done = play(tasks, arguments=["-vvv"])
    assert "credentials_file: the service returns" in done["lost"].msg and done["lost"].writes == []
    assert done["create"].changed and done["create"]["credentials"] is None
    assert path.stat().st_mode & 0o777 == 0o600
    assert json.loads(path.read_text())["password"] not in done.output
    assert not done["again"].changed and done["role"].changed
    assert done["use"]["caller"]["name"] == "bot"


# -- the whole network --------------------------------------------------------------------------------------------

SITE = {
    "name": "site",
    "edge_routers": [{"name": "oregon", "provider": "AWS", "region": "us-west-2", "attributes": ["#hosted"]}],
    "endpoints": [{"name": "laptop", "attributes": ["#work"]}],
    "edge_router_policies": [
        {"name": "default", "endpoint_attributes": ["#all"], "edge_router_attributes": ["#hosted"]}
    ],
    "services": [
        {
            "name": "echo",
            "attributes": ["#welcome"],
            "client_ingress": {"host": "echo.acme", "port": 80},
            "edge_router_hosts": [{"edge_router": "oregon", "protocol": "tcp", "host": "eth0.me", "port": 80}],
        }
    ],
    "app_wans": [{"name": "welcome", "endpoint_attributes": ["#work"], "service_attributes": ["#welcome"]}],
}  # fmt: skip


@pytest.mark.parametrize("in_process", [True, False], ids=["in process", "as a module"])
def test_a_whole_network_is_built_described_and_copied(
    play: Runner, overlay: NetFoundryApi, in_process: bool
) -> None:
    check = {"check_mode": True, "diff": True}
    network = "netfoundry_network"
    described = "{{ described.networks[0] | combine({'name': 'copy'}) }}"
    copied = task("copy", network)
    copied[f"profitbricks.cloud.{network}"] = described
    tasks = [
        task("foretell", network, check, **SITE),
        task("build", network, {"diff": True}, **SITE),
        task("again", network, {"diff": True}, **SITE),
        task("describe", "netfoundry_network_info", {"register": "described"}, name="site", as_description=True),
        copied,
        task("purge", network, {"diff": True}, name="copy", endpoints=[], purge=["endpoints"]),
    ]  # fmt: skip
    done = play(tasks, in_process=in_process)
    assert done["foretell"].writes == [] and done["foretell"]["actions"] == done["build"]["actions"]
    assert done["foretell"].diff == done["build"].diff
    assert done["build"].writes == ["POST"] * 6 and "echo.acme" in done["build"].diff["after"]
    assert not done["again"].changed and done["again"].writes == [] and len(done["again"].reads) == 11
    assert len(done["copy"]["plan"]) == 6
    assert done["purge"]["actions"] == ["delete endpoints/laptop"]
    assert [each["name"] for each in done["purge"]["tree"]["services"]] == ["echo"]
