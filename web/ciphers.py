"""What the site keeps encrypted for itself: with keys derived from SECRET_KEY, one for each purpose."""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def cipher_for(purpose: str) -> MultiFernet:
    """The current key first; what an earlier SECRET_KEY encrypted stays readable while it is a fallback."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key(secret, purpose)) for secret in secrets])


def sealed(text: str, *, purpose: str) -> str:
    """A text as it is kept."""
    return cipher_for(purpose).encrypt(text.encode()).decode()


def opened(kept: str, *, purpose: str) -> str:
    """The text again. Raises InvalidToken for what another key encrypted, or the same for another purpose."""
    return cipher_for(purpose).decrypt(kept.encode()).decode()


def _key(secret: str, purpose: str) -> bytes:
    """Derived by HKDF (RFC 5869): 32 bytes in the alphabet that Fernet takes."""
    info = f"clinicleader.{purpose}".encode()
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(secret.encode())
    return base64.urlsafe_b64encode(derived)
