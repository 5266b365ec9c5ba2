# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Of the package with many collections, the one that the tests need is kept."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tools import amazon


def wheel(folder: Path, *names: str) -> Path:
    path = folder / "ansible-1-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as package:
        for name in names:
            package.writestr(name, name)
    return path


def test_nothing_but_the_collection_is_kept(tmp_path: Path) -> None:
    wanted = f"{amazon.WANTED}plugins/modules/ec2_ami_info.py"
    others = ("ansible_collections/amazon/cloud/README.md", "ansible_collections/community/aws/README.md")
    amazon.lay(wheel(tmp_path, wanted, *others), tmp_path / "kept")
    kept = [path for path in (tmp_path / "kept").rglob("*") if path.is_file()]
    assert [str(path.relative_to(tmp_path / "kept")) for path in kept] == [wanted]


def test_a_package_without_it_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="holds no ansible_collections/amazon/aws/"):
        amazon.lay(wheel(tmp_path, "ansible_collections/cisco/aci/README.md"), tmp_path / "kept")
