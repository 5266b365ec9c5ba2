# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The emulated NetFoundry seen by the vendor's client library ``netfoundry`` 5.11, unmodified.

The library knows no base URL but ``https://gateway.{environment}.netfoundry.io``. So the emulator answers
for that host and for the token endpoint's, below the library's two HTTP sessions: above the socket, or over
TLS under the vendor's host names.
"""

from __future__ import annotations

import json
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import trustme
from urllib3.util import connection

from emulator import Cloud, Server, mount
from emulator.faults import Fault
from emulator.netfoundry.testing import credentials_file

# The library leaves the account's file open, and logs by an old name.
pytestmark = [
    pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning"),
    pytest.mark.filterwarnings("ignore:The 'warn' method:DeprecationWarning"),
]

GATEWAY = "https://gateway.production.netfoundry.io"
LOGIN = "https://netfoundry-production-abcdef.auth.us-east-1.amazoncognito.com"


@dataclass(frozen=True)
class Library:
    """The parts of the library that tests use.

    :ivar defaults: default values in which it keeps parameters and headers of one call for the next ones.
    """

    Organization: Any
    NetworkGroup: Any
    Network: Any
    sessions: tuple[Any, Any]
    defaults: tuple[dict[str, Any], ...]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The library, imported with caches of its own: it makes them when it is imported."""
    with pytest.MonkeyPatch.context() as patch:
        home = tmp_path_factory.mktemp("home")
        patch.setenv("HOME", str(home))
        patch.setenv("XDG_CACHE_HOME", str(home / "cache"))
        patch.setenv("XDG_CONFIG_HOME", str(home / "config"))
        (home / "cache" / "netfoundry").mkdir(parents=True)
        from netfoundry import network, network_group, organization, utility

        remembering = (
            network.Network.find_resources,
            utility.find_generic_resources,
            utility.get_generic_resource_by_url,
            utility.create_generic_resource,
        )
        defaults = [value for function in remembering for value in function.__defaults__ or ()]
        yield Library(
            organization.Organization,
            network_group.NetworkGroup,
            network.Network,
            (utility.http, utility.http_cache),
            tuple(value for value in defaults if isinstance(value, dict)),
        )


@pytest.fixture
def cloud(library: Library, monkeypatch: pytest.MonkeyPatch) -> Cloud:
    """An emulator at the vendor's URLs."""
    found = Cloud()
    for session in library.sessions:
        for url in (GATEWAY, LOGIN):
            mount(session, found, url)
    library.sessions[1].cache.clear()
    for defaults in library.defaults:
        defaults.clear()
    for name in ("API_TOKEN", "API_ACCOUNT", "CLIENT_ID", "PASSWORD", "OAUTH_URL"):
        monkeypatch.delenv(f"NETFOUNDRY_{name}", raising=False)
    return found


