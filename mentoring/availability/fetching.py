"""Fetching a calendar from an address that a mentor wrote: from the public internet only, and never for long.

Whoever may have us fetch an address could have us look round our own network. So the name is resolved once,
every address it has must be public, and the connection goes to exactly such an address (the name serves for
the certificate alone). Redirects are followed the same way. A clock cuts the connection when the time is up,
however busily the other side drips bytes. No cookies, no proxies, nothing is sent but the request.
"""

from __future__ import annotations

import http.client
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
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from django.utils.translation import gettext_lazy as _

from mentoring.availability.busy import MOST_BYTES, TOO_LARGE, CalendarError

SECONDS: Final = 10.0
MOST_REDIRECTS: Final = 3
REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})

NO_ADDRESS: Final = _("This is not the address of a calendar: it begins with https:// or webcal://.")
NOT_ENCRYPTED: Final = _("The address leads on to one without https, where others could read along.")
PRIVATE: Final = _("The address leads to a private network.")
UNKNOWN: Final = _("Nothing is known under the address's name.")
TOO_SLOW: Final = _("The calendar's server did not answer within ten seconds.")
BROKE_OFF: Final = _("The calendar's server could not be reached, or it broke off.")
NO_PROOF: Final = _("The calendar's server did not prove that it is the one in the address (certificate).")
TOO_MANY: Final = _("The address leads on to others again and again.")
REFUSED: Final = _("The calendar's server refuses the address. Perhaps it was withdrawn: make a new one.")
FAILED: Final = _("The calendar's server answered that something is wrong with it.")
ENCODED: Final = _("The calendar's server sent it compressed, which we did not ask for.")

HEADERS: Final = {
    "Accept": "text/calendar",
    "Accept-Encoding": "identity",
    "Connection": "close",
    "User-Agent": "ClinicLeader",
}

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


def read_address(address: str) -> Target:
    """An address taken apart. Raises CalendarError for what is none, or has a name and password in it."""
    try:
        parts = urlsplit(address.strip())
        host, port = (parts.hostname or "").encode("idna").decode(), parts.port or 443
    except ValueError as error:
        raise CalendarError(NO_ADDRESS) from error
    if parts.scheme not in {"https", "webcal", "webcals"} or not host or parts.username is not None:
        raise CalendarError(NO_ADDRESS)
    return Target(host, port, path_of(parts))


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
        """Seconds left; raises CalendarError when there are none."""
        seconds = self._ends - time.monotonic()
        if self.over or seconds <= 0:
            raise CalendarError(TOO_SLOW)
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


def fetch_calendar(
    address: str,
    *,
    allowed: Callable[[str], bool] = is_public,
    trust: ssl.SSLContext | None = None,
    seconds: float = SECONDS,
) -> bytes:
    """What lies at an address, at most 2 MB. Raises CalendarError with words that do not repeat the address.

    `allowed` says of an IP address whether one may connect to it; `trust` which certificates are good.
    """
    trust = trust or ssl.create_default_context()
    with Clock(seconds) as clock:
        try:
            for _hop in range(MOST_REDIRECTS + 1):
                target = read_address(address)
                further, content = request(target, allowed, trust, clock)
                if further is None:
                    return content
                address = redirected(target, further)
        except ssl.SSLCertVerificationError as error:
            raise CalendarError(NO_PROOF) from error
        except (OSError, http.client.HTTPException) as error:
            slow = clock.over or isinstance(error, TimeoutError)
            raise CalendarError(TOO_SLOW if slow else BROKE_OFF) from error
    raise CalendarError(TOO_MANY)


def request(
    target: Target, allowed: Callable[[str], bool], trust: ssl.SSLContext, clock: Clock
) -> tuple[str | None, bytes]:
    """One request: where to look further, or what is there."""
    addresses = resolve(target, clock)
    if not all(map(allowed, addresses)):
        raise CalendarError(PRIVATE)
    with (
        connect(addresses, target.port, clock) as line,
        clock.watching(line),
        trust.wrap_socket(line, server_hostname=target.host) as safe,
    ):
        connection = http.client.HTTPSConnection(target.host, target.port)
        connection.sock = safe
        connection.request("GET", target.path, headers=HEADERS)
        answer = connection.getresponse()
        if answer.status in REDIRECTS:
            return answer.headers.get("Location", ""), b""
        return None, body_of(answer, clock)


def body_of(answer: http.client.HTTPResponse, clock: Clock) -> bytes:
    if answer.status in {401, 403, 404, 410}:
        raise CalendarError(REFUSED)
    if answer.status != 200:
        raise CalendarError(FAILED)
    if answer.headers.get("Content-Encoding", "identity").strip().lower() != "identity":
        raise CalendarError(ENCODED)  # a few bytes could unfold into gigabytes
    if (answer.length or 0) > MOST_BYTES:
        raise CalendarError(TOO_LARGE)
    content = answer.read(MOST_BYTES + 1)
    clock.left()  # a connection that was cut looks like one that ended
    if len(content) > MOST_BYTES:
        raise CalendarError(TOO_LARGE)
    if answer.length:
        raise CalendarError(BROKE_OFF)
    return content


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
        raise CalendarError(TOO_SLOW) from error
    if isinstance(answer, OSError) or not answer:
        raise CalendarError(UNKNOWN)
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


def redirected(target: Target, further: str) -> str:
    """The address that an answer leads on to, which may leave out what stays the same."""
    host = f"[{target.host}]" if ":" in target.host else target.host
    try:
        address = urljoin(f"https://{host}:{target.port}{target.path}", further)
    except ValueError as error:
        raise CalendarError(NO_ADDRESS) from error
    if address.lower().startswith("http:"):
        raise CalendarError(NOT_ENCRYPTED)
    return address
