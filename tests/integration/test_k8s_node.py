# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Nodes of Kubernetes clusters: read, replaced and deleted one by one, and none is created."""

from __future__ import annotations

import pytest

from integration.runner import Runner, task

CHECK = {"check_mode": True, "diff": True}
DIFF = {"diff": True}
WORKERS = {"k8s_cluster": "shop", "k8s_nodepool": "workers"}
FIRST = {"name": "{{ all.k8s_nodes[0].name }}"}
SECOND = {"name": "{{ all.k8s_nodes[1].name }}"}


def pool(play: Runner) -> dict[str, str]:
    """A node pool of two nodes; ids by kind."""
    ids = play.shop()
    cluster = play.call("POST", "k8s", {"properties": {"name": "shop"}})["id"]
    properties = {
        "name": "workers",
        "datacenterId": ids["datacenter"],
        "nodeCount": 2,
        "coresCount": 1,
        "ramSize": 2048,
        "storageType": "HDD",
        "storageSize": 20,
        "availabilityZone": "AUTO",
    }
    path = f"k8s/{cluster}/nodepools"
    return {"k8s_cluster": cluster, "k8s_nodepool": play.call("POST", path, {"properties": properties})["id"]}


@pytest.mark.parametrize("version", [5, 6])
def test_the_life_of_a_node(play: Runner, version: int) -> None:
    ids = pool(play)
    by_id = {**ids, "id": "{{ all.k8s_nodes[0].id }}"}
    second_by_id = {**ids, "id": "{{ all.k8s_nodes[1].id }}"}
    # What is replaced is gone: the nodes are others now.
    new = {"name": "{{ now.k8s_nodes[0].name }}"}
    new_by_id = {**ids, "id": "{{ now.k8s_nodes[0].id }}"}
    done = play(
        [
            task("all", "k8s_node_info", {"register": "all"}, **WORKERS),
            task("by name", "k8s_node_info", **WORKERS, **FIRST),
            task("by id", "k8s_node_info", **by_id),
            task("there", "k8s_node", DIFF, **WORKERS, **FIRST),
            task("there, by ids", "k8s_node", **by_id),
            task("foretell replacing", "k8s_node", CHECK, **by_id, state="replaced"),
            task("replace", "k8s_node", DIFF, **WORKERS, **FIRST, state="replaced"),
            task("replace the other", "k8s_node", **second_by_id, state="replaced"),
            task("now", "k8s_node_info", {"register": "now"}, **WORKERS),
            task("no such node", "k8s_node", **WORKERS, name="nowhere"),
            task("no such node to replace", "k8s_node", **WORKERS, name="nowhere", state="replaced"),
            task("foretell deleting", "k8s_node", CHECK, **new_by_id, state="absent"),
            task("delete", "k8s_node", DIFF, **WORKERS, **new, state="absent"),
            task("delete again", "k8s_node", DIFF, **WORKERS, **new, state="absent"),
            task("delete again by id", "k8s_node", **new_by_id, state="absent"),
            task("no such pool", "k8s_node", **{**WORKERS, "k8s_nodepool": "x"}, **new, state="absent"),
            task("left", "k8s_nodepool_info", **{"k8s_cluster": "shop"}, nodes=True),
        ],
        version=version,
    )
    first, second = done["all"]["k8s_nodes"]
    gone, stays = done["now"]["k8s_nodes"]
    assert {first["id"], second["id"]}.isdisjoint({gone["id"], stays["id"]})
    assert first["state"] == "READY" and first["k8s_nodepool_id"] == ids["k8s_nodepool"]
    assert done["by name"]["k8s_nodes"] == done["by id"]["k8s_nodes"] == [first]
    for name, most in (("there", 2), ("there, by ids", 1)):
        assert not done[name].changed and done[name]["k8s_node"] == first and len(done[name].calls) == most
    assert done["foretell replacing"].changed and done["foretell replacing"].writes == []
    for name in ("replace", "replace the other"):
        assert done[name].changed and done[name]["actions"] == ["replace"] and done[name].writes == ["POST"]
        assert done[name]["k8s_node"]["state"] == "READY"
    for name in ("no such node", "no such node to replace"):
        assert done[name].msg == (
            "name: there is no node 'nowhere' in the node pool; nodes are created by their node pool: set its node_count"
        )
    assert done["foretell deleting"].changed and done["foretell deleting"].diff == done["delete"].diff
    assert done["delete"].changed and done["delete"]["k8s_node"] is None
    for name in ("delete again", "delete again by id", "no such pool"):
        assert not done[name].changed and done[name].writes == []
    (left,) = done["left"]["k8s_nodepools"]
    # A pool of fixed size is filled up again.
    kept = [each["id"] for each in left["nodes"]]
    assert left["node_count"] == len(kept) == 2 and stays["id"] in kept and gone["id"] not in kept


def test_a_replacement_is_awaited(play: Runner) -> None:
    pool(play)
    slow = ("settings", {"provision_seconds": 2})
    done = play(
        [
            task("all", "k8s_node_info", {"register": "all"}, **WORKERS),
            task(
                "not awaited",
                "k8s_node",
                {"before": [slow]},
                **WORKERS,
                **FIRST,
                state="replaced",
                wait=False,
            ),
            task("meanwhile", "k8s_node_info", **WORKERS, **FIRST),
            task("awaited", "k8s_node", **WORKERS, **SECOND, state="replaced"),
            task("afterwards", "k8s_node_info", **WORKERS),
        ]
    )
    assert done["not awaited"].changed and done["not awaited"]["request_id"]
    assert [each["state"] for each in done["meanwhile"]["k8s_nodes"]] == ["REBUILDING"]
    assert done["awaited"].changed
    old = {each["id"] for each in done["all"]["k8s_nodes"]}
    found = done["afterwards"]["k8s_nodes"]
    assert [each["state"] for each in found] == ["READY", "READY"]
    assert old.isdisjoint(each["id"] for each in found)
