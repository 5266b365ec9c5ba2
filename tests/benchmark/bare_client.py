# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The least a client must do to know all servers: download the trees of all data centers, and parse them."""

from __future__ import annotations

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import requests


def main(url: str, token: str) -> None:
    session = requests.Session()
    session.headers["Authorization"] = f"Bearer {token}"

    def read(path: str, depth: int) -> dict[str, Any]:
        answer = session.get(f"{url}/{path}?depth={depth}&pretty=false", timeout=300)
        answer.raise_for_status()
        return dict(json.loads(answer.content))

    listed = read("datacenters", 1)["items"]
    with ThreadPoolExecutor(max_workers=8) as pool:
        trees = list(pool.map(lambda each: read(f"datacenters/{each['id']}", 4), listed))
    print(len(trees))


if __name__ == "__main__":
    main(*sys.argv[1:])
