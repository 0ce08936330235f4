"""Fetching a calendar from an address that a mentor wrote: from the public internet only, and never for long.

Connections are those of `web/outside.py`, and redirects are followed the same way. No cookies, nothing is
sent but the request.
"""

from __future__ import annotations

import http.client
import ssl
from collections.abc import Callable
from typing import Final
from urllib.parse import urljoin, urlsplit

from django.utils.translation import gettext_lazy as _

from mentoring.availability.busy import MOST_BYTES, TOO_LARGE, CalendarError
from web.outside import Clock, OutsideError, Target, Trouble, is_public, line_to, path_of

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

TROUBLES: Final = {Trouble.PRIVATE: PRIVATE, Trouble.UNKNOWN: UNKNOWN, Trouble.TOO_SLOW: TOO_SLOW}

HEADERS: Final = {
    "Accept": "text/calendar",
    "Accept-Encoding": "identity",
    "Connection": "close",
    "User-Agent": "ClinicLeader",
}


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
        except OutsideError as error:
            raise CalendarError(TROUBLES[error.trouble]) from error
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
    with line_to(target, allowed, trust, clock) as safe:
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
