# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The emulated NetFoundry against each statement of the contract's end, "Corrections and additions".

Each docstring begins with the number of its statement and how it is known: [client] by the vendor's Python
client or command line, [spec] by a public document or capture, [script] by public scripts of users, and
(inferred) by us. Those that are about the client itself are in ``test_netfoundry_vendor``.
"""

from __future__ import annotations

from typing import Any

import pytest

from pocketvdc import Cloud
from pocketvdc.netfoundry.testing import BASE, SOUND, NetFoundryApi
from pocketvdc.netfoundry.tokens import claims_of
from pocketvdc.testing import Clock

HOSTED = {"provider": "AWS", "locationCode": "us-west-2"}
DAY = 24 * 3600


@pytest.fixture
def api(cloud: Cloud) -> NetFoundryApi:
    return NetFoundryApi(cloud)


@pytest.fixture
def network(api: NetFoundryApi) -> str:
    return api.network()


def names(api: NetFoundryApi, path: str) -> list[str]:
    return [item["name"] for item in api.items(path)]


# 1. Hosted edge routers


@pytest.mark.parametrize("listens", [True, False])
def test_a_hosted_router_listens_as_it_is_told(api: NetFoundryApi, network: str, listens: bool) -> None:
    """1, [script] that one was exported with false; (inferred) that the service keeps what it is sent."""
    ident = api.make("edge-routers", name="r", networkId=network, linkListener=listens, **HOSTED)
    path = f"edge-routers/{ident}"
    assert api.read(path)["linkListener"] is listens
    assert api.patch(path, {"name": "r", "linkListener": not listens}).json["linkListener"] is not listens
    assert api.read(path)["linkListener"] is not listens
    assert api.put(path, {"name": "r", "linkListener": listens}).status == 202
    assert api.read(path)["linkListener"] is listens
    accept = {"Accept": "application/json;as=create"}
    [exported] = api.get(f"networks/{network}?embed=all", headers=accept).json["edgeRouters"]
    assert exported["linkListener"] is listens


# 2. Roles and grants


def test_roles_are_assigned_by_an_unconfirmed_call(api: NetFoundryApi) -> None:
    """2, (inferred), weak: nobody has seen POST and DELETE of ``auth/v1/identity-roles``."""
    path = "/auth/v1/identity-roles"
    user = api.post("/identity/v1/user-identities", {"name": "u", "email": "u@example.com"}).id
    [role] = api.read("/auth/v1/roles?nameLike=Network Group Read-only")["content"]
    granted = api.post(path, {"identityId": user, "roleId": role["id"]})
    assert granted.status == 201
    assert granted.id in [each["id"] for each in api.read(f"{path}?identityId={user}")]
    assert api.delete(f"{path}/{granted.id}").status == 204
    assert granted.id not in [each["id"] for each in api.read(f"{path}?identityId={user}")]


def nobody(api: NetFoundryApi) -> tuple[NetFoundryApi, str]:
    """An API account without any role, and its id."""
    found = NetFoundryApi(api.cloud, account=None)
    found.log_in(*api.limited())
    return found, str(found.read("/identity/v1/identities/self")["id"])


def grant(api: NetFoundryApi, identity: str, kind: str, action: str, path: list[str]) -> str:
    """Grant one action the documented way: type, its actions, then the grant; answers its id."""
    [type_id] = [each["id"] for each in api.read("/auth/v1/resource-types") if each["code"] == kind]
    actions = api.read(f"/auth/v1/resource-actions?resourceTypeId={type_id}")
    [action_id] = [each["id"] for each in actions if each["code"] == action]
    body = {"identityId": identity, "resourceActionId": action_id, "path": path}
    reply = api.post("/auth/v1/identity-resource-actions", body)
    assert reply.status == 201
    query = f"resourceActionId={action_id}&identityId={identity}"
    assert reply.id in [each["id"] for each in api.read(f"/auth/v1/grants?{query}")]
    return reply.id


def test_a_grant_allows_one_action_on_one_type(api: NetFoundryApi, network: str) -> None:
    """2, [spec] for types, actions and grants; (inferred) which there are and how a path limits them."""
    other = api.network("other")
    limited, identity = nobody(api)
    body = {"networkId": network, "name": "e", **SOUND["endpoints"]}
    assert limited.post("endpoints", body).status == 403
    place = [api.group, network]
    grant(api, identity, "endpoint", "create", place)
    created = limited.post("endpoints", body)
    assert created.status == 202
    assert limited.post("endpoints", {**body, "networkId": other}).status == 403
    assert limited.post("app-wans", {**SOUND["app-wans"], "networkId": network, "name": "w"}).status == 403
    assert limited.get(f"endpoints/{created.id}").status == 403
    assert limited.items(f"endpoints?networkId={network}") == []
    grant(api, identity, "endpoint", "read", place)
    assert names(limited, f"endpoints?networkId={network}") == names(limited, "endpoints") == ["e"]
    assert limited.items(f"config-types?networkId={network}") == []
    assert limited.patch(f"endpoints/{created.id}", {"name": "f"}).status == 403
    assert limited.delete(f"endpoints/{created.id}").status == 403
    for action in ("update", "delete"):
        grant(api, identity, "endpoint", action, [api.group])
    assert limited.patch(f"endpoints/{created.id}", {"name": "f"}).status == 202
    assert limited.delete(f"endpoints/{created.id}").status == 202


def test_a_grant_ends(api: NetFoundryApi, network: str) -> None:
    """2, (inferred): with its deletion and with its identity; what is around it is seen until then."""
    limited, identity = nobody(api)
    ident = grant(api, identity, "service", "read", [api.group, network])
    assert (names(limited, "networks"), len(limited.items("network-groups"))) == (["net"], 1)
    assert api.delete(f"/auth/v1/identity-resource-actions/{ident}").status == 204
    assert (limited.items("networks"), limited.items("network-groups")) == ([], [])
    grant(api, identity, "service", "read", [])
    assert api.delete(f"/identity/v1/api-account-identities/{identity}").status == 204
    assert api.read(f"/auth/v1/grants?identityId={identity}") == []


# 3. Executions


def test_executions_are_listed_of_one_network(api: NetFoundryApi, network: str) -> None:
    """3, [client] for the filter; (inferred) that a list over everything is refused."""
    other = api.network("other")
    api.make("endpoints", name="e", networkId=network)
    reply = api.get("executions?size=200&sort=createdAt,desc")
    assert (reply.status, reply.json["status"]["label"]) == (403, "Forbidden")
    assert names(api, f"executions?networkId={network}") == ["Create Network", "Create Endpoint"]
    assert names(api, f"executions?networkId={other}") == ["Create Network"]


def test_executions_come_in_pages(api: NetFoundryApi, network: str) -> None:
    """3, [client] that pages are read: newest first, filtered, and each execution once."""
    for number in range(7):
        api.control("POST", "clock", {"seconds": 1})
        api.make("endpoints", name=f"e{number}", networkId=network)
    query = f"executions?networkId={network}&sort=createdAt,desc&size=3"
    first = api.read(query)
    assert first["page"] == {"number": 0, "size": 3, "totalElements": 8, "totalPages": 3}
    pages = [api.items(f"{query}&page={number}") for number in range(3)]
    found = [each["description"] for page in pages for each in page]
    assert found == [*(f"create endpoint e{number}" for number in reversed(range(7))), "create network net"]
    assert api.read(f"{query}&status=FINISHED")["page"]["totalElements"] == 8
    assert api.read(f"{query}&status=RUNNING")["page"]["totalElements"] == 0


def test_an_execution_is_read_by_itself(api: NetFoundryApi, network: str) -> None:
    """3, [client] for single reads, which name no network."""
    created = api.post("endpoints", {"networkId": network, "name": "e", "enrollmentMethod": {"ott": True}})
    href = created.json["_links"]["execution"]["href"]
    found = api.read(href.removeprefix(BASE))
    assert (found["resourceId"], found["status"]) == (created.id, "FINISHED")


# 4. Networks that are not ready


@pytest.mark.parametrize(
    "status", ["NEW", "PROVISIONING", "UPDATING", "REPLACING", "SUSPENDED", "ERROR", "DELETING"]
)
def test_only_a_provisioned_network_takes_members(api: NetFoundryApi, clock: Clock, status: str) -> None:
    """4, (inferred): 400 while it has any other status, and what was refused is not there."""
    api.control("POST", "settings", {"provision_seconds": 100})
    network = api.network()
    path = f"networks/{network}"
    if status == "PROVISIONING":
        clock.advance(50)
    elif status != "NEW":
        clock.advance(100)
        become(api, path, network, status)
    assert api.read(path)["status"] == status
    body = {"networkId": network, "name": "e", "enrollmentMethod": {"ott": True}}
    refused = api.post("endpoints", body)
    assert (refused.status, f"is {status}" in refused.json["errors"][0]) == (400, True)
    assert api.items(f"endpoints?networkId={network}") == []


def become(api: NetFoundryApi, path: str, network: str, status: str) -> None:
    """Bring a network that is ready into a status."""
    if status == "UPDATING":
        api.put(path, api.read(path))
    elif status == "REPLACING":
        api.control("POST", "netfoundry/heal", {"id": network})
    elif status == "SUSPENDED":
        api.post(f"{path}/suspend")
        api.control("POST", "clock", {"seconds": 100})
    elif status == "ERROR":
        api.control("POST", "netfoundry/fail", {"id": network})
    else:
        api.delete(path)


# 5. Networks of version 8


@pytest.fixture
def eight(api: NetFoundryApi) -> str:
    """A network of version 8."""
    place = {"provider": "AWS", "region": "us-east-1"}
    return api.make("/core/v3/networks", name="eight", networkGroupId=api.group, size="small", **place)


def test_a_network_of_version_8_is_made_and_read_by_core_v3(
    api: NetFoundryApi, network: str, eight: str
) -> None:
    """5, [script]: POST, GET and the list of core/v3/networks, with the key and the statuses of v2."""
    found = api.read(f"/core/v3/networks/{eight}")
    assert (found["status"], found["name"]) == ("PROVISIONED", "eight")
    assert found["productVersion"].partition(".")[0] == "8"
    assert found["_links"]["self"]["href"] == f"{BASE}/core/v3/networks/{eight}"
    listed = api.get("/core/v3/networks?findByName=eight")
    assert listed.headers["Content-Type"] == "application/hal+json"
    assert [item["id"] for item in listed.json["_embedded"]["networkList"]] == [eight]
    assert api.items("/core/v3/networks?findByName=net") == []
    assert api.get(f"/core/v3/networks/{network}").status == 404, "it is of version 7"


def test_core_v2_tells_the_version_of_such_a_network(api: NetFoundryApi, network: str, eight: str) -> None:
    """5, [client]: it asks a network that it has read by v2 for its version."""
    versions = {item["name"]: item["productVersion"] for item in api.items("networks")}
    assert versions["net"].startswith("7.")
    assert versions["eight"].startswith("8.")
    assert api.read(f"networks/{eight}")["productVersion"] == versions["eight"]
    assert names(api, "networks?findByName=eight") == ["eight"]


def test_core_v2_manages_nothing_of_such_a_network(api: NetFoundryApi, eight: str) -> None:
    """5, (inferred): each write is refused with the version, and lists of what is in it are empty."""
    path = f"networks/{eight}"
    body = {"networkId": eight, "name": "e", "enrollmentMethod": {"ott": True}}
    writes = [
        api.post("endpoints", body), api.patch(path, {"name": "new"}), api.put(path, api.read(path)),
        api.post(f"{path}/suspend"), api.delete(path),
    ]  # fmt: skip
    assert [reply.status for reply in writes] == [400] * 5
    assert all("managed by core/v3" in reply.json["errors"][0] for reply in writes)
    for kind in ("endpoints", "edge-routers", "services", "config-types"):
        assert api.items(f"{kind}?networkId={eight}") == []


def test_core_v2_makes_no_such_network(api: NetFoundryApi) -> None:
    """5, (inferred): version 8 is none that v2 offers, and version 7 none that v3 makes."""
    body = {"name": "n", "networkGroupId": api.group, "size": "small"}
    assert api.post("networks", {**body, "productVersion": "8.0.0"}).status == 400
    assert api.post("/core/v3/networks", {**body, "productVersion": "7.3.43"}).status == 400
    assert api.post("/core/v3/networks", {**body, "productVersion": "8.0.0"}).status == 202
    assert not [item for item in api.items("network-versions") if item["networkVersion"].startswith("8.")]


def test_exchange_gives_a_session_of_the_controller(api: NetFoundryApi, eight: str) -> None:
    """5, [script]: ``value`` and ``networkControllerUrl`` for {"type": "session"}."""
    found = api.post(f"/core/v3/networks/{eight}/exchange", {"type": "session"}).json
    domain = api.read(f"networks/{eight}")["networkController"]["domainName"]
    assert found["networkControllerUrl"] == f"https://{domain}:443"
    assert found["value"]
    assert api.post(f"/core/v3/networks/{eight}/exchange", {"type": "other"}).status == 400


def test_core_v3_deletes_what_it_has_made(api: NetFoundryApi, eight: str) -> None:
    """5, (inferred)."""
    assert api.delete(f"/core/v3/networks/{eight}").json["status"] == "DELETING"
    assert api.items("/core/v3/networks") == []
    assert api.items("networks") == []


def test_a_router_of_version_8_registers_with_core_v3(api: NetFoundryApi, network: str, eight: str) -> None:
    """5, [script] for the creation and for POST and then DELETE of ``edge-router-registrations/{code}``.

    That its key is made as in v2 and has 11 characters is (inferred).
    """
    body = {
        "networkId": eight,
        "name": "r",
        "zitiId": "abc.def-1",
        "linkListener": False,
        "wssListener": True,
    }
    created = api.post("/core/v3/edge-routers", body)
    path = f"/core/v3/edge-routers/{created.id}"
    assert (created.status, created.json["zitiId"], created.json["wssListener"]) == (202, "abc.def-1", True)
    assert created.json["_links"]["self"]["href"] == f"{BASE}{path}"
    key = api.post(f"{path}/registration-key").json["registrationKey"]
    assert len(key) == 11
    machine = NetFoundryApi(api.cloud, account=None)
    assert machine.post(f"edge-routers/register/{key}").status == 400, "it is none of v2"
    given = machine.post(f"/core/v3/edge-router-registrations/{key}").json
    assert given["edgeRouter"]["jwt"] == api.read(path)["jwt"]
    assert api.read(path)["online"] is False
    assert machine.delete(f"/core/v3/edge-router-registrations/{key}").status == 204
    found = api.read(path)
    assert (found["online"], found["verified"], found["jwt"]) == (True, True, None)
    assert api.items(f"edge-routers?networkId={eight}") == api.items(f"endpoints?networkId={eight}") == []
    assert api.get(f"edge-routers/{created.id}").status == 404


def test_routers_are_made_where_their_network_is_managed(
    api: NetFoundryApi, network: str, eight: str
) -> None:
    """5, (inferred): each version of Core refuses the other one's networks."""
    body = {"name": "r", "zitiId": "abc.def-1", "linkListener": False}
    for path, place in (("/core/v3/edge-routers", network), ("edge-routers", eight)):
        assert api.post(path, {**body, "networkId": place}).status == 400
    hosted = {**body, "provider": "AWS", "region": "us-west-2", "networkId": eight}
    assert api.post("/core/v3/edge-routers", {**hosted, "zitiId": None}).status == 400
    assert api.post("/core/v3/edge-routers", {**hosted, "region": "nowhere"}).status == 400
    created = api.post("/core/v3/edge-routers", hosted)
    found = api.read(f"/core/v3/edge-routers/{created.id}")
    assert (found["region"], found["online"]) == ("us-west-2", True)
    assert names(api, f"/core/v3/edge-routers?networkId={eight}") == ["r"]
    assert api.delete(f"/core/v3/edge-routers/{created.id}").status == 202
    key = api.make("edge-routers", name="two", networkId=network)
    key = api.post(f"edge-routers/{key}/registration-key").json["registrationKey"]
    assert api.post(f"/core/v3/edge-router-registrations/{key}").status == 400, "it is none of v3"


