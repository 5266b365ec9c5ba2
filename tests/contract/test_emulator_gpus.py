# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The cards of GPU servers (contract sections 10.3 and 10.36)."""

from __future__ import annotations

from typing import Any

import pytest

from pocketvdc.testing import Api


def template(api: Api, *, cards: bool) -> dict[str, Any]:
    found = api.get("/templates?depth=1").json["items"]
    return next(t for t in found if bool(t["properties"]["gpus"]) is cards)


def gpu_server(api: Api, **properties: Any) -> Any:
    volume = {"properties": {"name": "boot", "imageAlias": "debian:latest", "imagePassword": "abc123XYZ9"}}
    body = {
        "properties": {
            "name": "gpu", "type": "GPU", "templateUuid": template(api, cards=True)["id"], **properties
        },
        "entities": {"volumes": {"items": [volume]}},
    }  # fmt: skip
    dc = api.datacenter()
    return dc, api.post(f"{dc}/servers", body)


def test_a_gpu_server_has_the_cards_of_its_template(api: Api) -> None:
    """[live test] A running GPU server has at least one; [documented] its type is passthrough."""
    dc, answer = gpu_server(api)
    assert answer.status == 202, answer.text
    path = f"{dc}/servers/{answer.id}/gpus"
    (offered,) = template(api, cards=True)["properties"]["gpus"]
    cards = api.get(f"{path}?depth=1").json["items"]
    assert len(cards) == offered["count"]
    assert {name: cards[0]["properties"][name] for name in ("vendor", "model", "type")} == {
        "vendor": offered["vendor"], "model": offered["model"], "type": "passthrough"
    }  # fmt: skip
    one = api.get(f"{path}/{cards[0]['id']}").json
    assert (one["type"], one["metadata"]["state"]) == ("gpu", "AVAILABLE")


def test_the_template_says_the_size_of_server_and_volume(api: Api) -> None:
    """[documented] Neither cores nor RAM nor the size of the volume are sent."""
    dc, answer = gpu_server(api)
    offered = template(api, cards=True)["properties"]
    server = api.get(f"{dc}/servers/{answer.id}?depth=2").json
    (volume,) = server["entities"]["volumes"]["items"]
    assert (server["properties"]["cores"], server["properties"]["ram"]) == (offered["cores"], offered["ram"])
    assert volume["properties"]["size"] == offered["storageSize"]


@pytest.mark.parametrize("name", ["cores", "ram"])
def test_a_size_beside_the_template_is_refused(api: Api, name: str) -> None:
    """[documented] 10.3: neither cores nor ram."""
    answer = gpu_server(api, **{name: 4096})[1]
    assert (answer.status, name in answer.message) == (422, True)


def test_a_template_without_cards_is_none_for_gpu_servers(api: Api) -> None:
    """[documented] 10.3: with GPU cards only for GPU, without only for CUBE."""
    answer = gpu_server(api, templateUuid=template(api, cards=False)["id"])[1]
    assert (answer.status, "templateUuid" in answer.message) == (422, True)


def test_other_servers_have_no_cards(api: Api) -> None:
    """(inferred) 10.36: an empty list."""
    server = api.server(api.datacenter())
    assert api.get(f"{server}/gpus").json["items"] == []


def test_the_list_of_cards_is_filtered_and_not_paged(api: Api) -> None:
    """[documented] 10.36: depth, filters, orderBy and maxResults, but no paging."""
    dc, answer = gpu_server(api)
    path = f"{dc}/servers/{answer.id}/gpus?depth=1&filter.type="
    assert len(api.get(f"{path}passthrough").json["items"]) == 1
    found = api.get(f"{path}virtual&limit=1").json
    assert (found["items"], "limit" in found) == ([], False)
