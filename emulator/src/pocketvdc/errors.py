# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The errors the service answers with (contract section 7)."""

from __future__ import annotations

from collections.abc import Iterable


class ServiceError(Exception):
    """An HTTP error with the service's body: ``httpStatus`` and a list of ``errorCode``/``message``."""

    def __init__(
        self, status: int, messages: Iterable[tuple[str, str]], headers: dict[str, str] | None = None
    ):
        self.status = status
        self.messages = list(messages)
        self.headers = headers or {}
        super().__init__(status, self.messages)

    def body(self) -> dict[str, object]:
        return {
            "httpStatus": self.status,
            "messages": [{"errorCode": code, "message": text} for code, text in self.messages],
        }


def unauthorized() -> ServiceError:
    return ServiceError(401, [("315", "Unauthorized")])


def not_found() -> ServiceError:
    return ServiceError(404, [("309", "Resource does not exist")])


def forbidden(text: str = "Access Denied") -> ServiceError:
    # The code for a missing privilege is unknown; the HTTP number stands in (inferred).
    return ServiceError(403, [("403", text)])


def bad_request(text: str) -> ServiceError:
    return ServiceError(400, [("400", text)])  # code (inferred)


def backend(text: str) -> ServiceError:
    """A rule of the backend: 422 with code 200 and a ``[VDC-...]`` text."""
    return ServiceError(422, [("200", text)])


def invalid(path: str, text: str) -> ServiceError:
    return ServiceError(422, [("100", f"[{path}] {text}")])