# 6. Enrollment tokens


def test_the_claim_exp_ends_a_token(api: NetFoundryApi, network: str, clock: Clock) -> None:
    """6, [script]: ``exp`` of the JWT is when it ends; ``jwtExpiresAt`` tells the same."""
    ident = api.make("endpoints", name="e", networkId=network)
    found = api.read(f"endpoints/{ident}")
    claims = claims_of(found["jwt"])
    assert claims is not None
    assert claims["exp"] == int(clock()) + DAY
    assert found["jwtExpiresAt"] == "2023-11-15T22:13:20.000000Z"
    api.control("POST", "clock", {"seconds": DAY - 1})
    assert api.control("POST", "netfoundry/enroll", {"id": ident}).status == 200


@pytest.mark.parametrize("kind", ["endpoints", "edge-routers"])
def test_a_token_that_is_over_stays_and_enrolls_nobody(api: NetFoundryApi, network: str, kind: str) -> None:
    """6, [script] that the object is made anew; (inferred) that the token is still shown."""
    ident = api.make(kind, name="e", networkId=network)
    before = api.read(f"{kind}/{ident}")["jwt"]
    api.control("POST", "clock", {"days": 1})
    api.log_in("demo-client", "demo-secret")
    assert api.read(f"{kind}/{ident}")["jwt"] == before
    assert api.control("POST", "netfoundry/enroll", {"id": ident}).status == 409
    assert api.delete(f"{kind}/{ident}").status == 202
    again = api.make(kind, name="e", networkId=network)
    assert api.control("POST", "netfoundry/enroll", {"id": again}).status == 200


