# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Check mode in a network that an earlier task of the play would create."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import InvalidOption, NotFound
from unit.netfoundry.overlay import Overlay

TASKS: list[tuple[str, dict[str, Any]]] = [
    ("edge_router", {"provider": "AWS", "region": "us-west-2", "attributes": ["#hosted"]}),
    ("edge_router", {"new_registration_key": True}),
    ("edge_router_policy", {"endpoint_attributes": ["#all"], "edge_router_attributes": ["@oregon"]}),
    ("endpoint", {"attributes": ["#work"], "share": ["ada@example.com"]}),
    ("service", {"client_ingress": {"host": "a.acme", "port": 80}, "bind_endpoint_attributes": ["@exit"]}),
    (
        "service",
        {
            "client_ingress": {"host": "a.acme", "port": 80},
            "edge_router_hosts": [{"edge_router": "oregon", "protocol": "tcp", "host": "h", "port": 1}],
        },
    ),
    ("service", {"configs": [{"name": "c", "type": "host.v1", "data": {"port": 1}}]}),
    ("service_policy", {"type": "Bind", "service_attributes": ["@s"], "endpoint_attributes": ["@exit"]}),
    ("service_edge_router_policy", {"append": {"service_attributes": ["@s"]}}),
    ("app_wan", {"endpoint_attributes": ["@laptop"], "posture_check_attributes": ["@factor"]}),
    ("posture_check", {"type": "MFA"}),
]


@pytest.mark.parametrize(
    ("kind", "options"), TASKS, ids=[f"{kind}-{number}" for number, (kind, _each) in enumerate(TASKS)]
)
def test_a_network_that_is_not_there_yet_is_taken_for_granted_with_a_warning(
    kind: str, options: dict[str, Any]
) -> None:
    overlay = Overlay()
    task = {"network": "fresh", "name": "one", **options}
    foreseen = overlay.check(kind, **task)
    assert foreseen["changed"] and foreseen[kind]["name"] == "one" and overlay.writes == []
    assert "network fresh does not exist yet; predicted as if it did" in foreseen["warnings"]
    with pytest.raises(NotFound, match="^network: there is no network 'fresh'"):
        overlay.run(kind, **task)
    assert not overlay.check(kind, network="fresh", name="one", state="absent")["changed"]


def test_a_group_that_is_not_there_yet_is_taken_for_granted_too() -> None:
    overlay = Overlay()
    for kind, options in (("network", {}), ("endpoint", {"network": "fresh"})):
        foreseen = overlay.check(kind, name="one", network_group="new", **options)
        assert foreseen["warnings"] == ["network group new does not exist yet; predicted as if it did"]
    with pytest.raises(NotFound, match="organization: there is no organization 'ACME'"):
        overlay.check("network", name="one", organization="ACME")
    with pytest.raises(NotFound, match="network: there is no network"):
        overlay.check("endpoint", network="00000000-0000-4000-8000-000000000000", name="one")


def test_a_mention_in_a_network_that_is_there_must_be_right_in_check_mode_too() -> None:
    with pytest.raises(NotFound, match="endpoint_attributes: there is no endpoint 'laptpo'"):
        Overlay().check("app_wan", name="one", endpoint_attributes=["@laptpo"])


def test_a_folder_for_a_token_may_be_made_by_an_earlier_task(tmp_path: Path) -> None:
    overlay = Overlay()
    path = str(tmp_path / "new" / "laptop.jwt")
    foreseen = overlay.check("endpoint", name="laptop", jwt_file=path)
    assert foreseen["actions"] == ["create", "write_jwt_file"]
    assert foreseen["warnings"] == [
        f"jwt_file: the folder {tmp_path / 'new'} does not exist yet; predicted as if it did"
    ]
    account = {"type": "api_account", "name": "bot", "credentials_file": path}
    warning = overlay.check("identity", **account)["warnings"][0]
    assert warning.startswith(f"credentials_file: the folder {tmp_path / 'new'} does not exist")
    for kind, options in (("endpoint", {"name": "laptop", "jwt_file": path}), ("identity", account)):
        with pytest.raises(InvalidOption, match="the folder .* does not exist"):
            overlay.run(kind, **options)
        assert overlay.writes == []
