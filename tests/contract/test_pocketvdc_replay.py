# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A recording against the emulator: what of another service is noticed, and that it agrees with itself."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import requests

from contract.schema.world import AUTH, World
from contract.test_pocketvdc_record import Outside, Recorded
from pocketvdc import Cloud, Server
from pocketvdc.cli import main
from pocketvdc.cli.remote import Remote
from pocketvdc.netfoundry.accounts import credentials
from pocketvdc.netfoundry.testing import SOUND
from pocketvdc.recording.compare import Found, Ids, differences, passing
from pocketvdc.recording.file import Exchange, Writer, read
from pocketvdc.recording.play import Player, Report

A, B, C = (f"{digit * 8}-1111-4111-8111-111111111111" for digit in "abc")
DC = {"properties": {"name": "one", "location": "de/fra"}}


def exchange(method: str, path: str, answered: Any = None, **values: Any) -> Exchange:
    """One that asks nothing and is answered with 200."""
    if "asked" in values:
        values["asked"] = {"json": values["asked"]}
    body = None if answered is None else {"json": answered}
    return replace(Exchange(method, path, [], "bearer", None, 200, {}, body, 0.0), **values)


class Stub:
    """A target that gives scripted answers: status and body, or what makes them of a request."""

    def __init__(self, *answers: tuple[int, Any] | Callable[[], tuple[int, Any]]):
        self.answers = list(answers)
        self.asked: list[tuple[str, str, Mapping[str, str], Any]] = []

    def get(self, what: str) -> Any:
        account = {"email": "me@example.com", "password": "secret", "token": "mine", "contract": 1}
        return {"accounts": {"items": [account]}, "netfoundry/credentials": credentials("http://here")}[what]

    def ask(
        self, method: str, target: str, headers: Mapping[str, str], body: bytes | None
    ) -> tuple[int, Mapping[str, str], bytes]:
        self.asked.append((method, target, headers, json.loads(body) if body and body[:1] == b"{" else body))
        answer = self.answers.pop(0)
        status, value = answer() if callable(answer) else answer
        return (
            status,
            {"Location": f"http://here/cloudapi/v6/requests/{C}/status"},
            json.dumps(value).encode(),
        )


def played(stub: Stub, *exchanges: Exchange, seconds: float = 0.0) -> Report:
    return Player(stub, seconds, sleep=lambda _seconds: None).play(exchanges)


# What differs


PROPERTIES = {"name": "web", "cores": 2, "vmState": "RUNNING", "tags": ["a"], "image": None}
BASE = {"id": A, "type": "server", "metadata": {"state": "AVAILABLE"}, "properties": PROPERTIES}


def changed(**properties: Any) -> dict[str, Any]:
    return {**BASE, "properties": {**PROPERTIES, **properties}}


@pytest.mark.parametrize(
    ("here", "found"),
    [
        (BASE, []),
        (changed(name="other", cores=4), []),
        (changed(tags=["b", "c"]), []),
        (changed(tags=[]), []),
        (changed(cores=2.5), []),
        (changed(cores="2"), [Found("types", "properties.cores", "number", "string")]),
        (changed(cores=True), [Found("types", "properties.cores", "number", "boolean")]),
        (changed(image="x"), [Found("types", "properties.image", "null", "string")]),
        (changed(tags=[1]), [Found("types", "properties.tags[]", "string", "number")]),
        (changed(tags="a"), [Found("types", "properties.tags", "list", "string")]),
        (changed(more=1), [Found("keys", "properties.more", False, True)]),
        (
            {"id": A, "type": "server", "metadata": BASE["metadata"]},
            [Found("keys", "properties", True, False)],
        ),
        (changed(vmState="SHUTOFF"), [Found("states", "properties.vmState", "RUNNING", "SHUTOFF")]),
        (
            BASE | {"metadata": {"state": "INACTIVE"}},
            [Found("states", "metadata.state", "AVAILABLE", "INACTIVE")],
        ),
        ([BASE], [Found("types", "", "object", "list")]),
    ],
)
def test_keys_types_and_states_are_compared_and_values_are_not(here: Any, found: list[Found]) -> None:
    assert differences(BASE, here, Ids(), reads=False) == found
    assert differences({"items": [BASE]}, {"items": [here]}, Ids(), reads=True) == [
        replace(each, where=f"items[].{each.where}".rstrip(".")) for each in found
    ]


def test_the_same_difference_of_many_objects_is_told_once() -> None:
    many = {"items": [changed(name=str(number)) for number in range(9)]}
    here = {"items": [changed(name=str(number), more=1) for number in range(9)]}
    assert len(differences(many, here, Ids(), reads=True)) == 1


