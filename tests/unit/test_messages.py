# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a task says when it fails: each thing once, and to run it again only where that can help."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
import requests

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.apply import StepsFailed
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import (
    CloudError,
    ConnectionFailed,
    OperationTimeout,
    TooLong,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils._module import Edge
from unit.mounted import Mounted
from unit.netfoundry.overlay import Overlay
from unit.scripted import intercept

SHOP = {"name": "shop", "location": "de/fra"}
SERVERS = [{"name": name, "cores": 1, "ram": 1024} for name in ("a", "b")]
AGAIN = "run the task again to do the rest"


def shop() -> Mounted:
    world = Mounted()
    world.run("datacenter", **SHOP)
    return world


def failing(work: Callable[[], Any]) -> str:
    with pytest.raises(CloudError) as told:
        work()
    return str(told.value)


@pytest.mark.parametrize("contents", [{}, {"lans": [{"name": "inner"}]}])
def test_what_lasts_too_long_is_named_once(contents: dict[str, Any]) -> None:
    world = Mounted(seconds=900)
    said = failing(lambda: world.run("datacenter", **SHOP, **contents, wait_timeout=20))
    assert said.startswith("create of data center shop was not finished after wait_timeout=20 seconds")
    assert said.count("create of data center") == 1 and said.count("run the task again") == 1


def test_several_that_last_too_long_are_told_together() -> None:
    world = shop()
    world.service.settings.provision_seconds = 900
    with pytest.raises(StepsFailed) as told:
        world.run("datacenter", **SHOP, servers=SERVERS, wait_timeout=20)
    said = str(told.value)
    assert said.startswith("create of server a, create of server b were not finished after wait_timeout=20 ")
    assert said.count("create of server a") == said.count("run the task again") == 1 and AGAIN not in said
    first, second = told.value.facts()["failed_steps"]
    assert first["request_id"] != second["request_id"]


def test_the_same_of_the_overlay() -> None:
    overlay = Overlay(seconds=900)
    endpoints = [{"name": "a"}, {"name": "b"}]
    said = failing(lambda: overlay.run("network", name="net", endpoints=endpoints, wait_timeout=20))
    assert said.count("create of endpoint a") == said.count("run the task again") == 1


def test_what_the_service_could_not_carry_out_is_named_once() -> None:
    world = shop()
    world.fault("fail_request", "POST", "servers", message="[VDC-1] no luck")
    said = failing(lambda: world.run("datacenter", **SHOP, servers=SERVERS))
    assert said.startswith("create of server a failed: [VDC-1] no luck (request ")
    assert said.count("create of server a") == 1 and said.endswith(f"Done: 1 of 2 steps; {AGAIN}")


@pytest.mark.parametrize(("status", "helps"), [(422, False), (403, False), (500, False), (503, True)])
def test_it_advises_to_run_the_task_again_only_where_that_can_help(status: int, helps: bool) -> None:
    world = shop()
    world.fault("status", "POST", "servers", status=status, times=0)
    said = failing(lambda: world.run("datacenter", **SHOP, servers=SERVERS))
    assert said.count(f"HTTP {status}") == 2
    assert (AGAIN in said) is helps
    assert ("may have carried it out all the same" in said) == (status >= 500)


@pytest.mark.parametrize("contents", [{}, {"servers": SERVERS}, {"lans": []}])
def test_a_last_read_that_hangs_names_wait_timeout_and_the_request(
    contents: dict[str, Any],
) -> None:
    world = falling_silent()
    change = {"description": "new"}
    with pytest.raises(OperationTimeout) as told:
        world.run("datacenter", **SHOP, **change, **contents, wait_timeout=20)
    said = str(told.value)
    assert "wait_timeout=20" in said and "(request " in said and "api_timeout" not in said
    assert told.value.facts()["request_id"]


@pytest.mark.parametrize("contents", [{}, {"servers": SERVERS}, {"lans": []}])
def test_a_last_read_that_fails_earlier_says_what_was_accepted_before(contents: dict[str, Any]) -> None:
    world = falling_silent()
    with pytest.raises(ConnectionFailed) as told:
        world.run("datacenter", **SHOP, description="new", **contents)
    failure = Edge.failure(told.value)
    accepted = (
        f"Before that, the service accepted a change (request {failure['request_id']}): run the task again"
    )
    assert failure["changed"] and failure["msg"].endswith(f"or try later. {accepted}")


def falling_silent() -> Mounted:
    """A world with a data center, in which nothing but requests is answered once something was written."""
    world = shop()
    world.retries = 0
    cloud = world.client(6)
    world.cloud = cloud
    world.run("datacenter", **SHOP)
    session, written = cloud.transport.session, [False]
    send = session.send

    def hang(request: Any, timeout: float, **options: Any) -> Any:
        if written[0] and request.method == "GET" and "/requests" not in request.path_url:
            world.clock.time += timeout
            raise requests.ReadTimeout("timed out")
        written[0] |= request.method != "GET"
        return send(request, timeout=timeout, **options)

    session.send = hang  # type: ignore[assignment,method-assign]
    return world


LONG_PORT = {"name": "ssh", "protocol": "TCP", "port_range_start": 99999}
NUMBERED = {**SERVERS[0], "name": "w-%02d", "count": 7}


@pytest.mark.parametrize(
    ("kind", "options", "said"),
    [
        (
            "datacenter",
            {"servers": [{**SERVERS[0], "ram": 100}]},
            "servers/a: ram: 100 MB is below the minimum, 256 MB",
        ),
        (
            "datacenter",
            {"servers": [{**SERVERS[0], "name": "w-%02d", "count": 2, "ram": 100}]},
            "servers/w-%02d: ram: 100 MB is below the minimum, 256 MB",
        ),
        (
            "datacenter",
            {"servers": [{**SERVERS[0], "name": "w-%02d", "count": -1}]},
            "servers/w-%02d: count: -1 is below the minimum, 0",
        ),
        (
            "datacenter",
            {"servers": [{**SERVERS[0], "name": "web", "count": 2}]},
            "servers/web: name: needs a placeholder for the number, such as %02d, because of count",
        ),
        (
            "datacenter",
            {"servers": [{**NUMBERED, "volumes": [{"name": "w-%02d-boot", "size": 0}]}]},
            "servers/w-%02d/volumes/w-%02d-boot: size: 0 GB is below the minimum, 1 GB",
        ),
        (
            "datacenter",
            {"servers": [{**NUMBERED, "nics": [{"name": "n%d", "lan": 1, "ips": ["10.0.0.25%d"]}]}]},
            "servers/w-%02d/nics/n%d: ips: '10.0.0.256' is not an IP address, such as 203.0.113.10",
        ),
        (
            "datacenter",
            {"servers": [{**NUMBERED, "nics": [{"name": "n", "lan": 1, "firewall_rules": [LONG_PORT]}]}]},
            "servers/w-%02d/nics/n/firewall_rules/ssh: port_range_start: 99999 is above the maximum, 65535",
        ),
        (
            "datacenter",
            {"servers": [{**SERVERS[0], "volumes": [{"name": "boot", "size": 0}]}]},
            "servers/a/volumes/boot: size: 0 GB is below the minimum, 1 GB",
        ),
        (
            "server",
            {
                **SERVERS[0],
                "datacenter": "shop",
                "nics": [{"name": "n", "lan": 1, "firewall_rules": [LONG_PORT]}],
            },
            "nics/n/firewall_rules/ssh: port_range_start: 99999 is above the maximum, 65535",
        ),
    ],
)
def test_of_several_objects_that_at_fault_is_named(kind: str, options: dict[str, Any], said: str) -> None:
    world = shop()
    with pytest.raises(CloudError) as caught:
        world.run(kind, **{**(SHOP if kind == "datacenter" else {}), **options})
    assert str(caught.value) == said and world.writes == []


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("web ", "begins or ends with a space"),
        ("web\n", "begins or ends with a space"),
        ("{{ server }}", "contains a template that was not evaluated"),
        ("web-%02d", "contains a number placeholder, which only works with count"),
    ],
)
def test_a_new_name_that_nobody_means_is_warned_of(name: str, what: str) -> None:
    mounted = Mounted()
    ids = mounted.shop()
    single = {"datacenter": ids["datacenter"], "name": name, "cores": 1, "ram": 1024}
    tree = {"name": "shop", "servers": [{"name": "web", "nics": [{"name": name, "lan": "public"}]}]}
    assert mounted.check("server", **single)["warnings"] == [f"name: {name!r} {what}"]
    assert mounted.run("datacenter", **tree)["warnings"] == [f"servers/web/nics/{name}/name: {name!r} {what}"]
    assert mounted.run("datacenter", **tree)["warnings"] == []


