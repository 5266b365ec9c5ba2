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
@click.option("--path", metavar="REGEX", help="Only requests whose path has this in it.")
@click.option(
    "--times", type=click.IntRange(0), metavar="N", help="How many it strikes, by default 1; 0: all."
)
@click.option("--skip", type=click.IntRange(0), metavar="N", help="How many pass first.")
@click.option("--status", type=click.IntRange(400, 599), metavar="N", help="Of kind status, by default 503.")
@click.option("--retry-after", type=click.IntRange(0), metavar="S", help="Of kind status.")
@click.option("--code", metavar="TEXT", help="Of kind status: the code in the answer.")
@click.option("--message", metavar="TEXT", help="Of kind status and fail_request.")
@click.option("--seconds", type=click.FloatRange(0), metavar="S", help="Of kind slow and hang.")
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
    """Show the faults in force."""
    _show(cloud.get("faults"), as_json)


@fault.command()
@as_json
@remote
def clear(as_json: bool, cloud: Remote) -> None:
    """End all faults."""
    cloud.call("DELETE", "faults")
    show({"items": []}, as_json, "there are no faults")


def _show(found: dict[str, Any], as_json: bool) -> None:
    show(found, as_json, *map(_line, found["items"]))


def _line(fault: dict[str, Any]) -> str:
    left = f"{fault['times'] - fault['hits']} more times" if fault["times"] else "always"
    return f"{fault['kind']} for {fault['method']} {fault['path'] or 'any path'}, {left}"