def test_a_state_that_passes_counts_in_the_answer_to_a_write() -> None:
    busy = BASE | {"metadata": {"state": "BUSY"}}
    assert differences(busy, BASE, Ids(), reads=True) == differences(BASE, busy, Ids(), reads=True) == []
    assert differences(busy, BASE, Ids(), reads=False) == [
        Found("states", "metadata.state", "BUSY", "AVAILABLE")
    ]
    assert passing({"items": [busy]}) and not passing(BASE)


def test_an_object_that_the_recording_made_must_be_in_lists() -> None:
    ids = Ids()
    ids.learn({"id": A}, {"id": B})
    assert differences({"items": [{"id": A, "type": "lan"}]}, {"items": []}, ids, reads=True) == [
        Found("keys", "items[].lan", True, False)
    ]
    assert differences({"items": [{"id": C, "type": "lan"}]}, {"items": []}, ids, reads=True) == []


def test_keys_that_are_ids_and_headers_of_the_client_are_not_compared() -> None:
    assert differences({A: 1, "headers": {"accept": "a"}}, {B: 1, "headers": {}}, Ids(), reads=True) == []


def test_lists_are_paired_by_id_then_by_name() -> None:
    ids = Ids()
    ids.learn({"id": A}, {"id": B})
    one, other = {"id": A, "name": "x"}, {"id": B, "name": "y"}
    named, same = {"id": C, "name": "z"}, {"id": "new", "name": "z"}
    assert list(ids.pairs([named, one], [other, same])) == [(one, other), (named, same)]
    assert list(ids.pairs([named], [other])) == []
    assert list(ids.pairs(["a"], ["b"])) == [("a", "b")]
    assert list(ids.pairs(["a"], ["b", "c"])) == []


# What is sent


def test_ids_of_the_recording_become_those_of_here() -> None:
    stub = Stub(
        (202, {"id": B, "properties": {"ips": ["203.0.113.1"]}}), (202, {"id": "1"}), (200, {"id": "s"})
    )
    made = {"id": A, "properties": {"ips": ["192.0.2.7"]}}
    status = f"/cloudapi/v6/requests/{B}/status"
    report = played(
        stub,
        exchange("POST", "/dc", made, asked=DC, status=202, headers={"Location": status}),
        exchange(
            "POST", f"/dc/{A}/nics", {"id": "1"}, asked={"ips": ["192.0.2.7"], A: f"/dc/{A}"}, status=202
        ),
        exchange("GET", status, {"id": "s"}, query=[["filter.datacenter", A]]),
    )
    assert [found[1] for found in stub.asked] == [
        "/dc", f"/dc/{B}/nics", f"/cloudapi/v6/requests/{C}/status?filter.datacenter={B}"
    ]  # fmt: skip
    assert stub.asked[1][3] == {"ips": ["203.0.113.1"], B: f"/dc/{B}"}
    assert (report.played, report.passed, report.differences) == (3, [], [])


def test_a_key_of_s3_becomes_that_of_here() -> None:
    stub = Stub((200, {"id": "00abc", "type": "s3key"}), (200, {}))
    made = {"id": "s3key-1", "type": "s3key"}
    played(stub, exchange("POST", "/s3keys", made), exchange("DELETE", "/s3keys/s3key-1", {}))
    assert stub.asked[1][1] == "/s3keys/00abc"


def test_what_was_left_out_is_replaced_by_something_of_its_kind() -> None:
    stub = Stub((202, {}))
    asked = {"imagePassword": "***", "sshKeys": ["***"], "userData": "***", "other": "***", "name": "kept"}
    played(stub, exchange("POST", "/volumes", {}, asked={"properties": asked}, status=202))
    sent = stub.asked[0][3]["properties"]
    assert sent["name"] == "kept" and len(sent["imagePassword"]) >= 8
    assert isinstance(sent["sshKeys"], list) and sent["sshKeys"][0].startswith("ssh-ed25519 ")
    assert "***" not in json.dumps(sent)


