# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The contract and the requests made on it (contract sections 6, 10.21 and 10.22)."""

from __future__ import annotations

from ..._engine.schema.field import Field
from ..._engine.schema.resource import Resource
from . import RESOURCES


def _figure(name: str, help: str, sample: int, since: int = 0) -> Field:
    return Field(name, "int", read_only=True, since=since, help=f"{help}.", sample=sample)


CONTRACT = Resource(
    kind="contract",
    path="contracts",
    label="contract",
    id_pattern=r"\d+",
    id_help="number",
    id_sample="31748612",
    title="Read the limits of a contract of the ProfitBricks cloud, and how much of them is used",
    about=("Only the owner of the contract and its administrators can read it.",),
    fields=(
        Field("contract_number", "int", read_only=True, help="Number of the contract.", sample=31748612),
        Field("owner", read_only=True, help="E-mail address of the owner.", sample="demo@example.com"),
        Field(
            "status", read_only=True, help="State of the contract, such as V(BILLABLE).", sample="BILLABLE"
        ),
        Field("reg_domain", read_only=True, help="Domain at which it was registered.", sample="ionos.de"),
        Field(
            "resource_limits",
            "dict",
            read_only=True,
            help=(
                "Limits of the contract, and current usage.",
                "V(null) for what this version of the API does not return.",
            ),
            options=(
                _figure("cores_per_server", "Maximum number of cores of one server", 62),
                _figure("cores_per_contract", "Maximum number of cores of all servers", 1000),
                _figure("cores_provisioned", "Cores in use", 12),
                _figure("ram_per_server", "Maximum memory of one server, in MB", 245760),
                _figure("ram_per_contract", "Maximum memory of all servers, in MB", 10240000),
                _figure("ram_provisioned", "Memory in use, in MB", 24576),
                _figure("hdd_limit_per_volume", "Largest HDD volume, in MB", 2097152),
                _figure("hdd_limit_per_contract", "Maximum HDD storage, in MB", 104857600),
                _figure("hdd_volume_provisioned", "HDD storage in use, in MB", 102400),
                _figure("ssd_limit_per_volume", "Largest SSD volume, in MB", 2097152),
                _figure("ssd_limit_per_contract", "Maximum SSD storage, in MB", 104857600),
                _figure("ssd_volume_provisioned", "SSD storage in use, in MB", 51200),
                _figure("das_volume_provisioned", "Direct attached storage in use, in MB", 0, since=6),
                _figure("reservable_ips", "Maximum number of reserved addresses", 100),
                _figure("reserved_ips_on_contract", "Reserved addresses", 4),
                _figure("reserved_ips_in_use", "Reserved addresses in use", 2),
                _figure("k8s_cluster_limit_total", "Maximum number of Kubernetes clusters", 10, since=5),
                _figure("k8s_clusters_provisioned", "Kubernetes clusters", 1, since=5),
                _figure("nlb_limit_total", "Maximum number of network load balancers", 10, since=6),
                _figure("nlb_provisioned", "Network load balancers", 0, since=6),
                _figure("nat_gateway_limit_total", "Maximum number of NAT gateways", 10, since=6),
                _figure("nat_gateway_provisioned", "NAT gateways", 0, since=6),
                _figure(
                    "security_groups_per_vdc",
                    "Maximum number of security groups of one data center",
                    100,
                    since=6,
                ),
                _figure(
                    "security_groups_per_resource",
                    "Maximum number of security groups of one server or NIC",
                    10,
                    since=6,
                ),
                _figure(
                    "rules_per_security_group", "Maximum number of rules of one security group", 100, since=6
                ),
            ),
        ),
    ),
)

STATUSES = ("QUEUED", "RUNNING", "DONE", "FAILED")

REQUEST = Resource(
    kind="request",
    path="requests",
    label="request",
    identity="",
    id_sample="a8ab2a48-1a7e-4d2c-9c3e-0a4d6f0f2f3a",
    page_limit=1000,
    title="Read requests to the ProfitBricks cloud, and wait for them",
    about=(
        "The service accepts a change first and carries it out later; the request shows its progress. With "
        "O(wait), one task waits for everything that other tasks have started without waiting.",
        "Only requests made by the user that the task logs in as are listed. Their bodies and headers, "
        "which may contain passwords, are not returned.",
    ),
    fields=(
        Field(
            "status",
            read_only=True,
            metadata=True,
            choices=STATUSES,
            help="Status of the request: V(QUEUED), V(RUNNING), V(DONE) or V(FAILED).",
            sample="DONE",
        ),
        Field(
            "message",
            read_only=True,
            metadata=True,
            help="Message of the service about the outcome, such as why the request failed; V(null) before "
            "that.",
            sample="Request has been successfully executed",
        ),
        Field("method", read_only=True, help="HTTP method of the call.", sample="POST"),
        Field(
            "url",
            read_only=True,
            help="URL of the call.",
            sample="https://api.ionos.com/cloudapi/v6/datacenters",
        ),
        Field(
            "targets",
            "list",
            elements="dict",
            read_only=True,
            metadata=True,
            help="The objects that the request concerns.",
            options=(
                Field(
                    "id",
                    read_only=True,
                    help="Id of the object.",
                    sample="15f67991-0f51-4efc-a8ad-ef1fb31a480c",
                ),
                Field("type", read_only=True, help="Kind of the object.", sample="datacenter"),
                Field("status", read_only=True, help="Status, as that of the request.", sample="DONE"),
            ),
        ),
        Field(
            "created_date",
            read_only=True,
            metadata=True,
            help="When the service accepted it, in UTC.",
            sample="2026-11-02T09:17:01Z",
        ),
        Field("created_by", read_only=True, metadata=True, help="Who made it.", sample="demo@example.com"),
    ),
)


RESOURCES.update({r.kind: r for r in (CONTRACT, REQUEST)})
