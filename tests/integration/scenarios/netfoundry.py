# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The overlay's networks, what is in them, and who may work on them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import partial

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from integration.runner import Runner
from pocketvdc.netfoundry.testing import NetFoundryApi

from .scenario import Clearing, Scenario

UNIQUE = "the service takes no name twice"
FAILED = "its execution ended as FAILED"


def certificate(name: str) -> str:
    """A certificate that signs itself, in PEM form."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    begin = datetime.now(UTC)
    made = x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(begin).not_valid_after(begin + timedelta(days=1))
    return made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM).decode()


def organization(play: Runner, ids: Mapping[str, str]) -> dict[str, str]:
    (found,) = NetFoundryApi(play.cloud).read("/identity/v1/organizations")
    return {"organization": found["id"]}


def group(play: Runner, ids: Mapping[str, str]) -> dict[str, str]:
    return {"network_group": NetFoundryApi(play.cloud).group}


def network(play: Runner, ids: Mapping[str, str]) -> dict[str, str]:
    """The network ``front``."""
    return {"network": NetFoundryApi(play.cloud).network("front")}


# What the list that finds the network tells of it serves before something is written in it.
In = partial(Scenario, provider="netfoundry", given=network, reason=FAILED, lacks=UNIQUE)
PEM, OTHER_PEM = certificate("first"), certificate("second")

SCENARIOS = {
    "network_group": Scenario(
        provider="netfoundry",
        given=organization,
        create={"short_name": "NEW", "name": "before"},
        change={"name": "after"},
        mark="short_name",
        requests=False,
        lacks=UNIQUE,
    ),
    "network": Scenario(
        provider="netfoundry",
        given=group,
        create={"name": "new", "size": "small", "provider": "AWS", "region": "us-west-2"},
        change={"name": "newer"},
        fixed=("size", "small", "large"),
        named=3,  # a list does not show where a network is; of a new one it is not asked
        lookups=-1,
        reason=FAILED,
        lacks=UNIQUE,
    ),
    "endpoint": In(
        create={"name": "new", "attributes": ["#before"]},
        change={"attributes": ["#after"]},
        clearing=Clearing("attributes", ["#a", "#b"], [], "attributes"),
    ),
    "edge_router": In(
        create={"name": "new", "provider": "AWS", "region": "us-west-2", "tunneler_enabled": False},
        change={"tunneler_enabled": True},
        clearing=Clearing("attributes", ["#a"], [], "attributes"),
        fixed=("region", "us-west-2", "us-east-1"),
    ),
    "edge_router_policy": In(
        create={"name": "new", "endpoint_attributes": ["#all"], "edge_router_attributes": ["#before"]},
        change={"edge_router_attributes": ["#after", "#router"]},
        clearing=Clearing("endpoint_attributes", ["#a"], [], "endpoint_attributes"),
        requests=False,
    ),
    "service": In(
        create={
            "name": "new",
            "client_ingress": {"host": "portal.acme", "port": 443},
            "server_egress": {"protocol": "tcp", "host": "10.0.0.5", "port": 8443},
            "bind_endpoint_attributes": ["#exit1"],
        },
        change={"bind_endpoint_attributes": ["#exits"]},
        clearing=Clearing("attributes", ["#a"], [], "attributes"),
        fixed=("model_type", "TunnelerToEndpoint", "TunnelerToSdk"),
    ),
    "service_policy": In(
        create={"name": "new", "type": "Bind", "service_attributes": ["#before"]},
        change={"service_attributes": ["#after"]},
        clearing=Clearing("endpoint_attributes", ["#a"], [], "endpoint_attributes"),
        fixed=("type", "Bind", "Dial"),
        requests=False,
    ),
    "service_edge_router_policy": In(
        create={"name": "new", "service_attributes": ["#before"], "edge_router_attributes": ["#all"]},
        change={"service_attributes": ["#after"]},
        clearing=Clearing("edge_router_attributes", ["#a"], [], "edge_router_attributes"),
        requests=False,
    ),
    "app_wan": In(
        create={"name": "new", "service_attributes": ["#before"]},
        change={"service_attributes": ["#after"]},
        clearing=Clearing("endpoint_attributes", ["#a"], [], "endpoint_attributes"),
        requests=False,
    ),
    "posture_check": In(
        create={"name": "new", "type": "MFA", "timeout_seconds": 60},
        change={"timeout_seconds": 120},
        clearing=Clearing("attributes", ["#a"], [], "attributes"),
        fixed=("type", "MFA", "OS"),
    ),
    "certificate_authority": In(
        create={"name": "new", "cert_pem": PEM, "auto_ca_enrollment_enabled": True, "auth_enabled": False},
        change={"auth_enabled": True},
        clearing=Clearing("endpoint_attributes", ["#a"], [], "endpoint_attributes"),
        fixed=("cert_pem", PEM, OTHER_PEM),
    ),
    "identity": Scenario(
        provider="netfoundry",
        given=organization,
        told={"type": "api_account"},
        create={"name": "new", "description": "before", "return_credentials": True},
        change={"description": "after"},
        clearing=Clearing("description", "some", "", "description"),
        requests=False,
        lacks=UNIQUE,
    ),
}
