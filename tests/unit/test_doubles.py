# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two tasks that create the same at the same time: each is told, and which of the two to keep."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import ApiError, Doubled
from ansible_collections.profitbricks.cloud.plugins.module_utils._manage import execute
from catalogue import KINDS as KINDS_OF
from pocketvdc.testing import Api
from unit.mounted import Mounted
from unit.netfoundry.overlay import Overlay

KINDS: dict[str, tuple[str, dict[str, Any]]] = {
    "datacenter": ("datacenters", {"location": "de/fra"}),
    "server": ("servers", {"cores": 2, "ram": 2048}),
    "volume": ("volumes", {"size": 10, "licence_type": "OTHER"}),
    "lan": ("lans", {"public": False}),
    "ipblock": ("ipblocks", {"location": "de/fra", "size": 1}),
}
WIRE = {"licence_type": "licenceType"}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("first", [False, True])
def test_of_two_that_create_the_same_each_is_told_which_to_keep(
    monkeypatch: pytest.MonkeyPatch, kind: str, first: bool
) -> None:
    mounted = Mounted(seconds=2)
    api = Api(mounted.service)
    collection, more = KINDS[kind]
    parents: dict[str, Any] = {}
    home = f"/{collection}"
    if kind in ("server", "volume", "lan"):
        parents = {
            "datacenter": mounted.run("datacenter", name="shop", location="de/fra")["datacenter"]["id"]
        }
        home = f"/datacenters/{parents['datacenter']}/{collection}"
    theirs: list[str] = []
    send = mounted.cloud.send

    def both(write: Any, deadline: Any) -> Any:
        """The other task is as far as this one: neither has seen the other's object."""

        def other() -> None:
            properties = {WIRE.get(name, name): value for name, value in more.items()}
            theirs.append(api.make(home, name="twin", **properties).rsplit("/", 1)[1])
            mounted.clock.time += 1

        if first:
            other()
        answer = send(write, deadline)
        if not first:
            mounted.clock.time += 1
            other()
        return answer

    monkeypatch.setattr(mounted.cloud, "send", both)
    with pytest.raises(Doubled) as told:
        mounted.run(kind, name="twin", **parents, **more)
    assert len(told.value.ids) == 2 and (told.value.ids[0] == theirs[0]) == first
    assert f"Keep {told.value.ids[0]}" in str(told.value)
    assert len(mounted.writes) == 1 + 1  # this task's, and the other's


# Version 5 cannot list by name, and shows the server of a volume elsewhere.
@pytest.mark.parametrize(("kind", "version"), [*((kind, 6) for kind in KINDS), ("server", 5), ("lan", 5)])
def test_looking_for_doubles_costs_no_request(kind: str, version: int) -> None:
    mounted = Mounted(version)
    _collection, more = KINDS[kind]
    parents = {}
    if kind in ("server", "volume", "lan"):
        parents = {
            "datacenter": mounted.run("datacenter", name="shop", location="de/fra")["datacenter"]["id"]
        }
    made = mounted.run(kind, name="twin", **parents, **more)[kind]
    calls = mounted.calls
    since = calls[[call.split()[0] for call in calls].index("POST") :]
    assert [call.split()[0] for call in since] == ["POST", "GET", "GET"]  # made, awaited, read
    read = since[-1]
    assert read.endswith(made["id"]) == (version == 5)
    assert mounted.run(kind, id=made["id"], **parents)[kind] == made


# -- in and around a whole ------------------------------------------------------------------------------------------


def at_the_same_time(mounted: Mounted, kind: str, **options: Any) -> tuple[dict[str, Any], Doubled]:
    """Two tasks, the second of which does all its work when the first is about to write; what comes of each."""
    done: list[dict[str, Any]] = []
    send = mounted.cloud.send

    def second(write: Any, deadline: Any) -> Any:
        if not done:
            done.append({})
            other = mounted.client(mounted.version)
            done[0] = execute(KINDS_OF[f"profitbricks_{kind}"], options, False, other)
        return send(write, deadline)

    mounted.cloud.send = second  # type: ignore[method-assign]
    with pytest.raises(Doubled) as told:
        mounted.run(kind, **options)
    return done[0], told.value


