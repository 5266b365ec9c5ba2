# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Show Ansible's commands at work on the local cloud, as a reader would type them, which no playbook can show.

python tools/demo.py [--provision-seconds S]

It provisions, runs again, lists, configures over SSH and takes down; and ends with what each step took and found.

It uses the collection as installed by `make collection`, writes into a temporary folder only, and leaves nothing
behind. The first step that fails ends it with the reason and exit code 1.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
COLLECTIONS = ROOT / ".build" / "collections"
INSTALLED = COLLECTIONS / "ansible_collections" / "profitbricks" / "cloud"
# Loopback addresses, so that the emulated servers can be reached from this machine.
PUBLIC_NET = "127.20.0.0/24"
ACCOUNT = {"PROFITBRICKS_USERNAME": "demo@example.com", "PROFITBRICKS_PASSWORD": "demo-password"}
# Most seconds that a command may take, and that a server may take to answer.
STEP_SECONDS = 120
BOOT_SECONDS = 60
# Connections are shared through sockets in the demo's folder, and the path of a socket has 108 bytes at most.
SOCKET_ROOM = 60
TAIL_LINES = 25

TASK = re.compile(r"^(?:TASK|RUNNING HANDLER) \[(?P<name>.*)\] \**$")
RESULT = re.compile(
    r"^(?P<status>ok|changed|skipping|fatal|failed): \[(?P<host>[^]]+)\](?:: FAILED!|: UNREACHABLE!)?"
    r"(?: => \(item=(?P<item>.*?)\))?"
)
RECAP = re.compile(r"^\S+ +: ok=(\d+) +changed=(\d+) +unreachable=(\d+) +failed=(\d+)", re.M)
# A leaf of the graph: groups begin with @ and end with a colon.
HOST = re.compile(r"--([^@\n]*[^:\n])$", re.M)
WRITES = ("POST", "PUT", "PATCH", "DELETE")
# What the demo closes with: nobody who has just seen it has an account, a key, or Ansible at hand.
CLOUD_COMMAND = "make emulator PORT=8080"
NEXT_COMMANDS = (
    'export PATH="$PWD/.build/venv/bin:$PATH" ANSIBLE_COLLECTIONS_PATH="$PWD/.build/collections"',
    "export PROFITBRICKS_API_URL=http://127.0.0.1:8080/cloudapi/v6 PROFITBRICKS_TOKEN=demo-token",
    "ansible-playbook profitbricks.cloud.users_groups_shares -e team_name=trial",
    "ansible-playbook profitbricks.cloud.list_datacenters",
)
# Of the caller's environment, what could lead the commands elsewhere.
FOREIGN = re.compile(r"^(ANSIBLE_|PROFITBRICKS_|IONOS_|NETFOUNDRY_|PYTHON|SSH_)|_proxy$", re.I)


class StepFailed(Exception):
    """A step did not do what it shall show; the text says why."""


@dataclass
class Demo:
    """The surroundings of all steps: a folder, the environment of the commands, and what has been shown."""

    folder: Path
    environment: dict[str, str]
    url: str = ""
    shown: list[tuple[str, float, str]] = field(default_factory=list)

    @contextlib.contextmanager
    def step(self, title: str) -> Iterator[list[str]]:
        """Number and time a step; its body appends what the summary shall tell."""
        print(f"\n{len(self.shown) + 1}. {title}", flush=True)
        started = time.monotonic()
        findings: list[str] = []
        yield findings
        seconds = time.monotonic() - started
        self.shown.append((title, seconds, ", ".join(findings)))
        print(f"   done in {seconds:.1f} s", flush=True)

    def run(self, *command: str | Path, show: Callable[[str], None] = lambda line: None) -> str:
        """Run one of Ansible's commands, calling `show` with each line of its output, which is returned."""
        words = [str(word) for word in command]
        print(f"   $ {shlex.join(words)}", flush=True)
        program = Path(sys.executable).parent / words[0]
        with (
            tempfile.TemporaryFile("w+") as errors,
            child([str(program), *words[1:]], self.folder, self.environment, errors) as process,
        ):
            lines = []
            for line in process.stdout or ():
                lines.append(line)
                show(line.rstrip("\n"))
            code = process.wait()
            errors.seek(0)
            complaints = errors.read()
        if code:
            ended = (
                f"was ended after {STEP_SECONDS} s" if code == -signal.SIGKILL else f"ended with code {code}"
            )
            raise StepFailed(f"{words[0]} {ended}:\n{tail(''.join(lines) + complaints)}")
        return "".join(lines)

    def journal(self) -> list[dict[str, Any]]:
        """The requests that the cloud got since it was last asked."""
        journal: list[dict[str, Any]] = control(self.url, "GET", "journal")["items"]
        control(self.url, "DELETE", "journal")
        return journal


