# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is special about single kinds of the overlay: models of services, places, checks, certificates, identities."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import (
    ApiError,
    CloudError,
    ImmutableField,
    InvalidOption,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils._info import execute_info
from catalogue import KINDS
from unit.netfoundry.overlay import Overlay

INGRESS = {"host": "portal.acme", "port": 443}
EGRESS = {"protocol": "tcp", "host": "10.0.0.5", "port": 8443}
HOSTS = [{"edge_router": "branch", "protocol": "tcp", "host": "10.0.0.5", "port": 80}]
MANY = {
    "addresses": ["b.acme", "a.acme"],
    "ports": [{"low": 1, "high": 9}, {"low": 20, "high": 20}],
    "protocols": ["tcp", "udp"],
}


def shuffled(ingress: dict[str, Any]) -> dict[str, Any]:
    return {name: list(reversed(value)) for name, value in ingress.items()}


# -- services -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "model_type"),
    [
        ({"client_ingress": INGRESS, "bind_endpoint_attributes": ["#app"]}, "TunnelerToSdk"),
        ({"client_ingress": INGRESS, "server_egress": EGRESS}, "TunnelerToEndpoint"),
        ({"client_ingress": INGRESS, "edge_router_hosts": HOSTS}, "TunnelerToEdgeRouter"),
        ({"client_ingress": MANY}, "AdvancedTunnelerToEndpoint"),
        ({"configs": [{"name": "c", "type": "intercept.v1", "data": {"addresses": ["a"]}}]}, None),
    ],
)
def test_the_model_follows_from_the_options(options: dict[str, Any], model_type: str | None) -> None:
    overlay = Overlay()
    overlay.run("edge_router", name="branch")
    foretold = overlay.check("service", name="one", **options)
    made = overlay.run("service", name="one", **options)
    assert made["service"]["model_type"] == foretold["service"]["model_type"] == model_type
    again = overlay.run("service", name="one", **options)
    assert not again["changed"] and not again["warnings"]
    replaced = overlay.run("service", name="one", attributes=["#a"], replace=True)
    assert overlay.writes[0].startswith("PUT ") and not replaced["warnings"]
    assert {**replaced["service"], "attributes": [], "updated_at": ""} == {
        **made["service"],
        "updated_at": "",
    }


@pytest.mark.parametrize(
    ("egress", "shown"),
    [
        (
            {},
            {"forward_host": True, "forward_port": True, "forward_protocol": True, "allowed_hosts": MANY["addresses"]},
        ),
        ({"host": "iperf"}, {"host": "iperf", "forward_host": None, "forward_port": True, "allowed_hosts": []}),
        ({"host": "a", "port": 1, "protocol": "udp"}, {"forward_port": None, "forward_protocol": None}),
        (
            {"forward_host": True, "allowed_hosts": ["x"]},
            {"host": None, "allowed_hosts": ["x"], "allowed_protocols": ["tcp", "udp"]},
        ),
    ],
)  # fmt: skip
def test_an_advanced_service_fixes_or_forwards_each_dimension(
    egress: dict[str, Any], shown: dict[str, Any]
) -> None:
    overlay = Overlay()
    made = overlay.run("service", name="one", client_ingress=MANY, server_egress=egress)["service"]
    assert made["server_egress"] | shown == made["server_egress"]
    again = overlay.run("service", name="one", client_ingress=shuffled(MANY), server_egress=egress)
    assert not again["changed"]


def test_a_fixed_host_gives_way_to_a_forwarded_one_and_back() -> None:
    overlay = Overlay()
    overlay.run("service", name="one", client_ingress=MANY, server_egress={"host": "iperf"})
    for egress in ({"forward_host": True, "allowed_hosts": ["x"]}, {"host": "iperf"}):
        done = overlay.run("service", name="one", server_egress=egress)
        assert done["changed"] and not done["warnings"]
        assert not overlay.run("service", name="one", server_egress=egress)["changed"]
    assert done["service"]["server_egress"]["allowed_protocols"] == ["tcp", "udp"]


