# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""``pocketvdc serve``."""

from __future__ import annotations

import contextlib
import gc
import ipaddress
import math
import os
import ssl
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .ending import ended_by_signal
from .running import noted

if TYPE_CHECKING:
    from ..cloud import Cloud
    from ..server import Server

_EPILOG = """\
\b
The first line of output is the base URL. The accounts file is YAML: a list
'accounts' of entries with 'email' and 'password' and, optionally, 'token',
'contract' (a number), 'firstname', 'lastname' and 'administrator'. Without a file
there are demo@example.com / demo-password (token demo-token) and, on a different
contract, other@example.com / other-password (token other-token).

\b
NetFoundry's services are at the same base URL. Its ready-made API accounts are
demo-client / demo-secret and, in a different organization, other-client /
other-secret. The control calls are below /_emulator/.
"""


class _Seconds(click.ParamType[float]):
    name = "seconds"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        with contextlib.suppress(ValueError):
            if math.isfinite(seconds := float(value)) and seconds >= 0:
                return seconds
        self.fail(f"{value} is not a number of seconds")


_PORT = click.IntRange(0, 65535)


@click.command(epilog=_EPILOG)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=_PORT, default=0, metavar="N", help="Port to listen on; 0 takes a free one (default)."
)
@click.option(
    "--provision-seconds",
    type=_Seconds(),
    default=0.0,
    metavar="S",
    help="How long a request takes (default: 0).",
)
@click.option(
    "--public-net", default="203.0.113.0/24", show_default=True, metavar="NET", help="Public addresses."
)
@click.option(
    "--rate-limit", metavar="A/B", help="Requests a minute / burst, such as 120/50 (default: none)."
)
@click.option("--accounts", metavar="FILE", help="Accounts that can log in, see below.")
@click.option(
    "--ssh",
    is_flag=True,
    help="Let clients log in to running servers over SSH; needs --public-net in 127.0.0.0/8.",
)
@click.option(
    "--ssh-port", type=_PORT, default=2222, show_default=True, metavar="N", help="SSH port of the servers."
)
@click.option(
    "--netfoundry-credentials",
    metavar="FILE",
    help="Write the API account file of NetFoundry's demo-client, with mode 0600.",
)
@click.option("--tls-cert", metavar="FILE", help="Serve https with this certificate.")
@click.option("--tls-key", metavar="FILE", help="Key of the certificate.")
@click.option(
    "--state", metavar="FILE", help="Start with the state in this file, and save it there at the end."
)
def serve(**given: Any) -> None:
    """Run the local cloud until it is stopped."""
    if given["tls_key"] and not given["tls_cert"]:
        raise click.UsageError("--tls-key needs --tls-cert")
    if given["ssh"] and not given["public_net"].startswith("127."):
        raise click.UsageError("--ssh needs a --public-net in 127.0.0.0/8, such as 127.8.0.0/16")
    cloud = _cloud(given)
    _run(cloud, _server(cloud, given), given)


def _cloud(given: dict[str, Any]) -> Cloud:
    from ..accounts import BadAccounts
    from ..cloud import Cloud

    try:
        ipaddress.IPv4Network(given["public_net"])
    except ValueError as error:
        raise click.UsageError(
            f"--public-net {given['public_net']} is not an IPv4 network: {error}"
        ) from None
    try:
        return Cloud(
            given["provision_seconds"],
            given["public_net"],
            rate_limit=given["rate_limit"],
            accounts=given["accounts"],
        )
    except BadAccounts as error:
        raise click.UsageError(f"--accounts: {error}") from None
    except ValueError as error:
        raise click.UsageError(f"--rate-limit: {error}") from None


def _server(cloud: Cloud, given: dict[str, Any]) -> Server:
    from ..server import Server

    host, port, context = given["host"], given["port"], _tls(given["tls_cert"], given["tls_key"])
    try:
        return Server(cloud, host, port, context)
    except OSError as error:
        raise click.UsageError(f"--host {host} --port {port}: {error.strerror or error}") from None


