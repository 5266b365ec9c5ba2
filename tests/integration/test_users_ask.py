# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What users of cloud collections ask for, where no other test shows it.

The twenty asks, and where each is shown:

1 a rerun is a no-op: test_promises (1). 2, 3 check mode tells the truth and writes nothing: test_promises (6). 4 a
password is set once: test_user, test_promises (7). 5 no duplicates by name: test_promises (1, 4), and the lost answers
of unit/test_task. 6 to 13 the inventory: test_inventory; 9 also below. 14 few dependencies: below. 15 lists longer than
a page: test_large. 16 rate limits and retries: below, unit/test_transport, unit/test_task. 17 wait timeouts:
test_promises (9). 18 module_defaults groups: test_info. 19 info modules in check mode: test_info. 20 the full result, a
true diff, an honest delete: test_promises (5, 6, 8).

What others do wrong, and where it is shown that we do not: writes in check mode: test_promises (6), test_server,
test_volume. Destructive defaults: test_server (a change of name), test_lan (public), test_datacenter (a mistyped name),
test_firewall_rule (the NIC), below (one request for what differs). Never idempotent: test_user, test_server,
test_volume, test_firewall_rule (ICMP type 0), test_bad_input (no name made up). Absent: test_promises (4, 5), below (no
path of None). Waiting: below and unit/test_operation. Errors swallowed: test_bad_input, test_bad_connection, below (a
missing library). Secrets: test_promises (7), below. Requests: test_promises (10), below. Options and return values:
unit/test_documentation, unit/test_resource. TLS for the whole process: test_bad_connection. Lists as subsets: test_nic,
test_lan.
"""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from ansible.parsing.vault import VaultLib, VaultSecret

from integration.runner import SECRETS, Runner, task

DC = {"datacenter": "shop"}
ROUTES = pytest.mark.parametrize("in_process", [True, False], ids=["in process", "module"])


@ROUTES
def test_without_the_library_a_task_says_what_to_install(
    play: Runner, tmp_path: Path, in_process: bool
) -> None:
    hidden = tmp_path / "hidden"
    hidden.mkdir()
    for library in ("requests", "urllib3"):  # the second comes with the first
        code = f"raise ImportError('No module named {library}')\n"
        (hidden / f"{library}.py").write_text(code, encoding="utf-8")
    done = play(
        [task("read", "datacenter_info"), task("write", "datacenter", name="x", location="de/fra")],
        environ={"PYTHONPATH": str(hidden)},
        in_process=in_process,
        arguments=["-vvv"],
    )
    for each in done:
        assert "requests" in each.msg and "library" in each.msg.lower()
        assert "NameError" not in done.output and each.calls == []


def test_a_rate_limit_slows_tasks_down_and_fails_none(play: Runner) -> None:
    limit = ("settings", {"rate_limit": "600/4"})
    tasks = [task("first", "datacenter", {"before": [limit]}, name="shop", location="de/fra")]
    tasks += [task(f"lan {number}", "lan", **DC, name=f"lan {number}") for number in range(8)]
    done = play(tasks)
    assert all(each.changed for each in done)
    statuses = [call["status"] for each in done for call in each.calls]
    assert statuses.count(429) <= len(statuses) // 4


def test_passing_trouble_costs_a_repetition_and_no_more(play: Runner) -> None:
    play.shop()

    def trouble(kind: str, **more: object) -> dict[str, list[tuple[str, dict[str, object]]]]:
        return {"before": [("faults", {"kind": kind, "times": 2, **more})]}

    later = {"status": 429, "retry_after": 1}
    done = play(
        [
            task("too many requests", "lan_info", trouble("status", **later), **DC),
            task("unavailable", "lan_info", trouble("status", status=503), **DC),
            task("gateway", "lan_info", trouble("html"), **DC),
            task("half", "lan_info", trouble("half"), **DC),
            task("closed", "lan_info", trouble("drop_before"), **DC),
            task("a write", "lan", trouble("status", method="POST", **later), **DC, name="new"),
        ]
    )
    for name in ("too many requests", "unavailable", "gateway", "half", "closed"):
        assert len(done[name]["lans"]) == 2 and len(done[name].calls) == 4, name
    assert done["a write"].changed and done["a write"].writes == ["POST"] * 3


def test_waiting_begins_soon_and_ends_soon(play: Runner) -> None:
    """No sleep of seconds before the first look, for creating, changing and deleting alike."""
    slow = ("settings", {"provision_seconds": 1.0})
    new = {"name": "new", "location": "de/fra"}
    done = play(
        [
            task("create at once", "datacenter", **new),
            task("create", "datacenter", {"before": [slow]}, **{**new, "name": "slow"}),
            task("change", "datacenter", name="slow", description="changed"),
            task("delete", "datacenter", name="slow", state="absent"),
            task("gone", "datacenter_info", name="slow"),
        ]
    )
    assert done["create at once"].seconds < 1.5
    for name in ("create", "change", "delete"):
        assert 1.0 <= done[name].seconds < 4, (name, done[name].seconds)
        assert done[name].polls
    assert done["change"]["datacenter"]["state"] == "AVAILABLE" and done["gone"]["datacenters"] == []


def test_what_differs_goes_in_one_request(play: Runner) -> None:
    play.shop()
    done = play(
        [
            task(
                "three fields",
                "server",
                {"diff": True},
                **DC,
                name="web",
                cores=4,
                ram=4096,
                hostname="shop-web",
            ),
            task("two flags", "volume", **DC, name="boot", size=20, nic_hot_unplug=False),
        ]
    )
    assert done["three fields"].writes == ["PATCH"] == done["two flags"].writes
    assert set(done["three fields"].diff["after"]) == {"cores", "ram", "hostname", "restart"}


def test_one_data_center_among_many_is_found_by_one_request(play: Runner) -> None:
    for number in range(30):
        play.call("POST", "datacenters", {"properties": {"name": f"dc {number:02}", "location": "de/fra"}})
    done = play(
        [
            task("by name", "datacenter", name="dc 17"),
            task("inside", "lan_info", datacenter="dc 17"),
        ]
    )
    assert not done["by name"].changed and len(done["by name"].calls) == 1
    assert done["inside"]["lans"] == [] and len(done["inside"].calls) == 2


def test_no_path_holds_what_is_not_known(play: Runner) -> None:
    """Whatever is missing: nothing is sent to .../None, and the first of several is not taken."""
    play.shop()
    done = play(
        [
            task("server", "server", datacenter="nowhere", name="web", state="absent"),
            task("nic", "nic", **DC, server="nowhere", lan="public", state="absent"),
            task("rule", "firewall_rule", **DC, server="web", nic="nowhere", name="ssh", state="absent"),
            task("volume", "volume", **DC, name="nothing", server="nowhere", state="absent"),
            task("user", "user", email="nobody@example.com", state="absent"),
        ]
    )
    for each in done:
        assert not each.changed and each.writes == []
        assert not any(part in call["path"] for call in each.calls for part in ("None", "null", "{"))


@ROUTES
def test_user_data_and_passwords_are_not_logged(play: Runner, in_process: bool) -> None:
    play.shop()
    data = base64.b64encode(b"#cloud-config\npassword: oneTimeSecret\n").decode()
    volume = {"name": "root", "size": 10, "image": "ubuntu:22.04", "user_data": data}
    done = play(
        [
            task("volume", "volume", {"diff": True}, **DC, **volume),
            task("volume again", "volume", {"diff": True}, **DC, **volume),
            task("nested", "server", {"diff": True}, **DC, name="db", cores=1, ram=1024, volumes=[volume]),
        ],
        in_process=in_process,
        arguments=["-vvv"],
    )
    assert done["volume"].changed and not done["volume again"].changed and done["nested"].changed
    assert data not in done.output


@ROUTES
def test_of_a_dictionary_of_user_data_only_secrets_are_masked(play: Runner, in_process: bool) -> None:
    play.shop()
    config = {
        "hostname": "db",
        "packages": ["nginx"],
        "chpasswd": {"list": "oneTimeSecret"},
        "write_files": [
            {"path": "/etc/x", "content": "otherTimeSecret"},
            {"path": "/etc/hostname", "content": "db"},
            {"path": "/proc/sys/net/ipv4/ip_forward", "content": "1"},
        ],
        "keyboard": {"layout": "main"},
        "runcmd": [["usermod", "-p", "thirdTimeSecret", "ada"], {"curl fourthTimeSecret": "x"}],
    }
    volume = {"name": "nginx", "size": 10, "image": "ubuntu:22.04", "user_data": config}
    server = {**DC, "name": "db", "cores": 1, "ram": 1024, "volumes": [volume]}
    done = play(
        [
            task("nested", "server", {"diff": True}, **server),
            *(
                task(name, "server", {"ignore_errors": True}, **{**server, **wrong})
                for name, wrong in (
                    ("a type", {"cores": []}),
                    ("a value", {"cores": -1, "name": "new"}),
                    ("no option", {"x": 1}),
                )
            ),
        ],
        in_process=in_process,
        arguments=["-vvv"],
        variables={"ansible_inject_invocation": True},
    )
    for name in ("a type", "a value", "no option"):
        assert done[name].status == "failed" and "invocation" in done[name].result
    assert done["nested"].changed and done["nested"]["server"]["ram"] == 1024
    assert (done["nested"]["server"]["name"], done["nested"]["server"]["volumes"][0]["name"]) == (
        "db",
        "nginx",
    )
    assert "TimeSecret" not in done.output


@ROUTES
def test_a_vaulted_or_templated_token_serves(play: Runner, tmp_path: Path, in_process: bool) -> None:
    password = tmp_path / "vault-password"
    password.write_text("of the vault\n", encoding="utf-8")
    vault = VaultLib([("default", VaultSecret(b"of the vault"))])
    encrypted = vault.encrypt(SECRETS[0]).decode().strip().replace("\n", "\n  ")
    secrets = tmp_path / "secrets.yml"
    secrets.write_text(f"vaulted: !vault |\n  {encrypted}\n", encoding="utf-8")
    done = play(
        [
            task("vaulted", "datacenter_info", token="{{ vaulted }}"),
            task("templated", "datacenter_info", token="{{ parts | join('-') }}"),
            task(
                "from the environment",
                "datacenter_info",
                token="{{ lookup('ansible.builtin.env', 'MY_TOKEN') }}",
            ),
        ],
        variables={"parts": ["demo", "token"]},
        defaults={},
        environ={"MY_TOKEN": SECRETS[0]},
        arguments=["-vvv", "-e", f"@{secrets}", "--vault-password-file", str(password)],
        in_process=in_process,
    )
    assert all(each["datacenters"] == [] for each in done)
    assert SECRETS[0] not in done.output
