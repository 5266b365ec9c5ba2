# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A data center as a flowchart of Mermaid, which GitHub and GitLab draw where a code block says ``mermaid``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .graph import edges, nodes
from .shapes import look_of
from .site import Site

SHAPES = {
    "internet": ("((", "))"),
    "lan": ("([", "])"),
    "balancer": ("[[", "]]"),
    "server": ("[", "]"),
    "volumes": ("[", "]"),
}
STYLES = {
    "internet": "fill:#e3f1fb,stroke:#2f6f9f,color:#1f2328",
    "lan": "color:#ffffff",
    "balancer": "fill:#f1e9f5,stroke:#8a2c6b,color:#1f2328,text-align:left",
    "server": "fill:#ffffff,stroke:#57606a,color:#1f2328,text-align:left",
    "volumes": "fill:#f6f8fa,stroke:#57606a,color:#1f2328,text-align:left",
}
# What begins a list or an address where Mermaid reads labels as Markdown.
MARKDOWN = re.compile(r"^[-+](?= )|(?<=[0-9])[.)](?= )|(?<=www)\.", re.IGNORECASE)
PLAIN = frozenset(" .,:/()+-\u2026\u00d7")


def draw(site: Site, title: str, direction: str) -> str:
    """The text of the flowchart; ``direction`` is LR or TB."""
    drawn = list(nodes(site))
    # Mermaid leaves room for one line above what is in the frame.
    heading = _clean(": ".join(filter(None, (title, site.summary))))
    body = [f'site["{heading}"]'] if not drawn else []
    for node in drawn:
        left, right = SHAPES[node.kind]
        body.append(f'{node.key}{left}"{_label(node.lines)}"{right}:::{node.kind}')
    joined = list(edges(site))
    body += [f"{edge.start} --- {edge.end}" for edge in joined]
    used = dict.fromkeys(node.kind for node in drawn)
    lines = [
        f"flowchart {direction}",
        f'  subgraph datacenter["{heading}"]',
        f"    direction {direction}",
        *(f"    {line}" for line in body),
        "  end",
        "  style datacenter fill:#ffffff,stroke:#d0d7de,color:#1f2328",
        *(f"  classDef {kind} {STYLES[kind]}" for kind in used),
    ]
    for index, lan in enumerate(site.lans):
        colour = look_of(index, lan).colour
        lines.append(f"  style lan{index} fill:{colour},stroke:{colour}")
        own = ",".join(str(place) for place, edge in enumerate(joined) if edge.lan == index)
        if own:
            lines.append(f"  linkStyle {own} stroke:{colour},stroke-width:2px")
    return "\n".join(lines) + "\n"


def _label(lines: Sequence[str]) -> str:
    return "<br/>".join(map(_clean, lines))


def _clean(text: str) -> str:
    """Text in which nothing means anything to Mermaid, to Markdown or to HTML."""
    marked = {match.start() for match in MARKDOWN.finditer(text)}
    return "".join(
        char if (char.isalnum() or char in PLAIN) and index not in marked else f"#{ord(char)};"
        for index, char in enumerate(text)
    )
