# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Finding objects by name and id, page after page, and with few requests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from requests import PreparedRequest, ReadTimeout, Response

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.clock import Deadline
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import (
    AmbiguousName,
    ApiError,
    InvalidOption,
    NotFound,
    OperationTimeout,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.http.transport import Credentials
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.plan.steps import Call
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.service import own_selector
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.client import Cloud
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.connection import Connection
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.resources.lans import LAN
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.resources.nics import NIC
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.resources.servers import SERVER
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.resources.users import (
    USER,
)
from catalogue import KINDS as ALL
from unit.mounted import Mounted
from unit.scripted import URL, Reply, Script, intercept, transport

RESOURCES = {
    kind.resource.kind: kind.resource for kind in ALL.values() if kind.provider.name == "profitbricks"
}

UNKNOWN = "00000000-0000-4000-8000-000000000000"
NAMES = {"datacenter": "shop", "server": "web", "nic": "front", "volume": "boot", "lan": "public"}
NAMES |= {"firewall_rule": "ssh"}
KINDS = sorted(NAMES)


@pytest.fixture(scope="module")
def world() -> tuple[Mounted, dict[str, str]]:
    """Read by all tests of this file, changed by none."""
    mounted = Mounted()
    return mounted, mounted.shop()


def addressed(kind: str, given: dict[str, str], own: str) -> dict[str, Any]:
    options: dict[str, Any] = {parent: given[parent] for parent in RESOURCES[kind].parents}
    return {**options, own: given[kind]}


# -- budget and addressing ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_an_unchanged_object_costs_one_request_by_ids(
    kind: str, world: tuple[Mounted, dict[str, str]]
) -> None:
    mounted, ids = world
    result = mounted.run(kind, **addressed(kind, ids, "id"))
    assert not result["changed"] and result[kind]["id"] == ids[kind]
    assert len(mounted.calls) == 1 and mounted.writes == []


@pytest.mark.parametrize("kind", KINDS)
def test_an_unchanged_object_costs_at_most_two_requests_by_names(
    kind: str, world: tuple[Mounted, dict[str, str]]
) -> None:
    mounted, ids = world
    result = mounted.run(kind, **addressed(kind, NAMES, "name"))
    assert not result["changed"] and result[kind]["id"] == ids[kind]
    assert len(mounted.calls) <= 2 and mounted.writes == []


NICS = [{"name": "front", "lan": "public"}, {"lan": "private"}]
SIBLINGS: dict[str, tuple[str, dict[str, Any]]] = {
    "LANs of a server's NICs": ("server", {"name": "web", "nics": NICS}),
    "a boot volume": ("server", {"name": "web", "boot_volume": "boot"}),
    "the server of a volume": ("volume", {"name": "boot", "server": "web"}),
    "the LAN of a NIC": ("nic", {"server": "web", "name": "front", "lan": "public"}),
    "a NIC known by its LAN": ("nic", {"server": "web", "lan": "private"}),
}


@pytest.mark.parametrize("by", ["name", "id"])
@pytest.mark.parametrize("case", SIBLINGS)
def test_names_of_other_objects_cost_no_third_request(
    case: str, by: str, world: tuple[Mounted, dict[str, str]]
) -> None:
    mounted, ids = world
    kind, options = SIBLINGS[case]
    datacenter = NAMES["datacenter"] if by == "name" else ids["datacenter"]
    assert not mounted.run(kind, datacenter=datacenter, **options)["changed"]
    assert len(mounted.calls) <= 2, mounted.calls


