# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The contract, and requests: found by what one knows of them, and awaited together."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import (
    InvalidOption,
    NotFound,
    OperationsFailed,
    OperationTimeout,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.behaviour import account
from unit.mounted import Mounted

NOWHERE = "00000000-0000-4000-8000-000000000000"
VERSIONS = pytest.mark.parametrize("version", [4, 5, 6])


# -- contract -----------------------------------------------------------------------------------------------------


@VERSIONS
def test_limits_and_use_in_each_version(version: int) -> None:
    mounted = Mounted(version)
    (before,) = mounted.info("contract")
    mounted.shop()
    (contract,) = mounted.info("contract")
    assert mounted.calls == ["GET contracts"]
    assert contract["id"] == str(contract["contract_number"]) and contract["owner"] == "demo@example.com"
    limits = contract["resource_limits"]
    assert limits["cores_provisioned"] - before["resource_limits"]["cores_provisioned"] == 2
    assert limits["ram_provisioned"] == 2048 and limits["cores_per_contract"] > 2
    newer = {"k8s_cluster_limit_total": 5, "nlb_limit_total": 6, "rules_per_security_group": 6}
    assert {name for name in newer if limits[name] is not None} == {
        name for name, since in newer.items() if since <= version
    }


# -- requests -----------------------------------------------------------------------------------------------------


def begun(mounted: Mounted, *names: str) -> list[str]:
    """Data centers that nobody has waited for; the ids of their requests."""
    return [
        str(mounted.run("datacenter", name=name, location="de/fra", wait=False)["request_id"])
        for name in names
    ]


@VERSIONS
def test_one_request_and_several(version: int) -> None:
    mounted = Mounted(version)
    first, second, third = begun(mounted, "a", "b", "c")
    (one,) = mounted.info("request", id=[first])
    assert mounted.calls == [f"GET requests/{first}"]
    (datacenter,) = mounted.info("datacenter", name="a")
    assert (one["id"], one["status"], one["method"]) == (first, "DONE", "POST")
    assert one["message"] == "Request has been successfully executed"
    assert one["targets"] == [{"id": datacenter["id"], "type": "datacenter", "status": "DONE"}]
    assert one["url"].endswith("/datacenters") and one["created_by"] == "demo@example.com"
    assert [each["id"] for each in mounted.info("request", id=[third, first.upper(), third])] == [
        third,
        first,
    ]
    assert mounted.calls == ["GET requests"]
    assert [each["id"] for each in mounted.info("request")] == [third, second, first]


def test_what_may_hold_passwords_is_not_told() -> None:
    mounted = Mounted()
    mounted.shop()
    found = mounted.info("request")
    assert len(found) == 4 and "secret12pw" not in str(found)
    assert all({"body", "headers"}.isdisjoint(each) for each in found)


@VERSIONS
def test_an_unknown_request_is_left_out_and_cannot_be_awaited(version: int) -> None:
    mounted = Mounted(version)
    (known,) = begun(mounted, "a")
    assert mounted.info("request", id=[NOWHERE]) == []
    assert [each["id"] for each in mounted.info("request", id=[NOWHERE, known])] == [known]
    with pytest.raises(NotFound, match=f"^id: there is no request '{NOWHERE}'; check the ids"):
        mounted.info("request", id=[NOWHERE, known], wait=True)
    assert mounted.info("request", id=[], wait=True) == [] and mounted.calls == []


def test_older_requests_than_the_newest_are_read_by_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(account, "RECENT", 1)
    mounted = Mounted()
    ids = begun(mounted, *"abcdefgh")
    assert [each["id"] for each in mounted.info("request", id=[ids[7], ids[0]])] == [ids[7], ids[0]]
    assert mounted.calls == ["GET requests", f"GET requests/{ids[0]}"]


