# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Protection from deletion: everything that a deletion would remove, and what of it the task protects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple, TypeAlias

from ..errors import CloudError
from ..schema.field import Field
from ..schema.resource import Resource, walk
from .pairing import Item, name_of

Path: TypeAlias = tuple[str, ...]


class Going(NamedTuple):
    """An object that a deletion would remove.

    ``paths`` are all its names in a plan. ``along``: it is only removed because it belongs to a deleted object.
    """

    resource: Resource
    item: Item
    paths: tuple[Path, ...]
    along: bool = False

    @property
    def name(self) -> str:
        return f"{self.resource.label} {name_of(self.resource, self.item)}"

    @property
    def path(self) -> str:
        return "/".join(self.paths[0])


class Protected(CloudError):
    """A plan would delete what is protected."""


def protect_option(example: str, kinds: str) -> Field:
    """The option that names what a task must not delete; ``example`` is a path, ``kinds`` the name of a kind."""
    return Field(
        "protect",
        "list",
        elements="str",
        help=(
            f"What must not be deleted or replaced: names, UUIDs, paths such as V({example}), and kinds such as V({kinds}). "
            "A plan that would do so, or that would delete an object that contains any of them, fails before anything is "
            "changed, regardless of C(purge), C(replace) and C(force).",
            "An entry that matches nothing causes a warning.",
        ),
    )


def protects(entry: str, each: Going) -> bool:
    """Whether an entry of the option matches an object: by its id, its kind, or the end of its path."""
    entry = entry.strip("/")
    if entry.lower() == str(each.item.get("id")).lower():
        return True
    root = (each.resource.plural, name_of(each.resource, each.item))
    return any(
        entry in path[-2:-1] or f"/{'/'.join(path)}".endswith(f"/{entry}")
        for path in (each_path or root for each_path in each.paths)
    )


def spare(entries: Sequence[str], going: Iterable[Going]) -> None:
    """Raise Protected for a deletion that would remove what one of the entries matches."""
    for each in going:
        for entry in entries:
            if protects(entry, each):
                raise Protected(
                    f"protect: {entry!r} protects the {each.name}, which would be deleted{manner(each)}; describe it, or "
                    "remove it from protect"
                )


def manner(each: Going) -> str:
    return " with the object that contains it" if each.along else ""


def contents(resource: Resource, tree: Item, path: Path = ()) -> Iterator[Going]:
    """An object, and all that is described in it."""
    yield Going(resource, tree, (path,), bool(path))
    for child in resource.children:
        for each in (tree.get(child.name) or ()) if child.creatable else ():
            yield from contents(child.resource, each, (*path, child.name, name_of(child.resource, each)))


def idle(entries: Sequence[str], resource: Resource, *trees: Item | None) -> list[str]:
    """The entries that match neither a kind nor anything in one of the trees."""
    kinds = {child.name for each in walk(resource) for child in each.children}
    there = [each for tree in trees if tree is not None for each in contents(resource, tree)]
    return [
        entry for entry in entries if entry not in kinds and not any(protects(entry, each) for each in there)
    ]


def warnings(options: Any, resource: Resource, *trees: Item | None) -> list[str]:
    """Warnings about entries that protect nothing."""
    return [
        f"protect: nothing is called {entry!r}, so this entry protects nothing"
        for entry in idle(options.get("protect") or (), resource, *trees)
    ]
