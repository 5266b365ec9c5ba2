# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the platform's answers look like (contract sections 3.2, 3.3 and 4.2 to 4.4); all here raise BadAnswer."""

from __future__ import annotations

from typing import Any, TypeGuard

from .._engine.answers import a_list, an_item, an_object, sound, word
from .._engine.errors import BadAnswer
from .._engine.schema.field import UUID
from .._engine.schema.resource import Resource
from .._engine.service import Item

ARRAYS = ("identity/", "auth/")  # the services whose collections are bare arrays, which may be empty
IDENTITIES = "identity/v1/identities"
KIN = (IDENTITIES, "identity/v1/organizations")  # lists of the former that hold at least the caller's own
TEXTS = ("status", "deletedAt")  # what tells whether an object is there, and done


def check_item(data: Any, resource: Resource | None = None) -> None:
    """An object: its id, what tells of its life, and what is known of its fields."""
    item = an_item(data)
    for name in TEXTS:
        if not isinstance(item.get(name), (str, type(None))):
            raise BadAnswer(f"{name} is {word(item[name])} instead of text")
    an_object(item.get("_links"), "_links")
    for name, each in an_object(item.get("_embedded"), "_embedded").items():
        if not isinstance(each, list):
            an_object(each, name)
    if resource is not None:
        sound(resource, item)


def check_collection(data: Any, path: str, resource: Resource | None = None, narrowed: bool = False) -> None:
    """A list in any of its forms, and in none other; ``narrowed``: it need not hold all that there is."""
    if data == [] and not path.startswith(ARRAYS):
        raise BadAnswer("it contains a list without its envelope")
    if data == [] and path in KIN and not narrowed:
        raise BadAnswer("it is an empty list, though the caller's own is always in it")
    for item in listed(data):
        if resource is None or resource.id_pattern == UUID:
            check_item(item, resource)
    page_count(data)


def check_either(data: Any) -> None:
    """An object, or a list of them."""
    if isinstance(data, dict) and data.get("id"):
        check_item(data)
    else:
        listed(data)


def check_work(data: Any) -> None:
    """An execution, or one of the older forms of it."""
    work = an_object(data, "the answer")
    if not isinstance(work.get("status") or work.get("state"), str):
        raise BadAnswer("it does not say how far the work has got")


def listed(data: Any) -> list[Item]:
    """The items of a collection in any of its forms (contract section 3.3). Raises BadAnswer where it has none, or an
    empty envelope that does not say so.
    """
    items = data
    if isinstance(data, dict):
        embedded = an_object(data.get("_embedded"), "_embedded")
        if not embedded and _says_empty(data):
            return []
        items = next(iter(embedded.values())) if embedded else data.get("content")
        if embedded and items == [] and not _says_empty(data):
            raise BadAnswer("it contains an empty list, although its page does not say that there is none")
    for item in a_list(items, "the list in it"):
        if not isinstance(item, dict):
            raise BadAnswer(f"it has {word(item)} instead of an object")
    return list(items)


def _says_empty(data: Item) -> bool:
    """Whether an envelope says that it holds nothing, or is behind the last page."""
    page = data.get("page")
    if not isinstance(page, dict):
        return False
    totals = (page.get("totalElements"), page.get("totalPages"))
    number = page.get("number")
    return any(_is_number(each) and each == 0 for each in totals) or (_is_number(number) and number > 0)


def _is_number(value: Any) -> TypeGuard[int]:
    """Whether a value is a whole number; in Python, true and false are numbers, too."""
    return isinstance(value, int) and not isinstance(value, bool)


def page_count(data: Any) -> int:
    """How many pages the collection has."""
    if not isinstance(data, dict):
        return 1
    page = data.get("page")
    count = (page if isinstance(page, dict) else data).get("totalPages") or 1
    if not isinstance(count, int):
        raise BadAnswer(f"totalPages is {word(count)} instead of a whole number")
    return count
