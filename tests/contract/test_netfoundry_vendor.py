# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The emulated NetFoundry seen by the vendor's client library ``netfoundry`` 5.11, unmodified.

The library knows no base URL but ``https://gateway.{environment}.netfoundry.io``. So the emulator answers
for that host and for the token endpoint's, below the library's two HTTP sessions: above the socket, or over
TLS under the vendor's host names.

First the library's ways as a whole; then every method of its classes, over several pages, as an account of
the organization and as one that may administer a single network.
"""

from __future__ import annotations

import json
import os
import re
import ssl
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
import trustme
from urllib3.util import connection

from pocketvdc import Cloud, Server, mount
from pocketvdc.faults import Fault
from pocketvdc.netfoundry.accounts import READY_MADE
from pocketvdc.netfoundry.testing import SOUND, NetFoundryApi, credentials_file

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
    Networks: Any
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
            network.Networks,
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


# Every method, over several pages, by an account that may do everything and by one of a single network


@dataclass(frozen=True)
class World:
    """A network with three of everything, seen by one account.

    :ivar limited: whether the account may administer this network and nothing else.
    :ivar api: a client that may do everything, to prepare and to look.
    """

    library: Library
    organization: Any
    limited: bool
    api: NetFoundryApi
    network_id: str

    @property
    def group(self) -> Any:
        self.forget()
        return self.library.NetworkGroup(self.organization)

    @property
    def network(self) -> Any:
        """The network, without what earlier calls have left in the library's defaults and cache."""
        return self.library.Network(self.group, network_id=self.network_id)

    def forget(self) -> None:
        self.library.sessions[1].cache.clear()
        for defaults in self.library.defaults:
            defaults.clear()

    def find(self, kind: str, name: str) -> dict[str, Any]:
        """What the service has of a kind and name; the order and pages of the list do not matter."""
        [found] = self.api.items(f"{kind}?networkId={self.network_id}&name={quote(name)}&size=2")
        found["_links"]["self"]["href"] = f"{GATEWAY}/core/v2/{kind}/{found['id']}"
        return dict(found)

    def there(self, kind: str, name: str) -> bool:
        return bool(self.api.items(f"{kind}?networkId={self.network_id}&name={quote(name)}&size=2"))

    def refused(self, call: Callable[[], Any], *, when: bool = True) -> bool:
        """Whether the account may not do something, which the service then says by 403."""
        if not (self.limited and when):
            return False
        self.api.cloud.journal.clear()
        with pytest.raises(Exception, match=r"403|FORBIDDEN"):
            call()
        assert [each["status"] for each in self.api.cloud.journal.calls][-1] == 403
        return True


THREE = ("one", "two", "three")


def furnish(api: NetFoundryApi, network: str) -> None:
    """Three of each kind, so that two make more than a page."""
    place = {"provider": "AWS", "locationCode": "us-west-2", "linkListener": True}
    for name in THREE:
        api.make("endpoints", name=name, networkId=network, attributes=["#work"])
        hosting = place if name != "three" else {}
        api.make("edge-routers", name=f"{name}-router", networkId=network, **hosting)
        for kind in ("services", "edge-router-policies", "app-wans", "posture-checks", "service-policies"):
            api.make(kind, name=name, networkId=network)
        api.make("service-edge-router-policies", name=name, networkId=network)