def test_tokens_live_as_long_as_a_test_wants(api: NetFoundryApi, network: str, clock: Clock) -> None:
    """6, [script]: users watch for less than 12 hours, which a test can have at once."""
    api.control("POST", "netfoundry/settings", {"enrollment_seconds": 3600})
    ident = api.make("endpoints", name="e", networkId=network)
    claims = claims_of(api.read(f"endpoints/{ident}")["jwt"])
    assert claims is not None
    assert claims["exp"] == int(clock()) + 3600


def test_a_registration_key_is_worth_a_token_that_works(api: NetFoundryApi, network: str) -> None:
    """6, (inferred): a new key of a router whose token is over comes with a new token."""
    ident = api.make("edge-routers", name="r", networkId=network)
    before = api.read(f"edge-routers/{ident}")["jwt"]
    assert api.post(f"edge-routers/{ident}/registration-key").status == 200
    assert api.read(f"edge-routers/{ident}")["jwt"] == before
    api.control("POST", "clock", {"days": 1})
    api.log_in("demo-client", "demo-secret")
    key = api.post(f"edge-routers/{ident}/registration-key").json["registrationKey"]
    after = api.read(f"edge-routers/{ident}")["jwt"]
    assert after != before
    assert api.post(f"edge-routers/register/{key}").json["edgeRouter"]["jwt"] == after


