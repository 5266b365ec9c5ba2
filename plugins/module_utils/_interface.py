# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options of each module, as fields: the argument specs and the documentation are made from these."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ._engine.behaviour import Behaviour
from ._engine.outcome import FILTERS, Query, Tree, unused_waiting_fields, waiting_fields
from ._engine.plan.description import own_fields
from ._engine.schema.field import Field
from ._engine.schema.resource import Resource

REPLACE = Field(
    "replace",
    "bool",
    default=False,
    help="If something differs, send the whole object as it should be, instead of only the differences. An object that the "
    "service failed to create is deleted and created anew.",
)


def state_field(kind: Behaviour[Any]) -> Field:
    """The option ``state`` with all that the object can be brought to."""
    label, more = kind.resource.label, kind.states
    help_lines = (
        f"V(present): the {label} exists and is as the options describe. Options that are left out are not changed.",
        (
            f"V(absent): the {label} does not exist. Nothing happens if it, or the object it belongs to, "
            "is already gone."
        ),
        *(f"V({state}): {text}." for state, text in more),
    )
    choices = ("present", "absent", *(state for state, _text in more))
    return Field("state", choices=choices, default="present", help=help_lines)


def id_field(resource: Resource) -> Field:
    marks = [
        resource.by_name[mark] for mark in (resource.identity, resource.fallback) if mark in resource.by_name
    ]
    other = " or ".join(f"O({mark.name})" for mark in marks if mark.mutable)
    text = f"The {resource.id_help} of the {resource.label}."
    if other:
        text += f" Only needed to change its {other}."
    if resource.lone:
        text += " By default the only one is meant; if there are several, that is an error."
    return Field("id", help=text)


def parent_fields(resources: Mapping[str, Resource], resource: Resource) -> tuple[Field, ...]:
    """One option for each object above, outermost first."""
    if resource.elsewhere:
        return tuple(_possible_parent(resources, resource, kind) for kind in resource.ancestors)
    fields = []
    in_path = resource.parents[: len(resource.parents) - len(resource.owners)]
    for position, kind in enumerate(in_path):
        parent, inner = resources[kind], (*in_path, resource.kind)[position + 1]
        text = (
            f"Name or {parent.id_help} of the {parent.label} of the {resources[inner].label}. It must exist."
        )
        fields.append(Field(kind, required=True, help=text))
    return (*fields, *_owner_fields(resources, resource))


def _owner_fields(resources: Mapping[str, Resource], resource: Resource) -> Iterator[Field]:
    """One option for each owner, those of the owner itself before it."""
    for owner in resource.owners:
        parent = resources[owner.kind]
        yield from _owner_fields(resources, parent)
        text = f"Name or {parent.id_help} of the {parent.label} of the {resource.label}."
        about = (text, owner.help) if owner.help else (f"{text} It must exist.",)
        variable = f"If not set, the environment variable E({owner.variable}) is used."
        yield Field(
            owner.kind,
            required=owner.required,
            variable=owner.variable,
            help=(*about, variable) if owner.variable else about,
        )


def _possible_parent(resources: Mapping[str, Resource], resource: Resource, kind: str) -> Field:
    """The option for an object that is above in some of a resource's collections."""
    chains = [(*resource.placed_in(path), resource.kind) for path in resource.paths]
    below = dict.fromkeys(chain[chain.index(kind) + 1] for chain in chains if kind in chain)
    inner = [resources[each].label for each in below]
    listed = " or the ".join(inner) if len(inner) < 3 else f"{', the '.join(inner[:-1])} or the {inner[-1]}"
    parent = resources[kind]
    text = f"Name or {parent.id_help} of the {parent.label} of the {listed}. It must exist."
    return Field(kind, required=all(kind in chain for chain in chains), help=text)


def task_fields(kind: Behaviour[Any]) -> tuple[Field, ...]:
    """The options of the module that manages objects of a kind, without those of the connection."""
    resource, waiting = kind.resource, waiting_fields(kind.provider)
    if kind.fields is not None:
        return (*kind.fields, *waiting)
    return (
        state_field(kind),
        *((id_field(resource),) if resource.id_option else ()),
        *parent_fields(kind.provider.resources, resource),
        *own_fields(resource, kind.rules),
        *kind.options,
        *((REPLACE,) if resource.replaceable else ()),
        *waiting,
    )


def info_fields(kind: Behaviour[Any]) -> tuple[Field, ...]:
    """The options of the module that reads objects of a kind, without those of the connection."""
    fields = (
        *_search_fields(kind),
        FILTERS,
        *kind.more_info_fields,
        *(detail.option for detail in kind.details),
    )
    known = {field.name for field in fields}
    return (*fields, *(each for each in unused_waiting_fields(kind.provider) if each.name not in known))


def _search_fields(kind: Behaviour[Any]) -> tuple[Field, ...]:
    """The options that say which objects to read."""
    if kind.info_fields is not None:
        return kind.info_fields
    resource, query = kind.resource, kind.query or Query()
    marks = tuple(
        Field(mark, help=f"Only the {resource.label} with this {_in_words(kind, mark)}.")
        for mark in (resource.identity, resource.fallback)
        if mark and not query.options
    )
    parents = parent_fields(kind.provider.resources, resource)
    if not resource.id_option:
        known_by = f"name or {resource.id_help}"
        return (*parents, Field(resource.identity, help=f"Only the {resource.label} of this {known_by}."))
    own_id = Field("id", help=f"Only the {resource.label} with this {resource.id_help}.")
    return (*parents, own_id, *(query.options or marks))


def _in_words(kind: Behaviour[Any], option: str) -> str:
    """An option as a sentence names it."""
    refers = kind.resource.by_name[option].refers
    return kind.provider.resources[refers].label if refers else option.replace("_", " ")


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
