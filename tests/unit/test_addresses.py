# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Addresses and networks: what is the same in another spelling, and what is none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine import addresses
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import InvalidOption
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.schema.field import Field
from catalogue import KINDS

# Two spellings, and whether they are the same as addresses and as blocks.
SPELLINGS = [
    ("10.0.0.1", "10.0.0.1", True, True),
    ("10.0.0.1", " 10.0.0.1 ", True, True),
    ("10.0.0.1", "10.0.0.2", False, False),
    ("2001:db8::1", "2001:DB8:0:0:0:0:0:1", True, True),
    ("2001:db8::1/64", "2001:DB8:0::1/64", True, True),
    ("10.0.0.1/24", "10.0.0.1/255.255.255.0", True, True),
    ("10.0.0.1/24", "10.0.0.0/24", False, True),
    ("10.0.0.1/24", "10.0.0.1/25", False, False),
    ("2001:db8::1/64", "2001:db8::/64", False, True),
    ("10.0.0.1/32", "10.0.0.1", False, True),
    ("2001:db8::1/128", "2001:db8::1", False, True),
    ("Portal.example.com", "portal.example.com", True, True),
]


@pytest.mark.parametrize(("one", "other", "as_address", "as_block"), SPELLINGS)
def test_one_address_or_block_has_many_spellings(
    one: str, other: str, as_address: bool, as_block: bool
) -> None:
    assert (addresses.text_key(one) == addresses.text_key(other)) is as_address
    assert (addresses.block_key(one) == addresses.block_key(other)) is as_block


RESOURCES = {
    kind.resource.kind: kind.resource for kind in KINDS.values() if kind.provider.name == "profitbricks"
}
NUMERIC = re.compile(r"[0-9a-f:]*[.:][0-9a-f.:]+(/\d+)?", re.IGNORECASE)


def test_a_private_address_without_a_prefix_has_that_of_its_subnet() -> None:
    (lans,) = [field for field in RESOURCES["nat_gateway"].writable if field.name == "lans"]
    (gateways,) = [field for field in lans.options if field.name == "gateway_ips"]
    for field in (gateways, RESOURCES["network_load_balancer"].by_name["lb_private_ips"]):
        assert field.same(["10.11.2.5"], ["10.11.2.5/24"]) and not field.same(["10.11.2.5"], ["10.11.2.6/24"])


def holders() -> Iterator[tuple[str, Field]]:
    """All options that hold addresses or networks, as their samples say."""
    for kind, resource in RESOURCES.items():
        for field in everything(resource.writable):
            samples = field.sample if isinstance(field.sample, list) else [field.sample]
            if any(isinstance(each, str) and NUMERIC.fullmatch(each) for each in samples):
                yield kind, field


def everything(fields: tuple[Field, ...]) -> Iterator[Field]:
    for field in fields:
        yield field
        yield from everything(field.options)


HOLDERS = [pytest.param(field, id=f"{kind}-{field.name}") for kind, field in holders() if not field.checks]


@pytest.mark.parametrize("field", HOLDERS)
def test_every_option_that_holds_addresses_knows_their_spellings_and_refuses_what_is_none(
    field: Field,
) -> None:
    sample: Any = field.sample[0] if isinstance(field.sample, list) else field.sample
    for wrong in (f"{sample}x", "10.0.0.256", "web-01", "~"):
        with pytest.raises(InvalidOption, match=f"^{field.name}: '{re.escape(wrong)}' is not a"):
            field.check([wrong] if field.type == "list" else wrong, 6)
    known = "2001:db8::1/64" if "/" in sample else "2001:db8::1"
    said = known.upper().replace("::", ":0:0::")
    assert said != known
    if field.type == "list":
        field.check([said], 6)
        assert field.same([said], [known])
    else:
        field.check(said, 6)
        assert field.same(said, known)


def test_options_of_addresses_are_found() -> None:
    names = {field.name for _kind, field in holders()}
    assert {
        "source_ip",
        "ips",
        "ip",
        "gateway_ips",
        "source_subnet",
        "api_subnet_allow_list",
        "network",
    } <= names


@pytest.mark.parametrize(
    "name", ["source_ip", "target_ip", "ipv6_cidr_block", "node_subnet", "api_subnet_allow_list"]
)
def test_blocks_are_compared_without_the_bits_of_hosts(name: str) -> None:
    fields = [f for resource in RESOURCES.values() for f in resource.writable if f.name == name]
    for field in fields:
        want, have = "2001:db8::1/64", "2001:DB8::/64"
        assert field.same([want], [have]) if field.type == "list" else field.same(want, have)
        field.check([want] if field.type == "list" else want, 6)
    assert fields
