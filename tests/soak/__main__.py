# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line of the soak."""

from __future__ import annotations

import argparse
import gc
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from pathlib import Path

from .walks import WALKS, Broken
from .ways import Mounted, proxied

STEPS = 25  # of a walk, before another account is opened
WARM = 8  # walks after which memory has to be flat
SPARE = 24 * 1024  # KiB of memory that come and go
STATM = Path("/proc/self/statm")


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=1.0, help="how long (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="of all chance (default: %(default)s)")
    args = parser.parse_args(argv)
    try:
        print(soak(args.minutes * 60, args.seed, lambda line: print(line, flush=True)))
    except Broken as error:
        print(error)
        return 1
    return 0


def soak(seconds: float, seed: int, tell: Callable[[str], object]) -> str:
    """Walk for some seconds, and at least once each way; what was done, in one line. Raises Broken."""
    begun = time.monotonic()
    counts: Counter[str] = Counter()
    troubles: Counter[str] = Counter()
    memory: list[int] = []
    each = 0
    while time.monotonic() - begun < seconds or each < 2 * len(WALKS):
        kind, through = WALKS[each % len(WALKS)], each // len(WALKS) % 2
        number = seed * 1000 + each
        with proxied(number) if through else nullcontext(Mounted(number)) as way:
            walk = kind(way)
            for _step in range(STEPS):
                if time.monotonic() - begun > seconds and walk.counts["steps"]:
                    break
                try:
                    walk.step()
                except Broken as error:
                    raise Broken(f"seed {seed}, walk {each} ({kind.__name__}): {error}") from error
            counts.update(walk.counts)
            troubles.update(way.done)
        del walk, way
        memory.append(resident())
        each += 1
        tell(f"{time.monotonic() - begun:6.0f} s  {each} walks, {said(counts)}, {memory[-1] >> 10} MiB")
    if memory[-1] > max(memory[:WARM]) + SPARE:
        raise Broken(
            f"memory grows from {memory[0] >> 10} over {max(memory[:WARM]) >> 10} to {memory[-1] >> 10} MiB"
        )
    return (
        f"converged, nothing doubled, nothing lost, no request left open: {each} walks, {said(counts)}; trouble: "
        f"{sum(troubles.values())} ({said(troubles)}); memory {memory[0] >> 10}, {memory[-1] >> 10} MiB"
    )


def said(counts: Counter[str]) -> str:
    return ", ".join(f"{counts[name]} {name}" for name in sorted(counts))


def resident() -> int:
    """The memory that the process holds, in KiB; where the system does not tell, the most that it ever held."""
    gc.collect()
    if STATM.exists():
        return int(STATM.read_text().split()[1]) * resource.getpagesize() >> 10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    sys.exit(main())
