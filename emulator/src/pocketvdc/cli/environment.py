# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""``pocketvdc env``: what leads a tool to the emulator."""

from __future__ import annotations

import hashlib
import json
import os
import shlex
from pathlib import Path
from typing import Any

import click

from . import running
from .remote import Remote, as_json, remote
from .serve import write_privately

TOOLS = ("ansible", "terraform", "ionosctl", "sdk", "netfoundry")


@click.command(epilog='Usage: eval "$(pocketvdc env ansible)"')
@click.argument("tool", type=click.Choice(TOOLS))
@click.option(
    "--file", "path", metavar="FILE", help="Where to write the configuration file that a tool needs."
)
@click.option("--wait", "seconds", type=click.FloatRange(0), default=10.0, show_default=True, metavar="S",
              help="How long to wait for an emulator that is starting.")  # fmt: skip
@as_json
@remote
def env(tool: str, path: str | None, seconds: float, as_json: bool, cloud: Remote) -> None:
    """Point Ansible, Terraform, ionosctl or an SDK at it.

    Prints shell commands that set the tool's variables, with the login of the first account. terraform and ionosctl
    also need a configuration file, and netfoundry an API account file: these are written, and only their owner can
    read them.
    """
    cloud.wait(seconds)
    variables = _variables(tool, cloud, Path(path) if path else None)
    if as_json:
        click.echo(json.dumps(variables, indent=2))
    else:
        for name, value in variables.items():
            click.echo(f"export {name}={shlex.quote(value)}")


def _variables(tool: str, cloud: Remote, path: Path | None) -> dict[str, str]:
    if tool == "netfoundry":
        account = json.dumps(cloud.get("netfoundry/credentials"), indent=2) + "\n"
        file = _written(cloud, "netfoundry.json", account, path)
        return {
            "NETFOUNDRY_API_URL": cloud.url,
            "NETFOUNDRY_API_ACCOUNT": file,
            **_trust(cloud, "NETFOUNDRY_CA_PATH"),
        }
    account = cloud.get("accounts")["items"][0]
    api = f"{cloud.url}/cloudapi/v6"
    if tool == "ansible":
        return {
            "PROFITBRICKS_API_URL": api,
            **_login("PROFITBRICKS", account),
            **_trust(cloud, "PROFITBRICKS_CA_PATH"),
        }
    variables = {"IONOS_API_URL": api, **_login("IONOS", account)}
    if tool == "sdk":
        return {**variables, **_trust(cloud, "REQUESTS_CA_BUNDLE", "SSL_CERT_FILE")}
    file = _written(cloud, "ionos.yaml", _config(cloud, account), path)
    return {**variables, "IONOS_CONFIG_FILE": file, "IONOS_CURRENT_PROFILE": "emulator"}


def _login(prefix: str, account: dict[str, Any]) -> dict[str, str]:
    """The token of an account, or its password where it has none."""
    if account["token"]:
        return {f"{prefix}_TOKEN": account["token"]}
    return {f"{prefix}_USERNAME": account["email"], f"{prefix}_PASSWORD": account["password"]}


def _trust(cloud: Remote, *names: str) -> dict[str, str]:
    """What makes a tool trust the certificate of an emulator that serves https."""
    return {name: os.path.abspath(cloud.cafile) for name in names} if cloud.cafile else {}


def _config(cloud: Remote, account: dict[str, Any]) -> str:
    """The vendor's configuration file (contract section 15)."""
    from ..accounts import Account
    from ..vendorfile import config_file

    known = Account(account["email"], account["password"], account["contract"], account["token"])
    return config_file(cloud.url, known, Path(cloud.cafile) if cloud.cafile else None)


def _written(cloud: Remote, name: str, text: str, path: Path | None) -> str:
    """The path of a file for this emulator, after it is written."""
    mark = hashlib.sha256(cloud.url.encode()).hexdigest()[:8]
    file = path or running.folder() / f"{mark}-{name}"
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_privately(file, text)
    except OSError as error:
        raise click.UsageError(f"--file {file} cannot be written: {error.strerror}") from None
    return str(file.absolute())
