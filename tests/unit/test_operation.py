# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Waiting: when the service is looked at, and how waiting ends."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.clock import Clock, Deadline
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import (
    ConnectionFailed,
    OperationFailed,
    OperationTimeout,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.operation import (
    Backoff,
    Operation,
    Status,
    Watch,
)
from unit.scripted import FakeClock

STEADY = Backoff(jitter=0.0)


class Service:
    """An operation that is done after some looks; remembers when it was looked at."""

    def __init__(self, clock: FakeClock, *statuses: Status, lasts: float = 0.0) -> None:
        self.clock = clock
        self.statuses = list(statuses)
        self.lasts = lasts
        self.looks: list[float] = []
        self.allowed: list[float] = []
        self.started = clock.now()

    def read(self, seconds: float) -> Status:
        self.looks.append(self.clock.now() - self.started)
        self.allowed.append(seconds)
        if self.lasts > seconds:
            self.clock.time += seconds
            raise ConnectionFailed("no answer in time")
        self.clock.time += self.lasts
        return self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0]


BUSY = Status(says="RUNNING")
DONE = Status(done=True, says="DONE")


def test_looks_come_soon_at_first_and_then_ever_rarer() -> None:
    clock = FakeClock()
    service = Service(clock, *[BUSY] * 60, DONE)
    Operation("create of x", service.read).wait(Deadline.after(clock, 600), STEADY)
    pauses = [round(pause, 3) for pause in clock.slept]
    assert pauses[:4] == [0.3, 0.324, 0.35, 0.378]
    assert pauses[-2:] == [5.0, 5.0]
    assert pauses == sorted(pauses)


def test_jitter_shortens_a_pause_by_a_tenth_at_most() -> None:
    for waited in (0.0, 1.0, 10.0, 100.0):
        samples = {Backoff().pause(waited) for _each in range(50)}
        assert all(STEADY.pause(waited) * 0.9 <= sample <= STEADY.pause(waited) for sample in samples)
        assert len(samples) > 1


@given(st.floats(min_value=0.01, max_value=600))
def test_the_end_is_seen_late_by_little_and_with_few_looks(lasts: float) -> None:
    clock = FakeClock()
    begun = clock.now()
    looks = 0

    def read(_seconds: float) -> Status:
        nonlocal looks
        looks += 1
        return Status(done=clock.now() - begun >= lasts)

    Operation("x", read).wait(Deadline.after(clock, 10_000))
    late = clock.now() - begun - lasts
    assert 0 <= late <= 0.3 + 0.08 * lasts + 1e-6
    assert looks <= 35 + lasts / 4


def test_progress_is_told_after_a_second_and_until_the_end() -> None:
    clock = FakeClock()
    service = Service(clock, *[BUSY] * 6, DONE)
    told: list[tuple[str, str, float]] = []
    Operation("create of x", service.read).wait(
        Deadline.after(clock, 60), STEADY, lambda what, says, seconds: told.append((what, says, seconds))
    )
    assert [(what, says) for what, says, _seconds in told] == [("create of x", "RUNNING")] * 3
    seconds = [each[2] for each in told]
    assert seconds == sorted(seconds) and seconds[0] >= 1 and seconds[-1] < service.looks[-1]


def test_done_ends_the_waiting_with_its_status() -> None:
    clock = FakeClock()
    service = Service(clock, BUSY, DONE)
    assert Operation("x", service.read).wait(Deadline.after(clock, 60)) is DONE
    assert len(service.looks) == 2


def test_failed_is_an_error_with_the_request_and_the_service_s_reason() -> None:
    clock = FakeClock()
    service = Service(
        clock, Status(failed=True, says="FAILED", message="[VDC-5-622] Image is from elsewhere")
    )
    with pytest.raises(OperationFailed) as caught:
        Operation("create of volume v", service.read, "req-1").wait(Deadline.after(clock, 60))
    assert str(caught.value) == (
        "create of volume v failed: [VDC-5-622] Image is from elsewhere (request req-1)"
    )
    assert caught.value.facts() == {"request_id": "req-1"}


def test_failed_without_a_reason_says_so() -> None:
    clock = FakeClock()
    service = Service(clock, Status(failed=True, says="FAILED"))
    with pytest.raises(OperationFailed, match="the service gave no reason"):
        Operation("x", service.read, "req-1").wait(Deadline.after(clock, 60))


@pytest.mark.parametrize("seconds", [0.1, 1, 2, 7, 60, 600])
def test_the_deadline_is_met_to_the_second_and_no_look_begins_after_it(seconds: float) -> None:
    clock = FakeClock()
    service = Service(clock, BUSY)
    with pytest.raises(OperationTimeout) as caught:
        Operation("x", service.read, "req-2").wait(Deadline.after(clock, seconds))
    assert clock.now() - service.started == pytest.approx(seconds)
    assert all(look < seconds for look in service.looks)
    assert all(
        allowed <= seconds - look + 1e-6 for look, allowed in zip(service.looks, service.allowed, strict=True)
    )
    assert not isinstance(caught.value, OperationFailed)