@contextlib.contextmanager
def child(
    command: Sequence[str],
    folder: Path,
    environment: dict[str, str],
    errors: Any,
    seconds: float = STEP_SECONDS,
) -> Iterator[subprocess.Popen[str]]:
    """A process with a session of its own, so that all it started ends with it; killed after `seconds`."""
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=errors,
        text=True,
        errors="replace",
        start_new_session=True,
    )
    guard = threading.Timer(seconds, end, [process, signal.SIGKILL])
    guard.daemon = True
    guard.start()
    try:
        yield process
    finally:
        guard.cancel()
        end(process, signal.SIGTERM)
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            end(process, signal.SIGKILL)
            process.wait()
        if process.stdout:
            process.stdout.close()


def end(process: subprocess.Popen[str], number: signal.Signals) -> None:
    """Signal a process and what it started, unless it has ended."""
    if process.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, number)


def sweep(folder: Path) -> None:
    """Kill what a command left behind in a session of its own, as Ansible's workers have one, where /proc tells it.

    It is known by the demo's folder as its home.
    """
    mark = b"\0HOME=" + os.fsencode(folder) + b"\0"
    for entry in Path("/proc").glob("[0-9]*/environ"):
        with contextlib.suppress(OSError):
            if mark in b"\0" + entry.read_bytes():
                os.kill(int(entry.parent.name), signal.SIGKILL)


def tail(text: str) -> str:
    lines = text.rstrip().splitlines()
    cut = [f"... ({len(lines) - TAIL_LINES} lines before)"] if len(lines) > TAIL_LINES else []
    return "\n".join(f"   | {line}" for line in cut + lines[-TAIL_LINES:])


# -- the local cloud ---------------------------------------------------------------------------------------


@contextlib.contextmanager
def emulator(folder: Path, environment: dict[str, str], provision_seconds: float, port: int) -> Iterator[str]:
    """Run the local cloud; yields its base URL."""
    options = ["--provision-seconds", f"{provision_seconds:g}", "--public-net", PUBLIC_NET, "--ssh"]
    command = [sys.executable, "-m", "pocketvdc", "serve", *options, "--ssh-port", str(port)]
    print(f"   $ {shlex.join(['python', *command[1:]])}", flush=True)
    path = {**environment, "PYTHONPATH": str(ROOT / "emulator" / "src")}
    with tempfile.TemporaryFile("w+") as errors, child(command, folder, path, errors, 900) as process:
        url = (process.stdout.readline() if process.stdout else "").strip()
        if not url:
            process.wait()
            errors.seek(0)
            raise StepFailed(f"the emulator did not start:\n{tail(errors.read())}")
        yield url


def control(url: str, method: str, what: str) -> Any:
    """A call to the emulator's control path; never through a proxy."""
    request = urllib.request.Request(f"{url}/_emulator/{what}", method=method)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=10) as answer:
        return json.loads(answer.read() or b"null")


