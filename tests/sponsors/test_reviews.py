"""Holding a review: who writes and signs, what is refused, and what calls one early."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from people.enums import ImportKind
from people.models import Person
from people.services.imports import apply_import, check_import, start_import, suggested_columns
from sponsors.enums import ActionState, Decision, ReviewCause
from sponsors.models import Action, Review, ReviewCall, ReviewNote
from sponsors.plan.reviews import EARLY
from sponsors.queries.reviews import (
    open_review_of,
    reviews_that_escalate,
    reviews_waiting_for,
    seen_in,
)
from sponsors.services.meanwhile import ChangedMeanwhileError
from sponsors.services.outcomes import Report, report_progress
from sponsors.services.regimens import publish_regimen
from sponsors.services.review_calls import (
    begin_missing_reviews,
    call_review,
    call_reviews_for_new_roles,
    change_review_rule,
)
from sponsors.services.reviews import (
    Findings,
    add_leader_view,
    sign_review,
    write_review,
)
from tenancy.scope import Scope
from tests.due import due_items
from tests.factories.people import make_appointment, make_position
from tests.factories.sponsors import (
    make_action,
    make_goal,
    make_review,
    make_seat,
    make_sponsor,
    make_sponsorship,
    make_version,
)
from tests.members import member_of
from tests.notices import told
from tests.tables import csv_file
from tests.world import World

TODAY = timezone.localdate()
NEXT = TODAY + dt.timedelta(days=60)


@pytest.fixture
def action(mercy: World, in_mercy: Scope) -> Action:
    """Of Ada's, published yesterday: Eli sponsors her, Mara leads her, Colin looks after finance."""
    make_sponsor(mercy.eli)
    make_sponsorship(mercy.eli, mercy.ada)
    make_seat(mercy.ada, mercy.colin, by=mercy.eli)
    made = make_action(make_goal(mercy.ada))
    make_version(mercy.ada, by=mercy.eli)
    return made


@pytest.fixture
def review(mercy: World, action: Action) -> Review:
    return make_review(mercy.ada)


def findings(*actions: Action, **fields: Any) -> Findings:
    words: dict[UUID, str] = {each.pk: "She chairs it alone by now." for each in actions}
    values: dict[str, Any] = {"decision": Decision.STEP_UP, "reason": "Ready for more.", "next_on": NEXT}
    return Findings(words, **{**values, **fields})


def sign(review: Review, by: Person, *, seen: str | None = None) -> Review:
    now = Review.objects.get(pk=review.pk)
    return sign_review(now, seen=seen or str(seen_in(now)), by=member_of(by))


class TestHolding:
    def test_both_write_and_sign_and_it_is_closed(self, mercy: World, action: Action, review: Review) -> None:
        write_review(review, findings(action, decision=None), revision=1, by=member_of(mercy.eli))
        write_review(review, findings(action), revision=2, by=member_of(mercy.mara))
        assert not sign(review, mercy.mara).is_closed
        closed = sign(review, mercy.eli)
        assert (closed.closed_on, closed.version, closed.decision) == (TODAY, 1, "step_up")
        assert (closed.sponsor_id, closed.manager_id) == (mercy.eli.pk, mercy.mara.pk)
        following = open_review_of(mercy.ada.pk)
        assert following is not None
        assert (following.begun_on, following.due_on) == (TODAY, NEXT)
        assert told() == [
            ({mercy.eli.pk}, "Mara Mercy signed the review of Ada Mercy: it waits for you."),
            ({mercy.ada.pk}, "Your review is closed: read what was decided."),
            ({mercy.eli.pk, mercy.mara.pk}, "The review of Ada Mercy is closed."),
        ]

    @pytest.mark.parametrize("who", ["ada", "colin", "paula", "henry", "olga"])
    def test_nobody_else_writes_or_signs(self, mercy: World, review: Review, who: str) -> None:
        by = member_of(mercy.people[who])
        for act in (
            lambda: write_review(review, findings(), revision=1, by=by),
            lambda: sign_review(review, seen=str(seen_in(review)), by=by),
            lambda: call_review(mercy.ada, ReviewCause.SCOPE, "More", by=by),
        ):
            with pytest.raises(PermissionDenied):
                act()

    def test_a_stopped_plan_has_no_next_review_until_the_next_version(
        self, mercy: World, action: Action, review: Review
    ) -> None:
        write_review(review, findings(action, decision=Decision.STOP), revision=1, by=member_of(mercy.eli))
        sign(review, mercy.eli)
        assert sign(review, mercy.mara).next_on is None
        assert open_review_of(mercy.ada.pk) is None
        make_action(action.goal, title="Something else")
        publish_regimen(mercy.ada, reason="Again.", after=1, by=member_of(mercy.eli))
        again = open_review_of(mercy.ada.pk)
        assert again is not None
        assert again.due_on == TODAY + dt.timedelta(days=90)

    def test_nobody_signs_half_a_review(self, mercy: World, action: Action, review: Review) -> None:
        with pytest.raises(ValidationError) as caught:
            sign(review, mercy.eli)
        assert caught.value.messages == [
            "This is still missing:",
            "A word on: Chair a meeting",
            "The decision",
            "Why",
            "The next date, a day to come",
        ]

    @pytest.mark.parametrize(
        ("days", "words"), [(0, "a day to come"), (-3, "a day to come"), (91, "At the latest on")]
    )
    def test_the_next_date_keeps_to_the_rule(
        self, mercy: World, review: Review, days: int, words: str
    ) -> None:
        wanted = findings(next_on=TODAY + dt.timedelta(days=days))
        with pytest.raises(ValidationError, match=words):
            write_review(review, wanted, revision=1, by=member_of(mercy.eli))

    def test_one_person_does_not_sign_for_both(self, mercy: World, action: Action, review: Review) -> None:
        write_review(review, findings(action), revision=1, by=member_of(mercy.eli))
        sign(review, mercy.eli)
        with pytest.raises(ValidationError, match="signed by two"):
            sign(review, mercy.eli)
        with pytest.raises(IntegrityError, match="sponsors_review_two"), transaction.atomic():
            Review.objects.update(manager=mercy.eli, manager_signed_at=timezone.now(), closed_on=TODAY)

    def test_the_leaders_view_is_the_leaders(self, mercy: World, action: Action, review: Review) -> None:
        write_review(review, findings(action), revision=1, by=member_of(mercy.eli))
        sign(review, mercy.eli)
        with pytest.raises(PermissionDenied):
            add_leader_view(review, "All is well.", by=member_of(mercy.mara))
        after = add_leader_view(review, "I want more.", by=member_of(mercy.ada))
        assert (after.leader_view, after.sponsor_id) == ("I want more.", mercy.eli.pk)
        assert sign(review, mercy.mara).is_closed