@pytest.mark.parametrize("kind", KINDS)
def test_names_and_ids_may_be_mixed(kind: str, world: tuple[Mounted, dict[str, str]]) -> None:
    mounted, ids = world
    parents = RESOURCES[kind].parents
    for number in range(2 ** len(parents)):
        mixed = {
            parent: (ids if number >> place & 1 else NAMES)[parent] for place, parent in enumerate(parents)
        }
        for own in ({"id": ids[kind]}, {"name": NAMES[kind]}):
            result = mounted.run(kind, **{**mixed, **own})
            assert result[kind]["id"] == ids[kind] and not result["changed"]
            assert len(mounted.calls) <= 2, mounted.calls


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "lan"])
def test_the_name_may_hold_the_uuid(kind: str, world: tuple[Mounted, dict[str, str]]) -> None:
    mounted, ids = world
    result = mounted.run(kind, **addressed(kind, ids, "name"))
    assert not result["changed"] and result[kind]["id"] == ids[kind]


def test_a_uuid_may_be_written_in_capitals(world: tuple[Mounted, dict[str, str]]) -> None:
    mounted, ids = world
    options = {
        "datacenter": ids["datacenter"].upper(),
        "server": ids["server"].upper(),
        "id": ids["nic"].upper(),
    }
    assert mounted.run("nic", **options)["nic"]["id"] == ids["nic"]


@pytest.mark.parametrize("kind", KINDS)
def test_results_are_the_same_however_addressed_and_as_the_info_reads(
    kind: str, world: tuple[Mounted, dict[str, str]]
) -> None:
    mounted, ids = world
    by_id = mounted.run(kind, **addressed(kind, ids, "id"))[kind]
    assert mounted.run(kind, **addressed(kind, NAMES, "name"))[kind] == by_id
    for options in (addressed(kind, ids, "id"), addressed(kind, NAMES, "name")):
        assert mounted.info(kind, **options) == [by_id]
        assert len(mounted.calls) <= 2


# -- what is not there, or there twice ----------------------------------------------------------------------------


@pytest.mark.parametrize("missing", ["nowhere", UNKNOWN], ids=["name", "id"])
@pytest.mark.parametrize(
    ("kind", "parent"), [(kind, parent) for kind in KINDS for parent in RESOURCES[kind].parents]
)
def test_a_missing_parent_is_an_error_and_never_created(
    kind: str, parent: str, missing: str, world: tuple[Mounted, dict[str, str]]
) -> None:
    mounted, ids = world
    for given, own in ((ids, "id"), (NAMES, "name")):
        options = {**addressed(kind, given, own), parent: missing}
        if own == "id":
            options = {**options, "name": NAMES[kind]}
            del options["id"]
        with pytest.raises((NotFound, ApiError)) as caught:
            mounted.run(kind, **options)
        assert isinstance(caught.value, NotFound), caught.value
        # Ids all the way down are one path, of which the service does not tell what is wrong: all are shown.
        assert "there is no" in str(caught.value) and missing in str(caught.value)
        assert given is ids or str(caught.value).startswith(f"{parent}: there is no")
        assert mounted.writes == []
        with pytest.raises(NotFound):
            mounted.info(kind, **options)


@pytest.mark.parametrize("missing", ["nowhere", UNKNOWN], ids=["name", "id"])
@pytest.mark.parametrize(
    ("kind", "parent"), [(kind, parent) for kind in KINDS for parent in RESOURCES[kind].parents]
)
def test_absent_below_a_missing_parent_is_unchanged(
    kind: str, parent: str, missing: str, world: tuple[Mounted, dict[str, str]]
) -> None:
    mounted, ids = world
    for given, own in ((ids, "id"), (NAMES, "name")):
        options = {**addressed(kind, given, own), parent: missing}
        result = mounted.run(kind, state="absent", **options)
        assert (result["changed"], result[kind], result["actions"]) == (False, None, [])


@pytest.mark.parametrize("kind", KINDS)
def test_an_id_that_is_not_there_is_an_error_and_not_a_new_object(
    kind: str, world: tuple[Mounted, dict[str, str]]
) -> None:
    mounted, ids = world
    own = "99" if kind == "lan" else UNKNOWN
    with pytest.raises(NotFound, match="^id: there is no"):
        mounted.run(kind, **addressed(kind, {**ids, kind: own}, "id"))
    assert mounted.info(kind, **addressed(kind, {**ids, kind: own}, "id")) == []
    assert mounted.run(kind, state="absent", **addressed(kind, {**ids, kind: own}, "id"))["changed"] is False


