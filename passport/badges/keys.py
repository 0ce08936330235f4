"""Keys that sign badges: RS256, which Open Badges 3.0 (1EdTech, section 8.2) asks every verifier to read, and
ES256 (both RFC 7518); public halves as JSON Web Keys (RFC 7517)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from joserfc.jwk import ECKey, RSAKey

RSA_BITS: Final = 3072  # 128 bits of security, beyond 2030 (NIST SP 800-57 part 1, table 2)


class Algorithm(Enum):
    RS256 = "RS256"
    ES256 = "ES256"


@dataclass(frozen=True, slots=True)
class SigningPair:
    """A private key with the algorithm it signs by and the address under which its public half is found."""

    algorithm: Algorithm
    key_id: str
    key: RSAKey | ECKey

    @property
    def private_pem(self) -> str:
        return self.key.as_pem(private=True).decode()

    @property
    def public_jwk(self) -> dict[str, Any]:
        """The public half alone, whatever the private one is made of."""
        public = dict(self.key.as_dict(private=False))
        return public | {"kid": self.key_id, "alg": self.algorithm.value, "use": "sig"}


def make_pair(algorithm: Algorithm, key_id: str) -> SigningPair:
    """A new key. `key_id` is the address of its public half, as Open Badges 3.0 wants a `kid` to be."""
    made: RSAKey | ECKey
    made = RSAKey.generate_key(RSA_BITS) if algorithm is Algorithm.RS256 else ECKey.generate_key("P-256")
    return SigningPair(algorithm, key_id, made)


def pair_of(algorithm: Algorithm, key_id: str, private_pem: str) -> SigningPair:
    """The key again, as it was kept. Raises ValueError for a key of another kind."""
    # What is kept was encrypted with its own proof, so the costly check of the primes tells nothing new.
    raw = load_pem_private_key(private_pem.encode(), None, unsafe_skip_rsa_key_validation=True)
    if algorithm is Algorithm.RS256 and isinstance(raw, RSAPrivateKey):
        return SigningPair(algorithm, key_id, RSAKey(raw, raw))
    if algorithm is Algorithm.ES256 and isinstance(raw, EllipticCurvePrivateKey):
        return SigningPair(algorithm, key_id, ECKey(raw, raw))
    raise ValueError(f"not a key for {algorithm.value}")