class TestMeanwhile:
    def test_of_two_writers_the_second_sees_the_first(
        self, mercy: World, action: Action, review: Review
    ) -> None:
        write_review(review, findings(action), revision=1, by=member_of(mercy.mara))
        with pytest.raises(ChangedMeanwhileError, match="Meanwhile Mara Mercy changed this"):
            write_review(review, findings(reason="Mine."), revision=1, by=member_of(mercy.eli))

    def test_a_change_takes_the_signature_away_and_says_so(
        self, mercy: World, action: Action, review: Review
    ) -> None:
        write_review(review, findings(action), revision=1, by=member_of(mercy.mara))
        sign(review, mercy.mara)
        before = str(seen_in(Review.objects.get()))
        after = write_review(review, findings(action, reason="Other."), revision=2, by=member_of(mercy.eli))
        assert after.manager_id is None
        assert told()[-1] == (
            {mercy.mara.pk},
            "Eli Mercy changed the review of Ada Mercy: read it and sign again.",
        )
        with pytest.raises(ValidationError, match="Meanwhile Eli Mercy changed the review"):
            sign(review, mercy.mara, seen=before)

    def test_saving_the_same_again_takes_nothing_away(
        self, mercy: World, action: Action, review: Review
    ) -> None:
        write_review(review, findings(action), revision=1, by=member_of(mercy.mara))
        sign(review, mercy.mara)
        after = write_review(review, findings(action), revision=2, by=member_of(mercy.eli))
        assert after.manager_id == mercy.mara.pk

    def test_a_version_or_an_action_meanwhile_is_read_first(
        self, mercy: World, action: Action, review: Review
    ) -> None:
        write_review(review, findings(action), revision=1, by=member_of(mercy.eli))
        seen = str(seen_in(Review.objects.get()))
        report_progress(action, Report(ActionState.STARTED), by=member_of(mercy.ada))
        with pytest.raises(ValidationError, match="Meanwhile an action of the plan changed"):
            sign(review, mercy.eli, seen=seen)
        make_version(mercy.ada, by=mercy.mara, number=2)
        with pytest.raises(ValidationError, match="Meanwhile version 2 of the regimen was published"):
            sign(review, mercy.eli, seen=seen)

    def test_words_on_what_is_private_are_the_sponsors_and_disturb_nobody(
        self, mercy: World, action: Action, review: Review
    ) -> None:
        quiet = make_action(action.goal, title="Doubts", private=True)
        write_review(review, findings(action), revision=1, by=member_of(mercy.mara))
        sign(review, mercy.mara)
        with pytest.raises(ValidationError, match="still missing"):
            sign(review, mercy.eli)
        after = write_review(review, findings(action, quiet), revision=2, by=member_of(mercy.eli))
        assert (after.revision, after.manager_id) == (2, mercy.mara.pk)
        assert sign(review, mercy.eli).is_closed
        assert dict(ReviewNote.objects.values_list("title", "private")) == {
            "Chair a meeting": False,
            "Doubts": True,
        }


