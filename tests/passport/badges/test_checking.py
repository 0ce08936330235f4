"""What is said of a badge that holds, and of one that does not."""

from __future__ import annotations

import base64
import datetime as dt
import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passport.badge_words import facts_of
from passport.badges import (
    Achievement,
    Algorithm,
    Badge,
    Entry,
    Issuer,
    Outcome,
    Verdict,
    achievement_credential,
    check,
    claims_of,
    identity_of,
    issuer_of,
    learner_record,
    make_pair,
    names_of_lists,
    sign,
    status_credential,
)

NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
LIST = "https://h.example/status/1"
PAIR = make_pair(Algorithm.ES256, "https://h.example/keys/1.json")
OTHER = make_pair(Algorithm.ES256, "https://h.example/keys/2.json")
MERCY = Issuer("https://h.example/issuer.json", "Mercy", "https://h.example/")
CHAIRED = Achievement("https://h.example/a/1.json", "Chaired a committee", "", "Minutes.", "Governance")


def badge(number: int = 1, index: int = 7, issuer: Issuer = MERCY) -> dict[str, Any]:
    said = Badge(
        UUID(int=number),
        CHAIRED,
        "Ada@h.example",
        "salt",
        NOW.date() - DAY,
        NOW - DAY,
        NOW,
        Entry(LIST, index),
    )
    return achievement_credential(said, issuer)


def record(*badges: dict[str, Any]) -> dict[str, Any]:
    identity = identity_of("ada@h.example", "other")
    return learner_record(badges, MERCY, record_id=UUID(int=99), name="Passport", identity=identity, at=NOW)


def a_list(*revoked: int, **changed: Any) -> dict[str, str]:
    made = status_credential(revoked, address=LIST, issuer=MERCY.address, at=NOW, until=NOW + DAY) | changed
    return {LIST: sign(claims_of(made), PAIR)}


def found(
    credential: Mapping[str, Any],
    lists: dict[str, str] | None = None,
    *,
    now: dt.datetime = NOW,
    **asked: Any,
) -> list[str]:
    token = sign(claims_of(credential), PAIR)
    asked = {"keys": [PAIR.public_jwk], "lists": a_list() if lists is None else lists, "now": now} | asked
    return [finding.outcome.key for finding in check(token, **asked).findings]


ALL_WELL = ["badge", "signed", "agrees", "in_time", "in_force"]


def test_a_badge_that_holds() -> None:
    report = check(sign(claims_of(badge()), PAIR), keys=[PAIR.public_jwk], lists=a_list(), now=NOW)
    assert [finding.outcome.key for finding in report.findings] == ALL_WELL
    assert report.verdict is Verdict.HOLDS
    assert issuer_of(report.claims) == MERCY.address


def test_nobodys_name_or_address_is_in_it() -> None:
    assert "ada" not in str(badge()).lower().replace(CHAIRED.name.lower(), "")


def test_two_badges_of_somebody_have_no_name_for_them_in_common() -> None:
    assert badge(1)["credentialSubject"]["id"] != badge(2)["credentialSubject"]["id"]


@pytest.mark.parametrize(
    ("email", "answer"),
    [("ada@h.example", "theirs"), (" ADA@H.example ", "theirs"), ("eli@h.example", "not_theirs")],
)
def test_whose_it_is(email: str, answer: str) -> None:
    assert found(badge(), email=email) == [*ALL_WELL, answer]
    assert found(record(badge()), email=email)[-1] == answer


def test_a_revoked_badge() -> None:
    assert found(badge(), a_list(7)) == [*ALL_WELL[:-1], "revoked"]


