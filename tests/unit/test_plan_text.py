# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter plan_text: what it shows, and that no text breaks out of its place."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import yaml
from ansible.errors import AnsibleFilterError

from ansible_collections.profitbricks.cloud.plugins.filter import plan_text as plugin
from ansible_collections.profitbricks.cloud.plugins.filter.drift import drift
from project.guides import ROOT, blocks
from unit.mounted import Mounted
from unit.test_topology import ODD, topology

KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMhXvXoT0r3o3k7mMZ2m6mJ8qk0b1rjM1x4c0mS9pQqB a@b"

plan_text = plugin.FilterModule().filters()["plan_text"]


def step(verb: str, path: str, **more: Any) -> dict[str, Any]:
    return {
        "verb": verb,
        "path": path,
        "kind": "server",
        "name": path.rpartition("/")[2],
        "call": "POST datacenters",
        "before": None,
        "after": None,
        "sealed": [],
        "restart": None,
        "goes_with": [],
        **more,
    }


STEPS = [
    step("create", "servers/web-03", after={"cores": 2, "nics": {"front": {"lan": "public"}}},
         sealed=["volumes/boot/image_password"]),
    step("update", "servers/db-01", before={"ram": 4096, "description": None},
         after={"ram": 8192, "description": "two\nlines"}, restart=False),
    step("update", "servers/db-02", before={"cores": 2}, after={"cores": 4}, restart=True),
    step("stop", "servers/web-01", before={"state": "running"}, after={"state": "stopped"}),
    step("delete", "servers/old-01", before={"cores": 2}, goes_with=["servers/old-01/nics/front"]),
]  # fmt: skip


def plan(*steps: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "format": "profitbricks.cloud/plan",
        "version": 1,
        "kind": "datacenter",
        "name": "shop",
        "id": None,
        "state": "present",
        "api_version": 6,
        "sums": {
            "before": {"servers": 4, "pcc": 0, "ram": 4096},
            "after": {"servers": 4, "pcc": 0, "ram": 10240},
        },
        "steps": list(steps),
        "unmanaged": ["servers/other"],
        **more,
    }


TEXT = """\
Plan for the data center shop: 1 to create, 2 to change, 1 to change with a restart, 1 to delete

  + servers/web-03
      cores: 2
      nics:
        front:
          lan: public
      volumes/boot/image_password: (not shown)
  ~ servers/db-01
      ram 4096 -> 8192: no restart
      description null -> "two\\nlines": no restart
  ! servers/db-02
      cores 2 -> 4: restarts the server
  ~ servers/web-01: stop
  - servers/old-01
      also deleted: servers/old-01/nics/front

            before     after
  servers        4         4
  RAM      4096 MB  10240 MB  +6144

Not described, and therefore unchanged:
    servers/other
"""


def test_a_plan_as_text() -> None:
    assert plan_text(plan(*STEPS)) == TEXT
    assert plan_text(json.dumps(plan(*STEPS))) == TEXT


def test_a_plan_as_markdown() -> None:
    shown = plan_text(plan(*STEPS), "markdown")
    assert shown.startswith("### Plan for the data center shop\n\n**1 to create, 2 to change, ")
    signs = {line[0] for line in re.findall(r"^```diff\n(.*?)\n```$", shown, re.M | re.S)[0].splitlines()}
    assert signs == {"+", "~", "!", "-"}
    assert "| RAM | 4096 MB | 10240 MB | +6144 |" in shown and "\n- servers&#47;other\n" in shown


def test_a_plan_as_a_page() -> None:
    shown = plan_text(plan(*STEPS), "html")
    assert shown.startswith("<!DOCTYPE html>\n") and "<script" not in shown and "http" not in shown
    assert '<span class="restart">! servers/db-02</span>' in shown
    assert '<span class="delete">    also deleted: servers/old-01/nics/front</span>' in shown
    assert "<td>+6144</td>" in shown


@pytest.mark.parametrize("format", plugin.FORMS)
def test_nothing_to_do_is_said(format: str) -> None:
    shown = plan_text(plan(sums={}, unmanaged=[]), format)
    assert "nothing to do" in shown and "before" not in shown and "Not described" not in shown


