# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A kubeconfig in a file, by the real ansible-playbook: the promises that there are without an object at the service."""

from __future__ import annotations

import hashlib

import pytest

from integration.runner import Runner, task

CHECK = {"check_mode": True, "diff": True}
DIFF = {"diff": True}
DEST = "{{ folder }}/config"
WRITE = {"k8s_cluster": "shop", "dest": DEST}
NOWHERE = "00000000-0000-4000-8000-000000000000"


@pytest.mark.parametrize("in_process", [True, False], ids=["in process", "as a module"])
@pytest.mark.parametrize("version", [5, 6])
def test_a_kubeconfig_is_written_once_and_its_contents_are_told_nowhere(
    play: Runner, version: int, in_process: bool
) -> None:
    cluster = play.call("POST", "k8s", {"properties": {"name": "shop"}})["id"]
    dest = play.folder / "config"
    other = {"ansible.builtin.copy": {"content": "secret: older", "dest": DEST, "mode": "0644"}}
    done = play(
        [
            task("foretell", "k8s_config", CHECK, **WRITE),
            task("write", "k8s_config", DIFF, **WRITE),
            task("again", "k8s_config", DIFF, **WRITE),
            task("again in check mode", "k8s_config", CHECK, **WRITE),
            task("by id", "k8s_config", k8s_cluster=cluster, dest=DEST),
            {"name": "another file", "no_log": True, **other},
            task("foretell change", "k8s_config", CHECK, **WRITE),
            task("change", "k8s_config", DIFF, **WRITE),
            task("no such cluster", "k8s_config", k8s_cluster=NOWHERE, dest=DEST),
            task("no such folder", "k8s_config", k8s_cluster="shop", dest="{{ folder }}/nowhere/config"),
            task("told on request", "k8s_cluster_info", {"no_log": True}, name="shop", kubeconfig=True),
        ],
        version=version,
        variables={"folder": str(play.folder)},
        in_process=in_process,
        arguments=["-vvv"],
    )
    content = dest.read_bytes()
    assert cluster.encode() in content and dest.stat().st_mode & 0o7777 == 0o600
    assert done["write"]["k8s_config"] == {
        "id": cluster,
        "dest": str(dest),
        "mode": "0600",
        "checksum": hashlib.sha256(content).hexdigest(),
    }
    for before, after in (("foretell", "write"), ("foretell change", "change")):
        assert done[before].changed and done[after].changed
        assert done[before].diff == done[after].diff
        assert done[before]["k8s_config"] == done[after]["k8s_config"]
        assert done[before]["actions"] == done[after]["actions"]
    assert done["write"]["actions"] == ["create"] and done["change"]["actions"] == ["update"]
    assert set(done["change"].diff["before"]) == {"mode", "checksum"}
    for name, most in (("again", 2), ("again in check mode", 2), ("by id", 1)):
        assert not done[name].changed and len(done[name].calls) == most
        assert done[name]["k8s_config"] == done["write"]["k8s_config"]
    assert done["no such cluster"].msg.startswith("k8s_cluster: there is no Kubernetes cluster")
    assert done["no such folder"].msg.startswith("dest: the folder ")
    assert "current-context" not in done.output and "secret: older" not in done.output


def test_a_cluster_is_awaited_until_it_has_a_kubeconfig(play: Runner) -> None:
    slow = ("settings", {"provision_seconds": 2})
    done = play(
        [
            task("cluster", "k8s_cluster", {"before": [slow]}, name="shop", wait=False),
            task("foretell", "k8s_config", CHECK, **WRITE),
            task("at once", "k8s_config", **WRITE, wait=False),
            task("in time", "k8s_config", **WRITE, wait_timeout=60),
            task("delete", "k8s_config", DIFF, dest=DEST, state="absent"),
            task("delete again", "k8s_config", dest=DEST, state="absent"),
        ],
        variables={"folder": str(play.folder)},
    )
    assert done["foretell"].changed and done["foretell"]["k8s_config"]["checksum"] is None
    assert "is DEPLOYING and has no kubeconfig" in done["at once"].msg
    assert done["in time"].changed and len(done["in time"].calls) > 2
    assert done["delete"].changed and done["delete"].diff["after"] == {} and done["delete"].calls == []
    assert not done["delete again"].changed and not (play.folder / "config").exists()