def test_one_part_of_a_model_is_changed_and_the_rest_sent_along() -> None:
    overlay = Overlay()
    made = overlay.run("service", name="one", client_ingress=INGRESS, server_egress=EGRESS)["service"]
    done = overlay.run("service", name="one", client_ingress={"port": 444})["service"]
    assert done["client_ingress"] == {**made["client_ingress"], "port": 444}
    assert done["server_egress"] == made["server_egress"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"server_egress": EGRESS}, "client_ingress: needed to create a service of type TunnelerToEndpoint"),
        ({"client_ingress": INGRESS, "model_type": "TunnelerToEndpoint"}, "server_egress: needed to create"),
        (
            {"client_ingress": INGRESS, "server_egress": EGRESS, "model_type": "TunnelerToSdk"},
            "server_egress: it cannot be used with a service of type TunnelerToSdk",
        ),
        (
            {"client_ingress": INGRESS, "configs": [{"name": "a", "type": "b", "data": {}}]},
            "configs: they replace a model",
        ),
        (
            {"client_ingress": {**MANY, "ports": [{"low": 9, "high": 1}]}},
            "client_ingress.ports: 9 is above 1",
        ),
        ({"client_ingress": {"host": "a"}}, "client_ingress.port: needed to create a service of type"),
        ({"client_ingress": {**MANY, "protocols": []}}, "client_ingress.protocols: needed to create"),
        ({"client_ingress": {**MANY, "port": 1}}, "client_ingress.port: it cannot be used with a service"),
        (
            {"client_ingress": INGRESS, "server_egress": {"host": "a", "port": 1}},
            "server_egress.protocol: needed to create a service of type TunnelerToEndpoint",
        ),
        (
            {"edge_router_attributes": ["#a"]},
            "edge_router_attributes: it is part of a model, which needs client_ingress",
        ),
        (
            {
                "edge_router_attributes": ["#a"],
                "configs": [{"name": "a", "type": "host.v1", "data": {"a": 1}}],
            },
            "a service edge router policy selects the routers that carry",
        ),
        ({"client_ingress": {"host": "a", "port": 70000}}, "client_ingress.port: 70000 is above the maximum"),
        (
            {"bind_endpoint_attributes": ["exit1"]},
            "bind_endpoint_attributes: there is no endpoint 'exit1' in the network",
        ),
        (
            {"client_ingress": INGRESS, "edge_router_hosts": [{**HOSTS[0], "edge_router": "nowhere"}]},
            "edge_router: there is no edge router 'nowhere' in the network",
        ),
    ],
)
def test_a_model_that_cannot_be_is_refused(options: dict[str, Any], said: str) -> None:
    refused(Overlay(), options, said)


def refused(overlay: Overlay, options: dict[str, Any], said: str) -> None:
    """By the module and within the network, in check mode and without."""
    for attempt in (overlay.check, overlay.run):
        for kind, task in (
            ("service", {"name": "one", **options}),
            ("network", {"name": "net", "services": [{"name": "one", **options}]}),
        ):
            with pytest.raises(CloudError) as caught:
                attempt(kind, **task)
            assert said in str(caught.value) and overlay.writes == []


