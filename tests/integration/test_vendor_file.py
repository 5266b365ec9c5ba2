# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who has logged in with the vendor's tools needs no other credentials: modules, both ways, and the inventory."""

from __future__ import annotations

import json
import os
import ssl
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from integration.runner import COLLECTIONS, SECRETS, Runner, task
from pocketvdc import Cloud, Server
from pocketvdc.vendorfile import config_file

NOTHING_ELSE = {"api_url": "", "token": ""}
PLUGIN = {"plugin": "profitbricks.cloud.profitbricks"}


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """The home folder of somebody who has logged in to an emulator with a certificate of an authority of its own."""
    authority, context = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    pem = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(str(pem))
    file = tmp_path / ".ionos" / "config"
    file.parent.mkdir()
    with Server(Cloud(), ssl_context=context) as server:
        file.write_text(config_file(server.url, certificate=pem), encoding="utf-8")
        yield tmp_path


@pytest.mark.parametrize("in_process", [True, False])
def test_modules_log_in_as_the_file_says(play: Runner, home: Path, in_process: bool) -> None:
    results = play(
        [
            task("create", "datacenter", name="shop", location="de/fra"),
            task("switched off", "datacenter_info", use_config_file=False),
        ],
        defaults=NOTHING_ELSE,
        environ={"HOME": str(home)},
        in_process=in_process,
        arguments=["-vvv"],
    )
    assert results["create"].changed
    assert results["switched off"].msg.startswith("No credentials: ")
    for secret in SECRETS:
        assert secret not in results.output


def test_the_inventory_logs_in_as_the_file_says(home: Path, tmp_path: Path) -> None:
    source = tmp_path / "test.profitbricks.yml"
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("PROFITBRICKS", "IONOS"))
    }
    environ = {**kept, "HOME": str(home), "ANSIBLE_COLLECTIONS_PATH": COLLECTIONS}
    command = [sys.executable, "-m", "ansible", "inventory", "-i", str(source), "--list"]

    def listing(**options: object) -> str:
        source.write_text(json.dumps({**PLUGIN, **options}), encoding="utf-8")
        done = subprocess.run(command, env=environ, capture_output=True, text=True, timeout=120, check=False)
        return done.stderr

    assert listing() == ""
    assert "No credentials: " in listing(use_config_file=False)
