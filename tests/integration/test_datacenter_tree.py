# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A whole data center in one task of a playbook: planned, shown, made, interrupted, described."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from integration.runner import TOKEN, Runner, plain_environment, task

PASSWORD = "secret12pw"
RULES = [
    {"name": name, "protocol": "TCP", "port_range_start": port, "port_range_end": port}
    for name, port in (("ssh", 22), ("http", 80), ("https", 443))
]
SITE: dict[str, Any] = {
    "name": "shop",
    "location": "de/fra",
    "lans": [{"name": "public", "public": True}, {"name": "private", "public": False}],
    "servers": [
        {
            "name": "web-%02d",
            "count": 3,
            "cores": 2,
            "ram": 2048,
            "boot_volume": "web-%02d-boot",
            "volumes": [
                {
                    "name": "web-%02d-boot",
                    "size": 10,
                    "image": "ubuntu:latest",
                    "image_password": PASSWORD,
                }
            ],
            "nics": [
                {"name": "public", "lan": "public", "firewall_active": True, "firewall_rules": RULES},
                {"name": "private", "lan": "private"},
            ],
        }
    ],
    "loadbalancers": [{"name": "front", "balanced_nics": ["web-01/private", "web-02/private"]}],
}


def site(**changes: Any) -> dict[str, Any]:
    return {**SITE, **changes}


def grown(count: int, **changes: Any) -> dict[str, Any]:
    return site(servers=[{**SITE["servers"][0], "count": count, **changes}])


def paths(result: Any) -> list[str]:
    return [f"{each['verb']} {each['path']}".rstrip() for each in result["plan"]]


@pytest.mark.parametrize("in_process", [True, False], ids=["in-process", "module"])
def test_it_is_planned_made_left_alone_and_grown(play: Runner, in_process: bool) -> None:
    done = play(
        [
            task("plan", "datacenter", {"check_mode": True, "diff": True}, **SITE),
            task("make", "datacenter", {"diff": True}, **SITE),
            task("again", "datacenter", {"diff": True}, **SITE),
            task("plan more", "datacenter", {"check_mode": True, "diff": True}, **grown(4, cores=4)),
            task("make more", "datacenter", **grown(4, cores=4)),
            task("fewer without purge", "datacenter", **grown(2)),
            task("fewer", "datacenter", **grown(2), purge=["servers", "volumes"]),
            task("read", "server_info", datacenter="shop"),
        ],
        in_process=in_process,
    )
    assert done["plan"].changed and done["plan"].writes == []
    assert paths(done["make"]) == paths(done["plan"]) == ["create", "create loadbalancers/front"]
    assert done["make"].writes == ["POST"] * 2
    assert done["make"].diff == done["plan"].diff
    shown = yaml.safe_load(done["make"].diff["after"])
    assert [each["name"] for each in shown["servers"]] == ["web-01", "web-02", "web-03"]
    # The listing, the tree, and the application load balancers, which a tree of LANs is read without.
    assert not done["again"].changed and len(done["again"].reads) == 3 and done["again"].writes == []
    assert done["again"].diff == {"before": "", "after": ""}
    assert done["again"]["tree"] == done["make"]["tree"]

    assert done["plan more"].writes == []
    assert paths(done["plan more"]) == [
        *(f"update servers/web-0{n}" for n in (1, 2, 3)),
        "create servers/web-04",
    ]
    assert yaml.safe_load(done["plan more"].diff["before"]) == {
        "servers": [{"name": f"web-0{number}", "cores": 2} for number in (1, 2, 3)]
    }
    assert done["make more"].changed
    assert done["fewer without purge"]["unmanaged"] == ["servers/web-03", "servers/web-04"]
    assert paths(done["fewer"]) == [
        "delete servers/web-04", "delete servers/web-03", "delete volumes/web-03-boot", "delete volumes/web-04-boot"
    ]  # fmt: skip
    assert len(done["read"]["servers"]) == 2
    assert PASSWORD not in done.output
    for each in done:
        assert PASSWORD not in json.dumps({k: v for k, v in each.result.items() if k != "invocation"})


