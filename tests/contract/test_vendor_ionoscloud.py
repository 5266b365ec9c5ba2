# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The emulator's v6 seen by the public client library ``ionoscloud`` 6.1."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import ionoscloud
import pytest
import requests
from ionoscloud.exceptions import ApiException, ApiFailedRequest, ApiTimeout

from contract.schema.spec import Operation, is_collection, operations, required_of, required_properties
from contract.schema.world import PREPARATIONS, VOLUME, World, body_for
from pocketvdc import Cloud, Server

# The library's last release is older than the cards of GPU servers.
KNOWN = [operation for operation in operations() if "/gpus" not in operation.path]
READS = [operation for operation in KNOWN if operation.method == "GET"]
WRITES = [operation for operation in KNOWN if operation.method != "GET"]
APIS: list[Any] = [
    api for name, api in vars(ionoscloud).items() if name.endswith("Api") and inspect.isclass(api)
]
PASSWORD = "abc123XYZ9"
NO_SUCH_ID = "00000000-0000-0000-0000-000000000000"
# Names of bodies that the contract leaves optional: the library takes them by keyword.
OPTIONAL_BODIES = {VOLUME + "/create-snapshot": "snapshot", VOLUME + "/restore-snapshot": "restore_snapshot"}


def connect(url: str, **credentials: str) -> ionoscloud.ApiClient:
    """A client of the library, by default with user name and password."""
    credentials = credentials or {"username": "demo@example.com", "password": "demo-password"}
    configuration = ionoscloud.Configuration(host=f"{url}/cloudapi/v6", **credentials)
    configuration.client_side_validation = True
    return ionoscloud.ApiClient(configuration)


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with Server(Cloud()) as server:
        yield server.url


def build_world(url: str) -> World:
    requests.post(f"{url}/_emulator/reset").raise_for_status()
    session = requests.Session()
    session.auth = ("demo@example.com", "demo-password")
    return World(session, f"{url}/cloudapi/v6").build()


@pytest.fixture(scope="module")
def reading_world() -> Iterator[World]:
    """An account for tests that change nothing."""
    with Server(Cloud()) as server:
        yield build_world(server.url)


@pytest.fixture
def client(url: str) -> ionoscloud.ApiClient:
    requests.post(f"{url}/_emulator/reset").raise_for_status()
    return connect(url)