@pytest.mark.parametrize("value", ["None", "", "abc"])
def test_an_id_that_is_none_says_how_to_leave_it_out(value: str) -> None:
    mounted = Mounted()
    with pytest.raises(InvalidOption, match=r"^id: '.*' is not the UUID of a request; use select\(\)"):
        mounted.info("request", id=[value])
    assert mounted.calls == []


# -- narrowed -----------------------------------------------------------------------------------------------------


@pytest.fixture(params=[4, 5, 6])
def history(request: pytest.FixtureRequest) -> tuple[Mounted, list[str]]:
    """Four data centers, each made ten seconds after the one before it, the third of which failed."""
    mounted = Mounted(request.param)
    ids = []
    for name in "abcd":
        if name == "c":
            mounted.fault("fail_request", "POST", message="[VDC-5-601] no luck")
        ids += begun(mounted, name)
        mounted.clock.time += 10
    return mounted, ids


def test_by_status(history: tuple[Mounted, list[str]]) -> None:
    mounted, ids = history
    (failed,) = mounted.info("request", status="FAILED")
    assert (failed["id"], failed["message"]) == (ids[2], "[VDC-5-601] no luck")
    assert len(mounted.info("request", status="DONE")) == 3 and mounted.info("request", status="QUEUED") == []
    assert len(mounted.calls) == 1


def test_by_time(history: tuple[Mounted, list[str]]) -> None:
    mounted, ids = history
    moments = [each["created_date"] for each in mounted.info("request")][::-1]
    after = mounted.info("request", created_after=moments[1])
    assert [each["id"] for each in after] == [ids[3], ids[2]]
    before = mounted.info("request", created_before=moments[1])
    assert [each["id"] for each in before] == [ids[0]]
    within = mounted.info("request", created_after=moments[0], created_before=moments[3])
    assert [each["id"] for each in within] == [ids[2], ids[1]]
    # Without a zone it is in UTC; another zone is another moment.
    assert mounted.info("request", created_after=moments[1].removesuffix("Z")) == after
    assert mounted.info("request", created_after=moments[1].replace("Z", "-12:00")) == []


def test_by_the_object_that_it_is_about(history: tuple[Mounted, list[str]]) -> None:
    mounted, ids = history
    (datacenter,) = mounted.info("datacenter", name="a")
    mounted.run("lan", datacenter="a", name="front")
    found = mounted.info("request", resource=datacenter["id"].upper())
    assert [each["method"] for each in found] == ["POST", "POST"] and found[1]["id"] == ids[0]
    assert mounted.info("request", resource=NOWHERE) == []
    assert mounted.info("request", resource=datacenter["id"], limit=1) == found[:1]


def test_no_more_than_are_wanted(history: tuple[Mounted, list[str]]) -> None:
    mounted, ids = history
    assert [each["id"] for each in mounted.info("request", limit=3)] == ids[:0:-1]
    mounted.service.settings.page_limit = 2
    assert len(mounted.info("request", limit=2)) == 2 and len(mounted.calls) == 1
    if mounted.version > 4:
        assert len(mounted.info("request")) == 4 and len(mounted.calls) == 3


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (
            {"created_after": "yesterday"},
            "created_after: 'yesterday' is not a date and time such as 2026-11-02T",
        ),
        ({"created_before": "2026-13-01T00:00:00Z"}, "created_before: '2026-13-01T00:00:00Z' is not a date"),
        ({"limit": 0}, "limit: 0 is below the minimum, 1"),
    ],
)
def test_what_cannot_narrow_is_refused_before(options: dict[str, Any], says: str) -> None:
    mounted = Mounted()
    with pytest.raises(InvalidOption) as caught:
        mounted.info("request", **options)
    assert str(caught.value).startswith(says) and mounted.calls == []


# -- awaited ------------------------------------------------------------------------------------------------------


