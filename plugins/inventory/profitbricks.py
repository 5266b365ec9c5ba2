# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The servers of the ProfitBricks cloud as Ansible's inventory: the edge between Ansible and `hosts.read`."""

from __future__ import annotations

DOCUMENTATION = r"""
---
name: profitbricks
short_description: Servers of the ProfitBricks cloud as inventory
version_added: 1.0.0
description:
  - Lists the servers of the ProfitBricks (IONOS Cloud) data centers that the credentials give access to, with
    everything that the service returns about them as host variables.
  - The configuration is a YAML file whose name ends in C(profitbricks.yml) or C(profitbricks.yaml).
  - It makes one request for the list of data centers and one for each data center that is read, several of these at
    the same time, and more with O(labels), O(images) and O(kubernetes); a list longer than a page is read whole.
    O(cache) saves these as well.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.profitbricks
  - ansible.builtin.constructed
  - ansible.builtin.inventory_cache
options:
  plugin:
    description:
      - Marks the file as a configuration of this plugin.
    type: str
    required: true
    choices:
      - profitbricks.cloud.profitbricks
  datacenters:
    description:
      - Names or UUIDs of the data centers to read; all if left out.
      - It is an error if one does not exist, or if several data centers have the name.
    type: list
    elements: str
    default: []
  locations:
    description:
      - Locations, such as V(de/fra), whose data centers are read; all if left out.
    type: list
    elements: str
    default: []
  filters:
    description:
      - Which servers become hosts. The first entry that is true for a server decides; a server for which none is true
        becomes a host.
      - Expressions can use the host variables described in the notes. An expression that is not valid Jinja is an
        error; one that cannot be evaluated for a server counts as false, or is an error with O(strict=true).
    type: list
    elements: dict
    default: []
    suboptions:
      include:
        description:
          - A Jinja expression. A server for which it is true becomes a host.
          - Each entry has exactly one of O(filters[].include) and O(filters[].exclude).
        type: str
      exclude:
        description:
          - A Jinja expression. A server for which it is true does not become a host; V(true) excludes every server
            that no earlier entry includes.
        type: str
  hostnames:
    description:
      - Name of the host in the inventory. Each entry is a host variable, with or without its prefix, or a Jinja
        expression over the host variables. The first entry with a result is used; of a list, the first element.
      - An expression that cannot be evaluated has no result, or is an error with O(strict=true).
      - A server for which no entry has a result is named by its UUID.
    type: list
    elements: str
    default:
      - name
  hostname_duplicates:
    description:
      - What to do when several servers would have the same name in the inventory. They are never merged.
      - V(id) appends an underscore and the UUID of the server to the names of all of them, with a warning; a name
        only changes when it starts or stops being shared.
      - V(number) leaves the name to the oldest server, and appends V(_2), V(_3) and so on to the newer ones.
      - V(error) fails, naming the servers.
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
      - What C(ansible_host) is set to. The first entry for which a server has an address is used; if there is none,
        C(ansible_host) is not set, and O(hosts_without_address) decides what happens to the host.
      - V(public_ipv4) and V(private_ipv4) are the first IPv4 address in a public or private LAN, V(ipv6) the first
        IPv6 address, V(name) is the name of the server.
      - A kind of address may be followed by a colon and the name or number of a LAN, as in V(private_ipv4:backend), to
        look at the NICs in that LAN only.
      - An empty list never sets C(ansible_host).
    type: list
    elements: str
    default:
      - public_ipv4
  hosts_without_address:
    description:
      - What to do with servers that have none of the addresses that O(connect_with) asks for.
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
        C(profitbricks_) all the same.
    type: str
    default: profitbricks_
  labels:
    description:
      - Whether to read the labels of servers and data centers, with one more request. Filters, groups and other
        expressions can then use them.
      - The service has labels from version 5 of its API on.
    type: bool
    default: false
  images:
    description:
      - Whether to read the names and aliases of images, with one more request.
      - A volume that was made from a snapshot, or from an image that the service no longer has, has neither.
    type: bool
    default: false
  kubernetes:
    description:
      - Whether to find out which servers are nodes of Kubernetes clusters, with one more request for the
        clusters and one for each node pool in the data centers that are read.
      - The service manages these servers, and refuses to change them in any other way. By themselves they look like
        any other server.
      - The service has clusters from version 5 of its API on.
    type: bool
    default: false
  password_file:
    description:
      - File with the password of O(username), instead of O(password). It may be encrypted with Ansible Vault. An
        executable file is run, and must print the password.
      - If not set, E(PROFITBRICKS_PASSWORD_FILE) and then E(IONOS_PASSWORD_FILE) are used, each after the password
        variable with the same prefix.
    type: path
  concurrency:
    description:
      - How many data centers to read at the same time.
    type: int
    default: 8
  wait_timeout:
    description:
      - Maximum number of seconds that reading may take. If not set, the environment variable
        E(PROFITBRICKS_WAIT_TIMEOUT) is used, and without that V(600).
    type: int
notes:
  - 'Each host has the same variables. Their names, here without O(hostvars_prefix), are those of the results of
    M(profitbricks.cloud.profitbricks_server), M(profitbricks.cloud.profitbricks_volume) and
    M(profitbricks.cloud.profitbricks_nic); whatever the service does not return, or not in this version of the API,
    is V(null) or an empty list.'
  - 'C(id), C(name), C(hostname), C(type), C(template_uuid): the server, the last one for servers of type V(CUBE)
    or V(GPU).'
  - 'C(datacenter), C(datacenter_id), C(location), C(availability_zone): where it is; C(datacenter) is the name.'
  - 'C(cores), C(ram), C(cpu_family), C(nic_multi_queue), C(enabled_features): its size, with the memory in MB, and
    features of its CPU.'
  - 'C(state), C(vm_state): state of the object at the service, such as V(AVAILABLE) or V(BUSY), and of the machine,
    such as V(RUNNING) or V(SHUTOFF).'
  - 'C(boot_volume), C(boot_cdrom): UUIDs of what it boots from. C(image), C(licence_type): UUID of the image that the
    boot volume was made from, and its licence, such as V(LINUX). C(image_name), C(image_aliases): name of that image,
    and a list of its aliases; V(null) and empty without O(images).'
  - 'C(volumes): attached volumes, each with the keys of a volume. C(cdroms): UUIDs of the attached CD-ROM images.'
  - 'C(nics): its NICs in the order of their device numbers, each with the keys of a NIC without its firewall rules
    and security groups, among them C(mac), C(ips), C(ipv6_ips) and C(lan), the number of the LAN, and beside them C(lan_name) and
    C(lan_public).'
  - 'C(public_ipv4), C(private_ipv4), C(ipv6): lists of the addresses of all NICs. An IPv4 address is public when its
    LAN is.'
  - 'C(security_groups): UUIDs of the security groups of the server.'
  - 'C(labels), C(datacenter_labels): the labels of the server and of its data center, values by key; empty without
    O(labels).'
  - 'C(managed_by): V(kubernetes) for a node of a Kubernetes cluster, else V(null); always V(null) without
    O(kubernetes).'
  - 'C(created_date), C(created_by), C(last_modified_date), C(last_modified_by): its history.'
  - All options may be templates, such as a lookup, or encrypted with Ansible Vault, except O(filters), O(hostnames),
    O(compose), O(groups) and O(keyed_groups), which hold expressions over the host variables. Templates see extra
    variables.
  - An expression that cannot be evaluated for any host, such as one with a misspelt variable, leads to a warning,
    unless only a key or an element of a value is missing.
  - Values from the service are never evaluated as templates.
"""

