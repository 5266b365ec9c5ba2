# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the service refuses, said in the words of the options; and names that are nearly right."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import (
    ApiError,
    Message,
    did_you_mean,
)
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.plan.steps import Step
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.datacenter.options import SITE
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.refusals import in_options
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.resources.servers import SERVER

VOLUME = {"properties": {"name": "root", "imageAlias": "x:1", "imagePassword": "s3cret12", "type": "SSD"}}
BODY = {
    "properties": {"name": "web", "cpuFamily": "AMD"},
    "entities": {"volumes": {"items": [{"properties": {"name": "data"}}, VOLUME]}},
}


def said(text: str, body: Any = ..., path: tuple[str, ...] = (), resource: Any = SERVER) -> str:
    step = Step("create", path, resource, "POST", ("servers",), body=BODY if body is ... else body)
    error = ApiError(422, [Message("100", text)], "POST", "servers", "r-1")
    told = in_options(error, step, lambda option: ["x:2"])
    assert (told.status, told.request_id, told.messages[0].code) == (422, "r-1", "100")
    return told.messages[0].text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "[(root).properties.cpuFamily] Attribute value 'AMD' not allowed.",
            "cpu_family: Attribute value 'AMD' not allowed",
        ),
        ("[(root).properties.ram] RAM is not a multiple of 256", "ram: RAM is not a multiple of 256"),
        ("[(root).properties.cores] Attribute 'cores' is required", "cores: Attribute 'cores' is required"),
        (
            "[(root).entities.volumes.items.[1].properties.type] Attribute 'type' is bad",
            "volumes/root: disk_type: Attribute 'SSD' is bad",
        ),
        (
            "[(root).entities.volumes.items.[1].properties.imageAlias] 'imageAlias' not found",
            "volumes/root: image: 'x:1' not found (did you mean 'x:2'?)",
        ),
        (
            "[(root).entities.volumes.items.[1].properties.imagePassword] 'imagePassword' is weak",
            "volumes/root: image_password: 'image_password' is weak",
        ),
    ],
)
def test_a_way_into_the_body_becomes_an_option(text: str, words: str) -> None:
    assert said(text) == words


@pytest.mark.parametrize(
    ("name", "sent", "words"),
    [
        ("ram", 4, "ram: Attribute 'ram' is too small; the task gives 4 MB"),
        ("cores", 0, "cores: Attribute 'cores' is too small"),
        ("ram", None, "ram: Attribute 'ram' is too small"),
    ],
)
def test_a_number_with_a_unit_is_told_with_it(name: str, sent: int | None, words: str) -> None:
    assert said(f"[(root).properties.{name}] Attribute '{name}' is too small", {name: sent}) == words


def test_an_object_of_a_tree_has_its_path() -> None:
    text = "[(root).entities.volumes.items.[0].properties.size] Attribute 'size' is required"
    assert (
        said(text, path=("servers", "web")) == "servers/web/volumes/data: size: Attribute 'size' is required"
    )
    deep = {"properties": {"name": "shop"}, "entities": {"servers": {"items": [BODY]}}}
    text = "[(root).entities.servers.items.[0].entities.volumes.items.[1].properties.size] too small"
    assert said(text, deep, resource=SITE) == "servers/web/volumes/root: size: too small"


def test_the_body_of_an_update_are_the_properties() -> None:
    assert said("[(root).properties.cpuFamily] 'cpuFamily' is not here", {"cpuFamily": "AMD"}) == (
        "cpu_family: 'AMD' is not here"
    )


@pytest.mark.parametrize(
    "text",
    [
        "Resource does not exist",
        "[(root).href] Attribute is read-only",
        "[(root).properties.unheardOf] is bad",
        "[(root).entities.planets.items.[0].properties.size] is bad",
        "[(root).entities.volumes.items.[7].properties.size] is bad",
        "[(root)] is bad",
    ],
)
def test_what_leads_to_no_option_stays_as_the_service_says_it(text: str) -> None:
    assert said(text) == text


@pytest.mark.parametrize(
    "body", [None, "text", [], {"entities": None}, {"entities": {"volumes": {"items": 1}}}]
)
def test_a_body_of_another_shape_harms_nothing(body: Any) -> None:
    text = "[(root).entities.volumes.items.[0].properties.size] is bad"
    assert said(text, body) == text


@pytest.mark.parametrize(
    ("value", "names", "asks"),
    [
        ("shpo", ["shop", "other"], " (did you mean 'shop'?)"),
        ("wbe", ["web", "db"], " (did you mean 'web'?)"),
        ("SHOP", ["shop"], " (did you mean 'shop'?)"),
        ("web-03", ["web-01", "web-02"], " (did you mean 'web-02' or 'web-01'?)"),
        ("ubunut:24.04", ["ubuntu:22.04", "ubuntu:24.04"], " (did you mean 'ubuntu:24.04'?)"),
        ("shop", ["shop"], ""),
        ("shop", [], ""),
        ("shop", ["", "zebra"], ""),
    ],
)
def test_only_what_is_most_alike_is_offered(value: str, names: list[str], asks: str) -> None:
    assert did_you_mean(value, names) == asks
