# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Endpoints and edge routers of NetFoundry networks as Ansible's inventory."""

from __future__ import annotations

DOCUMENTATION = r"""
---
name: netfoundry
short_description: Endpoints and edge routers of NetFoundry networks as inventory
version_added: 1.0.0
description:
  - Lists the endpoints and edge routers of the networks that the credentials give access to, with everything that the
    service returns about them as host variables, and their role attributes as groups.
  - The configuration is a YAML file whose name ends in C(netfoundry.yml) or C(netfoundry.yaml).
  - It makes one request for the list of networks and one for each of O(kinds), of all networks together or, with
    O(networks) or O(network_group), of each network; a list longer than a page is read whole. O(cache) saves these as
    well.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.netfoundry
  - ansible.builtin.constructed
  - ansible.builtin.inventory_cache
options:
  plugin:
    description:
      - Marks the file as a configuration of this plugin.
    type: str
    required: true
    choices:
      - profitbricks.cloud.netfoundry
  networks:
    description:
      - Names or UUIDs of the networks to read; all if left out.
      - It is an error if one does not exist, or if several networks have the name.
    type: list
    elements: str
    default: []
    env:
      - name: NETFOUNDRY_NETWORK
  network_group:
    description:
      - Short name, name or UUID of the network group whose networks are read; those of all groups if left out.
    type: str
    env:
      - name: NETFOUNDRY_NETWORK_GROUP
  organization:
    description:
      - Label, name or UUID of the organization whose networks are read, where the credentials give access to several.
    type: str
    env:
      - name: NETFOUNDRY_ORGANIZATION
  kinds:
    description:
      - What becomes a host. The endpoint that belongs to an edge router does not become a host of its own.
    type: list
    elements: str
    choices:
      - endpoint
      - edge_router
    default:
      - endpoint
      - edge_router
  attribute_groups:
    description:
      - Whether to create a group for each role attribute, with the hosts that have it. The group is named after the
        attribute, without its C(#) and with O(attribute_group_prefix) in front; characters that group names cannot
        have become underscores.
    type: bool
    default: true
  attribute_group_prefix:
    description:
      - Prefix of the names of the groups that O(attribute_groups) creates.
    type: str
    default: ""
  filters:
    description:
      - Which endpoints and edge routers become hosts. The first entry that is true for one of them decides; if none
        is true, it becomes a host.
      - Expressions can use the host variables described in the notes. An expression that is not valid Jinja is an
        error; one that cannot be evaluated counts as false, or is an error with O(strict=true).
    type: list
    elements: dict
    default: []
    suboptions:
      include:
        description:
          - A Jinja expression. Whatever it is true for becomes a host.
          - Each entry has exactly one of O(filters[].include) and O(filters[].exclude).
        type: str
      exclude:
        description:
          - A Jinja expression. Whatever it is true for does not become a host; V(true) excludes everything that no
            earlier entry includes.
        type: str
  hostnames:
    description:
      - Name of the host in the inventory. Each entry is a host variable, with or without its prefix, or a Jinja
        expression over the host variables. The first entry with a result is used; of a list, the first element.
      - An expression that cannot be evaluated has no result, or is an error with O(strict=true).
      - If no entry has a result, the host is named by its UUID.
    type: list
    elements: str
    default:
      - name
  hostname_duplicates:
    description:
      - What to do when several of them would have the same name in the inventory. They are never merged.
      - V(id) appends an underscore and the UUID to the names of all of them, with a warning; a name only changes when
        it starts or stops being shared.
      - V(number) leaves the name to the oldest, and appends V(_2), V(_3) and so on to the newer ones.
      - V(error) fails, naming the hosts.
      - No host gets the name V(all), V(ungrouped), V(localhost) or V(127.0.0.1), nor that of a group, including
        groups that O(groups) or O(keyed_groups) create. Such a name is changed in the same way, even if it is unique,
        with a warning.
    type: str
    choices:
      - id
      - number
      - error
    default: id
  connect_with:
    description:
      - What C(ansible_host) is set to. The first entry with a result is used; if there is none, C(ansible_host) is
        not set, and O(hosts_without_address) decides what happens to the host.
      - V(ip_address) is the address of an edge router's machine, which no endpoint has; V(name) is the name.
      - An empty list never sets C(ansible_host).
    type: list
    elements: str
    choices:
      - ip_address
      - name
    default: []
  hosts_without_address:
    description:
      - What to do with hosts that have none of the addresses that O(connect_with) asks for.
      - V(keep) makes them hosts without C(ansible_host), with one warning for all of them; V(drop) leaves them out.
    type: str
    choices:
      - keep
      - drop
    default: keep
  hostvars_prefix:
    description:
      - Prefix of the names of the host variables.
      - If a name would be one that Ansible reserves, such as C(name) with an empty prefix, it begins with
        C(netfoundry_) all the same.
    type: str
    default: netfoundry_
  concurrency:
    description:
      - How many networks to read at the same time.
    type: int
    default: 8
  wait_timeout:
    description:
      - Maximum number of seconds that reading may take. If not set, the environment variable
        E(NETFOUNDRY_WAIT_TIMEOUT) is used, and without that V(600).
    type: int
notes:
  - 'Each host has the same variables. Their names, here without O(hostvars_prefix), are those of the results of
    M(profitbricks.cloud.netfoundry_endpoint) and M(profitbricks.cloud.netfoundry_edge_router); whatever the service
    does not return, or not for this kind, is V(null).'
  - 'C(kind), C(id), C(name), C(type): what it is, V(endpoint) or V(edge_router).'
  - 'C(network), C(network_id), C(network_group_id): where it is; C(network) is the name.'
  - 'C(attributes): its role attributes, each with its C(#).'
  - 'C(enrolled), C(jwt_expires_at), C(ziti_id): whether its one-time token was used, when the token expires, and the
    id in the network. The token itself is not included.'
  - 'C(online), C(verified), C(status), C(ip_address), C(provider), C(region): state and place of an edge router.'
  - 'C(has_api_session), C(has_edge_router_connection), C(session_active): whether an endpoint is connected.'
  - All options may be templates, such as a lookup, or encrypted with Ansible Vault, except O(filters), O(hostnames),
    O(compose), O(groups) and O(keyed_groups), which hold expressions over the host variables. Templates see extra
    variables.
  - An expression that cannot be evaluated for any host, such as one with a misspelt variable, leads to a warning,
    unless only a key or an element of a value is missing.
  - Values from the service are never evaluated as templates.
"""