@pytest.mark.parametrize(
    ("made", "options", "said"),
    [
        ({}, {"client_ingress": INGRESS}, "client_ingress: the service one has no model"),
        ({}, {"bind_endpoint_attributes": ["#a"]}, "bind_endpoint_attributes: the service one has no model"),
        ({}, {"edge_router_attributes": ["#a"]}, "edge_router_attributes: the service one has no model"),
        (
            {"configs": [{"name": "one", "type": "host.v1", "data": {"port": 1}}]},
            {"server_egress": EGRESS},
            "server_egress: the service one has no model",
        ),
        ({"client_ingress": INGRESS}, {"server_egress": EGRESS}, "it cannot be used with a service of type"),
        ({"client_ingress": INGRESS}, {"client_ingress": MANY}, "client_ingress.addresses: it cannot be"),
        ({"client_ingress": MANY}, {"client_ingress": INGRESS}, "client_ingress.host: it cannot be"),
        (
            {"client_ingress": INGRESS, "server_egress": EGRESS},
            {"server_egress": {"forward_host": True}},
            "server_egress.forward_host: it cannot be used with a service of type TunnelerToEndpoint",
        ),
    ],
)
def test_what_the_model_of_a_service_does_not_know_is_refused(
    made: dict[str, Any], options: dict[str, Any], said: str
) -> None:
    """The platform takes it and keeps nothing of it, so that each run would report a change."""
    overlay = Overlay()
    overlay.run("service", name="one", **made)
    refused(overlay, options, said)


@pytest.mark.parametrize("identity", ["bob", "bob@example.com"])
def test_an_identity_that_must_be_logged_in_is_named_by_its_id(identity: str) -> None:
    overlay = Overlay()
    for attempt in (overlay.check, overlay.run):
        with pytest.raises(
            InvalidOption, match=f"session_identity: '{identity}' is not the UUID of an identity"
        ):
            attempt("endpoint", name="one", session_identity=identity)
        assert overlay.writes == []
    made = overlay.run("endpoint", name="one", session_identity=overlay.network)
    assert made["endpoint"]["session_identity"] == overlay.network
    assert overlay.run("endpoint", name="one", session_identity="")["endpoint"]["session_identity"] is None


# -- places -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "options", "said"),
    [
        ("edge_router", {"provider": "AWS"}, "provider: a router that NetFoundry hosts needs both"),
        ("network", {"provider": "AWS"}, "region: provider and region go together"),
    ],
)
def test_half_a_place_is_refused(kind: str, options: dict[str, Any], said: str) -> None:
    overlay = Overlay()
    with pytest.raises(InvalidOption, match=said):
        overlay.run(kind, name="one", **options)
    assert overlay.writes == []


@pytest.mark.parametrize("place", [{"provider": "AWS", "region": "us-west-2"}, {}], ids=["hosted", "own"])
@pytest.mark.parametrize("listens", [None, False, True])
def test_a_router_listens_as_the_task_says(place: dict[str, str], listens: bool | None) -> None:
    overlay = Overlay()
    said = {} if listens is None else {"link_listener": listens}
    made = overlay.run("edge_router", name="one", **place, **said)["edge_router"]
    assert made["link_listener"] is (bool(place) if listens is None else listens)
    assert not overlay.run("edge_router", name="one", **place, **said)["changed"]
    changed = overlay.run("edge_router", name="one", link_listener=not made["link_listener"])
    assert changed["actions"] == ["update"]
    assert changed["edge_router"]["link_listener"] is not made["link_listener"]


def test_a_router_of_the_customer_does_not_become_a_hosted_one() -> None:
    overlay = Overlay()
    overlay.run("edge_router", name="branch")
    with pytest.raises(ImmutableField, match=r"provider \(is None, wanted 'AWS'\)"):
        overlay.run("edge_router", name="branch", provider="AWS", region="us-west-2")


def test_the_latest_version_is_chosen_for_a_new_network_only() -> None:
    overlay = Overlay()
    made = overlay.run("network", name="new", product_version="latest")["network"]
    versions = overlay.cloud.get("core/v2/network-versions")["_embedded"]["network-versions"]
    active = [each["networkVersion"] for each in versions if each["active"]]
    assert made["product_version"] == max(active, key=lambda text: [int(part) for part in text.split(".")])
    assert not overlay.run("network", name="net", product_version="latest")["changed"]


