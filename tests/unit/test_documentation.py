# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The documentation of each module: it loads, says what the module does, and its examples would run."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.profitbricks.cloud.plugins.doc_fragments import netfoundry, profitbricks
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.outcome import Provider
from ansible_collections.profitbricks.cloud.plugins.module_utils._info import info_fields
from ansible_collections.profitbricks.cloud.plugins.module_utils._interface import task_fields
from ansible_collections.profitbricks.cloud.plugins.module_utils._module import argument_spec
from ansible_collections.profitbricks.cloud.plugins.module_utils._netfoundry.provider import NETFOUNDRY
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.provider import (
    PROFITBRICKS,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils._results import task_results
from ansible_collections.profitbricks.cloud.plugins.module_utils._secrets import MASKED_BY_CORE
from catalogue import kind_of

ROOT = Path(__file__).resolve().parents[2]
PREFIX = "profitbricks.cloud."
MODULES = sorted(path.stem for path in (ROOT / "plugins" / "modules").glob("*.py"))
FRAGMENTS = {
    "netfoundry": yaml.safe_load(netfoundry.ModuleDocFragment.DOCUMENTATION)["options"],
    "profitbricks": yaml.safe_load(profitbricks.ModuleDocFragment.DOCUMENTATION)["options"],
}
KEYWORDS = ("name", "register", "loop", "vars", "when", "no_log", "check_mode", "diff")
SECRETS = ("password", "token", "user_password", "backupunit_password", "image_password", "user_data")
TEMPLATE = re.compile(r"\{\{.*\}\}")
# What a template in an example may stand for, by the type of its option.
SAMPLES = {"str": "15f67991-0f51-4efc-a8ad-ef1fb31a480c", "int": 1, "bool": True}


def block(module: str, name: str) -> Any:
    source = import_module(f"ansible_collections.profitbricks.cloud.plugins.modules.{module}")
    return yaml.safe_load(getattr(source, name))


def spec(module: str) -> dict[str, Any]:
    """The argument spec that the module really has."""
    kind = kind_of(module)
    fields = info_fields(kind) if module.endswith("_info") else task_fields(kind)
    return argument_spec((*fields, *kind.provider.connection))


def examples(module: str) -> list[dict[str, Any]]:
    """The examples' tasks that run this module."""
    return [task for task in block(module, "EXAMPLES") if PREFIX + module in task]


@pytest.mark.parametrize("module", MODULES)
def test_the_blocks_load_and_name_the_module(module: str) -> None:
    documentation = block(module, "DOCUMENTATION")
    assert documentation["module"] == module
    assert re.fullmatch(r"\d+\.\d+\.\d+", documentation["version_added"])
    assert documentation["description"] and documentation["author"]
    assert block(module, "RETURN") and block(module, "EXAMPLES")


@pytest.mark.parametrize("module", MODULES)
def test_the_options_are_those_that_the_module_takes(module: str) -> None:
    documentation = block(module, "DOCUMENTATION")
    provider = kind_of(module).provider.name
    same_options({**FRAGMENTS[provider], **documentation["options"]}, spec(module))
    fragments = [f"profitbricks.cloud.{provider}"]
    fragments.append(f"{fragments[0]}.{'reading' if module.endswith('_info') else 'managing'}")
    assert documentation["extends_documentation_fragment"] == fragments


def same_options(documented: Mapping[str, Any], real: Mapping[str, Any]) -> None:
    assert set(documented) == set(real)
    for name, option in real.items():
        said = documented[name]
        assert all(
            isinstance(line, str) and line.rstrip().endswith((".", "?", ")")) for line in said["description"]
        ), name
        for key in ("type", "elements", "choices", "default", "required"):
            assert said.get(key) == option.get(key), (name, key)
        if "options" in option:
            same_options(said["suboptions"], option["options"])


@pytest.mark.parametrize("module", MODULES)
def test_secret_options_are_no_log_and_others_say_that_they_are_not(module: str) -> None:
    def check(options: Mapping[str, Any]) -> None:
        for name, option in options.items():
            if name in SECRETS:
                # What may be a dictionary is registered by the module itself where Ansible masks what is registered.
                assert option["no_log"] is not (MASKED_BY_CORE and option["type"] == "raw"), name
            else:
                assert not option.get("no_log"), name
            check(option.get("options", {}))

    check(spec(module))


@pytest.mark.parametrize("provider", [NETFOUNDRY, PROFITBRICKS], ids=lambda provider: provider.name)
def test_the_environment_behind_an_option_is_documented(provider: Provider) -> None:
    options = FRAGMENTS[provider.name]
    assert set(options) == {field.name for field in provider.connection}
    for option, said in options.items():
        text = " ".join(said["description"])
        assert all(f"E({variable})" in text for variable in provider.variables(option)), option


@pytest.mark.parametrize("module", MODULES)
def test_the_returned_keys_are_those_of_a_result(module: str) -> None:
    kind = kind_of(module)
    resource = kind.resource
    documented = block(module, "RETURN")
    key = resource.plural if module.endswith("_info") else resource.kind
    beside = kind.info_results if module.endswith("_info") else task_results(kind)
    assert set(documented) == {key, *(field.name for field in beside)}
    details = {field.name for detail in kind.details for field in detail.fields}
    asked = details if module.endswith("_info") else set()
    assert set(documented[key]["contains"]) == set(resource.decode({}, {})) | asked

    def described(entries: Mapping[str, Any]) -> None:
        for name, entry in entries.items():
            assert entry["description"] and entry["type"] and entry["returned"], name
            described(entry.get("contains", {}))

    described(documented)


# -- examples -----------------------------------------------------------------------------------------------------


def described(docs: Mapping[str, Any]) -> list[str]:
    """All descriptions in documentation of options or results."""
    texts: list[str] = []
    for doc in docs.values():
        lines = doc.get("description", [])
        texts += [lines] if isinstance(lines, str) else lines
        texts += described(doc.get("contains") or doc.get("suboptions") or {})
    return texts


ABOUT_GIVING = re.compile(
    r"can also be given|[Rr]esults have|, which must|which need one|no others, unless|by default V|multiple of|"
    r"It must exist|cannot be changed later|need version|otherwise the image"
)


@pytest.mark.parametrize("module", MODULES)
def test_returned_values_are_described_as_values_and_not_as_options(module: str) -> None:
    assert [text for text in described(block(module, "RETURN")) if ABOUT_GIVING.search(text)] == []


@pytest.mark.parametrize("module", [each for each in MODULES if each.endswith("_info")])
def test_a_module_that_reads_is_not_described_as_one_that_writes(module: str) -> None:
    documented = block(module, "DOCUMENTATION")
    assert not [text for text in documented["description"] if "This module" in text]
    assert not [text for text in described(documented["options"]) if re.search(r"with this \w+_\w+", text)]


@pytest.mark.parametrize("module", MODULES)
def test_examples_show_the_module_by_its_full_name(module: str) -> None:
    tasks = block(module, "EXAMPLES")
    assert examples(module)
    for task in tasks:
        assert task["name"][0].isupper() and not task["name"].endswith(".")
        assert all("." in key for key in task if key not in KEYWORDS)


@pytest.mark.parametrize("module", MODULES)
def test_examples_name_options_that_exist_with_values_that_they_take(module: str) -> None:
    real = spec(module)
    for task in examples(module):
        options = filled(task[PREFIX + module] or {}, real)
        result = ArgumentSpecValidator(real).validate(options)
        assert not result.error_messages, (task["name"], result.error_messages)


def filled(value: Any, options: Mapping[str, Any]) -> Any:
    """An example's options with something plain in place of templates."""
    if isinstance(value, list):
        return [filled(each, options) for each in value]
    if not isinstance(value, Mapping):
        return TEMPLATE.sub(str(SAMPLES["str"]), value) if isinstance(value, str) else value
    plain = {}
    for name, each in value.items():
        option = options.get(name, {})
        whole = isinstance(each, str) and TEMPLATE.fullmatch(each)
        plain[name] = (
            SAMPLES.get(option.get("type", "str"), []) if whole else filled(each, option.get("options", {}))
        )
    return plain


def test_examples_of_a_managing_module_show_its_whole_life() -> None:
    for module in MODULES:
        if not module.endswith("_info"):
            states = {task[PREFIX + module].get("state", "present") for task in examples(module)}
            assert {"present", "absent"} <= states, module


def test_all_examples_are_valid_tasks(tmp_path: Path) -> None:
    """One process checks them all: Ansible resolves each module and reads each keyword."""
    plays = [
        {"hosts": "localhost", "gather_facts": False, "name": module, "tasks": block(module, "EXAMPLES")}
        for module in MODULES
    ]
    playbook = tmp_path / "examples.yml"
    playbook.write_text(yaml.safe_dump(plays, sort_keys=False), encoding="utf-8")
    environment = {
        **os.environ,
        "ANSIBLE_COLLECTIONS_PATH": str(ROOT / ".build" / "dev"),
        "ANSIBLE_HOME": str(tmp_path / "home"),
        "ANSIBLE_NOCOLOR": "1",
    }
    command = [
        sys.executable,
        "-m",
        "ansible",
        "playbook",
        "--syntax-check",
        "-i",
        "localhost,",
        str(playbook),
    ]
    done = subprocess.run(
        command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "ERROR" not in done.stderr and "deprecat" not in done.stderr.lower(), done.stderr


def ansible(folder: Path, *arguments: str) -> str:
    """What a command of Ansible prints; it must not complain."""
    environment = {
        **os.environ,
        "ANSIBLE_COLLECTIONS_PATH": str(ROOT / ".build" / "dev"),
        "ANSIBLE_HOME": str(folder / "home"),
        "ANSIBLE_NOCOLOR": "1",
    }
    command = [sys.executable, "-m", "ansible", *arguments]
    done = subprocess.run(
        command, env=environment, cwd=folder, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "ERROR" not in done.stderr and "deprecat" not in done.stderr.lower(), done.stderr
    return done.stdout
