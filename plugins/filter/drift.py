# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The filter that reports drift: the interface between Ansible and `plugin_utils/_drift`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ansible.errors import AnsibleFilterError

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import InvalidOption
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.plan.file import checked
from ansible_collections.profitbricks.cloud.plugins.plugin_utils import _drift

DOCUMENTATION = r"""
---
name: drift
short_description: Report how data centers and networks differ from their descriptions
version_added: 1.0.0
description:
  - Turns plans made in check mode into a report of everything that differs from its description, is missing, or is not
    described, with the time and the author of its last change, if the service returns them.
  - The playbook C(profitbricks.cloud.drift) uses it.
author:
  - profitbricks.cloud contributors (@profitbricks)
positional: _input
options:
  _input:
    description:
      - What was checked. Each entry has the C(name) of the data center or network, and either its C(plan), which is the
        content of a plan file, with the C(tree) that the task returned, or in C(failed) the reason why it could not be
        checked.
    type: list
    elements: dict
    required: true
  format:
    description:
      - V(text) has one line for each difference.
      - V(json) has one object for each.
      - V(junit) is an XML report that continuous integration systems show as test results.
    type: str
    choices:
      - text
      - json
      - junit
    default: text
seealso:
  - module: profitbricks.cloud.profitbricks_datacenter
  - module: profitbricks.cloud.netfoundry_network
"""

EXAMPLES = r"""
---
- name: Plan a data center
  profitbricks.cloud.profitbricks_datacenter:
    name: shop
    location: de/fra
    lans:
      - name: public
        public: true
      - name: storage
        public: false
    plan_file: shop.plan.json
  check_mode: true
  register: shop

- name: Show how it differs from its description
  ansible.builtin.debug:
    msg: "{{ [{'name': 'shop', 'plan': plan, 'tree': shop.tree}] | profitbricks.cloud.drift }}"
  vars:
    plan: "{{ lookup('ansible.builtin.file', 'shop.plan.json') | from_json }}"
"""

RETURN = r"""
---
_value:
  description:
    - The report, as text that ends with a newline.
  type: str
"""

FORMS: dict[str, Callable[..., str]] = {"text": _drift.text, "json": _drift.as_json, "junit": _drift.junit}


def drift(value: Any, format: str = "text") -> str:
    """The report. Raises AnsibleFilterError."""
    if not isinstance(format, str) or format not in FORMS:
        raise AnsibleFilterError(f"drift: format must be one of {', '.join(FORMS)}, not {format!r}")
    if not isinstance(value, list) or not all(
        isinstance(each, Mapping) and each.get("name") for each in value
    ):
        raise AnsibleFilterError("drift: the input must be a list of dictionaries, each with a name")
    try:
        for each in value:
            if each.get("plan") is not None:
                checked(each["plan"], f"the plan of {each['name']}")
    except InvalidOption as error:
        raise AnsibleFilterError(str(error).replace("plan_file", "drift", 1)) from None
    return FORMS[format]([str(each["name"]) for each in value], _drift.differences(value))


class FilterModule:
    """The class that Ansible looks for."""

    def filters(self) -> dict[str, Callable[..., str]]:
        return {"drift": drift}
