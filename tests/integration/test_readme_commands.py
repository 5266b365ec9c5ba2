# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The playbooks and the commands of README.md work, in their order and on a new account; so does the recipe it links to."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path

from integration.example_worlds import KEY
from integration.inventory_fixtures import TOKEN, Inventory, Listing
from pocketvdc import Server
from project.guides import blocks

README = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"^```yaml\n# (\S+)\n(.*?)^```$", README, re.M | re.S))
PLAYBOOKS = [name for name, text in FILES.items() if "hosts:" in text]
COMMANDS = re.findall(r"^\$ (ansible(?:-playbook|-inventory)? .*)$", README, re.M)
AUDIT = next(block for block in blocks("guide_authentication", "yaml") if block.file == "audit.yml")
VAULT = [
    line.removeprefix("$ ")
    for block in blocks("guide_authentication", "console")
    for line in block.text.splitlines()
    if re.match(r"\$ (mkdir .*|ansible-vault .*|.* --ask-vault-pass)$", line)
]
# Over SSH, which test_demo does, and playbooks of the collection, which tests of their own run.
ELSEWHERE = (
    "ansible.builtin.ping",
    "ansible-playbook profitbricks.cloud.",
    " profitbricks.cloud.overlay_join ",
)
UNCHANGED = "changed=0"


class Reader:
    """Somebody with the files of the README, a key and an account."""

    def __init__(self, server: Server, folder: Path):
        self.inventory = Inventory(server.cloud, server.url, folder)
        self.access = {"PROFITBRICKS_TOKEN": TOKEN, "PROFITBRICKS_API_URL": f"{server.url}/cloudapi/v6"}
        (folder / ".ssh").mkdir()
        (folder / ".ssh" / "id_ed25519.pub").write_text(KEY, encoding="utf-8")
        for name, text in {**FILES, AUDIT.file: AUDIT.text}.items():
            if "/" not in name:
                (folder / name).write_text(text, encoding="utf-8")

    def run(self, line: str) -> Listing:
        """Run a command that must work."""
        program, *arguments = shlex.split(line, comments=True)
        command = program.removeprefix("ansible").removeprefix("-") or "adhoc"
        done = self.inventory.run(command, *arguments, **self.access)
        assert done.code == 0, f"{line}\n{done.stdout}{done.stderr}"
        return done


def test_there_are_commands_of_each_kind() -> None:
    assert {line.split()[0] for line in COMMANDS} == {"ansible", "ansible-playbook", "ansible-inventory"}
    assert any(UNCHANGED in line for line in COMMANDS)
    assert all(any(word in line for line in COMMANDS) for word in ELSEWHERE)


def test_the_commands_work(server: Server, tmp_path: Path) -> None:
    server.cloud.reset()
    reader = Reader(server, tmp_path)
    for line in COMMANDS:
        if any(word in line for word in ELSEWHERE):
            continue
        done = reader.run(line)
        if UNCHANGED in line:
            assert re.search(r"ok=[1-9]\d* +changed=0 .*failed=0", done.stdout), done.stdout
        if line.startswith("ansible-inventory"):
            assert "|--web-01" in done.stdout


def test_the_playbooks_work(server: Server, tmp_path: Path) -> None:
    server.cloud.reset()
    reader = Reader(server, tmp_path)
    variables = f"-e profitbricks_token={TOKEN} -e public_key_file=~/.ssh/id_ed25519.pub"
    for name in PLAYBOOKS:
        assert "ok=" in reader.run(f"ansible-playbook {name} {variables}").stdout


def test_the_recipe_for_the_vault_works_literally(server: Server, tmp_path: Path) -> None:
    server.cloud.reset()
    reader = Reader(server, tmp_path)
    without = {name: value for name, value in reader.access.items() if name != "PROFITBRICKS_TOKEN"}
    for line in VAULT:
        done = subprocess.run(
            ["sh", "-c", line.replace("the token", TOKEN)],
            cwd=tmp_path,
            env=reader.inventory.environment(without),
            input="vault password\n" * 2,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
            start_new_session=True,
        )
        assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
    assert "$ANSIBLE_VAULT;" in (tmp_path / "group_vars" / "all.yml").read_text(encoding="utf-8")
    assert "ok=2 " in done.stdout