def free_port() -> int:
    """A port that is free on every loopback address; a demo that runs beside this one gets another."""
    first = PUBLIC_NET.replace("0/24", "1")
    with socket.socket() as probe:
        try:
            probe.bind((first, 0))
        except OSError as error:
            raise StepFailed(
                f"this machine does not answer on {first} ({error}). Linux does for all of 127.0.0.0/8; on other "
                f"systems add the addresses to the loopback interface first"
            ) from None
        return int(probe.getsockname()[1])


# -- what a person sees ------------------------------------------------------------------------------------


class Progress:
    """Shows a running playbook as one line for each result."""

    def __init__(self) -> None:
        self.task = ""

    def __call__(self, line: str) -> None:
        if task := TASK.match(line):
            self.task = task["name"]
        elif (result := RESULT.match(line)) and not (result["status"] == "skipping" and result["item"]):
            host = "" if result["host"] == "localhost" else f" on {result['host']}"
            item = f": {result['item']}" if result["item"] else ""
            print(f"     {result['status']:<9}{self.task}{item}{host}", flush=True)


def indented(line: str) -> None:
    print(f"     {line}".rstrip(), flush=True)


def recap(output: str) -> tuple[int, int, int]:
    """From a playbook's output: hosts, tasks that changed something, tasks that failed."""
    found = [tuple(map(int, counts)) for counts in RECAP.findall(output)]
    if not found:
        raise StepFailed("the playbook ran on no host")
    return len(found), sum(each[1] for each in found), sum(each[2] + each[3] for each in found)


def counted(journal: Sequence[dict[str, Any]]) -> str:
    writes = sum(entry["method"] in WRITES for entry in journal)
    return f"requests: {len(journal)}, writing: {writes}"


# -- the steps ---------------------------------------------------------------------------------------------


def provision(demo: Demo, site: Sequence[str]) -> None:
    with demo.step("Provision a data center: two LANs, three servers, a user") as findings:
        output = demo.run("ansible-playbook", "profitbricks.cloud.site", *site, show=Progress())
        _hosts, changed, _failed = recap(output)
        if not changed:
            raise StepFailed("the first run changed nothing")
        findings += [f"changed={changed}", counted(demo.journal())]


def rerun(demo: Demo, site: Sequence[str]) -> None:
    with demo.step("Run the same playbook again: nothing changes") as findings:
        output = demo.run("ansible-playbook", "profitbricks.cloud.site", *site, show=Progress())
        _hosts, changed, _failed = recap(output)
        journal = demo.journal()
        if changed:
            raise StepFailed(f"the second run says changed={changed}, it must be 0")
        if written := [entry for entry in journal if entry["method"] in WRITES]:
            raise StepFailed(f"the second run wrote: {written[0]['method']} {written[0]['path']}")
        findings += ["changed=0", counted(journal)]


def list_servers(demo: Demo) -> None:
    with demo.step("The servers as Ansible's inventory") as findings:
        graph = demo.run("ansible-inventory", "-i", "profitbricks.yml", "--graph", show=indented)
        hosts = set(HOST.findall(graph))
        if not hosts:
            raise StepFailed("the inventory lists no host")
        findings += [f"{len(hosts)} hosts", counted(demo.journal())]
    with demo.step("What the inventory knows of one of them") as findings:
        known = json.loads(demo.run("ansible-inventory", "-i", "profitbricks.yml", "--host", "web-01"))
        for name, value in known.items():
            if isinstance(value, str | int) or (value and all(isinstance(each, str) for each in value)):
                indented(f"{name}: {json.dumps(value)}")
        rest = [name for name in ("profitbricks_nics", "profitbricks_volumes") if name in known]
        indented(f"and with all their properties: {', '.join(rest)}")
        findings.append(f"{len(known)} variables")
        demo.journal()


