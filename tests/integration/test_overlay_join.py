# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The playbook that joins the servers of a data center to an overlay network, over SSH."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests

from integration.playbook_lab import PLAYBOOKS, WRITES, Ansible, Cloud, Run, build_site

NETWORK = "overlay-demo"
SERVERS = ["db-01", "web-01"]
# Stands in for the program that enrolls: it notes who may read the token, hands it in, and keeps what it got for it.
ENROLL = """\
import json, os, sys, urllib.request

url, token_path, identity_path = sys.argv[1:]
with open(token_path) as file:
    token = file.read()
mode = oct(os.stat(token_path).st_mode & 0o777)
request = urllib.request.Request(
    url, json.dumps({"jwt": token}).encode(), {"Content-Type": "application/json"}
)
with urllib.request.urlopen(request, timeout=10) as answer:
    enrolled = json.load(answer)
with open(identity_path, "w") as file:
    json.dump({**enrolled, "host": os.environ["HOSTNAME"], "mode": mode}, file)
"""


@dataclass
class Overlay:
    """The network, and the playbook with an enrollment that works against the emulator."""

    cloud: Cloud
    ansible: Ansible
    headers: dict[str, str]
    network: str

    def endpoints(self) -> dict[str, dict[str, Any]]:
        answer = requests.get(
            f"{self.cloud.url}/core/v2/endpoints?networkId={self.network}", headers=self.headers, timeout=10
        )
        answer.raise_for_status()
        return {each["name"]: each for each in answer.json().get("_embedded", {}).get("endpointList", [])}

    def written(self) -> list[str]:
        """The paths of the write requests since this was last asked, without those for tokens of the API."""
        journal = f"{self.cloud.url}/_emulator/journal"
        calls = requests.get(journal, timeout=10).json()["items"]
        requests.delete(journal, timeout=10).raise_for_status()
        return [
            each["path"] for each in calls if each["method"] in WRITES and each["path"] != "/oauth2/token"
        ]

    def identities(self) -> Path:
        """Where the servers, which are this machine, keep what they get."""
        return self.ansible.folder / "identities"

    def join(self, *options: str, **variables: Any) -> Run:
        extra = self.ansible.folder / "extra.json"
        ports = {"ssh_port": self.cloud.ssh_port, "boot_timeout": variables.pop("boot_timeout", 60)}
        identity = self.identities() / "{{ inventory_hostname }}.json"
        command = (
            f"{sys.executable} {self.ansible.folder}/enroll.py {self.cloud.url}/_emulator/netfoundry/enroll"
        )
        extra.write_text(
            json.dumps(
                {
                    "overlay_identity_path": str(identity),
                    "overlay_enroll_command": command
                    + " {{ overlay_token_path }} {{ overlay_identity_path }}",
                    "server_roles": {
                        role: {"count": 1, "cores": 1, "ram": 1024, "data_size": 10} for role in ("web", "db")
                    },
                    **variables,
                }
            ),
            encoding="utf-8",
        )
        inventory = ("-i", str(PLAYBOOKS / "inventory" / "profitbricks.yml"))
        login = ("--private-key", str(self.ansible.folder / "id"))
        return self.ansible.attempt(
            "overlay_join",
            *inventory,
            *login,
            "-e",
            f"@{extra}",
            *options,
            ssh_public_key_file=self.ansible.folder / "id.pub",
            **ports,
        )


@pytest.fixture
def overlay(cloud: Cloud, ansible: Ansible) -> Overlay:
    credentials = ansible.folder / "credentials.json"
    control = f"{cloud.url}/_emulator/netfoundry/credentials"
    requests.post(control, json={"path": str(credentials)}, timeout=10).raise_for_status()
    ansible.environment |= {
        "NETFOUNDRY_API_URL": cloud.url,
        "NETFOUNDRY_API_ACCOUNT": str(credentials),
    }
    (ansible.folder / "enroll.py").write_text(ENROLL, encoding="utf-8")
    (ansible.folder / "identities").mkdir()
    asked = requests.post(
        f"{cloud.url}/oauth2/token",
        data={"grant_type": "client_credentials"},
        auth=("demo-client", "demo-secret"),
        timeout=10,
    )
    headers = {"Authorization": f"Bearer {asked.json()['access_token']}"}
    groups = requests.get(f"{cloud.url}/core/v2/network-groups", headers=headers, timeout=10).json()
    (group,) = groups["_embedded"]["networkGroupList"]
    made = requests.post(
        f"{cloud.url}/core/v2/networks",
        json={"name": NETWORK, "networkGroupId": group["id"], "size": "small"},
        headers=headers,
        timeout=10,
    )
    made.raise_for_status()
    return Overlay(cloud, ansible, headers, made.json()["id"])


