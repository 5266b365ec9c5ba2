# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""``pocketvdc ssh``."""

from __future__ import annotations

import os
import shutil
from typing import NoReturn

import click

from .remote import Remote, remote

# The keys of emulated servers are new each time.
_TRUST = ("StrictHostKeyChecking=no", "UserKnownHostsFile=/dev/null", "LogLevel=ERROR")


class _Nowhere(click.ClickException):
    exit_code = 1


@click.command(context_settings={"allow_interspersed_args": False})
@click.argument("name")
@click.argument("command", nargs=-1, type=click.UNPROCESSED)
@click.option("-i", "--identity", metavar="FILE", help="Private key to log in with.")
@click.option("-l", "--user", default="root", show_default=True, help="User to log in as.")
@remote
def ssh(name: str, command: tuple[str, ...], identity: str | None, user: str, cloud: Remote) -> NoReturn:
    """Log in to a server by its name or id, or run a command on it.

    Options come before the name; everything after it is the command.
    """
    found = cloud.get("servers")
    if found["ssh_port"] is None:
        raise _Nowhere("the emulator was started without --ssh")
    servers = [each for each in found["items"] if name in (each["id"], each["name"])]
    if len(servers) != 1:
        many = f"{len(servers)} servers have" if servers else "no server has"
        raise _Nowhere(f"{many} the name or id {name}")
    server = servers[0]
    if not server["running"] or not server["addresses"]:
        raise _Nowhere(f"{name} {'has no public address' if server['running'] else 'is not running'}")
    program = shutil.which("ssh")
    if program is None:
        raise _Nowhere("ssh is not installed; install the OpenSSH client")
    options = [word for option in _TRUST for word in ("-o", option)]
    options += ["-i", identity, "-o", "IdentitiesOnly=yes"] if identity else []
    target = f"{user}@{server['addresses'][0]}"
    os.execv(program, ["ssh", *options, "-p", str(found["ssh_port"]), target, *command])
