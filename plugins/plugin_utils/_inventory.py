# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the inventory plugins have in common: from descriptions of objects to hosts with names, variables and groups."""

from __future__ import annotations

import gc
import hashlib
import json
import os
import re
import traceback
from abc import abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any, ClassVar

from ansible.constants import LOCALHOST
from ansible.errors import AnsibleError, AnsibleParserError
from ansible.parsing.vault import get_file_vault_secret
from ansible.plugins.inventory import BaseInventoryPlugin, Cacheable, Constructable
from ansible.vars.reserved import is_reserved_name

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.clock import Deadline
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import (
    CloudError,
    InvalidOption,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.outcome import PATIENCE
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.schema.field import Field
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.service import Service
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.settings import (
    time_limit,
    wants_progress,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.shape import unlike
from ansible_collections.profitbricks.cloud.plugins.module_utils.version import COLLECTION_VERSION
from ansible_collections.profitbricks.cloud.plugins.plugin_utils._draft import Draft
from ansible_collections.profitbricks.cloud.plugins.plugin_utils._expressions import (
    Trials,
    filter_rule,
    hostname_expression,
    line,
)
from ansible_collections.profitbricks.cloud.plugins.plugin_utils._naming import distinct
from ansible_collections.profitbricks.cloud.plugins.plugin_utils._progress import Teller

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
HARMLESS = re.compile(r"(?!\s*#jinja2)[\w\s.,:;/@+#-]*")

# Options that hold expressions over host variables; all others may be templates.
EXPRESSIONS = ("filters", "hostnames", "compose", "groups", "keyed_groups")
# How often names are sought that no group has, as groups may depend on the names of their hosts.
ATTEMPTS = 4

Host = dict[str, Any]
Variables = dict[str, Any]
Candidate = tuple[str, Host, Variables]  # with the name that the options want for it
Called = tuple[str, Host, Variables]  # with the name that it has
Read = Callable[[], list[Host]]
Address = Callable[[Host], str | None]


class HostsInventory(BaseInventoryPlugin, Constructable, Cacheable):
    """Reads a configuration file and adds a host for each object that a service describes.

    ``NAME`` is the plugin's full name, ``FACTS`` are the keys of each description, ``BORN`` the one that tells its
    age, ``NOUN`` is what messages call one.
    """

    NAME: ClassVar[str]
    NOUN: ClassVar[str]
    FACTS: ClassVar[tuple[str, ...]]
    BORN: ClassVar[str]

    inventory: Any  # where hosts and groups go
    _trials: Trials
    _constructing = ""  # the option whose expressions Ansible evaluates

    @property
    def vendor(self) -> str:
        """The last part of the plugin's name, by which files are known and reserved names told apart."""
        return self.NAME.rsplit(".", 1)[-1]

    def verify_file(self, path: str) -> bool:
        endings = (f"{self.vendor}.yml", f"{self.vendor}.yaml")
        return bool(super().verify_file(path)) and path.endswith(endings)

    # -- what each service has of its own -----------------------------------------------------------------------

    @abstractmethod
    def source(self) -> tuple[list[Any], Read]:
        """What the options ask for, as a list fit for JSON that tells caches apart, and how it is read."""

    @abstractmethod
    def addresses(self) -> list[Address]:
        """How the options want hosts to be reached, best first; each tells an address, or None where there is none."""

    def group(self, hosts: Sequence[Called]) -> None:
        """Put hosts into groups that need no expression; by name, with their descriptions."""

    # -- the same for all ---------------------------------------------------------------------------------------

    def parse(self, inventory: Any, loader: Any, path: str, cache: bool = True) -> None:
        """Add the hosts that the file at ``path`` describes, all or none. Raises AnsibleError, whose text is one line."""
        super().parse(inventory, loader, path, cache)
        self._trials = Trials()
        try:
            with _without_collector():
                self._check_names(self._read_config_data(path))
                self._drafted(self._candidates(path, cache)).enter()
        except CloudError as error:
            raise AnsibleParserError(f"{path}: {error}") from None
        except AnsibleError as error:
            text = line(error)
            raise AnsibleParserError(text if path in text else f"{path}: {text}") from None
        except Exception as error:
            self.display.vvv(traceback.format_exc())
            raise AnsibleParserError(
                f"{path}: Unexpected {type(error).__name__}: {line(error)}. This is a bug in the "
                "collection; please report it"
            ) from None
        for option, expression, why in self._trials.hopeless():
            self.display.warning(
                f"{path}: {option}: {expression!r} cannot be evaluated for any {self.NOUN}: {why}"
            )

    def set_options(
        self, task_keys: Any = None, var_options: Any = None, direct: Mapping[str, Any] | None = None
    ) -> None:
        """The options of the file, their templates evaluated before their types are looked at."""
        evaluated = {
            name: value if name in EXPRESSIONS else self._templated(name, value)
            for name, value in (direct or {}).items()
        }
        super().set_options(task_keys=task_keys, var_options=var_options, direct=evaluated)

    def _templated(self, name: str, value: Any) -> Any:
        if isinstance(value, list):
            return [self._templated(name, each) for each in value]
        if not isinstance(value, str):
            return value
        self.templar.available_variables = self._vars
        try:
            return self.templar.template(value)
        except AnsibleError as error:
            raise InvalidOption(f"{name}: the template cannot be evaluated: {line(error)}") from None

    def _check_names(self, config: Mapping[str, Any]) -> None:
        """Ansible passes over options that do not exist; a misspelt filter must not go unnoticed."""
        known = set(self.get_options())
        if unknown := sorted(str(name) for name in config if name not in known):
            raise InvalidOption(
                f"{', '.join(unknown)}: there is no such option; ansible-doc -t inventory {self.NAME} lists them"
            )

    def _described(self, path: str, cache: bool) -> list[Host]:
        """The descriptions that the options ask for, from the cache if it may be used and holds them."""
        scope, read = self.source()
        if not self.get_option("cache"):
            return self._told(read)
        scope = [COLLECTION_VERSION, *scope]
        key = self.get_cache_key(path)
        if cache and (hosts := unsealed(self._remembered(key), scope)) is not None:
            return hosts
        hosts = self._told(read)
        self._cache[key] = sealed(hosts, scope)
        return hosts

    def _told(self, read: Read) -> list[Host]:
        """What the service tells. Raises CloudError, also for answers of which nothing can be made."""
        try:
            return read()
        except (AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
            self.display.vvv(traceback.format_exc())
            raise unlike(self.vendor, f"{type(error).__name__}: {line(error)}") from None

    def _remembered(self, key: str) -> Any:
        """What the cache plugin holds; None where it cannot read what it finds, which will be replaced."""
        try:
            return self._cache.get(key)
        except Exception as error:  # as many as there are cache plugins
            self.display.vvv(f"{self.NAME}: the cache cannot be read: {line(error)}")
            return None

    def patience(self, cloud: Service) -> None:
        """Let reading end in time, however slow the service is, and tell of it meanwhile. Raises InvalidOption."""
        name = self.vendor.upper()
        seconds = time_limit(self.get_option("wait_timeout"), os.environ, f"{name}_WAIT_TIMEOUT")
        cloud.obey(Deadline.after(cloud.clock, seconds or PATIENCE))
        if wants_progress(None, os.environ, f"{name}_PROGRESS"):
            cloud.progress = Teller()

    def concurrency(self) -> int:
        wanted = int(self.get_option("concurrency"))
        if wanted < 1:
            raise InvalidOption(f"concurrency: {wanted} is below the minimum, 1")
        return wanted

    def texts(self, name: str) -> list[str]:
        """A list option, whose entries YAML may have read as numbers."""
        return [str(entry) for entry in self.get_option(name)]

    def connection_options(self, fields: Iterable[Field]) -> dict[str, Any]:
        """The options of the connection."""
        return {field.name: self.get_option(field.name) for field in fields}

    def secret_in(self, option: str, path: str) -> str:
        """What a file holds, or prints if it is executable, as Ansible reads the passwords of its vault."""
        if not os.path.exists(os.path.expanduser(path)):
            raise InvalidOption(f"{option}: there is no file {path}")
        try:
            secret = get_file_vault_secret(filename=path, loader=self.loader)
            secret.load()
            return str(secret.bytes.decode().strip())
        except (AnsibleError, OSError, UnicodeError) as error:
            raise InvalidOption(
                f"{option}: {path} cannot be read, or contains no password: {line(error)}"
            ) from None

    # -- hosts --------------------------------------------------------------------------------------------------

    def _candidates(self, path: str, cache: bool) -> list[Candidate]:
        """What becomes a host, with the name that the options want for it, oldest first."""
        names = variable_names(self.get_option("hostvars_prefix"), self.FACTS, f"{self.vendor}_")
        rules = [filter_rule(entry) for entry in self.get_option("filters")]
        expressions = [hostname_expression("hostnames", text, names) for text in self.texts("hostnames")]
        addresses = self.addresses()

        marks: dict[str, str] = {}
        found = []
        for host in self._described(path, cache):
            variables = {names[fact]: marked(host.get(fact), marks) for fact in self.FACTS}
            if self._included(rules, host, variables):
                found.append((host, variables))
        if addresses:
            found = self._reachable(found, addresses, marks)
        # By age, so that a number that was given stays with its host.
        found.sort(key=lambda each: (str(each[0][self.BORN] or ""), each[0]["id"]))
        return [(self._name(expressions, host, variables), host, variables) for host, variables in found]

    def _reachable(
        self,
        candidates: Sequence[tuple[Host, Variables]],
        addresses: Sequence[Address],
        marks: dict[str, str],
    ) -> list[tuple[Host, Variables]]:
        """Set ``ansible_host``; leave out those without an address where that is asked for."""
        keep = self.get_option("hosts_without_address") == "keep"
        found, lacking = [], []
        for host, variables in candidates:
            address = next(filter(None, (find(host) for find in addresses)), None)
            if address:
                variables["ansible_host"] = marked(address, marks)
            else:
                lacking.append(str(host["name"] or host["id"]))
            if address or keep:
                found.append((host, variables))
        if lacking and keep:
            self.display.warning(
                f"No address that connect_with asks for: {_some(lacking)}. Without ansible_host, Ansible "
                "tries the name of the host; add another kind of address to connect_with, or set "
                "hosts_without_address to drop"
            )
        return found

    def _drafted(self, candidates: Sequence[Candidate]) -> Draft:
        """The hosts in their groups, no two of one name, and none called as a group."""
        wanted = [(name, host["id"]) for name, host, _variables in candidates]
        rule = self.get_option("hostname_duplicates")
        forbidden = {*self.inventory.groups, *LOCALHOST}
        for _attempt in range(ATTEMPTS):
            names = distinct(wanted, rule, forbidden)
            draft = self._grouped([(name, *each[1:]) for name, each in zip(names, candidates, strict=True)])
            if not draft.clashes:
                self._tell_of_names(wanted, names, forbidden)
                return draft
            forbidden.update(draft.groups)
        raise InvalidOption(
            f"hostnames: whatever the {self.NOUN}s are called, groups or keyed_groups create groups with "
            f"the same names ({_some(sorted(draft.clashes))}); give the groups a prefix"
        )

    def _grouped(self, called: Sequence[Called]) -> Draft:
        draft = Draft(self.inventory, ((name, variables) for name, _host, variables in called))
        inventory, self.inventory = self.inventory, draft
        try:
            self.group(called)
            self._construct(called)
        finally:
            self.inventory = inventory
        return draft

    def _tell_of_names(
        self, wanted: Sequence[tuple[str, str]], names: Sequence[str], forbidden: Collection[str]
    ) -> None:
        """Warn once of names that are not as wanted, unless numbers tell apart who shares one, which was asked for."""
        changed = sorted({want for (want, _id), name in zip(wanted, names, strict=True) if want != name})
        by_id = self.get_option("hostname_duplicates") == "id"
        if shared := [name for name in changed if name not in forbidden and by_id]:
            self.display.warning(
                f"Several {self.NOUN}s share one of these names, so their ids were appended: "
                f"{_some(shared)}. Tell them apart with hostnames"
            )
        if reserved := [name for name in changed if name in forbidden]:
            self.display.warning(
                "A host cannot have the name of a group or be called localhost, so "
                f"{'the id' if by_id else 'a number'} of the {self.NOUN} was appended: {_some(reserved)}. "
                "Choose other names with hostnames"
            )

    def _included(self, rules: Sequence[tuple[bool, str | bool]], host: Host, variables: Variables) -> bool:
        for include, expression in rules:
            if expression is True or (
                isinstance(expression, str)
                # Through an inline if, because ansible-core 2.18 gives a zero as the text "0".
                and self._evaluate("filters", expression, host, variables, "true if ({}) else false") is True
            ):
                return include
        return True

    def _name(self, expressions: Sequence[str], host: Host, variables: Variables) -> str:
        """What the options want the host to be called."""
        for expression in expressions:
            if expression in variables:
                value = variables[expression]
            else:
                value = self._evaluate("hostnames", expression, host, variables)
            if isinstance(value, list):
                value = value[0] if value else None
            if value not in (None, ""):
                return _as_name(str(value))
        return str(host["id"])

    def _evaluate(
        self, option: str, expression: str, host: Host, variables: Variables, form: str = "{}"
    ) -> Any:
        """The value of an expression; None where it cannot be told, which is an error with ``strict``."""
        evaluate = partial(super()._compose, _trusted(form.format(expression)), variables)
        try:
            return self._trials.watch(option, expression, evaluate)
        except Exception as error:  # filters and tests raise whatever they like
            if self.get_option("strict"):
                raise InvalidOption(
                    f"{option}: {expression!r} cannot be evaluated for {self.NOUN} {host['id']}: {line(error)}"
                ) from None
            return None

    def _construct(self, hosts: Sequence[Called]) -> None:
        """Whatever the options of the documentation fragment ``constructed`` ask for."""
        strict = self.get_option("strict")
        compose, groups, keyed = (self.get_option(name) for name in ("compose", "groups", "keyed_groups"))
        if not (compose or groups or keyed):
            return
        for name, _host, variables in hosts:
            self._constructing = "compose"
            self._set_composite_vars(compose, variables, name, strict=strict)
            self._add_host_to_composed_groups(groups, variables, name, strict=strict)
            self._constructing = "keyed_groups"
            self._add_host_to_keyed_groups(keyed, variables, name, strict=strict)
        if groups and not strict:
            self._try_groups(groups, hosts)

    def _compose(self, template: Any, variables: Variables, *args: Any, **kwargs: Any) -> Any:
        if isinstance(template, str) and template in variables and template not in self._vars:
            # As it is: ansible-core 2.18 makes a truth value of the name True, of which no group can be made.
            evaluate = partial(variables.__getitem__, template)
        else:
            evaluate = partial(super()._compose, template, variables, *args, **kwargs)
        return self._trials.watch(self._constructing, str(template), evaluate)

    def _try_groups(self, groups: Mapping[str, Any], hosts: Sequence[Called]) -> None:
        """Learn why groups have no hosts: Ansible keeps to itself what is wrong with a condition."""
        for group, condition in groups.items():
            if self._sanitize_group_name(group) in self.inventory.groups:
                continue
            for name, _host, variables in hosts:
                joined = partial(self._add_host_to_composed_groups, {group: condition}, variables, name)
                with suppress(AnsibleError):
                    self._trials.watch("groups", str(condition), partial(joined, strict=True))
                    break


@contextmanager
def _without_collector() -> Iterator[None]:
    """Pause the collector of cyclic garbage: of thousands of hosts it walks all values again and again, for almost
    half of the time, and there is no cycle among them.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def variable_names(prefix: str, facts: Sequence[str], own: str) -> dict[str, str]:
    """The name of the host variable of each fact. Raises InvalidOption for a prefix that makes none.

    ``own`` is the prefix of those whose name Ansible reserves.
    """
    if not re.fullmatch(r"([A-Za-z_]\w*)?", prefix, re.ASCII) or prefix.startswith("ansible_"):
        raise InvalidOption(
            f"hostvars_prefix: {prefix!r} cannot begin the name of a variable: use letters, digits and "
            "underscores, no digit first, and not ansible_, which belongs to Ansible"
        )
    return {fact: own + fact if is_reserved_name(prefix + fact) else prefix + fact for fact in facts}


def marked(value: Any, marks: dict[str, str]) -> Any:
    """A copy of what the service told, fit for a host variable: none of it will be evaluated as a template.

    ``marks`` remembers the texts that were seen before, as most are in many hosts.
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


def _as_name(text: str) -> str:
    """A name that lists show as plain text. Before ansible-core 2.19 they show the mark of what is unsafe, which only a name
    that could be a template needs.
    """
    return text if "{" in text or text.lstrip().startswith("#jinja2") else str.__str__(text)


def sealed(hosts: Sequence[Host], scope: Sequence[Any]) -> str:
    """A text for the cache, for Ansible copies what it caches value by value, and its file caches indent it.

    It begins with its checksum: whatever else a cache may hold, nothing but what was written is taken for hosts.
    """
    text = json.dumps({"scope": list(scope), "hosts": hosts}, separators=(",", ":"))
    return f"{_checksum(text)} {text}"


def unsealed(held: Any, scope: Sequence[Any]) -> list[Host] | None:
    """The hosts in what a cache holds; None where it holds nothing, what other options asked for, or anything else."""
    if not isinstance(held, str):
        return None
    checksum, _blank, text = held.partition(" ")
    if checksum != _checksum(text):
        return None
    found: dict[str, Any] = json.loads(text)
    return found["hosts"] if found["scope"] == list(scope) else None


def _checksum(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _some(names: Sequence[str], most: int = 10) -> str:
    # Here, because few inventories have anything to say.
    from ansible_collections.profitbricks.cloud.plugins.plugin_utils._plan_text import plain

    rest = len(names) - most
    return ", ".join(map(plain, names[:most])) + (f" and {rest} more" if rest > 0 else "")