@pytest.fixture
def strict_models(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the library's models check required fields, enumerations and ranges; they do not by default."""
    initialise = ionoscloud.Configuration.__init__

    def strictly(self: ionoscloud.Configuration, *arguments: Any, **options: Any) -> None:
        initialise(self, *arguments, **options)
        self.client_side_validation = True

    monkeypatch.setattr(ionoscloud.Configuration, "__init__", strictly)


def method_of(client: ionoscloud.ApiClient, operation: Operation) -> Callable[..., Any]:
    """The library's method for an operation; each is a method of one class."""
    name = re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", operation.id).lower() + "_with_http_info"
    (api,) = (api for api in APIS if hasattr(api, name))
    method: Callable[..., Any] = getattr(api(client), name)
    return method


def call(
    client: ionoscloud.ApiClient, operation: Operation, world: World, body: Any = None, **options: Any
) -> tuple[Any, int, Any]:
    """Call an operation through the library: answers its model, the status and the headers."""
    arguments: list[Any] = [
        part
        for part, name in zip(world.path(operation.path).split("/"), operation.path.split("/"), strict=True)
        if name.startswith("{")
    ]
    if body is not None and operation.path in OPTIONAL_BODIES:
        options[OPTIONAL_BODIES[operation.path]] = body
    elif body is not None:
        arguments.append(body)
    answer: tuple[Any, int, Any] = method_of(client, operation)(*arguments, **options)
    return answer


def body_of(client: ionoscloud.ApiClient, operation: Operation, world: World) -> Any:
    """What the library's user sends: an object of the model that the method documents; None for no body.

    A PATCH repeats as it is what that model requires beyond the service (contract section 10.12).
    """
    body = body_for(operation.method, operation.path, required_properties(operation), world)
    if body is None or set(body) == {"id"}:  # an attachment: models with properties cannot be an id alone
        return body
    types = re.findall(r":type \w+: (\w+)", method_of(client, operation).__doc__ or "")
    (model,) = (name for name in types if hasattr(getattr(ionoscloud, name, None), "openapi_types"))
    if operation.method == "PATCH":
        now = world.call("GET", operation.path).json()["properties"]
        body = {name: now[name] for name in required_of(model)} | body
    return client.deserialize(SimpleNamespace(data=json.dumps(body)), model)


@pytest.mark.parametrize("depth", range(6))
@pytest.mark.parametrize("operation", READS, ids=str)
def test_reads(reading_world: World, operation: Operation, depth: int) -> None:
    client = connect(reading_world.url.removesuffix("/cloudapi/v6"))
    options = {"depth": depth} if "depth" in operation.parameters else {}
    model, status, _rest = call(client, operation, reading_world, **options)
    assert status == 200
    assert model is not None


@pytest.mark.parametrize("levels", [0, 1, 2])
@pytest.mark.parametrize("operation", READS, ids=str)
def test_reads_satisfy_the_models(
    reading_world: World, operation: Operation, levels: int, strict_models: None
) -> None:
    """Whole levels only: at the depths between, items are bare references, which the models refuse."""
    client = connect(reading_world.url.removesuffix("/cloudapi/v6"))
    depth = 2 * levels + is_collection(operation)
    options = {"depth": depth} if "depth" in operation.parameters else {}
    _rest1, status, _rest2 = call(client, operation, reading_world, **options)
    assert status == 200


@pytest.mark.parametrize("operation", WRITES, ids=str)
def test_writes(url: str, operation: Operation, strict_models: None) -> None:
    world = build_world(url)
    PREPARATIONS.get(str(operation), lambda world: None)(world)
    client = connect(url)
    body = body_of(client, operation, world)
    answer, status, headers = call(client, operation, world, body)
    assert status == operation.status
    if "Location" in operation.headers and status == 202:
        client.wait_for_completion(request_id(headers), timeout=5, initial_wait=0.1)
    check_effect(client, operation, world, body, answer)


def check_effect(
    client: ionoscloud.ApiClient, operation: Operation, world: World, body: Any, answer: Any
) -> None:
    """What was deleted is gone, what was created is listed, what was changed reads as it was sent."""
    read = next((known for known in READS if known.path == operation.path), None)
    if operation.method == "PUT" and operation.path.endswith("/securitygroups"):
        assert [group.id for group in answer.items] == body.ids
    elif read is None:
        return
    elif operation.method == "DELETE":
        with pytest.raises(ApiException) as caught:
            call(client, read, world)
        assert caught.value.status == 404
    elif operation.method == "POST" and is_collection(read):
        listed, _rest1, _rest2 = call(client, read, world, depth=1)
        assert answer.id in [item.id for item in listed.items]
    else:
        found, _rest1, _rest2 = call(client, read, world)
        sent = client.sanitize_for_serialization(body if operation.method == "PATCH" else body.properties)
        if operation.path == VOLUME:  # it is not attached, which reads NONE whatever the library's default is
            assert (sent.pop("bootOrder"), found.properties.boot_order) == ("AUTO", "NONE")
        assert holds(client.sanitize_for_serialization(found.properties), sent)


def holds(found: Any, sent: Any) -> bool:
    """Whether a value holds all that was sent; objects may have further members."""
    if isinstance(sent, dict):
        return isinstance(found, dict) and all(holds(found.get(name), value) for name, value in sent.items())
    if isinstance(sent, list):
        return len(found) == len(sent) and all(map(holds, found, sent))
    return bool(found == sent)


def request_id(headers: Any) -> str:
    """The id of the request a write has started."""
    found = re.search(r"/requests/([-A-Fa-f0-9]+)/", headers["Location"])
    assert found, headers
    return found.group(1)


def composite() -> ionoscloud.Datacenter:
    """A data center with a server, made of the library's models."""
    volume = ionoscloud.Volume(
        properties=ionoscloud.VolumeProperties(
            name="boot", size=10, type="HDD", image_alias="ubuntu:latest", image_password=PASSWORD
        )
    )
    rule = ionoscloud.FirewallRule(
        properties=ionoscloud.FirewallruleProperties(
            name="ssh", protocol="TCP", port_range_start=22, port_range_end=22
        )
    )
    nic = ionoscloud.Nic(
        properties=ionoscloud.NicProperties(name="front", lan=1, dhcp=True, firewall_active=True),
        entities=ionoscloud.NicEntities(firewallrules=ionoscloud.FirewallRules(items=[rule])),
    )
    server = ionoscloud.Server(
        properties=ionoscloud.ServerProperties(name="web", cores=2, ram=4096),
        entities=ionoscloud.ServerEntities(
            volumes=ionoscloud.AttachedVolumes(items=[volume]), nics=ionoscloud.Nics(items=[nic])
        ),
    )
    lan = ionoscloud.Lan(properties=ionoscloud.LanProperties(name="public", public=True))
    return ionoscloud.Datacenter(
        properties=ionoscloud.DatacenterProperties(name="shop", location="de/fra"),
        entities=ionoscloud.DataCenterEntities(
            servers=ionoscloud.Servers(items=[server]), lans=ionoscloud.Lans(items=[lan])
        ),
    )


def create_shop(client: ionoscloud.ApiClient) -> Any:
    """Create the data center, wait, and read it whole."""
    api = ionoscloud.DataCentersApi(client)
    created, _rest, headers = api.datacenters_post_with_http_info(composite())
    assert created.metadata.state == "BUSY"
    client.wait_for_completion(request_id(headers), initial_wait=0.1)
    return api.datacenters_find_by_id(created.id, depth=10)


def test_a_composite_data_center(client: ionoscloud.ApiClient, strict_models: None) -> None:
    tree = create_shop(client)
    assert tree.metadata.state == "AVAILABLE"
    (server,) = tree.entities.servers.items
    (nic,) = server.entities.nics.items
    (volume,) = server.entities.volumes.items
    assert server.properties.vm_state == "RUNNING"
    assert server.properties.boot_volume.id == volume.id
    assert (volume.properties.boot_server, volume.properties.licence_type) == (server.id, "LINUX")
    assert (nic.properties.lan, nic.properties.firewall_type) == (1, "INGRESS")
    assert len(nic.properties.ips) == 1
    assert nic.entities.firewallrules.items[0].properties.protocol == "TCP"
    assert tree.properties.cpu_architecture[0].cpu_family


def test_a_life_of_a_server(client: ionoscloud.ApiClient) -> None:
    dc = create_shop(client)
    server = dc.entities.servers.items[0].id
    api = ionoscloud.ServersApi(client)
    api.datacenters_servers_stop_post(dc.id, server)
    stopped = api.datacenters_servers_find_by_id(dc.id, server)
    assert (stopped.metadata.state, stopped.properties.vm_state) == ("INACTIVE", "SHUTOFF")
    api.datacenters_servers_start_post(dc.id, server)
    api.datacenters_servers_patch(dc.id, server, ionoscloud.ServerProperties(cores=4))
    changed = api.datacenters_servers_find_by_id(dc.id, server).properties
    assert (changed.vm_state, changed.cores, changed.ram, changed.name) == ("RUNNING", 4, 4096, "web")
    api.datacenters_servers_delete(dc.id, server, delete_volumes=True)
    assert ionoscloud.VolumesApi(client).datacenters_volumes_get(dc.id).items == []
    with pytest.raises(ApiException) as caught:
        api.datacenters_servers_find_by_id(dc.id, server)
    assert caught.value.status == 404


def test_labels(client: ionoscloud.ApiClient) -> None:
    dc = create_shop(client).id
    api = ionoscloud.LabelsApi(client)
    label = ionoscloud.LabelResource(properties=ionoscloud.LabelResourceProperties(key="env", value="prod"))
    assert api.datacenters_labels_post(dc, label).id == "env"
    (found,) = api.labels_get(depth=1).items
    assert found.id == f"urn:label:datacenter:{dc}:env"
    assert (found.properties.value, found.properties.resource_id) == ("prod", dc)
    api.datacenters_labels_delete(dc, "env")
    assert api.datacenters_labels_get(dc, depth=1).items == []


def test_pages(client: ionoscloud.ApiClient) -> None:
    api = ionoscloud.IPBlocksApi(client)
    for name in "abcde":
        api.ipblocks_post(
            ionoscloud.IpBlock(properties=ionoscloud.IpBlockProperties(name=name, location="de/fra", size=1))
        )
    pages = [api.ipblocks_get(depth=1, offset=offset, limit=2) for offset in (0, 2, 4)]
    assert sorted(block.properties.name for page in pages for block in page.items) == list("abcde")
    assert [(page.offset, page.limit) for page in pages] == [(0, 2), (2, 2), (4, 2)]
    assert [bool(page.links.next) for page in pages] == [True, True, False]
    assert [bool(page.links.prev) for page in pages] == [False, True, True]


def test_filters(client: ionoscloud.ApiClient) -> None:
    api = ionoscloud.ImagesApi(client)
    query = {"filter.location": "de/fra", "filter.name": "UBUNTU-22", "filter.imageType": "hdd"}
    (image,) = api.images_get(depth=1, query_params=query).items
    assert "ubuntu:22.04" in image.properties.image_aliases


@pytest.mark.parametrize(
    "credentials",
    [{"token": "demo-token"}, {"username": "demo@example.com", "password": "demo-password"}],
    ids=["bearer", "basic"],
)
def test_credentials(url: str, credentials: dict[str, str]) -> None:
    contracts = ionoscloud.ContractResourcesApi(connect(url, **credentials)).contracts_get(depth=1)
    assert contracts.items[0].properties.owner == "demo@example.com"


@pytest.mark.parametrize(
    "credentials",
    [{"token": "wrong"}, {"username": "demo@example.com", "password": "wrong"}],
    ids=["bearer", "basic"],
)
def test_wrong_credentials(url: str, credentials: dict[str, str]) -> None:
    with pytest.raises(ApiException) as caught:
        ionoscloud.ContractResourcesApi(connect(url, **credentials)).contracts_get()
    assert caught.value.status == 401
    assert '"315"' in caught.value.body


def test_a_validation_error(client: ionoscloud.ApiClient) -> None:
    nowhere = ionoscloud.DatacenterPost(properties=ionoscloud.DatacenterPropertiesPost(name="x"))
    with pytest.raises(ApiException) as caught:
        ionoscloud.DataCentersApi(client).datacenters_post(nowhere)
    assert caught.value.status == 422
    assert "Attribute 'location' is required" in caught.value.body


def created(client: ionoscloud.ApiClient, answer: Any) -> Any:
    """The model of an accepted creation whose request is done."""
    model, _status, headers = answer
    client.wait_for_completion(request_id(headers), initial_wait=0.1)
    return model


def new_datacenter(client: ionoscloud.ApiClient, location: str) -> str:
    properties = ionoscloud.DatacenterPropertiesPost(name="dc", location=location)
    api = ionoscloud.DataCentersApi(client)
    made = api.datacenters_post_with_http_info(ionoscloud.DatacenterPost(properties=properties))
    return str(created(client, made).id)


def test_a_child_location(client: ionoscloud.ApiClient) -> None:
    """[documented] 10.2 and 9 item 20: the library escapes the slash of its id; images are its parent's."""
    assert ionoscloud.LocationsApi(client).locations_find_by_region_id_and_id("de", "fra/2").id == "de/fra/2"
    dc = new_datacenter(client, "de/fra/2")
    properties = ionoscloud.VolumeProperties(
        name="v", size=10, type="SSD Standard", image_alias="ubuntu:latest", image_password=PASSWORD,
        availability_zone="ZONE_2", licence_type="LINUX", user_data="I2Nsb3VkLWNvbmZpZw",
    )  # fmt: skip
    api = ionoscloud.VolumesApi(client)
    volume = created(
        client, api.datacenters_volumes_post_with_http_info(dc, ionoscloud.Volume(properties=properties))
    )
    image = api.datacenters_volumes_find_by_id(dc, volume.id).properties.image
    assert ionoscloud.ImagesApi(client).images_find_by_id(image).properties.location == "de/fra"


def test_what_the_service_fills_in(client: ionoscloud.ApiClient) -> None:
    """10.1, 10.3, 10.7: null or AUTO in answers to creations, filled on the next read."""
    dc = new_datacenter(client, "us/las")
    found = ionoscloud.DataCentersApi(client).datacenters_find_by_id(dc).properties
    assert (found.version, found.ipv6_cidr_block.endswith("/56")) == (1, True)
    servers = ionoscloud.ServersApi(client)
    properties = ionoscloud.ServerProperties(name="web", type="VCPU", cores=1, ram=1024)
    answer = servers.datacenters_servers_post_with_http_info(dc, ionoscloud.Server(properties=properties))
    server = created(client, answer)
    assert (server.properties.hostname, server.properties.cpu_family) == (None, None)
    read = servers.datacenters_servers_find_by_id(dc, server.id).properties
    assert (read.hostname, read.cpu_family, read.vm_state) == ("web", "INTEL_XEON", "RUNNING")
    volumes = ionoscloud.VolumesApi(client)
    blank = ionoscloud.VolumeProperties(name="v", size=1, licence_type="OTHER")
    answer = volumes.datacenters_volumes_post_with_http_info(dc, ionoscloud.Volume(properties=blank))
    volume = created(client, answer)
    assert (volume.properties.availability_zone, volume.properties.boot_order) == (None, "AUTO")
    loose = volumes.datacenters_volumes_find_by_id(dc, volume.id).properties
    assert (loose.availability_zone, loose.boot_order) == ("AUTO", "NONE")


def refusal(call: Callable[..., Any], *arguments: Any) -> list[tuple[str, str]]:
    """Codes and texts of a call that is refused with 422."""
    with pytest.raises(ApiException) as caught:
        call(*arguments)
    assert caught.value.status == 422
    return [(each["errorCode"], each["message"]) for each in json.loads(caught.value.body)["messages"]]


def test_a_volume_that_was_read_is_no_reference(client: ionoscloud.ApiClient) -> None:
    """[recorded, tf#112, 2021] 7.1: it is attached by its id alone."""
    dc = new_datacenter(client, "de/fra")
    servers, volumes = ionoscloud.ServersApi(client), ionoscloud.VolumesApi(client)
    size = ionoscloud.ServerProperties(name="web", cores=1, ram=1024)
    server = servers.datacenters_servers_post(dc, ionoscloud.Server(properties=size)).id
    blank = ionoscloud.VolumeProperties(name="v", size=1, licence_type="OTHER")
    made = volumes.datacenters_volumes_post(dc, ionoscloud.Volume(properties=blank))
    whole = volumes.datacenters_volumes_find_by_id(dc, made.id)
    codes = {code for code, _text in refusal(servers.datacenters_servers_volumes_post, dc, server, whole)}
    assert codes == {"105", "107"}
    assert servers.datacenters_servers_volumes_post(dc, server, {"id": made.id}).id == made.id


def test_what_a_location_or_a_cube_lacks(client: ionoscloud.ApiClient) -> None:
    """A CPU family [thread ctl#39, 2021] 10.3; nicMultiQueue of a Cube [recorded, ctl PR#602, 2025] 7.1."""
    dc = new_datacenter(client, "fr/par")
    create = ionoscloud.ServersApi(client).datacenters_servers_post
    body = ionoscloud.ServerProperties(name="web", cores=1, ram=1024, cpu_family="AMD_EPYC")
    ((code, text),) = refusal(create, dc, ionoscloud.Server(properties=body))
    assert (code, "[INTEL_SKYLAKE, INTEL_ICELAKE]" in text) == ("109", True)
    (template,) = (
        ionoscloud.TemplatesApi(client)
        .templates_get(depth=1, query_params={"filter.name": "Basic Cube XS"})
        .items
    )
    das = ionoscloud.VolumeProperties(name="das", type="DAS", licence_type="LINUX")
    volumes = ionoscloud.AttachedVolumes(items=[ionoscloud.Volume(properties=das)])
    cube = ionoscloud.ServerProperties(
        name="cube", type="CUBE", template_uuid=template.id, nic_multi_queue=True
    )
    entities = ionoscloud.ServerEntities(volumes=volumes)
    assert refusal(create, dc, ionoscloud.Server(properties=cube, entities=entities)) == [
        ("106", "[(root).properties.nicMultiQueue] Attribute not allowed in resource definition")
    ]
    cube.nic_multi_queue = None
    made = create(dc, ionoscloud.Server(properties=cube, entities=entities))
    read = ionoscloud.ServersApi(client).datacenters_servers_find_by_id(dc, made.id).properties
    assert (read.cores, read.ram, read.cpu_family) == (1, 2048, "AMD_EPYC")


def fault(url: str, **settings: Any) -> None:
    requests.post(f"{url}/_emulator/faults", json=settings).raise_for_status()


def test_a_failed_request(client: ionoscloud.ApiClient, url: str) -> None:
    fault(url, kind="fail_request", method="POST", path="datacenters", message="[VDC-5-601] no room")
    _rest1, _rest2, headers = ionoscloud.DataCentersApi(client).datacenters_post_with_http_info(composite())
    with pytest.raises(ApiFailedRequest) as caught:
        client.wait_for_completion(request_id(headers), initial_wait=0.1)
    assert "[VDC-5-601] no room" in caught.value.message
    assert caught.value.request_id == request_id(headers)
    assert ionoscloud.DataCentersApi(client).datacenters_get().items == []


def test_waiting_ends_in_time(client: ionoscloud.ApiClient, url: str) -> None:
    requests.post(f"{url}/_emulator/settings", json={"provision_seconds": 0.6}).raise_for_status()
    _rest1, _rest2, headers = ionoscloud.DataCentersApi(client).datacenters_post_with_http_info(composite())
    with pytest.raises(ApiTimeout):
        client.wait_for_completion(request_id(headers), timeout=0.1, initial_wait=0.1)
    client.wait_for_completion(request_id(headers), timeout=10, initial_wait=0.1)


def test_the_library_repeats_what_the_rate_limit_refused(client: ionoscloud.ApiClient, url: str) -> None:
    fault(url, kind="status", method="GET", path="/datacenters", status=429, retry_after=0, times=2)
    assert ionoscloud.DataCentersApi(client).datacenters_get().items == []
    journal = requests.get(f"{url}/_emulator/journal").json()["items"]
    assert [entry["status"] for entry in journal] == [429, 429, 200]
    assert journal[0]["user_agent"].startswith("ionos-cloud-sdk-python/6.1")


def test_waiting_for_a_state(client: ionoscloud.ApiClient, url: str) -> None:
    """Kubernetes has no requests: the library waits for the state (contract section 6.3)."""
    requests.post(f"{url}/_emulator/settings", json={"provision_seconds": 0.2}).raise_for_status()
    api = ionoscloud.KubernetesApi(client)
    body = ionoscloud.KubernetesClusterForPost(
        properties=ionoscloud.KubernetesClusterPropertiesForPost(name="c")
    )
    created = api.k8s_post(body)
    assert created.metadata.state == "DEPLOYING"
    cluster = client.wait_for(
        fn_request=lambda: api.k8s_find_by_cluster_id(created.id),
        fn_check=lambda found: found.metadata.state == "ACTIVE",
        timeout=10,
        initial_wait=0.1,
    )
    assert cluster.properties.k8s_version == api.k8s_versions_default_get()
    api.k8s_delete(created.id)
    with pytest.raises(ApiException) as caught:
        client.wait_for(
            fn_request=lambda: api.k8s_find_by_cluster_id(created.id),
            fn_check=lambda found: found.metadata.state != "DESTROYING",
            timeout=10,
            initial_wait=0.1,
        )
    assert caught.value.status == 404


def test_validation_of_the_library(strict_models: None) -> None:
    """The walk above is made with the library's own checks switched on: they do refuse."""
    with pytest.raises(ValueError, match="lan"):
        ionoscloud.NicProperties(name="front")
    with pytest.raises(ValueError, match="bus"):
        ionoscloud.VolumeProperties(bus="SATA")


def test_every_method_of_the_library_is_walked() -> None:
    client = connect("http://127.0.0.1:1")
    walked = {method_of(client, operation).__name__ for operation in (*READS, *WRITES)}
    methods = {
        name
        for api in APIS
        for name, _method in inspect.getmembers(api, inspect.isfunction)
        if not name.startswith("_")
    }
    assert {name for name in methods if name.endswith("_with_http_info")} == walked
    # Each of the others is the same without status and headers.
    assert {name.removesuffix("_with_http_info") for name in methods} == {
        name.removesuffix("_with_http_info") for name in walked
    }
    assert len(walked) == 264
