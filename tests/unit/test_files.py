# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that hold a secret: whole or not at all, for their owner alone, and never through somebody else's link."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import pytest

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import InvalidOption
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.files import (
    holds_private,
    write_private,
)
from unit.netfoundry.overlay import Overlay


def test_a_file_is_its_owner_s_alone(tmp_path: Path) -> None:
    path = tmp_path / "token.jwt"
    path.write_text("old")
    path.chmod(0o644)
    write_private("jwt_file", path, "new")
    assert holds_private(path, "new") and path.stat().st_mode & 0o777 == 0o600
    assert os.listdir(tmp_path) == ["token.jwt"]


@pytest.mark.parametrize("there", ["a link", "a file"])
def test_what_somebody_has_put_beside_is_left_alone(
    there: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(secrets, "token_hex", lambda _size: "known")
    target, beside = tmp_path / "target", tmp_path / ".token.jwt.known"
    target.write_text("mine")
    if there == "a link":
        beside.symlink_to(target)
    else:
        beside.write_text("mine")
    with pytest.raises(InvalidOption, match="^jwt_file: .*token.jwt cannot be written: "):
        write_private("jwt_file", tmp_path / "token.jwt", "secret")
    assert target.read_text() == "mine" and beside.read_text() == "mine"
    assert not (tmp_path / "token.jwt").exists()


def test_nothing_is_left_of_what_could_not_be_written(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(InvalidOption, match="^token_cache: .*folder cannot be written: "):
        write_private("token_cache", tmp_path / "folder", "secret")
    assert os.listdir(tmp_path) == ["folder"]


def test_a_nul_is_told_before_anything_is_sent(tmp_path: Path) -> None:
    with pytest.raises(
        InvalidOption, match="^jwt_file: .* contains a NUL character, which a file name cannot"
    ):
        write_private("jwt_file", tmp_path / "a\0b", "secret")
    overlay = Overlay()
    for options in (
        {"name": "a\0b", "jwt_file": str(tmp_path)},
        {"name": "a", "jwt_file": f"{tmp_path}/a\0b"},
    ):
        with pytest.raises(InvalidOption, match="contains a NUL"):
            overlay.run("endpoint", **options)
        assert not [each for each in overlay.calls if not each.startswith("GET")]
