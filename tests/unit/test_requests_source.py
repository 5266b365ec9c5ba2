# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The event source: every request is told once, whatever happens between two polls, and nothing secret is."""

from __future__ import annotations

import asyncio
import json
import runpy
import stat
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from requests import PreparedRequest, Response

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import (
    ApiError,
    CloudError,
    InvalidOption,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.connection import CONNECTION
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.feed import (
    Cursor,
    CursorFile,
    Feed,
    service_of,
)
from unit.mounted import Mounted
from unit.scripted import intercept

ROOT = Path(__file__).resolve().parents[2]
# As ansible-rulebook loads it.
PLUGIN = runpy.run_path(str(ROOT / "extensions" / "eda" / "plugins" / "event_source" / "requests.py"))
DOCUMENTATION = yaml.safe_load(PLUGIN["DOCUMENTATION"])
ACCESS = {"token": "demo-token", "use_config_file": False}
SECRET = "hush-hush-12"
Event = dict[str, Any]


class Killed(BaseException):
    """The process is gone, whatever it was doing."""


class Reader:
    """The source over an account, started again as often as a test wants; ``events`` hold all that ever arrived.

    ``lose`` is called as an event is put, before and after it arrives; what it raises kills the source.
    """

    def __init__(self, world: Mounted, file: Path, **args: Any) -> None:
        self.world = world
        self.file = file
        self.args = {**ACCESS, "cursor_file": str(file), **args}
        self.events: list[Event] = []
        self.lose: Callable[[str], None] = lambda moment: None
        self.start()

    def start(self) -> None:
        cursor_file = CursorFile(str(self.file))
        cursor = cursor_file.load(service_of(self.world.cloud))
        options = PLUGIN["Options"](self.args)
        feed = Feed(self.world.cloud, cursor, options.changes)
        self.source = PLUGIN["Source"](feed, cursor_file, options)

    async def put(self, event: Event) -> None:
        self.lose("before")
        self.events.append(json.loads(json.dumps(event)))
        self.lose("after")

    def poll(self) -> list[Event]:
        """What arrived by one poll."""
        before = len(self.events)
        self.world.service.journal.clear()
        with suppress(Killed):
            asyncio.run(self.source.poll(self))
        return self.events[before:]

    @property
    def told(self) -> Counter[str]:
        return Counter(event["event_id"] for event in self.events)


@pytest.fixture
def world() -> Mounted:
    return Mounted()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "requests.cursor"


def site(world: Mounted) -> str:
    return str(world.run("datacenter", name="shop", location="de/fra")["datacenter"]["id"])


def begin(world: Mounted, name: str) -> str:
    """A LAN whose request is left under way; the request's id."""
    return str(world.run("lan", datacenter="shop", name=name, wait=False)["request_id"])


# -- events ---------------------------------------------------------------------------------------------------------


def test_an_event_tells_who_did_what_to_what_and_how_it_ended(world: Mounted, file: Path) -> None:
    datacenter = site(world)
    reader = Reader(world, file)
    assert reader.poll() == [], "nothing of what ended before the source began"
    done = world.run(
        "server",
        datacenter="shop",
        name="web",
        cores=1,
        ram=1024,
        volumes=[{"name": "boot", "size": 10, "image": "ubuntu:latest", "image_password": "hushhush12"}],
    )
    [event] = reader.poll()
    assert event["id"] == done["request_id"]
    assert (event["status"], event["method"], event["previous_status"]) == ("DONE", "POST", None)
    assert event["path"] == f"datacenters/{datacenter}/servers"
    assert event["url"].endswith(f"/cloudapi/v6/datacenters/{datacenter}/servers")
    assert event["datacenter_id"] == datacenter
    assert event["created_by"] == "demo@example.com"
    assert {(each["type"], each["status"]) for each in event["targets"]} == {
        ("server", "DONE"),
        ("volume", "DONE"),
    }
    assert event["event_id"] == f"{event['id']}:DONE"
    assert event["redelivered"] is False
    assert "hushhush12" not in json.dumps(event)
    assert "body" not in event and "headers" not in event
    assert reader.poll() == []


def test_the_data_center_is_told_of_its_own_creation_and_of_no_other_request(
    world: Mounted, file: Path
) -> None:
    reader = Reader(world, file)
    reader.poll()
    datacenter = site(world)
    world.run("ipblock", name="addresses", location="de/fra", size=1)
    assert [event["datacenter_id"] for event in sorted(reader.poll(), key=lambda each: each["path"])] == [
        datacenter,
        None,
    ]


def test_a_failed_request_tells_why(world: Mounted, file: Path) -> None:
    site(world)
    reader = Reader(world, file)
    reader.poll()
    world.fault("fail_request", "POST", "/lans", message="[VDC-5-601] no luck", times=1)
    with pytest.raises(CloudError):
        world.run("lan", datacenter="shop", name="front")
    [event] = reader.poll()
    assert (event["status"], event["message"]) == ("FAILED", "[VDC-5-601] no luck")


def test_each_status_that_is_seen_can_be_told(world: Mounted, file: Path) -> None:
    site(world)
    reader = Reader(world, file, report="changes")
    reader.poll()
    world.service.settings.provision_seconds = 100.0
    begin(world, "front")
    found = []
    for seconds in (0, 60, 60):
        world.clock.time += seconds
        found += [(event["previous_status"], event["status"]) for event in reader.poll()]
    assert found == [(None, "QUEUED"), ("QUEUED", "RUNNING"), ("RUNNING", "DONE")]


# -- none lost, none twice ----------------------------------------------------------------------------------------------


def test_what_was_open_at_the_start_is_told_however_old_it_is(world: Mounted, file: Path) -> None:
    site(world)
    world.service.settings.provision_seconds = 9000.0
    old = begin(world, "front")
    world.clock.time += 8000
    reader = Reader(world, file)
    assert reader.poll() == []
    world.service.settings.provision_seconds = 0.0
    world.run("ipblock", name="addresses", location="de/fra", size=1)
    assert len(reader.poll()) == 1
    world.clock.time += 500
    reader.start()
    world.run("ipblock", name="others", location="de/fra", size=1)
    reader.poll()
    world.clock.time += 501
    assert [event["id"] for event in reader.poll()] == [old], "it ends long after the newest that was told"
    assert set(reader.told.values()) == {1}


def test_requests_of_one_second_are_told_apart(world: Mounted, file: Path) -> None:
    site(world)
    reader = Reader(world, file)
    reader.poll()
    for round_ in range(3):
        for number in range(5):
            begin(world, f"lan-{round_}-{number}")
        assert len(reader.poll()) == 5
        reader.start()
    assert len({event["created_date"] for event in reader.events}) == 1


def test_from_the_beginning_everything_is_told_once(world: Mounted, file: Path) -> None:
    world.shop()
    world.clock.time += 86400
    world.run("ipblock", name="addresses", location="de/fra", size=1)
    made = len(world.info("request"))
    reader = Reader(world, file, start_from="beginning")
    assert len(reader.poll()) == made
    reader.start()
    assert reader.poll() == []
    moments = [event["created_date"] for event in reader.events]
    assert moments == sorted(moments)


def test_what_happened_while_it_was_down_is_told(world: Mounted, file: Path) -> None:
    site(world)
    reader = Reader(world, file)
    reader.poll()
    ids = []
    for hour in range(48):
        world.clock.time += 3600
        ids.append(begin(world, f"lan-{hour}"))
    reader.start()
    assert [event["id"] for event in reader.poll()] == ids


def test_without_a_file_a_restart_begins_anew(world: Mounted) -> None:
    site(world)
    file = CursorFile()
    options = PLUGIN["Options"](ACCESS)
    for _start in range(2):
        feed = Feed(world.cloud, file.load(service_of(world.cloud)))
        queue: asyncio.Queue[Event] = asyncio.Queue()
        asyncio.run(PLUGIN["Source"](feed, file, options).poll(queue))
        begin(world, f"lan-{_start}")
        asyncio.run(PLUGIN["Source"](feed, file, options).poll(queue))
        assert queue.qsize() == 1


def test_one_that_the_service_lists_late_is_told(world: Mounted, file: Path) -> None:
    site(world)
    reader = Reader(world, file)
    reader.poll()
    late = begin(world, "late")
    hidden = [late]

    def forgetful(request: PreparedRequest, go: Callable[[], Response]) -> Response:
        response = go()
        if "/requests?" in str(request.url):
            data = response.json()
            data["items"] = [item for item in data["items"] if item["id"] not in hidden]
            response._content = json.dumps(data).encode()
        return response

    intercept(world.cloud.transport, forgetful)
    world.clock.time += 200
    begin(world, "newer")
    assert late not in [event["id"] for event in reader.poll()]
    hidden.clear()
    reader.start()
    assert [event["id"] for event in reader.poll()] == [late]


def test_one_that_the_service_forgets_is_forgotten(world: Mounted, file: Path) -> None:
    site(world)
    world.service.settings.provision_seconds = 9000.0
    begin(world, "front")
    world.clock.time += 8000
    reader = Reader(world, file)
    reader.poll()
    world.fault(
        "status", "GET", "/requests/", status=404, code="309", message="Resource does not exist", times=1
    )
    assert reader.poll() == []
    reader.poll()
    assert len(world.calls) == 1, "it is not asked for again"


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_kill_loses_nothing_and_what_may_come_twice_says_so(
    moment: str, world: Mounted, file: Path
) -> None:
    site(world)
    reader = Reader(world, file)
    reader.poll()
    ids = [begin(world, f"lan-{number}") for number in range(4)]
    fatal = [2]

    def lose(now: str) -> None:
        fatal[0] -= now == moment
        if fatal[0] == 0 and now == moment:
            raise Killed

    reader.lose = lose
    reader.poll()
    reader.lose = lambda now: None
    reader.start()
    reader.poll()
    assert set(reader.told) == {f"{each}:DONE" for each in ids}
    twice = [event_id for event_id, times in reader.told.items() if times > 1]
    assert len(twice) == (1 if moment == "after" else 0)
    [doubtful] = [event for event in reader.events if event["redelivered"]]
    assert twice in ([], [doubtful["event_id"]])


ACTS = st.sampled_from(
    ["make", "make", "pause", "long pause", "poll", "restart", "kill before", "kill after", "trouble"]
)


@settings(max_examples=60)
@given(acts=st.lists(ACTS, max_size=40), changes=st.booleans(), seconds=st.sampled_from([0.0, 20.0, 5000.0]))
def test_whatever_happens_each_is_told_once(
    tmp_path_factory: pytest.TempPathFactory, acts: list[str], changes: bool, seconds: float
) -> None:
    world = Mounted(retries=0)
    site(world)
    world.service.settings.provision_seconds = seconds
    file = tmp_path_factory.mktemp("feed") / "cursor"
    reader = Reader(world, file, report="changes" if changes else "ended")
    reader.poll()
    made, kills = [], 0
    for number, act in enumerate(acts):
        if act == "make":
            made.append(begin(world, f"lan-{number}"))
        elif act.endswith("pause"):
            world.clock.time += 4000 if act == "long pause" else 7
        elif act == "restart":
            reader.start()
        elif act == "trouble":
            world.fault("status", "GET", "/requests", status=503, times=1)
            with suppress(ApiError):
                reader.poll()
        else:
            reader.lose = _killer(act.removeprefix("kill "))
            reader.poll()
            if act != "poll":
                kills += 1
                reader.start()
            reader.lose = lambda now: None
    world.clock.time += 1e6
    reader.start()
    reader.poll()
    assert {event["id"] for event in reader.events if event["status"] == "DONE"} == set(made)
    again = [event for event in reader.events if event["redelivered"]]
    assert len(again) <= kills
    assert sum(reader.told.values()) - len(reader.told) <= len(again)
    assert all(reader.told[event_id] <= 1 + kills for event_id in reader.told)
    assert set(
        Counter(event["event_id"] for event in reader.events if not event["redelivered"]).values()
    ) <= {1}


def _killer(moment: str) -> Callable[[str], None]:
    def lose(now: str) -> None:
        if now == moment:
            raise Killed

    return lose


# -- what it costs, and the cursor's file --------------------------------------------------------------------------------


def test_a_poll_is_one_call(world: Mounted, file: Path) -> None:
    site(world)
    reader = Reader(world, file)
    reader.poll()
    assert world.calls == ["GET requests"] * 5, (
        "the clock, what is recent, queued and running, and the first look"
    )
    for number in range(3):
        begin(world, f"lan-{number}")
        reader.poll()
        assert world.calls == ["GET requests"]


def test_what_is_open_for_minutes_costs_no_calls_and_brings_nothing_twice(world: Mounted, file: Path) -> None:
    site(world)
    world.service.settings.provision_seconds = 3000.0
    reader = Reader(world, file)
    reader.poll()
    slow = {begin(world, f"slow-{number}") for number in range(3)}
    world.service.settings.provision_seconds = 0.0
    for number in range(20):
        world.run("ipblock", name=f"addresses-{number}", location="de/fra", size=1)
        assert len(reader.poll()) == 1
        assert world.calls == ["GET requests"]
        world.clock.time += 120
        reader.start()
    world.clock.time += 1e5
    assert {event["id"] for event in reader.poll()} == slow


@pytest.mark.parametrize("version", [4, 5])
def test_older_versions_are_followed_too(version: int, file: Path) -> None:
    world = Mounted(version)
    site(world)
    reader = Reader(world, file)
    assert reader.poll() == []
    done = begin(world, "front")
    assert [event["id"] for event in reader.poll()] == [done]
    reader.start()
    assert reader.poll() == []


def test_the_cursor_forgets_what_is_settled(world: Mounted, file: Path) -> None:
    site(world)
    reader = Reader(world, file)
    for number in range(50):
        world.clock.time += 60
        begin(world, f"lan-{number}")
        reader.poll()
    assert len(json.loads(file.read_text())["known"]) <= 7
    assert set(reader.told.values()) == {1}


def test_the_file_is_private_and_replaced_whole(world: Mounted, file: Path) -> None:
    site(world)
    reader = Reader(world, file)
    file.write_text(Cursor(service_of(world.cloud)).text())
    file.chmod(0o644)
    reader.start()
    reader.poll()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in file.parent.iterdir()] == [file.name]
    text = file.read_text()
    assert not any(secret in text for secret in ("demo-token", "demo-password"))
    written = file.stat().st_mtime_ns
    reader.poll()
    reader.poll()
    assert file.stat().st_mtime_ns == written, "nothing new, nothing written"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "does not hold a cursor"),
        ("[]", "does not hold a cursor"),
        ('{"format": 1}', "does not hold a cursor"),
        ('{"format": 2, "known": {}}', "does not hold a cursor"),
        (
            '{"format": 1, "service": "x", "since": "soon", "known": {}, "handing": ""}',
            "does not hold a cursor",
        ),
        (
            Cursor("https://elsewhere.test").text(),
            "is for https://elsewhere.test, not for http://emulator.test",
        ),
    ],
)
def test_a_file_that_is_no_cursor_of_it_is_refused(text: str, says: str, world: Mounted, file: Path) -> None:
    file.write_text(text)
    with pytest.raises(InvalidOption) as caught:
        Reader(world, file)
    assert str(caught.value).startswith("cursor_file: ")
    assert says in str(caught.value)


