"""Secrets that people carry: invitation links and API tokens. The database holds only their hashes."""

from __future__ import annotations

import base64
import hashlib
import secrets
from uuid import UUID

from django.utils.crypto import salted_hmac

API_TOKEN_PREFIX = "cl_"  # noqa: S105 - what scanners of leaked secrets look for
SHOWN = 8


def digest(secret: str) -> str:
    """SHA-256 in hex. No salt and no stretching: the secrets are random and 256 bits long."""
    return hashlib.sha256(secret.encode()).hexdigest()


def new_api_token() -> str:
    """A fresh API token, such as cl_6mZ..., 46 characters."""
    return API_TOKEN_PREFIX + secrets.token_urlsafe(32)


def invitation_token(invitation_id: UUID) -> str:
    """The secret in an invitation's link, 43 characters.

    Derived from the random id with the server's key, so the mail can be written after the transaction that
    stored the hash, and written again with the same link, while the database alone does not yield it.
    """
    mac = salted_hmac("people.invitation", invitation_id.bytes.hex(), algorithm="sha256").digest()
    return base64.urlsafe_b64encode(mac).rstrip(b"=").decode()
