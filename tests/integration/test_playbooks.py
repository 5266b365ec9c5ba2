# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each playbook, run by its name in the collection against the emulator."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests

ROOT = Path(__file__).resolve().parents[2]
PLAYBOOKS = ROOT / "playbooks"
PUBLIC_NET = "127.21.0.0/24"
RECAP = re.compile(r"^(\S+) +: ok=(\d+) +changed=(\d+) +unreachable=(\d+) +failed=(\d+)", re.M)
SSH = "-F /dev/null -o UserKnownHostsFile=/dev/null -o IdentitiesOnly=yes -o LogLevel=ERROR"
WRITES = ("POST", "PUT", "PATCH", "DELETE")


@dataclass
class Cloud:
    """The emulator as the tests see it: its API, its journal, and the port of the servers' SSH."""

    url: str
    ssh_port: int

    def call(self, method: str, path: str, body: Any = None) -> Any:
        answer = requests.request(
            method,
            f"{self.url}/cloudapi/v6/{path}",
            json=body,
            auth=("demo@example.com", "demo-password"),
            timeout=10,
        )
        answer.raise_for_status()
        return answer.json() if answer.content else None

    def names(self, path: str) -> list[str]:
        return [item["properties"]["name"] for item in self.call("GET", f"{path}?depth=1")["items"]]

    def reset(self) -> None:
        requests.post(f"{self.url}/_emulator/reset", timeout=10).raise_for_status()

    def writes(self) -> list[str]:
        """The methods of the write requests since this was last asked."""
        journal = requests.get(f"{self.url}/_emulator/journal", timeout=10).json()["items"]
        requests.delete(f"{self.url}/_emulator/journal", timeout=10).raise_for_status()
        return [entry["method"] for entry in journal if entry["method"] in WRITES]


@dataclass(frozen=True)
class Run:
    """What came of a playbook: exit code, output, and of each host how many tasks changed something."""

    code: int
    output: str

    @property
    def changed(self) -> dict[str, int]:
        return {
            host: int(changed) for host, _ok, changed, _unreachable, _failed in RECAP.findall(self.output)
        }

    @property
    def messages(self) -> list[str]:
        return re.findall(r'^    "msg": "(.*)"$', self.output, re.M)


@dataclass
class Ansible:
    """Runs playbooks with an environment of their own, in a folder that holds a key pair."""

    folder: Path
    environment: dict[str, str]

    @property
    def public_key(self) -> str:
        return (self.folder / "id.pub").read_text(encoding="utf-8").strip()

    def run(self, name: str, *options: str, **variables: object) -> Run:
        """Run the collection's playbook of that name with extra variables; it must succeed."""
        done = self.attempt(name, *options, ssh_public_key_file=self.folder / "id.pub", **variables)
        assert done.code == 0, done.output
        return done

    def attempt(self, name: str, *options: str, **variables: object) -> Run:
        extra = [word for item in variables.items() for word in ("-e", "{}={}".format(*item))]
        return self._call("playbook", f"profitbricks.cloud.{name}", *options, *extra)

    def command(self, *arguments: str) -> Run:
        """Run one of Ansible's commands, named without its first half; it must succeed."""
        done = self._call(*arguments)
        assert done.code == 0, done.output
        return done

    def _call(self, *arguments: str) -> Run:
        done = subprocess.run(
            [sys.executable, "-m", "ansible", *arguments],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
        )
        return Run(done.returncode, done.stdout + done.stderr)


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cloud]:
    with socket.socket() as probe:
        probe.bind(("127.21.0.1", 0))
        ssh_port = probe.getsockname()[1]
    options = ["--ssh", "--ssh-port", str(ssh_port), "--public-net", PUBLIC_NET]
    log = tmp_path_factory.mktemp("emulator") / "errors"
    with open(log, "w", encoding="utf-8") as errors:
        emulator = subprocess.Popen(
            [sys.executable, "-m", "emulator", *options],
            env={**os.environ, "PYTHONPATH": str(ROOT / "tests")},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
    try:
        assert emulator.stdout is not None
        url = emulator.stdout.readline().strip()
        assert url, log.read_text(encoding="utf-8")
        yield Cloud(url, ssh_port)
    finally:
        emulator.terminate()
        emulator.communicate(timeout=20)


@pytest.fixture
def cloud(process: Cloud) -> Cloud:
    process.reset()
    return process


@pytest.fixture
def sockets() -> Iterator[str]:
    """A folder for the sockets of shared SSH connections, whose paths must be short."""
    with tempfile.TemporaryDirectory() as folder:
        yield folder


@pytest.fixture
def ansible(cloud: Cloud, tmp_path: Path, sockets: str) -> Ansible:
    key = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "tests", "-f", str(tmp_path / "id")]
    subprocess.run(key, check=True)
    (tmp_path / "ansible.cfg").write_text("[defaults]\n", encoding="utf-8")
    own = {name: value for name, value in os.environ.items() if not name.startswith(("ANSIBLE_", "IONOS_"))}
    return Ansible(
        tmp_path,
        {
            **own,
            "ANSIBLE_COLLECTIONS_PATH": os.environ.get(
                "ANSIBLE_COLLECTIONS_PATH", str(ROOT / ".build" / "dev")
            ),
            "ANSIBLE_CONFIG": str(tmp_path / "ansible.cfg"),
            "ANSIBLE_HOME": str(tmp_path / "ansible"),
            "ANSIBLE_NOCOLOR": "true",
            "ANSIBLE_PIPELINING": "true",
            "ANSIBLE_SSH_ARGS": f"{SSH} -o ControlMaster=auto -o ControlPersist=20s",
            "ANSIBLE_SSH_CONTROL_PATH_DIR": sockets,
            "PROFITBRICKS_API_URL": f"{cloud.url}/cloudapi/v6",
            "PROFITBRICKS_USERNAME": "demo@example.com",
            "PROFITBRICKS_PASSWORD": "demo-password",
        },
    )


