# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The kubeconfig of a Kubernetes cluster, and the file it is written to."""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from ..._engine.answers import an_object_at_all
from ..._engine.behaviour import Behaviour, Ensure
from ..._engine.clock import Deadline
from ..._engine.errors import ApiError, CloudError, InvalidOption, NotFound
from ..._engine.outcome import Outcome, Waiting
from ..._engine.plan.show import difference
from ..._engine.schema.field import Field
from ..._engine.service import Item, selector
from ..client import Cloud
from ..provider import PROFITBRICKS
from ..resources.kubernetes import K8S_CLUSTER, K8S_CONFIG

YAML = "application/yaml"
MODE = 0o600


def read_kubeconfig(cloud: Cloud, cluster_id: str) -> str | None:
    """The kubeconfig as YAML; None where there is no such cluster, or none that is ACTIVE (contract section 10.27)."""
    path = f"{K8S_CLUSTER.item_path({}, cluster_id)}/kubeconfig"
    try:
        if cloud.version >= 6:
            return str(cloud.transport.call("GET", path, accept=YAML).data or "")
        wrapper = cloud.transport.call("GET", path, expects=an_object_at_all).data
    except ApiError as error:
        if error.status == 404:
            return None
        raise
    return str(wrapper["properties"]["kubeconfig"])


class NotReady(CloudError):
    """The cluster has no kubeconfig."""


class K8sConfigs(Behaviour[Cloud]):
    def manage(self, cloud: Cloud, options: Mapping[str, Any], check_mode: bool, ensure: Ensure) -> Outcome:
        return _manage(cloud, self, options, check_mode)


def _manage(cloud: Cloud, kind: K8sConfigs, options: Mapping[str, Any], check_mode: bool) -> Outcome:
    """Write the file, or delete it. Raises CloudError."""
    resource, dest = kind.resource, Path(options["dest"])
    resource.exists_in(cloud.version)
    absent = options.get("state") == "absent"
    if not absent and not dest.parent.is_dir():
        raise InvalidOption(f"dest: the folder {dest.parent} does not exist; create it first")
    have = _present(dest)
    if absent:
        if have is not None and not check_mode:
            _try(dest, dest.unlink)
        return _outcome(kind, have, None, "delete")
    cluster_id, text = _find(cloud, options, Waiting.asked(options), check_mode)
    have = {**have, "id": cluster_id} if have else None
    content = text.encode() if text is not None else None
    wanted = _result(dest, content, MODE, cluster_id)
    outcome = _outcome(kind, have, wanted, "update" if have else "create")
    if outcome.changed and not check_mode and content is not None:
        _try(dest, lambda: _write(dest, content))
    return outcome


def _outcome(kind: K8sConfigs, have: Item | None, wanted: Item | None, verb: str) -> Outcome:
    changed = have != wanted
    return Outcome(changed, wanted, difference(kind.resource, have, wanted), [verb] if changed else [])


def _result(dest: Path, content: bytes | None, mode: int, cluster_id: str | None = None) -> Item:
    checksum = hashlib.sha256(content).hexdigest() if content is not None else None
    return {"id": cluster_id, "dest": str(dest), "mode": f"{mode:04o}", "checksum": checksum}


# -- the cluster --------------------------------------------------------------------------------------------------


def _find(
    cloud: Cloud, options: Mapping[str, Any], waiting: Waiting, check_mode: bool
) -> tuple[str, str | None]:
    """The cluster's id and kubeconfig, which only check mode goes without. Raises NotFound and NotReady."""
    given = options.get(K8S_CLUSTER.kind)
    if given in (None, ""):
        raise InvalidOption("k8s_cluster: the name or UUID of the Kubernetes cluster is needed")
    wanted = selector(K8S_CLUSTER, K8S_CLUSTER.kind, given)
    item = None
    if not wanted.by_id:
        item = wanted.pick(cloud.items(K8S_CLUSTER, {}, 1, {"name": wanted.value}))
        if item is None:
            raise NotFound(K8S_CLUSTER.label, wanted.option, wanted.value)
    cluster_id = str(item["id"]) if item else wanted.value
    text = None
    if item is None or not cloud.busy(K8S_CLUSTER, item):
        text = read_kubeconfig(cloud, cluster_id)
    if text is not None:
        return cluster_id, text
    item = item or cloud.find(K8S_CLUSTER.item_path({}, cluster_id), K8S_CLUSTER)
    if item is None:
        raise NotFound(K8S_CLUSTER.label, wanted.option, wanted.value)
    if cloud.busy(K8S_CLUSTER, item):
        if check_mode:
            return cluster_id, None
        if waiting.wait:
            item = cloud.settled(K8S_CLUSTER, {}, cluster_id, Deadline.after(cloud.clock, waiting.seconds))
            text = read_kubeconfig(cloud, cluster_id)
    if text is None:
        state = ((item or {}).get("metadata") or {}).get("state") or "gone"
        raise NotReady(
            f"k8s_cluster: the Kubernetes cluster {given} is {state} and has no kubeconfig; it has one while it is ACTIVE"
        )
    return cluster_id, text


# -- the file -----------------------------------------------------------------------------------------------------


def _present(dest: Path) -> Item | None:
    """The file as it is. Raises InvalidOption for what cannot be one."""
    if dest.is_dir():
        raise InvalidOption(f"dest: {dest} is a folder; name a file")
    if not dest.exists():
        return None
    content: bytes = _try(dest, dest.read_bytes)
    return _result(dest, content, stat.S_IMODE(dest.stat().st_mode))


def _write(dest: Path, content: bytes) -> None:
    """Put the content in place in one step: whoever reads meanwhile sees the old file or the new one, whole."""
    target = Path(os.path.realpath(dest))
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")  # with mode 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.replace(name, target)
    except OSError:
        with suppress(OSError):
            os.unlink(name)
        raise


def _try(dest: Path, work: Any) -> Any:
    try:
        return work()
    except OSError as error:
        raise InvalidOption(f"dest: {dest}: {error.strerror}") from None


K8S_CONFIGS = K8sConfigs(
    PROFITBRICKS,
    K8S_CONFIG,
    fields=(
        Field(
            "state",
            choices=("present", "absent"),
            default="present",
            help=(
                "V(present): the file contains the current kubeconfig of the cluster.",
                "V(absent): the file does not exist. The cluster is not read.",
            ),
        ),
        Field(
            K8S_CLUSTER.kind,
            help="Name or UUID of the Kubernetes cluster. Needed with O(state=present). It must be active: the task waits "
            "until it is, unless O(wait=false).",
        ),
        Field("dest", "path", required=True, help="Path of the file. Its folder must exist."),
    ),
)
