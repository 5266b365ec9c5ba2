# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Accounts: who can log in, and to which contract.

The file that ``--accounts`` names is YAML::

    accounts:
      - email: demo@example.com      # required; the owner of the contract, an administrator
        password: demo-password      # required
        token: demo-token            # optional bearer token
        contract: 31000001           # optional number; accounts of one number share a contract
        firstname: Demo              # optional, as lastname
        lastname: User
        administrator: true          # optional; false only for a second account of a contract

An email may be there once for each contract that its user holds; the header ``X-Contract-Number`` chooses among
them, and without it the first is meant.

Users that are created through the API log in with their own password.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FIRST_CONTRACT = 31000001


class BadAccounts(ValueError):
    """The accounts are not in the form above; the text says where."""


@dataclass(frozen=True)
class Account:
    email: str
    password: str
    contract: int
    token: str | None = None
    firstname: str = "Demo"
    lastname: str = "User"
    administrator: bool = True


READY_MADE = (
    Account("demo@example.com", "demo-password", FIRST_CONTRACT, "demo-token"),
    Account("other@example.com", "other-password", FIRST_CONTRACT + 1, "other-token", "Other"),
)


def load(path: str | Path) -> tuple[Account, ...]:
    """The accounts of a YAML file. BadAccounts when it cannot be read or says something else."""
    import yaml

    try:
        data = yaml.safe_load(Path(path).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise BadAccounts(f"cannot read accounts file {path}: {error}") from None
    except yaml.YAMLError as error:
        problem = " ".join(str(error).split())
        raise BadAccounts(f"accounts file {path} is not YAML: {problem}") from None
    entries = data.get("accounts") if isinstance(data, dict) else None
    if not isinstance(entries, list) or not entries:
        raise BadAccounts(f"accounts file {path} has no list 'accounts'")
    return parse(entries)


def parse(entries: Sequence[Mapping[str, Any]]) -> tuple[Account, ...]:
    found = []
    for i, entry in enumerate(entries):
        if not isinstance(entry, Mapping) or not entry.get("email") or not entry.get("password"):
            raise BadAccounts(f"accounts[{i}] needs 'email' and 'password'")
        unknown = set(entry) - set(Account.__dataclass_fields__)
        if unknown:
            raise BadAccounts(f"accounts[{i}] has unknown keys: {', '.join(sorted(map(str, unknown)))}")
        number = entry.get("contract", FIRST_CONTRACT + i)
        if not isinstance(number, int):
            raise BadAccounts(f"accounts[{i}].contract must be a number")
        texts = {
            k: v if isinstance(v, bool) else str(v)
            for k, v in entry.items()
            if v is not None and k != "contract"
        }
        found.append(Account(contract=number, **texts))  # type: ignore[arg-type]
    places = [(account.email.lower(), account.contract) for account in found]
    if len(set(places)) != len(places):
        raise BadAccounts("two accounts of one contract have the same email")
    logins = {(account.email.lower(), account.password) for account in found}
    if len(logins) != len({mail for mail, _password in logins}):
        raise BadAccounts("two accounts of the same email have different passwords")
    return tuple(found)
