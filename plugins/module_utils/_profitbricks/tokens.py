# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The token service beside the API (contract section 14)."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import Any

from .._engine.answers import a_list, an_item, an_object, sound
from .._engine.errors import ApiError, BadAnswer
from .._engine.service import Item
from .client import Cloud
from .resources.tokens import TOKEN


class TokenService:
    """The tokens of the user that a cloud logs in as; its calls raise CloudError."""

    def __init__(self, cloud: Cloud) -> None:
        self._transport = cloud.transport.beside(cloud.connection.auth_url)

    def all(self) -> list[Item]:
        return list(self._transport.call("GET", TOKEN.path, expects=_check_list).data["tokens"])

    def find(self, token_id: str) -> Item | None:
        """None where the user has no such token, or none any more."""
        try:
            return dict(self._transport.call("GET", f"{TOKEN.path}/{token_id}", expects=_check_entry).data)
        except ApiError as error:
            if error.missing:
                return None
            raise

    def make(self, ttl: int | None) -> str:
        """A new token, which the service never shows again. A GET that makes something is not made twice."""
        query = {} if ttl is None else {"ttl": ttl}
        path = f"{TOKEN.path}/generate"
        return str(self._transport.call("GET", path, query, asks=False, expects=_check_new).data["token"])

    def revoke(self, token_id: str) -> None:
        """What is gone already is as good as revoked."""
        try:
            self._transport.call("DELETE", f"{TOKEN.path}/{token_id}")
        except ApiError as error:
            if not error.missing:
                raise

    def revoke_those(self, criteria: str) -> None:
        self._transport.call("DELETE", TOKEN.path, {"criteria": criteria})


def id_of(token: str) -> str | None:
    """The id of a token, which is a JWT, as its header says; None for any other text."""
    head, *_rest = token.strip().split(".")
    try:
        header = json.loads(base64.urlsafe_b64decode(head + "=" * (-len(head) % 4)))
        found = header["kid"]
    except (KeyError, TypeError, ValueError):
        return None
    return str(found) if TOKEN.is_id(found) else None


def _check_list(data: Any) -> None:
    for each in a_list(an_object(data, "the answer").get("tokens"), "tokens"):
        _check_entry(each)


def _check_entry(data: Any) -> None:
    sound(TOKEN, an_item(data))


def _check_new(data: Any) -> None:
    answer: Mapping[str, Any] = an_object(data, "the answer")
    if not isinstance(answer.get("token"), str) or id_of(answer["token"]) is None:
        raise BadAnswer("it contains no token")
