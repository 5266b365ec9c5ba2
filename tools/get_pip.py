# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Put pip into an environment out of the standard library; the bootstrap of ansible-test itself is a download.

ansible-test runs a bootstrap script in each environment it makes, with the options of `pip install` and two
switches of its own. Its default is a download from a host that builds often cannot reach; a script in its
cache takes precedence, and tools/sanity.py puts this one there.
"""

from __future__ import annotations

import subprocess
import sys

# Known to the script that this one stands in for; ensurepip needs no telling.
FOREIGN_SWITCHES = {"--no-setuptools", "--no-wheel"}


def main() -> None:
    arguments = [argument for argument in sys.argv[1:] if argument not in FOREIGN_SWITCHES]
    # Processes of their own: ensurepip turns pip's settings off in the one it runs in.
    subprocess.run([sys.executable, "-m", "ensurepip"], check=True, stdout=subprocess.DEVNULL)
    subprocess.run([sys.executable, "-m", "pip", "install", *arguments], check=True)


if __name__ == "__main__":
    main()
