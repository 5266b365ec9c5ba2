# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A location that there is not is told in check mode in the words of the task, and by the service otherwise."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import CloudError
from catalogue import KINDS
from unit.mounted import Mounted

WEB = {"name": "web", "cores": 1, "ram": 1024}
NEW: dict[str, tuple[str, dict[str, Any]]] = {
    "datacenter": ("datacenter", {}),
    "tree": ("datacenter", {"servers": [WEB]}),
    "ipblock": ("ipblock", {"size": 1}),
    "k8s_cluster": ("k8s_cluster", {"public": False, "nat_gateway_ip": "203.0.113.10"}),
}


def test_all_that_has_a_location_of_its_own_is_here() -> None:
    own = {
        name.removeprefix("profitbricks_")
        for name, kind in KINDS.items()
        if name.startswith("profitbricks_") and not name.endswith("_info")
        for field in kind.resource.writable
        if field.name == "location" and field.on_create
    }
    assert own == {kind for kind, _options in NEW.values()}


@pytest.mark.parametrize("form", NEW)
def test_check_mode_knows_which_locations_there_are(form: str) -> None:
    mounted, (kind, options) = Mounted(), NEW[form]
    with pytest.raises(CloudError) as refused:
        mounted.check(kind, name="shop", location="de/frankfurt", **options)
    text = "location: there is no location 'de/frankfurt' (did you mean 'de/fra'?); profitbricks_location_info lists"
    assert text in str(refused.value)
    assert mounted.writes == []
    with pytest.raises(CloudError, match="location: .*'de/frankfurt'"):
        mounted.run(kind, name="shop", location="de/frankfurt", **options)
    assert mounted.check(kind, name="shop", location="de/fra", **options)["changed"]


def test_what_is_there_costs_no_such_request() -> None:
    mounted = Mounted()
    mounted.run("datacenter", name="shop", location="de/fra")
    mounted.check("datacenter", name="shop", location="de/fra")
    assert not [path for _method, path, _status in mounted.cloud.transport.calls if "locations" in path]