def test_a_token_is_mailed(api: NetFoundryApi, network: str) -> None:
    """6, [client: 202] for the list below ``endpoints/share``; the single form's body is (inferred)."""
    ident = api.make("endpoints", name="e", networkId=network)
    mail = {"toList": ["alice@example.com"], "subject": "Welcome", "id": ident}
    assert api.post("endpoints/share", [mail]).status == 202
    single = api.post(f"endpoints/{ident}/share", {"toList": ["bob@example.com"], "subject": "Hello"})
    assert (single.status, single.text) == (202, "")
    jwt = api.read(f"endpoints/{ident}")["jwt"]
    assert api.control("GET", "netfoundry/mails").json["items"] == [
        {"to": ["alice@example.com"], "subject": "Welcome", "endpoint": "e", "jwt": jwt},
        {"to": ["bob@example.com"], "subject": "Hello", "endpoint": "e", "jwt": jwt},
    ]
    assert api.post(f"endpoints/{ident}/share", {"subject": "to nobody"}).status == 400
    api.control("POST", "clock", {"days": 1})
    api.log_in("demo-client", "demo-secret")
    assert api.post("endpoints/share", [mail]).status == 400, "the token is over"
    assert api.post(f"endpoints/{ident}/share", mail).status == 400
    assert len(api.control("GET", "netfoundry/mails").json["items"]) == 2


