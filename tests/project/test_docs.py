# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The guides are all on the site, and what they name exists. The integration tests run their examples."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from ansible_collections.profitbricks.cloud.plugins.doc_fragments.netfoundry import (
    ModuleDocFragment as NetfoundryFragment,
)
from ansible_collections.profitbricks.cloud.plugins.doc_fragments.profitbricks import ModuleDocFragment
from pocketvdc.faults import KINDS
from project.guides import DOCSITE, GUIDES, ROOT, Block, blocks
from tools import collection, docs_browser, docs_site

COLLECTION = "profitbricks.cloud"
# Examples that are no playbook, task or inventory, but settings of other programs. The integration tests build the
# execution environment.
SHOWN_ONLY = {
    ".github/workflows/rehearse.yml",
    ".github/workflows/store.yml",
    "ansible-navigator.yml",
    "credential-injectors.yml",
    "credential-inputs.yml",
    "execution-environment.yml",
    "overlay-injectors.yml",
    "requirements.yml",
    "~/.ionos/config.yaml",
}
# Of the guides' examples; tests/contract/test_guide_without_ansible.py runs the last three.
LANGUAGES = ("yaml", "console", "text", "python", "javascript", "terraform")
EXAMPLES = [block for guide in GUIDES for block in blocks(guide, "yaml")]
COMMANDS = [block for guide in GUIDES for block in blocks(guide, "console")]
# GitHub, which shows the guides as well, knows none of the roles of Sphinx.
ROLE = re.compile(r":[a-z]+:`")
GUIDE_LINK = re.compile(r"`[^`<]+\s<(guide_\w+)\.rst>`__")
LITERAL = re.compile(r"``(\w+)[^`]*``")
# The path of an option, and its value, in code font.
OPTION = re.compile(r"``([a-z][a-z0-9_]*(?:(?:\[\])?\.[a-z0-9_]+)*)(?:: [^`]*)?``")


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
    found = [block for language in LANGUAGES for block in blocks(guide, language)]
    assert len(found) == text.count("code-block::")


@pytest.mark.parametrize("block", EXAMPLES, ids=lambda block: f"{block.guide}-{block.file or 'tasks'}")
def test_an_example_is_run_unless_it_is_for_other_software(block: Block) -> None:
    assert block.data
    kinds = (block.plays, block.is_inventory, block.is_rulebook, block.foreign)
    assert any(kinds) or block.file in SHOWN_ONLY


@pytest.mark.parametrize("guide", GUIDES)
def test_a_guide_can_be_read_on_github(guide: str) -> None:
    text = GUIDES[guide]
    assert ROLE.findall(text) == []
    assert set(GUIDE_LINK.findall(text)) <= set(GUIDES)
    pictures = re.findall(r"^\.\. image:: (\S+)$", text, re.M)
    assert [name for name in pictures if not (DOCSITE / "rst" / name).is_file()] == []


def test_no_two_guides_give_one_name_to_their_files() -> None:
    guides: dict[str, set[str]] = {}
    for block in EXAMPLES:
        guides.setdefault(block.file, set()).add(block.guide)
    assert {name: several for name, several in guides.items() if name and len(several) > 1} == {}


def test_the_table_of_modules_and_playbooks_is_complete() -> None:
    listed = re.findall(
        rf"^   [* ] [- ] (?:\| )?``{re.escape(COLLECTION)}\.(\w+)``$", GUIDES["guide_modules"], re.M
    )
    assert sorted(listed) == sorted(stems("plugins/modules", "*.py") | stems("playbooks", "*.yml"))


@cache
def options_of(module: Path) -> set[str]:
    """The paths of a module's options and results, such as volumes[].size, and the values that options choose from."""

    def paths(entries: dict[str, Any], prefix: str = "") -> Iterator[str]:
        for name, entry in entries.items():
            yield prefix + name
            yield from map(str, entry.get("choices", ()))
            below = entry.get("suboptions") or entry.get("contains") or {}
            yield from paths(below, f"{prefix}{name}{'[]' if entry['type'] == 'list' else ''}.")

    text = module.read_text(encoding="utf-8")
    found = dict(re.findall(r'^(DOCUMENTATION|RETURN) = r"""\n(.*?)^"""', text, re.M | re.S))
    return {
        *paths(yaml.safe_load(found["DOCUMENTATION"])["options"]),
        *paths(yaml.safe_load(found["RETURN"])),
    }