def configure(demo: Demo, port: int) -> None:
    key = demo.folder / "id_ed25519"
    with demo.step("Configure the servers over SSH, through that inventory") as findings:
        login = ("--private-key", str(key), "-e", f"ssh_port={port}", "-e", f"boot_timeout={BOOT_SECONDS}")
        command = ("ansible-playbook", "-i", "profitbricks.yml", "profitbricks.cloud.configure", *login)
        hosts, changed, _failed = recap(demo.run(*command, show=Progress()))
        if changed != hosts:
            raise StepFailed(f"{changed} of {hosts} servers were configured")
        written = ("ansible", "web-01", "-i", "profitbricks.yml", "-a", "cat node.conf")
        demo.run(*written, "--private-key", key, "-u", "root", "-e", f"ansible_port={port}", show=indented)
        findings += [f"{hosts} hosts", f"changed={changed}"]
        demo.journal()


def look(demo: Demo) -> None:
    with demo.step("Ask for the data centers, ad hoc") as findings:
        output = demo.run("ansible", "localhost", "-m", "profitbricks.cloud.profitbricks_datacenter_info")
        found = json.loads(output[output.index("{") :])["datacenters"]
        for datacenter in found:
            for name in ("name", "location", "description", "state", "version", "id"):
                indented(f"{name}: {json.dumps(datacenter[name])}")
        findings += [f"data centers: {len(found)}", counted(demo.journal())]


def tear_down(demo: Demo) -> None:
    with demo.step("Take all of it down") as findings:
        output = demo.run("ansible-playbook", "profitbricks.cloud.teardown", show=Progress())
        findings += [f"changed={recap(output)[1]}", counted(demo.journal())]


def overlay(demo: Demo) -> None:
    account = demo.folder / "api-account.json"
    account.write_text(json.dumps(control(demo.url, "GET", "netfoundry/credentials")), encoding="utf-8")
    demo.environment |= {
        "NETFOUNDRY_API_URL": demo.url,
        "NETFOUNDRY_API_ACCOUNT": str(account),
        "NETFOUNDRY_TOKEN_CACHE": str(demo.folder / "token.json"),
    }
    tokens = demo.folder / "tokens"
    tokens.mkdir(mode=0o700)
    command = ("ansible-playbook", "profitbricks.cloud.overlay_demo", "-e", f"overlay_token_folder={tokens}")
    with demo.step("Build an overlay network with a working service") as findings:
        _hosts, changed, _failed = recap(demo.run(*command, show=Progress()))
        written = len(list(tokens.glob("*.jwt")))
        if not written:
            raise StepFailed("no enrollment token was written")
        findings += [f"changed={changed}", f"enrollment tokens: {written}", counted(demo.journal())]
    with demo.step("Build it again: nothing changes") as findings:
        if changed := recap(demo.run(*command, show=Progress()))[1]:
            raise StepFailed(f"the second run of the overlay says changed={changed}, it must be 0")
        findings += ["changed=0", counted(demo.journal())]
    with demo.step("The overlay's endpoints and routers as Ansible's inventory") as findings:
        graph = demo.run("ansible-inventory", "-i", "netfoundry.yml", "--graph", show=indented)
        findings += [f"{len(set(HOST.findall(graph)))} hosts", counted(demo.journal())]


def summary(demo: Demo, started: float) -> None:
    print("\nWhat was shown")
    for number, (title, seconds, findings) in enumerate(demo.shown, 1):
        print(f"{number:>3}. {title:<58}{seconds:6.1f} s   {findings}".rstrip())
    print(f"All in {time.monotonic() - started:.0f} s, on the local cloud; nothing is left behind.")
    print("\nNext, on your own and still without an account: start the local cloud in another terminal,")
    print(f"  {CLOUD_COMMAND}")
    print("and use it in this one:")
    print("\n".join(f"  {line}" for line in NEXT_COMMANDS), flush=True)