def server(name: str, key: str) -> dict[str, Any]:
    """A server as the API takes it, with a boot volume that lets the key in and a NIC in the first two LANs."""
    boot = {"name": f"{name}-boot", "size": 10, "type": "HDD", "imageAlias": "ubuntu:24.04", "sshKeys": [key]}
    nics = [{"properties": {"name": f"nic-{lan}", "lan": lan}} for lan in (1, 2)]
    entities = {"volumes": {"items": [{"properties": boot}]}, "nics": {"items": nics}}
    return {"properties": {"name": name, "cores": 1, "ram": 1024}, "entities": entities}


def build_site(cloud: Cloud, key: str) -> None:
    """What the later playbooks find: the data center of site.yml, two servers in it, and its user."""
    lans = [{"properties": {"name": name, "public": name == "public"}} for name in ("public", "private")]
    servers = [server(name, key) for name in ("web-01", "db-01")]
    body = {
        "properties": {"name": "example-site", "location": "de/fra"},
        "entities": {"lans": {"items": lans}, "servers": {"items": servers}},
    }
    cloud.call("POST", "datacenters", body)
    add_operator(cloud)


def add_operator(cloud: Cloud) -> None:
    operator = {"firstname": "Site", "lastname": "Operator", "email": "operator@example.com"}
    cloud.call("POST", "um/users", {"properties": {**operator, "password": "not-guessed-1"}})


def test_every_playbook_is_run_by_a_test() -> None:
    tests = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    unrun = [
        path.stem
        for path in PLAYBOOKS.glob("*.yml")
        if f'run("{path.stem}"' not in tests and f"{path.stem}.yml" not in tests
    ]
    assert unrun == []


def test_site_is_built_once(cloud: Cloud, ansible: Ansible) -> None:
    ansible.run("site", "--check", "--diff")
    assert cloud.writes() == []

    assert ansible.run("site").changed == {"localhost": 2}
    # The data center with all in it, and the user: one request each.
    assert cloud.writes() == ["POST"] * 2

    assert ansible.run("site").changed == {"localhost": 0}
    assert cloud.writes() == []

    (site,) = cloud.call("GET", "datacenters?depth=10")["items"]
    parts = {
        name: collection["items"] for name, collection in site["entities"].items() if "items" in collection
    }
    assert {lan["properties"]["name"]: lan["properties"]["public"] for lan in parts["lans"]} == {
        "public": True,
        "private": False,
    }
    assert {each["properties"]["name"] for each in parts["servers"]} == {"web-01", "web-02", "db-01"}
    for each in parts["servers"]:
        own = each["entities"]
        volumes = [volume["properties"] for volume in own["volumes"]["items"]]
        assert [volume["name"].rpartition("-")[2] for volume in volumes] == ["boot", "data"]
        assert each["properties"]["bootVolume"]["id"] == own["volumes"]["items"][0]["id"]
        rules = {
            nic["properties"]["name"]: [
                rule["properties"]["name"] for rule in nic["entities"]["firewallrules"]["items"]
            ]
            for nic in own["nics"]["items"]
        }
        assert rules == {"public": ["ssh", "http", "ping"], "private": []}
    users = cloud.call("GET", "um/users?depth=1")["items"]
    assert "operator@example.com" in [user["properties"]["email"] for user in users]


