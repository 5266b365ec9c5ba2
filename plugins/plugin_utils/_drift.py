# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Drift: how objects differ from their descriptions, and who changed them, as text, JSON or a JUnit report."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypedDict
from xml.sax.saxutils import escape, quoteattr

from ansible_collections.profitbricks.cloud.plugins.plugin_utils._plan_text import plain, value

CHANGED, MISSING, EXTRA, OTHER, UNSEEN = "changed", "missing", "not described", "other", "not checked"


class Difference(TypedDict):
    """One difference. ``where`` is the data center or network, ``when`` and ``by`` the object's last change, if known."""

    where: str
    path: str
    difference: str
    field: str
    described: Any
    found: Any
    when: str
    by: str
    text: str


def differences(entries: Iterable[Mapping[str, Any]]) -> list[Difference]:
    """All differences. An entry holds ``name``, and a ``plan`` with the ``tree`` it was made for, or a ``failed`` reason."""
    return [each for entry in entries for each in _of(entry)]


def _of(entry: Mapping[str, Any]) -> Iterator[Difference]:
    name, plan = str(entry.get("name")), entry.get("plan")
    if plan is None:
        yield _difference(name, "", UNSEEN, {}, text=f"could not be checked: {entry.get('failed')}")
        return
    tree = entry.get("tree") or {}
    for step in plan["steps"]:
        yield from _of_step(name, step, found_at(tree, step["path"]) or {})
    for path in plan.get("unmanaged") or ():
        item = found_at(tree, path) or {}
        yield _difference(name, path, EXTRA, item, text="exists, but is not described")


def _of_step(name: str, step: Mapping[str, Any], item: Mapping[str, Any]) -> Iterator[Difference]:
    path, before, after = step["path"], step.get("before") or {}, step.get("after") or {}
    if step["verb"] == "create":
        yield _difference(name, path, MISSING, {}, text="is described, but does not exist")
    elif step["verb"] == "update" and after:
        for field in after:
            yield _difference(
                name,
                path,
                CHANGED,
                item,
                field=field,
                described=after[field],
                found=before.get(field),
                text=f"{plain(field)} is {value(before.get(field))}, described as {value(after[field])}",
            )
    else:
        yield _difference(
            name, path, OTHER, item, text=f"needs {plain(step['verb'])} to match its description"
        )


def _difference(
    name: str, path: str, kind: str, item: Mapping[str, Any], text: str, **more: Any
) -> Difference:
    when = str(item.get("last_modified_date") or item.get("updated_at") or "")
    by = str(item.get("last_modified_by") or "")
    where = f"{name}/{path}" if path else name
    changed = f"; changed {when}{f' by {by}' if by else ''}" if when else ""
    return {
        "where": name,
        "path": path,
        "difference": kind,
        "field": more.get("field", ""),
        "described": more.get("described"),
        "found": more.get("found"),
        "when": when,
        "by": by,
        "text": plain(f"{where}: {text}{changed}"),
    }


def found_at(tree: Mapping[str, Any], path: str) -> Mapping[str, Any] | None:
    """The object at a path of a tree as modules return it; names may contain slashes. None if there is none."""
    if not path:
        return tree
    for collection, items in tree.items():
        if not isinstance(items, list) or not path.startswith(f"{collection}/"):
            continue
        for each in items:
            own = f"{collection}/{_name(each)}"
            if path == own or path.startswith(f"{own}/"):
                return found_at(each, path[len(own) + 1 :])
    return None


def _name(each: Any) -> str:
    """The name of an object in a path."""
    if not isinstance(each, Mapping):
        return ""
    if each.get("name"):
        return str(each["name"])
    return f"lan {each['lan']}" if each.get("lan") else str(each.get("id"))


# -- forms ----------------------------------------------------------------------------------------------------------------


def text(names: Sequence[str], found: Sequence[Difference]) -> str:
    if not found:
        return f"No drift: {', '.join(map(plain, names)) or 'nothing was described'}\n"
    return "".join(f"{each['text']}\n" for each in found)


def as_json(names: Sequence[str], found: Sequence[Difference]) -> str:
    return json.dumps({"checked": list(names), "differences": found}, indent=2, ensure_ascii=False) + "\n"


def junit(names: Sequence[str], found: Sequence[Difference]) -> str:
    """A suite for each data center or network, with a failed case for each difference, or a single passed one."""
    suites = []
    for name in dict.fromkeys(names):
        own = [each for each in found if each["where"] == name]
        title = quoteattr(plain(name))
        cases = [
            f"    <testcase classname={title} name={quoteattr(plain(_case(each)))}>\n"
            f"      <failure type={quoteattr(each['difference'])} message={quoteattr(each['text'])}>"
            f"{escape(each['text'])}</failure>\n    </testcase>\n"
            for each in own
        ] or [f'    <testcase classname={title} name="no drift"/>\n']
        counts = f'tests="{len(cases)}" failures="{len(own)}"'
        suites.append(f"  <testsuite name={title} {counts}>\n{''.join(cases)}  </testsuite>\n")
    total = sum(max(1, sum(each["where"] == name for each in found)) for name in dict.fromkeys(names))
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites tests="{total}" failures="{len(found)}">\n'
    return f"{head}{''.join(suites)}</testsuites>\n"


def _case(each: Difference) -> str:
    return " ".join(part for part in (each["path"], each["field"] or each["difference"]) if part)
