# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each playbook, run by its name in the collection against the emulator."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from integration.playbook_lab import (
    PLAYBOOKS,
    ROOT,
    SSH,
    Ansible,
    Cloud,
    Run,
    add_operator,
    build_site,
)


def test_every_playbook_is_run_by_a_test() -> None:
    tests = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    runs = (r'(run|attempt)\(\s*"{}"', r"{}\.yml", r'profitbricks\.cloud\.{}"')
    unrun = [
        path.stem
        for path in PLAYBOOKS.glob("*.yml")
        if not any(re.search(run.format(path.stem), tests) for run in runs)
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


def test_keys_are_rotated_once_the_new_one_works(cloud: Cloud, ansible: Ansible) -> None:
    public = {}
    for name in ("new", "stranger"):
        key = ansible.folder / name
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
        public[name] = key.with_suffix(".pub").read_text(encoding="utf-8").strip()
    build_site(cloud, f"{ansible.public_key}\n{public['new']}")
    web = ("-i", str(PLAYBOOKS / "inventory" / "profitbricks.yml"), "--limit", "web-01")

    def rotate(login: str, to: str) -> Run:
        files = {
            "ssh_public_key_file": ansible.folder / f"{to}.pub",
            "ssh_private_key_file": ansible.folder / to,
        }
        options = (*web, "--private-key", str(ansible.folder / login))
        return ansible.attempt("rotate_ssh_keys", *options, ssh_port=cloud.ssh_port, **files)

    def authorized() -> list[str]:
        login = (
            "--private-key",
            str(ansible.folder / "id"),
            "-u",
            "root",
            "-e",
            f"ansible_port={cloud.ssh_port}",
        )
        shown = ansible.command("adhoc", "web-01", *web, *login, "-a", "cat .ssh/authorized_keys").output
        return [line for line in shown.splitlines() if line.startswith("ssh-")]

    # No server lets this one in: the old keys stay.
    assert "Permission denied" in rotate("id", "stranger").output
    assert authorized() == [public["stranger"]]
    done = rotate("id", "new")
    assert done.changed == {"web-01": 2}, done.output
    assert authorized() == [public["new"]]
    assert rotate("new", "new").changed == {"web-01": 0}


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
    foretold = ansible.run("component_build", "--check", "--diff")
    assert foretold.messages == ["web-01 has the addresses (none yet)"]
    assert cloud.writes() == []

    done = ansible.run("component_build")
    assert done.changed["localhost"] == 7
    # Data center, LAN, volume, server, attachment, NIC and three rules.
    assert cloud.writes() == ["POST"] * 9
    assert re.fullmatch(r"web-01 has the addresses 127\.21\.0\.\d+", done.messages[0])

    assert ansible.run("component_build").changed == {"localhost": 0}
    assert cloud.writes() == []


def test_composite_build_builds_the_server_with_one_request(cloud: Cloud, ansible: Ansible) -> None:
    ansible.run("composite_build", "--check", "--diff")
    assert cloud.writes() == []

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
    assert done.changed == {"localhost": 3}
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

    assert ansible.run("gateway_and_balancers").changed == {"localhost": 3}
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
        f"example-cluster runs Kubernetes 1.33.7 on 2 nodes; its kubeconfig is {kubeconfig}"
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
