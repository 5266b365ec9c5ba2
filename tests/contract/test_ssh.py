# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""SSH of emulated servers, seen by OpenSSH's own client."""

from __future__ import annotations

import logging
import os
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from pocketvdc.reachable import ReachableServer
from pocketvdc.ssh import SshFarm

WEB = ReachableServer(id="web-id", name="web01", addresses=("127.77.0.1",), ssh_keys=(), running=True)
DB = replace(WEB, id="db-id", name="db01", addresses=("127.77.0.2", "127.77.0.3"))


def until(condition: Callable[[], bool], seconds: float = 5) -> bool:
    """Whether the condition comes true in time."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def listens(address: str, port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((address, port)) == 0


def make_key(path: Path) -> str:
    """Make a key pair without passphrase; answers the public line."""
    subprocess.run(
        ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "tests", "-f", str(path)], check=True
    )
    return path.with_suffix(".pub").read_text()


@dataclass
class Bench:
    """A farm over a list of servers that a test changes, and the client's side."""

    folder: Path
    key: Path
    port: int
    servers: dict[str, ReachableServer]
    farm: SshFarm = field(init=False)

    def __post_init__(self) -> None:
        self.farm = SshFarm(lambda: list(self.servers.values()), port=self.port)

    def options(self, key: Path | None = None) -> list[str]:
        settings = {
            "BatchMode": "yes",
            "ConnectTimeout": "10",
            "IdentitiesOnly": "yes",
            "LogLevel": "ERROR",
            "StrictHostKeyChecking": "no",
            "UserKnownHostsFile": os.devnull,
        }
        options = [part for name, value in settings.items() for part in ("-o", f"{name}={value}")]
        return ["-F", os.devnull, *options, "-i", str(key or self.key)]

    def ssh(
        self,
        command: str,
        address: str = "127.77.0.1",
        user: str = "root",
        key: Path | None = None,
        stdin: bytes = b"",
        extra: tuple[str, ...] = (),
    ) -> subprocess.CompletedProcess[bytes]:
        argv = ["ssh", *self.options(key), "-p", str(self.port), *extra, f"{user}@{address}", command]
        return subprocess.run(argv, input=stdin, capture_output=True, timeout=20, check=False)

    @contextmanager
    def open(self, command: str, *extra: str) -> Iterator[subprocess.Popen[bytes]]:
        """A client that is still running; it is killed at the end at the latest."""
        argv = ["ssh", *self.options(), "-p", str(self.port), *extra, "root@127.77.0.1", command]
        pipe = subprocess.PIPE
        with subprocess.Popen(argv, stdin=pipe, stdout=pipe, stderr=subprocess.STDOUT) as session:
            try:
                yield session
            finally:
                session.kill()

    def text(self, command: str, address: str = "127.77.0.1", user: str = "root") -> str:
        answer = self.ssh(command, address, user)
        assert answer.returncode == 0, answer.stderr
        return answer.stdout.decode().strip()


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("keys") / "id"
    make_key(path)
    return path


@pytest.fixture
def bench(tmp_path: Path, key: Path) -> Iterator[Bench]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    keys = (key.with_suffix(".pub").read_text(),)
    servers = {server.id: replace(server, ssh_keys=keys) for server in (WEB, DB)}
    bench = Bench(tmp_path, key, port, servers)
    bench.farm.start()
    yield bench
    bench.farm.stop()


@pytest.mark.parametrize("user", ["root", "ubuntu", "somebody"])
def test_any_user_logs_in_with_the_key(bench: Bench, user: str) -> None:
    assert bench.text('echo "$USER on $HOSTNAME"', user=user) == f"{user} on web01"


def test_another_key_is_refused(bench: Bench, tmp_path: Path) -> None:
    make_key(tmp_path / "other")
    answer = bench.ssh("echo in", key=tmp_path / "other")
    assert answer.returncode == 255
    assert b"Permission denied (publickey)" in answer.stderr
    assert answer.stdout == b""


def test_a_server_without_keys_lets_nobody_in(bench: Bench) -> None:
    bench.servers["web-id"] = replace(bench.servers["web-id"], ssh_keys=("no key at all",))
    assert until(lambda: bench.ssh("true").returncode == 255)


def test_output_errors_input_and_status_travel(bench: Bench) -> None:
    answer = bench.ssh("cat; echo problem >&2; exit 7", stdin=b"\x00binary\xff\n" * 50_000)
    assert answer.stdout == b"\x00binary\xff\n" * 50_000
    assert answer.stderr == b"problem\n"
    assert answer.returncode == 7


