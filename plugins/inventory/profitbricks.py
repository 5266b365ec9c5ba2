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
  - Lists the servers of the ProfitBricks (IONOS Cloud) data centers that the credentials give access to, with all
    that the service tells of them as host variables.
  - The configuration is a YAML file whose name ends in C(profitbricks.yml) or C(profitbricks.yaml).
  - It makes one request for the list of data centers and one for each data center that is read, several of these at
    the same time, and with O(labels) one for all labels; a list longer than a page is read whole. O(cache) saves these
    as well.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.profitbricks
  - ansible.builtin.constructed
  - ansible.builtin.inventory_cache
options:
  plugin:
    description:
      - Says that the file is a configuration of this plugin.
    type: str
    required: true
    choices:
      - profitbricks.cloud.profitbricks
  datacenters:
    description:
      - Names or UUIDs of the data centers to read; all if left out.
      - One that does not exist, or a name that several data centers bear, is an error.
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
      - Which servers become hosts. The first entry that is true of a server decides; a server for which none is true
        becomes a host.
      - Expressions see the host variables described in the notes. An expression that is no valid Jinja is an error;
        one that cannot be evaluated for a server is not true of it, or an error with O(strict=true).
    type: list
    elements: dict
    default: []
    suboptions:
      include:
        description:
          - A Jinja expression. A server for which it is true becomes a host.
          - Exactly one of O(filters[].include) and O(filters[].exclude) makes an entry.
        type: str
      exclude:
        description:
          - A Jinja expression. A server for which it is true does not become a host; V(true) excludes all that no
            entry before it includes.
        type: str
  hostnames:
    description:
      - What the host is called in the inventory. Each entry is a host variable, with or without its prefix, or a Jinja
        expression over the host variables. The first that gives something decides; of a list it is its first element.
      - An expression that cannot be evaluated gives nothing, or is an error with O(strict=true).
      - A server for which all give nothing is called by its UUID.
    type: list
    elements: str
    default:
      - name
  hostname_duplicates:
    description:
      - What to do when several servers would have the same name in the inventory. They are never merged.
      - V(id) appends an underscore and the UUID of the server to the names of all of them, with a warning; a name does
        not change when other servers come and go, except from the only one to one of several.
      - V(number) leaves the name to the oldest server, and appends V(_2), V(_3) and so on to the younger ones.
      - V(error) fails, naming the servers.
    type: str
    choices:
      - id
      - number
      - error
    default: id
  connect_with:
    description:
      - What C(ansible_host) is set to. The first entry that a server has an address for decides; where it has none,
        C(ansible_host) is not set, and O(hosts_without_address) decides about the host.
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
      - What becomes of servers that have no address that O(connect_with) asks for.
      - V(keep) makes them hosts without C(ansible_host), with one warning for all of them; V(drop) leaves them out.
    type: str
    choices:
      - keep
      - drop
    default: keep
  hostvars_prefix:
    description:
      - What the names of the host variables begin with.
      - Where the name would be one that Ansible reserves, as C(name) with an empty prefix, it begins with
        C(profitbricks_) all the same.
    type: str
    default: profitbricks_
  labels:
    description:
      - Whether to read the labels of servers and data centers, with one more request. Host variables, filters and groups
        can use them then.
      - The service has labels from version 5 of its API on.
    type: bool
    default: false
  concurrency:
    description:
      - How many data centers are read at the same time.
    type: int
    default: 8
