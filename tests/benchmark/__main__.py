# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line of the benchmark."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from .lab import HERE, lab
from .picture import picture
from .report import Results
from .scale import QUICK, Scale
from .sections import SECTIONS


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmark", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="measure less, in about a minute")
    parser.add_argument(
        "--output", type=Path, default=HERE / "results", metavar="FOLDER", help="where to write"
    )
    parser.add_argument(
        "sections", nargs="*", metavar="SECTION", help=f"any of {', '.join(SECTIONS)}; default: all"
    )
    args = parser.parse_args(argv)
    if unknown := [name for name in args.sections if name not in SECTIONS]:
        parser.error(f"no such section: {', '.join(unknown)}; there are {', '.join(SECTIONS)}")
    results = Results(
        {
            "ansible-core": version("ansible-core"),
            "python": platform.python_version(),
            "cpus": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
            "quick": args.quick,
        }
    )
    with lab() as place:
        for name in args.sections or SECTIONS:
            SECTIONS[name](place, QUICK if args.quick else Scale(), results)
    print(results.table())
    args.output.mkdir(parents=True, exist_ok=True)
    text = json.dumps(results.as_json(), indent=2)
    (args.output / "benchmark.json").write_text(text + "\n", encoding="utf-8")
    (args.output / "benchmark.svg").write_text(picture(results), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
