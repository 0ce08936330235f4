"""One POST to an endpoint that an admin wrote: to the public internet, encrypted, for ten seconds at most.

No redirects: a receiver that has moved is told about here. What it answers beyond a number is not read.
"""

from __future__ import annotations

import http.client
import ssl
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings

from people.enums import WebhookTrouble
from web.outside import Clock, OutsideError, Target, Trouble, is_public, line_to, path_of

SECONDS: Final = 10.0
HEADERS: Final = {"Content-Type": "application/json", "User-Agent": "ClinicLeader", "Connection": "close"}
TROUBLES: Final = {
    Trouble.PRIVATE: WebhookTrouble.PRIVATE,
    Trouble.UNKNOWN: WebhookTrouble.UNKNOWN,
    Trouble.TOO_SLOW: WebhookTrouble.SLOW,
}


class SendingError(Exception):
    """Why an endpoint gave no answer."""

    def __init__(self, trouble: WebhookTrouble) -> None:
        super().__init__(trouble)
        self.trouble = trouble


def target_of(url: str) -> Target | None:
    """Where a URL leads; None unless it is https with a name and without a password in it."""
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").encode("idna").decode(), parts.port or 443
    except ValueError:
        return None
    if parts.scheme != "https" or not host or parts.username is not None or parts.fragment:
        return None
    return Target(host, port, path_of(parts))


def send(url: str, body: bytes, headers: Mapping[str, str], *, seconds: float = SECONDS) -> int:
    """Post it; returns the status of the answer. Raises SendingError where there is none."""
    target = target_of(url)
    if target is None:
        raise SendingError(WebhookTrouble.UNKNOWN)
    trust = ssl.create_default_context(cafile=settings.WEBHOOK_CA_FILE or None)
    with Clock(seconds) as clock:
        try:
            with line_to(target, is_allowed, trust, clock) as line:
                connection = http.client.HTTPSConnection(target.host, target.port)
                connection.sock = line
                connection.request("POST", target.path, body=body, headers={**HEADERS, **headers})
                return connection.getresponse().status
        except OutsideError as error:
            raise SendingError(TROUBLES[error.trouble]) from error
        except ssl.SSLCertVerificationError as error:
            raise SendingError(WebhookTrouble.NO_PROOF) from error
        except (OSError, http.client.HTTPException) as error:
            slow = clock.over or isinstance(error, TimeoutError)
            raise SendingError(WebhookTrouble.SLOW if slow else WebhookTrouble.BROKE_OFF) from error


def is_allowed(address: str) -> bool:
    """Whether one may connect to an IP address. Tests have their receiver on loopback; nobody else may."""
    return is_public(address) or (settings.WEBHOOK_LOOPBACK and address in {"127.0.0.1", "::1"})