notes:
  - 'Each host has the same variables. Their names, here without O(hostvars_prefix), are those of the results of
    M(profitbricks.cloud.profitbricks_server), M(profitbricks.cloud.profitbricks_volume) and
    M(profitbricks.cloud.profitbricks_nic); what the service does not tell, or not in the version of the API in use, is
    V(null), or an empty list.'
  - 'C(id), C(name), C(hostname), C(type), C(template_uuid): the server, the last one for servers of type V(CUBE).'
  - 'C(datacenter), C(datacenter_id), C(location), C(availability_zone): where it is; C(datacenter) is the name.'
  - 'C(cores), C(ram), C(cpu_family), C(nic_multi_queue): its size, with the memory in MB.'
  - 'C(state), C(vm_state): state of the object at the service, such as V(AVAILABLE) or V(BUSY), and of the machine,
    such as V(RUNNING) or V(SHUTOFF).'
  - 'C(boot_volume), C(boot_cdrom): UUIDs of what it boots from. C(image), C(licence_type): UUID of the image that the
    boot volume was made from, and its licence, such as V(LINUX).'
  - 'C(volumes): attached volumes, each with the keys of a volume. C(cdroms): UUIDs of the attached CD-ROM images.'
  - 'C(nics): its NICs in the order of their device numbers, each with the keys of a NIC without its firewall rules
    and security groups, among them C(mac), C(ips), C(ipv6_ips) and C(lan), the number of the LAN, and beside them C(lan_name) and
    C(lan_public).'
  - 'C(public_ipv4), C(private_ipv4), C(ipv6): lists of the addresses of all NICs. An IPv4 address is public when its
    LAN is.'
  - 'C(security_groups): UUIDs of the security groups of the server.'
  - 'C(labels), C(datacenter_labels): the labels of the server and of its data center, values by key; empty without
    O(labels).'
  - 'C(created_date), C(created_by), C(last_modified_date), C(last_modified_by): its history.'
  - O(api_url), O(username), O(password), O(token), O(contract_number) and O(ca_path) may be templates, such as a
    lookup, or encrypted with Ansible Vault.
  - What the service tells is never evaluated as a template.
"""

EXAMPLES = r"""
---
# The smallest file, with the credentials in the environment (PROFITBRICKS_TOKEN, or PROFITBRICKS_USERNAME and
# PROFITBRICKS_PASSWORD). Hosts are called as the servers, and reached by their first public address.
plugin: profitbricks.cloud.profitbricks

---
# Production in two locations: credentials from a file or from elsewhere, groups, a cache.
plugin: profitbricks.cloud.profitbricks
token: "{{ lookup('ansible.builtin.env', 'SHOP_TOKEN') }}"
locations:
  - de/fra
  - de/txl
filters:
  # The first entry that is true of a server decides.
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

import gc
import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from ansible.errors import AnsibleError, AnsibleParserError
from ansible.plugins.inventory import BaseInventoryPlugin, Cacheable, Constructable
from ansible.vars.reserved import is_reserved_name
from jinja2 import Environment, TemplateSyntaxError
from jinja2.parser import Parser

