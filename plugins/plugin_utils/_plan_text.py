# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A plan in readable form: as text, Markdown or an HTML page."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any, NamedTuple

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.plan.show_tree import (
    RESTARTS,
    to_yaml,
)

CREATE, CHANGE, RESTART, DELETE = "+", "~", "!", "-"
WORDS = {CREATE: "to create", CHANGE: "to change", RESTART: "to change with a restart", DELETE: "to delete"}
RESTARTING = ("reboot", "upgrade")
UNITS = {"ram": " MB", "storage": " GB"}
KINDS = {"datacenter": "data center", "network": "network"}


class Line(NamedTuple):
    """One line: the sign of its step, and whether it is the first line of that."""

    sign: str
    text: str
    first: bool = False


def sign_of(step: Mapping[str, Any]) -> str:
    if step["verb"] in ("create", "delete"):
        return CREATE if step["verb"] == "create" else DELETE
    return RESTART if step.get("restart") or step["verb"] in RESTARTING else CHANGE


def title(plan: Mapping[str, Any]) -> str:
    label = KINDS.get(str(plan.get("kind")), str(plan.get("kind")))
    return plain(f"Plan for the {label} {plan.get('name') or plan.get('id') or ''}".rstrip())


def summary(plan: Mapping[str, Any]) -> str:
    """How many steps there are of each sign."""
    counted = Counter(map(sign_of, plan["steps"]))
    said = [f"{counted[sign]} {words}" for sign, words in WORDS.items() if counted[sign]]
    return ", ".join(said) or "nothing to do"


def lines(plan: Mapping[str, Any]) -> Iterator[Line]:
    for step in plan["steps"]:
        yield from _step(step)


def _step(step: Mapping[str, Any]) -> Iterator[Line]:
    sign, verb = sign_of(step), str(step["verb"])
    where = plain(step["path"] or step.get("name") or "")
    yield Line(
        sign, where if verb in ("create", "update", "delete") else f"{where}: {plain(verb)}", first=True
    )
    before, after = step.get("before") or {}, step.get("after") or {}
    effect = f": {RESTARTS[step['restart']]}" if step.get("restart") is not None else ""
    if verb == "create":
        yield from (Line(sign, each) for each in to_yaml(_brief(after)).splitlines())
    elif verb != "delete":
        # Other verbs need no details.
        for name in after if verb == "update" else ():
            yield Line(sign, f"{plain(name)} {value(before.get(name))} -> {value(after[name])}{effect}")
        if effect and verb != "update":
            yield Line(sign, effect.removeprefix(": "))
    for name in step.get("sealed") or ():
        yield Line(sign, f"{plain(name)}: (not shown)")
    for path in step.get("goes_with") or ():
        yield Line(sign, f"also deleted: {plain(path)}")


def _brief(each: Any, key: str = "") -> Any:
    """An object without the name that stands above it, unless it has nothing else."""
    if not isinstance(each, Mapping):
        return each
    others = {name: _brief(one, name) for name, one in each.items() if name != "name" or one != key}
    return others or each


def value(each: Any) -> str:
    """A value on one line."""
    if isinstance(each, str) and each and each == plain(each):
        return each
    return plain(json.dumps(each, ensure_ascii=False, sort_keys=True))


def plain(each: Any) -> str:
    """A text with everything escaped that would move a terminal's cursor or change the writing direction."""
    return "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in str(each))


def figures(plan: Mapping[str, Any]) -> list[tuple[str, str, str, str]]:
    """Rows with the totals before and after, and their difference; rows of zeros are left out."""
    sums = plan.get("sums") or {}
    before, after = sums.get("before") or {}, sums.get("after") or {}
    rows = []
    for name in dict.fromkeys((*before, *after)):
        old, new = before.get(name, 0), after.get(name, 0)
        if old or new:
            unit = UNITS.get(name, "")
            change = f"{new - old:+d}" if new != old else ""
            rows.append((_label(name), f"{old}{unit}", f"{new}{unit}", change))
    return rows


