# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Write DOCUMENTATION, RETURN and action plugins of the modules from our resources, which no tool reads.

``--check`` only compares.

What a module is about is read from its last lines: the import of a kind, and ``run(KIND)`` or ``run_info(KIND)``. EXAMPLES are written by hand.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Container, Iterable
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / ".build" / "dev"))

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.behaviour import (  # noqa: E402
    Behaviour,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.outcome import (  # noqa: E402
    Provider,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.schema.field import Field  # noqa: E402
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.schema.resource import Resource  # noqa: E402
from ansible_collections.profitbricks.cloud.plugins.module_utils._info import info_fields  # noqa: E402
from ansible_collections.profitbricks.cloud.plugins.module_utils._interface import task_fields  # noqa: E402
from ansible_collections.profitbricks.cloud.plugins.module_utils._netfoundry.provider import (  # noqa: E402
    NETFOUNDRY,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.provider import (  # noqa: E402
    PROFITBRICKS,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils._python import NEEDED  # noqa: E402
from ansible_collections.profitbricks.cloud.plugins.module_utils._results import task_results  # noqa: E402

# The guide that a module's page leads to, by its kind or else its provider.
GUIDES = {
    "profitbricks": ("guide_everyday", "A playbook for each everyday job."),
    "netfoundry": ("guide_overlay", "An overlay network, step by step."),
    "datacenter": ("guide_datacenter", "The whole data center in one task."),
    "ipblock": ("guide_addresses", "Reserved addresses and IPv6."),
    "lan": ("guide_addresses", "Reserved addresses and IPv6."),
    "nic": ("guide_addresses", "Reserved addresses and IPv6."),
    "request": ("guide_waiting", "Waiting for one or many requests."),
}
PROVIDERS = (NETFOUNDRY, PROFITBRICKS)
UTILS = "ansible_collections.profitbricks.cloud.plugins.module_utils"
SHELL = re.compile(
    rf"^from {re.escape(UTILS)}\.(?P<path>\w+\.behaviour\.\w+) import (?:\(\s*)?(?P<name>\w+),?\s*\)?$.*^    (?P<run>run|run_info)\((?P=name)\)$",
    re.MULTILINE | re.DOTALL,
)
MARKUP = re.compile(r"\bO\(([a-z0-9_]+)")
NAMED = re.compile(r"\bO\((?P<said>(?P<name>[a-z0-9_]+)[^)]*)\)")


SENTENCE = re.compile(r"(?<=\.) (?=[A-Z])")
# "Name or UUID of": an option takes either, and a result holds the latter.
REFERENCE = re.compile(r"^Names? or (UUIDs?|numbers?)\b")
# What a sentence says about an option, and not about a value.
GIVING = re.compile(
    r"cannot be changed|\b[Nn]eeded |\bdefaults to|[Bb]y default|\bclears\b|\b[Aa]n empty |\bmeans any|[Oo]nly sent|"
    r"take one more|takes one more|[Ii]f left out|To change it|does not change|\bmust |\b(?:not|Not) with|other than|"
    r"[Gg]oes with|it is attached first|[Ii]f neither|If there is no|another block|Results have|can be the name|"
    r"Changing it|compared|only become newer|left alone|only grow|recommends|\blists (?:them|those|the)\b|"
    r"The service chooses|detached there first|V\(latest\)|can also be given|results have|"
    r"otherwise the image|\bneed version|reserves them"
)
# The same, as a part of a sentence.
GIVING_CLAUSE = re.compile(
    r", (?:which (?:must|need)\b|and no others\b|for a volume without\b|a multiple of\b)[^;]*|, by default V\([^)]*\)"
)


class Dumper(yaml.SafeDumper):
    """Block style with indented lists, as Ansible's own documentation is written."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        return True


def to_yaml(data: Any) -> str:
    return yaml.dump(data, Dumper=Dumper, sort_keys=False, width=110, allow_unicode=True)


def sentences(field: Field) -> list[str]:
    return [field.help] if isinstance(field.help, str) else list(field.help)


def option(field: Field, prefix: str = "") -> dict[str, Any]:
    """One entry of ``options``; ``prefix`` is the path of the list that holds it."""
    doc: dict[str, Any] = {"description": [MARKUP.sub(rf"O({prefix}\1", text) for text in sentences(field)]}
    if field.needed and "eeded to create" not in " ".join(doc["description"]):
        doc["description"].append("Needed to create one.")
    if field.nullable and "null" not in " ".join(doc["description"]):
        doc["description"].append("V(null) or an empty string clears it.")
    doc["type"] = field.type
    if field.elements:
        doc["elements"] = field.elements
    if field.required:
        doc["required"] = True
    if field.growing:
        known = ", ".join(f"V({value})" for value in field.growing)
        doc["description"].append(f"Known are {known}. Others are passed on to the service, with a warning.")
    if field.choices:
        doc["choices"] = list(field.choices)
    if field.default is not None:
        doc["default"] = field.default
    if field.options:
        doc["suboptions"] = {each.name: option(each, f"{prefix}{field.name}[].") for each in field.options}
    return doc


def in_code_font(texts: Iterable[str], options: Container[str] = ()) -> list[str]:
    """Sentences that name options, those in code font that are none of the module's ``options``."""

    def named(match: re.Match[str]) -> str:
        return match[0] if match["name"] in options else f"C({match['said']})"

    return [NAMED.sub(named, text) for text in texts]


def value_texts(field: Field) -> list[str]:
    """What a field's help says about its value, without what it says about giving it."""
    texts = [text for line in sentences(field) for text in SENTENCE.split(line)]
    first, *others = texts
    if "Results have the UUID." in others:
        first = f"UUID of the {first.partition(': as V(')[0]}"
    elif "Results have its name." in others:
        first = first.partition(",")[0].replace("Name or UUID", "Name")
    elif field.refers:
        first = REFERENCE.sub(lambda found: found[1][0].upper() + found[1][1:], first)
    first = first.partition(": UUID, name or alias")[0]
    first = "; ".join(
        part for part in first.rstrip(".").split("; ") if not GIVING.search(part)
    ) or first.rstrip(".")
    first = GIVING_CLAUSE.sub("", first)
    kept = [text for text in others if not GIVING.search(text)]
    return [" ".join([f"{first}.", *kept])]


def returned(field: Field, when: str) -> dict[str, Any]:
    """One entry of RETURN, where no option can be referred to: an info module has none of a task's."""
    doc: dict[str, Any] = {
        "description": in_code_font(value_texts(field)),
        "returned": when,
        "type": field.shown_type or field.type,
    }
    if field.elements:
        doc["elements"] = field.elements
    if field.options:
        doc["contains"] = {each.name: returned(each, "always") for each in field.options}
    elif field.sample is not None:
        doc["sample"] = field.sample
    return doc


def contents(provider: Provider, resource: Resource) -> dict[str, Any]:
    """The keys of one object's result."""
    doc: dict[str, dict[str, Any]] = {
        "id": {
            "description": [f"The {resource.id_help} of the {resource.label}."],
            "returned": "always",
            "type": "str",
            "sample": resource.id_sample,
        }
    }
    doc |= {field.name: returned(field, "always") for field in resource.shown}
    for kind in resource.ancestors:
        parent = provider.resources[kind]
        doc[f"{kind}_id"] = {
            "description": [f"The {parent.id_help} of the {parent.label}."],
            "returned": "always",
            "type": "str",
            "sample": parent.id_sample,
        }
    for child in resource.children:
        doc[child.name] = {
            "description": [child.help.split(". ")[0].rstrip(".").replace(" shall have", " has") + "."],
            "returned": "always",
            "type": "list",
            "elements": "str" if child.ids else "dict",
        }
        if child.ids:
            doc[child.name]["sample"] = []
        else:
            doc[child.name]["contains"] = contents(provider, child.resource)
    return doc


def task_documentation(kind: Behaviour[Any]) -> dict[str, Any]:
    fragment = fragment_of(kind.provider)
    module = f"{kind.provider.name}_{kind.resource.kind}"
    return {
        "module": module,
        "short_description": kind.resource.title
        or f"Create, change and delete {kind.resource.several} of {kind.provider.title}",
        "version_added": "1.0.0",
        "description": [
            (
                f"Brings {kind.resource.one} into the state that the options describe, and does nothing if "
                "it is already in that state."
            ),
            "Options that are left out are neither sent nor compared.",
            *kind.resource.about,
        ],
        "author": ["profitbricks.cloud contributors (@profitbricks)"],
        "extends_documentation_fragment": [fragment, f"{fragment}.managing"],
        "options": {field.name: option(field) for field in task_fields(kind)},
        "attributes": {"idempotent": idempotence(kind), **action_groups(kind, task_fields(kind))},
        "seealso": see_also(kind, f"{module}_info"),
    }


def read_about(resource: Resource) -> list[str]:
    """What is said about a kind of object, without what only its own module does."""
    kept = (
        [text for text in SENTENCE.split(line) if not text.startswith("This module")]
        for line in resource.about
    )
    return [" ".join(texts) for texts in kept if texts]


def info_documentation(kind: Behaviour[Any]) -> dict[str, Any]:
    fragment = fragment_of(kind.provider)
    module = f"{kind.provider.name}_{kind.resource.kind}"
    return {
        "module": f"{module}_info",
        "short_description": (not exists(module) and kind.resource.title)
        or f"Read {kind.resource.several} of {kind.provider.title}",
        "version_added": "1.0.0",
        "description": [
            f"Returns the {kind.resource.several} that match the options, or all of them without such options. If there "
            "is none, the list is empty.",
            *in_code_font(read_about(kind.resource), {field.name for field in info_fields(kind)}),
        ],
        "author": ["profitbricks.cloud contributors (@profitbricks)"],
        "extends_documentation_fragment": [fragment, f"{fragment}.reading"],
        "options": {field.name: option(field) for field in info_fields(kind)},
        **({"attributes": groups} if (groups := action_groups(kind, info_fields(kind))) else {}),
        "seealso": see_also(kind, module),
    }


def action_groups(kind: Behaviour[Any], fields: Iterable[Field]) -> dict[str, Any]:
    """The membership of a module that is in the group of one of its options too, in place of the fragment's."""
    names = [field.name for field in fields if field.name in ("datacenter", "network")]
    groups = [f"profitbricks.cloud.{group}" for group in sorted(("all", kind.provider.name, *names))]
    return {"action_group": {"membership": groups}} if names else {}


def idempotence(kind: Behaviour[Any]) -> dict[str, Any]:
    """Whether a second run changes nothing: not where a state is an action, or a secret is set each time."""
    acting = [f"O(state={state})" for state, text in kind.states if "each time the task runs" in text]
    if any(field.name == "update_password" for field in task_fields(kind)):
        acting.append("O(update_password=always)")
    description = "Run again with the same options, changes nothing."
    if not acting:
        return {"description": description, "support": "full"}
    details = f"With {' or '.join(acting)}, acts each time."
    return {"description": description, "support": "partial", "details": [details]}


def see_also(kind: Behaviour[Any], counterpart: str) -> list[dict[str, str]]:
    """What else a reader needs: the module that reads or manages the same, those above and below, and a guide."""
    provider, resource = kind.provider, kind.resource
    above = [f"{provider.name}_{name}" for name in resource.ancestors]
    below = [
        f"{provider.name}_{other.kind}"
        for other in provider.resources.values()
        if resource.kind in other.ancestors[-1:] or resource.kind in other.parents[-1:]
    ]
    modules = [name for name in dict.fromkeys((counterpart, *above, *sorted(below))) if exists(name)]
    name, about = GUIDES.get(resource.kind, GUIDES[provider.name])
    guide = {"ref": f"ansible_collections.profitbricks.cloud.docsite.{name}", "description": about}
    return [*({"module": f"profitbricks.cloud.{module}"} for module in modules), guide]


def fragment_of(provider: Provider) -> str:
    return f"profitbricks.cloud.{provider.name}"


def exists(module: str) -> bool:
    return (ROOT / "plugins" / "modules" / f"{module}.py").exists()


def task_return(kind: Behaviour[Any]) -> dict[str, Any]:
    resource = kind.resource
    doc: dict[str, Any] = {
        resource.kind: {
            "description": [
                f"The {resource.label} after the task, or in check mode as it would be, with V(null) for what only the "
                "service knows. V(null) if there is none."
            ],
            "returned": "success",
            "type": "dict",
            "contains": contents(kind.provider, resource),
        }
    }
    doc |= {field.name: returned(field, "success") for field in task_results(kind)}
    for name, entry in doc.get("tree", {}).get("contains", {}).items():
        refer(kind.provider, name, entry)
    return doc


def refer(provider: Provider, name: str, entry: dict[str, Any]) -> None:
    """Let the documentation of a nested list lead to the module that returns the same objects, if there is one."""
    for resource in provider.resources.values():
        module = f"{provider.name}_{resource.kind}"
        if resource.plural == name and entry.get("contains") and exists(module):
            result = f"RV(profitbricks.cloud.{module}#module:{resource.kind})"
            entry["description"].append(f"Each has the keys of {result} of M(profitbricks.cloud.{module}).")
            del entry["contains"]


def info_return(kind: Behaviour[Any]) -> dict[str, Any]:
    resource = kind.resource
    return {
        resource.plural: {
            "description": [f"The {resource.several} that were found."],
            "returned": "success",
            "type": "list",
            "elements": "dict",
            "contains": contents(kind.provider, resource) | details(kind),
        },
        **{field.name: returned(field, "success") for field in kind.info_results},
    }


def details(kind: Behaviour[Any]) -> dict[str, Any]:
    """The keys that results have only when an option asks for them."""
    return {
        field.name: returned(field, f"when {detail.option.name} is set")
        for detail in kind.details
        for field in detail.fields
    }


def block(name: str, data: dict[str, Any]) -> str:
    return f'{name} = r"""\n---\n{to_yaml(data)}"""\n'


def replace_block(text: str, name: str, data: dict[str, Any]) -> str:
    """The file's text with the block written anew; a missing one is an error."""
    pattern = re.compile(rf'^{name} = r"""\n.*?^"""\n', re.MULTILINE | re.DOTALL)
    if not pattern.search(text):
        raise SystemExit(f'no block {name} = r""" to write')
    new = block(name, data)
    return pattern.sub(lambda _match: new, text, count=1)


def module_text(text: str) -> str:
    """A module's text with its generated blocks up to date."""
    shell = SHELL.search(text)
    if shell is None:
        raise SystemExit(
            f"{text[-400:]}\n... does not end with the import of a kind and run(KIND) or run_info(KIND)"
        )
    kind: Behaviour[Any] = getattr(import_module(f"{UTILS}.{shell['path']}"), shell["name"])
    makers: dict[str, tuple[Callable[[Behaviour[Any]], Any], Callable[[Behaviour[Any]], Any]]] = {
        "run": (task_documentation, task_return),
        "run_info": (info_documentation, info_return),
    }
    documentation, returns = makers[shell["run"]]
    text = replace_block(text, "DOCUMENTATION", documentation(kind))
    return replace_block(text, "RETURN", returns(kind))


def fragment_text(provider: Provider, text: str) -> str:
    """The fragment with the options of the connection."""
    options = {}
    for field in provider.connection:
        doc = option(field)
        variables = " and then ".join(f"E({variable})" for variable in provider.variables(field.name))
        verb = "are" if " and then " in variables else "is"
        doc["description"].append(f"If not set, {variables} {verb} used.")
        options[field.name] = doc
    data = {
        "options": options,
        "requirements": [f"python >= {NEEDED}", "requests (Python library)"],
    }
    lines = block("DOCUMENTATION", data).splitlines(keepends=True)
    indented = "    " + "".join(lines)
    pattern = re.compile(r'^    DOCUMENTATION = r"""\n.*?^"""\n', re.MULTILINE | re.DOTALL)
    return pattern.sub(lambda _match: indented, text, count=1)


HEADER = """\
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""


def action_text(module: Path, _old: str) -> str:
    """The action plugin of a module: Ansible finds it by its file's name alone.

    One file redirected to by all would be shorter, but Ansible would then take the module_defaults of one module for
    those of all.
    """
    shell = SHELL.search(module.read_text(encoding="utf-8"))
    if shell is None:
        raise SystemExit(f"{module.name} does not end with run(KIND) or run_info(KIND)")
    home, edge = {"run": ("_manage", "managing"), "run_info": ("_info", "reading")}[shell["run"]]
    return f'''{HEADER}
"""Runs the module {module.stem} inside Ansible's worker where that is the same."""

from __future__ import annotations

from {UTILS}.{home} import {edge}
{import_of(f"{UTILS}.{shell['path']}", shell["name"])}
from ansible_collections.profitbricks.cloud.plugins.plugin_utils._in_process import InProcess


class ActionModule(InProcess):
    edge = {edge}({shell["name"]})
'''


def import_of(module: str, name: str) -> str:
    """The import as the formatter wants it."""
    line = f"from {module} import {name}"
    return line if len(line) <= 110 else f"from {module} import (\n    {name},\n)"


def targets() -> Iterable[tuple[Path, Callable[[str], str]]]:
    for provider in PROVIDERS:
        path = ROOT / "plugins" / "doc_fragments" / f"{provider.name}.py"
        yield path, partial(fragment_text, provider)
    for path in sorted((ROOT / "plugins" / "modules").glob("*.py")):
        yield path, module_text
        yield ROOT / "plugins" / "action" / path.name, partial(action_text, path)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="fail where a committed block is stale")
    check = parser.parse_args().check
    stale = []
    for path, renew in targets():
        old = path.read_text(encoding="utf-8") if path.exists() else ""
        new = renew(old)
        if new != old:
            stale.append(path.relative_to(ROOT))
            if not check:
                path.write_text(new, encoding="utf-8")
    for name in stale:
        print(f"{'stale: ' if check else 'written: '}{name}")
    if check and stale:
        print("run 'make docs-sync' and commit the result", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
