# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Labels: on each kind of object, found by names, and all of them."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.errors import (
    CloudError,
    InvalidOption,
    NotFound,
)
from unit.mounted import Mounted

BEARERS = {
    "datacenter": {"datacenter": "shop"},
    "server": {"datacenter": "shop", "server": "web"},
    "volume": {"datacenter": "shop", "volume": "boot"},
    "snapshot": {"snapshot": "before"},
    "ipblock": {"ipblock": "addresses"},
    "image": {"image": "my-own"},
}


def labelled(version: int) -> tuple[Mounted, dict[str, str]]:
    """A shop with one object of each kind that can bear labels; their ids by kind."""
    mounted = Mounted(version)
    ids = mounted.shop()

    def made(kind: str, path: str, **query: Any) -> str:
        found = mounted.client(6).transport.call("GET", path, {"depth": 1}).data["items"]
        return str(next(each["id"] for each in found if each["properties"]["name"] == BEARERS[kind][kind]))

    six = mounted.client(6).transport
    source = f"datacenters/{ids['datacenter']}/volumes/{ids['volume']}/create-snapshot"
    six.call("POST", source, body={"properties": {"name": "before"}})
    block = {"name": "addresses", "location": "de/fra", "size": 1}
    six.call("POST", "ipblocks", body={"properties": block})
    image = {"name": "my-own", "size": 3, "location": "de/fra", "imageType": "HDD"}
    mounted.service.add_image(image, None)
    ids |= {kind: made(kind, f"{kind}s") for kind in ("snapshot", "ipblock", "image")}
    return mounted, ids


KINDS = [(version, kind) for version in (5, 6) for kind in BEARERS if version == 6 or kind != "image"]


@pytest.mark.parametrize(("version", "kind"), KINDS)
def test_every_kind_of_object_bears_labels(version: int, kind: str) -> None:
    mounted, ids = labelled(version)
    by_names = BEARERS[kind]
    by_ids = {name: ids[name] for name in by_names}
    env = {"key": "env", "value": "production"}
    foretold = mounted.check("label", **by_names, **env)
    assert foretold["changed"] and mounted.writes == [] and len(mounted.calls) == 2
    done = mounted.run("label", **by_names, **env)
    assert done["actions"] == ["create"] and done["diff"] == foretold["diff"]
    label = done["label"]
    assert (label["id"], label["key"], label["value"]) == ("env", "env", "production")
    assert {name for name in BEARERS if label[f"{name}_id"]} == set(by_names)
    assert all(label[f"{name}_id"] == ids[name] for name in by_names)
    assert not mounted.run("label", **by_names, **env)["changed"] and len(mounted.calls) == 2
    assert not mounted.run("label", **by_ids, **env)["changed"] and len(mounted.calls) == 1
    assert mounted.info("label", **by_names) == mounted.info("label", **by_ids, key="env") == [label]
    assert mounted.info("label") == [label] and mounted.calls == ["GET labels"]
    moved = mounted.run("label", **by_ids, key="env", value="test")
    assert moved["actions"] == ["update"] and moved["diff"]["after"] == {"value": "test"}
    assert mounted.run("label", **by_names, id="env", state="absent")["changed"]
    assert not mounted.run("label", **by_names, key="env", state="absent")["changed"]
    assert mounted.info("label", **by_names) == []


def test_all_labels_by_key_and_value() -> None:
    mounted, ids = labelled(6)
    for kind, value in (("server", "production"), ("volume", "production"), ("snapshot", "old")):
        mounted.run("label", **BEARERS[kind], key="env", value=value)
    mounted.run("label", **BEARERS["server"], key="environment", value="production")
    assert len(mounted.info("label")) == 4
    # The service looks for what contains the text, a task for what is it.
    found = mounted.info("label", key="env", value="production")
    assert {(each["server_id"], each["volume_id"]) for each in found} == {
        (ids["server"], None),
        (None, ids["volume"]),
    }
    assert {each["datacenter_id"] for each in found} == {ids["datacenter"]}
    assert len(mounted.info("label", id="env")) == 3 and mounted.info("label", key="en") == []
    assert [each["key"] for each in mounted.info("label", **BEARERS["server"], value="production")] == [
        "env",
        "environment",
    ]


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"server": "web"},
        {"datacenter": "shop", "snapshot": "before"},
        {"datacenter": "shop", "server": "web", "volume": "boot"},
        {"ipblock": "addresses", "image": "my-own"},
    ],
)
def test_what_a_label_is_on_must_be_clear(options: dict[str, str]) -> None:
    mounted = Mounted()
    with pytest.raises(InvalidOption) as caught:
        mounted.run("label", **options, key="env", value="x")
    assert str(caught.value).startswith(", ".join(sorted(options)) or "server")
    assert str(caught.value).endswith(
        "say what the label belongs to with one of these: server with datacenter, volume with datacenter, datacenter, "
        "image, ipblock, snapshot"
    )
    assert mounted.calls == []


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"datacenter": "nowhere"}, "datacenter: there is no data center 'nowhere'"),
        ({"datacenter": "shop", "server": "nowhere"}, "server: there is no server 'nowhere'"),
        ({"datacenter": "nowhere", "server": "web"}, "datacenter: there is no data center 'nowhere'"),
        ({"snapshot": "nowhere"}, "snapshot: there is no snapshot 'nowhere'"),
    ],
)
def test_what_is_not_there_bears_no_label(options: dict[str, str], says: str) -> None:
    mounted = Mounted()
    mounted.run("datacenter", name="shop", location="de/fra")
    with pytest.raises(NotFound) as caught:
        mounted.run("label", **options, key="env", value="x")
    assert str(caught.value).startswith(says) and mounted.writes == []
    # An earlier task of the same play may be going to create it.
    foretold = mounted.check("label", **options, key="env", value="x")
    assert foretold["changed"] and "does not exist yet" in foretold["warnings"][0] and mounted.writes == []
    assert not mounted.run("label", **options, key="env", state="absent")["changed"]
    with pytest.raises(NotFound):
        mounted.info("label", **options)