from ansible_collections.profitbricks.cloud.plugins.module_utils.engine.errors import (
    CloudError,
    InvalidOption,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils.engine.naming import distinct
from ansible_collections.profitbricks.cloud.plugins.module_utils.profitbricks.client import Cloud
from ansible_collections.profitbricks.cloud.plugins.module_utils.profitbricks.connection import (
    CONNECTION,
    Connection,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils.profitbricks.hosts import (
    FACTS,
    Endpoint,
    Host,
    read,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils.version import COLLECTION_VERSION

try:
    from ansible.template import trust_as_template
except ImportError:
    # ansible-core 2.18 evaluates any text that looks like a template, unless it is marked as unsafe.
    from ansible.utils.unsafe_proxy import AnsibleUnsafeText

    _trusted, _untrusted = str, AnsibleUnsafeText
else:
    # Later ones evaluate only text that is marked as trusted, and show the rest of it as such in their JSON.
    _trusted, _untrusted = trust_as_template, str

# Text in which nothing can be read as a template, nor as a call, should a play evaluate it once more.
HARMLESS = re.compile(r"[\w\s.,:;/@+-]*")
PREFIX = "profitbricks_"
ENDINGS = ("profitbricks.yml", "profitbricks.yaml")
Variables = dict[str, Any]
Candidate = tuple[Host, Variables]


class InventoryModule(BaseInventoryPlugin, Constructable, Cacheable):
    """Reads a configuration file and adds a host for each server."""

    NAME = "profitbricks.cloud.profitbricks"

    def verify_file(self, path: str) -> bool:
        return bool(super().verify_file(path)) and path.endswith(ENDINGS)

    def parse(self, inventory: Any, loader: Any, path: str, cache: bool = True) -> None:
        """Add the hosts that the file at ``path`` describes. Raises AnsibleParserError, whose text is one line."""
        super().parse(inventory, loader, path, cache)
        config = self._read_config_data(path)
        try:
            self._check_names(config)
            with _without_collector():
                hosts = self._hosts(path, cache)
                self._add(hosts)
        except CloudError as error:
            raise AnsibleParserError(f"{path}: {error}") from None
        self._construct(hosts)

    def _add(self, hosts: Sequence[tuple[str, Variables]]) -> None:
        known = self.inventory.hosts
        for name, variables in hosts:
            self.inventory.add_host(name)
            # In one go: set_variable walks and marks every value anew, a second or more for thousands of hosts.
            known[name].vars.update(variables)

    def _check_names(self, config: Mapping[str, Any]) -> None:
        """Ansible passes over options that do not exist; a misspelt filter must not go unnoticed."""
        known = set(self.get_options())
        if unknown := sorted(str(name) for name in config if name not in known):
            raise InvalidOption(
                f"{', '.join(unknown)}: there is no such option; ansible-doc -t inventory {self.NAME} lists them"
            )

    # -- servers ------------------------------------------------------------------------------------------------

    def _servers(self, path: str, cache: bool) -> list[Host]:
        """The servers in the scope of the options, from the cache if it may be used and holds them."""
        datacenters, locations = self._texts("datacenters"), self._texts("locations")
        concurrency, labels = self.get_option("concurrency"), self.get_option("labels")
        if concurrency < 1:
            raise InvalidOption(f"concurrency: {concurrency} is below the smallest value, 1")
        connection = self._connection()
        if not self.get_option("cache"):
            return self._read(connection, datacenters, locations, concurrency, labels)
        scope = [
            COLLECTION_VERSION,
            connection.url,
            connection.contract_number,
            _account(connection),
            sorted(datacenters),
            sorted(locations),
            labels,
        ]
        key = self.get_cache_key(path)
        if cache and (servers := _cached(self._cache.get(key), scope)) is not None:
            return servers
        servers = self._read(connection, datacenters, locations, concurrency, labels)
        # As text, because Ansible copies what it caches value by value, and its file caches indent it.
        self._cache[key] = json.dumps({"scope": scope, "servers": servers}, separators=(",", ":"))
        return servers

    def _read(
        self,
        connection: Connection,
        datacenters: Sequence[str],
        locations: Sequence[str],
        concurrency: int,
        labels: bool,
    ) -> list[Host]:
        transport = connection.transport(connections=concurrency)
        with transport.session:
            servers = read(Cloud(connection, transport), datacenters, locations, concurrency, labels)
        self.display.vvv(f"{self.NAME}: {len(servers)} servers with {len(transport.calls)} requests")
        return servers

    def _texts(self, name: str) -> list[str]:
        """A list option, whose entries YAML may have read as numbers."""
        return [str(entry) for entry in self.get_option(name)]

    def _connection(self) -> Connection:
        options = {field.name: self._option(field.name) for field in CONNECTION}
        return Connection.resolve(options, os.environ)

    def _option(self, name: str) -> Any:
        """An option of the connection, its template evaluated."""
        value = self.get_option(name)
        if not isinstance(value, str):
            return value
        self.templar.available_variables = self._vars
        try:
            return str(self.templar.template(value))
        except AnsibleError as error:
            raise InvalidOption(f"{name}: the template cannot be evaluated: {_line(error)}") from None

    # -- hosts --------------------------------------------------------------------------------------------------

    def _hosts(self, path: str, cache: bool) -> list[tuple[str, Variables]]:
        """The hosts by name, with their variables."""
        names = variable_names(self.get_option("hostvars_prefix"))
        rules = [_rule(entry) for entry in self.get_option("filters")]
        expressions = [_expression("hostnames", text, names) for text in self._texts("hostnames")]
        endpoints = [Endpoint.parse(text) for text in self._texts("connect_with")]

        marks: dict[str, str] = {}
        candidates = []
        for server in self._servers(path, cache):
            variables = {names[fact]: marked(server.get(fact), marks) for fact in FACTS}
            if self._included(rules, server, variables):
                candidates.append((server, variables))
        if endpoints:
            candidates = self._reachable(candidates, endpoints, marks)
        return self._called(candidates, expressions)

    def _reachable(
        self, candidates: Sequence[Candidate], endpoints: Sequence[Endpoint], marks: dict[str, str]
    ) -> list[Candidate]:
        """Set ``ansible_host``; leave out those without an address where that is asked for."""
        keep = self.get_option("hosts_without_address") == "keep"
        found, lacking = [], []
        for server, variables in candidates:
            address = next(filter(None, (endpoint.of(server) for endpoint in endpoints)), None)
            if address:
                variables["ansible_host"] = marked(address, marks)
            else:
                lacking.append(str(server["name"] or server["id"]))
            if address or keep:
                found.append((server, variables))
        if lacking and keep:
            self.display.warning(
                f"No address of a kind that connect_with asks for: {_some(lacking)}. Without ansible_host, Ansible "
                "tries the name of the host; add another kind to connect_with, or set hosts_without_address to drop"
            )
        return found

    def _called(
        self, candidates: Sequence[Candidate], expressions: Sequence[str]
    ) -> list[tuple[str, Variables]]:
        """The variables by the name of the host, all names distinct."""
        # By age, so that a number that was given stays with its server.
        candidates = sorted(candidates, key=lambda each: (each[0]["created_date"] or "", each[0]["id"]))
        wanted = [(self._name(expressions, *candidate), candidate[0]["id"]) for candidate in candidates]
        rule = self.get_option("hostname_duplicates")
        names = distinct(wanted, rule)
        shared = sorted({want for (want, _id), name in zip(wanted, names, strict=True) if want != name})
        if shared and rule == "id":
            self.display.warning(
                f"Several servers share one of these names, so that their id was appended: {_some(shared)}. "
                "Tell them apart with hostnames"
            )
        return [(name, variables) for name, (_server, variables) in zip(names, candidates, strict=True)]

    def _included(self, rules: Sequence[tuple[bool, str | bool]], server: Host, variables: Variables) -> bool:
        for include, expression in rules:
            # Through an inline if, because ansible-core 2.18 gives a zero as the text "0".
            if expression is True or (
                expression
                and self._evaluate("filters", f"true if ({expression}) else false", server, variables) is True
            ):
                return include
        return True

    def _name(self, expressions: Sequence[str], server: Host, variables: Variables) -> str:
        """What the options want the host to be called."""
        for expression in expressions:
            if expression in variables:
                value = variables[expression]
            else:
                value = self._evaluate("hostnames", expression, server, variables)
            if isinstance(value, list):
                value = value[0] if value else None
            if value not in (None, ""):
                return str(value)
        return str(server["id"])

    def _evaluate(self, option: str, expression: str, server: Host, variables: Variables) -> Any:
        """The value of an expression; None where it cannot be told, which is an error with ``strict``."""
        try:
            return self._compose(_trusted(expression), variables)
        except Exception as error:  # filters and tests raise whatever they like
            if self.get_option("strict"):
                raise InvalidOption(
                    f"{option}: {expression!r} cannot be evaluated for server {server['id']}: {_line(error)}"
                ) from None
            return None

    def _construct(self, hosts: Sequence[tuple[str, Variables]]) -> None:
        """Whatever the options of the documentation fragment ``constructed`` ask for."""
        strict = self.get_option("strict")
        compose, groups, keyed = (self.get_option(name) for name in ("compose", "groups", "keyed_groups"))
        if not (compose or groups or keyed):
            return
        for name, variables in hosts:
            self._set_composite_vars(compose, variables, name, strict=strict)
            self._add_host_to_composed_groups(groups, variables, name, strict=strict)
            self._add_host_to_keyed_groups(keyed, variables, name, strict=strict)


@contextmanager
def _without_collector() -> Iterator[None]:
    """Pause the collector of cyclic garbage: of thousands of servers it walks all values again and again, for almost
    half of the time, and there is no cycle among them.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def variable_names(prefix: str) -> dict[str, str]:
    """The name of the host variable of each fact. Raises InvalidOption for a prefix that makes none."""
    if not re.fullmatch(r"([A-Za-z_]\w*)?", prefix, re.ASCII) or prefix.startswith("ansible_"):
        raise InvalidOption(
            f"hostvars_prefix: {prefix!r} is not the beginning of a variable's name: letters, digits and underscores, "
            "not a digit first; and not ansible_, which is Ansible's own"
        )
    return {fact: PREFIX + fact if is_reserved_name(prefix + fact) else prefix + fact for fact in FACTS}


def marked(value: Any, marks: dict[str, str]) -> Any:
    """A copy of what the service told, fit for a host variable: none of it will be evaluated as a template.

    ``marks`` remembers the texts that were seen before, as most are in many servers.
    """
    if isinstance(value, str):
        if (known := marks.get(value)) is None:
            known = marks[value] = _trusted(value) if HARMLESS.fullmatch(value) else _untrusted(value)
        return known
    if isinstance(value, list):
        return [marked(each, marks) for each in value]
    if isinstance(value, dict):
        return {key: marked(each, marks) for key, each in value.items()}
    return value


def _rule(entry: Any) -> tuple[bool, str | bool]:
    """An entry of ``filters`` as (include, expression), a constant one as a boolean."""
    if not isinstance(entry, Mapping) or set(entry) not in ({"include"}, {"exclude"}):
        raise InvalidOption("filters: each entry must be one of include and exclude, with an expression")
    ((kind, expression),) = entry.items()
    if not isinstance(expression, (str, bool)):
        raise InvalidOption(f"filters: {kind} must be a Jinja expression, not {expression!r}")
    if isinstance(expression, str):
        _check_syntax("filters", expression)
    return kind == "include", expression


def _expression(option: str, text: str, names: Mapping[str, str]) -> str:
    """A fact by the name of its variable; any other expression as it is."""
    if text in names:
        return names[text]
    if text.isidentifier() and text not in names.values():
        raise InvalidOption(
            f"{option}: there is no host variable {text}; there are: {', '.join(names.values())}"
        )
    _check_syntax(option, text)
    return text


def _check_syntax(option: str, expression: str) -> None:
    """Raise InvalidOption for what is no expression at all; whether it can be evaluated depends on the server."""
    try:
        parser = Parser(Environment(), expression, state="variable")
        parser.parse_expression()
        if not parser.stream.eos:
            raise TemplateSyntaxError("it goes on after its end", 1)
    except TemplateSyntaxError as error:
        raise InvalidOption(
            f"{option}: {expression!r} is not a valid Jinja expression: {error.message}"
        ) from None


def _account(connection: Connection) -> str:
    """Tells whose servers are cached: the user, or a mark of the token that does not give it away."""
    if connection.credentials.username:
        return connection.credentials.username
    salted = f"{connection.url} {connection.credentials.token}"
    return hashlib.sha256(salted.encode()).hexdigest()[:16]


def _cached(text: Any, scope: Sequence[Any]) -> list[Host] | None:
    """What the cache holds for the scope; None where it holds nothing, or what other options asked for."""
    try:
        found = json.loads(text)
    except (TypeError, ValueError):
        return None
    return found["servers"] if isinstance(found, dict) and found.get("scope") == list(scope) else None


def _line(error: Exception) -> str:
    return " ".join(str(error).split())


def _some(names: Sequence[str], most: int = 10) -> str:
    rest = len(names) - most
    return ", ".join(names[:most]) + (f" and {rest} more" if rest > 0 else "")