def test_many_are_awaited_with_one_read_a_round() -> None:
    mounted = Mounted(seconds=20)
    ids = begun(mounted, *"abcdef")
    found = mounted.info("request", id=ids, wait=True)
    assert [each["id"] for each in found] == ids and {each["status"] for each in found} == {"DONE"}
    assert all(each["targets"][0]["status"] == "DONE" for each in found)
    assert set(mounted.calls) == {"GET requests"}
    alone = Mounted(seconds=20)
    alone.info("request", id=begun(alone, "a"), wait=True)
    assert abs(len(mounted.calls) - len(alone.calls)) < 5 < len(alone.calls)
    assert mounted.info("request", id=ids, wait=True) == found and mounted.calls == ["GET requests"]


@VERSIONS
def test_each_version_waits(version: int) -> None:
    mounted = Mounted(version, seconds=20)
    ids = begun(mounted, *"abc")
    assert {each["status"] for each in mounted.info("request", id=ids)} <= {"QUEUED", "RUNNING"}
    assert {each["status"] for each in mounted.info("request", id=ids, wait=True)} == {"DONE"}
    assert [each["status"] for each in mounted.info("request", id=ids[:1], wait=True)] == ["DONE"]


def test_what_was_found_otherwise_is_awaited_too() -> None:
    mounted = Mounted(seconds=20)
    begun(mounted, *"abc")
    found = mounted.info("request", status="QUEUED", wait=True)
    assert [each["status"] for each in found] == ["DONE"] * 3


@pytest.mark.parametrize("seconds", [0, 20])
def test_all_that_failed_are_named_with_their_reasons(seconds: int) -> None:
    mounted = Mounted(seconds=seconds)
    (good,) = begun(mounted, "good")
    bad = []
    for name in ("one", "two"):
        mounted.fault("fail_request", "POST", message=f"[VDC-5-601] no luck with {name}")
        bad += begun(mounted, name)
    with pytest.raises(OperationsFailed) as caught:
        mounted.info("request", id=[bad[0], good, bad[1]], wait=True)
    assert str(caught.value) == (
        f"2 requests failed: POST datacenters: [VDC-5-601] no luck with one (request {bad[0]}); "
        f"POST datacenters: [VDC-5-601] no luck with two (request {bad[1]})"
    )
    assert [each["id"] for each in caught.value.facts()["failed_requests"]] == bad
    # Without waiting they are what is asked for.
    assert {each["status"] for each in mounted.info("request", id=bad)} == {"FAILED"}


@pytest.mark.parametrize(("fault", "status"), [({}, "DONE"), ({"message": "[VDC-5-601] no luck"}, "FAILED")])
def test_an_answer_without_status_does_not_hide_how_it_ended(
    monkeypatch: pytest.MonkeyPatch, fault: dict[str, str], status: str
) -> None:
    """Which depth shows the status of a request is not said of each version (contract section 6.2)."""
    mounted = Mounted(5, seconds=20)
    if fault:
        mounted.fault("fail_request", "POST", **fault)
    (request,) = begun(mounted, "a")
    find = mounted.cloud.find

    def shallow(path: str, *more: Any) -> Any:
        item = find(path, *more)
        assert item is not None
        item["metadata"]["requestStatus"].pop("metadata")
        return item

    monkeypatch.setattr(mounted.cloud, "find", shallow)
    if status == "FAILED":
        with pytest.raises(
            OperationsFailed, match=f"1 request failed: POST datacenters: .* no luck .*{request}"
        ):
            mounted.info("request", id=[request], wait=True)
    else:
        (found,) = mounted.info("request", id=[request], wait=True)
        assert (found["status"], found["message"]) == (status, "Request has been successfully executed")


def test_the_time_to_wait_is_kept() -> None:
    mounted = Mounted(seconds=900)
    ids = begun(mounted, "a", "b")
    before = mounted.clock.time
    with pytest.raises(OperationTimeout, match="wait_timeout=30") as caught:
        mounted.info("request", id=ids, wait=True, wait_timeout=30)
    assert "POST datacenters" in str(caught.value) and mounted.clock.time - before == pytest.approx(30, abs=1)
