"""Tokens: proven by the key they name and by no other, whatever they claim of themselves."""

from __future__ import annotations

import base64
import hmac
import json

import jwt
import pytest

from passport.badges import (
    Algorithm,
    TokenError,
    claims_unverified,
    make_pair,
    pair_of,
    sign,
    verified_claims,
)
from passport.badges.tokens import LONGEST

CLAIMS = {"name": "Führung", "nbf": 1}
PAIRS = {each: make_pair(each, f"https://h.example/keys/{each.value}.json") for each in Algorithm}


def part(of: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(of).encode()).rstrip(b"=").decode()


@pytest.mark.parametrize("algorithm", Algorithm)
def test_a_token_is_proven_by_its_key_and_by_another_library(algorithm: Algorithm) -> None:
    pair = PAIRS[algorithm]
    token = sign(CLAIMS, pair)
    assert verified_claims(token, [pair.public_jwk]) == CLAIMS
    public = jwt.PyJWK(pair.public_jwk)
    assert jwt.decode(token, public, algorithms=[algorithm.value]) == CLAIMS
    assert jwt.get_unverified_header(token) == {"alg": algorithm.value, "typ": "JWT", "kid": pair.key_id}


@pytest.mark.parametrize("algorithm", Algorithm)
def test_a_key_is_the_same_after_it_was_kept(algorithm: Algorithm) -> None:
    pair = PAIRS[algorithm]
    again = pair_of(algorithm, pair.key_id, pair.private_pem)
    assert again.public_jwk == pair.public_jwk
    assert verified_claims(sign(CLAIMS, again), [pair.public_jwk]) == CLAIMS


def test_a_key_is_of_its_kind() -> None:
    with pytest.raises(ValueError, match="RS256"):
        pair_of(Algorithm.RS256, "k", PAIRS[Algorithm.ES256].private_pem)


@pytest.mark.parametrize("algorithm", Algorithm)
def test_the_public_half_tells_nothing_of_the_private_one(algorithm: Algorithm) -> None:
    assert PAIRS[algorithm].public_jwk.keys() & {"d", "p", "q", "dp", "dq", "qi", "k"} == set()


@pytest.mark.parametrize("algorithm", Algorithm)
def test_whatever_is_altered_breaks_it(algorithm: Algorithm) -> None:
    pair = PAIRS[algorithm]
    header, _claims, signature = sign(CLAIMS, pair).split(".")
    altered = f"{header}.{part(CLAIMS | {'name': 'Chair'})}.{signature}"
    with pytest.raises(TokenError):
        verified_claims(altered, [pair.public_jwk])


def test_a_key_of_the_same_name_that_is_not_the_same() -> None:
    pair = PAIRS[Algorithm.ES256]
    impostor = make_pair(Algorithm.ES256, pair.key_id)
    with pytest.raises(TokenError):
        verified_claims(sign(CLAIMS, impostor), [pair.public_jwk])


def test_a_key_that_is_not_published() -> None:
    with pytest.raises(TokenError, match="none of these keys"):
        verified_claims(sign(CLAIMS, PAIRS[Algorithm.ES256]), [PAIRS[Algorithm.RS256].public_jwk])


def test_the_token_does_not_choose_how_it_is_checked() -> None:
    """No signature at all, or the public key taken for a shared secret."""
    pair = PAIRS[Algorithm.RS256]
    unsigned = f"{part({'alg': 'none', 'kid': pair.key_id})}.{part(CLAIMS)}."
    body = f"{part({'alg': 'HS256', 'kid': pair.key_id})}.{part(CLAIMS)}"
    code = hmac.digest(pair.key.as_pem(private=False), body.encode(), "sha256")
    shared = f"{body}.{base64.urlsafe_b64encode(code).rstrip(b'=').decode()}"
    for token in (unsigned, shared):
        with pytest.raises(TokenError):
            verified_claims(token, [pair.public_jwk])


@pytest.mark.parametrize(
    "token",
    ["", "a.b", "a.b.c.d", "ü.ü.ü", f"{part([])}.{part([])}.", f"{'x' * LONGEST}.b.c", f".{part('a')}."],
    ids=["empty", "two parts", "four parts", "not ASCII", "lists", "endless", "text"],
)
def test_what_is_no_token(token: str) -> None:
    with pytest.raises(TokenError):
        claims_unverified(token)
    with pytest.raises(TokenError):
        verified_claims(token, [PAIRS[Algorithm.ES256].public_jwk])


def test_depth_without_end_is_no_token() -> None:
    nested = base64.urlsafe_b64encode(b'{"a":' + b"[" * 100_000).decode()
    with pytest.raises(TokenError):
        claims_unverified(f"{part({})}.{nested}.")


@pytest.mark.parametrize("key", [{}, {"kty": "oct", "k": "AA"}, {"kty": "RSA", "n": "?"}, {"kty": "EC"}])
def test_what_is_no_key(key: dict[str, str]) -> None:
    pair = PAIRS[Algorithm.ES256]
    with pytest.raises(TokenError):
        verified_claims(sign(CLAIMS, pair), [{"kid": pair.key_id, **key}])