@pytest.mark.parametrize("in_process", [True, False], ids=["in-process", "module"])
def test_servers_swap_what_they_boot_from(play: Runner, in_process: bool) -> None:
    def described(**boots: str) -> dict[str, Any]:
        servers = [
            {"name": name, "cores": 1, "ram": 1024, "boot_volume": boot}
            | {"volumes": [{"name": boot, "size": 2, "licence_type": "OTHER"}]}
            for name, boot in boots.items()
        ]
        return {"name": "shop", "location": "de/fra", "servers": servers}

    swapped = described(a="y", b="x")
    done = play(
        [
            task("make", "datacenter", **described(a="x", b="y")),
            task("plan", "datacenter", {"check_mode": True, "diff": True}, **swapped),
            task("swap", "datacenter", {"diff": True}, **swapped),
            task("again", "datacenter", **swapped),
        ],
        in_process=in_process,
    )
    assert done["plan"].changed and done["plan"].writes == []
    assert paths(done["swap"]) == paths(done["plan"]) and done["swap"].diff == done["plan"].diff
    assert done["swap"].writes == ["DELETE", "POST", "PATCH"] * 2
    assert not done["again"].changed and done["again"].writes == []
    names = {each["id"]: each["name"] for each in done["again"]["tree"]["volumes"]}
    assert [names[each["boot_volume"]] for each in done["again"]["tree"]["servers"]] == ["y", "x"]


def test_what_is_there_is_described_and_fed_back(play: Runner) -> None:
    play.shop()
    done = play(
        [
            task("describe", "datacenter_info", {"register": "found"}, name="shop", as_description=True),
            task(
                "feed back",
                "datacenter",
                name="{{ found.datacenters[0].name }}",
                lans="{{ found.datacenters[0].lans }}",
                servers="{{ found.datacenters[0].servers }}",
                volumes="{{ found.datacenters[0].volumes }}",
                loadbalancers="{{ found.datacenters[0].loadbalancers }}",
            ),
        ]
    )
    (found,) = done["describe"]["datacenters"]
    assert [each["name"] for each in found["servers"]] == ["web"]
    assert not done["feed back"].changed and done["feed back"]["unmanaged"] == []


def test_a_failed_step_is_told_with_what_was_done(play: Runner) -> None:
    play.fault("fail_request", "POST", r"/loadbalancers$", message="[VDC-5-0] none left")
    done = play([task("make", "datacenter", **SITE), task("again", "datacenter", **SITE)])
    failed = done["make"].result
    assert "create of load balancer front failed: [VDC-5-0] none left" in done["make"].msg
    assert failed["changed"] and [each["verb"] for each in failed["applied"]] == ["create"]
    (step,) = failed["failed_steps"]
    assert step["path"] == "loadbalancers/front" and step["request_id"] == failed["request_id"]
    assert paths(done["again"]) == ["create loadbalancers/front"]


def commands(play: Runner, folder: Path, options: dict[str, Any]) -> list[str]:
    module = {"api_url": play.api(), "token": TOKEN, **options}
    tasks = [{"name": "make", "profitbricks.cloud.profitbricks_datacenter": module}]
    plays = [
        {
            "hosts": "localhost",
            "connection": "local",
            "gather_facts": False,
            "vars": {"ansible_python_interpreter": "{{ ansible_playbook_python }}"},
            "tasks": tasks,
        }
    ]
    (folder / "play.json").write_text(json.dumps(plays), encoding="utf-8")
    return [sys.executable, "-m", "ansible", "playbook", "-i", "localhost,", str(folder / "play.json")]


def family(pid: int) -> list[int]:
    """The process and all that it and they have started, children first."""
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return [*(each for child in listed for each in family(int(child))), pid]


@pytest.mark.parametrize("number", [1, 2, 3, 5, 7])
def test_a_killed_process_leaves_what_a_rerun_completes(play: Runner, tmp_path: Path, number: int) -> None:
    """The real process, killed as soon as the service has answered that many of its calls."""
    play.cloud.settings.provision_seconds = 0.5
    (tmp_path / "ansible.cfg").touch()
    # The callback that records would call the emulator too.
    environment = {name: value for name, value in plain_environment().items() if "CALLBACK" not in name}
    environment |= {"ANSIBLE_CONFIG": str(tmp_path / "ansible.cfg"), "ANSIBLE_HOME": str(tmp_path / "home")}
    process = subprocess.Popen(
        commands(play, tmp_path, SITE),
        env=environment,
        cwd=tmp_path,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until = time.monotonic() + 60
        while len(play.cloud.journal.calls) < number and time.monotonic() < until:
            time.sleep(0.01)
        assert len(play.cloud.journal.calls) >= number and process.poll() is None
    finally:
        # Ansible's worker has a session of its own: no signal for a group reaches it.
        for pid in family(process.pid):
            os.kill(pid, signal.SIGKILL)
        process.wait(timeout=10)
    done = play([task("again", "datacenter", **SITE), task("then", "datacenter", **SITE)])
    assert done["again"].status == "ok", done["again"].result
    tree = done["again"]["tree"]
    assert [len(tree[name]) for name in ("lans", "servers", "volumes", "loadbalancers")] == [2, 3, 3, 1]
    assert not done["then"].changed
    assert len(play.call("GET", "datacenters?depth=0")["items"]) == 1
