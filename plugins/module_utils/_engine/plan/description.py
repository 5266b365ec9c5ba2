# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""From options to the nodes of a plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..errors import within
from ..schema.field import Field, spelled
from ..schema.resource import Resource
from .pairing import Node
from .rules import COMMON, RulesByKind


def describe(
    rules: RulesByKind,
    resource: Resource,
    options: Mapping[str, Any],
    version: int,
    more: Callable[[Resource, Mapping[str, Any]], Node] = lambda resource, options: {},
) -> Node:
    """The node that options describe: the fields that they name, what rules take beside, and what is listed below.

    ``more`` adds what else a listed object may hold. Raises InvalidOption for a value that no request could succeed
    with.
    """
    node = {**resource.want(options, version), **more(resource, options)}
    own = rules.get(resource.kind, COMMON)
    for each in own.options:
        if options.get(each.name) is not None:
            each.check(options[each.name], version)
            node[each.name] = options[each.name]
    node = own.described(node)
    for child in resource.children:
        if child.creatable and child.name in options:
            node[child.name] = []
            for each in options[child.name]:
                given = {name: value for name, value in each.items() if value is not None}
                with within(child.name, spelled(given)):
                    node[child.name].append(describe(rules, child.resource, given, version, more))
    return node


def own_fields(resource: Resource, rules: RulesByKind) -> tuple[Field, ...]:
    """The options that are fields of the resource, those that its rules take beside, and its nested objects."""
    return (
        *(field for field in resource.writable if not field.hidden),
        *(rules[resource.kind].options if resource.kind in rules else ()),
        *(
            Field(
                child.name,
                "list",
                elements="dict",
                help=child.help,
                options=own_fields(child.resource, rules),
            )
            for child in resource.children
            if child.creatable
        ),
    )