@pytest.mark.parametrize(
    ("login", "path", "status", "sent"),
    [
        ("bearer", "/cloudapi/v6/x", 200, r"Bearer mine"),
        ("basic", "/cloudapi/v6/x", 200, r"Basic bWVAZXhhbXBsZS5jb206c2VjcmV0"),
        ("none", "/cloudapi/v6/x", 401, r""),
        ("bearer", "/cloudapi/v6/x", 401, r"Basic bWVAZXhhbXBsZS5jb206d3Jvbmc="),
        ("basic", "/oauth2/token", 200, r"Basic ZGVtby1jbGllbnQ6ZGVtby1zZWNyZXQ="),
    ],
)
def test_a_login_of_the_recorded_kind_is_used(login: str, path: str, status: int, sent: str) -> None:
    stub = Stub((status, {}))
    played(stub, exchange("GET", path, {}, login=login, status=status))
    assert stub.asked[0][2].get("Authorization", "") == sent


def test_what_is_passed_over() -> None:
    stub = Stub((200, {}), (404, {}), (202, {}))
    report = played(
        stub,
        exchange("GET", "/poll", {"state": "BUSY"}),
        exchange("GET", "/poll", {}),
        exchange("GET", "/x", {}, status=429),
        exchange("GET", f"/{A}", {}),
        exchange("POST", "/y", {}, asked={"of": B}),
        exchange("GET", f"/{C}", {}, status=404),
        replace(exchange("POST", "/z", {}), asked={"left_out": "text/plain", "bytes": 3}),
        exchange("POST", "/w", {}, status=202),
        exchange("GET", "/register/***", {}),
        exchange("GET", "/v", {}, query=[["token", "***"]]),
    )
    assert (report.played, report.differences) == (3, [])
    assert report.passed == [
        (1, "polled again later"),
        (3, "refused by the rate limit"),
        (4, f"{A} does not appear earlier in the recording"),
        (5, f"{B} does not appear earlier in the recording"),
        (7, "its body was not recorded"),
        (9, "its URL was not recorded in full"),
        (10, "its URL was not recorded in full"),
    ]


def test_a_read_waits_for_what_is_under_way() -> None:
    busy, rests = {"metadata": {"state": "BUSY"}}, {"metadata": {"state": "AVAILABLE"}}
    assert played(Stub((200, busy), (200, rests)), exchange("GET", "/x", rests), seconds=5).differences == []
    stub = Stub((200, busy))
    assert played(stub, exchange("GET", "/x", busy), seconds=5).differences == [] and not stub.answers


# The emulator with itself, and with a service that answers else


def test_the_emulator_agrees_with_its_own_recording(server: Server, tmp_path: Path) -> None:
    """One of everything of both services: a recording of it finds no difference at an emulator with other ids."""
    file = tmp_path / "a.jsonl"
    with Recorded(server.url, file) as recorded:
        client = Outside(server)
        world = World(client, f"{recorded.url}/cloudapi/v6").build()
        for path in (
            "images",
            "locations",
            "templates",
            "contracts",
            "requests",
            "um/users",
            "um/groups",
            "k8s",
        ):
            assert client.get(f"{world.url}/{path}", params={"depth": 5}).status_code == 200
        assert client.get(f"{world.url}/datacenters", params={"depth": 5}).status_code == 200
        assert client.post(f"{world.url}/datacenters", json={"properties": {}}).status_code == 422
        assert requests.get(f"{world.url}/datacenters", timeout=5).status_code == 401
        assert (
            requests.get(f"{world.url}/datacenters", auth=("a@example.com", "b"), timeout=5).status_code
            == 401
        )
        overlay(recorded.url)
    with Server(Cloud()) as other:
        exchanges = read(file)
        report = Player(Remote(other.url, None), 10).play(exchanges)
    assert report.differences == []
    # An image that no request made, and what was asked again.
    reasons = [reason for _number, reason in report.passed if reason != "polled again later"]
    assert len(reasons) == 1 and reasons[0].endswith("does not appear earlier in the recording")
    assert report.played > 60


def overlay(url: str) -> None:
    """Make one of each kind of the overlay, and read them."""
    account = credentials(url)
    login = account["clientId"], account["password"]
    form = {"grant_type": "client_credentials"}
    token = requests.post(account["authenticationUrl"], data=form, auth=login, timeout=5).json()[
        "access_token"
    ]
    client = requests.Session()
    client.headers["Authorization"] = f"Bearer {token}"
    (group,) = client.get(f"{url}/core/v2/network-groups").json()["_embedded"]["networkGroupList"]
    body = {"name": "net", "size": "small", "networkGroupId": group["id"]}
    network = client.post(f"{url}/core/v2/networks", json=body).json()
    for kind, sound in SOUND.items():
        body = {**sound, "name": kind, "networkId": network["id"]}
        answer = client.post(f"{url}/core/v2/{kind}", json=body)
        assert answer.status_code in (200, 201, 202), answer.text
        assert client.get(f"{url}/core/v2/{kind}", params={"networkId": network["id"]}).status_code == 200


