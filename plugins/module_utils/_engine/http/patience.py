# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How long an answer may take, part by part and as a whole.

The time-out of a socket bounds each part only: a service that sends a byte now and then would never time out.
"""

from __future__ import annotations

import io
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from http.client import HTTPResponse
from math import inf
from typing import Any, NamedTuple

from ..clock import Deadline

WORD = 5.0  # seconds of waiting for an answer between two reports of it


class Patience(NamedTuple):
    """With one answer: by when it must be complete, if ever, and what to call now and then until it is."""

    deadline: Deadline | None
    waiting: Callable[[], None]


class _Current(threading.local):
    """The patience with the answer that this thread is reading, and when the wait was last reported."""

    patience: Patience | None = None
    told = 0.0


_current = _Current()


@contextmanager
def patient(patience: Patience) -> Iterator[None]:
    """Read answers in this thread with this patience; one that takes longer raises TimeoutError."""
    before = _current.patience  # of the call for which this one fetches a token, say
    _current.patience, _current.told = patience, time.monotonic()
    try:
        yield
    finally:
        _current.patience = before


class _Reader(io.RawIOBase):
    """Reads from a socket for as long as there is patience; the socket's own time-out applies to each part."""

    def __init__(self, raw: io.RawIOBase, sock: Any) -> None:
        self._raw = raw
        self._sock = sock
        self._part = inf if sock.gettimeout() is None else float(sock.gettimeout())

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        patience = _current.patience
        if patience is None:
            return self._raw.readinto(buffer)
        ends = time.monotonic() + self._part
        while (left := min(ends - time.monotonic(), _left(patience.deadline))) > 0:
            if time.monotonic() - _current.told >= WORD:
                _current.told = time.monotonic()
                patience.waiting()
            self._sock.settimeout(min(left, WORD))
            try:
                return int(self._sock.recv_into(buffer))
            except TimeoutError:
                continue
        raise TimeoutError("timed out")

    def close(self) -> None:
        self._raw.close()
        super().close()


def _left(deadline: Deadline | None) -> float:
    return inf if deadline is None else deadline.left()


class _Response(HTTPResponse):
    """An answer that is read with patience, its headers too."""

    def __init__(self, sock: Any, *args: Any, **options: Any) -> None:
        super().__init__(sock, *args, **options)
        self.fp = io.BufferedReader(_Reader(self.fp.detach(), sock))


def with_patience(manager: Any) -> Any:
    """A manager of urllib3's connections whose answers keep to what `patient` says."""
    manager.pool_classes_by_scheme = {
        scheme: _pool(pool) for scheme, pool in manager.pool_classes_by_scheme.items()
    }
    return manager


@lru_cache
def _pool(pool: Any) -> Any:
    connection = type(pool.ConnectionCls.__name__, (pool.ConnectionCls,), {"response_class": _Response})
    return type(pool.__name__, (pool,), {"ConnectionCls": connection})
