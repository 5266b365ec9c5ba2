# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""SSH for emulated servers: each running one answers on its own loopback addresses.

This makes servers *reachable*, not separate machines: a login runs its commands **on the machine the emulator
runs on, as the user that runs the emulator**. What differs between servers is the address, the accepted keys,
the home directory and the environment (``HOME``, ``USER``, ``HOSTNAME``). So it listens on nothing outside
127.0.0.0/8, and accepts only the public keys the server was created with. Any user name may log in; all share
the server's home.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import ipaddress
import logging
import os
import re
import shutil
import signal
import sys
import tempfile
import termios
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from pathlib import Path

import asyncssh

from .reachable import ReachableServer

_log = logging.getLogger(__name__)

_LOOPBACK = ipaddress.IPv4Network("127.0.0.0/8")
_RECONCILE_SECONDS = 0.1
_HANGUP_SECONDS = 0.5
_CHUNK = 65536
_KILL_ROUNDS = 5  # a process may fork while the others are killed

# The Python of the emulator comes last: a server has one even where the system has none in the usual places.
_PATH = os.pathsep.join(
    (
        "/usr/local/sbin",
        "/usr/local/bin",
        "/usr/sbin",
        "/usr/bin",
        "/sbin",
        "/bin",
        str(Path(sys.executable).parent),
    )
)

# The leader of a new session that opens a terminal gets it as its controlling one.
_ON_TERMINAL = 'exec <>"$0" >&0 2>&0; exec "$@"'

_Process = asyncssh.SSHServerProcess[bytes]


