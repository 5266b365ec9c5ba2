# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What of an exchange is written: nothing that is not known to be harmless.

The parts of an exchange are chosen, not cleaned: no header of a request is taken over, and three of an answer. Of a
body, numbers and truth values stay; a text stays where the tables of the emulator know a field of its name that is no
secret, and there too without what looks like a key or a token, and without any secret that was seen before. E-mail
addresses and ids of S3 keys become others, the same ones in the whole recording.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from .names import in_query, is_personal, is_secret, known

LEFT_OUT = "***"
# Of an answer; Location is a path then.
HEADERS = ("Location", "Retry-After", "Allow")
LEAST = 4  # characters of a secret that is looked for in other texts

_CRYPTIC = re.compile(
    r"-----BEGIN [^-]+-----.*?(?:-----END [^-]+-----|\Z)"
    r"|\beyJ[\w-]{4,}(?:\.[\w-]*){0,4}"
    r"|\b(?:ssh-[a-z0-9]+|ecdsa-sha2-\S+|sk-\S+) [\w+/=]{16,}(?: \S+)?"
    r"|\b(?:Bearer|Basic) \S+"
    r"|\b[0-9a-fA-F]{32,}\b"
    r"|\b(?=\w*[a-z])(?=\w*[A-Z])(?=\w*[0-9])[A-Za-z0-9_]{20,}[\w+/=-]*"
    r"|\b(?:AKIA|ASIA|gh[pousr]_|xox[a-z]-|glpat-)[\w-]{8,}",
    re.DOTALL,
)
_ASSIGNED = re.compile(
    r"((?:pass(?:word|wd|phrase)?|secret|token|api_?key|credentials?)[\"']?\s*[:=]\s*[\"']?)[^\s\"',;&]+",
    re.IGNORECASE,
)
_URL = re.compile(r"\bhttps?://[^\s/?#\"']+[^\s\"']*", re.IGNORECASE)
_USERINFO = re.compile(r"(\b[a-z][a-z0-9+.-]*://)[^/\s@\"']+@", re.IGNORECASE)
_MAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
_S3KEY = re.compile(r"(?<=/s3keys/)[^/?#]+")
# Parts of paths that are written: words, versions, numbers, ids, and what names labels and locations.
_PART = re.compile(
    r"|v\d+|[\d.]+|[a-z]+\d?[a-z]*(?:[A-Z][a-z]+)*(?:[-_.][a-z]+)*|s3key-\d+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
)
_NAMED = ("labels", "locations")
_WORDS = re.compile(r"_?[a-z]+\d{0,2}[a-z]*(?:[A-Z][a-z]+\d{0,2})*|[a-z]+(?:-[a-z]+)*")
_JSON = re.compile(r"\s*[\[{]")


