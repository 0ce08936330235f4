"""The file that checks badges, opened from the disk of somebody without a network."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import FilePayload, Page, expect

from passport.badge_check_file import offline_page
from passport.badge_words import OUTCOMES, VERDICTS
from passport.badges import (
    Achievement,
    Algorithm,
    Badge,
    Entry,
    Issuer,
    Outcome,
    SigningPair,
    Verdict,
    achievement_credential,
    claims_of,
    identity_of,
    learner_record,
    make_pair,
    sign,
    status_credential,
)
from tests.browser.inspection import faults_of

pytestmark = pytest.mark.browser

NOW = dt.datetime.now(dt.UTC)
HOUR = dt.timedelta(hours=1)
LIST = "https://h.invalid/status/1"
MERCY = Issuer("https://h.invalid/issuer.json", "Mercy", "https://h.invalid/")
CHAIRED = Achievement("https://h.invalid/a/1.json", "Chaired a committee", "", "Minutes.", "Governance")
PLACE = 131_071  # the last one


@pytest.fixture(params=Algorithm)
def pair(request: pytest.FixtureRequest) -> SigningPair:
    return make_pair(request.param, "https://h.invalid/keys/1.json")


@pytest.fixture
def offline(page: Page, tmp_path: Path) -> Page:
    """The file in a browser that reaches nothing."""
    file = tmp_path / "check-badge.html"
    file.write_text(offline_page())
    page.context.set_offline(True)
    page.goto(file.as_uri())
    return page


def badge() -> dict[str, object]:
    said = Badge(
        UUID(int=1), CHAIRED, "ada@h.invalid", "salt", NOW.date(), NOW - HOUR, NOW - HOUR, Entry(LIST, PLACE)
    )
    return achievement_credential(said, MERCY)


def record() -> dict[str, object]:
    identity = identity_of("ada@h.invalid", "other")
    return learner_record(
        [badge()], MERCY, record_id=UUID(int=2), name="Leadership Passport", identity=identity, at=NOW - HOUR
    )


def status_list(pair: SigningPair, *revoked: int) -> str:
    made = status_credential(
        revoked, address=LIST, issuer=MERCY.address, at=NOW - HOUR, until=NOW + dt.timedelta(days=7)
    )
    return sign(claims_of(made), pair)


def hand_in(page: Page, *texts: str, email: str = "") -> None:
    files = [FilePayload(name="file", mimeType="text/plain", buffer=each.encode()) for each in texts]
    page.get_by_label("Or its files").set_input_files(files)
    page.get_by_label("Whose it is").fill(email)
    page.get_by_role("button", name="Check").click()


def expect_answer(page: Page, verdict: Verdict, *outcomes: Outcome) -> None:
    answer = page.locator("#answer")
    expect(answer.get_by_role("heading")).to_have_text(str(VERDICTS[verdict]))
    expect(answer.locator("li > span:last-of-type")).to_have_text([str(OUTCOMES[each]) for each in outcomes])


WELL = (Outcome.SIGNED, Outcome.AGREES, Outcome.IN_TIME)


def test_what_holds_and_what_does_not(offline: Page, pair: SigningPair) -> None:
    token, keys = sign(claims_of(badge()), pair), json.dumps({"keys": [pair.public_jwk]})
    hand_in(offline, keys, status_list(pair), token, email="Ada@h.invalid")
    expect_answer(offline, Verdict.HOLDS, Outcome.BADGE, *WELL, Outcome.IN_FORCE, Outcome.THEIRS)
    expect(offline.locator("#answer dd").first).to_have_text("Chaired a committee")
    assert faults_of(offline) == []

    hand_in(offline, keys, status_list(pair, PLACE), token, email="eli@h.invalid")
    expect_answer(offline, Verdict.BROKEN, Outcome.BADGE, *WELL, Outcome.REVOKED, Outcome.NOT_THEIRS)

    hand_in(offline, keys, status_list(pair), sign(claims_of(record()), pair))
    expect_answer(offline, Verdict.HOLDS, Outcome.RECORD, *WELL, Outcome.IN_FORCE)

    hand_in(offline, keys, sign(claims_of(badge()), make_pair(pair.algorithm, pair.key_id)))
    expect_answer(offline, Verdict.BROKEN, Outcome.BADGE, Outcome.ALTERED)
    expect(offline.locator("#answer dd")).to_have_count(0)

    hand_in(offline, token)
    expect_answer(
        offline,
        Verdict.OPEN,
        Outcome.BADGE,
        Outcome.NO_KEYS,
        Outcome.AGREES,
        Outcome.IN_TIME,
        Outcome.NO_LIST,
    )


def test_one_that_has_expired_and_one_without_a_signature(offline: Page, pair: SigningPair) -> None:
    keys = json.dumps({"keys": [pair.public_jwk]})
    over = claims_of(badge() | {"validUntil": "2020-01-01T00:00:00Z"})
    hand_in(offline, keys, status_list(pair), sign(over, pair))
    expect_answer(
        offline,
        Verdict.BROKEN,
        Outcome.BADGE,
        Outcome.SIGNED,
        Outcome.AGREES,
        Outcome.EXPIRED,
        Outcome.IN_FORCE,
    )
    hand_in(offline, keys, "Hello")
    expect_answer(offline, Verdict.BROKEN, Outcome.NO_TOKEN)
