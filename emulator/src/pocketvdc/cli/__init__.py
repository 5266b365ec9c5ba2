# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line: ``pocketvdc serve``, and what is asked of an emulator that runs.

A command ends with 0 when all went well, 1 when it was refused, 2 when it was called wrongly, and 3 when no emulator
answers. Each command loads what it needs and no more, so that all of them are quick.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module

import click

# Where a command is, and what the list of commands says of it.
_COMMANDS = {
    "serve": ("serve", "Run the local cloud until it is stopped."),
    "env": ("environment", "Point Ansible, Terraform, ionosctl or an SDK at it."),
    "status": ("orders", "Show what exists, and what is in progress."),
    "reset": ("orders", "Go back to the start: resources, journal, faults, settings, clock."),
    "journal": ("journal", "Show the requests that it received."),
    "fault": ("faults", "Make requests fail on purpose."),
    "snapshot": ("snapshots", "Save the whole state to a file, or load it again."),
    "clock": ("orders", "Show its time, or move it forward."),
    "rate-limit": ("orders", "Show or set the rate limit."),
    "record": ("record", "Pass requests on to a service, and record its answers."),
    "replay": ("replay", "Repeat recorded requests on the emulator, and show which answers differ."),
    "ssh": ("login", "Log in to a server by its name or id, or run a command on it."),
}


class _Commands(click.Group):
    """The commands, each loaded when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        home = import_module(f".{_COMMANDS[cmd_name][0]}", __name__)
        found: click.Command = getattr(home, cmd_name.replace("-", "_"))
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """As click does, without loading the commands."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, said) for name, (_home, said) in _COMMANDS.items()])


@click.group(cls=_Commands, name="pocketvdc", context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="pocketvdc")
def commands() -> None:
    """A local ProfitBricks and NetFoundry cloud, for tests and rehearsals."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns how it ended. One line of standard error says what went wrong."""
    try:
        ended = commands.main(arguments, prog_name="pocketvdc", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return error.exit_code
    except click.ClickException as error:
        click.echo(f"pocketvdc: {' '.join(error.format_message().split())}", err=True)
        return error.exit_code
    except click.Abort:
        return 130
    except BrokenPipeError:
        # Whoever read the output, a pager for instance, has seen enough.
        sys.stdout = None
        return 0
    return ended if isinstance(ended, int) else 0