@pytest.mark.parametrize(
    ("lists", "answer"),
    [
        ({}, "no_list"),
        ({LIST: "no token"}, "bad_list"),
        ({LIST: sign({}, PAIR)}, "bad_list"),
        ({LIST: sign(claims_of(badge()), PAIR)}, "bad_list"),
        ({LIST: a_list()[LIST][:-4] + "AAAA"}, "bad_list"),
        (a_list(issuer="https://rival.example/issuer.json"), "bad_list"),
        (a_list(id="https://h.example/status/2"), "bad_list"),
        (a_list(validUntil="2026-03-01T11:00:00Z"), "old_list"),
    ],
    ids=["none", "no token", "empty", "a badge", "altered", "another issuer's", "another list", "old"],
)
def test_a_list_that_tells_nothing_leaves_it_open(lists: dict[str, str], answer: str) -> None:
    assert found(badge(), lists) == [*ALL_WELL[:-1], answer]


@pytest.mark.parametrize("index", ["999999", "-1", "x", None])
def test_a_place_that_is_in_no_list(index: object) -> None:
    said = badge()
    said["credentialStatus"]["statusListIndex"] = index
    assert found(said)[-1] == "bad_list"


def test_a_badge_that_nobody_can_revoke_says_so() -> None:
    said = badge()
    del said["credentialStatus"]
    assert found(said, {})[-1] == "never_revoked"


def test_signed_with_another_key() -> None:
    assert found(badge(), keys=[OTHER.public_jwk]) == ["badge", "other_key"]
    impostor = make_pair(Algorithm.ES256, PAIR.key_id)
    assert found(badge(), keys=[impostor.public_jwk]) == ["badge", "altered"]


def test_without_keys_nothing_is_proven() -> None:
    token = sign(claims_of(badge()), PAIR)
    report = check(token, keys=[], lists=a_list(), now=NOW)
    assert [each.outcome.key for each in report.findings] == [
        "badge",
        "no_keys",
        "agrees",
        "in_time",
        "no_list",
    ]
    assert report.verdict is Verdict.OPEN


@pytest.mark.parametrize(
    ("now", "changed", "answer"),
    [
        (NOW - DAY, {}, "not_yet"),
        (NOW, {"validUntil": "2026-03-01T12:00:00Z"}, "expired"),
        (NOW, {"validUntil": "2026-03-01T12:00:01Z"}, "in_time"),
    ],
)
def test_the_time_in_which_it_holds(now: dt.datetime, changed: dict[str, str], answer: str) -> None:
    assert found(badge() | changed, now=now)[3] == answer


@pytest.mark.parametrize(
    ("claim", "value", "answer"),
    [
        ("validUntil", "2020-01-01T00:00:00Z", "expired"),
        ("validUntil", "soon", "expired"),
        ("nbf", "x", "not_yet"),
    ],
)
def test_a_date_that_only_the_credential_or_only_a_claim_says(claim: str, value: str, answer: str) -> None:
    token = sign(claims_of(badge()) | {claim: value}, PAIR)
    report = check(token, keys=[PAIR.public_jwk], lists=a_list(), now=NOW)
    assert report.findings[3].outcome.key == answer


@pytest.mark.parametrize("claim", ["iss", "sub", "jti"])
def test_claims_that_contradict_the_credential(claim: str) -> None:
    token = sign(claims_of(badge()) | {claim: "urn:other"}, PAIR)
    report = check(token, keys=[PAIR.public_jwk], lists=a_list(), now=NOW)
    assert [each.outcome for each in report.findings if each.verdict is Verdict.BROKEN] == [
        Outcome.CONTRADICTS
    ]


@pytest.mark.parametrize("token", ["", "no token", "a.b.c"])
def test_what_is_no_token(token: str) -> None:
    report = check(token, keys=[PAIR.public_jwk], lists={}, now=NOW)
    assert ([each.outcome for each in report.findings], report.claims) == ([Outcome.NO_TOKEN], {})


@pytest.mark.parametrize("said", [{}, {"type": "OpenBadgeCredential"}, {"type": ["VerifiableCredential"]}])
def test_what_is_no_badge(said: dict[str, Any]) -> None:
    report = check(sign(said, PAIR), keys=[PAIR.public_jwk], lists={}, now=NOW)
    assert [each.outcome for each in report.findings] == [Outcome.NO_BADGE]