def test_regions_are_chosen_by_cloud_and_code() -> None:
    overlay = Overlay()
    assert {each["provider"] for each in overlay.info("region", provider="OCI")} == {"OCI"}
    (found,) = overlay.info("region", location_code="us-west-2")
    assert (found["id"], found["name"]) == ("AWS/us-west-2", "Oregon")
    assert len(overlay.info("region")) > len(overlay.info("region", provider="AWS"))


# -- posture checks and authorities -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"type": "OS"}, "operating_systems: needed to create a posture check of type OS"),
        ({"type": "MFA", "domains": ["a"]}, "domains: it cannot be used with type MFA"),
        ({"type": "MAC", "mac_addresses": ["a"]}, "mac_addresses: 'a' is not a MAC address"),
        (
            {"type": "DOMAIN", "domains": ["a"], "timeout_seconds": 5},
            "timeout_seconds: it cannot be used with type DOMAIN",
        ),
    ],
)
def test_a_posture_check_looks_at_what_its_type_says(options: dict[str, Any], said: str) -> None:
    overlay = Overlay()
    with pytest.raises(InvalidOption, match=said):
        overlay.run("posture_check", name="one", **options)
    assert overlay.writes == []


def test_operating_systems_are_a_set_of_which_only_the_named_parts_count() -> None:
    overlay = Overlay()
    systems = [{"type": "Linux", "versions": ["6.1", "6.6"]}, {"type": "macOS"}]
    overlay.run("posture_check", name="one", type="OS", operating_systems=systems)
    same = [{"type": "macOS"}, {"type": "Linux", "versions": ["6.6", "6.1"]}]
    assert not overlay.run("posture_check", name="one", operating_systems=same)["changed"]
    assert not overlay.run(
        "posture_check", name="one", operating_systems=[{"type": "Linux"}, {"type": "macOS"}]
    )["changed"]
    assert overlay.run("posture_check", name="one", operating_systems=[{"type": "Linux"}])["changed"]


