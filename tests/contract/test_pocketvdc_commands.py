# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The commands of pocketvdc against an emulator that runs: what they print, order, write, and how they end."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import shlex
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
import trustme
import yaml

from contract.schema.world import AUTH
from pocketvdc import Cloud, Server, cli
from pocketvdc.cli import _COMMANDS, commands, main, running
from pocketvdc.faults import KINDS

DC = {"properties": {"name": "one", "location": "de/fra"}}
CONTROL = {"status", "reset", "journal", "fault", "snapshot", "clock", "rate-limit", "ssh", "env"}


@pytest.fixture(autouse=True)
def at_home(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands find this emulator, and write nowhere but here."""
    monkeypatch.setenv("POCKETVDC_URL", server.url)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))


class Terminal:
    def __init__(self, capsys: pytest.CaptureFixture[str]):
        self.capsys = capsys

    def __call__(self, line: str, code: int = 0) -> str:
        """What a command prints when it ends as it must; only one that fails writes an error, of one line."""
        assert main(shlex.split(line)) == code, self.capsys.readouterr().err
        out, err = self.capsys.readouterr()
        assert len(err.splitlines()) == (1 if code else 0)
        assert not code or err.startswith("pocketvdc: ")
        return str(err if code else out)

    def json(self, line: str) -> Any:
        return json.loads(self(f"{line} --json"))


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(capsys)


def create(server: Server) -> requests.Response:
    return requests.post(f"{server.url}/cloudapi/v6/datacenters", json=DC, auth=AUTH, timeout=5)


def leaves() -> Iterator[list[str]]:
    """The words of each command and subcommand."""
    for name in _COMMANDS:
        command = commands.get_command(cli.click.Context(commands), name)
        assert command is not None
        yield [name]
        yield from ([name, inner] for inner in getattr(command, "commands", ()))


@pytest.mark.parametrize("words", list(leaves()), ids=" ".join)
def test_each_command_explains_itself(words: list[str], run: Terminal) -> None:
    text = run(shlex.join([*words, "--help"]))
    assert text.startswith(f"Usage: pocketvdc {' '.join(words)}")
    group = words in (["fault"], ["snapshot"])
    assert group or words[0] in ("serve", "ssh") or "--json" in text
    alone = words in (["serve"], ["record"], ["snapshot", "list"])
    assert group or alone or "--url" in text


def test_the_list_of_commands_says_what_each_one_says_itself(run: Terminal) -> None:
    for name, (_home, said) in _COMMANDS.items():
        command = commands.get_command(cli.click.Context(commands), name)
        assert command is not None and command.help is not None
        assert name in run("--help")
        first = " ".join(command.help.partition("\n\n")[0].split())
        assert first.startswith(said.rstrip("."))


@pytest.mark.parametrize("name", sorted(CONTROL - {"env", "ssh"}))
def test_no_emulator_is_told_from_a_refusal(name: str, run: Terminal) -> None:
    below = {"fault": "fault list", "snapshot": "snapshot save nowhere.snap"}
    said = run(f"{below.get(name, name)} --url http://127.0.0.1:9", code=3)
    assert "no emulator answers at http://127.0.0.1:9" in said


@pytest.mark.parametrize(
    "line",
    [
        "nonsense",
        "env cobol",
        "clock 30d",
        "clock +30",
        "fault add nonsense",
        "fault add slow --times -1",
        "status --url ftp://127.0.0.1",
        "status --url http://127.0.0.1:many",
        "snapshot load /does/not/exist",
        "status --url https://127.0.0.1:9 --cafile /does/not/exist",
    ],
)
def test_a_wrong_call_is_told_in_one_line(line: str, run: Terminal) -> None:
    run(line, code=2)


def test_status_and_reset(server: Server, run: Terminal) -> None:
    create(server)
    found = run.json("status")
    assert found["resources"] == {"datacenter": 1}
    assert (found["url"], found["requests"], found["under_way"]) == (server.url, 1, 0)
    assert "resources   datacenter: 1" in run("status")
    run("reset")
    assert run.json("status")["resources"] == {}


def test_the_journal_is_shown_and_emptied(server: Server, run: Terminal) -> None:
    create(server)
    requests.get(f"{server.url}/cloudapi/v6/datacenters?depth=1", auth=AUTH, timeout=5)
    lines = run("journal").splitlines()
    assert lines[0].startswith("202 POST   /cloudapi/v6/datacenters (")
    assert lines[1].startswith("200 GET    /cloudapi/v6/datacenters?depth=1 (")
    assert [json.loads(line)["method"] for line in run("journal --writes --json").splitlines()] == ["POST"]
    assert run("journal --clear") == ""
    assert run("journal") == ""


def test_the_journal_goes_on(server: Server) -> None:
    process = started("journal", "--follow", "--url", server.url)
    try:
        for number in range(3):
            requests.get(f"{server.url}/cloudapi/v6/lost{number}", auth=AUTH, timeout=5)
            assert process.stdout is not None
            assert f"/lost{number} " in process.stdout.readline()
    finally:
        process.kill()
        process.communicate()


def test_the_journal_tells_what_came_since(server: Server) -> None:
    url = f"{server.url}/_emulator/journal"
    first = requests.get(url, timeout=5).json()
    create(server)
    second = requests.get(f"{url}?since={first['next']}", timeout=5).json()
    assert [call["method"] for call in second["items"]] == ["POST"]
    assert requests.get(f"{url}?since={second['next']}", timeout=5).json()["items"] == []
    requests.delete(url, timeout=5)
    create(server)
    assert len(requests.get(f"{url}?since={second['next']}", timeout=5).json()["items"]) == 1
    assert requests.get(f"{url}?since=many", timeout=5).status_code == 400


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_fault_can_be_added(kind: str, server: Server, run: Terminal) -> None:
    (fault,) = run.json(f"fault add {kind} --path servers --method GET --times 2 --skip 1")["items"]
    assert {name: fault[name] for name in ("kind", "path", "method", "times", "skip")} == {
        "kind": kind, "path": "servers", "method": "GET", "times": 2, "skip": 1
    }  # fmt: skip
    assert run("fault list") == f"{kind} for GET servers, 2 more times\n"
    run("fault clear")
    assert run("fault list") == ""


def test_a_fault_strikes(server: Server, run: Terminal) -> None:
    run("fault add status --status 507 --message 'No room' --code 507 --retry-after 3")
    answer = create(server)
    assert (answer.status_code, answer.headers["Retry-After"]) == (507, "3")
    assert create(server).status_code == 202


def test_time_is_moved(server: Server, run: Terminal) -> None:
    before = server.cloud.now()
    for text, seconds in (("+30d", 30 * 86400), ("+2h", 7200), ("+1.5m", 90), ("+10s", 10)):
        ahead = run.json("clock")["ahead"]
        assert run.json(f"clock {text}")["ahead"] == ahead + seconds
    assert server.cloud.now() - before >= 30 * 86400
    assert re.fullmatch(r"\d{4}-\d\d-\d\d .* UTC, 2599300 s ahead\n", run("clock"))


def test_the_rate_limit_is_set_and_lifted(server: Server, run: Terminal) -> None:
    assert run("rate-limit") == "none\n"
    assert run("rate-limit 1/1") == "1/1\n"
    assert [create(server).status_code for _each in range(2)] == [202, 429]
    run("rate-limit none")
    assert create(server).status_code == 202
    assert "120/50" in run("rate-limit many", code=1)


def exports(text: str) -> dict[str, str]:
    """What a shell takes from the lines of ``env``."""
    command = f"{text}\nenv -0"
    done = subprocess.run(
        ["sh", "-c", command], env={"PATH": os.environ["PATH"]}, capture_output=True, check=True
    )
    return dict(line.split("=", 1) for line in done.stdout.decode().split("\0") if line)


def test_the_environments_lead_to_the_emulator(server: Server, run: Terminal) -> None:
    api = f"{server.url}/cloudapi/v6"
    ansible, sdk = exports(run("env ansible")), exports(run("env sdk"))
    assert (ansible["PROFITBRICKS_API_URL"], ansible["PROFITBRICKS_TOKEN"]) == (api, "demo-token")
    assert (sdk["IONOS_API_URL"], sdk["IONOS_TOKEN"]) == (api, "demo-token")
    assert run.json("env sdk") == {"IONOS_API_URL": api, "IONOS_TOKEN": "demo-token"}


@pytest.mark.parametrize("tool", ["terraform", "ionosctl"])
def test_the_vendors_programs_have_their_file(
    tool: str, server: Server, run: Terminal, tmp_path: Path
) -> None:
    """[documented] Section 15: a profile with credentials, and endpoints under both names of the product."""
    path = Path(exports(run(f"env {tool}"))["IONOS_CONFIG_FILE"])
    assert path.is_relative_to(tmp_path) and path.stat().st_mode & 0o777 == 0o600
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    products = {each["name"]: each["endpoints"][0]["name"] for each in content["environments"][0]["products"]}
    assert products["cloud"] == products["compute"] == f"{server.url}/cloudapi/v6"
    assert content["profiles"][0]["credentials"]["token"] == "demo-token"
    chosen = tmp_path / "chosen.yaml"
    assert exports(run(f"env {tool} --file {chosen}"))["IONOS_CONFIG_FILE"] == str(chosen)
    assert chosen.exists()


def test_netfoundry_has_the_file_of_an_account(server: Server, run: Terminal) -> None:
    found = exports(run("env netfoundry"))
    account = json.loads(Path(found["NETFOUNDRY_API_ACCOUNT"]).read_text(encoding="utf-8"))
    assert (found["NETFOUNDRY_API_URL"], account["clientId"]) == (server.url, "demo-client")
    login = account["clientId"], account["password"]
    form = {"grant_type": "client_credentials"}
    assert requests.post(account["authenticationUrl"], data=form, auth=login, timeout=5).status_code == 200


def test_an_account_without_a_token_logs_in_with_its_password(run: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "accounts.yml"
    file.write_text("accounts: [{email: me@example.com, password: a b'c}]", encoding="utf-8")
    with Server(Cloud(accounts=file)) as server:
        found = exports(run(f"env ansible --url {server.url}"))
    assert (found["PROFITBRICKS_USERNAME"], found["PROFITBRICKS_PASSWORD"]) == ("me@example.com", "a b'c")


def test_a_state_survives_in_a_file(server: Server, run: Terminal, tmp_path: Path) -> None:
    made = create(server).json()["id"]
    file = tmp_path / "one.snap"
    assert run(f"snapshot save {file}") == f"{file}: datacenter: 1\n"
    assert file.stat().st_mode & 0o777 == 0o600
    (tmp_path / "else.txt").write_text("nothing", encoding="utf-8")
    (listed,) = run.json(f"snapshot list {tmp_path}")
    assert (listed["file"], listed["counts"]) == (str(file), {"datacenter": 1})
    run("reset")
    assert run(f"snapshot load {file}") == "loaded datacenter: 1\n"
    found = requests.get(f"{server.url}/cloudapi/v6/datacenters/{made}", auth=AUTH, timeout=5)
    assert found.json()["properties"]["name"] == "one"


def test_a_snapshot_waits_for_what_is_under_way(server: Server, run: Terminal, tmp_path: Path) -> None:
    server.cloud.settings.provision_seconds = 1.0
    create(server)
    assert "under way" in run(f"snapshot save {tmp_path}/a.snap --wait 0", code=1)
    run(f"snapshot save {tmp_path}/a.snap --wait 20")


def test_what_is_no_snapshot_is_refused(run: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "no.snap"
    file.write_text("nothing", encoding="utf-8")
    assert "no snapshot of pocketvdc" in run(f"snapshot load {file}", code=1)


def test_ssh_names_what_is_in_its_way(server: Server, run: Terminal) -> None:
    assert "without --ssh" in run("ssh web", code=1)
    server.cloud.ssh_port = 2222
    assert "no server has the name or id web" in run("ssh web", code=1)


def test_many_clients_at_once(server: Server) -> None:
    """200 clients that all write: each has its own data center, and nobody waits for ever."""
    answers: list[int] = []

    def client() -> None:
        answers.append(create(server).status_code)

    threads = [threading.Thread(target=client) for _each in range(200)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert answers == [202] * 200
    found = requests.get(f"{server.url}/cloudapi/v6/datacenters", auth=AUTH, timeout=30).json()["items"]
    assert len({each["id"] for each in found}) == 200


# Processes of their own


def started(*words: str, **environment: str) -> subprocess.Popen[str]:
    own = {name: value for name, value in os.environ.items() if name != "POCKETVDC_URL"}
    return subprocess.Popen(
        [sys.executable, "-m", "pocketvdc", *words],
        env={**own, **environment, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_the_state_outlives_the_process(tmp_path: Path, run: Terminal) -> None:
    """What was under way when the emulator ended is finished; options of the command line rule over the file."""
    file = tmp_path / "kept.snap"
    ids: list[str] = []
    for _each in range(3):
        process = started("serve", "--state", str(file), "--provision-seconds", "9")
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        found = requests.get(f"{url}/cloudapi/v6/datacenters", auth=AUTH, timeout=5).json()["items"]
        assert [each["id"] for each in found] == ids
        settings = requests.get(f"{url}/_emulator/settings", timeout=5).json()
        assert settings["provision_seconds"] == 9.0
        ids.append(
            requests.post(f"{url}/cloudapi/v6/datacenters", json=DC, auth=AUTH, timeout=5).json()["id"]
        )
        process.send_signal(signal.SIGTERM)
        _out, err = process.communicate(timeout=20)
        assert process.returncode == 0 and "Traceback" not in err
    assert len(ids) == 3


def test_a_file_that_is_no_state_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "precious"
    file.write_text("precious", encoding="utf-8")
    process = started("serve", "--state", str(file))
    out, err = process.communicate(timeout=20)
    assert (process.returncode, out) == (2, "")
    assert err.startswith(f"pocketvdc: --state {file}: it is no snapshot") and len(err.splitlines()) == 1
    assert file.read_text(encoding="utf-8") == "precious"


def test_the_newest_emulator_is_found(tmp_path: Path, run: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("POCKETVDC_URL")
    waiting = started("env", "ansible")
    time.sleep(0.3)
    process = started("serve")
    try:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        out, _err = waiting.communicate(timeout=20)
        assert f"export PROFITBRICKS_API_URL={url}/cloudapi/v6" in out
        assert run.json("status")["url"] == url
        process.kill()
        process.communicate()
        # Killed, it could not take its note away; nobody is sent there.
        assert list(running.folder().glob("*.json"))
        assert running.newest() is None
    finally:
        process.kill()
        process.communicate()


def _captured(words: list[str]) -> str:
    """The output of a command."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        assert main(words) == 0
    return out.getvalue()


def test_commands_trust_the_certificate_of_an_emulator_that_serves_https(tmp_path: Path) -> None:
    authority = trustme.CA()
    certificate = authority.issue_cert("127.0.0.1")
    pem, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    certificate.private_key_pem.write_to_path(key)
    pem.write_bytes(b"".join(blob.bytes() for blob in certificate.cert_chain_pems))
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    process = started("serve", "--tls-cert", str(pem), "--tls-key", str(key))
    try:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        assert main(["status", "--url", url, "--cafile", str(tmp_path / "ca.pem")]) == 0
        assert main(["status", "--url", url]) == 3
        variables = exports(_captured(["env", "ansible", "--url", url, "--cafile", str(tmp_path / "ca.pem")]))
        assert variables["PROFITBRICKS_CA_PATH"] == str(tmp_path / "ca.pem")
    finally:
        process.kill()
        process.communicate()
