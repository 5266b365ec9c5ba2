# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One task against the emulator: what it writes, when it waits, and what becomes of lost answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from requests import PreparedRequest, Response

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import (
    ApiError,
    CloudError,
    ConnectionFailed,
    OperationFailed,
    OperationTimeout,
    Unanswered,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.http.transport import Credentials
from ansible_collections.profitbricks.cloud.plugins.module_utils._module import Edge
from catalogue import KINDS
from unit.mounted import Mounted
from unit.scripted import intercept

PUBLIC_KEY = (
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMhXvXoT0r3o3k7mMZ2m6mJ8qk0b1rjM1x4c0mS9pQqB ada@example.com"
)

# kind -> options that create one in the shop of `Mounted.shop`, beside its parents
NEW: dict[str, dict[str, Any]] = {
    "datacenter": {"name": "store", "location": "us/las"},
    "lan": {"name": "extra", "public": True},
    "server": {"name": "db", "cores": 1, "ram": 1024},
    "volume": {"name": "data", "size": 5, "licence_type": "OTHER"},
    "nic": {"name": "back", "lan": "2"},
    "firewall_rule": {"name": "ping", "protocol": "ICMP", "icmp_type": 0},
    "user": {
        "email": "ada@example.com",
        "firstname": "Ada",
        "lastname": "Lovelace",
        "user_password": "secret12pw",
    },
}
COLLECTIONS = {
    "datacenter": r"datacenters$",
    "lan": r"/lans$",
    "server": r"/servers$",
    "volume": r"/volumes$",
    "nic": r"/nics$",
    "firewall_rule": r"/firewallrules$",
    "user": r"/users$",
}
# kind -> a change of what NEW made
CHANGED: dict[str, dict[str, Any]] = {
    "datacenter": {"description": "moved"},
    "lan": {"public": False},
    "server": {"cores": 2},
    "volume": {"size": 6},
    "nic": {"dhcp": False},
    "firewall_rule": {"icmp_type": 8},
    "user": {"lastname": "King"},
}


class Shop(Mounted):
    """An account with a shop, and options that address a new object in it by ids of its parents."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        seconds, self.service.settings.provision_seconds = self.service.settings.provision_seconds, 0.0
        self.ids = self.shop()
        self.service.settings.provision_seconds = seconds

    def new(self, kind: str) -> dict[str, Any]:
        parents = {"lan": ["datacenter"], "server": ["datacenter"], "volume": ["datacenter"]}
        parents |= {"nic": ["datacenter", "server"], "firewall_rule": ["datacenter", "server", "nic"]}
        return {**{parent: self.ids[parent] for parent in parents.get(kind, [])}, **NEW[kind]}

    def there(self, kind: str) -> list[dict[str, Any]]:
        """All objects of the kind with the name of the new one."""
        mark = "email" if kind == "user" else "name"
        options = self.new(kind)
        asked = {name: options[name] for name in options if name in ("datacenter", "server", "nic", mark)}
        if kind == "datacenter":
            asked = {"name": options["name"]}
        return self.info(kind, **asked)


# -- the round of one object --------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", NEW)
def test_create_again_change_again_delete_again(kind: str) -> None:
    shop = Shop()
    options = shop.new(kind)
    created = shop.run(kind, **options)
    assert created["changed"] and created["actions"] == ["create"] and created["request_id"]
    assert [call.split()[0] for call in shop.calls].count("POST") == 1

    again = shop.run(kind, **options)
    assert not again["changed"] and again["actions"] == [] and again["request_id"] is None
    assert shop.writes == [] and again[kind] == created[kind]
    assert again["diff"] == {"before": {}, "after": {}}

    changed = shop.run(kind, **{**options, **CHANGED[kind]})
    assert changed["changed"] and changed["actions"] == ["update"] and len(shop.writes) == 1
    assert {name: changed[kind][name] for name in CHANGED[kind]} == CHANGED[kind]
    assert set(CHANGED[kind]) <= set(changed["diff"]["after"])
    assert shop.run(kind, **{**options, **CHANGED[kind]})["changed"] is False

    mark = "email" if kind == "user" else "name"
    address = {
        name: value for name, value in options.items() if name in ("datacenter", "server", "nic", mark)
    }
    deleted = shop.run(kind, state="absent", **address)
    assert deleted["changed"] and deleted["actions"] == ["delete"] and deleted[kind] is None
    assert deleted["diff"]["after"] == {} and deleted["diff"]["before"][mark] == options[mark]
    for each in (created, changed, deleted):
        headers = each["diff"]["before_header"], each["diff"]["after_header"]
        assert headers == (f"{KINDS[f'profitbricks_{kind}'].resource.label} {options[mark]}",) * 2
    assert shop.there(kind) == []
    gone = shop.run(kind, state="absent", **address)
    assert not gone["changed"] and shop.writes == [] and gone[kind] is None


@pytest.mark.parametrize("kind", NEW)
def test_only_what_differs_is_patched(kind: str) -> None:
    shop = Shop()
    shop.run(kind, **shop.new(kind))
    sent: list[Any] = []

    def record(request: PreparedRequest, go: Callable[[], Response]) -> Response:
        sent.append((request.method, (request.body or b"").decode()))  # type: ignore[union-attr]
        return go()

    intercept(shop.cloud.transport, record)
    shop.run(kind, **{**shop.new(kind), **CHANGED[kind]})
    bodies = [body for method, body in sent if method in ("PATCH", "PUT")]
    assert len(bodies) == 1
    if kind != "user":  # users are replaced as a whole (contract section 10.17)
        assert bodies[0].count(":") == 1
    for value in CHANGED[kind].values():
        assert str(value).lower() in bodies[0].lower()


@pytest.mark.parametrize("kind", NEW)
def test_check_mode_tells_the_same_and_writes_nothing(kind: str) -> None:
    shop = Shop()
    for options in (
        shop.new(kind),
        {**shop.new(kind), **CHANGED[kind]},
        shop.new(kind) | {"state": "absent"},
    ):
        foretold = shop.check(kind, **options)
        assert shop.writes == []
        done = shop.run(kind, **options)
        assert {key: foretold[key] for key in ("changed", "actions", "diff")} == {
            key: done[key] for key in ("changed", "actions", "diff")
        }
        assert foretold["request_id"] is None
        if done[kind] is None:
            assert foretold[kind] is None
            continue
        assert set(foretold[kind]) == set(done[kind])
        known = {key: value for key, value in foretold[kind].items() if value not in (None, [])}
        volatile = {"last_modified_date", "last_modified_by", "version"}
        assert {k: v for k, v in known.items() if k not in volatile} == {
            k: done[kind][k] for k in known if k not in volatile
        }
    assert shop.check(kind, **(shop.new(kind) | {"state": "absent"}))["changed"] is False


@pytest.mark.parametrize("kind", NEW)
def test_a_create_costs_one_post_the_polls_and_one_read_more(kind: str) -> None:
    shop = Shop(seconds=2)
    shop.run(kind, **shop.new(kind))
    kinds = [("poll" if "/status" in call else call.split()[0]) for call in shop.calls]
    assert kinds.count("POST") == 1 and kinds.count("GET") == 2
    assert 1 <= kinds.count("poll") <= 7 or kind == "user"


@pytest.mark.parametrize("by_id", [True, False])
def test_names_of_several_lans_cost_one_read(by_id: bool) -> None:
    shop = Shop()
    datacenter = shop.ids["datacenter"] if by_id else "shop"
    for name in ("one", "two", "three"):
        shop.run("lan", datacenter=datacenter, name=name)
    options: dict[str, Any] = {**NEW["server"], "datacenter": datacenter}
    options["nics"] = [{"name": name, "lan": name} for name in ("one", "two", "three")]
    assert shop.run("server", **options)["changed"]
    assert not shop.run("server", **options)["changed"]
    assert len(shop.calls) == 2


# -- lost answers -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", ["drop_after", "half", "drop_before"])
@pytest.mark.parametrize("kind", NEW)
def test_a_lost_answer_to_a_create_makes_nothing_twice(kind: str, fault: str) -> None:
    shop = Shop()
    shop.fault(fault, "POST", COLLECTIONS[kind])
    result = shop.run(kind, **shop.new(kind))
    assert result["changed"] and result[kind]["id"]
    assert len([call for call in shop.writes if call.startswith("POST")]) == (
        2 if fault == "drop_before" else 1
    )
    assert [each["id"] for each in shop.there(kind)] == [result[kind]["id"]]


def test_a_lost_answer_is_looked_up_until_the_retries_are_used_up() -> None:
    shop = Shop(retries=2)
    shop.fault("drop_before", "POST", COLLECTIONS["volume"], times=0)
    with pytest.raises(Unanswered):
        shop.run("volume", **shop.new("volume"))
    assert len(shop.writes) == 3
    assert shop.there("volume") == []


def test_an_object_found_after_a_lost_answer_is_waited_for() -> None:
    shop = Shop(seconds=3)
    shop.fault("drop_after", "POST", COLLECTIONS["server"])
    result = shop.run("server", **shop.new("server"))
    assert result["server"]["state"] == "AVAILABLE"
    assert shop.service.settings.provision_seconds == 3


@pytest.mark.parametrize("fault", ["drop_after", "half", "drop_before"])
def test_a_lost_answer_to_a_change_is_asked_again(fault: str) -> None:
    shop = Shop()
    shop.run("volume", **shop.new("volume"))
    shop.fault(fault, "PATCH")
    result = shop.run("volume", **{**shop.new("volume"), "size": 9})
    assert result["changed"] and result["volume"]["size"] == 9


@pytest.mark.parametrize("fault", ["drop_after", "half", "drop_before"])
def test_a_lost_answer_to_a_delete_is_a_delete(fault: str) -> None:
    shop = Shop()
    options = shop.new("volume")
    shop.run("volume", **options)
    shop.fault(fault, "DELETE")
    assert shop.run("volume", **options, state="absent")["changed"]
    assert shop.there("volume") == []


@pytest.mark.parametrize(("state", "verb"), [("stopped", "stop"), ("running", "start")])
def test_a_lost_answer_to_start_or_stop_is_asked_again(state: str, verb: str) -> None:
    shop = Shop()
    address = {"datacenter": shop.ids["datacenter"], "id": shop.ids["server"]}
    if verb == "start":
        shop.run("server", **address, state="stopped")
    shop.fault("drop_after", "POST", verb)
    result = shop.run("server", **address, state=state)
    assert result["server"]["vm_state"] == {"stop": "SHUTOFF", "start": "RUNNING"}[verb]


def test_a_lost_answer_to_a_reset_is_an_error_and_no_second_reset() -> None:
    shop = Shop()
    shop.fault("drop_after", "POST", "reboot")
    with pytest.raises(Unanswered, match="Try again"):
        shop.run("server", datacenter=shop.ids["datacenter"], id=shop.ids["server"], state="restarted")
    assert len(shop.writes) == 1


@pytest.mark.parametrize("status", [429, 503])
def test_a_create_that_was_surely_refused_is_repeated(status: int) -> None:
    shop = Shop()
    shop.fault("status", "POST", COLLECTIONS["volume"], status=status, retry_after=7)
    shop.clock.slept.clear()
    assert shop.run("volume", **shop.new("volume"))["changed"]
    assert 7 in shop.clock.slept
    assert len(shop.there("volume")) == 1


GATEWAY: list[dict[str, Any]] = [
    {"kind": "html"},
    {"kind": "status", "status": 503},
    {"kind": "status", "status": 504},
]


@pytest.mark.parametrize("fault", GATEWAY, ids=["502", "503", "504"])
def test_after_a_gateway_s_error_a_create_is_looked_up_before_it_is_repeated(fault: dict[str, Any]) -> None:
    shop = Shop()
    shop.fault(**fault, method="POST", path=COLLECTIONS["volume"])
    assert shop.run("volume", **shop.new("volume"))["changed"]
    first, second = (index for index, call in enumerate(shop.calls) if call.startswith("POST"))
    assert [call.split()[0] for call in shop.calls[first:second]].count("GET") >= 1
    assert len(shop.there("volume")) == 1


def test_a_create_that_failed_inside_the_service_is_not_repeated() -> None:
    shop = Shop()
    shop.fault("status", "POST", COLLECTIONS["volume"], status=500)
    with pytest.raises(ApiError, match="HTTP 500"):
        shop.run("volume", **shop.new("volume"))
    assert len(shop.writes) == 1


# -- waiting ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [kind for kind in NEW if kind != "user"])
def test_wait_ends_when_the_object_is_available(kind: str) -> None:
    shop = Shop(seconds=10)
    started = shop.clock.now()
    result = shop.run(kind, **shop.new(kind))
    assert result[kind]["state"] == "AVAILABLE"
    assert 10 <= shop.clock.now() - started <= 20


@pytest.mark.parametrize("kind", [kind for kind in NEW if kind != "user"])
def test_without_wait_the_task_ends_at_once_with_the_request(kind: str) -> None:
    shop = Shop(seconds=1000)
    shop.clock.slept.clear()
    result = shop.run(kind, **shop.new(kind), wait=False)
    assert result["changed"] and shop.clock.slept == []
    assert result[kind]["id"] and result["request_id"]
    assert shop.cloud.get(f"requests/{result['request_id']}/status")["metadata"]["status"] in (
        "QUEUED",
        "RUNNING",
    )
    shop.service.settings.provision_seconds = 0
    shop.clock.time += 2000
    assert set(result[kind]) == set(shop.run(kind, **shop.new(kind))[kind])


@pytest.mark.parametrize("kind", [kind for kind in NEW if kind != "user"])
def test_a_rerun_waits_for_what_another_task_left_under_way(kind: str) -> None:
    shop = Shop(seconds=10)
    shop.run(kind, **shop.new(kind), wait=False)
    started = shop.clock.now()
    assert shop.check(kind, **shop.new(kind))[kind]["state"] == "BUSY"
    assert shop.run(kind, **shop.new(kind), wait=False)[kind]["state"] == "BUSY"
    assert shop.clock.now() == started
    with pytest.raises(OperationTimeout, match="wait_timeout=2 seconds"):
        shop.run(kind, **shop.new(kind), wait_timeout=2)
    result = shop.run(kind, **shop.new(kind))
    assert not result["changed"] and shop.writes == []
    assert result[kind]["state"] == "AVAILABLE"
    assert 9 <= shop.clock.now() - started <= 20


ODD_NAMES = [
    "web & db #1",
    "50% off?",
    "a+b=c",
    "ü – ß 東京",
    "{{ name }}",
    "..",
    "x" * 200,
    "'quoted' \"twice\"",
]


@pytest.mark.parametrize("version", [4, 6])
@pytest.mark.parametrize("name", ODD_NAMES)
def test_any_name_that_the_service_takes_finds_its_object_again(name: str, version: int) -> None:
    shop = Shop(version=version)
    for kind in ("server", "volume", "lan", "nic"):
        options = {**shop.new(kind), "name": name}
        made = shop.run(kind, **options)
        assert made["changed"] and made[kind]["name"] == name
        again = shop.run(kind, **options)
        assert not again["changed"] and again[kind]["id"] == made[kind]["id"]
        parents = {key: options[key] for key in ("datacenter", "server") if key in options}
        assert [each["id"] for each in shop.info(kind, **parents, name=name)] == [made[kind]["id"]]
    rule = {**shop.new("firewall_rule"), "server": name, "name": name}
    rule["nic"] = shop.info("nic", datacenter=rule["datacenter"], server="web", name=name)[0]["id"]
    rule["server"] = "web"
    assert shop.run("firewall_rule", **rule)["changed"] and not shop.run("firewall_rule", **rule)["changed"]


def test_delete_and_update_are_waited_for_too() -> None:
    shop = Shop(seconds=10)
    options = shop.new("volume")
    shop.run("volume", **options)
    started = shop.clock.now()
    assert shop.run("volume", **{**options, "size": 9})["volume"]["state"] == "AVAILABLE"
    assert shop.clock.now() - started >= 10
    shop.run("volume", **options, state="absent")
    assert shop.clock.now() - started >= 20
    assert shop.there("volume") == []


@pytest.mark.parametrize("kind", [kind for kind in NEW if kind != "user"])
@pytest.mark.parametrize("seconds", [1, 5, 17])
def test_wait_timeout_is_honoured_to_the_second(kind: str, seconds: int) -> None:
    shop = Shop(seconds=1000)
    started = shop.clock.now()
    with pytest.raises(OperationTimeout, match=f"wait_timeout={seconds} seconds") as caught:
        shop.run(kind, **shop.new(kind), wait_timeout=seconds)
    assert shop.clock.now() - started == pytest.approx(seconds, abs=0.5)
    assert caught.value.request_id and caught.value.request_id in str(caught.value)


@pytest.mark.parametrize("kind", [kind for kind in NEW if kind != "user"])
def test_a_failed_request_is_another_error_with_the_service_s_reason(kind: str) -> None:
    shop = Shop(seconds=2)
    shop.fault("fail_request", "POST", COLLECTIONS[kind], message="[VDC-5-601] contact support")
    with pytest.raises(OperationFailed, match=r"\[VDC-5-601\] contact support") as caught:
        shop.run(kind, **shop.new(kind))
    assert not isinstance(caught.value, OperationTimeout)
    assert caught.value.request_id and caught.value.request_id in str(caught.value)
    assert caught.value.facts()["request_id"] == caught.value.request_id


def test_a_poll_that_is_refused_for_the_moment_is_asked_again() -> None:
    shop = Shop(seconds=2)
    shop.fault("status", "GET", "/status", status=503, times=2)
    shop.fault("drop_before", "GET", "/status", times=1)
    assert shop.run("volume", **shop.new("volume"))["volume"]["state"] == "AVAILABLE"


def test_a_service_that_goes_away_while_waiting_keeps_to_the_timeout() -> None:
    shop = Shop(seconds=1000)
    shop.fault("status", "GET", "/status", status=503, retry_after=120, times=0)
    started = shop.clock.now()
    with pytest.raises(CloudError):
        shop.run("volume", **shop.new("volume"), wait_timeout=8)
    assert shop.clock.now() - started <= 9


def test_what_was_done_before_a_failure_is_told() -> None:
    shop = Shop()
    address = {"datacenter": shop.ids["datacenter"], "id": shop.ids["server"]}
    shop.fault("status", "POST", "stop", status=422, message="no", code="200")
    with pytest.raises(ApiError):
        shop.run("server", **address, state="stopped")
    shop.run("volume", **shop.new("volume"))
    shop.fault("status", "POST", "/volumes$", status=422, message="not now", code="200")
    with pytest.raises(ApiError) as caught:
        shop.run("volume", **{**shop.new("volume"), "size": 8}, server=shop.ids["server"])
    assert "not now" in Edge.failure(caught.value)["msg"]
    assert Edge.failure(caught.value)["msg"].endswith("Done before: update of volume data")


# -- the rest -----------------------------------------------------------------------------------------------------


def test_the_token_serves_as_well_as_the_password() -> None:
    mounted = Mounted()
    mounted.cloud = mounted.client(6, Credentials(token="demo-token"))
    assert mounted.run("datacenter", name="shop", location="de/fra")["changed"]
    mounted.cloud = mounted.client(6, Credentials(token="wrong-token"))
    with pytest.raises(ApiError, match="Check username and password, or token"):
        mounted.run("datacenter", name="shop", location="de/fra")


@pytest.mark.parametrize("version", [4, 5, 6])
def test_the_round_works_on_each_version(version: int) -> None:
    shop = Shop(version=version)
    for kind in NEW:
        options = shop.new(kind)
        assert shop.run(kind, **options)["changed"], kind
        again = shop.run(kind, **options)
        assert not again["changed"] and shop.writes == [], (kind, again["diff"])
        assert shop.run(kind, **{**options, **CHANGED[kind]})["changed"], kind


def test_a_connection_that_is_refused_is_told_in_plain_words() -> None:
    shop = Shop(retries=0)
    shop.fault("drop_before", times=0)
    with pytest.raises(ConnectionFailed, match="lost or cut short"):
        shop.run("volume", **shop.new("volume"))


def test_ssh_keys_and_password_are_sent_and_never_shown() -> None:
    shop = Shop()
    options = {
        **shop.new("volume"),
        "image": "debian:12",
        "ssh_keys": [PUBLIC_KEY],
        "image_password": "secret12pw",
    }
    del options["licence_type"]
    result = shop.run("volume", **{**options, "size": 20})
    assert "secret12pw" not in str(result)
    assert not {"image_password", "ssh_keys", "user_data", "image_alias"} & set(result["volume"])
    assert shop.run("volume", **{**options, "size": 20})["changed"] is False