EXAMPLES = r"""
---
# The smallest file, with the credentials in the environment (PROFITBRICKS_TOKEN, or PROFITBRICKS_USERNAME and
# PROFITBRICKS_PASSWORD). Hosts have the names of their servers, and are reached at their first public address.
plugin: profitbricks.cloud.profitbricks

---
# Production in two locations: credentials from a file or from elsewhere, groups, a cache.
plugin: profitbricks.cloud.profitbricks
token: "{{ lookup('ansible.builtin.env', 'SHOP_TOKEN') }}"
locations:
  - de/fra
  - de/txl
filters:
  # The first entry that is true for a server decides.
  - exclude: profitbricks_vm_state != 'RUNNING'
  - include: profitbricks_datacenter is match('shop')
  - exclude: true
hostnames:
  - hostname
  - profitbricks_name ~ '.' ~ profitbricks_datacenter
keyed_groups:
  # Groups such as location_de_fra, licence_linux and lan_public.
  - prefix: location
    key: profitbricks_location
  - prefix: licence
    key: profitbricks_licence_type | lower
  - prefix: lan
    key: profitbricks_nics | map(attribute='lan_name') | select | list
groups:
  large: profitbricks_ram >= 8192
  web: profitbricks_name is match('web')
compose:
  ansible_user: "'root'"
  disk_gb: profitbricks_volumes | map(attribute='size') | sum
cache: true
cache_plugin: ansible.builtin.jsonfile
cache_connection: ~/.ansible/inventory_cache
cache_timeout: 600

---
# Servers by their labels: the group env_production for those with the label env=production, and so on for each label.
plugin: profitbricks.cloud.profitbricks
labels: true
filters:
  - exclude: profitbricks_labels.monitored | default('yes') == 'no'
keyed_groups:
  - key: profitbricks_labels
    separator: _
    prefix: ""
    leading_separator: false
compose:
  owner: profitbricks_labels.owner | default(profitbricks_datacenter_labels.owner) | default('nobody')

---
# Servers by the name of their image, without the nodes of Kubernetes clusters, which the service manages itself.
plugin: profitbricks.cloud.profitbricks
images: true
kubernetes: true
filters:
  - exclude: profitbricks_managed_by == 'kubernetes'
keyed_groups:
  # Groups such as ubuntu_24_04.
  - key: profitbricks_image_aliases
    separator: ""

---
# Servers reached through a private LAN, and where they have no address in it by any other.
plugin: profitbricks.cloud.profitbricks
datacenters:
  - shop
connect_with:
  - private_ipv4:management
  - private_ipv4
  - public_ipv4
  - ipv6
hosts_without_address: drop
hostname_duplicates: number
hostvars_prefix: cloud_
strict: true
"""