@pytest.mark.parametrize("name", ["web 01", "100%", "a{b}", "50%-down"])
def test_an_unusual_name_is_not_warned_of(name: str) -> None:
    mounted = Mounted()
    ids = mounted.shop()
    new = {"datacenter": ids["datacenter"], "name": name, "cores": 1, "ram": 1024}
    assert mounted.check("server", **new)["warnings"] == []


def test_counted_names_are_not_warned_of() -> None:
    mounted = Mounted()
    mounted.shop()
    told = mounted.check(
        "datacenter", name="shop", servers=[{"name": "a-%02d", "count": 2, "cores": 1, "ram": 1024}]
    )
    assert told["warnings"] == []


LONG = "x" * 5000
IN_SHOP = {"datacenter": "shop"}
NEW_DISK = {**IN_SHOP, "name": "a", "size": 10, "image_password": "secret12pw"}
# Options that end in the address of a read: of the object, what it is in, and what it names.
TOO_LONG = [
    ("datacenter", {"name": LONG, "location": "de/fra"}, "name"),
    ("datacenter", {"name": LONG, "lans": []}, "name"),
    ("datacenter", {"name": "shop", "lans": [{"name": "a", "pcc": LONG}]}, "lans/a: pcc"),
    (
        "datacenter",
        {"name": "shop", "servers": [{**SERVERS[0], "volumes": [{"name": "v", "size": 1, "image": LONG}]}]},
        "servers/a/volumes/v: image",
    ),
    ("lan", {**IN_SHOP, "name": LONG}, "name"),
    ("lan", {"datacenter": LONG, "name": "a"}, "datacenter"),
    ("nic", {**IN_SHOP, "server": LONG, "name": "a", "lan": 1}, "server"),
    ("volume", {**NEW_DISK, "image": LONG}, "image"),
    ("server", {**IN_SHOP, "name": "a", "type": "CUBE", "template": LONG}, "template"),
    ("label", {**IN_SHOP, "key": LONG, "value": "x"}, "key"),
    ("user", {"email": f"{LONG}@example.com", "firstname": "a", "lastname": "b"}, "email"),
    ("group", {"name": LONG}, "name"),
    ("ipblock", {"name": LONG, "location": "de/fra", "size": 1}, "name"),
    ("pcc", {"name": LONG}, "name"),
]


