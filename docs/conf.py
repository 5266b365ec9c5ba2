# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sphinx's configuration of the documentation site.

The guides are plain reStructuredText, so that GitHub shows them too; links between them, and the full names of modules,
become Sphinx's own here, which warns of those that lead nowhere. Labels of Ansible's documentation become links to it,
in place of intersphinx, which would need the network.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml
from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

_galaxy = yaml.safe_load((Path(__file__).resolve().parent.parent / "galaxy.yml").read_text(encoding="utf-8"))

project = f"{_galaxy['namespace']}.{_galaxy['name']}"
version = release = _galaxy["version"]
copyright = "2026, profitbricks.cloud contributors"
html_title = f"{project} {version}"

extensions = ["sphinx_antsibull_ext"]
# A reference that leads nowhere is a warning, and a warning fails the build.
nitpicky = True

html_theme = "sphinx_ansible_theme"
html_theme_options = {
    "documentation_home_url": "index.html",
    "vcs_pageview_mode": "edit",
    "topbar_links": {"Source": _galaxy["repository"], "Issues": _galaxy["issues"]},
}
html_static_path = ["static"]
html_css_files = ["site.css"]
pygments_style = "ansible"
highlight_language = "yaml+jinja"
html_copy_source = False
html_show_sourcelink = False
html_use_index = False

ANSIBLE = "https://docs.ansible.com/ansible/latest"
LABELS = {
    "action_plugins": "plugins/action.html#action-plugins",
    "ansible_configuration_settings": "reference_appendices/config.html#ansible-configuration-settings",
    "common_return_values": "reference_appendices/common_return_values.html#common-return-values",
}
GUIDE_LINK = re.compile(r"`([^`<]+?)\s+<(guide_\w+)\.rst>`__")
FULL_NAME = re.compile(rf"``{re.escape(project)}\.(\w+)``")
BUILTIN = re.compile(r"ansible_collections\.ansible\.builtin\.(\w+_[a-z]+)$")


def ansible_page(kind: str, target: str) -> str | None:
    """The page of Ansible's documentation, below its root, that a label or an environment variable belongs to."""
    if kind == "envvar":
        return f"reference_appendices/config.html#envvar-{target}" if target.startswith("ANSIBLE_") else None
    if match := BUILTIN.match(target):
        return f"collections/ansible/builtin/{match.group(1)}.html"
    return LABELS.get(target)


def link_to_ansible(
    _app: Sphinx, _env: BuildEnvironment, node: pending_xref, content: nodes.TextElement
) -> nodes.reference | None:
    """Resolve what this site does not hold; None leaves the warning to Sphinx."""
    page = ansible_page(node["reftype"], node["reftarget"])
    return page and nodes.reference("", "", content, refuri=f"{ANSIBLE}/{page}", internal=False)


def as_sphinx_has_it(app: Sphinx, page: str, text: list[str]) -> None:
    """Turn what a guide links to, and the pictures it shows, into what Sphinx resolves and checks."""
    if not page.startswith("docsite/"):
        return

    def module(found: re.Match[str]) -> str:
        known = (Path(app.srcdir) / f"{found[1]}_module.rst").exists()
        return f":ansplugin:`{project}.{found[1]}#module`" if known else found[0]

    linked = GUIDE_LINK.sub(
        r":doc:`\1 <\2>`", text[0].replace(".. image:: ../../images/", ".. image:: /images/")
    )
    text[0] = FULL_NAME.sub(module, linked)


def setup(app: Sphinx) -> dict[str, Any]:
    app.connect("missing-reference", link_to_ansible)
    app.connect("source-read", as_sphinx_has_it)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