def test_site_says_which_key_is_missing(cloud: Cloud, ansible: Ansible) -> None:
    done = ansible.attempt("site", ssh_public_key_file="/nowhere/id.pub")
    assert done.code == 2
    assert "There is no file /nowhere/id.pub. Make a key pair with ssh-keygen -t ed25519" in done.output
    assert cloud.writes() == []


def test_site_is_configured_over_ssh_through_the_inventory(cloud: Cloud, ansible: Ansible) -> None:
    build_site(cloud, ansible.public_key)
    inventory = ("-i", str(PLAYBOOKS / "inventory" / "profitbricks.yml"))
    login = (*inventory, "--private-key", str(ansible.folder / "id"))

    first = ansible.run("configure", *login, ssh_port=cloud.ssh_port, boot_timeout=60)
    assert first.changed == {"web-01": 1, "db-01": 1}
    second = ansible.run("configure", *login, ssh_port=cloud.ssh_port, boot_timeout=60)
    assert second.changed == {"web-01": 0, "db-01": 0}

    (site,) = cloud.call("GET", "datacenters?depth=5")["items"]
    ips = {
        each["properties"]["name"]: [nic["properties"]["ips"][0] for nic in each["entities"]["nics"]["items"]]
        for each in site["entities"]["servers"]["items"]
    }
    read = ["ssh", *SSH.split(), "-o", "StrictHostKeyChecking=no"]
    read += [
        "-i",
        str(ansible.folder / "id"),
        "-p",
        str(cloud.ssh_port),
        f"root@{ips['web-01'][0]}",
        "cat node.conf",
    ]
    written = subprocess.run(read, capture_output=True, text=True, timeout=20, check=True).stdout
    assert "name = web-01\nrole = web\ndatacenter = example-site\nlocation = de/fra\n" in written
    assert written.endswith(f"[peers]\ndb-01 = {ips['db-01'][1]}\n")


def test_teardown_leaves_nothing_and_frees_the_address_of_the_user(cloud: Cloud, ansible: Ansible) -> None:
    build_site(cloud, ansible.public_key)
    cloud.writes()
    ansible.run("teardown", "--check")
    assert cloud.writes() == []

    ansible.run("teardown")
    assert cloud.names("datacenters") == []
    assert [user["properties"]["email"] for user in cloud.call("GET", "um/users?depth=1")["items"]] == [
        "demo@example.com"
    ]
    cloud.writes()
    assert ansible.run("teardown").changed == {"localhost": 0}
    assert cloud.writes() == []
    add_operator(cloud)


def test_component_build_builds_piece_by_piece_once(cloud: Cloud, ansible: Ansible) -> None:
    done = ansible.run("component_build")
    assert done.changed["localhost"] == 7
    # Data center, LAN, volume, server, attachment, NIC and three rules.
    assert cloud.writes() == ["POST"] * 9
    assert re.fullmatch(r"web-01 has the addresses 127\.21\.0\.\d+", done.messages[0])

    assert ansible.run("component_build").changed == {"localhost": 0}
    assert cloud.writes() == []


def test_composite_build_builds_the_server_with_one_request(cloud: Cloud, ansible: Ansible) -> None:
    done = ansible.run("composite_build")
    # Data center, LAN, and the server with all that belongs to it.
    assert cloud.writes() == ["POST"] * 3
    assert re.fullmatch(r"web-01 has the addresses 127\.21\.0\.\d+", done.messages[0])
    (site,) = cloud.call("GET", "datacenters?depth=6")["items"]
    (built,) = site["entities"]["servers"]["items"]
    (nic,) = built["entities"]["nics"]["items"]
    assert len(built["entities"]["volumes"]["items"]) == 1
    assert len(nic["entities"]["firewallrules"]["items"]) == 3

    assert ansible.run("composite_build").changed == {"localhost": 0}
    assert cloud.writes() == []