@pytest.mark.parametrize(
    ("kind", "options", "option"), TOO_LONG, ids=[f"{kind}-{option}" for kind, _options, option in TOO_LONG]
)
def test_a_text_that_is_too_long_for_an_address_is_told_by_its_option(
    kind: str, options: dict[str, Any], option: str
) -> None:
    world = shop()
    intercept(world.cloud.transport, refusing_long)
    with pytest.raises(TooLong) as caught:
        world.run(kind, **options)
    caught.value.found_in(options)
    length = len(options.get("email", LONG))
    assert str(caught.value).startswith(
        f"{option}: a text of {length} characters is too long for the service (GET "
    )
    assert str(caught.value).endswith(": HTTP 414)") and len(str(caught.value)) < 300
    assert world.writes == []


def refusing_long(
    request: requests.PreparedRequest, go: Callable[[], requests.Response]
) -> requests.Response:
    """As a web server does that takes addresses of 4000 characters."""
    if len(request.url or "") <= 4000:
        return go()
    answer = requests.Response()
    answer.status_code, answer.headers["Content-Type"] = 414, "text/html"
    answer.raw = io.BytesIO(b"<html>Request-URI Too Long</html>")
    return answer


def test_so_is_one_that_an_info_module_looks_for() -> None:
    world = shop()
    intercept(world.cloud.transport, refusing_long)
    with pytest.raises(TooLong) as caught:
        world.info("server", **IN_SHOP, name=LONG)
    caught.value.found_in({**IN_SHOP, "name": LONG})
    assert str(caught.value).startswith("name: a text of 5000 characters is too long for the service")


