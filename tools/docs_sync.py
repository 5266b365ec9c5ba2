# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Write the DOCUMENTATION and RETURN blocks of the modules from the resources, and the modules' action plugins;
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
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.resource import (  # noqa: E402
    Field,
    Resource,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils._interface import (  # noqa: E402
    info_fields,
    task_fields,
    task_results,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils._netfoundry.provider import (  # noqa: E402
    NETFOUNDRY,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.provider import (  # noqa: E402
    PROFITBRICKS,
)

PROVIDERS = (NETFOUNDRY, PROFITBRICKS)
UTILS = "ansible_collections.profitbricks.cloud.plugins.module_utils"
SHELL = re.compile(
    rf"^from {re.escape(UTILS)}\.(?P<path>\w+\.behaviour\.\w+) import (?:\(\s*)?(?P<name>\w+),?\s*\)?$.*^    (?P<run>run|run_info)\((?P=name)\)$",
    re.MULTILINE | re.DOTALL,
)
MARKUP = re.compile(r"\bO\(([a-z0-9_]+)")
NAMED = re.compile(r"\bO\((?P<said>(?P<name>[a-z0-9_]+)[^)]*)\)")


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


def returned(field: Field, when: str) -> dict[str, Any]:
    """One entry of RETURN, where no option can be referred to: an info module has none of a task's."""
    doc: dict[str, Any] = {
        "description": in_code_font(sentences(field)),
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
    seealso = [{"module": f"profitbricks.cloud.{module}_info"}]
    return {
        "module": module,
        "short_description": kind.resource.title
        or f"Create, change and delete {kind.resource.several} of {kind.provider.title}",
        "version_added": "1.0.0",
        "description": [
            f"Brings {kind.resource.one} into the state that the options describe, and does nothing if it already is.",
            "Options that are left out are neither sent nor compared.",
            *kind.resource.about,
        ],
        "author": ["profitbricks.cloud contributors (@profitbricks)"],
        "extends_documentation_fragment": [fragment, f"{fragment}.managing"],
        "options": {field.name: option(field) for field in task_fields(kind)},
        **({"seealso": seealso} if exists(f"{module}_info") else {}),
    }


def info_documentation(kind: Behaviour[Any]) -> dict[str, Any]:
    fragment = fragment_of(kind.provider)
    module = f"{kind.provider.name}_{kind.resource.kind}"
    seealso = [{"module": f"profitbricks.cloud.{module}"}]
    return {
        "module": f"{module}_info",
        "short_description": (not exists(module) and kind.resource.title)
        or f"Read {kind.resource.several} of {kind.provider.title}",
        "version_added": "1.0.0",
        "description": [
            f"Returns the {kind.resource.several} that match the options, or all of them without such options. If there "
            "is none, the list is empty.",
            *in_code_font(kind.resource.about, {field.name for field in info_fields(kind)}),
        ],
        "author": ["profitbricks.cloud contributors (@profitbricks)"],
        "extends_documentation_fragment": [fragment, f"{fragment}.reading"],
        "options": {field.name: option(field) for field in info_fields(kind)},
        **({"seealso": seealso} if exists(module) else {}),
    }


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
    return doc | {field.name: returned(field, "success") for field in task_results(kind)}


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
        "requirements": ["requests (Python library)"],
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
    edge = {"run": "managing", "run_info": "reading"}[shell["run"]]
    return f'''{HEADER}
"""Runs the module {module.stem} inside Ansible's worker where that is the same."""

from __future__ import annotations

from {UTILS}._module import {edge}
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
