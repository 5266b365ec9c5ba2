# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Keys for the object storage: their secret is in one result, and nowhere else."""

from __future__ import annotations

import pytest

from integration.runner import Runner, task

ADA = {"email": "ada@example.com", "firstname": "Ada", "lastname": "Lovelace"}
OWN = {"user": "ada@example.com"}


@pytest.mark.parametrize("in_process", [True, False])
def test_the_secret_is_returned_once_and_never_again(play: Runner, in_process: bool) -> None:
    hidden = {"no_log": True, "register": "made"}
    tasks = [
        task("a user", "user", **ADA, user_password="firstPassword1", administrator=True),
        task("an older key", "s3key", {"no_log": True}, **OWN, state="created"),
        task("create", "s3key", {"diff": True, **hidden}, **OWN, state="created"),
        task("off", "s3key", {"diff": True}, **OWN, id="{{ made.s3key.id }}", active=False),
        task("read", "s3key_info", **OWN),
        task("several", "s3key", **OWN, active=True),
        task("delete", "s3key", {"diff": True}, **OWN, id="{{ made.s3key.id }}", state="absent"),
        {
            "name": "kept",
            "ansible.builtin.copy": {
                "content": "{{ made.s3key.id }}:{{ made.secret_key }}",
                "dest": str(play.folder / "passwd"),
                "mode": "0600",
            },
            "no_log": True,
            "diff": False,
        },
    ]
    done = play(tasks, arguments=["-vvv"], in_process=in_process)
    access, _colon, secret = (play.folder / "passwd").read_text(encoding="utf-8").partition(":")
    assert len(secret) == 32 and secret not in done.output
    assert done["off"]["secret_key"] is None and done["off"]["s3key"]["id"] == access
    assert done["off"].diff == {"before": {"active": True}, "after": {"active": False}}
    assert len(done["read"]["s3keys"]) == 2 and "secret" not in str(done["read"]["s3keys"])
    assert "2 S3 keys match" in done["several"].msg and access in done["several"].msg
    assert done["delete"].changed and done["delete"]["secret_key"] is None
