# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What modules return, as fields: for their documentation alone."""

from __future__ import annotations

from typing import Any

from ._engine.behaviour import Behaviour
from ._engine.outcome import Tree
from ._engine.schema.field import Field
from ._engine.schema.resource import Resource


def task_results(kind: Behaviour[Any]) -> tuple[Field, ...]:
    """What the module that manages objects of a kind returns beside the object itself."""
    return (
        Field(
            "actions",
            "list",
            elements="str",
            help="What was done, or would be done in check mode, in this order; empty if nothing changed.",
            sample=["create"],
        ),
        Field(
            "request_id",
            help="UUID of the last request that the service accepted; V(null) if there was none.",
            sample="a8ab2a48-1a7e-4d2c-9c3e-0a4d6f0f2f3a",
        ),
        *kind.results,
        *(tree_results(kind.tree) if kind.tree else ()),
    )


def tree_results(tree: Tree) -> tuple[Field, ...]:
    """What a module that can describe a whole tree returns beside its root."""
    step = (
        Field("verb", help=f"One of {tree.verbs}.", sample="update"),
        Field("path", help=f"Its path in the {tree.what}.", sample=tree.path),
        Field("name", help="The last part of the path.", sample=tree.path.rpartition("/")[2]),
        Field("fields", "list", elements="str", help="The fields that an update changes.", sample=["name"]),
        Field(
            "brings",
            "list",
            elements="str",
            help="The paths of what a creation brings along in the same request.",
            sample=[],
        ),
        *tree.steps,
    )
    return (
        Field(
            "tree",
            "dict",
            help=f"The {tree.what} with all that is in it, after the task; in check mode as it would be. V(null) where the "
            "task describes no contents.",
            options=result_fields(tree.resource),
        ),
        Field(
            "plan",
            "list",
            elements="dict",
            help="What was done, or would be done in check mode, to match the described contents.",
            options=step,
        ),
        Field(
            "unmanaged",
            "list",
            elements="str",
            help="Paths of what exists but is not described, if the task describes contents.",
            sample=[tree.left],
        ),
    )


def result_fields(resource: Resource) -> tuple[Field, ...]:
    """What a result of a resource holds, for documentation."""
    own_id = Field("id", help=f"The {resource.id_help} of the {resource.label}.", sample=resource.id_sample)
    below = tuple(
        Field(child.name, "list", elements="str", help=child.help, sample=[])
        if child.ids
        else Field(
            child.name,
            "list",
            elements="dict",
            help=f"Its {child.resource.several}.",
            options=result_fields(child.resource),
        )
        for child in resource.children
    )
    return (own_id, *resource.shown, *below)