def test_users_groups_shares_lets_a_team_work_once(cloud: Cloud, ansible: Ansible) -> None:
    ansible.run("users_groups_shares", "--check", "--diff")
    assert cloud.writes() == []

    done = ansible.run("users_groups_shares", team_name="shop")
    assert done.changed == {"localhost": 5}
    # Two users, the group with both, the data center, the share and the label.
    assert cloud.writes() == ["POST"] * 8
    assert done.messages == ["shop-site is shared with shop"]
    (group,) = cloud.call("GET", "um/groups?depth=3")["items"]
    members = [each["properties"]["email"] for each in group["entities"]["users"]["items"]]
    assert members == ["ada@example.com", "grace@example.com"]
    granted = {name for name, value in group["properties"].items() if value is True}
    assert granted == {"createSnapshot", "reserveIp", "accessActivityLog"}
    (share,) = cloud.call("GET", f"um/groups/{group['id']}/shares?depth=1")["items"]
    assert share["properties"] == {"editPrivilege": True, "sharePrivilege": False}
    (label,) = cloud.call("GET", "labels?depth=1")["items"]
    assert (label["properties"]["key"], label["properties"]["value"]) == ("team", "shop")

    assert ansible.run("users_groups_shares", team_name="shop").changed == {"localhost": 0}
    assert cloud.writes() == []


def test_ip_blocks_and_load_balancing_is_built_once(cloud: Cloud, ansible: Ansible) -> None:
    ansible.run("ip_blocks_and_load_balancing", "--check", "--diff")
    assert cloud.writes() == []

    done = ansible.run("ip_blocks_and_load_balancing")
    assert done.changed == {"localhost": 5}
    (block,) = cloud.call("GET", "ipblocks?depth=1")["items"]
    first, second = block["properties"]["ips"]
    assert sorted(done.messages) == sorted(
        [f"{first} is used by web-01", f"{first} is used by web-02", f"{second} is used by web-01"]
    )
    (site,) = cloud.call("GET", "datacenters?depth=5")["items"]
    (balancer,) = site["entities"]["loadbalancers"]["items"]
    assert balancer["properties"]["ip"] == first
    nics = balancer["entities"]["balancednics"]["items"]
    assert [nic["properties"]["ips"] for nic in nics] == [[first], [first]]
    cloud.writes()

    assert ansible.run("ip_blocks_and_load_balancing").changed == {"localhost": 0}
    assert cloud.writes() == []


def test_snapshots_are_kept_restored_and_dropped(cloud: Cloud, ansible: Ansible) -> None:
    build_site(cloud, ansible.public_key)
    cloud.writes()
    ansible.run("snapshots", "--check", "--diff")
    assert cloud.writes() == []

    kept = ansible.run("snapshots")
    assert kept.changed == {"localhost": 1} and cloud.writes() == ["POST"] * len(kept.messages)
    names = cloud.names("snapshots")
    assert names and all(name.startswith("web-01-") and name.endswith("-before-upgrade") for name in names)
    assert sorted(message.split(" of ")[0] for message in kept.messages) == sorted(names)
    assert ansible.run("snapshots").changed == {"localhost": 0}
    assert cloud.writes() == []

    restored = ["POST"] * (len(names) + 2)  # between stopping and starting
    ansible.run("snapshots", "--check", snapshot_state="restored")
    assert cloud.writes() == []
    for _twice in range(2):
        assert ansible.run("snapshots", snapshot_state="restored").changed == {"localhost": 3}
        assert cloud.writes() == restored

    assert ansible.run("snapshots", snapshot_state="absent").changed == {"localhost": 1}
    assert cloud.names("snapshots") == []
    cloud.writes()
    assert ansible.run("snapshots", snapshot_state="absent").changed == {"localhost": 0}
    assert cloud.writes() == []


def test_list_datacenters_names_each_with_its_servers(cloud: Cloud, ansible: Ansible) -> None:
    build_site(cloud, ansible.public_key)
    cloud.call("POST", "datacenters", {"properties": {"name": "empty", "location": "us/las"}})
    assert sorted(ansible.run("list_datacenters").messages) == [
        "empty in us/las, servers: none",
        "example-site in de/fra, servers: db-01, web-01",
    ]