class SshFarm:
    """Keeps one SSH listener for each address of each running server.

    ``servers`` is asked about ten times a second, from a thread of the farm. Homes are made below ``root``;
    without one, below a temporary directory that ``stop`` removes.
    """

    def __init__(
        self, servers: Callable[[], Sequence[ReachableServer]], port: int = 2222, root: Path | None = None
    ) -> None:
        self._servers = servers
        self._port = port
        self._root = root
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping: asyncio.Event | None = None

    def start(self) -> None:
        """Listen for all servers that run now, then follow them; returns when those can be reached."""
        if self._thread is not None:
            raise RuntimeError("the SSH farm is running already")
        ready: Future[None] = Future()
        self._thread = threading.Thread(target=self._run, args=(ready,), name="ssh-farm", daemon=True)
        self._thread.start()
        try:
            ready.result()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Close all listeners and connections and end what they started; a second call does nothing."""
        if self._thread is None:
            return
        if self._loop is not None and self._stopping is not None:
            with contextlib.suppress(RuntimeError):  # the loop has ended by itself
                self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join()
        self._thread = None

    def _run(self, ready: Future[None]) -> None:
        root = Path(tempfile.mkdtemp(prefix="emulator-ssh-")) if self._root is None else self._root.resolve()
        try:
            asyncio.run(self._follow(root, ready))
        except BaseException as error:
            if ready.done():
                raise
            ready.set_exception(error)
        finally:
            if self._root is None:
                shutil.rmtree(root, ignore_errors=True)

    async def _follow(self, root: Path, ready: Future[None]) -> None:
        self._loop = asyncio.get_running_loop()
        self._stopping = asyncio.Event()
        host_key = asyncssh.generate_private_key("ssh-ed25519")
        sites: dict[str, _Site] = {}
        try:
            while not self._stopping.is_set():
                await self._reconcile(sites, root, host_key)
                if not ready.done():
                    ready.set_result(None)
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._stopping.wait(), _RECONCILE_SECONDS)
        finally:
            for site in sites.values():
                await site.shut()

    async def _reconcile(self, sites: dict[str, _Site], root: Path, host_key: asyncssh.SSHKey) -> None:
        # The cloud may hold its lock for a while: waiting for it must not hold up the connections.
        servers = await asyncio.to_thread(self._servers)
        wanted = {server.id: server for server in servers}
        for gone in sites.keys() - wanted.keys():
            await sites.pop(gone).remove()
        for server in wanted.values():
            site = sites.get(server.id)
            if site is None:
                site = sites[server.id] = _Site(server, root / server.id, self._port, host_key)
            await site.update(server)


class _Site:
    """One server: its home, its listeners, the connections to it and the commands that run on it."""

    def __init__(self, server: ReachableServer, home: Path, port: int, host_key: asyncssh.SSHKey) -> None:
        self.server = server
        self.home = home
        self.connections: set[asyncssh.SSHServerConnection] = set()
        self._port = port
        self._host_key = host_key
        self._keys = _public_data(server.ssh_keys)
        self._listeners: dict[str, asyncssh.SSHAcceptor] = {}
        self._refused: set[str] = set()
        self._commands: set[asyncio.Task[None]] = set()

    def accepts(self, key: asyncssh.SSHKey) -> bool:
        return key.public_data in self._keys

    async def update(self, server: ReachableServer) -> None:
        """Follow a new state of the server: listen on all its addresses while it runs, else on none."""
        if server.ssh_keys != self.server.ssh_keys:
            self._keys = _public_data(server.ssh_keys)
        self.server = server
        if not server.running:
            await self.shut()
            return
        for address in self._listeners.keys() - set(server.addresses):
            self._listeners.pop(address).close()
        for address in server.addresses:
            if address not in self._listeners:
                await self._listen(address)

    async def shut(self) -> None:
        """Refuse new connections, cut those that are open and end all processes of the server."""
        if not self._listeners and not self.connections:
            return
        for listener in self._listeners.values():
            listener.close()
        self._listeners.clear()
        for connection in tuple(self.connections):
            connection.abort()
        if self._commands:
            await asyncio.wait(self._commands, timeout=4 * _HANGUP_SECONDS)
        _kill_processes_of(self.home)

    async def remove(self) -> None:
        """Shut a server that no longer exists and forget its files."""
        await self.shut()
        shutil.rmtree(self.home, ignore_errors=True)

    async def _listen(self, address: str) -> None:
        try:
            if ipaddress.ip_address(address) not in _LOOPBACK:
                raise OSError("only addresses of 127.0.0.0/8 can be served")
            self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._listeners[address] = await asyncssh.listen(
                address,
                self._port,
                server_factory=lambda: _Login(self),
                server_host_keys=[self._host_key],
                process_factory=self._serve,
                sftp_factory=lambda channel: _HomeFiles(channel, self.home),
                allow_scp=True,
                encoding=None,
                password_auth=False,
                kbdint_auth=False,
                gss_host=None,
            )
            self._refused.discard(address)
        except (OSError, ValueError) as error:
            if address not in self._refused:
                _log.warning("no SSH for server %s on %s: %s", self.server.name, address, error)
            self._refused.add(address)

    async def _serve(self, process: _Process) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._commands.add(task)
        try:
            await self._execute(process)
        finally:
            self._commands.discard(task)

    async def _execute(self, process: _Process) -> None:
        """Run what the client asked for, a command or a shell, and report how it ended."""
        user = process.get_extra_info("username")
        argv = ["/bin/sh"]
        if process.command is not None:
            argv += ["-c", _in_own_home(process.command, user)]
        run = _run_with_pipes if process.term_type is None else _run_on_terminal
        try:
            status = await run(process, argv, self.home, self._environment(process, user))
        except OSError as error:
            process.stderr.write(f"{error}\n".encode())
            status = 127
        if not process.is_closing():
            if status < 0:
                process.exit_with_signal(signal.Signals(-status).name.removeprefix("SIG"))
            else:
                process.exit(status)

    def _environment(self, process: _Process, user: str) -> dict[str, str]:
        environment = {
            "HOME": str(self.home),
            "HOSTNAME": self.server.name,
            "LANG": "C.UTF-8",
            "LOGNAME": user,
            "PATH": _PATH,
            "SHELL": "/bin/sh",
            "USER": user,
        }
        if process.term_type is not None:
            environment["TERM"] = process.term_type
        return environment


class _Login(asyncssh.SSHServer):
    """One connection to a server: any user name, public keys only."""

    def __init__(self, site: _Site) -> None:
        self._site = site
        self._connection: asyncssh.SSHServerConnection | None = None

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        self._connection = conn
        self._site.connections.add(conn)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._connection is not None:
            self._site.connections.discard(self._connection)

    def begin_auth(self, username: str) -> bool:
        return True

    def public_key_auth_supported(self) -> bool:
        return True

    def validate_public_key(self, username: str, key: asyncssh.SSHKey) -> bool:
        return self._site.accepts(key)


class _HomeFiles(asyncssh.SFTPServer):
    """Files over SFTP and SCP: relative paths and ``~`` start at the server's home."""

    def __init__(self, channel: asyncssh.SSHServerChannel[bytes], home: Path) -> None:
        super().__init__(channel)
        self._home = os.fsencode(home)

    def map_path(self, path: bytes) -> bytes:
        if path == b"~" or path.startswith(b"~/"):
            path = path[2:]
        return os.path.join(self._home, path)

    def exit(self) -> None:
        """End with a status, as a program would: scp takes its absence for a failure."""
        if not self.channel.is_closing():
            self.channel.exit(0)