def twice(mounted: Mounted, kind: str, ids: dict[str, str]) -> set[str]:
    """Make a second object of the same name, as any other client could."""
    resource = RESOURCES[kind]
    bodies: dict[str, dict[str, Any]] = {
        "datacenter": {"name": "shop", "location": "de/fra"},
        "lan": {"name": "public"},
        "server": {"name": "web", "cores": 1, "ram": 1024},
        "volume": {"name": "boot", "size": 1, "licenceType": "OTHER"},
        "nic": {"name": "front", "lan": 1},
        "firewall_rule": {"name": "ssh", "protocol": "ANY"},
    }
    path = resource.collection_path(ids)
    second = mounted.cloud.transport.call("POST", path, body={"properties": bodies[kind]}).data
    return {ids[kind], second["id"]}


@pytest.mark.parametrize("kind", KINDS)
def test_an_ambiguous_name_is_an_error_that_lists_the_ids(kind: str) -> None:
    mounted = Mounted()
    ids = mounted.shop()
    both = twice(mounted, kind, ids)
    for state in ("present", "absent"):
        options = {**addressed(kind, ids, "name"), "name": NAMES[kind], "state": state}
        with pytest.raises(AmbiguousName) as caught:
            mounted.run(kind, **options)
        assert set(caught.value.ids) == both == set(caught.value.facts()["ids"])
        assert all(each in str(caught.value) for each in both)
        assert mounted.writes == []
    assert {each["id"] for each in mounted.info(kind, **{**options, "name": NAMES[kind]})} == both


@pytest.mark.parametrize("parent", ["datacenter", "server", "nic"])
def test_an_ambiguous_parent_is_an_error_too(parent: str) -> None:
    mounted = Mounted()
    ids = mounted.shop()
    both = twice(mounted, parent, ids)
    with pytest.raises(AmbiguousName, match=f"^{parent}: 2 ") as caught:
        mounted.run("firewall_rule", **addressed("firewall_rule", NAMES, "name"))
    assert set(caught.value.ids) == both


def test_names_are_compared_whole_and_by_case() -> None:
    mounted = Mounted()
    mounted.run("datacenter", name="shop-2", location="de/fra")
    with pytest.raises(NotFound):
        mounted.run("lan", datacenter="shop", name="x")
    with pytest.raises(NotFound):
        mounted.run("lan", datacenter="SHOP-2", name="x")


def test_a_second_nameless_object_needs_a_mark_of_its_own() -> None:
    with pytest.raises(InvalidOption, match="name or lan or id"):
        own_selector(NIC, {})
    with pytest.raises(InvalidOption, match="name or id"):
        own_selector(SERVER, {"name": ""})
    with pytest.raises(InvalidOption, match="^id: 'web' is not the UUID of a server"):
        own_selector(SERVER, {"id": "web"})
    with pytest.raises(InvalidOption, match="^id: 'public' is not the number of a LAN"):
        own_selector(LAN, {"id": "public"})


@pytest.mark.parametrize(
    ("resource", "options", "mark"),
    [
        (SERVER, {"id": UNKNOWN, "name": "web"}, "id"),
        (SERVER, {"name": UNKNOWN}, "id"),
        (SERVER, {"name": "web"}, "name"),
        (LAN, {"name": "1"}, "name"),
        (LAN, {"id": 1}, "id"),
        (NIC, {"lan": "public"}, "lan"),
        (NIC, {"name": "front", "lan": "public"}, "name"),
        (USER, {"email": "ada@example.com"}, "email"),
    ],
)
def test_how_a_task_names_its_object(resource: Any, options: dict[str, Any], mark: str) -> None:
    assert own_selector(resource, options).mark == mark


