"""The pages of a talent review: who sees what, and that they cost the same however many pools there are."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from passport.models import PassportRead
from people.models import Person, Position
from succession.enums import Band
from succession.models import Pool, PoolAction, PoolDecision, PoolSnapshot, TalentReview
from succession.services.reviews import close_review, decide, open_review
from tests.counting import queries_of
from tests.factories.people import make_person, make_position
from tests.factories.succession import (
    make_candidacy,
    make_pool,
    make_pool_action,
    make_pool_snapshot,
    make_talent_review,
)
from tests.members import member_of
from tests.world import World

SignIn = Callable[[Person], Client]
TODAY = timezone.localdate()


def page_of(world: World, name: str, *arguments: object) -> str:
    return reverse(f"succession:{name}", args=[world.slug, *arguments])


def text_of(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_review_from_planning_to_closing(mercy: World, pool: Pool, sign_in: SignIn) -> None:
    make_candidacy(pool, mercy.ada, mercy.henry, band=Band.READY_NOW)
    hr, facilitator = sign_in(mercy.henry), sign_in(mercy.mara)
    typed = {"title": "Autumn", "held_on": TODAY.isoformat(), "facilitator": mercy.mara.email, "unit": ""}
    assert hr.post(page_of(mercy, "review_new"), {**typed, "title": ""}).status_code == 422
    hr.post(page_of(mercy, "review_new"), typed)
    review = TalentReview.objects.get()
    page = page_of(mercy, "review", review.pk)
    edit = page_of(mercy, "review_edit", review.pk)
    assert f'value="{mercy.mara.email}"' in text_of(hr, edit)
    assert hr.post(edit, {**typed, "held_on": "2001-01-01"}).status_code == 422
    assert hr.post(edit, typed).url == page  # type: ignore[attr-defined]
    assert "Autumn" in text_of(facilitator, page_of(mercy, "reviews"))
    assert "Open the review" in text_of(facilitator, page)
    facilitator.post(page_of(mercy, "review_open", review.pk))
    kept = PoolSnapshot.objects.get()
    on_pool = page_of(mercy, "review_pool", kept.pk)
    assert on_pool in text_of(facilitator, page)
    shown = text_of(facilitator, on_pool)
    assert "Led the ward through the move." in shown
    assert "No earlier review covered this pool." in shown
    decide_at = page_of(mercy, "review_decide", kept.pk)
    refused = facilitator.post(decide_at, {"words": "Widen it.", "reason": ""})
    assert (refused.status_code, "Widen it." in refused.content.decode()) == (422, True)
    facilitator.post(decide_at, {"words": "Widen it.", "reason": "One is not enough."})
    given = {"words": "Ask her.", "owner": mercy.colin.email, "due_on": TODAY.isoformat()}
    facilitator.post(page_of(mercy, "review_action_new", kept.pk), given)
    assert (PoolDecision.objects.get().words, PoolAction.objects.get().owner) == ("Widen it.", mercy.colin)
    assert "One is not enough." in text_of(facilitator, on_pool)
    facilitator.post(page_of(mercy, "review_close", review.pk))
    assert "Write it down" not in text_of(facilitator, on_pool)
    owner = sign_in(mercy.colin)
    assert "Ask her." in text_of(owner, page_of(mercy, "review_actions"))
    owner.post(page_of(mercy, "review_action_done", PoolAction.objects.get().pk))
    assert PoolAction.objects.get().done_on == TODAY


def test_what_changed_since_the_last_review_is_told(mercy: World, pool: Pool, sign_in: SignIn) -> None:
    by = member_of(mercy.mara)
    before = open_review(make_talent_review(mercy.henry, mercy.mara, title="Last year"), by=by)
    decide(before.snapshots.get(), words="Ask two more.", reason="None is ready.", by=by)
    make_pool_action(before.snapshots.get(), mercy.colin, mercy.mara)
    close_review(before, by=by)
    make_candidacy(pool, mercy.ada, mercy.henry, band=Band.READY_NOW)
    again = open_review(make_talent_review(mercy.henry, mercy.mara), by=by)
    browser = sign_in(mercy.mara)
    assert "no longer: nobody ready now" in text_of(browser, page_of(mercy, "review", again.pk))
    shown = text_of(browser, page_of(mercy, "review_pool", again.snapshots.get().pk))
    assert "Last year" in shown
    assert "Ask two more." in shown
    assert "not done, was due on" in shown
    assert "+1" in shown


def test_who_stands_in_a_pool_learns_nothing_of_it(mercy: World, pool: Pool, sign_in: SignIn) -> None:
    make_candidacy(pool, mercy.colin, mercy.henry)
    review = make_talent_review(mercy.henry, mercy.colin)
    kept = make_pool_snapshot(review, pool)
    assert sign_in(mercy.henry).get(page_of(mercy, "review_pool", kept.pk)).status_code == 200
    browser = sign_in(mercy.colin)
    agenda = text_of(browser, page_of(mercy, "review", review.pk))
    assert "others discuss it" in agenda
    assert page_of(mercy, "review_pool", kept.pk) not in agenda
    assert browser.get(page_of(mercy, "review_pool", kept.pk)).status_code == 403


def test_the_next_pool_is_one_that_the_facilitator_may_discuss(
    mercy: World, pool: Pool, sign_in: SignIn
) -> None:
    review, kept = make_talent_review(mercy.henry, mercy.mara), []
    for place in range(1, 4):
        of = make_pool(make_position(mercy.unit, f"Chair {place}"), mercy.henry)
        kept.append(make_pool_snapshot(review, of, place=place, title=f"Chair {place}"))
    make_candidacy(kept[1].pool, mercy.mara, mercy.henry)
    browser = sign_in(mercy.mara)
    first, between, last = [page_of(mercy, "review_pool", one.pk) for one in kept]
    for page, other in ((first, last), (last, first)):
        shown = text_of(browser, page)
        assert (other in shown, between in shown) == (True, False)


def test_who_stands_in_a_pool_reads_no_decision_about_it(
    mercy: World, head: Position, pool: Pool, sign_in: SignIn
) -> None:
    by, page = member_of(mercy.mara), page_of(mercy, "position", head.pk)
    review = open_review(make_talent_review(mercy.henry, mercy.mara), by=by)
    decide(review.snapshots.get(), words="Widen it.", reason="One is not enough.", by=by)
    close_review(review, by=by)
    browser = sign_in(mercy.henry)
    assert "Widen it." in text_of(browser, page)
    make_candidacy(pool, mercy.henry, mercy.mara)
    assert "Widen it." not in text_of(browser, page)


def test_the_owner_and_hr_read_decisions_once_the_review_is_closed(
    mercy: World, head: Position, pool: Pool, sign_in: SignIn
) -> None:
    make_candidacy(pool, mercy.ada, mercy.henry)
    by, page = member_of(mercy.henry), page_of(mercy, "position", head.pk)
    review = open_review(make_talent_review(mercy.henry, mercy.colin), by=by)
    decide(review.snapshots.get(), words="Widen it.", reason="One is not enough.", by=by)
    readers = {name: sign_in(mercy.people[name]) for name in ("mara", "henry", "eli")}
    assert "Widen it." not in text_of(readers["mara"], page)
    close_review(review, by=by)
    seen = {name: "One is not enough." in text_of(browser, page) for name, browser in readers.items()}
    assert seen == {"mara": True, "henry": True, "eli": False}


def test_candidates_see_that_somebody_looked_at_their_competence(
    mercy: World, pool: Pool, sign_in: SignIn
) -> None:
    make_candidacy(pool, mercy.ada, mercy.henry)
    kept = make_pool_snapshot(make_talent_review(mercy.henry, mercy.mara), pool)
    text_of(sign_in(mercy.mara), page_of(mercy, "review_pool", kept.pk))
    assert PassportRead.objects.filter(person=mercy.ada, reader=mercy.mara).count() == 1


def test_the_pages_take_as_many_statements_for_many(mercy: World, pool: Pool, sign_in: SignIn) -> None:
    by, browser = member_of(mercy.mara), sign_in(mercy.mara)
    close_review(open_review(make_talent_review(mercy.henry, mercy.mara, title="Before"), by=by), by=by)
    make_candidacy(pool, mercy.ada, mercy.henry, band=Band.LATER)
    planned = make_talent_review(mercy.henry, mercy.mara, title="Next")

    def counted(title: str) -> list[int]:
        review = open_review(make_talent_review(mercy.henry, mercy.mara, title=title), by=by)
        kept = review.snapshots.get(pool=pool)
        decide(kept, words="Keep.", reason="Well.", by=by)
        make_pool_action(kept, mercy.mara, mercy.henry)
        pages = [
            page_of(mercy, "reviews"),
            page_of(mercy, "review", planned.pk),
            page_of(mercy, "review", review.pk),
            page_of(mercy, "review_pool", kept.pk),
            page_of(mercy, "review_actions"),
        ]
        return [queries_of(browser, page) for page in pages]

    few = counted("Few")
    for number in range(6):
        more = make_pool(make_position(mercy.unit, f"Chair {number}"), mercy.henry)
        person = make_person(mercy.organization, f"P{number}", mercy.unit)
        make_candidacy(more, person, mercy.henry, band=Band.READY_NOW)
        make_candidacy(pool, person, mercy.henry, band=Band.READY_NOW)
    assert counted("Many") == few
