"""Status lists (W3C, Bitstring Status List 1.0): one bit for each badge, set once it is revoked."""

from __future__ import annotations

import base64
import datetime as dt
import gzip
import zlib
from collections.abc import Iterable
from typing import Any, Final

from passport.badges.credentials import VC_CONTEXT, moment

# The least that the specification allows (16 KB): one badge is hidden among as many.
LIST_BITS: Final = 131_072
MOST_BYTES: Final = 8 * LIST_BITS  # of somebody else's list, unpacked


def encoded(revoked: Iterable[int]) -> str:
    """The indexes as `encodedList`: bits from the left, GZIP, multibase base64url."""
    bits = bytearray(LIST_BITS // 8)
    for index in revoked:
        if not 0 <= index < LIST_BITS:
            raise ValueError(f"no such place in the list: {index}")
        bits[index // 8] |= 0x80 >> index % 8
    packed = gzip.compress(bytes(bits), mtime=0)
    return "u" + base64.urlsafe_b64encode(packed).rstrip(b"=").decode()


def bits_of(encoded_list: str) -> bytes:
    """The list unpacked. Raises ValueError for what is not one, or unpacks to more than a list may."""
    if not encoded_list.startswith("u"):
        raise ValueError("a list begins with the multibase prefix u")
    text = encoded_list[1:].encode("ascii")
    unpacking = zlib.decompressobj(wbits=31)  # with GZIP's header
    try:
        bits = unpacking.decompress(base64.urlsafe_b64decode(text + b"=" * (-len(text) % 4)), MOST_BYTES)
    except zlib.error as error:
        raise ValueError("the list cannot be unpacked") from error
    if not unpacking.eof or len(bits) * 8 < LIST_BITS:
        raise ValueError("the list is shorter than the specification allows, or longer than is read")
    return bits


def is_set(bits: bytes, index: int) -> bool:
    """Whether the badge at this place is revoked. Raises ValueError outside the list."""
    if not 0 <= index < len(bits) * 8:
        raise ValueError(f"no such place in the list: {index}")
    return bool(bits[index // 8] & 0x80 >> index % 8)


def status_credential(
    revoked: Iterable[int], *, address: str, issuer: str, at: dt.datetime, until: dt.datetime
) -> dict[str, Any]:
    """The list as a BitstringStatusListCredential that holds until a moment."""
    return {
        "@context": [VC_CONTEXT],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer,
        "validFrom": moment(at),
        "validUntil": moment(until),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": encoded(revoked),
        },
    }