class Scrubber:
    """Makes what is written out of what was sent, for one recording.

    :param origin: scheme and host of the service; addresses of it are written as paths.
    """

    def __init__(self, origin: str):
        self._origin = origin
        self._seen: set[str] = set()
        self._aliases: dict[tuple[str, str], str] = {}

    # What to look for

    def learn(self, headers: Iterable[tuple[str, str]]) -> None:
        """Note the credentials in headers of either side, so that no other text is written with them in it."""
        for name, value in headers:
            if name.lower() in ("cookie", "set-cookie"):
                pairs = (part.partition("=") for part in value.split(";"))
                self._note(*(text.strip() for _name, _is, text in pairs))
            elif name.lower() in ("authorization", "proxy-authorization"):
                scheme, _blank, given = value.strip().partition(" ")
                self._note(given.strip(), *(_of_basic(given) if scheme.lower() == "basic" else ()))

    def learn_data(self, data: bytes) -> None:
        """Note the secrets in a body, JSON or a form."""
        text = data.decode("utf-8", "replace")
        inner = _parsed(text)
        self.learn_body(dict(parse_qsl(text)) if inner is None else inner)

    def learn_body(self, body: Any) -> None:
        """Note the secrets in a body, a value of JSON."""
        if isinstance(body, list):
            for each in body:
                self.learn_body(each)
        elif isinstance(body, dict):
            for name, value in body.items():
                if is_secret(name):
                    if not is_personal(name):
                        self._note(*_texts(value))
                else:
                    self.learn_body(value)
        elif isinstance(body, str) and (inner := _parsed(body)) is not None:
            self.learn_body(inner)

    def _note(self, *texts: str) -> None:
        self._seen.update(text for text in texts if len(text) >= LEAST and text != LEFT_OUT)

    # What is written

    def path(self, path: str) -> str:
        """A path, without its query; what is neither a word nor an id of it is left out, such as keys to register with."""
        parts = [unquote(part) for part in _S3KEY.sub(self._key, path).split("/")]
        named = {number for number, part in enumerate(parts, 1) if part in _NAMED}
        named |= {number + 1 for number in named if parts[number - 1] == "locations"}
        return "/".join(
            self.text(part) if _PART.fullmatch(part) or number in named else LEFT_OUT
            for number, part in enumerate(parts)
        )

    def query(self, query: str) -> list[list[str]]:
        """Names and values of a query. Of parameters that are not known, the values are left out."""
        found = parse_qsl(query, keep_blank_values=True)
        return [
            [self.text(name), self.text(value) if in_query(name) and not is_secret(name) else LEFT_OUT]
            for name, value in found
        ]

    def headers(self, given: Mapping[str, str]) -> dict[str, str]:
        """Those headers of an answer that a recording has."""
        found = {name: given[name] for name in HEADERS if given.get(name)}
        return {
            name: self.path(urlsplit(value).path) if name == "Location" else self.text(value)
            for name, value in found.items()
        }

    def body(self, data: bytes, kind: str) -> dict[str, Any] | None:
        """A body: JSON or a form, and of any other only its type and length; None where there is none."""
        if not data:
            return None
        kind = kind.partition(";")[0].strip().lower()
        if kind == "application/x-www-form-urlencoded":
            form = dict(parse_qsl(data.decode("utf-8", "replace"), keep_blank_values=True))
            return {"form": self.value(form)}
        try:
            return {"json": self.value(json.loads(data))}
        except (ValueError, RecursionError):
            return {"left_out": kind if re.fullmatch(r"[\w.+-]+/[\w.+-]+", kind) else "", "bytes": len(data)}

    def value(self, value: Any, name: str = "") -> Any:
        """A value of JSON that has this name; inside a list, that of the list."""
        if name and is_secret(name):
            return _blank(value)
        if isinstance(value, dict):
            return self._object(value)
        if isinstance(value, list):
            return [self.value(each, name) for each in value]
        if not isinstance(value, str):
            return value
        if name and name.lower() not in known():
            return LEFT_OUT
        inner = _parsed(value)
        return json.dumps(self.value(inner)) if inner is not None else self.text(value)

    def _object(self, given: dict[str, Any]) -> dict[str, Any]:
        found = {self._name(name): self.value(value, name) for name, value in given.items()}
        if given.get("type") == "s3key" and isinstance(given.get("id"), str):
            found["id"] = self._alias("s3key", given["id"])
        return found

    def _name(self, name: str) -> str:
        """The name of a field; plain words are no token, however long."""
        plain = name.lower() in known() or (_WORDS.fullmatch(name) and name not in self._seen)
        return name if plain else self.text(name)

    def text(self, text: str) -> str:
        """A text without what is or looks like a secret."""
        for secret in sorted(filter(text.__contains__, self._seen), key=len, reverse=True):
            text = text.replace(secret, LEFT_OUT)
        text = _URL.sub(self._address, _USERINFO.sub(r"\1", text))
        text = _S3KEY.sub(self._key, text)
        text = _ASSIGNED.sub(rf"\1{LEFT_OUT}", _CRYPTIC.sub(LEFT_OUT, text))
        return _MAIL.sub(lambda found: f"{self._alias('person', found[0].lower())}@example.com", text)

    def _address(self, found: re.Match[str]) -> str:
        """Of an address of the service its path, and of any other one its host: no query, and no path that lets in."""
        parts = urlsplit(found[0])
        origin = f"{parts.scheme}://{parts.netloc}"
        return self.path(parts.path) if origin == self._origin else origin

    def _key(self, found: re.Match[str]) -> str:
        return self._alias("s3key", found[0])

    def _alias(self, kind: str, text: str) -> str:
        """Another name for it, always the same one."""
        if re.fullmatch(rf"{kind}-\d+(?:@example\.com)?", text):
            return text.partition("@")[0]
        many = sum(of == kind for of, _text in self._aliases)
        return self._aliases.setdefault((kind, text), f"{kind}-{many + 1}")


def login(headers: Mapping[str, str]) -> str:
    """How a request says who asks: ``bearer``, ``basic``, ``other``, or ``none``."""
    scheme = headers.get("Authorization", "").strip().partition(" ")[0].lower()
    return scheme if scheme in ("bearer", "basic") else "other" if scheme else "none"


def _of_basic(given: str) -> tuple[str, ...]:
    try:
        user, _colon, password = (
            base64.b64decode(given, validate=True).decode("utf-8", "replace").partition(":")
        )
    except binascii.Error:
        return ()
    return (password,) if _MAIL.fullmatch(user) else (user, password)


def _parsed(text: str) -> Any:
    """The JSON that a text is; None where it is none, or a mere word or number."""
    if not _JSON.match(text):
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts(each)


def _blank(value: Any) -> Any:
    """The shape of a secret: of which types it is, and nothing of its content."""
    if isinstance(value, dict):
        return {LEFT_OUT: LEFT_OUT} if value else {}
    if isinstance(value, list):
        return [LEFT_OUT] if value else []
    if isinstance(value, str):
        return LEFT_OUT if value else ""
    return value if value is None or isinstance(value, bool) else 0
