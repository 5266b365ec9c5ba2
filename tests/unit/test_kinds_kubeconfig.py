# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A kubeconfig becomes a file that only its owner reads, and stays as it is while it is equal."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import (
    CloudError,
    InvalidOption,
    NotFound,
)
from unit.mounted import Mounted

NOWHERE = "00000000-0000-4000-8000-000000000000"


class Cluster(Mounted):
    """An account with the cluster ``shop``, and a folder."""

    def __init__(self, folder: Path, version: int = 6, seconds: float = 0.0) -> None:
        super().__init__(version, seconds)
        self.dest = folder / "config"
        made = self.run("k8s_cluster", name="shop", wait=not seconds)
        self.id = made["k8s_cluster"]["id"]

    def write(self, **options: Any) -> dict[str, Any]:
        return self.run("k8s_config", **{"k8s_cluster": "shop", "dest": str(self.dest), **options})

    def foretell(self, **options: Any) -> dict[str, Any]:
        return self.check("k8s_config", **{"k8s_cluster": "shop", "dest": str(self.dest), **options})

    @property
    def mode(self) -> int:
        return self.dest.stat().st_mode & 0o7777


@pytest.mark.parametrize("version", [5, 6])
def test_it_is_written_once(tmp_path: Path, version: int) -> None:
    cluster = Cluster(tmp_path, version)
    foretold = cluster.foretell()
    assert foretold["changed"] and not cluster.dest.exists()
    written = cluster.write()
    assert written == foretold and len(cluster.calls) == 2
    content = cluster.dest.read_bytes()
    assert content.startswith(b"apiVersion: v1\nkind: Config\n") and cluster.mode == 0o600
    assert written["k8s_config"] == {
        "id": cluster.id,
        "dest": str(cluster.dest),
        "mode": "0600",
        "checksum": hashlib.sha256(content).hexdigest(),
    }
    before = cluster.dest.stat()
    again = cluster.write(k8s_cluster=cluster.id)
    assert not again["changed"] and again["diff"] == {"before": {}, "after": {}} and again["actions"] == []
    assert len(cluster.calls) == 1
    after = cluster.dest.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert [each.name for each in tmp_path.iterdir()] == ["config"]


def test_other_contents_are_replaced_and_told_of_by_their_checksum(tmp_path: Path) -> None:
    cluster = Cluster(tmp_path)
    cluster.dest.write_text("an older one with a key")
    cluster.dest.chmod(0o600)
    foretold = cluster.foretell()
    assert cluster.dest.read_text() == "an older one with a key"
    written = cluster.write()
    assert written == foretold and written["actions"] == ["update"]
    assert set(written["diff"]["before"]) == set(written["diff"]["after"]) == {"checksum"}
    assert "older" not in str(written) and "kind: Config" not in str(written)
    assert not cluster.write()["changed"]


def test_another_mode_is_corrected(tmp_path: Path) -> None:
    cluster = Cluster(tmp_path)
    cluster.write()
    cluster.dest.chmod(0o644)
    assert cluster.foretell()["changed"] and cluster.mode == 0o644
    written = cluster.write()
    assert (
        written["diff"] == {"before": {"mode": "0644"}, "after": {"mode": "0600"}} and cluster.mode == 0o600
    )


def test_a_link_keeps_leading_to_the_file(tmp_path: Path) -> None:
    cluster = Cluster(tmp_path)
    real = tmp_path / "real"
    cluster.dest.symlink_to(real)
    assert cluster.write()["changed"]
    assert cluster.dest.is_symlink() and real.read_text().startswith("apiVersion")
    assert not cluster.write()["changed"]


def test_absent_deletes_the_file_without_a_request(tmp_path: Path) -> None:
    cluster = Cluster(tmp_path)
    cluster.write()
    assert cluster.foretell(state="absent")["changed"] and cluster.dest.exists()
    gone = cluster.write(state="absent")
    assert (
        gone["changed"] and gone["k8s_config"] is None and not cluster.dest.exists() and cluster.calls == []
    )
    assert not cluster.write(state="absent")["changed"]
    assert not cluster.write(state="absent", dest=str(tmp_path / "nowhere" / "config"))["changed"]


def test_a_cluster_that_is_being_made_is_awaited(tmp_path: Path) -> None:
    for given in ("shop", None):
        cluster = Cluster(tmp_path, seconds=100)
        name = given or cluster.id
        foretold = cluster.foretell(k8s_cluster=name)
        assert foretold["changed"] and foretold["k8s_config"]["checksum"] is None
        with pytest.raises(
            CloudError, match=f"^k8s_cluster: the Kubernetes cluster {name} is DEPLOYING and has no"
        ):
            cluster.write(k8s_cluster=name, wait=False)
        with pytest.raises(CloudError, match="wait_timeout=5 seconds; the service last said DEPLOYING"):
            cluster.write(k8s_cluster=name, wait_timeout=5)
        assert not cluster.dest.exists()
        assert cluster.write(k8s_cluster=name)["changed"]
        cluster.dest.unlink()


def test_what_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    cluster = Cluster(tmp_path)
    for dest, says in (
        (tmp_path, "is a folder; name a file"),
        (tmp_path / "nowhere" / "config", "does not exist; create it first"),
    ):
        with pytest.raises(InvalidOption, match=f"^dest: .*{says}"):
            cluster.write(dest=str(dest))
    with pytest.raises(
        InvalidOption, match="^k8s_cluster: the name or UUID of the Kubernetes cluster is needed"
    ):
        cluster.write(k8s_cluster="")
    for name in ("other", NOWHERE):
        with pytest.raises(NotFound, match="^k8s_cluster: there is no Kubernetes cluster"):
            cluster.write(k8s_cluster=name)
    assert list(tmp_path.iterdir()) == []


def test_what_the_system_refuses_is_told_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cluster = Cluster(tmp_path)

    def refuse(*_args: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("os.replace", refuse)
    with pytest.raises(InvalidOption, match="^dest: .*config: Permission denied"):
        cluster.write()
    assert list(tmp_path.iterdir()) == []


def test_version_4_has_none(tmp_path: Path) -> None:
    mounted = Mounted(4)
    with pytest.raises(InvalidOption, match="from version 5 of its API on"):
        mounted.run("k8s_config", k8s_cluster="shop", dest=str(tmp_path / "config"))