@pytest.mark.parametrize("guide", [name for name in GUIDES if name.startswith("guide_migration_")])
def test_the_new_options_in_tables_exist(guide: str) -> None:
    fragments = (ModuleDocFragment, NetfoundryFragment)
    known = {name for each in fragments for name in yaml.safe_load(each.DOCUMENTATION)["options"]}
    known = known.union(*(options_of(path) for path in (ROOT / "plugins" / "modules").glob("*.py")))
    tables = re.findall(
        r"^\.\. list-table::\n   :header-rows: 1\n\n((?:   .*\n)*?   [* ] - New (?:option|module)\n(?:   .*\n)*)",
        GUIDES[guide],
        re.M,
    )
    rows = [row for table in tables for row in re.split(r"^   \* - ", table, flags=re.M)[2:]]
    assert len(rows) > 10
    cells = [row.rstrip().rpartition("\n     - ")[2] for row in rows]
    named = {name for cell in cells for name in OPTION.findall(cell)}
    # Keywords of Ansible, and two values.
    words = {"loop", "register", "default", "latest"}
    assert sorted(name for name in named - known - words if not name.startswith(f"{COLLECTION}.")) == []


def test_the_platform_sets_variables_that_the_collection_reads() -> None:
    injectors = [block for block in EXAMPLES if block.file.endswith("-injectors.yml")]
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "plugins").rglob("*.py"))
    variables = [name for block in injectors for name in block.data["env"]]
    assert "PROFITBRICKS_TOKEN" in variables
    assert [name for name in variables if f"E({name})" not in sources] == []


def test_what_is_named_by_its_full_name_exists() -> None:
    known = (
        stems("plugins/modules", "*.py")
        | stems("playbooks", "*.yml")
        | stems("plugins/inventory", "*.py")
        | stems("plugins/filter", "*.py")
        | stems("extensions/eda/plugins/event_source", "*.py")
        | stems("extensions/eda/rulebooks", "*.yml")
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
    unread = [name for name in named - known if f'"{name}"' not in sources and f"E({name})" not in sources]
    assert unread == []


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
    mapped = set(LITERAL.findall(GUIDES[block.guide]))
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


def test_the_sidebar_has_captions_and_short_titles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docs_site, "PAGES", tmp_path)
    (tmp_path / "docsite").mkdir()
    for guide, text in GUIDES.items():
        (tmp_path / "docsite" / f"{guide}.rst").write_text(text, encoding="utf-8")
    for name in ("netfoundry_network", "profitbricks_lan_info", "profitbricks_lan", "profitbricks_server"):
        (tmp_path / f"{name}_module.rst").touch()
    contents = list(docs_site.captioned())
    captions = [re.findall(r":caption: (.*)", each)[0] for each in contents]
    assert captions[-4:] == ["ProfitBricks modules", "NetFoundry modules", "Plugins", "Project"]
    assert re.findall(r"^   (\S+) <", contents[-4], re.M) == ["lan", "lan_info", "server"]
    (elsewhere,) = [each for each in contents if ":caption: Coming from elsewhere\n" in each]
    assert re.findall(r"^   (.*) <", elsewhere, re.M) == [
        "Original profitbricks modules",
        "ionoscloudsdk.ionoscloud",
        "netfoundry.platform",
    ]


