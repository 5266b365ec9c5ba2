# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Orders and questions of one line: ``status``, ``reset``, ``clock``, ``rate-limit``."""

from __future__ import annotations

import re

import click

from .remote import Remote, as_json, moment, remote, show

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 24 * 3600}


@click.command()
@as_json
@remote
def status(as_json: bool, cloud: Remote) -> None:
    """Show what exists, and what is in progress."""
    found = {"url": cloud.url, **cloud.get("status")}
    many = ", ".join(f"{kind}: {count}" for kind, count in found["resources"].items()) or "none"
    settings = found["settings"]
    show(
        found,
        as_json,
        f"url         {found['url']}",
        f"resources   {many}",
        f"in progress {found['under_way']}",
        f"requests    {found['requests']}",
        f"faults      {len(found['faults'])}",
        f"clock       {_time(found['clock'])}",
        f"rate limit  {settings['rate_limit'] or 'none'}",
        f"provision   {settings['provision_seconds']:g} s",
    )


@click.command()
@as_json
@remote
def reset(as_json: bool, cloud: Remote) -> None:
    """Go back to the start: resources, journal, faults, settings, clock."""
    show(cloud.post("reset"), as_json, "everything is back to its initial state")


class _Ahead(click.ParamType[float]):
    name = "time"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> float:
        found = re.fullmatch(r"\+(\d+(?:\.\d+)?)([smhd])", value)
        if found is None:
            self.fail(f"{value} is not of the form +30d, +12h, +15m or +90s")
        return float(found[1]) * _UNITS[found[2]]


@click.command()
@click.argument("ahead", type=_Ahead(), required=False, metavar="[+30d]")
@as_json
@remote
def clock(ahead: float | None, as_json: bool, cloud: Remote) -> None:
    """Show its time, or move it forward, which finishes pending requests and lets tokens expire."""
    found = cloud.get("clock") if ahead is None else cloud.post("clock", {"seconds": ahead})
    show(found, as_json, _time(found))


def _time(found: dict[str, float]) -> str:
    ahead = f", {found['ahead']:.0f} s ahead" if found["ahead"] else ""
    return f"{moment(found['now'])}{ahead}"


@click.command("rate-limit")
@click.argument("limit", required=False, metavar="[120/50|none]")
@as_json
@remote
def rate_limit(limit: str | None, as_json: bool, cloud: Remote) -> None:
    """Show or set the rate limit.

    120/50 means 120 requests a minute, and up to 50 at once.
    """
    if limit is None:
        found = cloud.get("settings")
    else:
        found = cloud.post("settings", {"rate_limit": None if limit == "none" else limit})
    show({"rate_limit": found["rate_limit"]}, as_json, found["rate_limit"] or "none")