def test_a_file_that_cannot_be_written_ends_the_source_before_anything_is_told(
    world: Mounted, tmp_path: Path
) -> None:
    site(world)
    reader = Reader(world, tmp_path / "gone" / "cursor", start_from="beginning")
    with pytest.raises(InvalidOption, match=r"^cursor_file: .*cannot be written"):
        asyncio.run(reader.source.run(reader))
    assert reader.events == []


# -- the loop ------------------------------------------------------------------------------------------------------------


class Over(Exception):
    """Enough was seen."""


def rounds(reader: Reader, *before: Callable[[], Any]) -> list[float]:
    """The pauses of the loop, with something done in each."""
    pauses: list[float] = []
    todo = list(before)

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)
        if not todo:
            raise Over
        todo.pop(0)()

    with pytest.raises(Over):
        asyncio.run(reader.source.run(reader, sleep))
    return pauses


def test_it_pauses_longer_while_the_service_cannot_be_read(
    file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    world = Mounted(retries=0)
    site(world)
    reader = Reader(world, file, interval=10)

    def trouble() -> None:
        world.fault("status", "GET", "/requests", status=503, message="down", times=7)

    made: list[str] = []
    pauses = rounds(
        reader, trouble, *[lambda: None] * 6, lambda: made.append(begin(world, "front")), lambda: None
    )
    assert pauses == [10, 20, 40, 80, 160, 300, 300, 300, 10, 10]
    assert [event["id"] for event in reader.events] == made
    assert caplog.text.count("the requests cannot be read") == 7
    assert "Traceback" not in caplog.text and SECRET not in caplog.text


def test_a_login_that_is_refused_ends_it_at_the_start_and_not_later(file: Path) -> None:
    world = Mounted(retries=0)
    site(world)
    reader = Reader(world, file, interval=10)
    refusal: dict[str, Any] = dict(
        kind="status", method="GET", path="/requests", status=401, message="Unauthorized", times=1
    )
    world.fault(**refusal)
    with pytest.raises(ApiError):
        asyncio.run(reader.source.run(reader))
    assert rounds(reader, lambda: world.fault(**refusal), lambda: None) == [10, 20, 10]


def test_rate_limits_are_obeyed(file: Path) -> None:
    world = Mounted()
    site(world)
    reader = Reader(world, file)
    reader.poll()
    world.fault("status", "GET", "/requests", status=429, retry_after=17, times=1)
    begin(world, "front")
    assert len(reader.poll()) == 1
    assert any(seconds >= 17 for seconds in world.clock.slept)


def test_with_feedback_an_event_counts_when_the_engine_has_it(world: Mounted, file: Path) -> None:
    site(world)
    feedback: asyncio.Queue[Event] = asyncio.Queue()
    reader = Reader(world, file, eda_feedback_queue=feedback)
    reader.poll()
    first, second = begin(world, "front"), begin(world, "back")

    async def engine() -> str:
        queue: asyncio.Queue[Event] = asyncio.Queue()
        polling = asyncio.create_task(reader.source.poll(queue))
        event = await queue.get()
        await asyncio.sleep(0.05)
        assert queue.empty(), "the next waits until this one is known to be taken"
        handing = str(json.loads(file.read_text())["handing"])
        polling.cancel()
        with suppress(asyncio.CancelledError):
            await polling
        assert event["event_id"] == handing
        return handing

    taken = asyncio.run(engine())
    reader.args.pop("eda_feedback_queue")
    reader.start()
    events = reader.poll()
    assert {event["id"] for event in events} == {first, second}
    assert [event["event_id"] for event in events if event["redelivered"]] == [taken]


# -- options -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("args", "says"),
    [
        ({"pause": 5}, "pause: there is no such option; use api_retries, "),
        ({"interval": 0}, "interval: 0 is not a number of seconds above 0"),
        ({"interval": "soon"}, "interval: 'soon' is not a number"),
        ({"interval": float("inf")}, "interval: inf is not"),
        ({"report": "all"}, "report: 'all' is not one of ended, changes"),
        ({"start_from": "yesterday"}, "start_from: 'yesterday' is not one of now, beginning"),
        ({"api_url": f"https://user:{SECRET}@example.com"}, "api_url: it must not contain credentials"),
        ({"token": ""}, "No credentials: give token"),
    ],
)
def test_wrong_options_are_named(args: Mapping[str, Any], says: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TOKEN", "USERNAME", "PASSWORD"):
        monkeypatch.delenv(f"PROFITBRICKS_{name}", raising=False)
        monkeypatch.delenv(f"IONOS_{name}", raising=False)
    with pytest.raises(InvalidOption) as caught:
        PLUGIN["open_source"]({**ACCESS, **args})
    assert str(caught.value).startswith(says)
    assert SECRET not in str(caught.value)


def test_texts_of_a_rulebook_are_taken_for_numbers_and_flags() -> None:
    options = PLUGIN["Options"](
        {"token": "t", "interval": "2.5", "validate_certs": "false", "api_retries": "1"}
    )
    assert (options.interval, options.connection.verify, options.connection.retries) == (2.5, False, 1)


@pytest.mark.parametrize("variable", ["PROFITBRICKS_TOKEN", "IONOS_TOKEN"])
def test_credentials_may_come_from_the_environment(variable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PROFITBRICKS_TOKEN", "IONOS_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(variable, SECRET)
    connection = PLUGIN["Options"]({}).connection
    assert connection.credentials.token == SECRET
    assert SECRET not in repr(connection)


def test_credentials_may_come_from_the_vendors_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    config = tmp_path / "config"
    profile = {"name": "ops", "environment": "prod", "credentials": {"token": SECRET}}
    config.write_text(
        yaml.safe_dump({"version": 1.0, "currentProfile": "ops", "profiles": [profile], "environments": []})
    )
    for name in ("PROFITBRICKS_TOKEN", "IONOS_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("IONOS_CONFIG_FILE", str(config))
    assert PLUGIN["Options"]({}).connection.credentials.token == SECRET


def test_the_documentation_lists_the_options_and_their_defaults() -> None:
    documented = DOCUMENTATION["options"]
    assert set(documented) == {*PLUGIN["OWN"], *(option.name for option in CONNECTION)}
    options = PLUGIN["Options"]({"token": "t"})
    assert options.interval == documented["interval"]["default"]
    assert options.connection.timeout == documented["api_timeout"]["default"]
    assert options.connection.retries == documented["api_retries"]["default"]
    [example] = yaml.safe_load(PLUGIN["EXAMPLES"])
    assert set(example["profitbricks.cloud.requests"]) <= set(documented)


def test_the_documented_event_has_the_keys_of_a_real_one(world: Mounted, file: Path) -> None:
    site(world)
    reader = Reader(world, file)
    reader.poll()
    begin(world, "front")
    [event] = reader.poll()
    lines = [line[4:] for line in PLUGIN["EXAMPLES"].splitlines() if line.startswith("#   ")]
    assert set(yaml.safe_load("\n".join(lines))) == set(event)


@pytest.fixture(autouse=True)
def no_foreign_login(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whoever runs the tests may have a login of the vendor's tools."""
    monkeypatch.setenv("IONOS_CONFIG_FILE", "/nonexistent")
    yield
