# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""``pocketvdc journal``."""

from __future__ import annotations

import json
import time
from typing import Any

import click

from .remote import Remote, as_json, remote

READS = ("GET", "HEAD", "OPTIONS")
PAUSE = 0.3


@click.command()
@click.option("-f", "--follow", is_flag=True, help="Keep showing new requests, until Ctrl-C.")
@click.option("--writes", is_flag=True, help="Only requests that can change something.")
@click.option("--clear", is_flag=True, help="Clear the journal, and show nothing.")
@as_json
@remote
def journal(follow: bool, writes: bool, clear: bool, as_json: bool, cloud: Remote) -> None:
    """Show the requests that it received.

    Oldest first. With --json, one object per line.
    """
    if clear:
        cloud.call("DELETE", "journal")
        return
    after = 0
    while True:
        found = cloud.get(f"journal?since={after}")
        for call in found["items"]:
            if not (writes and call["method"] in READS):
                click.echo(json.dumps(call) if as_json else _line(call))
        after = found["next"]
        if not follow:
            return
        time.sleep(PAUSE)


def _line(call: dict[str, Any]) -> str:
    query = f"?{call['query']}" if call["query"] else ""
    milliseconds = f"{call['seconds'] * 1000:.0f} ms"
    return f"{call['status'] or '---'} {call['method']:<6} {call['path']}{query} ({milliseconds}, {call['user'] or '-'})"