# 7. Service edge router policies

SERP = "service-edge-router-policies"


def test_a_service_edge_router_policy_is_made_read_updated_and_deleted(
    api: NetFoundryApi, network: str
) -> None:
    """7, [client]."""
    body = {"semantic": "AnyOf", "serviceAttributes": ["@s"], "edgeRouterAttributes": ["#all"]}
    created = api.post(SERP, {"networkId": network, "name": "p", **body})
    assert (created.status, created.json["zitiId"] is not None) == (202, True)
    path = f"{SERP}/{created.id}"
    assert {name: api.read(path)[name] for name in body} == body
    assert api.patch(path, {"name": "p", "edgeRouterAttributes": ["#exits"]}).status == 202
    assert api.put(path, {**api.read(path), "semantic": "AllOf"}).status == 202
    found = api.read(path)
    assert (found["semantic"], found["serviceAttributes"], found["edgeRouterAttributes"]) == (
        "AllOf",
        ["@s"],
        ["#exits"],
    )
    assert api.delete(path).status == 202
    assert api.items(f"{SERP}?networkId={network}") == []


@pytest.fixture
def place(api: NetFoundryApi, network: str) -> str:
    """A network with a router, a client and a host, which may use the router."""
    api.make("edge-routers", name="oregon", networkId=network, attributes=["#hosted"], **HOSTED)
    api.make("endpoints", name="laptop", networkId=network, attributes=["#work"])
    api.make("endpoints", name="exit", networkId=network, attributes=["#exits"])
    api.make("edge-router-policies", name="all", networkId=network)
    return network


def reach(api: NetFoundryApi, service: str) -> dict[str, Any]:
    found: dict[str, Any] = api.control("POST", "netfoundry/reach", {"id": service}).json
    return found


def pair(network: str, name: str = "pfcp") -> list[dict[str, Any]]:
    """The two configs of a transparent service."""
    intercept = {"protocols": ["udp"], "addresses": ["10.0.0.0/24"], "portRanges": [{"low": 1, "high": 2}]}
    host = {"forwardProtocol": True, "allowedProtocols": ["udp"], "allowedSourceAddresses": ["10.1.0.0/24"]}
    return [
        {"networkId": network, "name": f"{name}-{kind}", "configTypeName": kind, "data": data}
        for kind, data in (("intercept.v1", intercept), ("host.v1", host))
    ]


def test_a_service_of_configs_has_no_router_without_a_policy(api: NetFoundryApi, place: str) -> None:
    """7, [client]: it makes the policies; without them nobody hosts, carries or reaches the service."""
    body = {"encryptionRequired": True, "configs": pair(place)}
    service = api.post("services", {"networkId": place, "name": "pfcp", **body}).id
    wan = {"serviceAttributes": ["@pfcp"], "endpointAttributes": ["#work"]}
    api.make("app-wans", name="wan", networkId=place, **wan)
    assert reach(api, service) == {"routers": [], "hosts": [], "clients": ["laptop"], "reached_by": []}
    bind = {"type": "Bind", "serviceAttributes": ["@pfcp"], "endpointAttributes": ["@exit"]}
    api.make("service-policies", name="bind", networkId=place, **bind)
    assert reach(api, service)["hosts"] == ["exit"]
    assert reach(api, service)["reached_by"] == []
    routers = {"serviceAttributes": ["@pfcp"], "edgeRouterAttributes": ["#hosted"]}
    policy = api.make(SERP, name="routers", networkId=place, **routers)
    assert reach(api, service) == {
        "routers": ["oregon"],
        "hosts": ["exit"],
        "clients": ["laptop"],
        "reached_by": ["laptop"],
    }
    api.delete(f"{SERP}/{policy}")
    assert (reach(api, service)["routers"], reach(api, service)["reached_by"]) == ([], [])


def test_a_service_with_a_model_has_its_policies(api: NetFoundryApi, place: str) -> None:
    """Section 8.8: what a model builds is enough; a client without a policy of routers reaches nothing."""
    service = api.make("services", name="echo", networkId=place, attributes=["#echo"])
    api.make(
        "app-wans", name="wan", networkId=place, serviceAttributes=["#echo"], endpointAttributes=["#all"]
    )
    found = reach(api, service)
    assert (found["routers"], found["hosts"]) == (["oregon"], ["exit"])
    assert found["reached_by"] == ["exit", "laptop", "oregon"]
    [policy] = api.items(f"edge-router-policies?networkId={place}&name=all")
    api.delete(f"edge-router-policies/{policy['id']}")
    assert reach(api, service)["reached_by"] == [], "the host is cut off too"


