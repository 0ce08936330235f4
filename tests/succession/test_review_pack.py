"""A talent review on paper."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.models import Person
from succession.archived import review_actions
from succession.enums import Band, Flag
from succession.models import Pool, TalentReview
from succession.queries.reviews import agenda_of, earlier_snapshots
from succession.review_pack import pack_sheets
from succession.services.reviews import close_review, decide, finish_action, open_review
from tests.factories.people import make_position
from tests.factories.succession import make_candidacy, make_pool, make_pool_action, make_talent_review
from tests.members import member_of
from tests.world import World
from web.pdf import Sheet

SignIn = Callable[[Person], Client]
TODAY = timezone.localdate()


def opened(world: World, title: str = "Autumn review") -> TalentReview:
    review = make_talent_review(world.henry, world.mara, title=title)
    return open_review(review, by=member_of(world.mara))


def sheets_of(review: TalentReview) -> list[Sheet]:
    agenda = list(agenda_of(review))
    earlier = earlier_snapshots(review, [each.pool_id for each in agenda])
    return pack_sheets(review, agenda, earlier, organization="Mercy", made_on=TODAY)


def test_it_has_scorecards_changes_decisions_and_actions_but_no_candidate(mercy: World, pool: Pool) -> None:
    by = member_of(mercy.mara)
    close_review(opened(mercy, "Before"), by=by)
    make_candidacy(pool, mercy.ada, mercy.henry, band=Band.READY_NOW)
    review = opened(mercy)
    kept = review.snapshots.get()
    decide(kept, words="Widen it.", reason="One is not enough.", by=by)
    action = make_pool_action(kept, mercy.colin, mercy.mara)
    finish_action(action, by=member_of(mercy.colin))
    scorecards, outcomes = sheets_of(review)
    ((_heading, (row,)),) = scorecards.groups
    assert row[:9] == ["Head of cardiology", "1", "0", "0", "0", "0", "0", "0", "1"]
    assert str(Flag.SINGLE.label) in str(row[9])
    assert dict(scorecards.facts) == {"State": "Open", "Decided": "1 of 1 pools", "Actions": "1"}
    ((heading, rows),) = outcomes.groups
    assert heading == "Head of cardiology"
    told = {str(part): str(words) for part, words in rows}
    assert told["Decision"] == "Widen it."
    assert told["Why"] == "One is not enough."
    assert told["Action"].startswith("Talk to her. · Colin")
    assert "done on" in told["Action"]
    assert "Ready now 0 → 1" in told["Since last time"]
    assert "no longer: Nobody ready now" in told["Since last time"]
    assert mercy.ada.family_name in mercy.ada.name
    assert mercy.ada.name not in str([scorecards, outcomes])


def test_what_was_not_discussed_says_so(mercy: World, pool: Pool) -> None:
    _scorecards, outcomes = sheets_of(opened(mercy))
    ((_heading, rows),) = outcomes.groups
    assert [list(row) for row in rows] == [
        ["Since last time", "No earlier review covered this pool."],
        ["Decision", "none"],
    ]


def test_it_is_a_pdf_from_the_opening_on_without_pools_one_stands_in(
    mercy: World, pool: Pool, sign_in: SignIn
) -> None:
    planned = make_talent_review(mercy.henry, mercy.mara)
    browser = sign_in(mercy.mara)
    assert browser.get(reverse("succession:review_pack", args=[mercy.slug, planned.pk])).status_code == 404
    other = make_pool(make_position(mercy.unit, "Chair"), mercy.henry)
    page = reverse("succession:review_pack", args=[mercy.slug, opened(mercy).pk])
    answer = browser.get(page)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer.content.startswith(b"%PDF-")
    make_candidacy(other, mercy.mara, mercy.henry)
    assert len(browser.get(page).content) < len(answer.content)


def test_an_archive_has_what_one_was_given_to_do(mercy: World, pool: Pool) -> None:
    kept = opened(mercy).snapshots.get()
    make_pool_action(kept, mercy.colin, mercy.mara)
    ((name, content),) = review_actions(member_of(mercy.colin))
    assert name == "talent_review_actions.json"
    assert b"Talk to her." in content
    ((_name, nothing),) = review_actions(member_of(mercy.ada))
    assert nothing.strip() == b"[]"