class Tags(HTMLParser):
    """The tags of a page, and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append(tag)


def odd(text: str) -> dict[str, Any]:
    return plan(
        step("create", f"servers/{text}", after={"name": text, text: {text: text}}, sealed=[text]),
        step("update", f"lans/{text}", before={text: text}, after={text: f"{text}!"}),
        step("start", f"servers/{text}"),
        step("delete", f"volumes/{text}", goes_with=[text]),
        name=text,
        unmanaged=[text],
    )


@pytest.mark.parametrize("text", ODD)
def test_no_text_breaks_out(text: str) -> None:
    plain, marked, page = (plan_text(odd(text), format) for format in plugin.FORMS)
    assert all(char.isprintable() or char == "\n" for char in plain + marked + page)
    assert len(plain.splitlines()) == len(plan_text(odd("x")).splitlines())
    # As many lines, all of them in the fence that they belong to.
    assert len(marked.splitlines()) == len(plan_text(odd("x"), "markdown").splitlines())
    (fence,) = re.findall(r"^(`{3,})diff$", marked, re.M)
    assert marked.splitlines().count(fence) == 1
    tags, simple = Tags(), Tags()
    tags.feed(page)
    simple.feed(plan_text(odd("x"), "html"))
    assert tags.tags == simple.tags


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ([], "plan_text: the input is not a plan of this collection"),
        ("{", "plan_text: the input is not valid JSON"),
        (None, "plan_text: the input is not a plan"),
        ({"format": "profitbricks.cloud/plan", "version": 9}, "is a plan of version 9"),
        ({"format": "profitbricks.cloud/plan", "version": 1, "steps": [{}]}, "the steps in the input"),
    ],
)
def test_what_is_no_plan_is_refused(value: Any, why: str) -> None:
    with pytest.raises(AnsibleFilterError, match=re.escape(why)):
        plan_text(value)


@pytest.mark.parametrize(
    "refuse", [plan_text, topology, lambda value: drift([{"name": "shop", "plan": value}])]
)
def test_no_filter_says_why_twice(refuse: Callable[[Any], str]) -> None:
    # Ansible shows the message of the cause as well.
    with pytest.raises(AnsibleFilterError) as caught:
        refuse([])
    assert caught.value.__suppress_context__ and caught.value.__cause__ is None


@pytest.mark.parametrize("format", ["pdf", None, ["text"]])
def test_other_forms_are_refused(format: Any) -> None:
    with pytest.raises(AnsibleFilterError, match="format must be one of text, markdown, html"):
        plan_text(plan(), format)


# -- the guide ---------------------------------------------------------------------------------------------------------


def test_the_guide_shows_the_plan_of_the_store_in_the_readme(tmp_path: Path) -> None:
    """As text and as a picture. Where they differ, what they should be is written beside the test's other files."""
    (play,) = blocks("guide_review", "yaml")[0].plays
    tasks = [
        (name.removeprefix("profitbricks.cloud.profitbricks_"), options)
        for task in play["tasks"]
        for name, options in task.items()
        if name != "name"
    ]
    mounted, path = Mounted(), tmp_path / "store.plan.json"
    variables = {"ssh_keys": [KEY], "plan_file": str(path)}
    for kind, options in tasks:
        foretold = mounted.check(kind, **filled(options, variables))
    text = plan_text(path.read_text(encoding="utf-8"))
    picture = topology(foretold["tree"])
    (tmp_path / "plan.txt").write_text(text, encoding="utf-8")
    (tmp_path / "plan.svg").write_text(picture, encoding="utf-8")
    assert text in [block.text for block in blocks("guide_review", "text")], tmp_path
    assert (ROOT / "docs" / "images" / "plan.svg").read_text(encoding="utf-8") == picture, tmp_path
    del tasks[-1][1]["plan_file"]
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (said,) = re.findall(r"^```yaml\n(# store\.yml\n.*?)^```$", readme, re.M | re.S)
    assert yaml.safe_load(said) == [play]


def filled(value: Any, variables: dict[str, Any]) -> Any:
    """Options with values in place of the templates that begin with a variable's name."""
    if isinstance(value, dict):
        return {name: filled(each, variables) for name, each in value.items()}
    if isinstance(value, list):
        return [filled(each, variables) for each in value]
    named = re.match(r"\{\{ (\w+)", value) if isinstance(value, str) else None
    return variables[named[1]] if named else value