def test_all_of_wants_each_attribute(api: NetFoundryApi, place: str) -> None:
    """Section 8.0: the semantic of a list."""
    service = api.make("services", name="echo", networkId=place)
    both = api.make("endpoints", name="both", networkId=place, attributes=["#work", "#strict"])
    dial = {"type": "Dial", "serviceAttributes": ["@echo"], "endpointAttributes": ["#work", "#strict"]}
    policy = api.make("service-policies", name="dial", networkId=place, **{**dial, "semantic": "AllOf"})
    assert reach(api, service)["clients"] == ["both"]
    api.patch(f"service-policies/{policy}", {"name": "dial", "semantic": "AnyOf"})
    assert reach(api, service)["clients"] == ["both", "laptop"]
    api.delete(f"endpoints/{both}")
    assert reach(api, service)["clients"] == ["laptop"]


def test_a_router_hosts_without_a_bind_policy(api: NetFoundryApi, place: str) -> None:
    """Section 8.8: terminators stand in for it."""
    [router] = api.items(f"edge-routers?networkId={place}")
    egress = {"protocol": "tcp", "host": "eth0.me", "port": 80}
    model = {
        "clientIngress": {"host": "echo.netfoundry", "port": 80},
        "edgeRouterHosts": [{"edgeRouterId": router["id"], "serverEgress": egress}],
    }
    body = {"modelType": "TunnelerToEdgeRouter", "model": model}
    service = api.make("services", name="echo", networkId=place, **body)
    api.make(
        "app-wans", name="wan", networkId=place, serviceAttributes=["@echo"], endpointAttributes=["#work"]
    )
    found = reach(api, service)
    assert (found["hosts"], found["reached_by"]) == (["oregon"], ["laptop"])
    assert api.control("POST", "netfoundry/reach", {"id": router["id"]}).status == 404


# 8. Configs


def test_a_service_names_its_configs(api: NetFoundryApi, network: str) -> None:
    """8, [client]: they are made with the service, linked by their type, and go with it."""
    body = {"networkId": network, "name": "s", "encryptionRequired": True, "configs": pair(network)}
    service = api.post("services", body).id
    types = {item["id"]: item["name"] for item in api.items(f"config-types?networkId={network}")}
    made = {item["id"]: item for item in api.items(f"configs?networkId={network}")}
    linked = api.read(f"services/{service}")["configIdByConfigTypeId"]
    assert {types[kind]: made[ident]["name"] for kind, ident in linked.items()} == {
        "intercept.v1": "pfcp-intercept.v1",
        "host.v1": "pfcp-host.v1",
    }
    assert api.delete(f"services/{service}").status == 202
    assert api.items(f"configs?networkId={network}") == []


def test_a_config_is_changed_by_itself(api: NetFoundryApi, network: str) -> None:
    """8, [client] for the path; (inferred) that ``configs`` is no part of an update of the service."""
    body = {"networkId": network, "name": "s", "encryptionRequired": True, "configs": pair(network)}
    service = api.post("services", body).id
    [config] = api.items(f"configs?networkId={network}&name=pfcp-host.v1")
    data = {**config["data"], "allowedProtocols": ["tcp"]}
    assert api.patch(f"configs/{config['id']}", {"name": config["name"], "data": data}).status == 202
    assert api.read(f"configs/{config['id']}")["data"] == data
    assert api.patch(f"services/{service}", {"name": "s", "configs": []}).status == 202
    assert api.read(f"configs/{config['id']}")["data"] == data
    form = {"Accept": "application/json;as=create"}
    again = api.get(f"services/{service}", headers=form).json["configs"]
    assert [each["data"] for each in again if each["configTypeName"] == "host.v1"] == [data]


def test_a_service_of_configs_is_made_again_elsewhere(api: NetFoundryApi, network: str) -> None:
    """8, (inferred): what ``as=create`` shows serves in another network, own types of configs included."""
    own = {"networkId": network, "name": "mine.v1", "schema": {"type": "object"}}
    configs = [*pair(network), {"networkId": network, "name": "c", "configType": own, "data": {"x": 1}}]
    body = {"networkId": network, "name": "s", "encryptionRequired": True, "configs": configs}
    service = api.post("services", body).id
    form = {"Accept": "application/json;as=create"}
    again = api.get(f"services/{service}", headers=form).json
    assert {name: again[name] for name in body} == body
    other = api.network("other")
    copy = api.post("services", {**again, "networkId": other})
    assert copy.status == 202
    assert len(api.read(f"services/{copy.id}")["configIdByConfigTypeId"]) == 3
    assert "mine.v1" in names(api, f"config-types?networkId={other}")


def test_a_config_is_of_a_type_of_its_network(api: NetFoundryApi, network: str) -> None:
    """8, (inferred): its type is named by id or by name, and must be there; what is in use is not deleted."""
    other = api.network("other")
    [foreign] = api.items(f"config-types?networkId={other}&name=host.v1")
    [own] = api.items(f"config-types?networkId={network}&name=host.v1")
    body = {"networkId": network, "name": "c", "data": {}}
    for wrong in ({}, {"configTypeId": foreign["id"]}, {"configTypeId": "x"}, {"configTypeName": "none.v1"}):
        assert api.post("configs", {**body, **wrong}).status == 400, wrong
    assert api.post("configs", {**body, "configTypeId": own["id"], "data": []}).status == 400
    by_id = api.post("configs", {**body, "configTypeId": own["id"]})
    by_name = api.post("configs", {**body, "name": "d", "configTypeName": "HOST.v1"})
    assert by_id.json["configTypeId"] == by_name.json["configTypeId"] == own["id"]
    assert api.patch(f"configs/{by_id.id}", {"name": "c", "data": "text"}).status == 400
    assert api.delete(f"config-types/{own['id']}").status == 409
    for ident in (by_id.id, by_name.id):
        assert api.delete(f"configs/{ident}").status == 202
    assert api.delete(f"config-types/{own['id']}").status == 202


