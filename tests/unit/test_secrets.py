# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is a secret in user data, and what is a plain word that stays readable."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.schema.field import Field
from ansible_collections.profitbricks.cloud.plugins.module_utils._secrets import without_plain_words

FIELDS = (Field("user_data", "raw", secret=True), Field("password", "str", secret=True))


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
