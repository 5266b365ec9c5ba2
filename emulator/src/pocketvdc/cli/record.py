# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""``pocketvdc record``."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path

import click

from .ending import ended_by_signal
from .remote import as_json, show


@click.command(
    epilog="The recording contains the names, descriptions and addresses of what is in the account: read it before you"
    " pass it on. pocketvdc replay shows where the emulator's answers differ."
)
@click.option("--upstream", required=True, metavar="URL", help="The service, such as https://api.ionos.com.")
@click.option(
    "--to", "file", required=True, metavar="FILE", type=click.Path(path_type=Path, dir_okay=False),
    help="A new file to write to, which only its owner can read.",
)  # fmt: skip
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    metavar="N",
    help="Port to listen on; 0 takes a free one.",
)
@click.option("--cafile", metavar="FILE", help="Certificate to verify the service with.")
@as_json
def record(upstream: str, file: Path, port: int, cafile: str | None, as_json: bool) -> None:
    """Pass requests on to a service, and record its answers.

    The first line of output is the base URL to send the requests to; Ctrl-C stops it. Headers with credentials,
    passwords, keys, tokens, and texts in fields that the emulator does not know are left out, and e-mail addresses
    are replaced.
    """
    from ..recording.file import Writer
    from ..recording.proxy import Proxy
    from ..recording.proxy import upstream as parsed

    try:
        service = parsed(upstream, cafile)
    except OSError as error:
        raise click.UsageError(f"--cafile {cafile} cannot be used: {error}") from None
    except ValueError as error:
        raise click.UsageError(f"--upstream {error}") from None
    try:
        writer = Writer(file)
    except OSError as error:
        raise click.UsageError(f"--to {file} cannot be written: {error.strerror}") from None
    try:
        proxy = Proxy(service, writer, port)
    except OSError as error:
        writer.close()
        file.unlink()
        raise click.UsageError(f"--port {port}: {error.strerror}") from None
    ended = ended_by_signal()
    with closing(writer), proxy:
        show({"url": proxy.url}, as_json, proxy.url)
        sys.stdout.flush()
        ended.wait()
    many = writer.exchanges
    show({"file": str(file), "exchanges": many}, as_json, f"{file}: {many} exchanges")
