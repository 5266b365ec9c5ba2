# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The second half of ``wait: false``: what was begun is awaited together, in a real play."""

from __future__ import annotations

from typing import Any

import pytest

from integration.runner import Results, Runner, task

IDS = "{{ begun.results | map(attribute='request_id') | select }}"


def begin(*names: str, fault: dict[str, Any] | None = None) -> dict[str, Any]:
    keywords: dict[str, Any] = {"loop": [*names], "register": "begun"}
    if fault:
        keywords["before"] = [("faults", fault)]
    return task("begin", "datacenter", keywords, name="{{ item }}", location="de/fra", wait=False)


def awaited(play: Runner, version: int, in_process: bool) -> Results:
    play.cloud.settings.provision_seconds = 1.0
    try:
        return play(
            [
                begin("one", "two", "three"),
                task("under way", "request_info", id=IDS),
                task("wait", "request_info", id=IDS, wait=True, wait_timeout=30),
                task("usable", "datacenter_info"),
            ],
            version=version,
            in_process=in_process,
        )
    finally:
        play.cloud.settings.provision_seconds = 0.0


@pytest.mark.parametrize(("version", "in_process"), [(6, True), (6, False), (4, True)])
def test_what_was_begun_is_awaited_together(play: Runner, version: int, in_process: bool) -> None:
    done = awaited(play, version, in_process)
    begun = [each["request_id"] for each in done["begin"].result["results"]]
    assert all(begun) and not done["wait"].changed
    assert [each["id"] for each in done["wait"]["requests"]] == begun
    assert {each["status"] for each in done["wait"]["requests"]} == {"DONE"}
    assert all(each["state"] == "AVAILABLE" for each in done["usable"]["datacenters"])
    # Together with one read a round; what is left alone at the end, by a read of its own.
    assert done["wait"].writes == [] and (version < 6 or len(done["wait"].polls) <= 1)


def test_tasks_that_changed_nothing_have_no_request_to_wait_for(play: Runner) -> None:
    play([begin("one", "two")])
    done = play([begin("one", "two", "three"), task("wait", "request_info", id=IDS, wait=True)])
    assert [each["request_id"] is None for each in done["begin"].result["results"]] == [True, True, False]
    assert len(done["wait"]["requests"]) == 1
    again = play([begin("one", "two", "three"), task("wait", "request_info", id=IDS, wait=True)])
    assert again["wait"]["requests"] == [] and again["wait"].calls == []
    unselected = IDS.replace(" | select", "")
    wrong = play([begin("one"), task("wait", "request_info", id=unselected, wait=True)])
    assert wrong["wait"].msg == (
        "id: each entry must be text, not null; the filter select() leaves out entries without a value"
    )


def test_failures_fail_the_task_and_each_is_named(play: Runner) -> None:
    fault = {"kind": "fail_request", "method": "POST", "times": 2, "message": "[VDC-5-601] no luck"}
    done = play(
        [
            begin("one", "two", "three", fault=fault),
            task("wait", "request_info", id=IDS, wait=True),
            task("look", "request_info", status="FAILED"),
        ]
    )
    failed = {each["id"] for each in done["look"]["requests"]}
    assert len(failed) == 2 and all(each in done["wait"].msg for each in failed)
    assert done["wait"].msg.startswith("2 requests failed: POST datacenters: [VDC-5-601] no luck (request ")
    assert {each["id"] for each in done["wait"].result["failed_requests"]} == failed


def test_time_runs_out(play: Runner) -> None:
    play.cloud.settings.provision_seconds = 900
    try:
        done = play([begin("one", "two"), task("wait", "request_info", id=IDS, wait=True, wait_timeout=1)])
    finally:
        play.cloud.settings.provision_seconds = 0.0
    assert "wait_timeout=1 " in done["wait"].msg and 1 <= done["wait"].seconds < 4
    assert done["wait"].result["request_id"] in done["wait"].msg