class TestGuard:
    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE sponsors_review SET reason = 'Otherwise'",
            "UPDATE sponsors_review SET leader_view = 'Otherwise'",
            "UPDATE sponsors_review SET due_on = due_on + 1",
            "UPDATE sponsors_reviewnote SET words = 'Otherwise'",
            "DELETE FROM sponsors_reviewnote",
            "DELETE FROM sponsors_review",
        ],
    )
    def test_what_both_signed_stays(
        self, mercy: World, action: Action, review: Review, statement: str
    ) -> None:
        write_review(review, findings(action, decision=Decision.STOP), revision=1, by=member_of(mercy.eli))
        sign(review, mercy.eli)
        sign(review, mercy.mara)
        with (
            pytest.raises(DatabaseError, match="a signed review is not changed"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)

    def test_what_one_signed_is_not_changed_under_the_signature(
        self, mercy: World, action: Action, review: Review
    ) -> None:
        write_review(review, findings(action), revision=1, by=member_of(mercy.eli))
        sign(review, mercy.eli)
        with pytest.raises(DatabaseError, match="a signed review"), transaction.atomic():
            Review.objects.update(reason="Otherwise")

    def test_a_leader_has_one_open_review(self, mercy: World, review: Review) -> None:
        with pytest.raises(IntegrityError, match="sponsors_review_one_open"), transaction.atomic():
            make_review(mercy.ada)

    def test_a_closed_review_is_signed(self, review: Review) -> None:
        with pytest.raises(IntegrityError, match="sponsors_review_closed"), transaction.atomic():
            Review.objects.update(closed_on=TODAY)


class TestEarly:
    def test_a_new_appointment_calls_a_review_once(self, mercy: World, review: Review) -> None:
        Review.objects.update(due_on=TODAY + dt.timedelta(days=50))
        make_appointment(make_position(mercy.unit, "Head of the echo lab"), mercy.ada, start_date=TODAY)
        assert [call_reviews_for_new_roles(on=TODAY) for _twice in range(2)] == [1, 0]
        call = ReviewCall.objects.get()
        assert (call.cause, call.words, call.review_id) == ("role", "Head of the echo lab", review.pk)
        assert Review.objects.get().due_on == TODAY + EARLY
        assert [people for people, _title in told()] == [{mercy.ada.pk, mercy.eli.pk, mercy.mara.pk}]

    def test_a_file_of_appointments_calls_it_at_once(self, mercy: World, review: Review) -> None:
        make_position(mercy.unit, "Head of the echo lab", external_id="echo")
        rows = [("Position ID", "Person ID", "Start date")]
        rows.append(("echo", mercy.ada.external_id, TODAY.isoformat()))
        found = start_import(ImportKind.APPOINTMENTS, csv_file(*rows), file_name="a.csv", by=None)
        found.columns = suggested_columns(ImportKind.APPOINTMENTS, list(rows[0]))
        found.save()
        assert check_import(found, by=None).faults == []
        found.refresh_from_db()
        apply_import(found, by=None)
        assert ReviewCall.objects.get().words == "Head of the echo lab"

    @pytest.mark.parametrize(
        "fields",
        [
            {"start_date": TODAY + dt.timedelta(days=1)},  # has not begun
            {"start_date": TODAY - dt.timedelta(days=200)},  # the last review knew of it
            {"start_date": TODAY - dt.timedelta(days=9), "end_date": TODAY},  # is over
            {"start_date": TODAY, "term_number": 2},  # goes on in the same position
        ],
    )
    def test_other_appointments_call_nothing(
        self, mercy: World, review: Review, fields: dict[str, Any]
    ) -> None:
        make_appointment(make_position(mercy.unit), mercy.ada, **fields)
        assert call_reviews_for_new_roles(on=TODAY) == 0

    def test_a_leader_without_a_regimen_has_nothing_to_review(self, mercy: World, in_mercy: Scope) -> None:
        make_appointment(make_position(mercy.unit), mercy.ada, start_date=TODAY)
        assert call_reviews_for_new_roles(on=TODAY) == 0

    def test_a_sponsor_calls_one_and_an_earlier_day_stays(self, mercy: World, review: Review) -> None:
        eli = member_of(mercy.eli)
        with pytest.raises(ValidationError, match="what is new"):
            call_review(mercy.ada, ReviewCause.PROJECT, " ", by=eli)
        with pytest.raises(ValidationError, match="by itself"):
            call_review(mercy.ada, ReviewCause.ROLE, "Head", by=eli)
        made = call_review(mercy.ada, ReviewCause.PROJECT, "The new ward.", by=eli)
        assert made.due_on == TODAY + EARLY
        assert Review.objects.get().due_on == TODAY + dt.timedelta(days=10)
        make_sponsorship(mercy.eli, mercy.colin)
        with pytest.raises(ValidationError, match="no regimen"):
            call_review(mercy.colin, ReviewCause.PROJECT, "The new ward.", by=eli)

    def test_regimens_from_before_get_their_review_and_time_for_it(
        self, mercy: World, in_mercy: Scope
    ) -> None:
        make_action(make_goal(mercy.ada))
        long_ago = timezone.now() - dt.timedelta(days=400)
        make_version(mercy.ada, by=mercy.eli, published_at=long_ago)
        assert [begin_missing_reviews(on=TODAY) for _twice in range(2)] == [1, 0]
        assert Review.objects.get().due_on == TODAY + EARLY


class TestRule:
    def test_a_shorter_rule_moves_what_is_open(self, mercy: World, review: Review) -> None:
        Review.objects.update(begun_on=TODAY - dt.timedelta(days=20), due_on=TODAY + dt.timedelta(days=70))
        change_review_rule(40, by=member_of(mercy.henry))
        assert Review.objects.get().due_on == TODAY + dt.timedelta(days=20)
        change_review_rule(30, by=member_of(mercy.henry))
        assert Review.objects.get().due_on == TODAY + EARLY
        change_review_rule(180, by=member_of(mercy.paula))
        assert Review.objects.get().due_on == TODAY + dt.timedelta(days=160)

    def test_the_rule_has_bounds_and_keepers(self, mercy: World, in_mercy: Scope) -> None:
        for days in (29, 181):
            with pytest.raises(ValidationError, match="Between 30 and 180 days"):
                change_review_rule(days, by=member_of(mercy.henry))
        for who in ("eli", "mara", "olga"):
            with pytest.raises(PermissionDenied):
                change_review_rule(60, by=member_of(mercy.people[who]))


class TestObligations:
    def test_it_is_an_obligation_of_both_until_they_sign(
        self, mercy: World, action: Action, review: Review
    ) -> None:
        for who, expected in (("eli", 1), ("mara", 1), ("ada", 1), ("colin", 0)):
            member = member_of(mercy.people[who])
            assert reviews_waiting_for(member, on=TODAY).count() == expected
            assert not reviews_waiting_for(member, on=TODAY - dt.timedelta(days=5)).exists()
        write_review(review, findings(action), revision=1, by=member_of(mercy.eli))
        sign(review, mercy.eli)
        assert not reviews_waiting_for(member_of(mercy.eli), on=TODAY).exists()
        [item] = [
            each
            for each in due_items("sponsors", member_of(mercy.mara), mercy.slug, TODAY)
            if "Review" in each.title
        ]
        assert (item.title, item.due) == ("Review the regimen of Ada Mercy", review.due_on)
        assert item.detail == "Eli Mercy has signed: read it, and sign."

    def test_the_leader_is_asked_for_the_own_view_once(self, mercy: World, review: Review) -> None:
        ada = member_of(mercy.ada)
        titles = [each.title for each in due_items("sponsors", ada, mercy.slug, TODAY)]
        assert titles == ["Your review is near"]
        add_leader_view(review, "I want more.", by=ada)
        assert due_items("sponsors", ada, mercy.slug, TODAY) == []

    def test_after_two_weeks_the_director_sees_it(self, mercy: World, review: Review) -> None:
        late = TODAY - dt.timedelta(days=14)
        Review.objects.update(due_on=late)
        paula = member_of(mercy.paula)
        assert not reviews_that_escalate(paula, on=TODAY).exists()
        assert reviews_that_escalate(paula, on=TODAY + dt.timedelta(days=1)).count() == 1
        titles = [
            each.title for each in due_items("sponsors", paula, mercy.slug, TODAY + dt.timedelta(days=1))
        ]
        assert titles == ["A review is long overdue"]

    def test_whoever_left_is_reviewed_no_more(self, mercy: World, review: Review) -> None:
        Review.objects.update(due_on=TODAY - dt.timedelta(days=30))
        paula = member_of(mercy.paula)
        assert reviews_that_escalate(paula, on=TODAY).count() == 1
        Person.objects.filter(pk=mercy.ada.pk).update(end_date=TODAY - dt.timedelta(days=1))
        assert not reviews_that_escalate(paula, on=TODAY).exists()
