# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Hosts and groups before any of them is in Ansible's inventory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ansible.inventory.data import InventoryData


class Draft(InventoryData):
    """What a source adds to an inventory, made beside it: all of it enters, or nothing.

    Expressions see what they would see in the inventory: a host that another source put there brings its variables and
    groups along. A host that is called as a group gets into no group, so that nothing fails before `clashes` tells.
    """

    def __init__(self, inventory: InventoryData, hosts: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
        super().__init__()
        self.current_source = inventory.current_source
        self._inventory = inventory
        self._told: dict[str, Mapping[str, Any]] = {}
        self._composed: list[tuple[str, str, Any]] = []
        for name, variables in hosts:
            self.add_host(name)
            host = self.hosts[name]
            if known := inventory.hosts.get(name):
                host.vars.update(known.vars)
                host.groups = list(known.groups)
            host.vars.update(variables)
            self._told[name] = variables
        self._composed.clear()  # of what Ansible sets for every host

    def set_variable(self, entity: str, varname: str, value: Any) -> None:
        """Set the variable of a host, whatever groups are called."""
        self.hosts[entity].set_variable(varname, value)
        self._composed.append((entity, varname, value))

    def add_child(self, group: str, child: str) -> bool:
        if child in self.hosts and child in self.groups:
            return False
        return bool(super().add_child(group, child))

    @property
    def clashes(self) -> set[str]:
        """Names that a host and a group share."""
        return set(self.groups) & set(self.hosts)

    def enter(self) -> None:
        """Add everything to the inventory."""
        inventory = self._inventory
        for name, variables in self._told.items():
            inventory.add_host(name)
            # In one go: set_variable walks and marks every value anew, a second or more for thousands of hosts.
            inventory.hosts[name].vars.update(variables)
        for name, variable, value in self._composed:
            inventory.set_variable(name, variable, value)
        for group in self.groups.values():
            inventory.add_group(group.name)
            for host in group.hosts:
                inventory.add_host(host.name, group.name)
        for group in self.groups.values():
            for child in group.child_groups:
                inventory.add_child(group.name, child.name)