def test_the_environment_is_clean_and_the_servers_own(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMULATOR_SECRET", "of the host")
    lines = dict(line.split("=", 1) for line in bench.text("env").splitlines())
    lines.pop("_", None)
    assert set(lines) - {"PWD", "SHLVL", "OLDPWD"} == {
        "HOME",
        "HOSTNAME",
        "LANG",
        "LOGNAME",
        "PATH",
        "SHELL",
        "USER",
    }
    assert lines["HOSTNAME"] == "web01"


def test_each_server_has_a_home_of_its_own(bench: Bench) -> None:
    bench.text("echo web > note; mkdir -p ~/sub; pwd > ~/sub/where")
    homes = {address: bench.text("pwd", address) for address in ("127.77.0.1", "127.77.0.2", "127.77.0.3")}
    assert homes["127.77.0.1"] != homes["127.77.0.2"] == homes["127.77.0.3"]
    assert bench.text('test "$PWD" = "$HOME" && cat note sub/where') == f"web\n{homes['127.77.0.1']}"
    assert bench.text("ls -A", "127.77.0.2") == ""


def test_the_home_of_a_named_user_is_not_the_machines(bench: Bench) -> None:
    home = bench.text("pwd")
    assert bench.text("/bin/sh -c 'echo ~root && sleep 0'") == home
    assert bench.text("echo ~ubuntu/.ansible", user="ubuntu") == f"{home}/.ansible"
    assert bench.text("echo a~root ~rooted") == "a~root ~rooted"


def test_a_terminal_is_one_and_passes_status_and_input(bench: Bench) -> None:
    answer = bench.ssh("test -t 0 && tty && echo $TERM && exit 3", extra=("-tt",))
    assert answer.returncode == 3
    assert answer.stdout.startswith(b"/dev/")
    typed = bench.ssh('read line; echo "got $line"', extra=("-tt",), stdin=b"hello\n")
    assert b"got hello" in typed.stdout


def test_much_output_of_a_terminal_arrives_whole(bench: Bench) -> None:
    answer = bench.ssh("seq 20000", extra=("-tt",))
    assert answer.stdout.split() == [str(number).encode() for number in range(1, 20001)]


def test_a_program_ended_by_a_signal_is_no_success(bench: Bench) -> None:
    assert bench.ssh("kill -9 $$").returncode == 255


def test_files_travel_over_sftp_relative_to_the_home(bench: Bench, tmp_path: Path) -> None:
    payload = os.urandom(300_000)
    (tmp_path / "up").write_bytes(payload)
    home = bench.text("mkdir inner; pwd")
    batch = f"put {tmp_path}/up inner/a\nput {tmp_path}/up b\nget {home}/b {tmp_path}/down\nrename b c\nls\n"
    subprocess.run(
        ["sftp", *bench.options(), "-P", str(bench.port), "-b", "-", "root@127.77.0.1"],
        input=batch.encode(),
        check=True,
        capture_output=True,
        timeout=20,
    )
    assert (tmp_path / "down").read_bytes() == payload
    assert bench.text("ls; cmp inner/a c && echo same") == "c\ninner\nsame"


@pytest.mark.parametrize("protocol", ["-O", "-s"], ids=["scp", "sftp"])
def test_files_travel_with_scp(bench: Bench, tmp_path: Path, protocol: str) -> None:
    (tmp_path / "up").write_bytes(b"content")
    copy = ["scp", protocol, *bench.options(), "-P", str(bench.port)]
    subprocess.run([*copy, str(tmp_path / "up"), "root@127.77.0.1:there"], check=True, timeout=20)
    subprocess.run([*copy, "root@127.77.0.1:~/there", str(tmp_path / "down")], check=True, timeout=20)
    assert (tmp_path / "down").read_bytes() == b"content"


def test_a_kept_connection_serves_many_commands_quickly(bench: Bench, tmp_path: Path) -> None:
    shared = ("-o", "ControlMaster=auto", "-o", "ControlPersist=60", "-o", f"ControlPath={tmp_path}/c")
    assert bench.ssh("true", extra=shared).returncode == 0
    start = time.monotonic()
    answers = [bench.ssh(f"echo {number}", extra=shared).stdout for number in range(10)]
    assert answers == [f"{number}\n".encode() for number in range(10)]
    assert time.monotonic() - start < 5
    bench.farm.stop()
    assert until(lambda: not (tmp_path / "c").exists())


def test_commands_run_at_the_same_time(bench: Bench) -> None:
    with bench.open("cat > late.txt") as waiting:
        assert until(lambda: bench.text("ls -A") == "late.txt")
        waiting.communicate(b"late", timeout=10)
    assert bench.text("cat late.txt") == "late"


def test_a_stopped_server_refuses_and_cuts_its_connections(bench: Bench) -> None:
    with bench.open("echo started; sleep 600") as session:
        assert session.stdout and session.stdout.readline() == b"started\n"
        bench.servers["web-id"] = replace(bench.servers["web-id"], running=False)
        assert session.wait(timeout=10) == 255
    assert b"Connection refused" in bench.ssh("true").stderr
    assert bench.text("echo up", "127.77.0.2") == "up"


def test_a_server_keeps_its_files_over_a_stop_but_not_over_its_deletion(bench: Bench) -> None:
    home = Path(bench.text("echo kept > note; pwd"))
    running = bench.servers["web-id"]
    bench.servers["web-id"] = replace(running, running=False)
    assert until(lambda: not listens("127.77.0.1", bench.port))
    bench.servers["web-id"] = running
    assert until(lambda: listens("127.77.0.1", bench.port))
    assert bench.text("cat note") == "kept"
    del bench.servers["web-id"]
    assert until(lambda: not home.exists())
    assert not listens("127.77.0.1", bench.port)


def test_a_changed_address_and_name_are_followed(bench: Bench) -> None:
    bench.servers["web-id"] = replace(bench.servers["web-id"], addresses=("127.77.0.9",), name="renamed")
    assert until(lambda: listens("127.77.0.9", bench.port) and not listens("127.77.0.1", bench.port))
    assert bench.text("echo $HOSTNAME", "127.77.0.9") == "renamed"


def running_with(mark: Path) -> list[int]:
    """Processes whose command line holds a path."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if os.fsencode(mark) in entry.read_bytes():
                found.append(int(entry.parent.name))
        except OSError:
            continue
    return found


@pytest.mark.parametrize("terminal", [(), ("-tt",)], ids=["pipes", "terminal"])
def test_a_client_that_goes_away_leaves_no_process(bench: Bench, terminal: tuple[str, ...]) -> None:
    home = Path(bench.text("pwd"))
    with bench.open('echo started; sh -c "sleep 600; : $HOME/marked"', *terminal) as session:
        assert session.stdout and session.stdout.readline().strip() == b"started"
        assert until(lambda: bool(running_with(home / "marked")))
        session.terminate()
        session.wait(timeout=10)
    assert until(lambda: not running_with(home / "marked"))


def test_stop_leaves_no_process_no_file_and_no_thread(bench: Bench) -> None:
    home = Path(bench.text('setsid sh -c "sleep 600; : $HOME/marked" >/dev/null 2>&1 </dev/null & pwd'))
    assert until(lambda: bool(running_with(home / "marked")))
    bench.farm.stop()
    assert until(lambda: not running_with(home / "marked"))
    assert not home.exists()
    assert not listens("127.77.0.1", bench.port)
    assert "ssh-farm" not in {thread.name for thread in threading.enumerate()}
    bench.farm.stop()


def test_a_given_root_holds_the_homes_and_stays(tmp_path: Path, bench: Bench) -> None:
    server = replace(bench.servers["web-id"], id="kept-id", addresses=("127.77.0.5",))
    farm = SshFarm(lambda: [server], port=bench.port, root=tmp_path / "homes")
    farm.start()
    assert bench.text("touch here; pwd", "127.77.0.5") == str(tmp_path / "homes" / "kept-id")
    farm.stop()
    assert (tmp_path / "homes" / "kept-id" / "here").exists()


@pytest.mark.parametrize("address", ["0.0.0.0", "192.0.2.7", "::1", "nonsense"])
def test_nothing_outside_the_loopback_network_is_served(
    bench: Bench, address: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, logger="pocketvdc.ssh"):
        bench.servers["out"] = replace(WEB, id="out", name="outside", addresses=(address, "127.77.0.7"))
        assert until(lambda: listens("127.77.0.7", bench.port))
        time.sleep(0.3)
    warnings = [record.getMessage() for record in caplog.records if "outside" in record.getMessage()]
    assert len(warnings) == 1
    assert f"no SSH for server outside on {address}" in warnings[0]


def test_a_farm_starts_only_once(bench: Bench) -> None:
    with pytest.raises(RuntimeError, match="running already"):
        bench.farm.start()


def test_a_farm_that_cannot_start_says_why_and_leaves_nothing() -> None:
    def no_servers() -> list[ReachableServer]:
        raise LookupError("no cloud")

    farm = SshFarm(no_servers)
    with pytest.raises(LookupError, match="no cloud"):
        farm.start()
    assert "ssh-farm" not in {thread.name for thread in threading.enumerate()}
    farm.stop()