def _public_data(lines: Iterable[str]) -> frozenset[bytes]:
    """The keys of authorized_keys lines; what is no key lets nobody in."""
    keys = set()
    for line in lines:
        try:
            keys.add(asyncssh.import_public_key(line.strip()).public_data)
        except asyncssh.KeyImportError as error:
            _log.warning("an SSH key is left out: %s", error)
    return frozenset(keys)


def _in_own_home(command: str, user: str) -> str:
    """Let ``~user`` mean the server's home, not the one this machine has for a user of that name."""
    return re.sub(rf"(?<![\w./~-])~{re.escape(user)}(?![\w.-])", "~", command)


async def _run_with_pipes(process: _Process, argv: list[str], home: Path, environment: dict[str, str]) -> int:
    """Run a program between the channel's streams; answers its exit status, negative for a signal."""
    pipe = asyncio.subprocess.PIPE
    child = await asyncio.create_subprocess_exec(
        *argv, stdin=pipe, stdout=pipe, stderr=pipe, cwd=home, env=environment, start_new_session=True
    )
    assert child.stdin is not None
    feeding = asyncio.create_task(_feed(process, child.stdin))
    copying = asyncio.create_task(_copy_outputs(child, process))
    return await _outcome(process, child, feeding, copying)


async def _run_on_terminal(
    process: _Process, argv: list[str], home: Path, environment: dict[str, str]
) -> int:
    """Run a program on a terminal of its own; answers as ``_run_with_pipes``."""
    master, slave = os.openpty()
    try:
        _resize(master, process.term_size[0], process.term_size[1])
        os.set_blocking(master, False)
        try:
            child = await asyncio.create_subprocess_exec(
                *("/bin/sh", "-c", _ON_TERMINAL, os.ttyname(slave), *argv),
                stdin=slave,
                stdout=slave,
                stderr=slave,
                cwd=home,
                env=environment,
                start_new_session=True,
            )
        finally:
            os.close(slave)
        feeding = asyncio.create_task(_type(process, master))
        copying = asyncio.create_task(_show(master, process.stdout))
        return await _outcome(process, child, feeding, copying)
    finally:
        os.close(master)


