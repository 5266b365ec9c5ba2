# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What lets a person into a new server: the texts of a task as the service takes them (contract section 10.7)."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping, Sequence
from typing import Any

from ..._engine.errors import InvalidOption

# A type, the key in base64, and whatever comment follows.
_KEY = re.compile(r"(ssh|ecdsa|sk-ssh|sk-ecdsa)-[\w.@-]+\s+[A-Za-z0-9+/]+={0,3}(\s.*)?")
LONGEST_KEY = 8192  # characters (contract section 16.2)
_FROM_FILE = "read the file with lookup('file', '~/.ssh/id_ed25519.pub')"


def public_keys(option: str, values: Sequence[str]) -> list[str]:
    """The keys of several texts, each of which may hold several in the way of an ``authorized_keys`` file.

    Raises InvalidOption for a text that holds none, or anything else.
    """
    return [key for text in values for key in _keys(option, text)]


def _keys(option: str, text: str) -> list[str]:
    if "PRIVATE KEY" in text or text.lstrip().startswith("PuTTY-User-Key-File"):
        raise InvalidOption(f"{option}: this is a private key; give the .pub file", secrets=(text,))
    if "BEGIN" in text and "PUBLIC KEY" in text:
        raise InvalidOption(
            f"{option}: the service only accepts public keys in OpenSSH's format; ssh-keygen -i -f FILE "
            "converts others"
        )
    lines = [line.strip() for line in text.splitlines()]
    keys = [line for line in lines if line and not line.startswith("#")]
    if not keys:
        raise InvalidOption(f"{option}: an empty text is not a public key; {_FROM_FILE}")
    for key in keys:
        if not _KEY.fullmatch(key):
            # Only a path is shown, for anything else may be a secret that got into the wrong place.
            shown = (
                f"{key!r} is a path, not"
                if re.fullmatch(r"(?:~|\.{0,2}/|\w:\\)\S*|\S+\.pub", key)
                else "this is not"
            )
            raise InvalidOption(
                f"{option}: {shown} a public key, which starts with its type, such as ssh-ed25519; "
                f"{_FROM_FILE}"
            )
        if len(key) > LONGEST_KEY:
            raise InvalidOption(
                f"{option}: a key of {len(key)} characters is too long; the service takes at most {LONGEST_KEY}"
            )
    return keys


# The beginnings of user data that cloud-init, or cloudbase-init on Windows, recognizes; in lower case.
_BEGINNINGS = (
    *("#!", "#cloud-config", "#cloud-boothook", "#include", "#part-handler", "## template:", "#upstart-job"),
    *("content-type:", "mime-version:", "from ", "#ps1", "rem cmd"),
)
_PACKED = b"\x1f\x8b"


def encoded(option: str, value: Any, plain: bool) -> str:
    """User data in base64, as the service takes it: a dictionary becomes cloud-config, ``plain`` text is encoded.

    Raises InvalidOption for what is neither, and MissingLibrary.
    """
    if isinstance(value, Mapping):
        from ..._engine.yamls import write  # here, because few tasks need it

        return _base64(f"#cloud-config\n{write(value)}")
    if not isinstance(value, str):
        raise InvalidOption(f"{option}: give text, or a dictionary that becomes cloud-config")
    if plain:
        return _base64(value)
    if decoded(value) is None:
        raise InvalidOption(
            f"{option}: the given value is not base64; set encode_{option} to true for plain text, or pass it through "
            "the filter b64encode"
        )
    return value


def decoded(value: str) -> bytes | None:
    """The content of a text in base64; None if it is not base64."""
    try:
        return base64.b64decode("".join(value.split()), validate=True)
    except ValueError:
        return None


def begins_unknown(value: str) -> bool:
    """Whether user data in base64 begins with nothing that the image recognizes."""
    content = decoded(value) or b""
    return not content.startswith(_PACKED) and not content.lower().startswith(
        tuple(each.encode() for each in _BEGINNINGS)
    )


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()
