# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A data center as a graph for Graphviz."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from .graph import Node, edges, nodes
from .shapes import look_of
from .site import Site

STYLES = {
    "internet": 'shape=ellipse, style=filled, fillcolor="#e3f1fb", color="#2f6f9f"',
    "lan": 'shape=box, style="filled,rounded", fillcolor="{0}", color="{0}", fontcolor="#ffffff"',
    "balancer": 'shape=box, style=filled, fillcolor="#f1e9f5", color="#8a2c6b", peripheries=2',
    "server": 'shape=box, style=filled, fillcolor="#ffffff", color="#57606a"',
    "volumes": 'shape=box, style="filled,dashed", fillcolor="#f6f8fa", color="#57606a"',
}


def draw(site: Site, title: str, direction: str) -> str:
    """The text of the graph; ``direction`` is LR or TB."""
    drawn = list(nodes(site))
    colours = [look_of(index, lan).colour for index, lan in enumerate(site.lans)]
    of_node = {f"lan{index}": colour for index, colour in enumerate(colours)}
    lines = [
        "graph datacenter {",
        f"  rankdir={direction};",
        '  bgcolor="#ffffff";',
        f"  label=<{_label((title, site.summary))}>;",
        "  labelloc=t;",
        '  fontname="Helvetica,Arial,sans-serif";',
        "  ranksep=1.2;",
        '  node [fontname="Helvetica,Arial,sans-serif", fontsize=11, fontcolor="#1f2328"];',
        '  edge [fontname="Helvetica,Arial,sans-serif", fontsize=9, fontcolor="#57606a", penwidth=1.5];',
        *(f"  {_node(node, of_node.get(node.key, ''))}" for node in drawn),
    ]
    lines += [f'  {edge.start} -- {edge.end} [color="{colours[edge.lan]}"];' for edge in edges(site)]
    return "\n".join([*lines, "}"]) + "\n"


def _node(node: Node, colour: str) -> str:
    return f"{node.key} [label=<{_label(node.lines)}>, {STYLES[node.kind].format(colour)}];"


def _label(lines: Sequence[str]) -> str:
    """Lines below one another, the first one bold, in Graphviz' own HTML."""
    clean = [_clean(line) for line in lines if line]
    if clean:
        clean[0] = f"<b>{clean[0]}</b>"
    return '<br align="left"/>'.join(clean) + '<br align="left"/>'


def _clean(text: str) -> str:
    # Braces are written as references, so that nobody takes the graph for a template.
    return escape(text, {'"': "&quot;", "{": "&#123;", "}": "&#125;"})
