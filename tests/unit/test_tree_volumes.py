# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Volumes that move at random between the servers of a data center: one run brings them there, or it is refused whole.

The environment variable RANDOM_DATA_CENTERS says how many worlds there are.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import CloudError
from unit.mounted import Mounted

Options = dict[str, Any]
SERVERS, VOLUMES = ("a", "b", "c"), ("u", "v", "w", "x")
MANY = int(os.environ.get("RANDOM_DATA_CENTERS", "40"))
EMPTY = {"size": 2, "licence_type": "OTHER"}


def server(name: str, volumes: list[Options], boots: str | None) -> Options:
    boot = {} if boots is None else {"boot_volume": boots}
    return {"name": name, "cores": 1, "ram": 1024, "volumes": volumes, **boot}


@st.composite
def placed(draw: st.DrawFn) -> Options:
    """A data center in which each volume is somewhere, or nowhere."""
    where = {name: draw(st.sampled_from((None, "", *SERVERS))) for name in VOLUMES}
    servers = []
    for name in draw(st.lists(st.sampled_from(SERVERS), unique=True)):
        own = [volume for volume, place in where.items() if place == name]
        boots = draw(st.sampled_from([None, *own]))
        servers.append(server(name, [{"name": each, **EMPTY} for each in own], boots))
    loose = [{"name": each, **EMPTY} for each, place in where.items() if place == ""]
    return {"name": "shop", "location": "de/fra", "servers": servers, "volumes": loose}


@st.composite
def worlds(draw: st.DrawFn) -> tuple[Options, Options]:
    """What is there, and what is asked for; ``id of NAME`` stands for a volume's id."""
    there, asked = draw(placed()), draw(placed())
    known = {each["name"] for one in there["servers"] for each in one["volumes"]} | {
        each["name"] for each in there["volumes"]
    }

    def told(name: str) -> Options:
        forms: list[Options] = [{"name": name, **EMPTY}, {"name": name}]
        if name in known:
            forms += [{"id": f"id of {name}"}, {"id": f"id of {name}", "name": name}]
        return draw(st.sampled_from(forms))

    for one in asked["servers"]:
        extra = draw(st.sampled_from([[], [], [], [*VOLUMES]]))
        one["volumes"] = [told(each["name"]) for each in one["volumes"]]
        if extra:
            one["volumes"].append(told(draw(st.sampled_from(extra))))
        if draw(st.integers(0, 5)) == 0:
            one["boot_volume"] = draw(st.sampled_from(VOLUMES))
        if draw(st.integers(0, 4)) == 0:
            del one["volumes"]
    asked["volumes"] = [told(each["name"]) for each in asked["volumes"]]
    if draw(st.integers(0, 3)) == 0:
        del asked["volumes"]
    purge = draw(st.sampled_from([[], [], ["volumes"], ["servers"], ["servers", "volumes"]]))
    return there, {**asked, "purge": purge}


def filled(asked: Any, ids: dict[str, str]) -> Any:
    """The same with real ids."""
    if isinstance(asked, dict):
        return {key: filled(value, ids) for key, value in asked.items()}
    if isinstance(asked, list):
        return [filled(each, ids) for each in asked]
    return ids.get(asked, asked) if isinstance(asked, str) else asked


def attempt(form: Any, options: Options) -> tuple[Options | None, str]:
    try:
        return form("datacenter", **options), ""
    except CloudError as error:
        return None, str(error)


def steps(result: Options) -> list[tuple[str, str]]:
    return [(each["verb"], each["path"]) for each in result["plan"]]


@settings(max_examples=MANY)
@given(world=worlds())
def test_they_come_to_where_they_are_listed_or_nothing_happens(world: tuple[Options, Options]) -> None:
    there, asked = world
    mounted = Mounted()
    made = mounted.run("datacenter", **there)["tree"]
    options = filled(asked, {f"id of {each['name']}": each["id"] for each in made["volumes"]})
    foretold, refused = attempt(mounted.check, options)
    assert mounted.writes == []
    done, refusal = attempt(mounted.run, options)
    assert refusal == refused
    if done is None or foretold is None:
        assert mounted.writes == []
        return
    assert steps(done) == steps(foretold) and done["changed"] == foretold["changed"]
    assert "warnings" not in done or not done["warnings"], done["warnings"]
    again = mounted.run("datacenter", **options)
    assert steps(again) == [] and not again["changed"]
    names = {each["id"]: each["name"] for each in again["tree"]["volumes"]}
    holds = {each["name"]: each for each in again["tree"]["servers"]}

    def named(volumes: Iterable[Options]) -> set[str]:
        return {each.get("name") or names[each["id"]] for each in volumes}

    mentioned = set().union(*(named(each.get("volumes", ())) for each in (options, *options["servers"])))
    for one in options["servers"]:
        has = holds[one["name"]]
        if "volumes" in one:
            listed = named(one["volumes"])
            listed |= {one.get("boot_volume")} & named(options.get("volumes", ()))
            more = {names[each["id"]] for each in has["volumes"]} ^ listed
            # What a server boots from may be listed for the data center. What nobody lists stays where it is, if it may.
            assert not more & mentioned and not (more and "volumes" in asked["purge"])
        if "boot_volume" in one:
            assert names[has["boot_volume"]] == one["boot_volume"]
