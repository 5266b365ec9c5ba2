# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two tasks that create the same at the same time: each is told, and which of the two to keep."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import Doubled
from pocketvdc.testing import Api
from unit.mounted import Mounted

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