class TestRecord:
    def test_one_that_holds(self) -> None:
        assert found(record(badge(1, 7), badge(2, 8))) == ["record", *ALL_WELL[1:]]

    def test_the_badges_that_are_revoked_are_named(self) -> None:
        token = sign(claims_of(record(badge(1, 7), badge(2, 8))), PAIR)
        report = check(token, keys=[PAIR.public_jwk], lists=a_list(8), now=NOW)
        told = [(each.outcome.key, each.about) for each in report.findings[4:]]
        assert told == [("revoked", CHAIRED.name), ("in_force", "")]
        assert report.verdict is Verdict.BROKEN

    def test_a_badge_of_somebody_else_is_not_covered_by_the_signature(self) -> None:
        rival = Issuer("https://rival.example/issuer.json", "Rival", "https://rival.example/")
        assert "contradicts" in found(record(badge(), badge(2, issuer=rival)))

    def test_it_names_all_its_lists(self) -> None:
        second = badge(2)
        second["credentialStatus"]["statusListCredential"] = "https://h.example/status/2"
        assert names_of_lists(record(badge(), second)) == {LIST, "https://h.example/status/2"}

    def test_a_list_is_read_once_however_many_badges_are_in_it(self) -> None:
        lists = Counted(a_list())
        many = record(*(badge(number, number) for number in range(1, 30)))
        assert found(many, lists) == ["record", *ALL_WELL[1:]]
        assert lists.reads == 1


class Counted(dict[str, str]):
    """Status lists that count how often one is taken."""

    reads = 0

    def __getitem__(self, address: str) -> str:
        self.reads += 1
        return super().__getitem__(address)


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from([LIST, "revocation"]),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(), inside, max_size=3),
    max_leaves=6,
)
PLACES_IN_A_BADGE = [
    ("type",),
    ("issuer",),
    ("issuer", "id"),
    ("nbf",),
    ("exp",),
    ("validFrom",),
    ("credentialSubject", "identifier"),
    ("credentialSubject", "verifiableCredential"),
    ("credentialStatus",),
    ("credentialStatus", "statusListCredential"),
    ("credentialStatus", "statusListIndex"),
    ("credentialStatus", "statusPurpose"),
]


@given(st.sampled_from(PLACES_IN_A_BADGE), ANYTHING, st.booleans())
def test_whatever_is_signed_gets_an_answer(place: tuple[str, ...], anything: object, in_record: bool) -> None:
    """The signature is right, so everything is looked at."""
    said = claims_of(badge())
    spot = said
    for name in place[:-1]:
        spot = spot[name]
    spot[place[-1]] = anything
    if in_record:
        said = claims_of(record(said))
    report = check(sign(said, PAIR), keys=[PAIR.public_jwk], lists=a_list(), now=NOW, email="ada@h.example")
    assert report.findings
    assert names_of_lists(said) <= {LIST} | {str(anything)}
    assert facts_of(report.claims) is not None


MEMBERS = st.sampled_from(["kty", "crv", "n", "e", "x", "y"])


@given(st.dictionaries(MEMBERS, ANYTHING | st.sampled_from(["RSA", "EC", "P-256"])))
def test_whatever_is_handed_in_as_a_key_gets_an_answer(key: dict[str, Any]) -> None:
    token = sign(claims_of(badge()), PAIR)
    report = check(token, keys=[{**key, "kid": PAIR.key_id}], lists={}, now=NOW)
    assert report.verdict is Verdict.BROKEN


def test_half_a_character_is_no_text() -> None:
    written = json.dumps(claims_of(badge() | {"name": "\ud800"})).encode()
    header, _claims, signature = sign({}, PAIR).split(".")
    token = f"{header}.{base64.urlsafe_b64encode(written).rstrip(b'=').decode()}.{signature}"
    report = check(token, keys=[PAIR.public_jwk], lists={}, now=NOW)
    assert [each.outcome for each in report.findings] == [Outcome.NO_TOKEN]
