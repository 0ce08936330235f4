"""Compact JSON Web Signatures (RFC 7515): a credential is the payload of its token, as Open Badges 3.0 and
CLR 2.0 of 1EdTech have it in section 8.2."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import import_key
from joserfc.util import urlsafe_b64decode

from passport.badges.keys import Algorithm, SigningPair

LONGEST: Final = 1_000_000  # characters: a record of some hundred badges
KINDS: Final = {"RSA": Algorithm.RS256.value, "EC": Algorithm.ES256.value}


class TokenError(ValueError):
    """What was handed in is not a token, or not one that these keys signed."""


def sign(claims: Mapping[str, Any], pair: SigningPair) -> str:
    """The claims as a compact token that names the key."""
    header = {"alg": pair.algorithm.value, "typ": "JWT", "kid": pair.key_id}
    payload = json.dumps(claims, ensure_ascii=False, separators=(",", ":")).encode()
    return jws.serialize_compact(header, payload, pair.key, algorithms=[pair.algorithm.value])


def header_unverified(token: str) -> dict[str, Any]:
    """What the token says of its key. Nothing of it is proven."""
    return _part(token, 0)


def claims_unverified(token: str) -> dict[str, Any]:
    """What a token says, whoever wrote it. Raises TokenError for what is no token."""
    return _part(token, 1)


def verified_claims(token: str, keys: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What the token says, once the key that it names has proven it. Raises TokenError.

    The kind of the key decides by which algorithm, never the token (RFC 8725, section 3.1).
    """
    named = [key for key in keys if key.get("kid") == header_unverified(token).get("kid")]
    if not named:
        raise UnknownKeyError("none of these keys is the one that the token names")
    algorithm = KINDS.get(str(named[0].get("kty")))
    try:
        if algorithm is None:
            raise TokenError("not a key for these signatures")
        public = {name: value for name, value in named[0].items() if name in _PUBLIC}
        jws.deserialize_compact(token, import_key(public), algorithms=[algorithm])
    except (JoseError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise TokenError(str(error)) from error
    return claims_unverified(token)


class UnknownKeyError(TokenError):
    """The token names a key that is not among those given."""


_PUBLIC: Final = frozenset({"kty", "n", "e", "crv", "x", "y"})


def _part(token: str, place: int) -> dict[str, Any]:
    parts = token.split(".")
    if len(parts) != 3 or len(token) > LONGEST:
        raise TokenError("a token is three parts with dots between")
    try:
        read = json.loads(urlsafe_b64decode(parts[place].encode("ascii")))
        json.dumps(read, ensure_ascii=False).encode()  # halves of a character cannot be written again
    except (ValueError, RecursionError) as error:  # UnicodeError and binascii.Error are ValueErrors
        raise TokenError("a part of the token cannot be read") from error
    if not isinstance(read, dict):
        raise TokenError("a part of the token is no object")
    return read
