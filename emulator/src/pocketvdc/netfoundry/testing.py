# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Help for tests that talk to the emulated NetFoundry: a small client without a socket, and credentials."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from werkzeug.test import Client

from ..app import create_app
from ..cloud import Cloud
from ..testing import Reply, Verbs, encoded
from .accounts import READY_MADE, Account, credentials, write_credentials

BASE = "http://emulator.test"
MODEL = {
    "clientIngress": {"host": "echo.netfoundry", "port": 80},
    "serverEgress": {"protocol": "tcp", "host": "eth0.me", "port": 80},
    "bindEndpointAttributes": ["#exits"],
    "edgeRouterAttributes": ["#all"],
}
# What a creation needs besides its name and network.
SOUND: dict[str, dict[str, Any]] = {
    "endpoints": {"attributes": [], "enrollmentMethod": {"ott": True}},
    "edge-routers": {"attributes": [], "linkListener": False, "tunnelerEnabled": False},
    "edge-router-policies": {"endpointAttributes": ["#all"], "edgeRouterAttributes": ["#all"]},
    "services": {"encryptionRequired": True, "modelType": "TunnelerToEndpoint", "model": MODEL},
    "service-policies": {
        "type": "Dial",
        "semantic": "AnyOf",
        "serviceAttributes": ["#a"],
        "endpointAttributes": ["#b"],
        "postureCheckAttributes": [],
    },
    "service-edge-router-policies": {
        "semantic": "AnyOf",
        "serviceAttributes": ["#a"],
        "edgeRouterAttributes": ["#b"],
    },
    "app-wans": {"endpointAttributes": ["#a"], "serviceAttributes": ["#b"]},
    "posture-checks": {"type": "MAC", "macAddresses": ["AA:BB:CC:11:22:33"]},
    "configs": {"configTypeName": "host.v1", "data": {"port": 1}},
    "config-types": {"schema": {"type": "object"}},
}


def credentials_file(url: str, directory: Path, account: Account = READY_MADE[0]) -> Path:
    """Write the API account file for an emulator at ``url``; answers its path, ``credentials.json``."""
    path = directory / "credentials.json"
    write_credentials(path, credentials(url, account))
    return path


class NetFoundryApi(Verbs):
    """A client of all services, logged in.

    :param account: who; None asks without a token.
    """

    def __init__(self, cloud: Cloud, account: Account | None = READY_MADE[0]):
        self.cloud = cloud
        self.client = Client(create_app(cloud, (urlsplit(BASE).hostname or "",)))
        self.headers: dict[str, str] = {}
        if account is not None:
            self.log_in(account.client_id, account.password)

    def log_in(self, client_id: str, password: str) -> None:
        reply = self.token(auth=(client_id, password))
        assert reply.status == 200, reply.text
        self.headers = {"Authorization": f"Bearer {reply.json['access_token']}"}

    def token(self, path: str = "/oauth2/token", **kwargs: Any) -> Reply:
        """A token request; ``data`` or ``json`` replaces the usual form."""
        if "json" not in kwargs:
            kwargs.setdefault("data", {"grant_type": "client_credentials", "scope": ""})
        return self._open("POST", path, **kwargs)

    def _open(self, method: str, path: str, **kwargs: Any) -> Reply:
        local = {"REMOTE_ADDR": "127.0.0.1"}
        answer = self.client.open(path, method=method, base_url=BASE, environ_overrides=local, **kwargs)
        return Reply(answer.status_code, answer.headers, answer.get_data(as_text=True))

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        headers: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> Reply:
        """As above; a path that does not begin with / is of Core v2."""
        path = path if path.startswith("/") else f"/core/v2/{path}"
        sent = {**self.headers, **(headers or {})}
        return self._open(method, path, data=encoded(body), headers=sent, **kwargs)

    def control(self, method: str, path: str, body: Any = None) -> Reply:
        return self.call(method, f"/_emulator/{path}", body, headers={"Content-Type": "application/json"})

    def read(self, path: str) -> Any:
        reply = self.get(path)
        assert reply.status == 200, reply.text
        return reply.json

    def items(self, path: str) -> list[Any]:
        """The items of a list in the usual envelope."""
        found = self.read(path)
        return list(next(iter(found.get("_embedded", {"": []}).values())))

    def every(self, path: str) -> list[Any]:
        """The same of all pages; the path has a query already."""
        pages = self.read(path)["page"]["totalPages"]
        size = self.read(path)["page"]["size"]
        return [item for page in range(pages) for item in self.items(f"{path}&size={size}&page={page}")]

    def limited(self, *roles: str) -> tuple[str, str]:
        """Make an API account that has the roles of these names alone; answers its login."""
        created = self.post("/identity/v1/api-account-identities", {"name": "limited"}).json
        for granted in self.read(f"/auth/v1/identity-roles?identityId={created['id']}"):
            assert self.delete(f"/auth/v1/identity-roles/{granted['id']}").status == 204
        for name in roles:
            [role] = self.read(f"/auth/v1/roles?nameLike={name}")["content"]
            body = {"identityId": created["id"], "roleId": role["id"]}
            assert self.post("/auth/v1/identity-roles", body).status == 201
        return created["clientId"], created["password"]

    @property
    def group(self) -> str:
        """The id of the first network group."""
        return str(self.items("network-groups")[0]["id"])

    def network(self, name: str = "net", **body: Any) -> str:
        """Create a network; answers its id. It is ready when the emulator's time allows."""
        sound = {"name": name, "networkGroupId": self.group, "size": "small"}
        return self.make("networks", **{**sound, **body})

    def make(self, kind: str, **body: Any) -> str:
        """Create something; answers its id."""
        reply = self.post(kind, {**SOUND.get(kind, {}), **body})
        assert reply.status in (200, 201, 202), reply.text
        return reply.id
