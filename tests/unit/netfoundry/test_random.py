# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whole networks that are made at random: foretold, built, read back, copied, changed, and killed at every write.

``OVERLAY_EXAMPLES`` in the environment says how many networks each test makes.
"""

from __future__ import annotations

import copy
import os
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from unit.netfoundry.overlay import Overlay
from unit.netfoundry.test_kinds import certificate

Site = dict[str, Any]
MANY = settings(
    max_examples=int(os.environ.get("OVERLAY_EXAMPLES", "5")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
KEY = ec.generate_private_key(ec.SECP256R1())
PEM = certificate("ca", KEY, "ca", KEY)
TAGS = ("#all", "#work", "#exits", "#Hosted")
PORTS = st.integers(1, 65535)

# What cannot be changed later goes with the name, so that a second network may be what becomes of a first.
PLACES: dict[str, Site] = {
    "oregon": {"provider": "AWS", "region": "us-west-2"},
    "Ohio [AWS]": {"provider": "AWS", "region": "us-east-2"},
    "branch": {},
}
CHECKS: dict[str, Callable[[st.DrawFn], Site]] = {
    "domain": lambda draw: {"type": "DOMAIN", "domains": draw(some(["acme", "example"], least=1))},
    "mac": lambda draw: {"type": "MAC", "mac_addresses": draw(some(["00:11:22:33:44:55"], least=1))},
    "factor": lambda draw: {"type": "MFA", "timeout_seconds": draw(st.sampled_from([-1, 60]))},
    "system": lambda draw: {
        "type": "OS",
        "operating_systems": [{"type": "Linux", "versions": draw(some(["6.1", "6.6"]))}],
    },
}


def some(values: Sequence[str], least: int = 0) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(list(values)), min_size=least, unique=True)


def meant(draw: st.DrawFn, named: Sequence[Site]) -> list[str]:
    """Role attributes, and mentions of what the network has."""
    return draw(some([*TAGS, *(f"@{each['name']}" for each in named)]))


def listed(draw: st.DrawFn, names: Sequence[str], make: Callable[[st.DrawFn, str], Site]) -> list[Site]:
    return [{"name": name, **make(draw, name)} for name in draw(some(names))]


def service(draw: st.DrawFn, name: str, routers: Sequence[Site], endpoints: Sequence[Site]) -> Site:
    """A service of the kind that its name says."""
    ingress = {"host": f"{name}.acme", "port": draw(PORTS)}
    low = draw(st.integers(1, 60000))
    kinds: dict[str, Callable[[], Site]] = {
        "sdk": lambda: {"client_ingress": ingress},
        "portal": lambda: {
            "client_ingress": ingress,
            "server_egress": {"protocol": draw(st.sampled_from(["tcp", "udp"])), "host": "h", "port": 1},
        },
        "echo": lambda: {
            "client_ingress": ingress,
            "edge_router_hosts": [
                {"edge_router": each["name"], "protocol": "tcp", "host": "eth0.me", "port": draw(PORTS)}
                for each in routers[: draw(st.integers(1, len(routers)))]
            ],
        },
        "measure": lambda: {
            "client_ingress": {
                "addresses": draw(some(["a.acme", "b.acme"], least=1)),
                "ports": [{"low": low, "high": low + draw(st.integers(0, 9))}],
                "protocols": draw(some(["tcp", "udp"], least=1)),
            },
            "server_egress": draw(st.sampled_from([{"host": "iperf"}, {"host": "iperf", "port": 5201}, {}])),
        },
        "plain": lambda: {
            "configs": [
                {"name": "plain-in", "type": "intercept.v1", "data": {"addresses": draw(some(["10.0.0.5"]))}},
                {"name": "plain-host", "type": "host.v1", "data": {"address": "h", "port": draw(PORTS)}},
            ]
        },
    }
    made = {"attributes": draw(some(TAGS[1:])), "encryption_required": draw(st.booleans()), **kinds[name]()}
    return made if name in ("plain", "echo") else made | {"bind_endpoint_attributes": meant(draw, endpoints)}


@st.composite
def sites(draw: st.DrawFn) -> Site:
    """The options of a network, each kind of object in it, and mentions of each."""
    tags = some(TAGS[1:])
    routers = listed(
        draw,
        list(PLACES),
        lambda draw, name: {
            **PLACES[name],
            "attributes": draw(tags),
            "link_listener": draw(st.booleans()),
            "tunneler_enabled": draw(st.booleans()),
        },
    )
    endpoints = listed(draw, ["laptop", "phone", "exit 1"], lambda draw, name: {"attributes": draw(tags)})
    checks = listed(draw, list(CHECKS), lambda draw, name: {"attributes": draw(tags), **CHECKS[name](draw)})
    kinds = ["sdk", "portal", "measure", "plain", *(["echo"] if routers else [])]
    services = listed(draw, kinds, lambda draw, name: service(draw, name, routers, endpoints))

    def policy(*lists: tuple[str, Sequence[Site]], **more: Any) -> Callable[[st.DrawFn, str], Site]:
        return lambda draw, name: {**{key: meant(draw, named) for key, named in lists}, **more}

    to, via = ("endpoint_attributes", endpoints), ("edge_router_attributes", routers)
    of, under = ("service_attributes", services), ("posture_check_attributes", checks)
    return {
        "name": "site",
        "edge_routers": routers,
        "endpoints": endpoints,
        "posture_checks": checks,
        "certificate_authorities": listed(
            draw,
            ["ca"],
            lambda draw, name: {
                "cert_pem": PEM,
                "auto_ca_enrollment_enabled": True,
                "auth_enabled": draw(st.booleans()),
                "endpoint_attributes": draw(tags),
            },
        ),
        "services": services,
        "edge_router_policies": listed(draw, ["routers"], policy(to, via)),
        "service_policies": listed(draw, ["bind", "dial"], policy(of, to, under))
        if draw(st.booleans())
        else [],
        "service_edge_router_policies": listed(draw, ["carry"], policy(of, via, semantic="AllOf")),
        "app_wans": listed(draw, ["open", "closed"], policy(to, of, under)),
    }


def typed(site: Site) -> Site:
    """The site with what the policies of services need: their types go with their names."""
    whole = copy.deepcopy(site)
    for each in whole["service_policies"]:
        each["type"] = each["name"].capitalize()
    return whole


def described(overlay: Overlay, name: str = "site") -> Site:
    (found,) = overlay.info("network", name=name, as_description=True)
    return {key: value for key, value in found.items() if key != "name"}


@MANY
@given(site=sites())
def test_a_network_is_built_as_foretold_reads_back_and_is_copied(site: Site) -> None:
    overlay, site = Overlay(), typed(site)
    foretold = overlay.check("network", **site)
    built = overlay.run("network", **site)
    assert foretold["plan"] == built["plan"] and foretold["diff"] == built["diff"]
    assert len(overlay.writes) == len(built["plan"])
    again = overlay.run("network", **site)
    assert again["plan"] == [] and not again["changed"] and again["unmanaged"] == [] and overlay.writes == []
    said = described(overlay)
    assert overlay.run("network", name="site", **said)["plan"] == []
    overlay.run("network", name="copy", **said)
    assert described(overlay, "copy") == said


@MANY
@given(first=sites(), second=sites())
def test_a_network_becomes_another(first: Site, second: Site) -> None:
    overlay = Overlay()
    overlay.run("network", **typed(first))
    wanted = {**typed(second), "purge": ["all"]}
    foretold = overlay.check("network", **wanted)
    done = overlay.run("network", **wanted)
    assert foretold["plan"] == done["plan"] and len(overlay.writes) == len(done["plan"])
    assert overlay.run("network", **wanted)["plan"] == []


class Killed(BaseException):
    """The task's process is gone."""


