# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hold the artifact to what Galaxy checks; galaxy-importer itself is content with warnings.

python -m tools.importer
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from tools.collection import artifact

SUCCESS = "Importer processing completed successfully"
COMPLAINT = re.compile(r"^(WARNING|ERROR|CRITICAL)\b", re.MULTILINE)


def main() -> int:
    package = artifact()
    # The importer writes its result into the working directory.
    with tempfile.TemporaryDirectory() as folder:
        # What is optional for an upload is not for us; ansible-test has a target of its own.
        environment = {
            **os.environ,
            "GALAXY_IMPORTER_CONFIG": os.devnull,
            "GALAXY_IMPORTER_CHECK_REQUIRED_TAGS": "true",
            "GALAXY_IMPORTER_REQUIRE_V1_OR_GREATER": "true",
            "GALAXY_IMPORTER_RUN_ANSIBLE_TEST": "false",
            "GALAXY_IMPORTER_ANSIBLE_LOCAL_TMP": str(Path(folder) / "ansible"),
        }
        done = subprocess.run(
            [sys.executable, "-m", "galaxy_importer.main", str(package)],
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
    print(done.stdout, end="")
    if done.returncode or SUCCESS not in done.stdout:
        print("The artifact cannot be imported.")
        return 1
    if complaints := COMPLAINT.findall(done.stdout):
        print(f"Galaxy would complain {len(complaints)} times about the artifact.")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