def test_a_timeout_says_what_was_last_seen_and_that_it_goes_on() -> None:
    clock = FakeClock()
    service = Service(clock, BUSY)
    with pytest.raises(OperationTimeout) as caught:
        Operation("create of server s", service.read, "req-3").wait(Deadline.after(clock, 30))
    text = str(caught.value)
    assert "wait_timeout=30 seconds" in text
    assert "RUNNING" in text and "req-3" in text and "raise wait_timeout" in text
    assert caught.value.facts() == {"request_id": "req-3"}


def test_a_deadline_that_passed_already_is_a_timeout_without_a_look() -> None:
    clock = FakeClock()
    service = Service(clock, DONE)
    with pytest.raises(OperationTimeout, match="nothing"):
        Operation("x", service.read).wait(Deadline.after(clock, 0))
    assert service.looks == []


def test_a_service_that_hangs_until_the_deadline_is_a_timeout() -> None:
    clock = FakeClock()
    service = Service(clock, BUSY, lasts=100.0)
    with pytest.raises(OperationTimeout):
        Operation("x", service.read, "req-4").wait(Deadline.after(clock, 10))
    assert clock.now() - service.started == pytest.approx(10)


def test_a_look_that_ends_a_moment_before_the_deadline_was_ended_by_it() -> None:
    clock = FakeClock()

    def read(seconds: float) -> Status:
        clock.time += seconds - 0.05
        raise ConnectionFailed("no answer in time")

    with pytest.raises(
        OperationTimeout, match=r"create of x was not finished after wait_timeout=9 .*request r-1"
    ):
        Operation("create of x", read, "r-1").wait(Deadline.after(clock, 9))


def test_a_service_that_fails_before_the_deadline_is_the_connection_s_error() -> None:
    clock = FakeClock()

    def read(seconds: float) -> Status:
        raise ConnectionFailed("Cannot connect")

    with pytest.raises(ConnectionFailed, match="Cannot connect"):
        Operation("x", read).wait(Deadline.after(clock, 10))


def test_what_is_left_of_a_deadline_is_never_negative() -> None:
    clock = FakeClock()
    deadline = Deadline.after(clock, 5)
    clock.time += 2
    assert deadline.left() == 3
    clock.time += 60
    assert deadline.left() == 0


def test_the_real_clock_passes_and_sleeps() -> None:
    clock = Clock()
    before = clock.now()
    clock.sleep(0.01)
    assert 0.009 <= clock.now() - before < 5


# -- several together ---------------------------------------------------------------------------------------------


def test_several_are_awaited_with_one_look_a_round() -> None:
    clock, looks = FakeClock(), []
    ends = {"a": 1.0, "b": 3.0, "c": 2.0}

    def look(ids: Sequence[str], seconds: float) -> dict[str, Status]:
        looks.append(tuple(ids))
        return {each: DONE if clock.now() - begun >= ends[each] else BUSY for each in ids}

    begun = clock.now()
    watch = Watch(look, Deadline.after(clock, 600), STEADY)
    for each in ends:
        watch.add(each, f"create of {each}")
    assert watch.wait() == dict.fromkeys(ends, DONE)
    assert looks[0] == ("a", "b", "c") and looks[-1] == ("b",)
    assert [set(later) <= set(earlier) for earlier, later in zip(looks, looks[1:], strict=False)]
    assert clock.now() - begun <= 3.0 + 0.3 + 0.08 * 3.0


def test_one_that_fails_does_not_end_the_others() -> None:
    clock = FakeClock()
    failed = Status(failed=True, says="FAILED", message="no luck")
    answers = [{"a": failed, "b": BUSY}, {"b": BUSY}, {"b": DONE}]
    watch = Watch(lambda _ids, _seconds: answers.pop(0), Deadline.after(clock, 600), STEADY)
    watch.add("a", "create of a")
    watch.add("b", "create of b")
    assert watch.round() == {"a": failed}
    assert watch.pending == ("b",)
    assert watch.wait() == {"b": DONE}


def test_one_may_be_added_while_others_last_and_is_looked_at_soon() -> None:
    clock = FakeClock()
    done: set[str] = set()
    watch = Watch(
        lambda ids, _seconds: {each: DONE for each in ids if each in done},
        Deadline.after(clock, 600),
        STEADY,
    )
    watch.add("a", "create of a")
    for _round in range(20):
        assert watch.round() == {}
    watch.add("b", "create of b")
    before = clock.now()
    done.add("b")
    assert watch.round() == {"b": DONE}
    assert clock.now() - before == pytest.approx(0.3)


def test_what_lasts_too_long_is_named_with_how_far_the_others_are() -> None:
    clock, told = FakeClock(), []
    begun = clock.now()
    watch = Watch(
        lambda ids, _seconds: {"a": DONE} if "a" in ids else {},
        Deadline.after(clock, 5),
        STEADY,
        lambda *words: told.append(words),
    )
    for each in "abcdef":
        watch.add(each, f"create of {each}")
    with pytest.raises(OperationTimeout) as caught:
        watch.wait()
    text = str(caught.value)
    assert "create of b, create of c, create of d and 2 more" in text and "1 of 6 done" in text
    assert clock.now() - begun == pytest.approx(5)
    assert told[0][:2] == ("create of b, create of c, create of d and 2 more", "1 of 6 done")