def killed(overlay: Overlay, wanted: Site, after: bool) -> bool:
    """Whether the task was killed: at its first write, before the platform has it or after that."""
    make = type(overlay.cloud).send

    def dying(self: Any, write: Any, deadline: Any) -> Any:
        if after:
            make(self, write, deadline)
        raise Killed

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(type(overlay.cloud), "send", dying)
        try:
            overlay.run("network", **wanted, concurrency=1)
        except Killed:
            return True
    return False


@MANY
@given(first=sites(), second=sites())
def test_killed_at_every_write_it_comes_to_the_same(first: Site, second: Site) -> None:
    """Built and then changed into another, by a process that ends with each write; the next goes on from there."""
    overlay, straight = Overlay(), Overlay()
    for site in (first, second):
        wanted = {**typed(site), "purge": ["all"]}
        straight.run("network", **wanted)
        writes = len(straight.writes)
        ended = 0
        while killed(overlay, wanted, after=True):
            ended += 1
        assert ended == writes
        assert described(overlay) == described(straight)
        # What the platform never had is done in the end.
        assert not killed(overlay, wanted, after=False)


@MANY
@given(site=sites(), data=st.data())
def test_a_write_that_never_came_is_made_by_a_rerun(site: Site, data: st.DataObject) -> None:
    overlay, wanted = Overlay(), typed(site)
    for _write in range(data.draw(st.integers(0, 8))):
        if not killed(overlay, wanted, after=True):
            return
    killed(overlay, wanted, after=False)
    overlay.run("network", **wanted)
    assert overlay.run("network", **wanted)["plan"] == []
