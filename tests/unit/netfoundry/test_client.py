# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The platform's conventions: collections, executions of all generations, life cycles, tokens that end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
from requests import PreparedRequest, Response
from urllib3 import HTTPResponse, Retry

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.clock import Deadline
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import (
    ApiError,
    BadAnswer,
    InvalidOption,
    NotFound,
    OperationFailed,
    OperationTimeout,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils._netfoundry.answers import listed, page_count
from ansible_collections.profitbricks.cloud.plugins.module_utils._netfoundry.auth import Auth
from ansible_collections.profitbricks.cloud.plugins.module_utils._netfoundry.client import (
    Cloud,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils._netfoundry.connection import (
    Connection,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils._netfoundry.resources.endpoints import (
    EDGE_ROUTER,
    ENDPOINT,
)
from unit.netfoundry.overlay import DEMO, Overlay
from unit.scripted import FakeClock, Reply, Script, intercept, transport

NOWHERE = "00000000-0000-4000-8000-000000000000"
WORK = "11111111-0000-4000-8000-000000000000"


# -- collections --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "items", "count"),
    [
        ([{"id": 1}], [{"id": 1}], 1),
        ({"_embedded": {"endpointList": [{"id": 1}]}, "page": {"totalPages": 3}}, [{"id": 1}], 3),
        ({"_embedded": {"network-versions": [{"id": 1}]}}, [{"id": 1}], 1),
        ({"content": [{"id": 1}], "totalPages": 2}, [{"id": 1}], 2),
        ({"page": {"size": 0, "totalElements": 0, "totalPages": 1}}, [], 1),
        ({"page": {"totalPages": 0}}, [], 1),
        ({"_embedded": {"endpointList": []}, "page": {"totalElements": 0}}, [], 1),
        ({"page": {"number": 2, "totalElements": 7, "totalPages": 2}}, [], 2),
    ],
    ids=["array", "paged", "unpaged", "content", "empty", "no page", "empty inside", "behind the last"],
)
def test_a_collection_comes_in_many_forms(data: Any, items: list[Any], count: int) -> None:
    assert (listed(data), page_count(data)) == (items, count)


@pytest.mark.parametrize(
    "data",
    [None, {}, 7, "x", {"content": None}, {"_embedded": {"endpointList": {}}}, {"_embedded": []}, [7]]
    + [{"page": {"number": 0, "totalElements": 2}}, {"page": []}, {"error": "busy"}]
    # What holds nothing has to say so.
    + [
        {"page": {}},
        {"_embedded": {}, "page": {}},
        {"page": {"totalElements": None}},
        {"page": {"number": False}},
    ]
    + [{"_embedded": {"endpointList": []}}, {"_embedded": {"other": []}, "page": {"size": 0}}]
    + [{"_embedded": {"endpointList": []}, "page": {"number": 0, "totalElements": 2, "totalPages": 1}}],
    ids=str,
)
def test_what_is_no_list_is_not_taken_for_an_empty_one(data: Any) -> None:
    with pytest.raises(BadAnswer):
        listed(data)
    cloud, script = scripted(Reply(body=data))
    with pytest.raises(
        BadAnswer, match="^http://gateway.test did not answer GET core/v2/endpoints properly: "
    ):
        cloud.items(ENDPOINT, {"network": "n"})


@pytest.mark.parametrize(
    ("kind", "options", "asked"),
    [
        ("identity", {"type": "api_account", "name": "bot", "return_credentials": True}, "identities"),
        ("identity", {"type": "user", "email": "eve@example.com"}, "identities"),
        ("network_group", {"organization": "DEMO", "short_name": "DEMOGROUP"}, "organizations"),
    ],
)
@pytest.mark.parametrize("state", ["present", "absent"])
def test_a_bare_list_that_holds_at_least_who_asks_is_not_empty(
    kind: str, options: dict[str, Any], asked: str, state: str
) -> None:
    overlay = Overlay()

    def emptied(request: PreparedRequest, send: Callable[[], Response]) -> Response:
        answer = send()
        if "/identity/v1/" in str(request.url):
            answer._content = b"[]"
        return answer

    intercept(overlay.cloud.transport, emptied)
    with pytest.raises(
        BadAnswer, match=f"did not answer GET identity/v1/{asked} properly: it is an empty list"
    ):
        overlay.run(kind, **options, state=state)
    assert not overlay.writes


def test_there_may_be_no_identity_of_one_type() -> None:
    overlay = Overlay()
    assert overlay.info("identity", type="user", name="eve") == []
    assert not overlay.run("identity", type="user", email="eve@example.com", state="absent")["changed"]


def test_a_number_of_pages_that_is_none_ends_when_nothing_new_comes() -> None:
    cloud, script = scripted(page(0, "a", of=10**9), page(0, "a", of=10**9))
    assert [each["id"] for each in cloud.items(ENDPOINT, {"network": "n"})] == ["a"]
    assert len(script.sent) == 2


def scripted(*steps: Any) -> tuple[Cloud, Script]:
    """A client of a script, with a token."""
    script = Script(*steps)
    connection = Connection("http://gateway.test", "production", token="t")
    clock = FakeClock()
    made = transport(script, clock, connection.auth(), url=connection.url, retries=0)
    return Cloud(connection, transport=made, clock=clock), script


def page(number: int, *ids: str, of: int = 3) -> Reply:
    items = [{"id": each, "name": each} for each in ids]
    return Reply(body={"_embedded": {"endpointList": items}, "page": {"number": number, "totalPages": of}})


def test_all_pages_are_read_and_no_object_twice() -> None:
    cloud, script = scripted(page(0, "a", "b"), page(1, "b", "c"), page(2, "d"))
    found = cloud.items(ENDPOINT, {"network": "n"}, {"name": "x"})
    assert [each["id"] for each in found] == ["a", "b", "c", "d"]
    first, second, third = (sent.url.partition("?")[2] for sent in script.sent)
    assert first == "networkId=n&name=x&size=1000&sort=name%2Casc"
    assert (second, third) == (f"{first}&page=1", f"{first}&page=2")


def test_names_with_wildcards_mean_themselves() -> None:
    overlay = Overlay()
    for name in ("a_b", "axb", "a%b"):
        overlay.run("endpoint", name=name, attributes=[f"#{name[1]}"])
    for name in ("a_b", "a%b"):
        assert overlay.run("endpoint", name=name)["endpoint"]["name"] == name
        assert [each["name"] for each in overlay.info("endpoint", name=name)] == [name]


def test_a_deleted_object_that_stays_readable_is_gone() -> None:
    overlay = Overlay()
    made = overlay.run("endpoint", name="laptop")["endpoint"]["id"]
    overlay.run("endpoint", name="laptop", state="absent")
    assert overlay.cloud.get(f"core/v2/endpoints/{made}")["deletedAt"]
    assert overlay.info("endpoint", id=made) == []
    assert not overlay.run("endpoint", id=made, state="absent")["changed"]


def test_an_object_of_another_network_is_not_this_one() -> None:
    overlay = Overlay()
    made = overlay.run("endpoint", name="laptop")["endpoint"]["id"]
    overlay.run("network", name="other")
    with pytest.raises(NotFound, match="there is no endpoint"):
        overlay.run("endpoint", network="other", id=made)
    assert overlay.info("endpoint", network="other", id=made) == []


def test_a_network_is_found_in_all_groups_unless_one_is_named() -> None:
    overlay = Overlay()
    overlay.run("network_group", short_name="LAB", name="Lab")
    overlay.run("network", name="net", network_group="lab")
    with pytest.raises(Exception, match="network: 2 networks match 'net'"):
        overlay.run("endpoint", name="laptop")
    overlay.run("endpoint", network_group="LAB", name="laptop")
    lab = overlay.info("network", network_group="LAB")
    assert [each["name"] for each in lab] == ["net"]
    assert overlay.info("endpoint", network=lab[0]["id"])[0]["name"] == "laptop"
    with pytest.raises(InvalidOption, match=r"network_group: there are 2 network groups \(DEMOGROUP, LAB\)"):
        overlay.run("network", name="third")


# -- executions in numbers ----------------------------------------------------------------------------------------


def work_id(number: int) -> str:
    return f"{number:08x}-0000-4000-8000-000000000000"


class Executions(Script):
    """A platform with executions, of which the first ``done`` have ended; ``refuses`` to list them."""

    def __init__(self, count: int, refuses: bool = False) -> None:
        super().__init__(Reply())
        self.works = {work_id(each): "RUNNING" for each in range(count)}
        self.refuses = refuses

    def urlopen(self, method: str, url: str, retries: Retry, **options: Any) -> HTTPResponse:
        path, _mark, query = url.partition("?")
        asked = dict(parse_qsl(query))
        if path.endswith("/executions"):
            self.steps = [Reply(403) if self.refuses else self._page(asked)]
        else:
            each = path.rsplit("/", 1)[1]
            self.steps = [Reply(body={"id": each, "status": self.works[each]})]
        return super().urlopen(method, url, retries, **options)

    def _page(self, asked: dict[str, str]) -> Reply:
        newest = list(reversed(self.works.items()))
        size, number = int(asked["size"]), int(asked.get("page", 0))
        shown = [{"id": each, "status": says} for each, says in newest[number * size : (number + 1) * size]]
        count = -(-len(newest) // size)
        return Reply(
            body={"_embedded": {"executionList": shown}, "page": {"number": number, "totalPages": count}}
        )


def awaiting(script: Executions, network: str = "n") -> tuple[Cloud, Any]:
    connection = Connection("http://gateway.test", "production", token="t")
    clock = FakeClock()
    made = transport(script, clock, connection.auth(), url=connection.url, retries=0)
    cloud = Cloud(connection, transport=made, clock=clock)
    watch = cloud.watch(Deadline.after(clock, 1200))
    for each in script.works:
        link = {"href": f"https://x/core/v2/executions/{each}"}
        cloud.executions._operation({"networkId": network, "_links": {"execution": link}}, each)
        watch.add(each, each)
    return cloud, watch


@pytest.mark.parametrize("count", [2, 500, 2500])
def test_many_executions_are_awaited_by_pages_of_their_network(count: int) -> None:
    script = Executions(count)
    cloud, watch = awaiting(script)
    assert watch.round() == {}
    assert len(script.sent) == -(-count // 1000)
    assert all("networkId=n" in sent.url for sent in script.sent)
    script.works = dict.fromkeys(script.works, "FINISHED")
    assert set(watch.wait()) == set(script.works)
    assert len(script.sent) == 2 * -(-count // 1000)


def test_an_account_that_may_not_list_executions_reads_several_at_the_same_time() -> None:
    script = Executions(10, refuses=True)
    cloud, watch = awaiting(script)
    assert watch.round() == {}
    assert len(script.sent) == 1 + 4
    script.works = dict.fromkeys(script.works, "SUCCESS")
    # As long as some have ended, it goes on without a pause, and asks for no list again.
    assert set(watch.round()) == set(script.works)
    assert len([sent for sent in script.sent if "?" in sent.url]) == 1
    assert len(script.sent) == 1 + 4 + 10


def test_single_reads_come_to_all_that_is_under_way_by_turns() -> None:
    script = Executions(12, refuses=True)
    cloud, watch = awaiting(script)
    script.works[work_id(9)] = "SUCCESS"
    ended = [found for _round in range(3) for found in watch.round()]
    assert ended == [work_id(9)]


def test_work_of_several_networks_is_listed_by_network() -> None:
    script = Executions(3)
    cloud, watch = awaiting(script)
    cloud.executions._networks.add("other")
    script.works = dict.fromkeys(script.works, "FINISHED")
    cloud.executions._networks.discard("n")
    cloud.executions._networks.add("z")
    assert set(watch.round()) == set(script.works)
    assert [sent.url.rpartition("networkId=")[2] for sent in script.sent] == ["other"]
    assert all("networkId=" in sent.url for sent in script.sent)


# -- executions ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("links", ["execution", "process", "process-executions", "none"])
@pytest.mark.parametrize("kind", ["endpoint", "edge_router"])
def test_work_is_awaited_in_each_generation(kind: str, links: str) -> None:
    overlay = Overlay(seconds=10, links=links)
    begun = overlay.clock.now()
    made = overlay.run(kind, name="one")
    assert 10 <= overlay.clock.now() - begun < 13
    assert made[kind]["ziti_id"] and bool(made["request_id"]) == (links != "none")
    changed = overlay.run(kind, name="one", attributes=["#a"])
    assert changed[kind]["attributes"] == ["#a"]
    overlay.run(kind, name="one", state="absent")
    assert overlay.info(kind, name="one") == []


@pytest.mark.parametrize("links", ["execution", "process", "process-executions"])
def test_work_that_fails_is_told(links: str) -> None:
    overlay = Overlay(seconds=2, links=links)
    overlay.fault("fail_request", "POST", "/edge-routers$")
    with pytest.raises(OperationFailed, match="its execution ended as FAILED"):
        overlay.run("edge_router", name="one")
    with pytest.raises(OperationFailed, match="The creation of edge router one .* can only be deleted"):
        overlay.run("edge_router", name="one")
    assert overlay.run("edge_router", name="one", state="absent")["changed"]


def test_an_object_in_error_is_told_where_only_its_status_tells() -> None:
    overlay = Overlay(seconds=2, links="none")
    overlay.fault("fail_request", "POST", "/edge-routers$")
    with pytest.raises(OperationFailed):
        overlay.run("edge_router", name="one")


def accepted(status: int = 202) -> Reply:
    link = {"href": f"http://gateway.test/core/v2/executions/{WORK}"}
    return Reply(status, {"id": NOWHERE, "_links": {"execution": link}})


@pytest.mark.parametrize("refusal", [403, 404])
def test_work_that_is_not_known_yet_is_asked_for_again(refusal: int) -> None:
    cloud, _script = scripted(Reply(refusal, b""), Reply(refusal, b""), Reply(body={"status": "SUCCESS"}))
    cloud.executions._work[WORK] = (f"core/v2/executions/{WORK}", cloud.clock.now())
    watch = cloud.watch(Deadline.after(cloud.clock, 60))
    watch.add(WORK, "work")
    assert watch.wait()[WORK].done


def test_work_that_stays_unknown_is_an_error() -> None:
    cloud, _script = scripted(Reply(404, b""))
    cloud.executions._work[WORK] = (f"core/v2/executions/{WORK}", cloud.clock.now())
    watch = cloud.watch(Deadline.after(cloud.clock, 600))
    watch.add(WORK, "work")
    with pytest.raises(ApiError, match="HTTP 404"):
        watch.wait()
    assert 30 <= cloud.clock.now() - 1000.0 < 40


@pytest.mark.parametrize(
    "links",
    [
        {"execution": {"href": f"https://x/core/v2/executions/{WORK}"}},
        {"executions": [{"href": "https://x/core/v2/executions?networkId=1"}, {"href": f"https://x/core/v2/executions/{WORK}"}]},
        {"process": {"href": f"https://x/core/v2/process/{WORK}?networkId=1", "profile": "https://x/p"}},
        {"process-execution": {"href": f"https://x/core/v2/process-executions/{WORK}"}},
        {"process-executions": {"href": f"https://x/core/v2/process-executions/{WORK}"}},
    ],
)  # fmt: skip
def test_the_work_is_found_among_the_links(links: dict[str, Any]) -> None:
    operation = scripted(Reply())[0].executions._operation({"id": NOWHERE, "_links": links}, "create")
    assert operation is not None and operation.request_id == WORK


@pytest.mark.parametrize(
    "links", [{}, None, {"executions": {"href": "https://x/core/v2/executions?networkId=1"}}, {"execution": None}]
)  # fmt: skip
def test_a_link_to_a_collection_is_no_work(links: Any) -> None:
    assert scripted(Reply())[0].executions._operation({"id": NOWHERE, "_links": links}, "create") is None


def test_the_timeout_is_honoured_and_names_the_work() -> None:
    overlay = Overlay(seconds=900)
    begun = overlay.clock.now()
    with pytest.raises(OperationTimeout, match="wait_timeout=30 ") as caught:
        overlay.run("endpoint", name="laptop", wait_timeout=30)
    assert overlay.clock.now() - begun == pytest.approx(30)
    assert caught.value.request_id


def test_what_an_earlier_task_left_under_way_is_awaited() -> None:
    overlay = Overlay(seconds=20)
    made = overlay.run("endpoint", name="laptop", wait=False)
    assert made["endpoint"]["ziti_id"] is None and made["jwt"] is None
    again = overlay.run("endpoint", name="laptop", return_jwt=True)
    assert not again["changed"] and again["endpoint"]["ziti_id"] and again["jwt"]


def test_what_is_being_deleted_already_is_awaited() -> None:
    overlay = Overlay()
    overlay.run("edge_router", name="branch")
    overlay.service.settings.provision_seconds = 20
    overlay.run("edge_router", name="branch", state="absent", wait=False)
    begun = overlay.clock.now()
    overlay.run("edge_router", name="branch", state="absent")
    assert 15 < overlay.clock.now() - begun < 25
    assert overlay.info("edge_router", name="branch") == []


def test_a_key_waits_for_a_router_that_is_being_made() -> None:
    overlay = Overlay(seconds=20)
    overlay.run("edge_router", name="branch", wait=False)
    assert overlay.run("edge_router", name="branch", new_registration_key=True)["registration_key"]


@pytest.mark.parametrize("fault", ["drop_after", "half"])
def test_a_lost_answer_makes_nothing_twice(fault: str) -> None:
    overlay = Overlay()
    overlay.fault(fault, "POST", "/endpoints$")
    made = overlay.run("endpoint", name="laptop")
    assert made["endpoint"]["ziti_id"] and len(overlay.info("endpoint")) == 1


def test_a_busy_gateway_is_asked_again() -> None:
    overlay = Overlay()
    overlay.fault("status", "GET", "/endpoints$", status=503, times=2)
    overlay.fault("status", "POST", "/oauth2/token$", status=503, times=2)
    overlay.cloud.auth._token.expiry = 0.0
    assert overlay.run("endpoint", name="laptop")["changed"]


# -- tokens -------------------------------------------------------------------------------------------------------


def test_a_kept_token_that_is_refused_is_asked_for_anew(tmp_path: Path) -> None:
    connection = replace(DEMO, token_cache=tmp_path / "token.json")
    overlay = Overlay(connection=connection)
    overlay.run("endpoint", name="laptop")
    overlay.service.netfoundry.logins.log_out(overlay.cloud.auth._token.text)
    second: Auth = connection.auth(clock=overlay.clock)
    second._ask, second._now = overlay.cloud.auth._ask, overlay.clock.now
    kept = second.header()
    overlay.cloud.auth = second
    overlay.cloud.transport.auth = second
    assert not overlay.run("endpoint", name="laptop")["changed"]
    assert second.header() != kept


def test_a_token_that_is_taken_back_is_asked_for_anew_once() -> None:
    overlay = Overlay()
    overlay.service.netfoundry.logins.log_out(overlay.cloud.auth._token.text)
    assert overlay.run("endpoint", name="laptop")["changed"]
    overlay.fault("status", path="core/v2/", status=401, times=0)
    with pytest.raises(ApiError, match="HTTP 401"):
        overlay.run("endpoint", name="laptop")


def test_a_token_that_ends_while_a_task_waits_is_renewed() -> None:
    overlay = Overlay(seconds=250)
    settings = overlay.service.netfoundry.settings
    overlay.service.netfoundry.settings = replace(settings, access_seconds=100)
    overlay.clock.sleep(3600)
    made = overlay.run("edge_router", name="one")
    assert made["edge_router"]["status"] == "PROVISIONED"
    asked = [each for each in overlay.service.journal.calls if each["path"] == "/oauth2/token"]
    assert len(asked) > 2


def test_the_addresses_of_routers_are_read_with_them() -> None:
    overlay = Overlay()
    overlay.run("edge_router", name="one", provider="AWS", region="us-west-2")
    assert overlay.info("edge_router")[0]["ip_address"].startswith("192.0.2.")
    assert overlay.reads == ["GET /core/v2/networks", "GET /core/v2/edge-routers"]
    assert EDGE_ROUTER.by_name["ip_address"].wire_path == ("_embedded", "host", "ipAddress")