@pytest.mark.parametrize(
    "wrong",
    [
        {"configTypeName": "none.v1"}, {"configTypeName": None},
        {"configTypeName": None, "configTypeId": "x"},
        {"name": "pfcp-HOST.v1"}, {"configTypeName": "host.v1"}, {"data": None}, {"data": "text"},
        {"configType": {"schema": {}}}, {"configType": "mine.v1"},
    ],
)  # fmt: skip
def test_refused_configs_of_a_service(api: NetFoundryApi, network: str, wrong: dict[str, Any]) -> None:
    """8, (inferred): unknown types, two configs of a name or of a type, data that is no object."""
    first, second = pair(network)
    body = {"networkId": network, "name": "s", "encryptionRequired": True}
    assert api.post("services", {**body, "configs": [{**first, **wrong}, second]}).status == 400
    assert (api.items(f"services?networkId={network}"), api.items(f"configs?networkId={network}")) == ([], [])


def test_names_of_configs_are_taken_by_services_too(api: NetFoundryApi, network: str) -> None:
    """8, (inferred): 409, as for any name; and a service has either a model or configs."""
    body = {"networkId": network, "name": "s", "encryptionRequired": True, "configs": pair(network)}
    assert api.post("services", {**body, **SOUND["services"]}).status == 400
    assert api.post("services", body).status == 202
    assert api.post("services", {**body, "name": "t"}).status == 409
    [config] = api.items(f"configs?networkId={network}&name=pfcp-host.v1")
    assert api.delete(f"configs/{config['id']}").status == 409, "the service uses it"


# 10. Network reads


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("all", {"locationCode": "us-west-2", "region": "us-west-2", "provider": "AWS"}),
        ("locationCode", {"locationCode": "us-west-2"}),
        ("none", {}),
    ],
)
def test_what_a_read_tells_of_the_place(api: NetFoundryApi, place: str, told: dict[str, Any]) -> None:
    """10, [spec]: a single read has locationCode, older ones also provider and region; a list has none."""
    ident = api.network(provider="AWS", region="us-west-2")
    api.control("POST", "netfoundry/settings", {"place": place})
    names = ("locationCode", "region", "provider")
    found = api.read(f"networks/{ident}")
    assert {name: found[name] for name in names if name in found} == told
    [listed] = api.items("networks")
    assert not {*names} & {*listed}
    assert api.put(f"networks/{ident}", found).status == 202, "what is read can be put"


# 11. Paging

ARRAYS = {
    "/identity/v1/identities": "identityList",
    "/identity/v1/api-account-identities": "apiAccountIdentityList",
    "/identity/v1/user-identities": "userIdentityList", "/identity/v1/organizations": "organizationList",
    "/identity/v1/tenants": "tenantList", "/auth/v1/resource-types": "resourceTypeList",
    "/auth/v1/resource-actions": "resourceActionList", "/auth/v1/identity-roles": "identityRoleList",
}  # fmt: skip


@pytest.mark.parametrize("path", ARRAYS)
def test_lists_of_identity_and_authorization_may_come_in_pages(api: NetFoundryApi, path: str) -> None:
    """11, [spec: the same envelope]; bare arrays are what was captured, and so what comes unasked."""
    for number in range(3):
        body = {"name": f"u{number}", "email": f"u{number}@example.com"}
        assert api.post("/identity/v1/user-identities", body).status == 201
    whole = api.read(path)
    assert isinstance(whole, list)
    api.control("POST", "netfoundry/settings", {"arrays": False})
    api.control("POST", "settings", {"page_limit": 2})
    first = api.read(path)
    assert first["page"]["totalElements"] == len(whole)
    assert set(first["_embedded"]) == {ARRAYS[path]}
    pages = [api.items(f"{path}?page={number}") for number in range(first["page"]["totalPages"])]
    assert [item for page in pages for item in page] == whole
    assert all(len(page) <= 2 for page in pages)