def test_find_images_narrows_by_what_is_given(ansible: Ansible) -> None:
    found = ansible.run("find_images", image_name="ubuntu", image_location="de/fra").messages
    assert found == sorted(found)
    assert all(re.match(r"de/fra Ubuntu-\d\d\.04-LTS-server", line) for line in found)
    assert [line.split()[2] for line in found][:2] == ["ubuntu:16.04", "ubuntu:18.04"]

    (latest,) = ansible.run("find_images", image_alias="ubuntu:latest", image_location="us/las").messages
    assert latest.endswith("ubuntu:24.04 ubuntu:latest")


def test_the_readmes_first_playbook_and_inventory_work(cloud: Cloud, ansible: Ansible) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    examples = dict(re.findall(r"^```yaml\n# (\S+)\n(.*?)^```$", readme, re.M | re.S))
    for name in ("shop.yml", "shop.profitbricks.yml"):
        (ansible.folder / name).write_text(examples[name], encoding="utf-8")
    key = ("-e", f"public_key_file={ansible.folder / 'id.pub'}")

    assert ansible.command("playbook", "shop.yml", *key).changed == {"localhost": 3}
    assert ansible.command("playbook", "shop.yml", *key).changed == {"localhost": 0}
    graph = ansible.command("inventory", "-i", "shop.profitbricks.yml", "--graph", "web")
    assert graph.output.splitlines()[:2] == ["@web:", "  |--web-01"]


def test_gateway_and_balancers_is_built_once(cloud: Cloud, ansible: Ansible) -> None:
    ansible.run("gateway_and_balancers", "--check", "--diff")
    assert cloud.writes() == []

    assert ansible.run("gateway_and_balancers").changed == {"localhost": 10}
    [datacenter] = cloud.call("GET", "datacenters?depth=5")["items"]
    parts = {name: each.get("items") for name, each in datacenter["entities"].items()}
    [group], [gateway] = parts["securitygroups"], parts["natgateways"]
    assert len(group["entities"]["servers"]["items"]) == 2
    assert [rule["properties"]["name"] for rule in gateway["entities"]["rules"]["items"]] == ["web"]
    balancers = cloud.call("GET", f"datacenters/{datacenter['id']}/applicationloadbalancers?depth=5")["items"]
    [rule] = balancers[0]["entities"]["forwardingrules"]["items"]
    [targets] = cloud.call("GET", "targetgroups?depth=1")["items"]
    assert rule["properties"]["httpRules"][0]["targetGroup"] == targets["id"]
    assert [target["ip"] for target in targets["properties"]["targets"]] == ["10.7.222.11", "10.7.222.12"]
    cloud.writes()

    assert ansible.run("gateway_and_balancers").changed == {"localhost": 0}
    assert cloud.writes() == []


def test_kubernetes_runs_a_cluster_once_and_deletes_it(cloud: Cloud, ansible: Ansible) -> None:
    kubeconfig = ansible.folder / "kubeconfig"
    ansible.run("kubernetes", "--check", "--diff", kubernetes_kubeconfig=kubeconfig)
    assert cloud.writes() == [] and not kubeconfig.exists()

    run = ansible.run("kubernetes", kubernetes_kubeconfig=kubeconfig)
    assert run.changed == {"localhost": 5}
    assert run.messages == [
        f"example-cluster runs Kubernetes 1.30.6 on 2 nodes; its kubeconfig is {kubeconfig}"
    ]
    [cluster] = cloud.call("GET", "k8s?depth=3")["items"]
    [pool] = cluster["entities"]["nodepools"]["items"]
    assert pool["properties"]["autoScaling"] == {"minNodeCount": 2, "maxNodeCount": 4}
    assert kubeconfig.stat().st_mode & 0o777 == 0o600 and cluster["id"] in kubeconfig.read_text(
        encoding="utf-8"
    )
    cloud.writes()

    for words in ((), ("--check",)):
        again = ansible.run("kubernetes", *words, kubernetes_kubeconfig=kubeconfig)
        assert again.changed == {"localhost": 0}
    assert cloud.writes() == []

    absent = {"kubernetes_state": "absent", "kubernetes_kubeconfig": kubeconfig}
    assert ansible.run("kubernetes", **absent).changed == {"localhost": 3}
    assert cloud.call("GET", "k8s")["items"] == [] and not kubeconfig.exists()
    assert ansible.run("kubernetes", **absent).changed == {"localhost": 0}
