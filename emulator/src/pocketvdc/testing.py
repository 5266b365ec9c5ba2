# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Help for tests that talk to the emulator: a clock to move by hand and a small client without a socket."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import Headers
from werkzeug.test import Client

from .app import create_app
from .cloud import Cloud


class Clock:
    """Seconds since the epoch that only pass when told to."""

    def __init__(self, start: float = 1_700_000_000.0):
        self.seconds = start

    def __call__(self) -> float:
        return self.seconds

    def advance(self, seconds: float) -> None:
        self.seconds += seconds


@dataclass(frozen=True)
class Reply:
    """An answer: ``json`` is None when the body is empty."""

    status: int
    headers: Headers
    text: str

    @property
    def json(self) -> Any:
        return json.loads(self.text) if self.text else None

    @property
    def request(self) -> str:
        """Path of the status of the request that a write started, below the version."""
        return self.headers["Location"].split("/cloudapi/v", 1)[1][1:]

    @property
    def id(self) -> str:
        return str(self.json["id"])

    @property
    def codes(self) -> list[str]:
        return [message["errorCode"] for message in self.json["messages"]]

    @property
    def message(self) -> str:
        """The text of the first error."""
        return str(self.json["messages"][0]["message"])


def ident(path: str) -> str:
    """The id at the end of a path."""
    return path.rsplit("/", 1)[1]


def encoded(body: Any) -> bytes | None:
    """What is sent of a body: JSON, or bytes as they are."""
    return body if isinstance(body, (bytes, type(None))) else json.dumps(body).encode()


class Verbs(ABC):
    """A client by the methods of HTTP."""

    @abstractmethod
    def call(self, method: str, path: str, body: Any = None, **kwargs: Any) -> Reply:
        """``body`` is sent as JSON, bytes as they are; ``headers`` add to the usual ones."""

    def get(self, path: str, **kwargs: Any) -> Reply:
        return self.call("GET", path, **kwargs)

    def post(self, path: str, body: Any = None, **kwargs: Any) -> Reply:
        return self.call("POST", path, body, **kwargs)

    def put(self, path: str, body: Any, **kwargs: Any) -> Reply:
        return self.call("PUT", path, body, **kwargs)

    def patch(self, path: str, body: Any, **kwargs: Any) -> Reply:
        return self.call("PATCH", path, body, **kwargs)

    def delete(self, path: str, **kwargs: Any) -> Reply:
        return self.call("DELETE", path, **kwargs)


class Api(Verbs):
    """A client of one API version.

    :param login: bearer token, or ``user:password``.
    """

    def __init__(self, cloud: Cloud, version: int = 6, login: str = "demo-token"):
        self.cloud = cloud
        self.base = f"/cloudapi/v{version}"
        self.client = Client(create_app(cloud))
        self.auth: Any = tuple(login.split(":", 1)) if ":" in login else None
        self.headers = {} if self.auth else {"Authorization": f"Bearer {login}"}

    def call(self, method: str, path: str, body: Any = None, **kwargs: Any) -> Reply:
        data = encoded(body)
        headers = {**self.headers, **kwargs.pop("headers", {})}
        if data and path.startswith("/_emulator"):
            headers.setdefault("Content-Type", "application/json")
        url = path if path.startswith(("/_emulator", "/auth")) else self.base + path
        answer = self.client.open(
            url,
            method=method,
            data=data,
            headers=headers,
            auth=self.auth,
            environ_overrides={"REMOTE_ADDR": "127.0.0.1"},
            **kwargs,
        )
        return Reply(answer.status_code, answer.headers, answer.get_data(as_text=True))

    def make(self, path: str, **properties: Any) -> str:
        """Create a resource; answers its path."""
        reply = self.post(path, {"properties": properties})
        assert reply.status in (201, 202), reply.text
        return f"{path}/{reply.id}"

    def properties(self, path: str) -> Any:
        reply = self.get(path)
        assert reply.status == 200, reply.text
        return reply.json["properties"]

    def outcome(self, reply: Reply) -> Any:
        """Status metadata of the request that a write started."""
        return self.get(reply.request).json["metadata"]

    def datacenter(self, name: str = "dc", location: str = "de/fra") -> str:
        return self.make("/datacenters", name=name, location=location)

    def server(self, datacenter: str, **properties: Any) -> str:
        return self.make(f"{datacenter}/servers", **{"name": "web", "cores": 2, "ram": 2048, **properties})

    def volume(self, datacenter: str, **properties: Any) -> str:
        return self.make(
            f"{datacenter}/volumes", **{"name": "data", "size": 10, "licenceType": "OTHER", **properties}
        )
