# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The filter that shows a plan: the interface between Ansible and `plugin_utils/_plan_text`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ansible.errors import AnsibleFilterError

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import InvalidOption
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.plan.file import checked, from_text
from ansible_collections.profitbricks.cloud.plugins.plugin_utils import _plan_text

DOCUMENTATION = r"""
---
name: plan_text
short_description: Show a plan in readable form
version_added: 1.0.0
description:
  - Turns a plan that P(profitbricks.cloud.profitbricks_datacenter#module) or
    P(profitbricks.cloud.netfoundry_network#module) wrote to a file into readable text.
  - A C(+) marks what is created, a C(~) what is changed, a C(!) a change that restarts a server, and a C(-) what is
    deleted, with everything that is deleted along with it. The totals before and after follow.
  - The same plan always produces the same text.
author:
  - profitbricks.cloud contributors (@profitbricks)
positional: _input
options:
  _input:
    description:
      - The content of a plan file, as text or as data.
    type: raw
    required: true
  format:
    description:
      - V(text) is for a terminal.
      - V(markdown) is for a comment on a pull request; GitHub and GitLab colour the steps.
      - V(html) is a complete page.
    type: str
    choices:
      - text
      - markdown
      - html
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

- name: Show the plan
  ansible.builtin.debug:
    msg: "{{ lookup('ansible.builtin.file', 'shop.plan.json') | profitbricks.cloud.plan_text }}"

- name: Write it to a file for a pull request
  ansible.builtin.copy:
    content: "{{ lookup('ansible.builtin.file', 'shop.plan.json') | profitbricks.cloud.plan_text('markdown') }}"
    dest: shop.plan.md
    mode: "0644"
"""

RETURN = r"""
---
_value:
  description:
    - The plan, as text that ends with a newline.
  type: str
"""

FORMS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "text": _plan_text.text,
    "markdown": _plan_text.markdown,
    "html": _plan_text.html,
}


def plan_text(value: Any, format: str = "text") -> str:
    """The plan as text. Raises AnsibleFilterError."""
    if not isinstance(format, str) or format not in FORMS:
        raise AnsibleFilterError(f"plan_text: format must be one of {', '.join(FORMS)}, not {format!r}")
    try:
        plan = from_text(value, "the input") if isinstance(value, str) else checked(value, "the input")
    except InvalidOption as error:
        raise AnsibleFilterError(str(error).replace("plan_file", "plan_text", 1)) from None
    return FORMS[format](plan)


class FilterModule:
    """The class that Ansible looks for."""

    def filters(self) -> dict[str, Callable[..., str]]:
        return {"plan_text": plan_text}