def surroundings(folder: Path) -> dict[str, str]:
    """An environment for the commands in which nothing of the caller's own settings, keys or accounts acts."""
    own = {name: value for name, value in os.environ.items() if not FOREIGN.search(name)}
    ssh = "-F /dev/null -o UserKnownHostsFile=/dev/null -o IdentitiesOnly=yes -o LogLevel=ERROR"
    if len(str(folder)) <= SOCKET_ROOM:
        ssh += " -o ControlMaster=auto -o ControlPersist=30s"
    return {
        **own,
        **ACCOUNT,
        "ANSIBLE_COLLECTIONS_PATH": str(COLLECTIONS),
        "ANSIBLE_CONFIG": str(folder / "ansible.cfg"),
        "ANSIBLE_HOME": str(folder / "ansible"),
        "ANSIBLE_INVENTORY_UNPARSED_WARNING": "false",
        "ANSIBLE_LOCALHOST_WARNING": "false",
        "ANSIBLE_NOCOLOR": "true",
        "ANSIBLE_PIPELINING": "true",
        "ANSIBLE_PYTHON_INTERPRETER": "auto_silent",
        "ANSIBLE_SSH_ARGS": ssh,
        "HOME": str(folder),
        "LC_ALL": "C.UTF-8",
        "NO_PROXY": "*",
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), own.get("PATH", os.defpath)]),
        "TMPDIR": str(folder),
    }


def prepare(folder: Path) -> None:
    """Put into the folder what a user would have: settings, a key pair and an inventory file."""
    for program in ("ssh", "ssh-keygen"):
        if not shutil.which(program):
            raise StepFailed(
                f"there is no {program}; install the OpenSSH client (Debian, Ubuntu: openssh-client)"
            )
    if not INSTALLED.is_dir():
        raise StepFailed("the collection is not installed in .build/collections; run: make demo")
    (folder / "ansible.cfg").write_text("[defaults]\n", encoding="utf-8")
    key = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "demo", "-f", str(folder / "id_ed25519")]
    made = subprocess.run(key, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if made.returncode:
        raise StepFailed(f"ssh-keygen failed:\n{tail(made.stdout + made.stderr)}")
    for name in ("profitbricks.yml", "netfoundry.yml"):
        shutil.copy(INSTALLED / "playbooks" / "inventory" / name, folder)


def show_all(folder: Path, provision_seconds: float) -> None:
    """Run all steps and sum them up. Raises StepFailed."""
    started = time.monotonic()
    demo = Demo(folder, surroundings(folder))
    with contextlib.ExitStack() as stack:
        with demo.step("Start the local cloud") as findings:
            prepare(folder)
            port = free_port()
            demo.url = stack.enter_context(emulator(folder, demo.environment, provision_seconds, port))
            demo.environment["PROFITBRICKS_API_URL"] = f"{demo.url}/cloudapi/v6"
            for name in ("PROFITBRICKS_API_URL", *ACCOUNT):
                print(f"   $ export {name}={demo.environment[name]}", flush=True)
            findings.append(demo.url)
        site = ["-e", f"ssh_public_key_file={folder / 'id_ed25519.pub'}"]
        provision(demo, site)
        rerun(demo, site)
        list_servers(demo)
        configure(demo, port)
        look(demo)
        overlay(demo)
        tear_down(demo)
    summary(demo, started)


def main() -> int:
    parser = argparse.ArgumentParser(description="Show the collection at work on the local cloud.")
    parser.add_argument(
        "--provision-seconds",
        type=float,
        default=1.0,
        metavar="S",
        help="how long a request takes (default: 1)",
    )
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="pb-demo-"))
    signal.signal(signal.SIGTERM, lambda *_rest: sys.exit(128 + signal.SIGTERM))
    try:
        show_all(folder, options.provision_seconds)
    except StepFailed as failure:
        print(f"\nThe demo failed: {failure}", file=sys.stderr, flush=True)
        return 1
    except KeyboardInterrupt:
        print("\nInterrupted.", file=sys.stderr, flush=True)
        return 128 + signal.SIGINT
    finally:
        sweep(folder)
        shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