@pytest.mark.parametrize(
    ("version", "options", "says"),
    [
        (4, {"datacenter": "shop"}, "api_url: the service has labels from version 5 of its API on"),
        (4, {}, "api_url: the service has labels from version 5 of its API on"),
        (5, {"image": "my-own"}, "image: images have labels from version 6 of the API on"),
    ],
)
def test_labels_are_of_newer_versions(version: int, options: dict[str, str], says: str) -> None:
    mounted = Mounted(version)
    with pytest.raises(InvalidOption, match=says):
        mounted.info("label", **options)
    if options:
        with pytest.raises(InvalidOption, match=says):
            mounted.run("label", **options, key="env", value="x")
    assert mounted.calls == []


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"key": "a/b", "value": "x"}, "key: 'a/b' is not a valid key: it must not contain a slash"),
        ({"key": "env"}, "value: needed to create the label env"),
        ({"value": "x"}, "key or id: give one of them, to say which label is meant"),
    ],
)
def test_what_a_label_needs(options: dict[str, str], says: str) -> None:
    mounted = Mounted()
    mounted.run("datacenter", name="shop", location="de/fra")
    with pytest.raises(InvalidOption, match=says):
        mounted.run("label", datacenter="shop", **options)
    assert mounted.writes == []


# -- values are texts, wherever a label is given --------------------------------------------------------------------

VALUES = [(True, "true"), (False, "false"), (3, "3"), (1.5, "1.5"), ("Yes", "Yes")]


@pytest.mark.parametrize(("value", "kept"), VALUES)
def test_the_value_of_a_label_is_a_text(value: Any, kept: str) -> None:
    mounted, _ids = labelled(6)
    options = {**BEARERS["server"], "key": "monitored", "value": value}
    assert mounted.run("label", **options)["label"]["value"] == kept
    assert not mounted.run("label", **options)["changed"]
    mounted.run("server", datacenter="shop", name="web", labels={"other": value})
    assert not mounted.run("label", **{**options, "key": "other"})["changed"]


@pytest.mark.parametrize(("value", "what"), [({"a": 1}, "a dictionary"), ([1], "a list"), ([], "a list")])
def test_what_is_no_text_is_refused_by_the_name_of_the_option(value: Any, what: str) -> None:
    mounted, _ids = labelled(6)
    for kind, options, named in [
        ("label", {**BEARERS["server"], "key": "k", "value": value}, "value: the label has "),
        ("server", {"datacenter": "shop", "name": "web", "labels": {"k": value}}, "labels: k has "),
    ]:
        with pytest.raises(InvalidOption, match=f"^{named}{what}"):
            mounted.run(kind, **options)
        assert mounted.writes == []


@pytest.mark.parametrize("key", ["a/b", ""])
def test_a_key_that_the_service_would_refuse_is_refused_before_anything_is_made(key: str) -> None:
    mounted, _ids = labelled(6)
    new = {"name": "new", "size": 1, "licence_type": "OTHER", "labels": {key: "x"}}
    server = {"name": "new", "cores": 1, "ram": 1024, "labels": {key: "x"}}
    for kind, options in (
        ("volume", {"datacenter": "shop", **new}),
        ("server", {"datacenter": "shop", **server}),
        ("datacenter", {"name": "shop", "labels": {key: "x"}}),
        ("datacenter", {"name": "shop", "servers": [{**server, "volumes": [new]}]}),
    ):
        for do in (mounted.check, mounted.run):
            with pytest.raises(
                CloudError,
                match=f"labels: '{key}' is not a valid key: it must not be empty or contain a slash",
            ):
                do(kind, **options)
            assert mounted.writes == []
