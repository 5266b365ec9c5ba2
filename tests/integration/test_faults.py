# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The fault proxy itself: each fault is what it says, seen from both of its sides."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import requests

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.clock import Clock, Deadline
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import (
    ApiError,
    ConnectionFailed,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.http import patience
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.http.transport import (
    Credentials,
    Transport,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks import client
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.connection import Connection
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.resources.datacenters import (
    DATACENTER,
)
from faults import KINDS, Fault, FaultProxy, Reply
from pocketvdc import Cloud, Server

LOGIN = {"Authorization": "Bearer demo-token"}
BODY = {"properties": {"name": "shop", "location": "de/fra"}}


class Link:
    """The emulator behind a proxy, and a client before it."""

    def __init__(self, server: Server, proxy: FaultProxy) -> None:
        self.server = server
        self.proxy = proxy

    def post(self, timeout: float = 5.0) -> requests.Response:
        return requests.post(
            f"{self.proxy.url}/cloudapi/v6/datacenters", json=BODY, headers=LOGIN, timeout=timeout
        )

    def there(self) -> int:
        """How many data centers the service has."""
        answer = requests.get(f"{self.server.url}/cloudapi/v6/datacenters", headers=LOGIN, timeout=5)
        return len(answer.json()["items"])


@pytest.fixture
def link() -> Iterator[Link]:
    with Server(Cloud(provision_seconds=0.0)) as server, FaultProxy(server.url, seed=1) as proxy:
        yield Link(server, proxy)


def test_without_a_fault_nothing_is_changed(link: Link) -> None:
    assert link.post().status_code == 202 and link.there() == 1
    assert [each.kind for each in link.proxy.calls] == [""]


@pytest.mark.parametrize(
    ("fault", "heard", "made"),
    [
        (Fault("late", seconds=0.1), False, 1),
        (Fault("slow", seconds=0.1), True, 1),
        (Fault("held", seconds=0.1), True, 1),
        (Fault("double"), True, 2),
        (Fault("drop_before"), False, 0),
        (Fault("drop_after"), False, 1),
        (Fault("drip", seconds=0.1), True, 1),
        (Fault("drip_body", seconds=0.1), True, 1),
        (Fault("truncate"), False, 1),
        (Fault("replace", body=b"{}"), True, 1),
        (Fault("refuse"), True, 0),
    ],
    ids=lambda value: value.kind if isinstance(value, Fault) else "",
)
def test_each_fault(fault: Fault, heard: bool, made: int, link: Link) -> None:
    assert fault.kind in KINDS
    link.proxy.add(fault)
    if heard:
        answer = link.post()
        assert answer.status_code == (503 if fault.kind == "refuse" else 202)
        assert fault.body is None or answer.content == fault.body
    else:
        with pytest.raises(requests.RequestException):
            answer = link.post()
            # Older releases of urllib3 say nothing of a body that ends too soon.
            if len(answer.content) < int(answer.headers["Content-Length"]):
                raise requests.ConnectionError
        assert fault.kind != "late" or link.there() == 0
    link.proxy.settle()
    assert link.there() == made == len(link.proxy.delivered)
    assert link.post().ok  # it was done to one call


def test_a_client_that_does_not_wait_does_not_stop_what_is_slow(link: Link) -> None:
    link.proxy.add(Fault("slow", seconds=0.4))
    with pytest.raises(requests.Timeout):
        link.post(timeout=0.1)
    assert link.there() == 0
    link.proxy.settle()
    assert link.there() == 1


def test_faults_are_for_the_calls_that_they_mean(link: Link) -> None:
    link.proxy.add(Fault("refuse", "PATCH", times=0))
    link.proxy.add(Fault("refuse", path="/servers", times=0))
    link.proxy.add(Fault("replace", "POST", "datacenters$", times=2, status=418))
    assert [link.post().status_code for _call in range(3)] == [418, 418, 202]
    link.proxy.add(Fault("replace", change=lambda reply: Reply(reply.status, body=reply.body[:3])))
    assert len(link.post().content) == 3
    with pytest.raises(ValueError, match="there is no fault 'odd'"):
        Fault("odd")


def test_a_storm_is_the_same_for_the_same_seed(link: Link) -> None:
    link.proxy.storm(0.5, ("refuse",), "POST")
    first = [link.post().status_code for _call in range(12)]
    assert set(first) == {202, 503}
    link.proxy.calm()
    assert [link.post().status_code for _call in range(4)] == [202] * 4
    with FaultProxy(link.server.url, seed=1) as second:
        second.storm(0.5, ("refuse",), "POST")
        assert [Link(link.server, second).post().status_code for _call in range(12)] == first


class Hasty(Clock):
    """The time of day, whose pauses are short."""

    def sleep(self, seconds: float) -> None:
        super().sleep(min(seconds, 0.002))


def test_in_a_storm_a_read_is_whole_or_fails(link: Link) -> None:
    for number in range(7):
        assert link.post().ok, number
    link.proxy.storm(0.5, sorted(KINDS.keys() - {"replace", "double"}), "GET", seconds=0.05)
    connection = Connection(f"{link.proxy.url}/cloudapi/v6", 6, Credentials(token="demo-token"), timeout=1.0)
    cloud = client.Cloud(connection, clock=Hasty())
    failed = 0
    for _read in range(150):
        try:
            assert len(cloud.items(DATACENTER, {})) == 7
        except (ConnectionFailed, ApiError):
            failed += 1
    assert failed < 15  # five tries each, half of which a fault is done to
    assert {each.kind for each in link.proxy.calls} >= {
        "late",
        "slow",
        "held",
        "drop_after",
        "truncate",
        "refuse",
    }


@pytest.mark.parametrize("kind", ["held", "slow", "drip", "drip_body"])
@pytest.mark.parametrize("timeout", [0.3, 30.0])
def test_an_answer_is_awaited_until_the_deadline_and_not_in_silence(
    kind: str, timeout: float, link: Link, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "WORD", 0.2)
    assert link.post().ok
    link.proxy.add(Fault(kind, "GET", times=0, seconds=3.0))
    told: list[tuple[str, str]] = []
    connection = Connection(
        f"{link.proxy.url}/cloudapi/v6", 6, Credentials(token="demo-token"), timeout=timeout
    )
    cloud = client.Cloud(connection, progress=lambda what, says, _seconds: told.append((what, says)))
    begun = cloud.clock.now()
    cloud.obey(Deadline.after(cloud.clock, 1.5))
    with pytest.raises(ConnectionFailed, match="did not answer GET datacenters in time"):
        cloud.items(DATACENTER, {})
    assert cloud.clock.now() - begun < 2.0
    assert ("GET datacenters", "no complete answer yet") in told


@pytest.mark.parametrize("kind", ["drip", "drip_body"])
def test_an_answer_that_comes_slowly_in_time_is_read(kind: str, link: Link) -> None:
    assert link.post().ok
    link.proxy.add(Fault(kind, "GET", times=0, seconds=0.5))
    connection = Connection(f"{link.proxy.url}/cloudapi/v6", 6, Credentials(token="demo-token"), timeout=1.0)
    cloud = client.Cloud(connection)
    cloud.obey(Deadline.after(cloud.clock, 30))
    assert [len(cloud.items(DATACENTER, {})) for _twice in range(2)] == [1, 1]


class Renewing:
    """Asks somebody else each time who calls."""

    def __init__(self, other: Transport) -> None:
        self._other = other

    def header(self) -> str:
        self._other.call("GET", "locations")
        return LOGIN["Authorization"]


def test_a_call_for_a_token_leaves_the_call_that_needs_it_its_patience(link: Link) -> None:
    login = Transport(f"{link.server.url}/cloudapi/v6", Credentials(token="demo-token"), "test")
    caller = Transport(f"{link.proxy.url}/cloudapi/v6", Renewing(login), "test")
    link.proxy.add(Fault("drip_body", "GET", seconds=3.0))
    caller.deadline = Deadline.after(caller.clock, 1.0)
    with pytest.raises(ConnectionFailed, match="raise wait_timeout"):
        caller.call("GET", "locations")
    assert caller.clock.now() - caller.deadline.at < 0.5
