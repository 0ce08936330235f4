"""Signatures of webhooks by the Standard Webhooks specification (standardwebhooks.com). No Django."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable

PREFIX = "whsec_"  # what scanners of leaked secrets look for
BYTES = 32  # the specification asks for 24 to 64


def new_secret() -> str:
    """A fresh secret as the receiver keeps it: whsec_ and 32 random bytes in base64."""
    return PREFIX + base64.b64encode(secrets.token_bytes(BYTES)).decode()


def signature(secret: str, message_id: str, sent_at: int, body: bytes) -> str:
    """`v1,` and the HMAC-SHA256 of id, seconds since 1970 and body, joined by points, in base64."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = f"{message_id}.{sent_at}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def headers(secrets_in_force: Iterable[str], message_id: str, sent_at: int, body: bytes) -> dict[str, str]:
    """The three headers; with several secrets several signatures, one of which the receiver knows."""
    signatures = [signature(secret, message_id, sent_at, body) for secret in secrets_in_force]
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(sent_at),
        "webhook-signature": " ".join(signatures),
    }
