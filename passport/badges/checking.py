"""Whether a badge holds: what is checked, in the order of Open Badges 3.0, section 9 (1EdTech)."""

from __future__ import annotations

import datetime as dt
import hmac
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from passport.badges.credentials import hashed
from passport.badges.lists import bits_of, is_set
from passport.badges.tokens import TokenError, UnknownKeyError, claims_unverified, verified_claims

BADGES = frozenset({"OpenBadgeCredential", "AchievementCredential"})
RECORD = "ClrCredential"
PURPOSE = "revocation"
MOST_LISTS = 8  # that are read for one record


class Verdict(Enum):
    HOLDS = "holds"
    BROKEN = "broken"
    OPEN = "open"  # cannot be told from what was handed in


class Outcome(Enum):
    """What is found, each with its verdict; pages have words for them (passport/badge_words.py)."""

    BADGE = "badge", Verdict.HOLDS
    RECORD = "record", Verdict.HOLDS
    NO_TOKEN = "no_token", Verdict.BROKEN
    NO_BADGE = "no_badge", Verdict.BROKEN
    SIGNED = "signed", Verdict.HOLDS
    ALTERED = "altered", Verdict.BROKEN
    OTHER_KEY = "other_key", Verdict.BROKEN
    NO_KEYS = "no_keys", Verdict.OPEN
    AGREES = "agrees", Verdict.HOLDS
    CONTRADICTS = "contradicts", Verdict.BROKEN
    IN_TIME = "in_time", Verdict.HOLDS
    EXPIRED = "expired", Verdict.BROKEN
    NOT_YET = "not_yet", Verdict.BROKEN
    IN_FORCE = "in_force", Verdict.HOLDS
    REVOKED = "revoked", Verdict.BROKEN
    NO_LIST = "no_list", Verdict.OPEN
    OLD_LIST = "old_list", Verdict.OPEN
    BAD_LIST = "bad_list", Verdict.OPEN
    NEVER_REVOKED = "never_revoked", Verdict.HOLDS
    THEIRS = "theirs", Verdict.HOLDS
    NOT_THEIRS = "not_theirs", Verdict.BROKEN

    def __init__(self, key: str, verdict: Verdict) -> None:
        self.key, self.verdict = key, verdict


@dataclass(frozen=True, slots=True)
class Finding:
    outcome: Outcome
    about: str = ""  # the badge in a record, when it is not all of them

    @property
    def verdict(self) -> Verdict:
        return self.outcome.verdict


@dataclass(frozen=True, slots=True)
class Report:
    """What was found, and what the credential says; nothing of it where it is no credential."""

    findings: tuple[Finding, ...]
    claims: Mapping[str, Any]

    @property
    def verdict(self) -> Verdict:
        found = {finding.verdict for finding in self.findings}
        if Verdict.BROKEN in found:
            return Verdict.BROKEN
        return Verdict.OPEN if Verdict.OPEN in found else Verdict.HOLDS


def check(
    token: str,
    *,
    keys: Sequence[Mapping[str, Any]],
    lists: Mapping[str, str],
    now: dt.datetime,
    email: str = "",
) -> Report:
    """Everything that can be said of a token, given keys whose owner the asker knows and status lists by
    address.

    A credential whose signature is broken is asked nothing more: whatever it says may be made up.
    """
    try:
        claims = claims_unverified(token)
    except TokenError:
        return Report((Finding(Outcome.NO_TOKEN),), {})
    named = _types(claims)
    if "VerifiableCredential" not in named or not named & {RECORD, *BADGES} or _subject(claims) is None:
        return Report((Finding(Outcome.NO_BADGE),), {})
    findings = [
        Finding(Outcome.RECORD if RECORD in named else Outcome.BADGE),
        Finding(_signature(token, keys)),
    ]
    if findings[-1].verdict is not Verdict.BROKEN:
        findings.append(Finding(Outcome.AGREES if _agrees(claims) else Outcome.CONTRADICTS))
        findings.append(Finding(_time(claims, now)))
        findings.extend(_statuses(claims, keys, lists, now))
        if email.strip():
            findings.append(Finding(Outcome.THEIRS if _is_theirs(claims, email) else Outcome.NOT_THEIRS))
    return Report(tuple(findings), claims)


def names_of_lists(claims: Mapping[str, Any]) -> set[str]:
    """The addresses of the status lists that a credential, and the badges in it, are in."""
    found = (_entry(each).get("statusListCredential") for each in _members(claims))
    return {address for address in found if isinstance(address, str)}


def issuer_of(claims: Mapping[str, Any]) -> str:
    """The address of whoever a credential says to have issued it; empty where it does not say."""
    issuer = claims.get("issuer")
    address = issuer.get("id") if isinstance(issuer, dict) else issuer
    return address if isinstance(address, str) else ""


def _signature(token: str, keys: Sequence[Mapping[str, Any]]) -> Outcome:
    if not keys:
        return Outcome.NO_KEYS
    try:
        verified_claims(token, keys)
    except UnknownKeyError:
        return Outcome.OTHER_KEY
    except TokenError:
        return Outcome.ALTERED
    return Outcome.SIGNED