import hashlib
import os
from contextlib import closing
from typing import Any

from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.client import Cloud
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.connection import (
    CONNECTION,
    Connection,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.hosts import (
    DETAILS,
    FACTS,
    Endpoint,
    read,
)
from ansible_collections.profitbricks.cloud.plugins.plugin_utils._inventory import (
    Address,
    Host,
    HostsInventory,
    Read,
)


class InventoryModule(HostsInventory):
    """Reads a configuration file and adds a host for each server."""

    NAME = "profitbricks.cloud.profitbricks"
    NOUN = "server"
    FACTS = FACTS
    BORN = "created_date"

    def source(self) -> tuple[list[Any], Read]:
        datacenters, locations = self.texts("datacenters"), self.texts("locations")
        concurrency, also = self.concurrency(), [name for name in DETAILS if self.get_option(name)]
        connection = self._connection()

        for warning in connection.warnings:
            self.display.warning(f"{self.NAME}: {warning}")

        def servers() -> list[Host]:
            transport = connection.transport(connections=concurrency)
            cloud = Cloud(connection, transport)
            self.patience(cloud)
            with closing(transport):
                found = read(cloud, datacenters, locations, concurrency, also)
            self.display.vvv(f"{self.NAME}: {len(found)} servers with {len(transport.calls)} requests")
            return found

        scope = [
            connection.url,
            connection.contract_number,
            _account(connection),
            sorted(datacenters),
            sorted(locations),
            also,
        ]
        return scope, servers

    def _connection(self) -> Connection:
        """As the modules' connection, but a file may hold the password in place of an option or variable."""
        options, environ = self.connection_options(CONNECTION), dict(os.environ)
        if not options["password"] and (path := self.get_option("password_file")):
            options["password"] = self.secret_in("password_file", path)
        if not (options["token"] or options["password"]):
            for variable in ("PROFITBRICKS_PASSWORD_FILE", "IONOS_PASSWORD_FILE"):
                path, password = environ.get(variable), variable.removesuffix("_FILE")
                if environ.get(variable.replace("PASSWORD_FILE", "TOKEN")):
                    break
                if path and not environ.get(password):
                    environ[password] = self.secret_in(variable, path)
        return Connection.resolve(options, environ)

    def addresses(self) -> list[Address]:
        return [Endpoint.parse(text).of for text in self.texts("connect_with")]


def _account(connection: Connection) -> str:
    """Tells whose servers are cached: the user, or a mark of the token that does not give it away."""
    if connection.credentials.username:
        return connection.credentials.username
    salted = f"{connection.url} {connection.credentials.token}"
    return hashlib.sha256(salted.encode()).hexdigest()[:16]