@pytest.mark.parametrize(
    "path", ["regions", "network-versions", "network-configs", "network-groups", "networks"]
)
def test_lists_of_core_come_in_pages(api: NetFoundryApi, path: str) -> None:
    """11, [spec]."""
    for number in range(3):
        api.network(f"n{number}")
        api.post("network-groups", {"name": f"g{number}", "shortName": f"G{number}"})
    whole = api.items(path)
    api.control("POST", "settings", {"page_limit": 2})
    first = api.read(path)
    assert first["page"]["totalPages"] == -(-len(whole) // 2) > 1
    pages = [api.items(f"{path}?page={number}") for number in range(first["page"]["totalPages"])]
    assert [item for page in pages for item in page] == whole


def test_roles_come_in_pages(api: NetFoundryApi) -> None:
    """11, [spec]; in their own envelope, as the client reads them."""
    for number in range(2):
        api.network(f"n{number}")
    api.read("networks")
    whole = api.read("/auth/v1/roles")["content"]
    api.control("POST", "settings", {"page_limit": 3})
    pages = [api.read(f"/auth/v1/roles?page={number}&size=3000")["content"] for number in range(3)]
    assert [len(page) for page in pages] == [3, 3, 2]
    assert [role for page in pages for role in page] == whole


# Work that fails: an ERROR is seen, mended by what is sent again, or left by what is made anew


@pytest.fixture
def slow(api: NetFoundryApi, network: str) -> str:
    api.read(f"networks/{network}")
    api.control("POST", "settings", {"provision_seconds": 100})
    return network


def fault(api: NetFoundryApi, method: str) -> None:
    assert api.control("POST", "faults", {"kind": "fail_request", "method": method}).status == 200


@pytest.mark.parametrize("kind", ["edge-routers", "endpoints", "services"])
def test_a_failed_creation_can_only_be_deleted(
    api: NetFoundryApi, slow: str, clock: Clock, kind: str
) -> None:
    """Section 4.1: ERROR where there is a status, else an execution that FAILED; the rest is (inferred)."""
    fault(api, "POST")
    created = api.post(kind, {"networkId": slow, "name": "x", **SOUND[kind]})
    path = f"{kind}/{created.id}"
    clock.advance(100)
    assert api.read(created.json["_links"]["execution"]["href"].removeprefix(BASE))["status"] == "FAILED"
    found = api.read(path)
    assert (found.get("status", "ERROR"), found["zitiId"]) == ("ERROR", None)
    for method in ("PATCH", "PUT"):
        assert api.call(method, path, {**found, "name": "y"}).status == 400
    assert api.post(kind, {"networkId": slow, "name": "X", **SOUND[kind]}).status == 409, "it keeps its name"
    assert api.delete(path).status == 202
    clock.advance(100)
    again = api.make(kind, name="x", networkId=slow, **SOUND[kind])
    clock.advance(100)
    assert api.read(f"{kind}/{again}")["zitiId"] is not None


@pytest.mark.parametrize("method", ["PATCH", "PUT"])
def test_a_failed_update_can_be_sent_again(api: NetFoundryApi, slow: str, clock: Clock, method: str) -> None:
    """Section 4.1 for the ERROR; (inferred) that the old values are back and the next update mends it."""
    path = f"edge-routers/{api.make('edge-routers', name='r', networkId=slow)}"
    clock.advance(100)
    change = {**api.read(path), "attributes": ["#new"]}
    fault(api, method)
    api.call(method, path, change)
    clock.advance(100)
    assert (api.read(path)["status"], api.read(path)["attributes"]) == ("ERROR", [])
    assert api.call(method, path, change).status == 202
    clock.advance(100)
    assert (api.read(path)["status"], api.read(path)["attributes"]) == ("PROVISIONED", ["#new"])


def test_a_network_whose_creation_failed(api: NetFoundryApi, clock: Clock) -> None:
    """Section 4.1: it is in ERROR, takes nothing, and can be deleted and made anew."""
    api.control("POST", "settings", {"provision_seconds": 100})
    fault(api, "POST")
    network = api.network("n")
    clock.advance(100)
    found = api.read(f"networks/{network}")
    assert (found["status"], found["networkController"]) == ("ERROR", None)
    assert api.post("endpoints", {"networkId": network, "name": "e", **SOUND["endpoints"]}).status == 400
    assert api.patch(f"networks/{network}", {"name": "m"}).status == 400
    assert api.delete(f"networks/{network}").status == 202
    clock.advance(100)
    again = api.network("n")
    clock.advance(100)
    assert api.read(f"networks/{again}")["status"] == "PROVISIONED"


def test_healing_completes_a_failed_creation(api: NetFoundryApi, slow: str, clock: Clock) -> None:
    """Section 4.1, (inferred)."""
    fault(api, "POST")
    ident = api.make("edge-routers", name="r", networkId=slow, **HOSTED)
    clock.advance(100)
    api.control("POST", "netfoundry/heal", {"id": ident})
    assert api.read(f"edge-routers/{ident}")["status"] == "REPLACING"
    clock.advance(100)
    found = api.read(f"edge-routers/{ident}")
    assert (found["status"], found["online"]) == ("PROVISIONED", True)
    assert found["zitiId"] is not None
    assert names(api, f"endpoints?networkId={slow}&typeId=Router") == ["r"]


def test_something_fails_by_itself(api: NetFoundryApi, network: str) -> None:
    """Section 4.1: ERROR is possible at any point."""
    ident = api.make("edge-routers", name="r", networkId=network)
    assert api.control("POST", "netfoundry/fail", {"id": ident}).json == {"id": ident, "status": "ERROR"}
    assert api.read(f"edge-routers/{ident}")["status"] == "ERROR"
    assert api.patch(f"edge-routers/{ident}", {"name": "s"}).status == 202
    assert api.read(f"edge-routers/{ident}")["status"] == "PROVISIONED"
    assert api.control("POST", "netfoundry/fail", {"id": "x"}).status == 404