def _agrees(claims: Mapping[str, Any]) -> bool:
    """The registered claims repeat the credential, and whoever signs a record issued the badges in it."""
    issuer, subject = issuer_of(claims), _subject(claims) or {}
    return (
        bool(issuer)
        and claims.get("iss") == issuer
        and claims.get("sub") == subject.get("id")
        and claims.get("jti") == claims.get("id")
        and all(issuer_of(each) == issuer for each in _members(claims))
    )


def _time(claims: Mapping[str, Any], now: dt.datetime) -> Outcome:
    """By the claims, and by the credential's own dates, since either may be read by somebody."""
    begins = [_moment(claims.get(name)) for name in ("nbf", "validFrom")]
    ends = [_moment(claims[name]) for name in ("exp", "validUntil") if name in claims]
    if any(begin is None or begin > now for begin in begins):
        return Outcome.NOT_YET
    return Outcome.EXPIRED if any(end is None or end <= now for end in ends) else Outcome.IN_TIME


@dataclass(frozen=True, slots=True)
class _List:
    """A status list that its issuer signed, unpacked."""

    issuer: str
    bits: bytes


def _statuses(
    claims: Mapping[str, Any],
    keys: Sequence[Mapping[str, Any]],
    lists: Mapping[str, str],
    now: dt.datetime,
) -> Iterator[Finding]:
    """One finding for all badges that answer alike; those that are revoked are named one by one."""
    # Each list is read once, however many badges of a record are in it.
    read = {
        address: _list(address, lists[address], keys, now)
        for address in sorted(names_of_lists(claims) & lists.keys())[:MOST_LISTS]
        if keys
    }
    found: set[Outcome] = set()
    for each in _members(claims):
        outcome = _status(each, read)
        if outcome is Outcome.REVOKED:
            yield Finding(outcome, "" if each is claims else str(each.get("name", "")))
        found.add(outcome)
    yield from (Finding(each) for each in Outcome if each in found - {Outcome.REVOKED})


def _list(address: str, token: str, keys: Sequence[Mapping[str, Any]], now: dt.datetime) -> _List | Outcome:
    """The list of this address, or why it tells nothing."""
    try:
        claims = verified_claims(token, keys)
        subject = claims["credentialSubject"]
        if claims.get("id") != address or subject["statusPurpose"] != PURPOSE:
            return Outcome.BAD_LIST
        if _time(claims, now) is not Outcome.IN_TIME:
            return Outcome.OLD_LIST
        return _List(issuer_of(claims), bits_of(subject["encodedList"]))
    except (ValueError, TypeError, KeyError, AttributeError):  # TokenError is a ValueError
        return Outcome.BAD_LIST


def _status(badge: Mapping[str, Any], read: Mapping[str, _List | Outcome]) -> Outcome:
    if "credentialStatus" not in badge:
        return Outcome.NEVER_REVOKED
    entry = _entry(badge)
    address = entry.get("statusListCredential")
    found = read.get(address, Outcome.NO_LIST) if isinstance(address, str) else Outcome.NO_LIST
    if isinstance(found, Outcome):
        return found
    if found.issuer != issuer_of(badge) or entry.get("statusPurpose") != PURPOSE:
        return Outcome.BAD_LIST
    try:
        revoked = is_set(found.bits, int(str(entry.get("statusListIndex"))))
    except ValueError:
        return Outcome.BAD_LIST
    return Outcome.REVOKED if revoked else Outcome.IN_FORCE


def _is_theirs(claims: Mapping[str, Any], email: str) -> bool:
    given = (_subject(claims) or {}).get("identifier")
    for each in given if isinstance(given, list) else []:
        if isinstance(each, dict) and each.get("hashed") is True and isinstance(each.get("salt", ""), str):
            expected = f"sha256${hashed(email, each.get('salt', ''))}"
            if hmac.compare_digest(expected.encode(), str(each.get("identityHash")).encode()):
                return True
    return False


def _members(claims: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The badges in a record; a badge itself is the only one in it."""
    if RECORD not in _types(claims):
        return [claims]
    inside = (_subject(claims) or {}).get("verifiableCredential")
    return [each for each in inside if isinstance(each, dict)] if isinstance(inside, list) else []


def _types(claims: Mapping[str, Any]) -> set[str]:
    types = claims.get("type")
    return {each for each in types if isinstance(each, str)} if isinstance(types, list) else set()


def _subject(claims: Mapping[str, Any]) -> dict[str, Any] | None:
    subject = claims.get("credentialSubject")
    return subject if isinstance(subject, dict) else None


def _entry(badge: Mapping[str, Any]) -> dict[str, Any]:
    entry = badge.get("credentialStatus")
    return entry if isinstance(entry, dict) else {}


def _moment(written: object) -> dt.datetime | None:
    """A claim in seconds, or a date of the credential; None for neither."""
    try:
        if isinstance(written, int | float):
            return dt.datetime.fromtimestamp(written, dt.UTC)
        return dt.datetime.fromisoformat(str(written)).astimezone(dt.UTC)
    except (ValueError, OverflowError, OSError):
        return None