def _tls(cert: str | None, key: str | None) -> ssl.SSLContext | None:
    if cert is None:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    try:
        context.load_cert_chain(cert, key)
    except OSError as error:  # an SSLError is one, too
        file = f"--tls-cert {cert}" + (f" --tls-key {key}" if key else "")
        raise click.UsageError(f"{file} cannot be used: {error.strerror or error}") from None
    return context


def _run(cloud: Cloud, server: Server, given: dict[str, Any]) -> None:
    """Serve until a signal comes."""
    # Large lists are large trees of objects that live for one answer: look for cycles less often.
    gc.set_threshold(50_000, 20, 20)
    ended = ended_by_signal()
    with contextlib.ExitStack() as stack:
        if given["state"]:
            stack.enter_context(_kept(cloud, Path(given["state"])))
        if given["ssh"]:
            stack.enter_context(_ssh(cloud, given["ssh_port"]))
        stack.enter_context(server)
        if given["netfoundry_credentials"]:
            _write_credentials(given["netfoundry_credentials"], server.url)
        stack.enter_context(noted(server.url, given["tls_cert"]))
        click.echo(server.url)
        sys.stdout.flush()
        for line in (_help(server.url, given), *_warnings(given)):
            click.echo(line, err=True)
        ended.wait()


@contextlib.contextmanager
def _ssh(cloud: Cloud, port: int) -> Iterator[None]:
    try:
        from ..ssh import SshFarm
    except ImportError:
        raise click.UsageError(
            '--ssh needs asyncssh; install it with: pip install "pocketvdc[ssh]"'
        ) from None
    try:
        farm = SshFarm(cloud.reachable_servers, port=port)
        farm.start()
    except (OSError, ValueError) as error:
        raise click.UsageError(f"ssh: {error}") from None
    cloud.ssh_port = port
    try:
        yield
    finally:
        farm.stop()


@contextlib.contextmanager
def _kept(cloud: Cloud, path: Path) -> Iterator[None]:
    """Begin with the state of a file, and leave the state in it; what is under way by then is finished first."""
    from ..snapshot import BadSnapshot, load, save

    seconds, limit = cloud.settings.provision_seconds, cloud.settings.rate_limit
    try:
        if path.exists():
            load(cloud, path.read_text(encoding="utf-8"))
            # The command line is newer than the file.
            cloud.settings.provision_seconds = seconds
            cloud.limit_rate(limit)
        elif not os.access(path.parent, os.W_OK):
            raise click.UsageError(f"--state {path}: the folder cannot be written to")
    except (BadSnapshot, OSError, UnicodeDecodeError) as error:
        raise click.UsageError(f"--state {path}: {error}") from None
    yield
    with cloud.lock:
        cloud.finish()
        text = save(cloud)
    write_privately(path, text)


def write_privately(path: Path, text: str) -> None:
    """Put a file in place as a whole, readable for its owner only: passwords and keys are in it."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise


def _write_credentials(path: str, url: str) -> None:
    from ..netfoundry import credentials, write_credentials

    try:
        write_credentials(path, credentials(url))
    except OSError as error:
        raise click.UsageError(f"cannot write {path}: {error.strerror}") from None


def _warnings(given: dict[str, Any]) -> list[str]:
    """What to say to whoever lets others reach accounts that everybody knows."""
    from ..control import is_local

    if given["host"] == "localhost" or is_local(given["host"]):
        return []
    known = "demo-client and other-client of NetFoundry"
    if not given["accounts"]:
        known = f"demo@example.com and other@example.com, and {known}"
    return [f"warning: anyone who can reach {given['host']} can use the ready-made accounts {known}"]


def _help(url: str, given: dict[str, Any]) -> str:
    who = (
        f"accounts of {given['accounts']}"
        if given["accounts"]
        else "user demo@example.com, password demo-password, token demo-token"
    )
    return f"API: {url}/cloudapi/v6 (also v5, v4); {who}; control: {url}/_emulator/health; stop with Ctrl-C"
