# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A Python with its libraries already imported, for tests that start hundreds of them.

A module that Ansible sends, and Ansible's own commands, spend most of their time on what each start does alike: the
imports of the same libraries, and the compilation of the same files out of a module's archive. Here a process that
has imported them waits at a socket, and forks for each start. What runs is what would run otherwise: the module that
Ansible sends, out of its own archive, or the command itself, in a process of its own with its own environment, folder
and streams. What the libraries read while they are imported is read once: for Ansible, its settings.

    python warm.py SOCKET FOLDER LIBRARY ...     # serves until it is ended; FOLDER keeps compiled code
"""

from __future__ import annotations

import atexit
import hashlib
import importlib
import marshal
import os
import runpy
import select
import shlex
import signal
import socket
import subprocess
import sys
import threading
import traceback
import types
import zipimport
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any, NoReturn

# What modules import beside Ansible's own code and ours, which come with each of them.
OF_MODULES = [
    "argparse",
    "ast",
    "base64",
    "concurrent.futures",
    "dataclasses",
    "datetime",
    "decimal",
    "difflib",
    "enum",
    "errno",
    "fcntl",
    "fnmatch",
    "functools",
    "glob",
    "grp",
    "inspect",
    "ipaddress",
    "itertools",
    "json",
    "locale",
    "logging",
    "operator",
    "platform",
    "pwd",
    "random",
    "re",
    "requests",
    "select",
    "shlex",
    "shutil",
    "stat",
    "string",
    "subprocess",
    "syslog",
    "tempfile",
    "textwrap",
    "threading",
    "time",
    "typing",
    "uuid",
    "zipfile",
]
OF_COMMANDS = ["ansible.cli.playbook", "ansible.cli.inventory", "requests"]
# At most so many servers for commands; and the variables that no library reads when it is imported.
MANY = 4
READ_LATE = ("PROFITBRICKS_", "IONOS_", "NETFOUNDRY_", "RECORD_", "PYTEST_")
Settings = frozenset[tuple[str, str]]

CLIENT = """\
import marshal, os, socket, sys
with socket.socket(socket.AF_UNIX) as server:
    server.connect({path!r})
    call = marshal.dumps((sys.argv[1:], dict(os.environ), os.getcwd()))
    socket.send_fds(server, [len(call).to_bytes(4, "big")], [0, 1, 2])
    server.sendall(call)
    code = server.recv(1)
os._exit(code[0] if code else 1)
"""


class Pythons:
    """How tests run modules and Ansible's commands: with this Python, started anew each time; ``home`` is one they share."""

    home: Path | None = None

    def modules(self, environment: Mapping[str, str]) -> str:
        """What Ansible is to call in that environment for a module."""
        return "{{ ansible_playbook_python }}"

    def commands(self, environment: Mapping[str, str], folder: Path) -> str:
        """What runs a command with that environment in that folder."""
        return sys.executable


class WarmPythons(Pythons):
    """Warm Pythons, one for the modules, and one for each set of Ansible's settings that is seen a second time."""

    def __init__(self, folder: Path) -> None:
        self.home = folder / "home"
        self._folder = folder
        self._servers = ExitStack()
        self._seen: set[Settings] = set()
        self._commands: dict[Settings, str] = {}

    def __enter__(self) -> WarmPythons:
        (self._folder / "home").mkdir(parents=True)
        self._modules = self._servers.enter_context(warm(self._folder / "modules", OF_MODULES, os.environ))
        return self

    def __exit__(self, *_error: object) -> None:
        self._servers.close()

    def modules(self, environment: Mapping[str, str]) -> str:
        # Tests use it to hide or replace libraries.
        return super().modules(environment) if "PYTHONPATH" in environment else self._modules

    def commands(self, environment: Mapping[str, str], folder: Path) -> str:
        settings = frozenset(each for each in environment.items() if not each[0].startswith(READ_LATE))
        if "ANSIBLE_CONFIG" not in environment and (folder / "ansible.cfg").exists():
            return sys.executable
        if settings in self._seen and len(self._commands) < MANY and settings not in self._commands:
            place = self._folder / str(len(self._commands))
            self._commands[settings] = self._servers.enter_context(warm(place, OF_COMMANDS, environment))
        self._seen.add(settings)
        return self._commands.get(settings, sys.executable)


