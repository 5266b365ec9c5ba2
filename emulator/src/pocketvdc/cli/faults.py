# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""``pocketvdc fault``."""

from __future__ import annotations

from typing import Any

import click

from ..faultkinds import KINDS
from .remote import Remote, as_json, remote, show


@click.group()
def fault() -> None:
    """Make requests fail on purpose."""


@fault.command()
@click.argument("kind", type=click.Choice(KINDS))
@click.option("--method", metavar="NAME", help="Only requests with this method.")
@click.option("--path", metavar="REGEX", help="Only requests whose path matches this.")
@click.option(
    "--times",
    type=click.IntRange(0),
    metavar="N",
    help="How many requests to affect, by default 1; 0 means all.",
)
@click.option("--skip", type=click.IntRange(0), metavar="N", help="How many requests to let through first.")
@click.option(
    "--status",
    type=click.IntRange(400, 599),
    metavar="N",
    help="For status: the HTTP status, by default 503.",
)
@click.option(
    "--retry-after", type=click.IntRange(0), metavar="S", help="For status: the Retry-After header."
)
@click.option("--code", metavar="TEXT", help="For status: the error code in the answer.")
@click.option("--message", metavar="TEXT", help="For status and fail_request: the message.")
@click.option("--seconds", type=click.FloatRange(0), metavar="S", help="For slow and hang: for how long.")
@as_json
@remote
def add(as_json: bool, cloud: Remote, **given: Any) -> None:
    """Add a fault."""
    data = {name: value for name, value in given.items() if value is not None}
    _show(cloud.post("faults", data), as_json)


@fault.command("list")
@as_json
@remote
def listed(as_json: bool, cloud: Remote) -> None:
    """Show the active faults."""
    _show(cloud.get("faults"), as_json)


@fault.command()
@as_json
@remote
def clear(as_json: bool, cloud: Remote) -> None:
    """Remove all faults."""
    cloud.call("DELETE", "faults")
    show({"items": []}, as_json, "there are no faults")


def _show(found: dict[str, Any], as_json: bool) -> None:
    show(found, as_json, *map(_line, found["items"]))


def _line(fault: dict[str, Any]) -> str:
    many = fault["times"] - fault["hits"]
    left = f"{many} more time{'s' if many != 1 else ''}" if fault["times"] else "always"
    return f"{fault['kind']} for {fault['method']} {fault['path'] or 'any path'}, {left}"
