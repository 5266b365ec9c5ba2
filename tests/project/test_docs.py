# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The guides are all on the site, and what they name exists. The integration tests run their examples."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
import yaml

from ansible_collections.profitbricks.cloud.plugins.doc_fragments.profitbricks import ModuleDocFragment
from emulator.faults import KINDS
from project.guides import DOCSITE, GUIDES, ROOT, Block, blocks
from tools import collection, docs_site

COLLECTION = "profitbricks.cloud"
# Examples that are no playbook, task or inventory; the installation and the workflow of another repository.
SHOWN_ONLY = {"requirements.yml", ".github/workflows/rehearse.yml"}
EXAMPLES = [block for guide in GUIDES for block in blocks(guide, "yaml")]
COMMANDS = [block for guide in GUIDES for block in blocks(guide, "console")]
ROLE = re.compile(r":ansopt:`[^`]*`")
LITERAL = re.compile(r"``(\w+)[^`]*``")


def stems(folder: str, pattern: str) -> set[str]:
    return {path.stem for path in (ROOT / folder).glob(pattern)}


def commands(block: Block) -> list[str]:
    return [line.removeprefix("$ ") for line in block.text.splitlines() if line.startswith("$ ")]


def test_each_guide_is_in_a_table_of_contents() -> None:
    sections = yaml.safe_load((DOCSITE / "extra-docs.yml").read_text(encoding="utf-8"))["sections"]
    listed = [name for section in sections for name in section["toctree"]]
    assert sorted(listed) == sorted(GUIDES)


@pytest.mark.parametrize("guide", GUIDES)
def test_a_guide_begins_with_the_label_that_links_to_it(guide: str) -> None:
    assert GUIDES[guide].startswith(f".. _ansible_collections.{COLLECTION}.docsite.{guide}:\n\n")


@pytest.mark.parametrize("guide", GUIDES)
def test_each_example_is_a_block_that_the_tests_find(guide: str) -> None:
    text = GUIDES[guide]
    assert set(re.findall(r"^ *\.\. ([\w-]+)::", text, re.M)) <= {
        "contents",
        "list-table",
        "code-block",
        "image",
    }
    assert re.findall(r"^[^.\n].*::$", text, re.M) == []
    found = [block for language in ("yaml", "console", "text") for block in blocks(guide, language)]
    assert len(found) == text.count("code-block::")


@pytest.mark.parametrize("block", EXAMPLES, ids=lambda block: f"{block.guide}-{block.file or 'tasks'}")
def test_an_example_is_run_unless_it_is_for_other_software(block: Block) -> None:
    assert block.data
    assert block.plays or block.is_inventory or block.foreign or block.file in SHOWN_ONLY


def test_what_is_named_by_its_full_name_exists() -> None:
    known = (
        stems("plugins/modules", "*.py")
        | stems("playbooks", "*.yml")
        | stems("plugins/inventory", "*.py")
        | stems("plugins/filter", "*.py")
    )
    for guide, text in GUIDES.items():
        named = set(re.findall(rf"\b{re.escape(COLLECTION)}\.(\w+)", text)) - {"docsite"}
        assert named - known == set(), guide


def test_the_targets_of_make_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    text = "".join(GUIDES.values())
    named = re.findall(r"(?:\$ |``|run: )make (?:-C \S+ )?([a-z-]+)", text)
    assert "emulator" in named
    assert set(named) <= targets


def test_the_playbooks_and_inventories_in_commands_are_shown() -> None:
    shown = {block.file for block in EXAMPLES}
    named = {
        name
        for block in COMMANDS
        for line in commands(block)
        for name in re.findall(r"(?:ansible-playbook|-i|-r) (\S+\.yml)", line)
    }
    assert named
    assert named <= shown


def test_no_variable_is_named_that_nothing_reads() -> None:
    fragment = yaml.safe_load(ModuleDocFragment.DOCUMENTATION)["options"]
    known = {f"{prefix}_{option.upper()}" for option in fragment for prefix in ("PROFITBRICKS", "IONOS")}
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "plugins").rglob("*.py"))
    named = set(re.findall(r"\b(?:PROFITBRICKS|IONOS)_[A-Z_]*[A-Z]\b", "".join(GUIDES.values())))
    assert [name for name in named - known if f'"{name}"' not in sources] == []


def test_the_guide_to_authentication_names_each_option_of_the_connection() -> None:
    options = yaml.safe_load(ModuleDocFragment.DOCUMENTATION)["options"]
    named = set(LITERAL.findall(GUIDES["guide_authentication"]))
    assert set(options) <= named
    assert {f"PROFITBRICKS_{option.upper()}" for option in options} <= named


def test_the_guide_to_the_emulator_names_each_kind_of_fault() -> None:
    guide = GUIDES["guide_emulator"]
    assert [kind for kind in KINDS if f"``{kind}``" not in guide and f"kind: {kind}" not in guide] == []


@pytest.mark.parametrize(
    "block", [block for block in EXAMPLES if block.foreign], ids=lambda block: block.guide
)
def test_the_tables_map_the_options_of_what_other_software_understands(block: Block) -> None:
    (task,) = block.data
    ((_module, options),) = task.items()
    mapped = set(LITERAL.findall(ROLE.sub("", GUIDES[block.guide])))
    assert set(options) <= mapped


def test_the_artifact_holds_the_guides_and_nothing_that_builds_the_site() -> None:
    ignored = collection.metadata()["build_ignore"]
    held = {str(path.relative_to(ROOT)) for path in collection.contents(ignored)}
    assert {name for name in held if name.startswith("docs/docsite/")} == {
        "docs/docsite/extra-docs.yml",
        "docs/docsite/links.yml",
        *(f"docs/docsite/rst/{guide}.rst" for guide in GUIDES),
    }
    assert [name for name in held if name == "docs/conf.py" or name.startswith("docs/build/")] == []


@pytest.mark.parametrize(
    "program", ["print('warning: a label leads nowhere')", "raise SystemExit(3)"], ids=["warning", "failure"]
)
def test_a_tool_that_complains_fails_the_build(program: str) -> None:
    with pytest.raises(SystemExit, match="the documentation site is not built"):
        docs_site.call((sys.executable, "-c", program))


def test_a_quiet_tool_passes_and_sees_the_checkout(tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    docs_site.call(
        (
            sys.executable,
            "-c",
            f"import os; open({str(seen)!r}, 'w').write(os.environ['ANSIBLE_COLLECTIONS_PATH'])",
        )
    )
    assert (Path(seen.read_text()) / "ansible_collections" / "profitbricks" / "cloud").resolve() == ROOT