# -- pages --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", [4, 5, 6])
def test_a_list_longer_than_a_page_is_read_whole(version: int) -> None:
    mounted = Mounted(version)
    datacenter = mounted.run("datacenter", name="shop", location="de/fra")["datacenter"]["id"]
    names = [f"lan-{number}" for number in range(7)]
    for name in names:
        mounted.run("lan", datacenter=datacenter, name=name)
    mounted.service.settings.page_limit = 3
    assert sorted(each["name"] for each in mounted.info("lan", datacenter=datacenter)) == names
    # Version 4 knows no pages: it answers with all at once.
    assert len(mounted.calls) == (1 if version == 4 else 3)
    result = mounted.run("lan", datacenter=datacenter, name="lan-6")
    assert not result["changed"] and result["lan"]["name"] == "lan-6"


@pytest.mark.parametrize("limit", [1, 0, -1])
def test_pages_end_when_one_brings_nothing_new(limit: int) -> None:
    item = {"id": "1", "properties": {"name": "front"}}
    page = Reply(body={"items": [item], "limit": limit, "_links": {"next": "https://x/for-ever"}})
    script = Script(page)
    made = transport(script)
    cloud = Cloud(Connection(URL, 6, Credentials(token="t")), made, made.clock)
    assert [each["id"] for each in cloud.items(LAN, {"datacenter": UNKNOWN})] == ["1"]
    assert len(script.sent) == 2


def test_depth_and_page_size_keep_to_the_version() -> None:
    for version, deepest in ((4, 5), (5, 5), (6, 10)):
        mounted = Mounted(version)
        assert mounted.cloud.deepest == deepest
        mounted.info("datacenter")
        query = mounted.service.journal.calls[0]["query"]
        assert ("limit" in str(query)) is (version > 4)
        assert "pretty=false" in str(query)


def test_a_user_is_found_beyond_the_first_page() -> None:
    mounted = Mounted()
    for number in range(5):
        mounted.run(
            "user",
            email=f"u{number}@example.com",
            firstname="U",
            lastname=str(number),
            user_password="secret12pw",
        )
    mounted.service.settings.page_limit = 2
    assert mounted.run("user", email="U4@example.com")["changed"] is False


# -- several requests together ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("version", "reads"), [(6, 1), (5, 3), (4, 3)])
def test_requests_under_way_are_awaited_with_one_read_a_round(version: int, reads: int) -> None:
    mounted = Mounted(version, seconds=5)
    cloud, deadline = mounted.cloud, Deadline.after(mounted.clock, 60)
    watch = cloud.watch(deadline)
    for number in range(3):
        body = {"properties": {"name": f"dc{number}", "location": "de/fra"}}
        _answer, operation = cloud.send(
            Call("create", f"data center {number}", "POST", "datacenters", body), deadline
        )
        assert operation is not None and operation.request_id
        watch.add(operation.request_id, operation.what)
    waiting = set(watch.pending)
    mounted.service.journal.clear()
    mounted.clock.time += 10
    assert {each: status.says for each, status in watch.wait().items()} == dict.fromkeys(waiting, "DONE")
    assert len(mounted.calls) == reads
    assert all(call.startswith("GET requests") for call in mounted.calls)


def test_a_last_read_that_hangs_names_the_deadline_and_the_request() -> None:
    mounted = Mounted(seconds=1.0)
    mounted.run("datacenter", name="shop", location="de/fra")
    posted = False

    def hang(request: PreparedRequest, go: Callable[[], Response]) -> Response:
        nonlocal posted
        posted = posted or request.method == "POST"
        if posted and request.method == "GET" and "/lans" in str(request.url):
            mounted.clock.time += 60
            raise ReadTimeout("Read timed out")
        return go()

    intercept(mounted.cloud.transport, hang)
    with pytest.raises(
        OperationTimeout, match=r"wait_timeout=30 seconds; .* \(request [-0-9a-f]{36}\)"
    ) as caught:
        mounted.run("lan", datacenter="shop", name="front", public=True, wait_timeout=30)
    assert "api_timeout" not in str(caught.value)
