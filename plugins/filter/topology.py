# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The filter that draws a data center: the edge between Ansible and `plugin_utils/topology`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ansible.errors import AnsibleFilterError

from ansible_collections.profitbricks.cloud.plugins.plugin_utils._topology import dot, mermaid, svg
from ansible_collections.profitbricks.cloud.plugins.plugin_utils._topology.plain import InvalidSite, text
from ansible_collections.profitbricks.cloud.plugins.plugin_utils._topology.site import read

DOCUMENTATION = r"""
---
name: topology
short_description: Draw a data center
version_added: 1.0.0
description:
  - Turns a data center into a picture of its servers, LANs, firewalls, gateways, load balancers and node pools.
  - A server is a box with its cores, memory, volumes and state. A LAN is a line that NICs are joined to; LANs that
    reach the internet are joined to it at the public side. A NIC shows its addresses, what its firewall lets through, its
    security groups, and addresses that move on from it if its server fails.
  - Load balancers and NAT gateways are boxes too, with the LANs that they serve and what is behind them. The nodes of a node
    pool of Kubernetes are one box with their number, and so are more than six servers that differ in numbers of their names
    and in addresses alone.
  - It needs no further software. The same data center gives the same text, whatever order the service lists things in.
author:
  - profitbricks.cloud contributors (@profitbricks)
positional: _input
options:
  _input:
    description:
      - The data center with all that is in it, as M(profitbricks.cloud.profitbricks_datacenter) and, with C(tree=true),
        M(profitbricks.cloud.profitbricks_datacenter_info) return it under C(tree).
      - With C(target_groups), as M(profitbricks.cloud.profitbricks_target_group_info) returns them, application load
        balancers show the targets of these.
      - A description of a data center that has yet to be built is taken too. NICs may name their LAN by name or by
        number, and any key may be missing.
    type: dict
    required: true
  format:
    description:
      - V(svg) is a finished picture, for web pages and the README of a project.
      - V(mermaid) is the text of a flowchart, which GitHub and GitLab draw.
      - V(dot) is the text of a graph for Graphviz.
    type: str
    choices:
      - svg
      - mermaid
      - dot
    default: svg
  direction:
    description:
      - V(LR) goes from left to right, V(TB) from top to bottom.
      - In V(mermaid) and V(dot), that is the way from the internet over the LANs to the servers. In V(svg), whose
        internet is always on top, servers follow one another along rows or down columns.
    type: str
    choices:
      - LR
      - TB
    default: LR
  title:
    description:
      - Title of the picture; the name of the data center if left out.
    type: str
seealso:
  - module: profitbricks.cloud.profitbricks_datacenter_info
  - module: profitbricks.cloud.profitbricks_target_group_info
"""

EXAMPLES = r"""
---
- name: Read the data center with all that is in it
  profitbricks.cloud.profitbricks_datacenter_info:
    name: shop
    tree: true
  register: found

- name: Draw it
  ansible.builtin.copy:
    content: "{{ found.datacenters[0].tree | profitbricks.cloud.topology }}"
    dest: shop.svg
    mode: "0644"

- name: Draw what is planned, for a README
  ansible.builtin.debug:
    msg: "{{ site | profitbricks.cloud.topology(format='mermaid', title='The shop as planned') }}"
  vars:
    site:
      name: shop
      lans:
        - name: public
          public: true
      servers:
        - name: web-01
          cores: 2
          ram: 4096
          nics:
            - name: public
              lan: public
"""

RETURN = r"""
---
_value:
  description:
    - The picture, as text that ends with a newline.
  type: str
"""

DRAW: dict[str, Callable[..., str]] = {"svg": svg.draw, "mermaid": mermaid.draw, "dot": dot.draw}
DIRECTIONS = ("LR", "TB")


def topology(value: Any, format: str = "svg", direction: str = "LR", title: str | None = None) -> str:
    """The picture of a data center, as text. Raises AnsibleFilterError."""
    _check("format", format, tuple(DRAW))
    _check("direction", direction, DIRECTIONS)
    if title is not None and not isinstance(title, str):
        raise AnsibleFilterError(f"topology: title must be a string, not {title!r}")
    try:
        site = read(value)
    except InvalidSite as error:
        raise AnsibleFilterError(f"topology: {error}") from None
    return DRAW[format](site, text(title) or site.name or "Data center", direction)


def _check(option: str, value: Any, choices: tuple[str, ...]) -> None:
    if not isinstance(value, str) or value not in choices:
        raise AnsibleFilterError(f"topology: {option} must be one of {', '.join(choices)}, not {value!r}")


class FilterModule:
    """What Ansible looks for."""

    def filters(self) -> dict[str, Callable[..., str]]:
        return {"topology": topology}
