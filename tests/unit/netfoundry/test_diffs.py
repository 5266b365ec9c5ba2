# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What diff mode shows of an object: the same by its own module and within its network, and nothing but what is said."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from catalogue import KINDS
from unit.netfoundry.overlay import Overlay
from unit.netfoundry.test_random import PEM

Options = dict[str, Any]
INGRESS = {"client_ingress": {"host": "a.acme", "port": 1}}
ADVANCED = {"addresses": ["a.acme"], "ports": [{"low": 1, "high": 2}], "protocols": ["tcp"]}
BIND = {"bind_endpoint_attributes": ["#x"]}
LINUX = {"type": "Linux", "versions": ["6.1"]}
# Each kind, what it is made of, and two changes of it.
ROWS: list[tuple[str, Options, list[Options]]] = [
    ("edge_router", {"provider": "AWS", "region": "us-west-2"}, [{"link_listener": False}, {"attributes": ["#b"]}]),
    ("endpoint", {"attributes": ["#a"]}, [{"attributes": []}, {"append": {"attributes": ["#c"]}}]),
    ("posture_check", {"type": "MFA"}, [{"timeout_seconds": 60}, {"ignore_legacy_endpoints": True}]),
    (
        "posture_check",
        {"type": "OS", "operating_systems": [LINUX]},
        [{"operating_systems": [LINUX, {"type": "Windows"}]}, {"operating_systems": [{"type": "Linux"}]}],
    ),
    (
        "certificate_authority",
        {"cert_pem": PEM, "auto_ca_enrollment_enabled": True},
        [{"auth_enabled": True}, {"endpoint_attributes": ["#a"]}],
    ),
    ("service", {**INGRESS, **BIND}, [{"client_ingress": {"host": "b.acme", "port": 1}}, {"encryption_required": False}]),
    (
        "service",
        {**INGRESS, **BIND, "server_egress": {"protocol": "tcp", "host": "h", "port": 1}},
        [{"server_egress": {"protocol": "udp", "host": "h", "port": 1}}, {"bind_endpoint_attributes": ["#y"]}],
    ),
    (
        "service",
        {**BIND, "client_ingress": ADVANCED, "server_egress": {"host": "iperf"}},
        [{"server_egress": {"host": "x"}}, {"server_egress": {"forward_host": True, "allowed_hosts": ["*.acme"]}}, {"server_egress": {"port": 9}}],
    ),
    (
        "service",
        {**INGRESS, "edge_router_hosts": [{"edge_router": "r", "protocol": "tcp", "host": "h", "port": 1}]},
        [{"edge_router_hosts": [{"edge_router": "r", "protocol": "tcp", "host": "h", "port": 2}]}],
    ),
    ("service", {"configs": [{"name": "c", "type": "host.v1", "data": {"port": 1}}]}, [{"attributes": ["#a"]}]),
    ("edge_router_policy", {"endpoint_attributes": ["#a"], "edge_router_attributes": ["#b"]}, [{"semantic": "AllOf"}]),
    (
        "service_policy",
        {"type": "Dial", "endpoint_attributes": ["#a"], "service_attributes": ["#b"]},
        [{"append": {"service_attributes": ["#c"]}}, {"posture_check_attributes": ["#p"]}],
    ),
    (
        "service_edge_router_policy",
        {"service_attributes": ["#a"], "edge_router_attributes": ["#b"]},
        [{"remove": {"service_attributes": ["#a"]}}],
    ),
    ("app_wan", {"endpoint_attributes": ["#a"], "service_attributes": ["#b"]}, [{"endpoint_attributes": ["#a", "#c"]}]),
]  # fmt: skip


def one_of(text: str, collection: str) -> Options:
    """What the diff of a network shows of the object under test."""
    listed = (yaml.safe_load(text) or {}).get(collection, [])
    return next((each for each in listed if each["name"] == "one"), {})


def unset(value: Any) -> Iterator[Any]:
    """What is not set, at any depth."""
    if value in (None, [], {}, ""):
        yield value
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from unset(each)


@pytest.mark.parametrize(
    ("kind", "made", "changes"), ROWS, ids=[f"{row[0]}-{number}" for number, row in enumerate(ROWS)]
)
def test_the_diffs_of_a_module_and_of_a_network_are_equally_clean(
    kind: str, made: Options, changes: list[Options]
) -> None:
    collection = KINDS[f"netfoundry_{kind}"].resource.plural
    others = [{"name": "r"}] if kind == "edge_router" else []
    alone, within = Overlay(), Overlay()
    for overlay in (alone, within):
        overlay.run("edge_router", name="r")

    def both(task: Options | None) -> tuple[Options, Options]:
        """The diffs of both forms, where a task of None deletes."""
        if task is None:
            listed: Options = {collection: others, "purge": [collection]}
            single = alone.run(kind, name="one", state="absent")["diff"]
        else:
            listed = {collection: [*others, {"name": "one", **task}]}
            single = alone.run(kind, name="one", **task)["diff"]
        texts = within.run("network", name="net", **listed)["diff"]
        single, tree = ({side: diff[side] for side in ("before", "after")} for diff in (single, texts))
        tree = {side: one_of(text, collection) for side, text in tree.items()}
        single["before"].pop("id", None)
        if task is not None and single["before"]:
            for side in tree.values():
                side.pop(
                    "name"
                )  # which tells the object from its neighbours, where the header of a single one does
        if task is not None and not single["before"]:
            # A network is described in the words of its task; a single object also says what goes without saying.
            assert tree["after"] == {"name": "one", **task} and single["after"].keys() >= tree["after"].keys()
            tree["after"] = single["after"]
        return single, tree

    for task in (made, None, made, *changes):
        single, tree = both(task)
        assert single == tree and single["before"] != single["after"]
        for side in single.values():
            # A list that a change fills or empties is none before or after it; within a value, nothing is unset.
            assert not [each for value in side.values() if value for each in unset(value)]
            if not single["before"] or not single["after"]:
                assert not [name for name, value in side.items() if value in (None, [], "")]