@contextmanager
def warm(folder: Path, libraries: Sequence[str], environment: Mapping[str, str]) -> Iterator[str]:
    """The path of a program to be called in place of Python, while its server runs."""
    folder.mkdir()
    path, client, program = folder / "socket", folder / "client.py", folder / "python3"
    client.write_text(CLIENT.format(path=str(path)), encoding="utf-8")
    words = shlex.join([sys.executable, "-ISE", str(client)])
    program.write_text(f'#!/bin/sh\nexec {words} "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    command = [sys.executable, __file__, str(path), str(folder / "compiled"), *libraries]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=folder, env=environment
    ) as server:
        try:
            assert server.stdout is not None and server.stdout.readline(), "the warm Python does not start"
            yield str(program)
        finally:
            server.terminate()


def serve(path: str, compiled: Path, libraries: Sequence[str]) -> None:
    """Fork for each call that comes in at the socket, as long as whoever started this holds its standard input."""
    compiled.mkdir()
    sys.path.pop(0)  # the folder of this file
    for name in libraries:
        importlib.import_module(name)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(path)
        listener.listen(64)
        print("ready", flush=True)
        while listener in select.select([listener, sys.stdin], [], [])[0]:
            caller, _address = listener.accept()
            if os.fork() == 0:
                listener.close()
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                begin(caller, compiled)
            caller.close()


def begin(caller: socket.socket, compiled: Path) -> NoReturn:
    """Be the process that was called for, and tell the caller how it ended."""
    code = 1
    try:
        # What the server has to do at its own end is not for its forks.
        atexit._clear()
        code = answer(caller, compiled)
        getattr(threading, "_shutdown")()  # noqa: B009
        atexit._run_exitfuncs()
        for each in (sys.stdout, sys.stderr):
            each.flush()
    finally:
        with suppress(OSError):  # of a caller that has gone
            caller.send(bytes([code & 255]))
        os._exit(code & 255)


def answer(caller: socket.socket, compiled: Path) -> int:
    """Run the call in this process, and return its exit code. The caller sees 1 if the process is killed."""
    length, streams, _flags, _address = socket.recv_fds(caller, 4, 3)
    with caller.makefile("rb") as call:
        arguments, environment, folder = marshal.loads(call.read(int.from_bytes(length, "big")))
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    keep_compiled(compiled)
    try:
        run(arguments)
    except SystemExit as stopped:
        return exit_code(stopped.code)
    except BaseException:
        traceback.print_exc()
        return 1
    return 0


def run(arguments: list[str]) -> None:
    """A library with -m, a script by its path, or one from the standard input, as Python's main program."""
    match arguments:
        case ["-m", name, *_]:
            sys.argv = arguments[1:]
            sys.path.insert(0, os.getcwd())
            runpy.run_module(name, run_name="__main__", alter_sys=True)
        case [path, *_] if not path.startswith("-"):
            sys.argv = arguments
            runpy.run_path(path, run_name="__main__")
        case []:
            sys.argv = [""]
            sys.modules["__main__"] = main = types.ModuleType("__main__")
            exec(compile(sys.stdin.buffer.read(), "<stdin>", "exec", dont_inherit=True), main.__dict__)
        case _:
            raise ValueError(f"a warm Python does not know these arguments: {arguments}")


def exit_code(code: Any) -> int:
    """As Python has it: none is success, a text is shown."""
    if code is None or isinstance(code, int):
        return code or 0
    print(code, file=sys.stderr)
    return 1


def keep_compiled(folder: Path) -> None:
    """Have imports from archives reuse the compiled code of an identical file.

    A traceback may then name the archive that the file first came from.
    """
    compiler = getattr(zipimport, "_compile_source")  # noqa: B009

    def compiled(path: str, source: bytes) -> types.CodeType:
        name = path.partition(".zip/")[2]
        kept = folder / hashlib.sha256(b"%s\0%s" % (name.encode(), source)).hexdigest()
        try:
            code: types.CodeType = marshal.loads(kept.read_bytes())
        except FileNotFoundError:
            code = compiler(path, source)
            temporary = kept.with_suffix(f".{os.getpid()}")
            temporary.write_bytes(marshal.dumps(code))
            temporary.rename(kept)
        return code

    setattr(zipimport, "_compile_source", compiled)  # noqa: B010


if __name__ == "__main__":
    serve(sys.argv[1], Path(sys.argv[2]), sys.argv[3:])
