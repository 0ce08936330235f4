"""What a badge and a record of badges say: AchievementCredential (Open Badges 3.0) and ClrCredential (CLR
2.0) of 1EdTech, in the Verifiable Credentials Data Model 2.0 of W3C."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import NAMESPACE_URL, UUID, uuid5

VC_CONTEXT: Final = "https://www.w3.org/ns/credentials/v2"
OB_CONTEXT: Final = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
CLR_CONTEXT: Final = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"
CONTEXTS: Final = (VC_CONTEXT, OB_CONTEXT)


@dataclass(frozen=True, slots=True)
class Issuer:
    """The organisation, under the address of its profile."""

    address: str
    name: str
    site: str

    def profile(self) -> dict[str, Any]:
        return {"id": self.address, "type": ["Profile"], "name": self.name, "url": self.site}


@dataclass(frozen=True, slots=True)
class Achievement:
    """A milestone, with the rule under which its evidence is judged."""

    address: str
    name: str
    description: str
    rule: str
    dimension: str

    def described(self) -> dict[str, Any]:
        return {
            "id": self.address,
            "type": ["Achievement"],
            "achievementType": "Achievement",
            "name": self.name,
            "description": self.description or self.rule,
            "criteria": {"narrative": self.rule},
            "tag": [self.dimension],
        }


@dataclass(frozen=True, slots=True)
class Entry:
    """The place of a badge in a status list."""

    list_address: str
    index: int

    def described(self) -> dict[str, Any]:
        return {
            "id": f"{self.list_address}#{self.index}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": str(self.index),
            "statusListCredential": self.list_address,
        }


@dataclass(frozen=True, slots=True)
class Badge:
    """All that a badge says."""

    id: UUID
    achievement: Achievement
    email: str
    salt: str
    earned_on: dt.date
    verified_at: dt.datetime
    issued_at: dt.datetime
    entry: Entry


def achievement_credential(badge: Badge, issuer: Issuer) -> dict[str, Any]:
    """A badge. The recipient is a salted hash of the address, as an IdentityObject: no name and no address is
    in it, and two badges of somebody have nothing in common."""
    return {
        "@context": [*CONTEXTS],
        "id": badge.id.urn,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": badge.achievement.name,
        "issuer": issuer.profile(),
        "validFrom": moment(badge.issued_at),
        "awardedDate": moment(badge.verified_at),
        "credentialSubject": {
            "id": subject_of(badge.id),
            "type": ["AchievementSubject"],
            "identifier": [identity_of(badge.email, badge.salt)],
            "activityEndDate": f"{badge.earned_on.isoformat()}T00:00:00Z",
            "achievement": badge.achievement.described(),
        },
        "credentialStatus": badge.entry.described(),
    }


def learner_record(
    badges: Sequence[Mapping[str, Any]],
    issuer: Issuer,
    *,
    record_id: UUID,
    name: str,
    identity: Mapping[str, Any],
    at: dt.datetime,
) -> dict[str, Any]:
    """A record that holds badges by value, each with its own place in a status list. The one signature over
    the record covers them all, since they are of the same issuer."""
    return {
        "@context": [VC_CONTEXT, CLR_CONTEXT, OB_CONTEXT],
        "id": record_id.urn,
        "type": ["VerifiableCredential", "ClrCredential"],
        "name": name,
        "issuer": issuer.profile(),
        "validFrom": moment(at),
        "awardedDate": moment(at),
        "credentialSubject": {
            "id": subject_of(record_id),
            "type": ["ClrSubject"],
            "identifier": [dict(identity)],
            "verifiableCredential": [dict(badge) for badge in badges],
        },
    }


def claims_of(credential: Mapping[str, Any]) -> dict[str, Any]:
    """The credential as the payload of a token, with the registered claims that repeat it (Open Badges 3.0,
    section 8.2): iss, sub, jti, nbf, and exp if it ends."""
    issuer = credential["issuer"]
    claims = dict(credential) | {
        "iss": issuer if isinstance(issuer, str) else issuer["id"],
        "sub": credential["credentialSubject"]["id"],
        "jti": credential["id"],
        "nbf": _seconds(credential["validFrom"]),
    }
    if "validUntil" in credential:
        claims["exp"] = _seconds(credential["validUntil"])
    return claims


def without_claims(claims: Mapping[str, Any]) -> dict[str, Any]:
    """The credential alone."""
    return {name: value for name, value in claims.items() if name not in ("iss", "sub", "jti", "nbf", "exp")}


def identity_of(email: str, salt: str) -> dict[str, Any]:
    """An IdentityObject: SHA-256 over the address in lower case and the salt."""
    return {
        "type": "IdentityObject",
        "hashed": True,
        "identityHash": f"sha256${hashed(email, salt)}",
        "identityType": "emailAddress",
        "salt": salt,
    }


def hashed(email: str, salt: str) -> str:
    return hashlib.sha256(f"{email.strip().lower()}{salt}".encode()).hexdigest()


def subject_of(credential_id: UUID) -> str:
    """Whom a credential is about, under a name that is used in this credential alone."""
    return uuid5(NAMESPACE_URL, f"{credential_id.urn}#subject").urn


def moment(at: dt.datetime) -> str:
    """A dateTimeStamp in UTC, to the second."""
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _seconds(written: str) -> int:
    return int(dt.datetime.fromisoformat(written).timestamp())
