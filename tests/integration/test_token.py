# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A token in a file, by the real ansible-playbook: the promises that there are without an object that has a name."""

from __future__ import annotations

import pytest

from integration.runner import Runner, task

CHECK = {"check_mode": True, "diff": True}
DIFF = {"diff": True}
DEST = "{{ folder }}/token"
KEEP = {"dest": DEST, "ttl": 3600}


@pytest.mark.parametrize("in_process", [True, False], ids=["in process", "as a module"])
def test_a_token_is_made_once_and_told_nowhere(play: Runner, in_process: bool) -> None:
    read = "{{ lookup('ansible.builtin.file', folder ~ '/token') }}"
    done = play(
        [
            task("foretell", "token", CHECK, **KEEP),
            task("make", "token", DIFF, **KEEP),
            task("again", "token", DIFF, **KEEP),
            task("again in check mode", "token", CHECK, **KEEP),
            task("work with it", "datacenter_info", token=read),
            task("list", "token_info"),
            task("foretell the end", "token", CHECK, dest=DEST, state="absent"),
            {"name": "keep a copy", "no_log": True}
            | {"ansible.builtin.copy": {"src": DEST, "dest": "{{ folder }}/copy", "mode": "0600"}},
            task("revoke", "token", DIFF, dest=DEST, state="absent"),
            task("revoke again", "token", dest=DEST, state="absent"),
            task("it is refused", "datacenter_info", token=read.replace("/token", "/copy")),
            task("no such folder", "token", dest="{{ folder }}/nowhere/token"),
        ],
        variables={"folder": str(play.folder)},
        in_process=in_process,
        arguments=["-vvv"],
    )
    made = done["make"]
    assert done["foretell"].changed and made.changed and made["actions"] == ["create"]
    assert done["foretell"]["token"] == dict.fromkeys(made["token"])
    for name in ("again", "again in check mode", "revoke again"):
        assert not done[name].changed, name
    assert done["again"]["token"] == made["token"] and done["list"]["tokens"] == [made["token"]]
    assert done["work with it"]["datacenters"] == []
    assert done["foretell the end"]["actions"] == done["revoke"]["actions"] == ["delete", "delete_file"]
    assert done["it is refused"].msg.startswith("Unauthorized")
    assert done["no such folder"].msg.startswith("dest: the folder ")
    secret = (play.folder / "copy").read_text()
    assert secret.count(".") == 2 and secret not in done.output and not (play.folder / "token").exists()