def _label(name: str) -> str:
    return re.sub(
        r"\b(ip|lan|nat|nic|ram)(?=s?\b)", lambda word: word[1].upper(), plain(name).replace("_", " ")
    )


# -- forms ----------------------------------------------------------------------------------------------------------------


def text(plan: Mapping[str, Any]) -> str:
    """For a terminal."""
    parts = [f"{title(plan)}: {summary(plan)}"]
    if plan["steps"]:
        body = [f"  {each.sign} {each.text}" if each.first else f"      {each.text}" for each in lines(plan)]
        parts.append("\n".join(body))
    if rows := figures(plan):
        table = [("", "before", "after", ""), *rows]
        wide = [max(len(row[place]) for row in table) for place in range(4)]
        parts.append(
            "\n".join(
                f"  {row[0]:<{wide[0]}}  {row[1]:>{wide[1]}}  {row[2]:>{wide[2]}}  {row[3]:>{wide[3]}}".rstrip()
                for row in table
            )
        )
    if left := plan.get("unmanaged"):
        parts.append(
            "Not described, and therefore unchanged:\n" + "\n".join(f"    {plain(each)}" for each in left)
        )
    return "\n\n".join(parts) + "\n"


def markdown(plan: Mapping[str, Any]) -> str:
    """For a pull request: the steps as a diff, which GitHub and GitLab colour."""
    parts = [f"### {marked(title(plan))}", f"**{summary(plan)}**"]
    if plan["steps"]:
        body = "\n".join(
            f"{each.sign} {each.text}" if each.first else f"{each.sign}     {each.text}"
            for each in lines(plan)
        )
        longest = max((len(run) for run in re.findall(r"`+", body)), default=0)
        fence = "`" * max(3, longest + 1)
        parts.append(f"{fence}diff\n{body}\n{fence}")
    if rows := figures(plan):
        head = "|  | before | after | |\n|---|--:|--:|--:|\n"
        parts.append(head + "\n".join(f"| {' | '.join(map(marked, row))} |" for row in rows))
    if left := plan.get("unmanaged"):
        parts.append(
            "Not described, and therefore unchanged:\n\n"
            + "\n".join(f"- {marked(plain(each))}" for each in left)
        )
    return "\n\n".join(parts) + "\n"


def marked(each: str) -> str:
    """A text with all markup escaped."""
    return re.sub(r"([\\`*_{}\[\]()#|~@!:/.])", lambda found: f"&#{ord(found[1])};", escape(each))


STYLE = (
    "body{font:15px/1.5 sans-serif;margin:2em auto;max-width:60em;color:#1f2328;background:#fff}"
    "pre{border:1px solid #d0d7de;padding:1em;overflow:auto}"
    "table{border-collapse:collapse}td,th{padding:.2em .8em;text-align:right}td:first-child{text-align:left}"
    ".create{color:#116329}.change{color:#0a3069}.restart{color:#953800}.delete{color:#a40e26}"
)
CLASSES = {CREATE: "create", CHANGE: "change", RESTART: "restart", DELETE: "delete"}


def html(plan: Mapping[str, Any]) -> str:
    """A self-contained page without scripts."""
    name = escape(title(plan))
    body = "\n".join(
        f'<span class="{CLASSES[each.sign]}">{escape(f"{each.sign} {each.text}" if each.first else f"    {each.text}")}</span>'
        for each in lines(plan)
    )
    rows = "".join(
        f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>\n" for row in figures(plan)
    )
    left = "".join(f"<li>{escape(plain(each))}</li>\n" for each in plan.get("unmanaged") or ())
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{name}</title>\n'
        f"<style>{STYLE}</style>\n</head>\n<body>\n<h1>{name}</h1>\n<p>{escape(summary(plan))}</p>\n"
        + (f"<pre>{body}</pre>\n" if body else "")
        + (
            f"<table>\n<tr><th></th><th>before</th><th>after</th><th></th></tr>\n{rows}</table>\n"
            if rows
            else ""
        )
        + (f"<p>Not described, and therefore unchanged:</p>\n<ul>\n{left}</ul>\n" if left else "")
        + "</body>\n</html>\n"
    )
