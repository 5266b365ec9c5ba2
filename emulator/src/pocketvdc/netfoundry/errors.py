# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The errors NetFoundry answers with: two bodies, by service (contract section 3.7)."""

from __future__ import annotations

from typing import Any

from werkzeug.http import HTTP_STATUS_CODES

from ..store import date


class NetFoundryError(Exception):
    """A refusal: HTTP status and one text for each thing that is wrong."""

    def __init__(self, status: int, *texts: str, headers: dict[str, str] | None = None):
        self.status = status
        self.texts = texts or (HTTP_STATUS_CODES.get(status, "Error"),)
        self.headers = headers or {}
        super().__init__(status, self.texts)


class OAuthError(NetFoundryError):
    """A refused token request; its only text is the error code of RFC 6749."""


class FrameworkError(NetFoundryError):
    """A fault below the service, which answers in its web framework's form wherever it happens."""


def invalid(*texts: str) -> NetFoundryError:
    return NetFoundryError(400, *texts)


def forbidden(text: str = "Access Denied") -> NetFoundryError:
    return NetFoundryError(403, text)


def not_found(noun: str, ident: str) -> NetFoundryError:
    return NetFoundryError(404, f"{noun} {ident} was not found")


def conflict(text: str) -> NetFoundryError:
    return NetFoundryError(409, text)


def body_of(error: NetFoundryError, root: str, now: float, trace: str) -> tuple[dict[str, Any], str]:
    """Body and content type of an error below a service root such as ``core/v2``.

    Core lists texts beside a status object; the other services answer in their framework's form
    (inferred), and the token endpoint in that of OAuth.
    """
    label = HTTP_STATUS_CODES.get(error.status, "Error")
    if isinstance(error, OAuthError):
        return {"error": error.texts[0]}, "application/json"
    if root.startswith("core/") and not isinstance(error, FrameworkError):
        status: dict[str, Any] = {"code": error.status, "label": label}
        return {"errors": list(error.texts), "status": status, "traceId": trace}, "application/hal+json"
    message = "; ".join(error.texts)
    found = {"timestamp": date(now), "status": error.status, "error": label, "message": message}
    return found, "application/json"