async def _outcome(
    process: _Process,
    child: asyncio.subprocess.Process,
    feeding: asyncio.Task[None],
    copying: asyncio.Task[None],
) -> int:
    """Wait until the program has ended and its output is sent; a channel closed before ends the program."""
    ended = asyncio.create_task(child.wait())
    closed = asyncio.create_task(process.wait_closed())
    try:
        await asyncio.wait({ended, closed}, return_when=asyncio.FIRST_COMPLETED)
        if not ended.done():
            await _hang_up(child, ended)
        await asyncio.wait({copying, closed}, return_when=asyncio.FIRST_COMPLETED)
        return await ended
    finally:
        for task in (feeding, copying, closed):
            task.cancel()
        await asyncio.gather(feeding, copying, closed, return_exceptions=True)


async def _hang_up(child: asyncio.subprocess.Process, ended: asyncio.Task[int]) -> None:
    """End a program and those of its process group: politely first."""
    for signal_number in (signal.SIGHUP, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal_number)
        await asyncio.wait({ended}, timeout=_HANGUP_SECONDS)


async def _feed(process: _Process, sink: asyncio.StreamWriter) -> None:
    with contextlib.suppress(ConnectionError, asyncssh.Error):
        while data := await _next_input(process):
            sink.write(data)
            await sink.drain()
    sink.close()


async def _copy_outputs(child: asyncio.subprocess.Process, process: _Process) -> None:
    assert child.stdout is not None and child.stderr is not None
    await asyncio.gather(_copy(child.stdout, process.stdout), _copy(child.stderr, process.stderr))


async def _copy(source: asyncio.StreamReader, sink: asyncssh.SSHWriter[bytes]) -> None:
    with contextlib.suppress(ConnectionError, asyncssh.Error):
        while data := await source.read(_CHUNK):
            sink.write(data)
            await sink.drain()


async def _type(process: _Process, terminal: int) -> None:
    """Pass input to the terminal, and the size of the client's window whenever it changes."""
    with contextlib.suppress(OSError, asyncssh.Error):
        while data := await _next_input(process, terminal):
            while data:
                try:
                    data = data[os.write(terminal, data) :]
                except BlockingIOError:
                    await _ready(terminal, writing=True)


async def _show(terminal: int, sink: asyncssh.SSHWriter[bytes]) -> None:
    # A terminal that no process has open any more ends with an error (Linux) or with nothing (others).
    with contextlib.suppress(OSError, asyncssh.Error):
        while True:
            await _ready(terminal)
            try:
                data = os.read(terminal, _CHUNK)
            except BlockingIOError:
                continue
            if not data:
                return
            sink.write(data)
            await sink.drain()


async def _next_input(process: _Process, terminal: int | None = None) -> bytes:
    """The next bytes that the client sent, nothing at their end."""
    while True:
        try:
            return await process.stdin.read(_CHUNK)
        except asyncssh.TerminalSizeChanged as change:
            if terminal is not None:
                _resize(terminal, change.width, change.height)
        except (asyncssh.BreakReceived, asyncssh.SignalReceived):
            continue


async def _ready(descriptor: int, writing: bool = False) -> None:
    """Wait until a descriptor can be read, or written."""
    loop = asyncio.get_running_loop()
    event = asyncio.Event()
    add, remove = (loop.add_writer, loop.remove_writer) if writing else (loop.add_reader, loop.remove_reader)
    add(descriptor, event.set)
    try:
        await event.wait()
    finally:
        remove(descriptor)


def _resize(terminal: int, columns: int, rows: int) -> None:
    size = rows.to_bytes(2, sys.byteorder) + columns.to_bytes(2, sys.byteorder) + bytes(4)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, size)


def _kill_processes_of(home: Path) -> None:
    """Kill what was left in the background, found by the home in its environment (where /proc tells it)."""
    mark = b"\0HOME=" + os.fsencode(home) + b"\0"
    for _each in range(_KILL_ROUNDS):
        found = False
        for entry in Path("/proc").glob("[0-9]*/environ"):
            with contextlib.suppress(OSError):
                if mark in b"\0" + entry.read_bytes():
                    os.kill(int(entry.parent.name), signal.SIGKILL)
                    found = True
        if not found:
            return
