# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers that are not what the services are documented to tell: an error in one line, or all hosts, never some of them."""

from __future__ import annotations

import copy
import json
import random
import sys
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
import yaml

from integration.inventory_fixtures import TOKEN, Inventory, datacenter, server
from pocketvdc import Cloud, Server
from pocketvdc.netfoundry.testing import NetFoundryApi

JUNK: list[Any] = [
    None,
    "",
    "junk",
    "{{ x }}",
    0,
    -1,
    3.5,
    True,
    [],
    {},
    [[]],
    [None],
    [3],
    {"x": 1},
]
TRIALS = 250
# Keys whose value may be the reason that something is no host, or not of this account, or not there at all; so may be
# the whole of an answer.
DECISIVE = {"id", "typeId", "networkId", "items"}
Answers = dict[str, Any]


def places(value: Any, above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of everything in an answer, beginning with the answer itself."""
    yield above
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inner:
        yield from places(each, (*above, key))


def spoilt(answers: Answers, seed: int) -> tuple[Answers, str, tuple[Any, ...], Any]:
    """The answers with junk somewhere in one of them, and where: the answer, the path in it, the junk."""
    chance = random.Random(seed)
    changed = copy.deepcopy(answers)
    name = chance.choice(sorted(changed))
    path = chance.choice(list(places(changed[name])))
    junk = chance.choice(JUNK)
    if not path:
        return {**changed, name: junk}, name, path, junk
    holder = changed[name]
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = junk
    return changed, name, path, junk


class Replaying(BaseHTTPRequestHandler):
    """Answers what ``stories`` hold for the first part of a path, by the last part of it."""

    stories: Mapping[str, Answers]

    def do_GET(self) -> None:
        parts = urlsplit(self.path).path.strip("/").split("/")
        story = self.stories[parts[0]]
        body = json.dumps(story.get(parts[-1])).encode()
        self.send_response(200 if parts[-1] in story else 404)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Quiet."""


def told(url: str, *paths: str, **headers: str) -> Answers:
    """What the emulator tells on those paths, by the last part of each."""
    found = {}
    for path in paths:
        answer = requests.get(
            f"{url}/{path}", headers={"Authorization": f"Bearer {TOKEN}", **headers}, timeout=20
        )
        answer.raise_for_status()
        found[urlsplit(path).path.rsplit("/", 1)[-1]] = answer.json()
    return found


def servers() -> Answers:
    with Server(Cloud()) as running:
        shop = datacenter(running.url, "shop", "de/fra", [server("web", 1, 2, disks=2), server("db", 2)])
        return told(
            f"{running.url}/cloudapi/v6",
            "datacenters?depth=1",
            f"datacenters/{shop}?depth=4",
            "labels?depth=1",
        )


def endpoints() -> Answers:
    with Server(Cloud()) as running:
        api = NetFoundryApi(running.cloud)
        net = api.network("net")
        api.make("endpoints", networkId=net, name="laptop", attributes=["#people"])
        api.make("edge-routers", networkId=net, name="router", attributes=["#hosted"])
        lists = ("networks", "endpoints", "edge-routers")
        return {name: api.call("GET", name).json for name in lists}


def parse(
    folder: Path, plugin: str, stories: Mapping[str, Answers], **options: Any
) -> dict[str, dict[str, Any]]:
    """What becomes of each story: its hosts, or the error."""
    handler = type("Handler", (Replaying,), {"stories": stories})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as service:
        Thread(target=service.serve_forever, daemon=True).start()
        for name in stories:
            config = {
                "plugin": f"profitbricks.cloud.{plugin}",
                "api_url": f"http://127.0.0.1:{service.server_address[1]}/{name}{options.get('path', '')}",
                "api_retries": 0,
                **options.get("config", {}),
            }
            (folder / f"{name}.{plugin}.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
        script = str(Path(__file__).with_name("inventory_trials.py"))
        files = [f"{name}.{plugin}.yml" for name in stories]
        done = Inventory(Cloud(), "", folder).execute([sys.executable, script, *files])
        service.shutdown()
    assert done.returncode == 0, done.stderr
    return {file.split(".")[0]: found for file, found in json.loads(done.stdout).items()}


@pytest.mark.parametrize(
    ("plugin", "path", "config"),
    [
        ("profitbricks", "/cloudapi/v6", {"token": "x", "labels": True}),
        ("netfoundry", "", {"token": "x"}),
    ],
)
def test_an_answer_that_is_none_is_an_error_or_all_hosts_are_there(
    tmp_path: Path, plugin: str, path: str, config: dict[str, Any]
) -> None:
    answers = servers() if plugin == "profitbricks" else endpoints()
    tried = {str(seed): spoilt(answers, seed) for seed in range(TRIALS)}
    stories = {"sound": answers, **{seed: story[0] for seed, story in tried.items()}}
    found = parse(tmp_path, plugin, stories, path=path, config=config)
    whole = found.pop("sound")
    assert len(whole["hosts"]) == 2, whole
    for seed, result in found.items():
        _story, answer, place, junk = tried[seed]
        shown = f"{seed}: {junk!r} at {answer} {place}: {result}"
        if result["error"]:
            assert not result["hosts"], shown
            assert not any(word in result["error"] for word in ("bare ", "Unexpected", "Traceback", "\n")), (
                shown
            )
            assert f"{seed}.{plugin}.yml: " in result["error"], shown
        elif place and "_embedded" not in place[-3:] and not DECISIVE & set(place[-2:]):
            assert len(result["hosts"]) == 2, shown
