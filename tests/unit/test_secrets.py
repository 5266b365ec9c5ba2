# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is a secret in user data, and what is a plain word that stays readable."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.schema.field import Field
from ansible_collections.profitbricks.cloud.plugins.module_utils._secrets import (
    shown,
    without_plain_words,
)

USER_DATA = Field("user_data", "raw", secret=True)
NAME, VOLUME = Field("name"), (Field("name"), Field("size", "int"), USER_DATA)
FIELDS = (
    USER_DATA,
    Field("password", "str", secret=True),
    NAME,
    Field("volumes", "list", elements="dict", options=VOLUME),
)


def hidden(user_data: Any, *found: str, **others: Any) -> set[str]:
    return without_plain_words(found, FIELDS, {"user_data": user_data, **others})


@pytest.mark.parametrize(
    "user_data",
    [
        *(
            {key: "4711"}
            for key in ("password", "passwd", "Passphrase", "pwd", "pin", "psk", "bearer", "salt")
        ),
        *(
            {key: ["4711"]}
            for key in ("private-cert", "apikey", "registration_key", "seed", "hashed", "signature")
        ),
        {"db": {"credentials": {"one": [{"two": 4711}]}}},
    ],
)
def test_what_its_key_tells_is_a_secret(user_data: dict[str, Any]) -> None:
    assert hidden(user_data, "4711") == {"4711"} == hidden(user_data)


@pytest.mark.parametrize(
    "text",
    [
        "mysql -p4711",
        "DB_PASSWORD=4711",
        "https://ada:4711@example.org/x",
        "bearer: 4711",
        "#!/bin/sh\nlogin 4711",
        '{"pin":"4711"}',
    ],
)
def test_text_in_which_a_secret_may_stand_is_one(text: str) -> None:
    assert hidden({"runcmd": [text], "x": {"y": [[text]]}}) == {text}


@pytest.mark.parametrize(
    "word",
    [
        "nginx",
        "web-01",
        "/etc/x",
        "de_DE.UTF-8",
        "Europe/Berlin",
        "https://example.org/x.deb",
        "0644",
        "c++",
        "-y",
        "é",
    ],
)
def test_plain_words_are_none(word: str) -> None:
    assert hidden({"packages": [word], "hostname": word, "mapping": word}, word) == set()


@pytest.mark.parametrize("blank", ["", " ", "\n", "\t \n", None, True, False])
def test_blanks_are_none_which_would_mask_all_output(blank: Any) -> None:
    assert hidden({"password": blank, "motd": [blank]}, password=blank) == set()
    assert hidden({"password": blank}, " ", "\n", "hush", password=blank) == {"hush"}


def test_a_word_that_is_a_password_elsewhere_remains_one() -> None:
    assert hidden({"packages": ["nginx"]}, "nginx", password="nginx") == {"nginx"}


@pytest.mark.parametrize(
    "user_data",
    [
        {"keyboard": {"layout": "de/nodeadkeys", "model": "pc105"}},
        {"keymap": "de-latin1", "keyserver": "keyserver.example.org", "keytype": "ed25519"},
        {"author": "ada@home", "authors": ["ada"], "design": "plain", "assigned": "first"},
        {"random_seed": {"encoding": "raw"}, "content": "1", "password": 0, "tokens": ["de", 128]},
    ],
)  # fmt: skip
def test_what_only_sounds_like_a_secret_or_is_too_short_for_one_is_none(user_data: dict[str, Any]) -> None:
    leaves = [str(each) for value in user_data.values() for each in _leaves(value)]
    assert [each for each in leaves if each in hidden(user_data, *leaves)] == [
        each for each in leaves if "@" in each
    ]


def _leaves(value: Any) -> list[Any]:
    if isinstance(value, (dict, list)):
        return [
            leaf for each in (value.values() if isinstance(value, dict) else value) for leaf in _leaves(each)
        ]
    return [value]


def test_what_the_task_says_openly_is_none() -> None:
    user_data = {
        "write_files": [{"path": "/etc/hostname", "content": "web-01"}],
        "passwd": "web-",
        "pin": "1024",
    }
    volumes = [{"name": "web-01", "size": 1024, "user_data": user_data}]
    found = ("web-01", "web-", "1024", "hush")
    assert without_plain_words(found, FIELDS, {"name": "shop", "volumes": volumes}) == {"hush"}
    # A password of its own is one whatever else is called so.
    assert without_plain_words(found, FIELDS, {"password": "web-01", "volumes": volumes}) == {
        "hush",
        "web-01",
    }


@pytest.mark.parametrize("value", [{"runcmd": [["usermod", "-p", "4711", "ada"]]}, ["4711"], [], {}])
def test_no_part_of_user_data_is_shown_with_the_arguments(value: Any) -> None:
    instead = "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"
    volumes = [{"name": "root", "user_data": value}, {"name": "data", "user_data": None}, "no dictionary"]
    given = {"name": "shop", "user_data": value, "password": "4711", "volumes": volumes, "other": 1}
    assert (
        shown(FIELDS, given)
        == {
            "name": "shop",
            "user_data": instead,
            "password": "4711",  # which Ansible masks
            "volumes": [{"name": "root", "user_data": instead}, *volumes[1:]],
            "other": 1,
        }
    )
    assert given["volumes"] is volumes and volumes[0] == {"name": "root", "user_data": value}
