# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""YAML, for the few tasks that need it: the library comes with Ansible, but not with every host that runs a module."""

from __future__ import annotations

from typing import Any

from .errors import MissingLibrary

try:
    import yaml
except ImportError as error:
    MISSING: ImportError | None = error
else:
    MISSING = None


def read_texts(content: bytes) -> Any:
    """A document of mappings, lists and texts: numbers and dates stay texts.

    Raises MissingLibrary, and ValueError with the line of the error, but without its content.
    """
    _needed()
    try:
        return yaml.load(content, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        raise ValueError(f"line {mark.line + 1}" if mark else "it cannot be decoded") from None


def write(data: Any) -> str:
    """A document in block style. Raises MissingLibrary."""
    _needed()
    return str(yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=1000))


def _needed() -> None:
    if MISSING is not None:
        raise MissingLibrary("PyYAML", MISSING)