def recording(path: Path, *exchanges: Exchange) -> Path:
    writer = Writer(path)
    for each in exchanges:
        writer.add(each)
    writer.close()
    return path


def otherwise(folder: Path) -> Path:
    """A recording of a service that is not like the emulator: a status, a key, a type and a state."""
    made = {
        "id": A,
        "type": "datacenter",
        "metadata": {"state": "BUSY"},
        "properties": {"name": 1, "colour": "red"},
    }
    return recording(
        folder / "other.jsonl",
        exchange("POST", "/cloudapi/v6/datacenters", made, asked=DC, status=202),
        exchange("GET", f"/cloudapi/v6/datacenters/{A}", {"id": A, "metadata": {"state": "INACTIVE"}}),
        exchange("DELETE", f"/cloudapi/v6/datacenters/{A}", None, status=204),
    )


def test_the_command_tells_what_differs(
    server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(otherwise(tmp_path))
    assert main(["replay", file, "--url", server.url, "--json"]) == 1
    out, err = capsys.readouterr()
    found = json.loads(out)
    assert err == "pocketvdc: 3 of 3 answers differ\n"
    marks = {(each["number"], each["what"], each["where"]) for each in found["differences"]}
    assert {
        (1, "keys", "properties.colour"),
        (1, "types", "properties.name"),
        (1, "keys", "properties.location"),
        (2, "states", "metadata.state"),
        (3, "status", ""),
    } <= marks
    assert (found["played"], found["skipped"]) == (3, [])
    assert main(["replay", file, "--url", server.url, "--reset"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert (
        "   1 POST   /cloudapi/v6/datacenters: keys properties.colour: there in the recording, missing here"
        in lines
    )
    assert f"   3 DELETE /cloudapi/v6/datacenters/{A}: status: 204 in the recording, 202 here" in lines
    assert lines[-1] == "3 played, 0 skipped"
    left = requests.get(f"{server.url}/cloudapi/v6/datacenters", auth=AUTH, timeout=5).json()["items"]
    assert left == []


def test_the_command_ends_well_where_nothing_differs(
    server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = recording(tmp_path / "a.jsonl", exchange("GET", f"/cloudapi/v6/datacenters/{A}", None, status=404))
    assert main(["replay", str(file), "--url", server.url]) == 0
    assert capsys.readouterr().out == "1 played, 0 skipped\n"
    assert main(["replay", str(file), "--url", "http://127.0.0.1:9"]) == 3
    file.write_text("nothing", encoding="utf-8")
    assert main(["replay", str(file), "--url", server.url]) == 2


@pytest.mark.parametrize(
    "words",
    [
        ["--upstream", "ftp://127.0.0.1"],
        ["--upstream", "http://api.example.com"],
        ["--upstream", "https://me:Hidden@api.example.com"],
        ["--upstream", "https://api.example.com?token=Hidden"],
        ["--upstream", "http://127.0.0.1:many"],
        ["--upstream", "https://127.0.0.1", "--cafile", "/does/not/exist"],
        ["--upstream", "http://127.0.0.1", "--to", "{folder}"],
        ["--upstream", "http://127.0.0.1", "--to", "{folder}/there"],
        ["--upstream", "http://127.0.0.1", "--to", "{folder}/none/a"],
        ["--upstream", "http://127.0.0.1", "--port", "{port}"],
    ],
)
def test_what_record_does_not_take(
    words: list[str], server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "there").write_text("precious", encoding="utf-8")
    given = [word.format(folder=tmp_path, port=server.port) for word in words]
    assert main(["record", "--to", str(tmp_path / "new"), *given]) == 2
    err = capsys.readouterr().err
    assert len(err.splitlines()) == 1 and err.startswith("pocketvdc: ")
    assert (tmp_path / "there").read_text(encoding="utf-8") == "precious"
    assert not (tmp_path / "new").exists()


def test_record_writes_until_it_is_told_to_end(server: Server, tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    process = subprocess.Popen(
        [sys.executable, "-m", "pocketvdc", "record", "--upstream", server.url, "--to", str(file)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+", url)
        requests.post(f"{url}/cloudapi/v6/datacenters", json=DC, auth=AUTH, timeout=5).raise_for_status()
        process.send_signal(signal.SIGINT)
        out, _err = process.communicate(timeout=20)
    finally:
        process.kill()
        process.communicate()
    assert (process.returncode, out) == (0, f"{file}: 1 exchanges\n")
    assert len(read(file)) == 1
