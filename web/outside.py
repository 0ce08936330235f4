"""Connections to addresses that people wrote: to the public internet only, and never for long.

Whoever may have us ask an address could have us look round our own network. So the name is resolved once,
every address it has must be public, and the connection goes to exactly such an address (the name serves for
the certificate alone). A clock cuts the connection when the time is up, however busily the other side drips
bytes. No proxies: one would resolve the name itself.
"""

from __future__ import annotations

import enum
import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from typing import Final
from urllib.parse import SplitResult, quote


class Trouble(enum.Enum):
    """Why nothing came of it."""

    PRIVATE = enum.auto()
    UNKNOWN = enum.auto()
    TOO_SLOW = enum.auto()


class OutsideError(Exception):
    """A connection that was not made, or was cut."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble)
        self.trouble = trouble


# Of IPv6 only what is given out to networks. Of both, nothing that stands for another address, for an example
# or for many at once.
GIVEN_OUT: Final = ip_network("2000::/3")
NOT_PUBLIC: Final = tuple(
    ip_network(network)
    for network in (
        *("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"),
        *("64:ff9b::/96", "64:ff9b:1::/48", "::ffff:0:0/96"),
        *("0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15", "224.0.0.0/3"),
    )
)


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet, and to nothing that leads elsewhere."""
    try:
        known = ip_address(address)
    except ValueError:
        return False
    given_out = known.version == 4 or known in GIVEN_OUT
    return given_out and known.is_global and not any(known in network for network in NOT_PUBLIC)


@dataclass(frozen=True, slots=True)
class Target:
    """Where one request goes."""

    host: str
    port: int
    path: str


def path_of(parts: SplitResult) -> str:
    """Path and query as they travel: what may not stand in a request line is percent-encoded."""
    query = f"?{parts.query}" if parts.query else ""
    return quote((parts.path or "/") + query, safe="/%:@!$&'()*+,;=~?-._")


class Clock:
    """Cuts the connection at hand when the time is up: a read that waits ends at once."""

    def __init__(self, seconds: float) -> None:
        self._ends = time.monotonic() + seconds
        self._lock = threading.Lock()
        self._line: socket.socket | None = None
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True
        self.over = False

    def __enter__(self) -> Clock:
        self._timer.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._timer.cancel()

    def left(self) -> float:
        """Seconds left; raises OutsideError when there are none."""
        seconds = self._ends - time.monotonic()
        if self.over or seconds <= 0:
            raise OutsideError(Trouble.TOO_SLOW)
        return seconds

    @contextmanager
    def watching(self, line: socket.socket) -> Iterator[None]:
        # A second handle on the same connection: the first one is taken over by TLS.
        with line.dup() as watched:
            with self._lock:
                self._line = watched
            try:
                yield
            finally:
                with self._lock:
                    self._line = None

    def _cut(self) -> None:
        with self._lock:
            self.over = True
            if self._line is not None:
                try:
                    self._line.shutdown(socket.SHUT_RDWR)
                except OSError:  # closed by the other side meanwhile
                    return


@contextmanager
def line_to(
    target: Target, allowed: Callable[[str], bool], trust: ssl.SSLContext, clock: Clock
) -> Iterator[ssl.SSLSocket]:
    """An encrypted line to a target whose addresses are all allowed; it ends with the block, or by the clock.

    Raises OutsideError, ssl.SSLCertVerificationError and OSError.
    """
    addresses = resolve(target, clock)
    if not all(map(allowed, addresses)):
        raise OutsideError(Trouble.PRIVATE)
    with (
        connect(addresses, target.port, clock) as line,
        clock.watching(line),
        trust.wrap_socket(line, server_hostname=target.host) as safe,
    ):
        yield safe


def resolve(target: Target, clock: Clock) -> list[str]:
    """Every IP address of a name. Asked in a thread, since the system's resolver knows no time limit."""
    answers: queue.SimpleQueue[list[str] | OSError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
            answers.put([str(entry[4][0]) for entry in found])
        except OSError as error:
            answers.put(error)

    threading.Thread(target=ask, daemon=True).start()
    try:
        answer = answers.get(timeout=clock.left())
    except queue.Empty as error:
        raise OutsideError(Trouble.TOO_SLOW) from error
    if isinstance(answer, OSError) or not answer:
        raise OutsideError(Trouble.UNKNOWN)
    return answer


def connect(addresses: list[str], port: int, clock: Clock) -> socket.socket:
    """A connection to the first of these addresses that takes one. No name is asked again."""
    refusal: OSError | None = None
    for address in dict.fromkeys(addresses):
        try:
            line = socket.create_connection((address, port), timeout=clock.left())
        except OSError as error:
            refusal = error
        else:
            return line
    clock.left()
    raise refusal or OSError("no address")
