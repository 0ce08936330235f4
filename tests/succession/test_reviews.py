"""A talent review: planned, opened with a snapshot of every pool, held and closed."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from people.models import Position
from people.terms import months_later
from succession.enums import Band, Flag, ReviewState
from succession.models import Pool, PoolAction, PoolDecision, PoolSnapshot, TalentReview
from succession.queries.reviews import earlier_snapshots, pools_standing_in, reviews_visible_to, standings
from succession.services.candidacies import end_candidacy
from succession.services.reviews import (
    ReviewPlan,
    cancel_review,
    change_review,
    close_review,
    decide,
    finish_action,
    give_action,
    open_review,
    plan_review,
    take_back_action,
)
from tenancy.models import AuditEntry
from tests.due import due_items
from tests.factories.people import make_person, make_position, make_unit
from tests.factories.succession import (
    make_candidacy,
    make_pool,
    make_pool_action,
    make_pool_snapshot,
    make_rating,
    make_talent_review,
)
from tests.members import member_of
from tests.notices import told
from tests.world import World

TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)


def opened(world: World, **fields: object) -> TalentReview:
    return open_review(make_talent_review(world.henry, world.mara, **fields), by=member_of(world.mara))


def talk_about(pool: Pool, world: World) -> PoolSnapshot:
    """In an open review that Mara facilitates."""
    return make_pool_snapshot(make_talent_review(world.henry, world.mara), pool)


def due_titles(world: World, name: str) -> list[str]:
    member = member_of(world.people[name])
    return [each.title for each in due_items("succession", member, world.slug, TODAY)]


class TestPlanning:
    def test_hr_plans_and_the_facilitator_is_told(self, mercy: World, in_mercy: object) -> None:
        made = plan_review(ReviewPlan(" Autumn ", TODAY, mercy.mara), by=member_of(mercy.henry))
        assert (made.title, made.state, made.unit) == ("Autumn", ReviewState.PLANNED, None)
        ((people, title),) = told()
        assert people == {mercy.mara.pk}
        assert title.startswith("You facilitate the talent review “Autumn”")
        assert due_titles(mercy, "mara") == ["Talent review: Autumn"]

    def test_only_hr_plans_and_for_a_day_to_come(self, mercy: World, in_mercy: object) -> None:
        with pytest.raises(PermissionDenied):
            plan_review(ReviewPlan("Autumn", TODAY, mercy.mara), by=member_of(mercy.eli))
        with pytest.raises(ValidationError, match="a day to come"):
            plan_review(ReviewPlan("Autumn", TODAY - DAY, mercy.mara), by=member_of(mercy.henry))
        with pytest.raises(ValidationError, match="a name"):
            plan_review(ReviewPlan(" ", TODAY, mercy.mara), by=member_of(mercy.henry))
        assert TalentReview.objects.count() == 0

    def test_what_is_planned_can_be_planned_otherwise_or_called_off(self, mercy: World, pool: Pool) -> None:
        by, review = member_of(mercy.henry), make_talent_review(mercy.henry, mercy.mara)
        for act in (
            lambda who: change_review(review, ReviewPlan("No", TODAY, mercy.mara), by=who),
            lambda who: cancel_review(review, by=who),
        ):
            with pytest.raises(PermissionDenied):
                act(member_of(mercy.mara))
        changed = change_review(review, ReviewPlan("Winter", TODAY + DAY, mercy.colin, mercy.unit), by=by)
        said = (changed.title, changed.held_on, changed.facilitator, changed.unit)
        assert said == ("Winter", TODAY + DAY, mercy.colin, mercy.unit)
        ((people, title),) = told()
        assert (people, "“Winter”" in title) == ({mercy.colin.pk}, True)
        cancel_review(review, by=by)
        assert TalentReview.objects.count() == 0

    def test_what_has_opened_is_held_on_that_day_and_stays_planned_as_it_was(
        self, mercy: World, pool: Pool
    ) -> None:
        by, review = member_of(mercy.henry), make_talent_review(mercy.henry, mercy.mara, held_on=TODAY + DAY)
        assert open_review(review, by=by).held_on == TODAY
        with pytest.raises(ValidationError, match="opened meanwhile"):
            change_review(review, ReviewPlan("No", TODAY, mercy.mara), by=by)
        with pytest.raises(ValidationError, match="opened meanwhile"):
            cancel_review(review, by=by)

    def test_a_facilitator_sees_their_own_and_hr_all(self, mercy: World, pool: Pool) -> None:
        review = make_talent_review(mercy.henry, mercy.mara)
        assert list(reviews_visible_to(member_of(mercy.mara))) == [review]
        assert list(reviews_visible_to(member_of(mercy.henry))) == [review]
        assert list(reviews_visible_to(member_of(mercy.eli))) == []


class TestOpening:
    def test_it_keeps_what_a_pool_is_by_the_rule_of_the_day(self, mercy: World, pool: Pool) -> None:
        people = [make_person(mercy.organization, f"P{n}", mercy.unit) for n in range(6)]
        bands = [Band.READY_NOW, Band.ONE_TWO, Band.THREE_FIVE, Band.LATER]
        for person, band in zip(people, bands, strict=False):
            make_candidacy(pool, person, mercy.henry, band=band)
        make_candidacy(pool, people[4], mercy.henry)
        old = make_candidacy(pool, people[5], mercy.henry)
        make_rating(old, mercy.henry, Band.READY_NOW, assessed_on=months_later(TODAY, -12))
        kept = PoolSnapshot.objects.get(review=opened(mercy))
        bands_kept = (kept.ready_now, kept.one_two, kept.three_five, kept.later)
        assert (*bands_kept, kept.stale, kept.unassessed, kept.members) == (1, 1, 1, 1, 1, 1, 6)
        assert (kept.ready_target, kept.soon_target, kept.valid_months) == (2, 3, 12)
        assert (kept.owner, kept.title, kept.place) == (mercy.mara, "Head of cardiology", 1)
        assert Flag.BELOW in kept.flags
        assert Flag.STALE in kept.flags

    def test_the_most_exposed_pool_comes_first(self, mercy: World, pool: Pool) -> None:
        vacant = make_pool(make_position(mercy.unit, "Zookeeper"), mercy.henry)
        make_candidacy(pool, mercy.ada, mercy.henry, band=Band.READY_NOW)
        agenda = PoolSnapshot.objects.filter(review=opened(mercy)).order_by("place")
        assert [each.pool for each in agenda] == [vacant, pool]

    def test_a_scope_is_a_unit_and_those_below_it(self, mercy: World, pool: Pool) -> None:
        other = make_unit(mercy.organization, "Surgery", mercy.root)
        make_pool(make_position(other, "Chair of surgery"), mercy.henry)
        review = opened(mercy, unit=mercy.unit)
        assert [each.pool for each in review.snapshots.all()] == [pool]
        assert opened(mercy, title="All", unit=mercy.root).snapshots.count() == 2

    def test_all_pools_are_written_by_one_statement(self, mercy: World, pool: Pool) -> None:
        for number in range(5):
            make_pool(make_position(mercy.unit, f"Chair {number}"), mercy.henry)
        review, by = make_talent_review(mercy.henry, mercy.mara), member_of(mercy.mara)
        with CaptureQueriesContext(connection) as captured:
            open_review(review, by=by)
        written = [query for query in captured if 'INSERT INTO "succession_poolsnapshot"' in query["sql"]]
        read = [query for query in captured if "FROM people_position p" in query["sql"]]
        assert (len(written), len(read), PoolSnapshot.objects.count()) == (1, 1, 6)

    def test_twice_without_pools_or_by_others_it_is_refused(self, mercy: World, in_mercy: object) -> None:
        review = make_talent_review(mercy.henry, mercy.mara)
        with pytest.raises(ValidationError, match="no pool"):
            open_review(review, by=member_of(mercy.mara))
        with pytest.raises(PermissionDenied):
            open_review(review, by=member_of(mercy.eli))
        make_pool(Position.objects.get(title="Head of cardiology"), mercy.henry)
        open_review(review, by=member_of(mercy.henry))
        with pytest.raises(ValidationError, match="opened meanwhile"):
            open_review(review, by=member_of(mercy.henry))


class TestHolding:
    def test_a_decision_has_a_reason_and_can_be_put_otherwise(self, mercy: World, pool: Pool) -> None:
        kept, by = (
            make_pool_snapshot(make_talent_review(mercy.henry, mercy.mara), pool),
            member_of(mercy.mara),
        )
        for words, reason, refusal in ((" ", "So.", "what you decided"), ("Widen.", " ", "Say why")):
            with pytest.raises(ValidationError, match=refusal):
                decide(kept, words=words, reason=reason, by=by)
        decide(kept, words="Keep.", reason="All well.", by=by)
        decide(kept, words=" Widen. ", reason=" Nobody ready. ", by=by)
        decision = PoolDecision.objects.get()
        assert (decision.words, decision.reason, decision.decided_by) == (
            "Widen.",
            "Nobody ready.",
            mercy.mara,
        )

    def test_nobody_discusses_a_pool_that_they_stand_in(self, mercy: World, pool: Pool) -> None:
        make_candidacy(pool, mercy.henry, mercy.mara)
        kept, by = (
            make_pool_snapshot(make_talent_review(mercy.henry, mercy.mara), pool),
            member_of(mercy.henry),
        )
        assert list(pools_standing_in(mercy.henry.pk)) == [pool.pk]
        with pytest.raises(PermissionDenied):
            decide(kept, words="Me.", reason="I am good.", by=by)
        with pytest.raises(PermissionDenied):
            give_action(kept, words="Choose me.", owner=mercy.mara, due_on=TODAY, by=by)

    def test_an_action_waits_on_the_owners_today_until_done(self, mercy: World, pool: Pool) -> None:
        kept, by = (
            make_pool_snapshot(make_talent_review(mercy.henry, mercy.mara), pool),
            member_of(mercy.mara),
        )
        with pytest.raises(ValidationError, match="a day to come"):
            give_action(kept, words="Ask her.", owner=mercy.colin, due_on=TODAY - DAY, by=by)
        action = give_action(kept, words=" Ask her. ", owner=mercy.colin, due_on=TODAY, by=by)
        ((people, title),) = told()
        assert people == {mercy.colin.pk}
        assert "Ask her" not in title
        close_review(kept.review, by=by)
        assert due_titles(mercy, "colin") == ["Ask her."]
        with pytest.raises(PermissionDenied):
            finish_action(action, by=by)
        assert finish_action(action, by=member_of(mercy.colin)).done_on == TODAY
        assert due_titles(mercy, "colin") == []
        with pytest.raises(ValidationError, match="done meanwhile"):
            finish_action(action, by=member_of(mercy.colin))

    def test_what_was_given_by_mistake_is_taken_back(self, mercy: World, pool: Pool) -> None:
        kept = make_pool_snapshot(make_talent_review(mercy.henry, mercy.mara), pool)
        take_back_action(make_pool_action(kept, mercy.colin, mercy.mara), by=member_of(mercy.henry))
        assert PoolAction.objects.count() == 0

    def test_the_audit_trail_has_no_words(self, mercy: World, pool: Pool) -> None:
        kept, by = (
            make_pool_snapshot(make_talent_review(mercy.henry, mercy.mara), pool),
            member_of(mercy.mara),
        )
        decide(kept, words="Widen it.", reason="Nobody is ready.", by=by)
        give_action(kept, words="Ask her.", owner=mercy.colin, due_on=TODAY, by=by)
        entries = [str(each) for each in AuditEntry.objects.values()]
        about = [each for each in entries if "succession_pooldecision" in each]
        assert about
        for words in ("Widen it", "Nobody is ready", "Ask her"):
            assert [each for each in entries if words in each] == []


class TestClosing:
    def test_owners_of_decided_pools_are_told(self, mercy: World, pool: Pool) -> None:
        review = opened(mercy)
        decide(review.snapshots.get(), words="Keep.", reason="Well.", by=member_of(mercy.henry))
        closed = close_review(review, by=member_of(mercy.henry))
        assert closed.state == ReviewState.CLOSED
        assert told() == [
            ({mercy.mara.pk}, "The talent review “Autumn review” decided about a pool of yours.")
        ]

    def test_nothing_is_changed_afterwards(self, mercy: World, pool: Pool) -> None:
        review, by = opened(mercy), member_of(mercy.mara)
        kept = review.snapshots.get()
        decision = decide(kept, words="Keep.", reason="Well.", by=by)
        action = give_action(kept, words="Ask her.", owner=mercy.colin, due_on=TODAY, by=by)
        close_review(review, by=by)
        for act in (
            lambda: decide(kept, words="No.", reason="No.", by=by),
            lambda: give_action(kept, words="More.", owner=mercy.colin, due_on=TODAY, by=by),
            lambda: take_back_action(action, by=by),
            lambda: close_review(review, by=by),
        ):
            with pytest.raises(ValidationError, match="moved on meanwhile: closed"):
                act()
        for change in (
            lambda: PoolDecision.objects.filter(pk=decision.pk).update(words="No."),
            lambda: PoolDecision.objects.filter(pk=decision.pk).delete(),
            lambda: PoolAction.objects.filter(pk=action.pk).update(words="No."),
            lambda: PoolAction.objects.filter(pk=action.pk).update(words="No.", done_on=TODAY),
            lambda: PoolAction.objects.filter(pk=action.pk).delete(),
            lambda: make_pool_action(kept, mercy.colin, mercy.mara),
            lambda: TalentReview.objects.filter(pk=review.pk).update(title="No."),
            lambda: TalentReview.objects.filter(pk=review.pk).update(state="open", closed_at=None),
            lambda: PoolSnapshot.objects.filter(pk=kept.pk).update(members=0),
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                change()

    def test_a_snapshot_is_taken_while_a_review_is_open_and_adds_up(self, mercy: World, pool: Pool) -> None:
        review = opened(mercy)
        other = make_pool(make_position(mercy.unit, "Chair"), mercy.henry)
        with pytest.raises(IntegrityError, match="adds_up"), transaction.atomic():
            make_pool_snapshot(review, other, place=2, members=3)
        closed = close_review(review, by=member_of(mercy.mara))
        with pytest.raises(IntegrityError, match="when a talent review opens"), transaction.atomic():
            make_pool_snapshot(closed, other, place=2)


class TestComparing:
    def test_the_earlier_snapshot_is_of_the_last_closed_review(self, mercy: World, pool: Pool) -> None:
        first, by = opened(mercy, title="First"), member_of(mercy.mara)
        still_open = opened(mercy, title="Second")
        assert earlier_snapshots(still_open, [pool.pk]) == {}
        close_review(first, by=by)
        assert earlier_snapshots(still_open, [pool.pk]) == {pool.pk: first.snapshots.get()}
        assert earlier_snapshots(first, [pool.pk]) == {}

    def test_standings_are_those_of_a_moment(self, mercy: World, pool: Pool) -> None:
        made = make_candidacy(pool, mercy.ada, mercy.henry, band=Band.LATER)
        then = timezone.now()
        make_rating(made, mercy.henry, Band.READY_NOW)
        bands = {}
        for name, at in (("then", then), ("now", timezone.now())):
            (standing,) = standings([pool.pk], at=at, months=12)[pool.pk]
            bands[name] = standing.band
        assert bands == {"then": Band.LATER, "now": Band.READY_NOW}
        (later,) = standings([pool.pk], at=then + 400 * DAY, months=12)[pool.pk]
        assert (later.is_stale, later.band) == (True, None)
        end_candidacy(made, reason="Moved.", by=member_of(mercy.mara))
        assert standings([pool.pk], at=timezone.now(), months=12)[pool.pk] == []
        assert len(standings([pool.pk], at=timezone.now() - DAY, months=12)[pool.pk]) == 1