@pytest.fixture
def organization(library: Library, cloud: Cloud, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    # Undone after the test: the library exports the path it is given.
    monkeypatch.setenv("NETFOUNDRY_API_ACCOUNT", "")
    credentials = credentials_file(LOGIN, tmp_path)
    found = library.Organization(credentials=str(credentials), profile=tmp_path.name)
    yield found
    found.logout()


@pytest.fixture
def group(library: Library, organization: Any) -> Any:
    return library.NetworkGroup(organization)


@pytest.fixture
def network(library: Library, organization: Any, group: Any) -> Any:
    created = group.create_network(name="ACME Net", wait=1, sleep=1)
    return library.Network(library.NetworkGroup(organization), network_id=created["id"])


@pytest.fixture
def on_the_wire(
    library: Library, cloud: Cloud, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """The same emulator over TLS: the library's own adapter, with its retries, finds it under the names."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*(urlsplit(url).netloc for url in (GATEWAY, LOGIN))).configure_cert(context)
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "authority.pem"))
    for session in library.sessions:
        for url in (GATEWAY, LOGIN):
            session.adapters.pop(url)
    connect = connection.create_connection
    with Server(cloud, ssl_context=context) as server:
        address = (server.host, server.port)
        monkeypatch.setattr(
            connection, "create_connection", lambda _name, *args, **kw: connect(address, *args, **kw)
        )
        yield


def names(found: list[dict[str, Any]]) -> list[str]:
    return sorted(item["name"] for item in found)


def test_organization(organization: Any) -> None:
    assert organization.caller["name"] == "demo-client"
    assert organization.caller["type"] == "ApiAccountIdentity"
    assert (organization.label, organization.name) == ("DEMO", "Demo Organization")
    assert organization.environment == "production"
    assert [found["label"] for found in organization.get_organizations()] == ["DEMO"]


def test_identities_and_roles(organization: Any) -> None:
    caller = organization.caller["id"]
    assert organization.get_identity(caller)["name"] == "demo-client"
    assert names(organization.find_identities()) == ["demo-client"]
    assert organization.find_identities(type="user-identities") == []
    roles = organization.find_roles(name="Organization Admin")
    assert names(roles) == ["Organization Admin - Demo Organization"]
    assert organization.get_role(roles[0]["id"])["name"] == roles[0]["name"]


def test_a_token_is_cached_and_says_its_environment(library: Library, organization: Any) -> None:
    cached = json.loads(organization.token_cache_file_path.read_text())
    assert cached["token"] == organization.token
    again = library.Organization(token=organization.token, profile="again")
    assert again.environment == "production"
    assert again.caller["id"] == organization.caller["id"]
    again.logout()


def test_network_group(library: Library, organization: Any, group: Any) -> None:
    assert group.name == "demogroup"
    assert group.describe["shortName"] == "DEMOGROUP"
    assert library.NetworkGroup(organization, group="demogroup").id == group.id
    assert "7.3.43" in [found["networkVersion"] for found in group.find_network_versions()]


def test_create_use_and_delete_a_network(library: Library, organization: Any, group: Any) -> None:
    created = group.create_network(name="ACME Net", wait=1, sleep=1)
    assert created["status"] == "NEW"
    found = library.Network(library.NetworkGroup(organization), network="acme net")
    assert (found.id, found.name, found.status) == (created["id"], "ACME Net", "PROVISIONED")
    assert found.size == "medium"
    assert found.wait_for_status("PROVISIONED", wait=1, sleep=1)
    assert organization.network_exists("ACME NET")
    found.delete_network(wait=10)
    assert not organization.find_networks_by_organization(name="ACME Net")


def test_regions(network: Any) -> None:
    assert len(network.find_regions(providers=["OCI"])) == 2
    assert (
        network.find_regions(provider="AWS", location_code="us-west-2", providers=[])[0]["name"] == "Oregon"
    )


def test_endpoints(network: Any) -> None:
    created = network.create_endpoint("Laptop", attributes=["#work"])
    assert created["jwt"].count(".") == 2
    assert created["typeId"] == "Device"
    assert names(network.endpoints()) == ["Laptop"]
    assert network.endpoint_exists("LAPTOP")
    network.share_endpoint("alice@example.com", created["id"])
    patched = network.patch_resource({**created, "attributes": ["#home"]}, wait=1, sleep=1)
    assert patched["attributes"] == ["#home"]
    network.delete_endpoint(created["id"], wait=10)
    assert network.find_resources("endpoints", name="%", params={}, use_cache=False) == []


def test_edge_routers(network: Any) -> None:
    hosted = network.create_edge_router(
        "Oregon", attributes=["#hosted"], provider="AWS", location_code="us-west-2", wait=1, sleep=1
    )
    customer = network.create_edge_router("Branch", tunneler_enabled=True, wait=1, sleep=1)
    assert network.wait_for_status("PROVISIONED", type="edge-router", id=hosted["id"], wait=2, sleep=1)
    assert names(network.edge_routers(only_hosted=True)) == ["Oregon"]
    assert names(network.edge_routers(only_customer=True)) == ["Branch"]
    assert network.edge_routers(only_hosted=True)[0]["region"] == "us-west-2"
    assert len(network.rotate_edge_router_registration(customer["id"])["registrationKey"]) == 10
    assert names(network.endpoints(typeId="Router")) == ["Branch", "Oregon"]
    network.create_edge_router_policy("all", endpoint_attributes=["#all"], edge_router_attributes=["#hosted"])
    assert "all" in names(network.edge_router_policies())
    network.delete_edge_router(customer["id"], wait=10)


def test_services_and_app_wans(network: Any) -> None:
    network.create_endpoint("exit1", attributes=["#exits"])
    router = network.create_edge_router("Oregon", provider="AWS", location_code="us-west-2", wait=1, sleep=1)
    hosted = network.create_service_simple(
        "Echo", "echo.netfoundry", 80, "eth0.me", 80, attributes=["#welcome"], egress_router_id=router["id"]
    )
    network.create_service_simple("Portal", "portal.example.com", 443, "10.0.0.5", endpoints=["@exit1"])
    network.create_service_advanced(
        "Files", endpoints=["#exits"], client_hosts=["files.example.com"], client_ports=["5900:5999"]
    )
    network.create_service_transparent(
        "Direct",
        client_hosts=["10.0.0.0/24"],
        client_ports=[22],
        transparent_hosts=["10.0.0.0/24"],
        endpoints=["#exits"],
    )
    assert names(network.services()) == ["Direct", "Echo", "Files", "Portal"]
    types = {found["name"]: found["modelType"] for found in network.services()}
    assert types == {
        "Echo": "TunnelerToEdgeRouter",
        "Portal": "TunnelerToEndpoint",
        "Files": "AdvancedTunnelerToEndpoint",
        "Direct": None,
    }
    wan = network.create_app_wan("Welcome", endpoint_attributes=["#work"], service_attributes=["@Echo"])
    assert names(network.app_wans()) == ["Welcome"]
    network.delete_app_wan(wan["id"], wait=10)
    network.delete_service(hosted["id"], wait=10)
    assert "Echo" not in names(network.find_resources("services", name="Echo", params={}, use_cache=False))


def test_put_and_as_create(network: Any) -> None:
    created = network.create_endpoint("Laptop", attributes=["#work"])
    put = network.put_resource({**created, "name": "Notebook", "attributes": []}, wait=4)
    assert (put["name"], put["attributes"]) == ("Notebook", [])
    found = network.find_resources("endpoints", accept="create", params={}, use_cache=False)
    assert found == [
        {"networkId": network.id, "name": "Notebook", "attributes": [], "enrollmentMethod": {"ott": True}}
    ]


@pytest.mark.usefixtures("on_the_wire")
def test_waiting_over_the_wire(library: Library, cloud: Cloud, organization: Any) -> None:
    cloud.settings.provision_seconds = 0.5
    # Whatever the machine's speed, the first two looks come before the execution can be seen.
    for status in (404, 403):
        cloud.faults.add(Fault("status", status=status, path="/executions/"))
    created = library.NetworkGroup(organization).create_network(name="ACME Net", wait=20, sleep=1)
    looks = [call["status"] for call in cloud.journal.calls if "/executions/" in call["path"]]
    assert (looks[:2], looks[-1]) == ([404, 403], 200)
    found = library.Network(library.NetworkGroup(organization), network_id=created["id"])
    assert found.status == "PROVISIONED"
    assert found.create_endpoint("Laptop", wait=20, sleep=1)["jwt"].count(".") == 2
    found.delete_network(wait=20)
    assert found.get_resource_status("network")["status"] == "DELETED"