def certificate(subject: str, key: Any, issuer: str, signer: Any) -> str:
    def name(text: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, text)])

    begin = datetime.now(UTC)
    made = x509.CertificateBuilder(name(issuer), name(subject), key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(begin).not_valid_after(begin + timedelta(days=1))
    return made.sign(signer, hashes.SHA256()).public_bytes(serialization.Encoding.PEM).decode()


def test_an_authority_is_verified_once_by_a_certificate_that_it_signed() -> None:
    overlay = Overlay()
    key = ec.generate_private_key(ec.SECP256R1())
    pem = certificate("ca", key, "ca", key)
    options = {"name": "ca", "cert_pem": pem.strip(), "auto_ca_enrollment_enabled": True}
    made = overlay.run("certificate_authority", **options, return_jwt=True)
    assert made["jwt"] and made["certificate_authority"]["verified"] is False
    assert not overlay.run("certificate_authority", **{**options, "cert_pem": f"\n{pem}\n"})["changed"]
    token = made["certificate_authority"]["verification_token"]
    proof = certificate(token, ec.generate_private_key(ec.SECP256R1()), "ca", key)
    for number, changed in enumerate((True, False)):
        done = overlay.run("certificate_authority", name="ca", verification_certificate=proof)
        assert done["changed"] is changed and done["certificate_authority"]["verified"] is True, number
    wrong = certificate("x", key, "ca", key)
    overlay.run("certificate_authority", name="other", cert_pem=pem, ott_ca_enrollment_enabled=True)
    with pytest.raises(ApiError, match="common name"):
        overlay.run("certificate_authority", name="other", verification_certificate=wrong)


@pytest.mark.parametrize("option", ["cert_pem", "verification_certificate"])
@pytest.mark.parametrize(
    "text", ["ca.pem", "-----BEGIN PRIVATE KEY-----\nsecret\n-----END PRIVATE KEY-----\n"]
)
def test_what_is_no_certificate_is_refused_without_being_shown(option: str, text: str) -> None:
    overlay, key = Overlay(), ec.generate_private_key(ec.SECP256R1())
    pem = certificate("ca", key, "ca", key)
    authority = {"name": "ca", "cert_pem": pem, "auto_ca_enrollment_enabled": True, option: text}
    for attempt in (overlay.check, overlay.run):
        for kind, task in (
            ("certificate_authority", authority),
            ("network", {"name": "net", "certificate_authorities": [authority]}),
        ):
            with pytest.raises(
                CloudError, match=f"{option}: this is not a certificate in PEM format"
            ) as caught:
                attempt(kind, **task)
            assert overlay.writes == [] and text.splitlines()[-1] not in str(caught.value)


def test_an_authority_by_which_nobody_enrolls_is_refused() -> None:
    with pytest.raises(InvalidOption, match="auto_ca_enrollment_enabled: this or ott_ca_enrollment_enabled"):
        Overlay().run("certificate_authority", name="ca", cert_pem="-----BEGIN")


# -- identities ---------------------------------------------------------------------------------------------------


def test_an_account_is_not_taken_for_the_user_who_cares_for_it() -> None:
    overlay = Overlay()
    bot = {"type": "api_account", "name": "bot", "return_credentials": True}
    overlay.run("identity", **bot, contact_email="ada@example.com")
    user = overlay.run("identity", type="user", email="ada@example.com", name="Ada")
    assert user["changed"] and user["identity"]["type"] == "user"
    assert not overlay.run("identity", type="user", email="ADA@example.com", name="ada")["changed"]
    found = overlay.info("identity", email="ada@example.com", type="user")
    assert [each["name"] for each in found] == ["Ada"]
    given = overlay.run("role", identity="ada@example.com", role="Network Admin", network="net")
    assert given["identity_id"] == user["identity"]["id"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (
            {"type": "user", "email": "a@b", "name": "a", "description": "x"},
            "description: it is only for API",
        ),
        (
            {"type": "api_account", "name": "a", "email": "a@b"},
            "email: an API account has no e-mail address of its own",
        ),
        ({"type": "api_account", "name": "a"}, "credentials_file: the service returns the credentials"),
        (
            {"type": "api_account", "name": "a", "credentials_file": "/nonexistent/a.json"},
            "credentials_file: the folder /nonexistent does not exist",
        ),
    ],
)
def test_what_no_identity_can_be_is_refused(options: dict[str, Any], said: str) -> None:
    overlay = Overlay()
    with pytest.raises(InvalidOption, match=said):
        overlay.run("identity", **options)
    assert overlay.writes == []


@pytest.mark.parametrize("refused", [0, 1, 2])
def test_who_calls_is_asked_for_in_three_places(refused: int) -> None:
    overlay = Overlay()
    for kind in ("/identities", "/api-account-identities")[:refused]:
        overlay.fault("status", "GET", f"{kind}/self$", status=404)
    subject = KINDS["netfoundry_organization"]
    if refused < 2:
        assert execute_info(subject, {}, False, overlay.cloud)["caller"]["name"] == "demo-client"
    else:
        with pytest.raises(ApiError, match="user-identities/self"):
            execute_info(subject, {}, False, overlay.cloud)


# -- versions -----------------------------------------------------------------------------------------------------


def test_versions_are_told_with_the_newest_first() -> None:
    overlay = Overlay()
    found = overlay.info("network_version")
    numbers = [[int(part) for part in re.findall(r"\d+", each["network_version"])] for each in found]
    assert numbers == sorted(numbers, reverse=True) and len(found) > 2
    assert sum(each["default"] for each in found) == 1 and all(each["ziti_version"] for each in found)
    active = overlay.info("network_version", active=True)
    assert active == [each for each in found if each["active"]] != found
    assert overlay.info("network_version", active=False) == [each for each in found if not each["active"]]
    one = found[1]["network_version"]
    assert [each["id"] for each in overlay.info("network_version", network_version=one)] == [one]
    latest = overlay.run("network", name="latest", product_version="latest")
    assert latest["network"]["product_version"] == active[0]["network_version"]