def test_the_changelog_is_a_page() -> None:
    text = docs_site.changelog()
    assert text.startswith("Changelog\n=========\n")
    assert all(f"\n{title}\n" in text for title in ("Release Summary", "New Modules"))
    assert re.search(r"^[-*] profitbricks\.cloud\.profitbricks\\?_server - ", text, re.M)


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<h1>Short</h1>", []),
        ('<h1 style="width: 5em; white-space: nowrap; overflow: hidden">Cut off at the end</h1>', ["is cut"]),
        ('<h1>Wide</h1><div style="width: 2000px">x</div>', ["pixels wide"]),
        ("<p>No title</p>", ["there is no title"]),
    ],
    ids=["fits", "cut", "wide", "none"],
)
def test_a_browser_sees_what_is_cut_off(page: str, expected: list[str], tmp_path: Path) -> None:
    """Where there is none, that is said; what it would see is not."""
    site = tmp_path / "site"
    site.mkdir()
    (site / "page.html").write_text(f"<!doctype html>{page}", encoding="utf-8")
    sheet = docs_browser.write_sheet(tmp_path, site, [docs_browser.View("view", "page.html", 400, 300)])
    assert (site / "page.html").as_uri() in sheet.read_text(encoding="utf-8")
    program = docs_browser.browser()
    if program is None:
        said: list[str] = []
        assert docs_browser.look_at(site, tmp_path / "pictures", said.append) == []
        assert "There is no Chromium here" in said[0]
        return
    told = docs_browser.measured(program, str(tmp_path), sheet)
    assert len(told) == len(expected)
    assert all(each in text for each, text in zip(expected, told, strict=True))


MODULES = sorted((ROOT / "plugins" / "modules").glob("*.py"), key=lambda path: path.stem)


def documented(module: Path, block: str) -> Any:
    found = re.search(rf'^{block} = r"""\n(.*?)^"""', module.read_text(encoding="utf-8"), re.M | re.S)
    assert found, module.stem
    return yaml.safe_load(found[1])


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.stem)
def test_a_value_is_not_described_as_an_option(module: Path) -> None:
    def texts(entries: dict[str, Any]) -> Iterator[str]:
        for entry in entries.values():
            yield from entry["description"]
            yield from texts(entry.get("contains", {}))

    giving = re.compile(r"cannot be changed later|[Nn]eeded to create|defaults to|empty string|empty list")
    assert [text for text in texts(documented(module, "RETURN")) if giving.search(text)] == []


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.stem)
def test_a_page_leads_to_its_neighbours_and_a_guide(module: Path) -> None:
    *others, guide = documented(module, "DOCUMENTATION")["seealso"]
    named = [each["module"].removeprefix(f"{COLLECTION}.") for each in others]
    assert set(named) <= stems("plugins/modules", "*.py") - {module.stem}
    assert guide["ref"].removeprefix(f"ansible_collections.{COLLECTION}.docsite.") in GUIDES


def test_a_nic_leads_to_what_is_around_it() -> None:
    nic = documented(ROOT / "plugins" / "modules" / "profitbricks_nic.py", "DOCUMENTATION")["seealso"]
    named = {each.get("module", "").removeprefix(f"{COLLECTION}.profitbricks_") for each in nic}
    assert {"nic_info", "server", "datacenter", "firewall_rule"} <= named


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.stem)
def test_a_page_says_how_the_module_behaves(module: Path) -> None:
    fragments = {"netfoundry": NetfoundryFragment, "profitbricks": ModuleDocFragment}
    own = documented(module, "DOCUMENTATION")
    _vendor, name = own["extends_documentation_fragment"]
    fragment = fragments[module.stem.partition("_")[0]]
    shared = yaml.safe_load(getattr(fragment, name.rpartition(".")[2].upper()))["attributes"]
    expected = {"check_mode", "diff_mode", "action_group", "platform"}
    assert expected <= set(shared)
    assert ("idempotent" in own.get("attributes", {})) is (name.endswith(".managing"))
    groups = yaml.safe_load((ROOT / "meta" / "runtime.yml").read_text(encoding="utf-8"))["action_groups"]
    group = {**shared["action_group"], **own.get("attributes", {}).get("action_group", {})}
    membership = [each.removeprefix(f"{COLLECTION}.") for each in group["membership"]]
    assert sorted(membership) == sorted(group for group, names in groups.items() if module.stem in names)
