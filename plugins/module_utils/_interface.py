# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options of each module, as fields: the argument specs and the documentation are made from these."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ._engine.behaviour import Behaviour
from ._engine.outcome import waiting_fields
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
