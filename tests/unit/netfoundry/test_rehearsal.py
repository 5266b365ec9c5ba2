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


ADA, FRESH, NEW = "identity ada", "network fresh", "network group new"
ONE_ACTION = {"resource_type": "endpoint", "action": "create"}
PERMISSIONS: list[tuple[str, dict[str, Any], list[str]]] = [
    ("role", {"identity": "ada", "role": "Network Admin", "network": "net"}, [ADA]),
    ("role", {"identity": "ada", "role": "Network Admin - net"}, [ADA]),
    ("role", {"identity": "ada", "role": "Network Admin", "network": "fresh"}, [ADA, FRESH]),
    ("role", {"identity": "demo-client", "role": "Network Admin", "network": "fresh"}, [FRESH]),
    ("role", {"identity": "demo-client", "role": "Network Admin - fresh"}, ["role Network Admin - fresh"]),
    ("role", {"identity": "ada", "role": "Network Group Admin", "network_group": "new"}, [ADA, NEW]),
    ("role", {"identity": "ada", "role": "Network Admin", "network_group": "new", "network": "fresh"}, [ADA, NEW]),
    ("grant", {"identity": "ada", **ONE_ACTION}, [ADA]),
    ("grant", {"identity": "ada", **ONE_ACTION, "network": "fresh"}, [ADA, FRESH]),
    ("grant", {"identity": "demo-client", **ONE_ACTION, "network_group": "new"}, [NEW]),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "options", "missing"), PERMISSIONS)
def test_what_a_permission_is_about_is_taken_for_granted_too(
    kind: str, options: dict[str, Any], missing: list[str]
) -> None:
    overlay = Overlay()
    foreseen = overlay.check(kind, **options)
    assert (foreseen["changed"], foreseen["actions"], overlay.writes) == (True, ["create"], [])
    assert foreseen["warnings"] == [f"{each} does not exist yet; predicted as if it did" for each in missing]
    assert foreseen["diff"]["before"] == {} and foreseen["diff"]["after"]["identity"] == options["identity"]
    if kind == "role":
        assert foreseen["role"]["name"].startswith(options["role"]) and " - " in foreseen["role"]["name"]
    else:
        assert (foreseen["grant"]["resource_type"], foreseen["grant"]["action"]) == ("endpoint", "create")
    # No path is the organization's own; None, that nobody knows it yet.
    assert (foreseen[kind]["path"] is None) is (missing != [ADA])
    with pytest.raises(NotFound, match=f"there is no {missing[0].rpartition(' ')[0].partition(' Net')[0]} "):
        overlay.run(kind, **options)
    gone = overlay.check(kind, **options, state="absent")
    assert not gone["changed"] and gone["warnings"] == []


UNKNOWN = "00000000-0000-4000-8000-000000000000"


@pytest.mark.parametrize(
    ("kind", "options", "said"),
    [
        ("role", {"identity": UNKNOWN, "role": "Network Admin", "network": "net"}, "identity: "),
        ("role", {"identity": "ada", "role": "Network Admin", "network": UNKNOWN}, "network: "),
        ("role", {"identity": "ada", "role": UNKNOWN}, "role: "),
        ("role", {"identity": "ada", "role": "King"}, "role: "),
        ("role", {"identity": "ada", "role": "King", "network": "net"}, "role: "),
        ("role", {"identity": "ada", "role": "Network Admin", "network": "net", "organization": "x"}, "organization: "),
        ("grant", {"identity": "ada", **ONE_ACTION, "network_group": UNKNOWN}, "network_group: "),
        ("grant", {"identity": "ada", "resource_type": "endpoint", "action": "crown"}, "action: "),
        ("grant", {"identity": "ada", "resource_type": "king", "action": "create"}, "resource_type: "),
    ],
)  # fmt: skip
def test_what_no_earlier_task_can_make_is_an_error_in_check_mode_too(
    kind: str, options: dict[str, Any], said: str
) -> None:
    with pytest.raises(NotFound, match=f"^{said}there is no"):
        Overlay().check(kind, **options)


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