@pytest.mark.parametrize("version", [5, 6])
def test_of_two_tasks_that_fill_one_data_center_one_is_told(version: int) -> None:
    mounted = Mounted(version)
    mounted.run("datacenter", name="shop", location="de/fra")
    server = {"name": "web", "cores": 1, "ram": 1024}
    done, told = at_the_same_time(mounted, "datacenter", name="shop", location="de/fra", servers=[server])
    assert done["changed"] and len(told.ids) == 2
    kept = done["tree"]["servers"][0]["id"]
    assert (
        f"servers: 2 servers are called 'web', because another task created one at the same time. Keep {told.ids[0]}"
        in str(told)
    )
    assert kept in told.ids
    # As it says: what is left is what either task wanted.
    (other,) = set(told.ids) - {told.ids[0]}
    mounted.run("server", datacenter="shop", id=other, state="absent")
    assert not mounted.run("datacenter", name="shop", location="de/fra", servers=[server])["changed"]


BALANCERS = ("network_load_balancers", "application_load_balancers")
COLLECTIONS = ("lans", "volumes", "security_groups", "loadbalancers", *BALANCERS)


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_whatever_of_a_data_center_is_doubled_is_told(collection: str) -> None:
    mounted = Mounted()
    mounted.run("datacenter", name="shop", location="de/fra", lans=[{"name": "inner"}, {"name": "deep"}])
    more: dict[str, Any] = {"volumes": {"size": 1, "licence_type": "OTHER"}}
    more |= dict.fromkeys(BALANCERS, {"listener_lan": "inner", "target_lan": "deep"})
    options = {collection: [{"name": "twin", **more.get(collection, {})}]}
    _done, told = at_the_same_time(mounted, "datacenter", name="shop", location="de/fra", **options)
    assert str(told).startswith(f"{collection}: 2 ")


def test_what_is_doubled_deep_in_a_data_center_is_told() -> None:
    mounted = Mounted()
    ids = mounted.shop()
    nics = [{"name": "front", "lan": 1}, {"name": "new", "lan": 1}]
    servers = [{"name": "web", "nics": nics}]
    _done, told = at_the_same_time(mounted, "datacenter", id=ids["datacenter"], name="shop", servers=servers)
    assert str(told).startswith("servers/web/nics: 2 NICs are called 'new'")


def test_what_is_doubled_in_a_single_object_is_told() -> None:
    mounted = Mounted()
    ids = mounted.shop()
    nics = [{"name": "front", "lan": 1}, {"name": "new", "lan": 1}]
    _done, told = at_the_same_time(mounted, "server", datacenter=ids["datacenter"], name="web", nics=nics)
    assert str(told).startswith("nics: 2 NICs are called 'new'")


def test_of_two_tasks_that_build_a_whole_data_center_one_is_told() -> None:
    mounted = Mounted()
    options = {"name": "shop", "location": "de/fra", "lans": [{"name": "inner"}]}
    done, told = at_the_same_time(mounted, "datacenter", **options)
    assert done["datacenter"]["id"] in told.ids and len(told.ids) == 2
    assert "name: 2 data centers are called 'shop'" in str(told)


def test_of_tasks_at_the_same_moment_no_two_take_their_own_for_the_only_one() -> None:
    """As hosts that delegate one creation do: all have looked before the first of them writes."""
    mounted = Mounted()
    hosts = 4
    ready = Barrier(hosts)

    def one(_host: int) -> bool:
        cloud = mounted.client(6)
        send, first = cloud.send, [True]

        def together(write: Any, deadline: Any) -> Any:
            if first.pop() if first else False:
                ready.wait(20)
            return send(write, deadline)

        cloud.send = together  # type: ignore[method-assign]
        options = {"name": "shop", "location": "de/fra", "lans": [{"name": "inner"}]}
        try:
            return bool(execute(KINDS_OF["profitbricks_datacenter"], options, False, cloud)["changed"])
        except Doubled as told:
            assert len(told.ids) > 1
            return False

    with ThreadPoolExecutor(hosts) as pool:
        assert sum(pool.map(one, range(hosts))) <= 1
    assert len(mounted.info("datacenter")) == hosts


def test_the_overlay_itself_refuses_a_second_of_one_name() -> None:
    overlay = Overlay()
    send, done = overlay.cloud.send, [False]

    def second(write: Any, deadline: Any) -> Any:
        if not done[0]:
            done[0] = True
            send(write, deadline)
        return send(write, deadline)

    overlay.cloud.send = second  # type: ignore[method-assign]
    with pytest.raises(ApiError, match="already in use"):
        overlay.run("endpoint", name="twin")
    assert [each["name"] for each in overlay.info("endpoint")] == ["twin"]
    assert not overlay.run("endpoint", name="twin")["changed"]
