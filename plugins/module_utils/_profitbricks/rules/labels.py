# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Labels: keys with values, objects of their own that are changed at once (contract section 10.23)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..._engine.errors import InvalidOption
from ..._engine.plan.facts import Facts
from ..._engine.plan.pairing import Node
from ..._engine.plan.rules import At
from ..._engine.plan.steps import Step
from ..._engine.schema.field import Field
from ..resources.labels import ALL_LABELS, LABEL, text

LABELS = Field(
    "labels",
    "dict",
    since=5,
    help="Labels, as a dictionary of values by key. Others are left alone unless C(purge) names them. They "
    "take one more request, and need version 5 or 6 of the API.",
)


def with_texts(want: Node) -> Node:
    """The node with its labels as texts, if it names any. Raises InvalidOption."""
    if not want.get("labels"):
        return want
    for key in map(str, want["labels"]):
        if not re.fullmatch(LABEL.id_pattern, key):
            raise InvalidOption(
                f"labels: {key!r} is not a valid key: it must not be empty or contain a slash"
            )
    return {**want, "labels": texts("labels", want["labels"])}


def texts(option: str, values: Mapping[Any, Any]) -> dict[str, str]:
    """Labels as the service keeps them: as text, truth values in lower case. Raises InvalidOption for what is no text."""
    return {str(key): text(f"{option}: {key}", value) for key, value in values.items()}


def labelled(want: Node, at: At, facts: Facts) -> list[Step]:
    """The calls that give an object its labels."""
    if want.get("labels") is None or at.change.verb == "delete":
        return []
    have = at.change.before
    present = {} if have is None else _present(str(have["id"]), facts)
    steps = []
    for key, value in want["labels"].items():
        body, after = {"properties": {"key": key, "value": value}}, {"value": value}
        if key not in present:
            steps.append(_step("create", "POST", at, key, body=body, after=after))
        elif present[key] != value:
            before = {"value": present[key]}
            steps.append(_step("update", "PUT", at, key, key, body=body, before=before, after=after))
    for key in [key for key in present if key not in want["labels"]]:
        if facts.purges("labels"):
            steps.append(_step("delete", "DELETE", at, key, key, before={"value": present[key]}, safe=True))
        else:
            facts.unmanaged.append("/".join((*at.path, "labels", key)))
    return steps


def _step(verb: str, method: str, at: At, key: str, *item: str, **more: Any) -> Step:
    path = (*at.path, "labels", key)
    return at.step(verb, method, "labels", *item, path=path, resource=ALL_LABELS, **more)


def _present(item_id: str, facts: Facts) -> dict[str, str]:
    """The labels of an object; those of all are read at once."""
    labels = [item.get("properties") or {} for item in facts.items(ALL_LABELS, {})]
    return {str(each["key"]): str(each["value"]) for each in labels if each.get("resourceId") == item_id}
