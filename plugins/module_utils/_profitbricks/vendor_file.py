# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The configuration file that the vendor's own tools write on login (contract section 15)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from .._engine.errors import InvalidOption
from .._engine.http.transport import Credentials
from .._engine.settings import token_text
from .._engine.yamls import read_texts

# In the home folder; the last one is where the command line client writes by default.
PLACES = (".ionos/config.yaml", ".ionos/config", ".config/ionosctl/config.yaml")
FILE = ("PROFITBRICKS_CONFIG_FILE", "IONOS_CONFIG_FILE")
PROFILE = ("PROFITBRICKS_CURRENT_PROFILE", "IONOS_CURRENT_PROFILE")
PRODUCTS = ("cloud", "compute")  # the names of this API in the file
SWITCH = "use_config_file"


class Endpoint(NamedTuple):
    """An endpoint from the file; ``url`` is empty if it names none. ``authorities`` are PEM, to trust as well."""

    url: str = ""
    verify: bool = True
    authorities: str = ""


class Login(NamedTuple):
    """The profile in use, from a file. Without credentials, ``why`` says what is missing."""

    credentials: Credentials | None = None
    endpoint: Endpoint = Endpoint()
    why: str = ""


def read_login(environ: Mapping[str, str], leads: bool) -> Login:
    """The login of the current profile, with its endpoint if the file ``leads``.

    Raises InvalidOption for a file that cannot be read or is not valid, and MissingLibrary.
    """
    named, profile = (next(filter(None, map(environ.get, names)), "") for names in (FILE, PROFILE))
    path = _find(named, environ)
    if path is None:
        return Login(why=f"there is no file {named}" if named else "")
    content = _content(path)
    wanted = profile or _text(content.get("currentProfile"))
    if not wanted:
        return Login(why=f"{path} has no currentProfile")
    chosen = next((p for p in _entries(content, "profiles") if _alike(p.get("name"), wanted)), None)
    if chosen is None:
        return Login(why=f"{path} has no profile {wanted!r}")
    credentials = _credentials(chosen.get("credentials"), path)
    if credentials is None:
        why = f"the profile {wanted!r} in {path} has no token, and no username with a password"
        return Login(why=why)
    endpoint = _endpoint(content, _text(chosen.get("environment")), path) if leads else Endpoint()
    return Login(credentials, endpoint)


def _find(named: str, environ: Mapping[str, str]) -> Path | None:
    home = environ.get("HOME", "")
    if named:
        paths = [Path(home, named[2:]) if named.startswith("~/") else Path(named)]
    else:
        paths = [Path(home, place) for place in PLACES if home]
        if configured := environ.get("XDG_CONFIG_HOME"):
            paths[2:] = [Path(configured, "ionosctl", "config.yaml")]
    # A folder that this user may not enter counts as empty.
    return next((path for path in paths if _exists(path)), None)


def _exists(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False


def _content(path: Path) -> Mapping[str, Any]:
    try:
        content = read_texts(path.read_bytes())
    except OSError as error:
        raise _unusable(f"{path} cannot be read: {error.strerror}") from None
    except ValueError as error:
        raise _unusable(f"{path} is not valid YAML ({error})") from None
    if not isinstance(content, Mapping):
        raise _unusable(f"{path} does not contain the settings of the vendor's tools")
    return content


def _credentials(given: Any, path: Path) -> Credentials | None:
    """The credentials of a profile; a token takes precedence over a password."""
    found = given if isinstance(given, Mapping) else {}
    username, password, token = (_text(found.get(name)) for name in ("username", "password", "token"))
    if token:
        return Credentials(token=token_text(f"token in {path}", token))
    return Credentials(username=username, password=password) if username and password else None


def _endpoint(content: Mapping[str, Any], environment: str, path: Path) -> Endpoint:
    """The endpoint of this API for all locations in the environment."""
    environments = _entries(content, "environments")
    if environment and environments:
        environments = [each for each in environments if _text(each.get("name")) == environment]
        if not environments:
            raise _unusable(f"{path} has no environment {environment!r}, which its profile names")
    offers = [(each, product) for each in environments for product in _entries(each, "products")]
    for name in PRODUCTS:
        for around, product in offers:
            if _alike(product.get("name"), name):
                return _open_to_all(around, _entries(product, "endpoints"), path)
    return Endpoint()


def _open_to_all(around: Mapping[str, Any], endpoints: list[Mapping[str, Any]], path: Path) -> Endpoint:
    for each in endpoints:
        if not _text(each.get("location")):
            authorities = (_text(place.get("certificateAuthData")) for place in (each, around))
            url = _text(each.get("name"))
            return Endpoint(
                url if "://" in url or not url else f"https://{url}",
                _text(each.get("skipTlsVerify")).lower() != "true",
                next(filter(None, authorities), ""),
            )
    if endpoints:
        raise InvalidOption(f"api_url: {path} has endpoints for single locations only; give api_url")
    return Endpoint()


def _unusable(why: str) -> InvalidOption:
    return InvalidOption(
        f"{SWITCH}: {why}; fix it, give credentials in another way, or set {SWITCH} to false"
    )


def _entries(holder: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    found = holder.get(name)
    return [each for each in found if isinstance(each, Mapping)] if isinstance(found, Iterable) else []


def _alike(one: Any, other: str) -> bool:
    return _text(one).strip().lower() == other.strip().lower()


def _text(value: Any) -> str:
    """A text from the file; empty if there is none."""
    return value if isinstance(value, str) and value not in ("null", "~") else ""
