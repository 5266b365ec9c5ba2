# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line of the emulator."""

from __future__ import annotations

import argparse
import gc
import signal
import ssl
import sys
import threading
from collections.abc import Sequence
from types import FrameType

from .accounts import BadAccounts
from .cloud import Cloud
from .control import is_local
from .netfoundry import credentials, write_credentials
from .server import Server

_EPILOG = """\
The accounts file is YAML: a list 'accounts' of entries with 'email' and 'password' and, where wanted,
'token', 'contract' (a number), 'firstname', 'lastname' and 'administrator'. Without a file there are
demo@example.com / demo-password (token demo-token) and, on a contract of its own,
other@example.com / other-password (token other-token).

NetFoundry's services are at the same base URL: the token endpoint /oauth2/token, /identity/v1, /auth/v1,
/core/v2 and /product-metadata/v2. Its ready-made API accounts are demo-client / demo-secret and, of an
organization of its own, other-client / other-secret. The control calls are below /_emulator/, those of
NetFoundry below /_emulator/netfoundry/: enroll, heal, fail, reach, mails, credentials and settings.
"""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> None:  # type: ignore[override]
        """One line is enough to say what is wrong."""
        self.exit(2, f"pocketvdc: {message}\n")


def _seconds(text: str) -> float:
    value = float(text)
    if not 0 <= value < float("inf"):
        raise argparse.ArgumentTypeError(f"{text} is not a number of seconds")
    return value


def _port(text: str) -> int:
    value = int(text)
    if not 0 <= value <= 65535:
        raise argparse.ArgumentTypeError(f"{text} is not a port")
    return value


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="pocketvdc",
        description="A local ProfitBricks and NetFoundry cloud. The first line of its output is its base URL.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("command", choices=["serve"], help="serve until a signal comes")
    add("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    add("--port", type=_port, default=0, help="port to listen on; 0 takes a free one (default)")
    add(
        "--provision-seconds",
        type=_seconds,
        default=0.0,
        metavar="S",
        help="how long a request takes (default: 0)",
    )
    add(
        "--public-net",
        default="203.0.113.0/24",
        metavar="NET",
        help="public addresses (default: %(default)s)",
    )
    add("--rate-limit", metavar="A/B", help="requests a minute / burst, such as 120/50 (default: none)")
    add("--accounts", metavar="FILE", help="accounts that can log in, see below")
    add("--ssh", action="store_true", help="running servers answer ssh; needs --public-net in 127.0.0.0/8")
    add("--ssh-port", type=_port, default=2222, help="port of the servers' ssh (default: %(default)s)")
    add(
        "--netfoundry-credentials",
        metavar="FILE",
        help="write the API account file of NetFoundry's demo-client, with mode 0600",
    )
    add("--tls-cert", metavar="FILE", help="serve https with this certificate")
    add("--tls-key", metavar="FILE", help="key of the certificate")
    return parser


def _tls(cert: str | None, key: str | None) -> ssl.SSLContext | None:
    if cert is None:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    return context


def main(argv: Sequence[str] | None = None) -> int:
    parser = _parser()
    args = parser.parse_args(argv)
    if args.tls_key and not args.tls_cert:
        parser.error("--tls-key needs --tls-cert")
    if args.ssh and not args.public_net.startswith("127."):
        parser.error("--ssh needs a --public-net in 127.0.0.0/8, such as 127.8.0.0/16")
    try:
        cloud = Cloud(
            args.provision_seconds, args.public_net, rate_limit=args.rate_limit, accounts=args.accounts
        )
        server = Server(cloud, args.host, args.port, _tls(args.tls_cert, args.tls_key))
    except BadAccounts as error:
        parser.error(str(error))
    except ssl.SSLError as error:
        parser.error(f"cannot use the TLS certificate: {error}")
    except (OSError, ValueError) as error:
        parser.error(str(error))
    return _serve(parser, args, cloud, server)


def _serve(parser: argparse.ArgumentParser, args: argparse.Namespace, cloud: Cloud, server: Server) -> int:
    """Run until a signal comes."""
    # Large lists are large trees of objects that live for one answer: look for cycles less often.
    gc.set_threshold(50_000, 20, 20)
    ended = threading.Event()

    def end(number: int, frame: FrameType | None) -> None:
        ended.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    farm = None
    if args.ssh:
        from .ssh import SshFarm

        try:
            farm = SshFarm(cloud.reachable_servers, port=args.ssh_port)
            farm.start()
        except (OSError, ValueError) as error:
            parser.error(f"ssh: {error}")
    with server:
        if args.netfoundry_credentials:
            try:
                write_credentials(args.netfoundry_credentials, credentials(server.url))
            except OSError as error:
                parser.error(f"cannot write {args.netfoundry_credentials}: {error.strerror}")
        print(server.url, flush=True)
        print(_help(server.url, args), *_warnings(args), sep="\n", file=sys.stderr, flush=True)
        ended.wait()
        if farm is not None:
            farm.stop()
    return 0


def _warnings(args: argparse.Namespace) -> list[str]:
    """What to say to whoever lets others reach accounts that everybody knows."""
    if args.host == "localhost" or is_local(args.host):
        return []
    known = "demo-client and other-client of NetFoundry"
    if not args.accounts:
        known = f"demo@example.com and other@example.com, and {known}"
    return [f"warning: whoever reaches {args.host} can use the ready-made accounts {known}"]


def _help(url: str, args: argparse.Namespace) -> str:
    who = (
        f"accounts of {args.accounts}"
        if args.accounts
        else "user demo@example.com, password demo-password, token demo-token"
    )
    return f"API: {url}/cloudapi/v6 (also v5, v4); {who}; control: {url}/_emulator/health; stop with Ctrl-C"


if __name__ == "__main__":
    sys.exit(main())