@pytest.mark.parametrize("options", [{"name": LONG}, {"network": LONG, "name": "a"}], ids=["own", "parent"])
def test_so_is_one_of_the_overlay(options: dict[str, str]) -> None:
    world = Overlay()
    intercept(world.cloud.transport, refusing_long)
    with pytest.raises(TooLong) as caught:
        world.run("endpoint", **options)
    caught.value.found_in(options)
    option = next(name for name, value in options.items() if value == LONG)
    assert str(caught.value).startswith(
        f"{option}: a text of 5000 characters is too long for the service (GET "
    )


def test_a_long_part_of_a_path_is_not_repeated() -> None:
    world = shop()
    intercept(world.cloud.transport, refusing_long)
    with pytest.raises(TooLong, match=r"^a text of 5000 .* \(GET labels/\.\.\./x: HTTP 414\)$") as caught:
        world.cloud.transport.call("GET", f"labels/{LONG}/x", {"depth": 1})
    assert caught.value.text == LONG


def test_no_option_is_blamed_for_headers_that_are_too_long() -> None:
    def refusing(request: requests.PreparedRequest, go: Callable[[], requests.Response]) -> requests.Response:
        answer = requests.Response()
        answer.status_code, answer.raw = 431, io.BytesIO(b"Request Header Fields Too Large")
        return answer

    world = shop()
    intercept(world.cloud.transport, refusing)
    said = failing(lambda: world.run("lan", **IN_SHOP, name="a"))
    assert "HTTP 431" in said and "characters is too long" not in said


def test_a_long_value_is_shown_by_its_beginning_and_its_length() -> None:
    world = shop()
    said = failing(lambda: world.run("lan", datacenter=LONG, name="a"))
    shown = f"'{'x' * 50}...' (5000 characters)"
    assert said == f"datacenter: there is no data center {shown}; check the name or id, or create it first"
    said = failing(lambda: world.run("k8s_cluster", name=LONG))
    assert said.startswith(f"name: {shown} is not a name that the service accepts: ")
    said = failing(lambda: world.run("lan", **IN_SHOP, id=LONG, name="a"))
    assert said.startswith(f"id: {shown} is not the number")


@pytest.mark.parametrize(
    ("kind", "options", "said"),
    [
        ("server", {**IN_SHOP, "name": "a", "hostname": "x" * 64}, "hostname: 'x"),
        ("security_group", {**IN_SHOP, "name": "x" * 61}, "name: 'x"),
        ("security_group", {**IN_SHOP, "name": "a", "description": "x" * 301}, "description: 'x"),
        (
            "volume",
            {**NEW_DISK, "image": "ubuntu:latest", "ssh_keys": ["ssh-rsa " + "A" * 8185]},
            "ssh_keys: a key of 8193 characters is too long; the service takes at most 8192",
        ),
        ("k8s_cluster", {"name": "x" * 64}, "name: 'x"),
    ],
)
def test_what_the_service_limits_is_refused_before_any_request(
    kind: str, options: dict[str, Any], said: str
) -> None:
    world = shop()
    world.service.journal.clear()
    assert failing(lambda: world.run(kind, **options)).startswith(said) and world.calls == []