def test_servers_are_provisioned_and_joined_once(overlay: Overlay) -> None:
    first = overlay.join("-vvv")
    assert first.code == 0, first.output
    # On each server: endpoint, token, enrollment, and the token is gone again.
    assert first.changed == {"localhost": 2, "web-01": 4, "db-01": 4}
    endpoints = overlay.endpoints()
    assert sorted(endpoints) == SERVERS
    for name, endpoint in endpoints.items():
        assert endpoint["jwt"] is None and endpoint["attributes"] == ["#servers"]
        held = json.loads((overlay.identities() / f"{name}.json").read_text(encoding="utf-8"))
        assert (held["id"], held["host"], held["mode"]) == (endpoint["id"], name, "0o600")
    # A token is three parts in base64, of which the first always begins like this.
    assert "eyJ" not in first.output
    overlay.written()

    again = overlay.join()
    assert again.code == 0, again.output
    assert again.changed == {"localhost": 0, "web-01": 0, "db-01": 0}
    assert overlay.written() == []
    assert overlay.endpoints() == endpoints


def test_a_server_that_denies_the_login_ends_the_wait(overlay: Overlay) -> None:
    build_site(overlay.cloud, overlay.ansible.public_key)
    stranger = overlay.ansible.folder / "stranger"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(stranger)], check=True)
    began = time.monotonic()
    done = overlay.join("--skip-tags", "provision", "--private-key", str(stranger), boot_timeout=600)
    assert done.code != 0 and "Permission denied" in done.output
    assert time.monotonic() - began < 200, "it waited for as long as for a server that boots"
    assert overlay.endpoints() == {}


def test_check_mode_writes_nothing(overlay: Overlay) -> None:
    build_site(overlay.cloud, overlay.ansible.public_key)
    before = overlay.cloud.call("GET", "datacenters?depth=10")
    done = overlay.join("--check", "--skip-tags", "provision")
    assert done.code == 0, done.output
    assert done.changed == {"localhost": 0, "web-01": 1, "db-01": 1}
    assert overlay.endpoints() == {} and not list(overlay.identities().iterdir())
    assert overlay.cloud.call("GET", "datacenters?depth=10") == before


@pytest.mark.parametrize("servers", [False, True], ids=["no servers yet", "servers"])
def test_check_mode_foretells_it_before_there_is_a_network(overlay: Overlay, servers: bool) -> None:
    """As on a fresh account, where overlay_demo.yml would make the network first."""
    if servers:
        build_site(overlay.cloud, overlay.ansible.public_key)
    overlay.written()
    done = overlay.join("--check", *(("--skip-tags", "provision") if servers else ()), overlay_name="fresh")
    assert done.code == 0, done.output
    assert "There is no network fresh yet; predicted as if there were." in done.output
    joined = {"web-01": 1, "db-01": 1} if servers else {}
    assert {host: count for host, count in done.changed.items() if host != "localhost"} == joined
    assert ("network fresh does not exist yet; predicted as if it did" in done.output) is servers
    assert overlay.written() == [] and overlay.endpoints() == {}


def test_a_failed_enrollment_leaves_no_token_and_can_be_repeated(overlay: Overlay) -> None:
    build_site(overlay.cloud, overlay.ansible.public_key)
    options = ("--skip-tags", "provision", "--limit", "localhost,web-01")
    token = overlay.ansible.folder / "web-01.jwt"
    failed = overlay.join(*options, overlay_enroll_command="false", overlay_token_path=str(token))
    assert failed.code == 2 and "Use it" in failed.output
    assert overlay.endpoints()["web-01"]["jwt"] and not token.exists()

    done = overlay.join(*options, overlay_token_path=str(token))
    assert done.code == 0, done.output
    assert overlay.endpoints()["web-01"]["jwt"] is None and not token.exists()

    # Another server of this name: the endpoint belongs to the one before.
    (overlay.identities() / "web-01.json").unlink()
    other = overlay.join(*options)
    assert other.code == 2
    assert "The endpoint web-01 was enrolled already, but this server has no" in other.output


def test_a_network_that_is_not_there_is_told_before_anything_is_made(overlay: Overlay) -> None:
    done = overlay.join(overlay_name="nowhere")
    assert done.code == 2 and "There is no network nowhere, or more than one." in done.output
    assert overlay.cloud.names("datacenters") == []