@pytest.fixture(params=["organization", "network"])
def world(
    request: pytest.FixtureRequest,
    library: Library,
    cloud: Cloud,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[World]:
    api = NetFoundryApi(cloud)
    network = api.network("ACME Net")
    other = api.network("Other Net")
    api.make("endpoints", name="stranger", networkId=other)
    furnish(api, network)
    limited = request.param == "network"
    account = READY_MADE[0]
    if limited:
        login = api.limited("Network Admin - ACME Net")
        account = replace(account, client_id=login[0], password=login[1])
    monkeypatch.setenv("NETFOUNDRY_API_ACCOUNT", "")
    credentials = credentials_file(LOGIN, tmp_path, account)
    cloud.settings.page_limit = 2
    organization = library.Organization(credentials=str(credentials), profile=tmp_path.name)
    yield World(library, organization, limited, api, network)
    organization.logout()


Check = Callable[[World], None]
METHODS: dict[str, Check] = {}


def calls(*methods: str) -> Callable[[Check], Check]:
    """Names the methods that a check calls."""

    def register(check: Check) -> Check:
        METHODS.update(dict.fromkeys(methods, check))
        return check

    return register


@calls("Organization.logout")
def _logout(world: World) -> None:
    assert world.organization.token_cache_file_path.exists()
    assert world.organization.logout() is True
    assert not world.organization.token_cache_file_path.exists()


@calls("Organization.get_caller_identity", "Organization.get_identity")
def _caller(world: World) -> None:
    caller = world.organization.get_caller_identity()
    assert caller["type"] == "ApiAccountIdentity"
    assert world.organization.get_identity(caller["id"]) == caller


@calls("Organization.find_identities", "Organization.get_identities")
def _identities(world: World) -> None:
    for number in range(3):
        body = {"name": f"user{number}", "email": f"user{number}@example.com"}
        world.api.post("/identity/v1/user-identities", body)
    users = world.organization.find_identities(type="user-identities")
    assert names(users) == ["user0", "user1", "user2"]
    assert "demo-client" in names(world.organization.get_identities(type="api-account-identities"))
    assert len(world.organization.find_identities()) == 4 + world.limited


@calls("Organization.find_roles", "Organization.get_role")
def _roles(world: World) -> None:
    """The library reads one page of roles only, and so asks for a large one (contract section 3.4)."""
    assert len(world.organization.find_roles(name="Net")) == 2
    world.api.cloud.settings.page_limit = None
    world.forget()
    roles = world.organization.find_roles(name="Net")
    assert len(roles) == 6
    assert "Network Read-only - Other Net" in names(roles)
    assert world.organization.get_role(roles[0]["id"]) == roles[0]
    caller = world.organization.caller["id"]
    assert world.organization.find_roles(identityId=caller) == [], "an API account's roles are not told"


@calls("Organization.find_organizations", "Organization.get_organizations", "Organization.get_organization")
def _organizations(world: World) -> None:
    [found] = world.organization.find_organizations()
    assert world.organization.get_organizations(name="Demo Organization") == [found]
    assert world.organization.get_organization(found["id"])["label"] == "DEMO"


@calls(
    "Organization.get_network_group",
    "Organization.find_network_groups_by_organization",
    "Organization.get_network_groups_by_organization",
    "Organization.network_groups",
)
def _network_groups(world: World) -> None:
    for number in range(3):
        world.api.post("network-groups", {"name": f"g{number}", "shortName": f"G{number}"})
    first = world.organization.get_network_group(world.api.group)
    assert first["shortName"] == "DEMOGROUP"
    world.forget()
    shown = 1 if world.limited else 4
    for find in (
        world.organization.find_network_groups_by_organization,
        world.organization.get_network_groups_by_organization,
        # An attribute of the same name hides it.
        partial(world.library.Organization.network_groups, world.organization),
    ):
        assert len(find()) == shown


@calls("Organization.get_network")
def _get_network(world: World) -> None:
    whole = world.organization.get_network(world.network_id, embed="all")["_embedded"]
    assert len(whole["endpointList"]) == 6
    some = world.organization.get_network(world.network_id, embed=["services", "app-wans"])["_embedded"]
    assert set(some) == {"serviceList", "appWanList"}
    world.forget()
    document = world.organization.get_network(world.network_id, embed="all", accept="create")
    assert names(document["appWans"]) == sorted(THREE)
    world.forget()
    other = world.api.items("networks?findByName=Other%20Net")[0]["id"]
    if not world.refused(lambda: world.organization.get_network(other)):
        assert world.organization.get_network(other)["name"] == "Other Net"


@calls(
    "Organization.find_networks_by_organization",
    "Organization.get_networks_by_organization",
    "Organization.network_exists",
    "Organization.count_networks_with_name",
    "Organization.find_networks_by_group",
    "Organization.get_networks_by_group",
)
def _networks_of_an_organization(world: World) -> None:
    world.api.network("Third Net")
    gone = world.api.network("Gone Net")
    world.api.delete(f"networks/{gone}")
    organization, group = world.organization, world.api.group
    shown = ["ACME Net"] if world.limited else ["ACME Net", "Other Net", "Third Net"]
    world.forget()
    for found in (
        organization.find_networks_by_organization(),
        organization.get_networks_by_organization(),
        organization.find_networks_by_group(group),
        organization.get_networks_by_group(network_group_id=group),
    ):
        assert names(found) == shown
    assert organization.network_exists("acme net")
    assert not organization.network_exists("Gone Net")
    assert organization.count_networks_with_name("acme net") == 1
    seen = not world.limited
    assert organization.network_exists("Gone Net", deleted=True) is seen
    assert names(organization.find_networks_by_group(group, deleted=True)) == ["Gone Net"] * seen


@calls(
    "NetworkGroup.map_region_name_by_provider_and_location_code",
    "NetworkGroup.nc_data_centers_by_location",
    "Networks.find_regions",
)
def _region_map(world: World) -> None:
    for found in (
        world.group.map_region_name_by_provider_and_location_code(),
        world.group.nc_data_centers_by_location(),
    ):
        assert (found["eu-amsterdam-1"], found["us-west-2"], len(found)) == ("OCI", "AWS", 22)
    assert len(world.network.Networks.find_regions(providers=["OCI"])) == 2


@calls("NetworkGroup.network_id_by_normal_name", "NetworkGroup.network_exists")
def _networks_of_a_group(world: World) -> None:
    assert world.group.network_id_by_normal_name("acme NET") == world.network_id
    assert world.group.network_exists("acme NET")
    assert world.group.network_exists("Other Net") is not world.limited


@calls(
    "NetworkGroup.find_regions", "NetworkGroup.nc_data_centers", "NetworkGroup.get_controller_data_centers"
)
def _regions_of_a_group(world: World) -> None:
    """A defect of the library: it calls a method of instances on a class (contract section 9.2)."""
    group = world.group
    for find in (group.find_regions, group.nc_data_centers, group.get_controller_data_centers):
        with pytest.raises(TypeError):
            find(providers=["OCI"])


@calls("NetworkGroup.get_product_metadata")
def _product_metadata(world: World) -> None:
    """A defect of the library: the type is missing from its table (contract section 9.2)."""
    with pytest.raises(Exception, match=r"download-urls"):
        world.group.get_product_metadata()


@calls("NetworkGroup.find_network_versions", "NetworkGroup.list_product_versions")
def _versions(world: World) -> None:
    found = world.group.find_network_versions()
    assert [each["networkVersion"] for each in found] == ["7.3.31", "7.3.43", "7.3.60"]
    assert world.group.list_product_versions() == found
    assert len(world.group.find_network_versions(is_active=False)) == 2


@calls("NetworkGroup.find_latest_network_version", "NetworkGroup.find_latest_product_version")
def _latest_version(world: World) -> None:
    pytest.importorskip("distutils", reason="the library compares versions with it")
    assert world.group.find_latest_network_version() == "7.3.60"
    assert world.group.find_latest_product_version(["7.3.9", "7.3.31"]) == "7.3.31"


@calls("NetworkGroup.create_network", "NetworkGroup.delete_network")
def _network_of_a_group(world: World) -> None:
    if world.refused(lambda: world.group.create_network("New Net", wait=1, sleep=1)):
        assert world.refused(lambda: world.group.delete_network(network_id=world.network_id))
        return
    for number, more in enumerate(
        ({}, {"networkGroupId": world.api.group, "locationCode": "us-ashburn-1"}, {"version": "default"})
    ):
        name = f"New Net {number}"
        created = world.group.create_network(name, wait=1, sleep=1, **more)
        assert (created["status"], created["name"]) == ("NEW", name)
        assert world.group.delete_network(network_name=name)["status"] == "DELETING"
    with pytest.raises(RuntimeError, match="invalid version"):  # a defect of the library (section 9.2)
        world.group.create_network("New Net", version="7.3.43")


def plain(found: list[dict[str, Any]]) -> list[str]:
    """The names that are not the service's own."""
    return [name for name in names(found) if not name.endswith("-system")]


KINDS = {
    "endpoints": ("endpoints", "endpoint_exists", "three"),
    "services": ("services", "service_exists", "three"),
    "edge-routers": ("edge_routers", "edge_router_exists", "three-router"),
    "edge-router-policies": ("edge_router_policies", "edge_router_policy_exists", "three"),
    "app-wans": ("app_wans", "app_wan_exists", "three"),
    "posture-checks": ("posture_checks", "posture_check_exists", "three"),
}


@calls(*(f"Network.{method}" for kind in KINDS.values() for method in kind[:2]))
def _lists(world: World) -> None:
    for kind, (find, exists, one) in KINDS.items():
        made = world.api.every(f"{kind}?networkId={world.network_id}")
        assert len(made) >= 3
        assert names(getattr(world.network, find)()) == names(made)
        assert names(getattr(world.network, find)(name=one.upper())) == [one]
        assert getattr(world.network, exists)(one.upper())
        assert not getattr(world.network, exists)("stranger")
    assert names(world.network.endpoints(typeId="Device")) == sorted(THREE)
    assert names(world.network.edge_routers(only_hosted=True)) == ["one-router", "two-router"]
    assert names(world.network.edge_routers(only_customer=True)) == ["three-router"]
    with pytest.raises(RuntimeError, match="only one of"):
        world.network.edge_routers(only_hosted=True, only_customer=True)


@calls("Network.delete_network")
def _delete_network(world: World) -> None:
    if not world.refused(lambda: world.network.delete_network(wait=10)):
        world.network.delete_network(wait=10)
        assert world.api.read(f"networks/{world.network_id}")["status"] == "DELETED"


DELETED = {
    "app-wans": "delete_app_wan",
    "edge-routers": "delete_edge_router",
    "endpoints": "delete_endpoint",
    "posture-checks": "delete_posture_check",
    "service-edge-router-policies": "delete_service_edge_router_policy",
    "service-policies": "delete_service_policy",
    "services": "delete_service",
}


@calls(*(f"Network.{method}" for method in DELETED.values()))
def _delete(world: World) -> None:
    for kind, method in DELETED.items():
        name = "three-router" if kind == "edge-routers" else "three"
        getattr(world.network, method)(world.find(kind, name)["id"], wait=10)
        assert not world.there(kind, name), kind


@calls("Network.delete_edge_router_policy")
def _delete_edge_router_policy(world: World) -> None:
    """A defect of the library: it looks for an endpoint of this id (contract section 9.2)."""
    ident = world.find("edge-router-policies", "three")["id"]
    with pytest.raises(RuntimeError, match="NOT_FOUND"):
        world.network.delete_edge_router_policy(ident, wait=10)
    assert world.there("edge-router-policies", "three")


@calls("Network.delete_resource")
def _delete_resource(world: World) -> None:
    ident = world.find("edge-router-policies", "three")["id"]
    assert world.network.delete_resource("edge-router-policy", ident, wait=10) is True
    assert world.network.delete_resource("config-type", world.find("config-types", "host.v1")["id"]) is True
    assert not world.there("edge-router-policies", "three")


@calls("Network.validate_port_ranges")
def _port_ranges(world: World) -> None:
    found = world.network.validate_port_ranges([80, "8000:8002", "8443-8444"])
    assert found == [{"low": 80, "high": 80}, {"low": 8000, "high": 8002}, {"low": 8443, "high": 8444}]


@calls("Network.validate_entity_roles")
def _mentions(world: World) -> None:
    """9 of the contract's corrections, [client]: UUIDs and names become mentions, or are refused."""
    for kind, name in (("endpoints", "two"), ("services", "two"), ("edge-routers", "two-router")):
        ident = world.find(kind, name)["id"]
        found = world.network.validate_entity_roles(["#tag", ident, name, f"@{name.upper()}"], type=kind)
        assert found == ["#tag", f"@{name}", f"@{name}", f"@{name}"]
        for unknown in ("nothing", "@nothing"):
            with pytest.raises(RuntimeError, match="failed to find exactly one .* named 'nothing'"):
                world.network.validate_entity_roles([unknown], type=kind)


@calls(
    "Network.find_regions", "Network.get_edge_router_data_centers", "Network.find_edge_router_data_centers"
)
def _regions(world: World) -> None:
    assert len(world.network.find_regions(providers=["AZURE", "OCI"])) == 4
    assert len(world.network.get_edge_router_data_centers(providers=["AWS"])) == 20
    [one] = world.network.find_edge_router_data_centers(
        providers=[], provider="AWS", location_code="us-west-2"
    )
    assert one["name"] == "Oregon"


@calls("Network.share_endpoint")
def _share(world: World) -> None:
    endpoint = world.find("endpoints", "two")
    world.network.share_endpoint("alice@example.com", endpoint["id"])
    [mail] = world.api.control("GET", "netfoundry/mails").json["items"]
    assert (mail["to"], mail["jwt"]) == (["alice@example.com"], endpoint["jwt"])
    assert mail["subject"] == "Your enrollment token for ACME Net"


@calls("Network.get_resource_by_id", "Network.get_resource")
def _get_resource(world: World) -> None:
    ident = world.find("endpoints", "two")["id"]
    assert world.network.get_resource_by_id("endpoints", ident)["name"] == "two"
    form = world.network.get_resource("endpoint", ident, accept="create", use_cache=False)
    assert (form["name"], "id" in form) == ("two", False)
    stranger = world.api.every("endpoints?name=stranger")[0]["id"]
    world.forget()
    if not world.refused(lambda: world.network.get_resource("endpoint", stranger)):
        with pytest.raises(Exception, match="resource ID is from another network"):
            world.network.get_resource("endpoint", stranger)


@calls("Network.find_resources", "Network.get_resources", "Network.resource_exists_in_network")
def _find_resources(world: World) -> None:
    world.api.delete(f"endpoints/{world.find('endpoints', 'three')['id']}")
    assert names(world.network.find_resources("endpoints", typeId="Device")) == ["one", "two"]
    for kind in (
        "configs", "config-types", "terminators", "hosts", "network-controllers", "executions", "services",
        "process-executions", "service-policies", "service-edge-router-policies", "certificate-authorities",
    ):  # fmt: skip
        made = world.api.every(f"{kind}?networkId={world.network_id}")
        assert len(world.network.get_resources(kind)) == len(made), kind
    assert names(world.network.find_resources("endpoints", deleted=True)) == ["three"]
    assert world.network.resource_exists_in_network("ONE", "endpoints")
    assert not world.network.resource_exists_in_network("three", "endpoints")
    seen = ["ACME Net"] if world.limited else ["ACME Net", "Other Net"]
    assert names(world.network.find_resources("networks")) == seen


@calls("Network.patch_resource")
def _patch(world: World) -> None:
    before = world.find("endpoints", "two")
    patched = world.network.patch_resource({**before, "attributes": ["#home"]}, wait=2, sleep=1)
    assert patched["attributes"] == ["#home"]
    again = world.network.patch_resource({"attributes": ["#home"]}, type="endpoint", id=before["id"])
    assert again["updatedAt"] == world.find("endpoints", "two")["updatedAt"], "nothing was sent"
    service = world.find("services", "two")
    model = {**service["model"], "edgeRouterAttributes": ["#hosted"]}
    world.network.patch_resource({"model": model}, type="service", id=service["id"], wait=2, sleep=1)
    assert world.find("services", "two")["model"] == model


@calls("Network.put_resource")
def _put(world: World) -> None:
    for kind in ("endpoints", "services", "app-wans", "posture-checks", "edge-router-policies"):
        before = world.find(kind, "two")
        world.network.put_resource({**before, "name": "renamed"}, wait=4)
        assert world.there(kind, "renamed")
        world.network.put_resource({**before, "_links": {}}, type=kind, id=before["id"])
        assert world.find(kind, "two")["id"] == before["id"]


@calls("Network.create_resource")
def _create_resource(world: World) -> None:
    certificate = trustme.CA().cert_pem.bytes().decode()
    bodies = {
        "certificate-authorities": {"certPem": certificate, "autoCaEnrollmentEnabled": True},
        **{kind: body for kind, body in SOUND.items() if kind != "edge-routers"},
    }
    for kind, body in bodies.items():
        made = world.network.create_resource(kind, {"name": "new", **body}, wait=2, sleep=1)
        assert (made["name"], made["networkId"]) == ("new", world.network_id)
        assert world.there(kind, "new"), kind


@calls("Network.create_endpoint", "Network.create_edge_router")
def _create(world: World) -> None:
    endpoint = world.network.create_endpoint("new", attributes=["#a"], session_identity="x", wait=2, sleep=1)
    assert (endpoint["sessionIdentityId"], endpoint["jwt"].count(".")) == ("x", 2)
    hosted = {"provider": "OCI", "location_code": "us-ashburn-1"}
    made = world.network.create_edge_router("new", link_listener=False, **hosted, wait=2, sleep=1)
    assert (made["region"], made["linkListener"]) == ("us-ashburn-1", True), "the library's habit"
    with pytest.raises(RuntimeError, match="need both"):
        world.network.create_edge_router("other", provider="AWS")


@calls(
    "Network.create_edge_router_policy",
    "Network.create_service_policy",
    "Network.create_service_edge_router_policy",
    "Network.create_app_wan",
)
def _create_policies(world: World) -> None:
    world.network.create_edge_router_policy("new", ["#all"], ["@one-router"])
    assert world.find("edge-router-policies", "new")["edgeRouterAttributes"] == ["@one-router"]
    world.network.create_app_wan("new", ["@one"], ["#s"], ["@two"])
    assert world.find("app-wans", "new")["postureCheckAttributes"] == ["@two"]
    network, router = world.network, world.find("edge-routers", "two-router")["id"]
    network.create_service_policy("dial", ["two"], ["@one", "#x"], "Dial", "AllOf", posture_checks=["three"])
    found = world.find("service-policies", "dial")
    assert (found["type"], found["semantic"], found["serviceAttributes"]) == ("Dial", "AllOf", ["@two"])
    assert found["postureCheckAttributes"] == ["@three"]
    network.create_service_edge_router_policy("new", ["#s"], [router])
    assert world.find("service-edge-router-policies", "new")["edgeRouterAttributes"] == ["@two-router"]
    assert network.create_service_edge_router_policy("dry", ["#s"], ["#r"], dry_run=True)["name"] == "dry"
    assert not world.there("service-edge-router-policies", "dry")


@calls(
    "Network.create_service_simple",
    "Network.create_service",
    "Network.create_service_advanced",
    "Network.create_endpoint_service",
)
def _create_services(world: World) -> None:
    router, endpoint = world.find("edge-routers", "one-router")["id"], world.find("endpoints", "one")["id"]
    network = world.network
    network.create_service_simple("by-router", "a.example", 80, "b.example", egress_router_id=router)
    network.create_service_simple("by-name", "c.example", 80, "d.example", egress_router_id="two-router")
    network.create_service("by-endpoint", "e.example", 80, "f.example", 81, endpoints=[endpoint, "#x"])
    network.create_service("by-sdk", "g.example", 80, endpoints=["@two"], edge_router_attributes=["#r"])
    network.create_service_advanced("advanced", [endpoint], ["h.example"], ["1:9"], ["TCP", "udp"])
    network.create_endpoint_service("fixed", ["#x"], ["i.example"], [1], server_hosts=["j"], server_ports=[2])
    types = {each["name"]: each["modelType"] for each in world.api.every(f"services?networkId={network.id}")}
    assert {name: kind for name, kind in types.items() if name not in THREE} == {
        "by-router": "TunnelerToEdgeRouter",
        "by-name": "TunnelerToEdgeRouter",
        "by-endpoint": "TunnelerToEndpoint",
        "by-sdk": "TunnelerToSdk",
        "advanced": "AdvancedTunnelerToEndpoint",
        "fixed": "AdvancedTunnelerToEndpoint",
    }
    assert world.find("services", "by-endpoint")["model"]["bindEndpointAttributes"] == ["@one", "#x"]


@calls(
    "Network.create_service_with_configs",
    "Network.create_service_transparent",
    "Network.delete_service_transparent",
)
def _create_services_of_configs(world: World) -> None:
    """7 and 8 of the contract's corrections, [client]."""
    network = world.network
    network.create_service_with_configs("raw", {"protocols": ["tcp"]}, {"forwardPort": True})
    assert world.find("configs", "raw-config-host.v1")["data"] == {"forwardPort": True}
    raw = world.api.control("POST", "netfoundry/reach", {"id": world.find("services", "raw")["id"]})
    assert raw.json == {"routers": [], "hosts": [], "clients": [], "reached_by": []}
    hosts = {"client_hosts": ["10.0.0.0/24"], "transparent_hosts": ["10.1.0.0/24"]}
    network.create_service_transparent("direct", client_ports=["1-9"], **hosts, endpoints=["one"])
    reached = world.api.control("POST", "netfoundry/reach", {"id": world.find("services", "direct")["id"]})
    assert (reached.json["hosts"], len(reached.json["routers"])) == (["one"], 3)
    assert world.network.delete_service_transparent("direct") == {
        "service": True,
        "service_policy": True,
        "service_edge_router_policy": True,
    }
    assert not world.there("services", "direct")
    assert not world.there("service-edge-router-policies", "direct-ServiceEdgeRouterPolicy")


@calls("Network.get_network_by_name", "Network.get_network_by_id")
def _get_network_again(world: World) -> None:
    assert world.network.get_network_by_name("acme net")["id"] == world.network_id
    found = world.network.get_network_by_id(world.network_id)
    assert (found["name"], found["locationCode"]) == ("ACME Net", "eu-amsterdam-1")
    with pytest.raises(RuntimeError, match="failed to find exactly one network"):
        world.network.get_network_by_name("nothing")


@calls("Network.get_controller_secrets", "Network.get_controller_session")
def _controller(world: World) -> None:
    """For the vendor's support staff only (contract section 8.2)."""
    network = world.network
    for read in (network.get_controller_secrets, network.get_controller_session):
        with pytest.raises(RuntimeError, match="403"):
            read(network.network_controller["id"])


@calls(
    "Network.wait_for_property_defined",
    "Network.wait_for_entity_name_exists",
    "Network.wait_for_status",
    "Network.wait_for_statuses",
    "Network.get_resource_status",
)
def _wait(world: World) -> None:
    network, ident = world.network, world.find("endpoints", "one")["id"]
    found = network.wait_for_property_defined("zitiId", entity_type="endpoint", id=ident, wait=1, sleep=1)
    assert found["name"] == "one"
    assert network.wait_for_entity_name_exists("TWO", "endpoint", wait=1, sleep=1)["name"] == "two"
    router = world.find("edge-routers", "one-router")["id"]
    assert world.network.wait_for_status(type="edge-router", id=router, wait=1, sleep=1)
    assert world.network.wait_for_statuses(["PROVISIONED"], wait=1, sleep=1)
    status = world.network.get_resource_status("edge-router", router)
    assert status == {"status": "PROVISIONED", "name": "one-router"}
    assert world.network.get_resource_status("endpoint", ident)["status"] == "OK", "it has no status"
    world.api.control("POST", "netfoundry/fail", {"id": router})
    with pytest.raises(RuntimeError, match="got status ERROR while waiting for PROVISIONED"):
        world.network.wait_for_status(type="edge-router", id=router, wait=1, sleep=1)


@calls("Network.rotate_edge_router_registration", "Network.get_edge_router_registration")
def _registration(world: World) -> None:
    router = world.find("edge-routers", "three-router")["id"]
    first = world.network.rotate_edge_router_registration(router)
    second = world.network.get_edge_router_registration(router)
    assert first["registrationKey"] != second["registrationKey"]
    assert world.api.post(f"edge-routers/register/{first['registrationKey']}").status == 400
    hosted = world.find("edge-routers", "one-router")["id"]
    with pytest.raises(RuntimeError, match="BAD_REQUEST"):
        world.network.rotate_edge_router_registration(hosted)


@calls("Networks.find_network_domain_resources", "Networks.get_network_domain_resource")
def _network_domain(world: World) -> None:
    """3 of the contract's corrections: lists by ``networkId``, of executions too."""
    domain = world.network.Networks
    everywhere = domain.find_network_domain_resources("endpoint", typeId="Device")
    assert names(everywhere) == sorted(THREE if world.limited else (*THREE, "stranger"))
    executions = domain.find_network_domain_resources("executions", networkId=world.network_id)
    made = world.api.every(f"executions?networkId={world.network_id}")
    assert {each["id"] for each in executions} == {each["id"] for each in made}
    assert len(executions) == len(made) > 2
    world.forget()
    found, symbol = domain.get_network_domain_resource("network-versions", "")
    assert (symbol, found["page"]["totalElements"]) == ("OK", 5)


@pytest.mark.filterwarnings("ignore:The distutils package:DeprecationWarning")
@pytest.mark.filterwarnings("ignore:distutils Version classes:DeprecationWarning")
@pytest.mark.parametrize("check", dict.fromkeys(METHODS.values()), ids=lambda check: check.__name__[1:])
def test_methods(world: World, check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = {name for name, each in METHODS.items() if each is check}
    called: set[str] = set()
    for name in wanted:
        owner, _dot, method = name.partition(".")
        note(monkeypatch, getattr(world.library, owner), method, partial(called.add, name))
    check(world)
    assert called == wanted


def note(patch: pytest.MonkeyPatch, owner: Any, method: str, seen: Callable[[], None]) -> None:
    """Say when a method is called, and call it."""
    original = getattr(owner, method)

    def noting(*args: Any, **kwargs: Any) -> Any:
        seen()
        return original(*args, **kwargs)

    patch.setattr(owner, method, noting)


def test_every_method_is_checked(library: Library) -> None:
    owners = {
        name: getattr(library, name) for name in ("Organization", "NetworkGroup", "Network", "Networks")
    }
    public = {
        f"{name}.{method}"
        for name, owner in owners.items()
        for method, value in vars(owner).items()
        if callable(value) and not method.startswith("_")
    }
    assert set(METHODS) == public


def test_a_network_that_is_not_ready_is_awaited(
    library: Library, cloud: Cloud, organization: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """4 of the contract's corrections, [client]: the command line waits for it first."""
    api = NetFoundryApi(cloud)
    cloud.settings.provision_seconds = 300
    ident = api.network("ACME Net")
    found = library.Network(library.NetworkGroup(organization), network_id=ident)
    assert (found.status, found.network_controller) == ("NEW", None)
    refused = api.post("endpoints", {"networkId": ident, "name": "e", **SOUND["endpoints"]})
    assert refused.status == 400
    time = Time(cloud)
    monkeypatch.setattr(sys.modules["netfoundry.network"], "time", time)
    assert found.wait_for_statuses(["PROVISIONED"], wait=600)
    assert time.slept >= 300
    assert found.create_endpoint("Laptop", wait=0)["name"] == "Laptop"


class Time:
    """The module ``time`` for the library, where sleeping moves the emulator's clock."""

    def __init__(self, cloud: Cloud) -> None:
        self.cloud = cloud
        self.slept = 0.0
        self.time = cloud.now
        self.ctime = str

    def sleep(self, seconds: float) -> None:
        self.slept += seconds
        self.cloud.advance(seconds)


def test_a_network_of_version_8_is_recognised(library: Library, cloud: Cloud, organization: Any) -> None:
    """5 of the contract's corrections, [client]: it reads the network by v2, and looks at its version."""
    api = NetFoundryApi(cloud)
    body = {"name": "eight", "networkGroupId": api.group, "size": "small"}
    ident = api.post("/core/v3/networks", body).id
    found = library.Network(library.NetworkGroup(organization), network_id=ident)
    assert found.product_version.startswith("8.")
    with pytest.raises(RuntimeError, match=f"unavailable in network version {found.product_version}"):
        found.get_controller_session(found.network_controller["id"])
    with pytest.raises(Exception, match="400"):
        found.create_endpoint("Laptop")


# The command line makes its sessions and reads its arguments when it is imported, in a process of its own.
COMMAND_LINE = """
import sys
from pocketvdc import Cloud, mount
from pocketvdc.netfoundry.testing import NetFoundryApi
from netfoundry import utility

cloud = Cloud(seed=1)
for session in (utility.http, utility.http_cache):
    for url in sys.argv[1:3]:
        mount(session, cloud, url)
NetFoundryApi(cloud).network("ACME Net")
sys.argv[:3] = ["nfctl"]
from netfoundry.ctl import cli

cli()
"""


def test_the_command_line_tells_the_environment(tmp_path: Path) -> None:
    """12 of the contract's corrections, [client]: the names of what it has been told to use."""
    (tmp_path / "cache" / "netfoundry").mkdir(parents=True)
    credentials = credentials_file(LOGIN, tmp_path)
    options = ["--no-color", f"--credentials={credentials}", "--network=ACME Net"]
    environment = {name: text for name, text in os.environ.items() if not name.startswith("NETFOUNDRY_")}
    places = {"HOME": tmp_path, "XDG_CACHE_HOME": tmp_path / "cache", "XDG_CONFIG_HOME": tmp_path / "config"}
    done = subprocess.run(
        [sys.executable, "-c", COMMAND_LINE, GATEWAY, LOGIN, *options, "login", "--eval"],
        check=False,
        cwd=tmp_path,
        env={
            **environment,
            **{name: str(path) for name, path in places.items()},
            "PYTHONPATH": os.pathsep.join(sys.path),
            "PYTHONDONTWRITEBYTECODE": "1",
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
    )
    exports = dict(re.findall(r'^export (\w+)="(.*)"$', done.stdout, re.MULTILINE))
    api = NetFoundryApi(Cloud(seed=1))
    network = api.network("ACME Net")
    assert exports["NETFOUNDRY_NETWORK"] == network, done.stderr
    assert exports["NETFOUNDRY_NETWORK_GROUP"] == api.group
    assert exports["NETFOUNDRY_ORGANIZATION"] == api.read("/identity/v1/organization")["id"]
    assert exports["NETFOUNDRY_API_ACCOUNT"] == str(credentials)
    assert exports["MOPURL"] == f"{GATEWAY}/"
