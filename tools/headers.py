# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Check that each source file names its owner and its licence.

python -m tools.headers
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEADER = (
    "# Copyright (c) 2026, profitbricks.cloud contributors",
    "# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)",
    "# SPDX-License-Identifier: GPL-3.0-or-later",
)
SKIPPED = {".build", ".git", "__pycache__"}


def sources() -> Iterator[Path]:
    """All Python files of the checkout that hold anything."""
    for folder, folders, files in os.walk(ROOT):
        folders[:] = sorted(name for name in folders if name not in SKIPPED and not name.startswith("."))
        paths = (Path(folder) / name for name in sorted(files) if name.endswith(".py"))
        yield from (path for path in paths if path.stat().st_size)


def headless(path: Path) -> bool:
    """Whether the file begins otherwise; an interpreter line may come first."""
    lines = path.read_text(encoding="utf-8").splitlines()
    start = 1 if lines[0].startswith("#!") else 0
    return tuple(lines[start : start + len(HEADER)]) != HEADER


def main() -> int:
    wrong = [str(path.relative_to(ROOT)) for path in sources() if headless(path)]
    if wrong:
        print("\n".join(["These files do not begin with the three lines of the licence header:", *wrong]))
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