EXAMPLES = r"""
---
# The smallest file, with an API account in credentials.json or in the environment (NETFOUNDRY_API_ACCOUNT). Hosts are
# named after the endpoints and edge routers, and are in groups such as work_from_anywhere.
plugin: profitbricks.cloud.netfoundry

---
# The endpoints of one network that are not enrolled yet.
plugin: profitbricks.cloud.netfoundry
credentials: ~/.netfoundry/ci.json
networks:
  - ACME Net
kinds:
  - endpoint
filters:
  - exclude: netfoundry_enrolled
keyed_groups:
  - prefix: system
    key: netfoundry_os

---
# Edge routers by cloud and region, reached by their address; a cache.
plugin: profitbricks.cloud.netfoundry
kinds:
  - edge_router
attribute_groups: false
connect_with:
  - ip_address
hosts_without_address: drop
keyed_groups:
  - prefix: cloud
    key: netfoundry_provider
  - prefix: region
    key: netfoundry_region
cache: true
cache_plugin: ansible.builtin.jsonfile
cache_connection: ~/.ansible/inventory_cache
cache_timeout: 600
"""

import hashlib
import os
from collections.abc import Sequence
from contextlib import closing
from typing import Any

from ansible_collections.profitbricks.cloud.plugins.module_utils._netfoundry.client import Cloud
from ansible_collections.profitbricks.cloud.plugins.module_utils._netfoundry.connection import (
    CONNECTION,
    Connection,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils._netfoundry.hosts import (
    FACTS,
    read,
    tags,
)
from ansible_collections.profitbricks.cloud.plugins.plugin_utils._inventory import (
    Address,
    Called,
    Host,
    HostsInventory,
    Read,
)


class InventoryModule(HostsInventory):
    """Reads a configuration file and adds a host for each endpoint and edge router."""

    NAME = "profitbricks.cloud.netfoundry"
    NOUN = "host"
    FACTS = FACTS
    BORN = "created_at"

    def source(self) -> tuple[list[Any], Read]:
        networks, group = self.texts("networks"), str(self.get_option("network_group") or "")
        organization = str(self.get_option("organization") or "")
        kinds, concurrency = self.texts("kinds"), self.concurrency()
        connection = Connection.resolve(self.connection_options(CONNECTION), os.environ)

        def warn(warnings: Sequence[str]) -> None:
            for warning in warnings:
                self.display.warning(f"{self.NAME}: {warning}")

        warn(connection.warnings)

        def hosts() -> list[Host]:
            auth = connection.auth()
            transport = connection.transport(auth, connections=concurrency)
            cloud = Cloud(connection, auth, transport)
            self.patience(cloud)
            with closing(transport):
                found = read(cloud, networks, group, kinds, concurrency, organization)
            warn(cloud.warnings[len(connection.warnings) :])
            self.display.vvv(f"{self.NAME}: {len(found)} hosts with {len(transport.calls)} requests")
            return found

        scope = [connection.url, _account(connection), sorted(networks), group, organization, sorted(kinds)]
        return scope, hosts

    def addresses(self) -> list[Address]:
        return [_address(name) for name in self.texts("connect_with")]

    def group(self, hosts: Sequence[Called]) -> None:
        if not self.get_option("attribute_groups"):
            return
        prefix = str(self.get_option("attribute_group_prefix") or "")
        for name, host, _variables in hosts:
            for tag in tags(host):
                group = self.inventory.add_group(self._sanitize_group_name(f"{prefix}{tag}"))
                self.inventory.add_host(name, group)


def _address(fact: str) -> Address:
    return lambda host: host[fact] or None


def _account(connection: Connection) -> str:
    """Tells whose hosts are cached: the API account, or a mark of the token that does not give it away."""
    if connection.account is not None:
        return connection.account.client_id
    return hashlib.sha256(connection.token.encode()).hexdigest()
