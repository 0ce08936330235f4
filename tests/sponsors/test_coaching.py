"""Coaches with their places, the sessions of coach and leader, and what each keeps for themselves."""

from __future__ import annotations

import datetime as dt
import threading
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from uuid import uuid4

import icalendar
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, connections, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mentoring.enums import MeetingFormat
from mentoring.queries.calendar_feed import feed_token
from people.models import Person
from sponsors.enums import ActionKind, Domain, SessionState
from sponsors.models import Action, CoachingNote, CoachingSession, TeamSeat
from sponsors.plan.places import most_at_once
from sponsors.queries.coaching import coaches_here, coaches_of, doses_of, sessions_that_wait_for
from sponsors.queries.team import seat_at
from sponsors.seats import Seat
from sponsors.services.coaching import (
    Meeting,
    cancel_session,
    change_session,
    plan_session,
    record_session,
    save_coach_profile,
    write_note,
)
from sponsors.services.team import Call, convene_specialist, release_specialist
from sponsors.tasks import end_clinic_of_leavers
from tenancy.scope import Scope, tenant_scope, tenant_transaction
from tests.counting import queries_of
from tests.factories.mentoring import make_feed
from tests.factories.people import make_person
from tests.factories.sponsors import (
    make_action,
    make_coaching,
    make_goal,
    make_seat,
    make_sponsor,
    make_sponsorship,
)
from tests.members import member_of
from tests.notices import told
from tests.world import World

SignIn = Callable[[Person], Client]
TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)
NOW = timezone.now()
THREADS = 6


@pytest.fixture
def coached(mercy: World, in_mercy: Scope) -> World:
    """Eli sponsors Ada, Colin coaches her."""
    make_sponsor(mercy.eli)
    make_sponsorship(mercy.eli, mercy.ada)
    make_seat(mercy.ada, mercy.colin, by=mercy.eli, domain=Domain.COACHING)
    return mercy


def meeting(days: int = 3, **fields: object) -> Meeting:
    values = {"starts_at": NOW + days * DAY, "minutes": 60, "format": MeetingFormat.VIDEO, **fields}
    return Meeting(**values)  # type: ignore[arg-type]  # of the fields' types


def call(coach: Person, **fields: object) -> Call:
    values = {"domain": Domain.COACHING, "need": "To listen", "since": TODAY, **fields}
    return Call(coach, **values)  # type: ignore[arg-type]  # of the fields' types


def address(world: World, name: str, *arguments: object) -> str:
    return reverse(f"sponsors:{name}", args=[world.slug, world.ada.pk, *arguments])


def dose(world: World, **fields: object) -> Action:
    values = {"title": "Six talks", "kind": ActionKind.COACHING, "domain": Domain.COACHING, **fields}
    return make_action(make_goal(world.ada), **values)


class TestPlaces:
    @pytest.mark.parametrize(
        ("spans", "until", "most"),
        [
            ([], None, 0),
            ([(TODAY - DAY, None)], None, 1),
            ([(TODAY - DAY, TODAY)], None, 0),  # over on the day
            ([(TODAY, TODAY + DAY), (TODAY + DAY, None)], None, 1),  # one after the other
            ([(TODAY + DAY, None), (TODAY + 2 * DAY, None)], None, 2),
            ([(TODAY + DAY, None), (TODAY + 2 * DAY, None)], TODAY + 2 * DAY, 1),
        ],
    )
    def test_the_fullest_day_counts(
        self, spans: list[tuple[dt.date, dt.date | None]], until: dt.date | None, most: int
    ) -> None:
        assert most_at_once(spans, TODAY, until) == most

    def test_a_coach_without_a_place_free_is_not_called(self, coached: World) -> None:
        save_coach_profile(1, "", by=member_of(coached.colin))
        make_sponsorship(coached.eli, coached.mara)
        eli = member_of(coached.eli)
        with pytest.raises(ValidationError, match="All places of Colin Mercy as a coach are taken in that"):
            convene_specialist(coached.mara, call(coached.colin), by=eli)
        assert convene_specialist(coached.mara, call(coached.colin, domain=Domain.FINANCE), by=eli)

    def test_a_place_is_free_again_when_somebody_leaves(self, coached: World) -> None:
        save_coach_profile(1, "", by=member_of(coached.colin))
        make_sponsorship(coached.eli, coached.mara)
        eli = member_of(coached.eli)
        release_specialist(coached.ada.team_seats.get(), by=eli)
        assert convene_specialist(coached.mara, call(coached.colin), by=eli)

    def test_who_said_nothing_has_the_usual_places(self, coached: World) -> None:
        eli = member_of(coached.eli)
        for number in range(4):
            leader = make_person(coached.organization, f"L {number}", coached.unit)
            make_sponsorship(coached.eli, leader)
            if number < 3:
                assert convene_specialist(leader, call(coached.colin), by=eli)
        with pytest.raises(ValidationError, match="4 of 4"):
            convene_specialist(leader, call(coached.colin), by=eli)

    @pytest.mark.parametrize("places", [-1, 21])
    def test_places_have_a_bound(self, coached: World, places: int) -> None:
        with pytest.raises(ValidationError, match="From 0 to 20"):
            save_coach_profile(places, "", by=member_of(coached.colin))

    def test_whoever_has_room_comes_first(self, coached: World) -> None:
        save_coach_profile(5, "I listen.", by=member_of(coached.olga))
        found = coaches_here(on=TODAY)
        assert [(each.given_name, each.coached, each.places, each.approach) for each in found] == [  # type: ignore[attr-defined]
            ("Olga", 0, 5, "I listen."),
            ("Colin", 1, 4, None),
        ]


class TestPlanning:
    def test_either_plans_and_the_other_is_told(self, coached: World) -> None:
        made = plan_session(coached.ada, meeting(), coach=coached.colin, by=member_of(coached.ada))
        assert (made.leader_id, made.coach_id, made.state) == (coached.ada.pk, coached.colin.pk, "planned")
        plan_session(coached.ada, meeting(4), coach=coached.colin, by=member_of(coached.colin))
        assert [(who, title.split(" for ")[0]) for who, title in told()] == [
            ({coached.colin.pk}, "Ada Mercy planned a coaching session"),
            ({coached.ada.pk}, "Colin Mercy planned a coaching session"),
        ]

    def test_what_was_held_is_written_down_quietly(self, coached: World) -> None:
        made = plan_session(coached.ada, meeting(-3), coach=coached.colin, by=member_of(coached.ada))
        record_session(made, SessionState.HELD, by=member_of(coached.colin))
        assert told() == []

    @pytest.mark.parametrize("who", ["eli", "mara", "paula", "henry", "olga"])
    def test_nobody_else_plans_or_keeps_one(self, coached: World, who: str) -> None:
        by, made = member_of(coached.people[who]), make_coaching(coached.ada, coached.colin)
        with pytest.raises(PermissionDenied):
            plan_session(coached.ada, meeting(), coach=coached.people[who], by=by)
        for act in (cancel_session, lambda one, by: write_note(one, "x", by=by)):
            with pytest.raises(PermissionDenied):
                act(made, by=by)
        with pytest.raises(PermissionDenied):
            change_session(made, meeting(), by=by)
        with pytest.raises(PermissionDenied):
            record_session(made, SessionState.HELD, by=by)

    def test_a_leader_meets_a_coach_of_the_team(self, coached: World) -> None:
        with pytest.raises(ValidationError, match="Olga Mercy does not coach you"):
            plan_session(coached.ada, meeting(), coach=coached.olga, by=member_of(coached.ada))
        with pytest.raises(PermissionDenied):
            plan_session(coached.ada, meeting(), coach=coached.olga, by=member_of(coached.colin))

    @pytest.mark.parametrize("days", [-366, 366])
    def test_a_day_is_within_a_year(self, coached: World, days: int) -> None:
        with pytest.raises(ValidationError, match="within a year"):
            plan_session(coached.ada, meeting(days), coach=coached.colin, by=member_of(coached.ada))

    def test_so_many_are_planned_at_most(self, coached: World, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("sponsors.services.coaching.MOST_AHEAD", 1)
        make_coaching(coached.ada, coached.colin)
        with pytest.raises(ValidationError, match="some should be held first"):
            plan_session(coached.ada, meeting(), coach=coached.colin, by=member_of(coached.ada))

    def test_a_moved_one_is_told_and_a_new_agenda_is_not(self, coached: World) -> None:
        made, ada = make_coaching(coached.ada, coached.colin, starts_at=meeting().starts_at), coached.ada
        change_session(made, meeting(agenda="Saying no"), by=member_of(ada))
        assert told() == []
        moved = change_session(made, meeting(5), by=member_of(ada))
        assert (moved.sequence, told()[0][0]) == (1, {coached.colin.pk})
        assert told()[0][1].startswith("Ada Mercy moved your coaching session to ")

    def test_what_is_cancelled_or_written_down_stays(self, coached: World) -> None:
        ada, held = member_of(coached.ada), make_coaching(coached.ada, coached.colin, starts_at=NOW - DAY)
        record_session(held, SessionState.HELD, by=ada)
        with pytest.raises(ValidationError, match="its time stays as it was"):
            change_session(held, meeting(), by=ada)
        with pytest.raises(ValidationError, match="It is now: held"):
            cancel_session(held, by=ada)
        gone = cancel_session(make_coaching(coached.ada, coached.colin), by=ada)
        with pytest.raises(ValidationError, match="was cancelled: plan another"):
            change_session(gone, meeting(), by=ada)
        with pytest.raises(ValidationError, match="It is now: cancelled"):
            record_session(gone, SessionState.HELD, by=ada)

    def test_what_became_of_it_is_said_afterwards_and_can_be_put_right(self, coached: World) -> None:
        ada = member_of(coached.ada)
        with pytest.raises(ValidationError, match="has not begun yet"):
            record_session(make_coaching(coached.ada, coached.colin), SessionState.HELD, by=ada)
        past = make_coaching(coached.ada, coached.colin, starts_at=NOW - DAY)
        with pytest.raises(ValidationError, match="held or missed"):
            record_session(past, SessionState.CANCELLED, by=ada)
        assert record_session(past, SessionState.HELD, by=ada).state == "held"
        assert record_session(past, SessionState.MISSED, by=member_of(coached.colin)).state == "missed"

    def test_a_coach_who_leaves_the_team_takes_back_what_is_ahead(self, coached: World) -> None:
        ahead = make_coaching(coached.ada, coached.colin)
        held = make_coaching(coached.ada, coached.colin, starts_at=NOW - DAY, state=SessionState.HELD)
        release_specialist(coached.ada.team_seats.get(), by=member_of(coached.eli))
        states = dict(CoachingSession.objects.values_list("pk", "state"))
        assert states == {ahead.pk: "cancelled", held.pk: "held"}
        assert told()[-1][0] == {coached.ada.pk, coached.colin.pk}
        assert told()[-1][1].endswith("does not take place: Colin Mercy left the team.")

    def test_the_database_refuses_nonsense(self, coached: World) -> None:
        nonsense: dict[str, object] = {"minutes": 5, "state": "x", "format": "x"}
        for name, value in nonsense.items():
            with pytest.raises(IntegrityError, match=f"sponsors_coaching_{name}"), transaction.atomic():
                make_coaching(coached.ada, coached.colin, **{name: value})
        with pytest.raises(IntegrityError, match="sponsors_coaching_not_oneself"), transaction.atomic():
            make_coaching(coached.ada, coached.ada)


class TestLeavers:
    """A coach or a leader is not here any more: the night ends what the two had ahead."""

    def leave(self, person: Person, last: dt.date = TODAY - DAY) -> dict[str, object]:
        Person.objects.filter(pk=person.pk).update(end_date=last)
        return end_clinic_of_leavers("2026-11-23", "")

    def test_of_a_coach_the_seat_ends_and_what_is_ahead_is_cancelled(self, coached: World) -> None:
        ahead = make_coaching(coached.ada, coached.colin)
        for_a_flag = make_coaching(coached.ada, coached.colin, flag=uuid4())
        held = make_coaching(coached.ada, coached.colin, state=SessionState.HELD, starts_at=NOW - DAY)
        elsewhere = make_coaching(coached.ada, coached.mara)
        assert self.leave(coached.colin) == {"ended": 0, "seats": 1, "actions": 0, "sessions": 2}
        states = dict(CoachingSession.objects.values_list("pk", "state"))
        assert states == {
            ahead.pk: "cancelled",
            for_a_flag.pk: "cancelled",
            held.pk: "held",
            elsewhere.pk: "planned",
        }
        assert not coaches_of(coached.ada.pk, on=TODAY)
        seat, *sessions = told()
        assert seat == ({coached.ada.pk, coached.eli.pk}, "Colin Mercy leaves the team of Ada Mercy.")
        assert [who for who, _title in sessions] == [{coached.ada.pk}] * 2
        assert sessions[0][1].endswith("does not take place: Colin Mercy is no longer here.")
        assert end_clinic_of_leavers("2026-11-24", "") == {
            "ended": 0,
            "seats": 0,
            "actions": 0,
            "sessions": 0,
        }

    def test_of_a_leader_the_team_goes_apart_and_only_the_coach_is_told(self, coached: World) -> None:
        make_seat(coached.ada, coached.mara, by=coached.eli, domain=Domain.FINANCE, start_date=TODAY + DAY)
        make_coaching(coached.ada, coached.colin)
        assert self.leave(coached.ada) == {"ended": 1, "seats": 2, "actions": 0, "sessions": 1}
        assert list(TeamSeat.objects.values_list("specialist", "end_date")) == [(coached.colin.pk, TODAY)]
        assert told()[-1][0] == {coached.colin.pk}

    def test_on_the_last_day_everything_holds(self, coached: World) -> None:
        make_coaching(coached.ada, coached.colin)
        assert self.leave(coached.colin, TODAY) == {"ended": 0, "seats": 0, "actions": 0, "sessions": 0}


class TestDose:
    def test_held_hours_count_towards_the_action(self, coached: World) -> None:
        action = dose(coached, hours=Decimal(6))
        ada = member_of(coached.ada)
        for days in (-1, -2, 3):
            made = plan_session(
                coached.ada, meeting(days, minutes=90, action_id=action.pk), coach=coached.colin, by=ada
            )
            if days == -1:
                record_session(made, SessionState.HELD, by=ada)
        [found] = doses_of(seat_at(ada, coached.ada.pk, on=TODAY))
        assert (found.action, found.held, found.percent) == (action, Decimal("1.5"), 25)

    def test_it_is_an_action_that_both_may_read(self, coached: World) -> None:
        ada = member_of(coached.ada)
        others = [
            dose(coached, private=True),
            dose(coached, domain=""),
            dose(coached, kind=ActionKind.POD),
            make_action(make_goal(coached.mara), kind=ActionKind.COACHING, domain=Domain.COACHING),
        ]
        for each in others:
            with pytest.raises(ValidationError, match="Choose a coaching action"):
                plan_session(coached.ada, meeting(action_id=each.pk), coach=coached.colin, by=ada)
        assert doses_of(Seat(coached.ada.pk, is_leader=True)) == []

    def test_specialists_of_other_domains_read_none(self, coached: World) -> None:
        dose(coached)
        assert doses_of(Seat(coached.ada.pk, domains=frozenset({Domain.FINANCE}))) == []
        assert len(doses_of(Seat(coached.ada.pk, domains=frozenset({Domain.COACHING})))) == 1


class TestNotes:
    def test_each_reads_the_own_words_alone(self, coached: World, sign_in: SignIn) -> None:
        made = make_coaching(coached.ada, coached.colin)
        page = address(coached, "coaching_session", made.pk)
        for who, words in (("ada", "I was angry"), ("colin", "She was tired")):
            answer = sign_in(coached.people[who]).post(
                address(coached, "coaching_note", made.pk), {"words": words}
            )
            assert answer.status_code == 302
        pages = {who: sign_in(coached.people[who]).get(page).content.decode() for who in ("ada", "colin")}
        assert {who: ("angry" in text, "tired" in text) for who, text in pages.items()} == {
            "ada": (True, False),
            "colin": (False, True),
        }
        sign_in(coached.ada).post(address(coached, "coaching_note", made.pk), {"words": " "})
        assert "angry" not in sign_in(coached.ada).get(page).content.decode()

    def test_the_database_shows_a_note_to_its_author_and_keeps_it_encrypted(self, coached: World) -> None:
        made = make_coaching(coached.ada, coached.colin)
        for who in (coached.ada, coached.colin):
            with tenant_scope(coached.organization.pk, actor_id=who.pk), transaction.atomic():
                write_note(made, f"{who.given_name} says", by=member_of(who))
        with tenant_scope(coached.organization.pk, actor_id=coached.ada.pk), transaction.atomic():
            [own] = CoachingNote.objects.all()
            assert own.author_id == coached.ada.pk
            assert "says" not in own.text
        by_eli = tenant_scope(coached.organization.pk, actor_id=coached.eli.pk)
        with by_eli, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM sponsors_coachingnote")
            assert cursor.fetchone() == (0,)


class TestPages:
    def test_a_session_from_plan_to_held(self, coached: World, sign_in: SignIn) -> None:
        action = dose(coached)
        ada = sign_in(coached.ada)
        sent = {"day": (TODAY - DAY).isoformat(), "time": "10:30", "minutes": 60, "format": "video"}
        refused = ada.post(address(coached, "coaching_new"), {**sent, "minutes": 5})
        assert refused.status_code == 422
        answer = ada.post(
            address(coached, "coaching_new"), {**sent, "agenda": "Saying no", "action": str(action.pk)}
        )
        made = CoachingSession.objects.get()
        page = address(coached, "coaching_session", made.pk)
        assert (answer["Location"], made.coach_id, made.action_id) == (page, coached.colin.pk, action.pk)
        colin = sign_in(coached.colin)
        shown = colin.get(page).content.decode()
        assert all(words in shown for words in ("Saying no", "Did you meet?", "Six talks"))
        colin.post(address(coached, "coaching_record", made.pk), {"state": "held"})
        listed = sign_in(coached.eli).get(address(coached, "coaching")).content.decode()
        assert ("held" in listed, "1 of 8 h" in listed, "Saying no" in listed) == (True, True, False)

    def test_the_chart_says_what_is_next_without_the_agenda(self, coached: World, sign_in: SignIn) -> None:
        make_coaching(coached.ada, coached.colin, agenda="Between us")
        for who, sees in (("ada", True), ("eli", True), ("mara", True), ("colin", True), ("paula", False)):
            page = sign_in(coached.people[who]).get(address(coached, "chart")).content.decode()
            assert ("next session, with" in page, "Between us" in page) == (sees, False), who

    def test_a_session_is_for_the_two(self, coached: World, sign_in: SignIn) -> None:
        made = make_coaching(coached.ada, coached.colin)
        page = address(coached, "coaching_session", made.pk)
        found = {who: sign_in(coached.people[who]).get(page).status_code for who in ("ada", "colin", "eli")}
        assert found == {"ada": 200, "colin": 200, "eli": 404}

    def test_a_leader_without_a_coach_learns_what_to_do(
        self, mercy: World, in_mercy: Scope, sign_in: SignIn
    ) -> None:
        page = sign_in(mercy.ada).get(address(mercy, "coaching_new"))
        assert (page.status_code, "Nobody coaches you yet" in page.content.decode()) == (200, True)
        sent = {"day": TODAY.isoformat(), "time": "10:30", "minutes": 60, "format": "video"}
        sign_in(mercy.ada).post(address(mercy, "coaching_new"), sent)
        assert not CoachingSession.objects.exists()

    def test_with_two_coaches_the_leader_says_which(self, coached: World, sign_in: SignIn) -> None:
        make_seat(coached.ada, coached.olga, by=coached.eli, domain=Domain.COACHING)
        sent = {"day": (TODAY + DAY).isoformat(), "time": "10:30", "minutes": 60, "format": "video"}
        ada, page = sign_in(coached.ada), address(coached, "coaching_new")
        assert ada.post(page, sent).status_code == 422
        ada.post(page, {**sent, "coach": str(coached.olga.pk)})
        assert CoachingSession.objects.get().coach_id == coached.olga.pk

    def test_a_coach_says_how_many(self, coached: World, sign_in: SignIn) -> None:
        page = reverse("sponsors:coach", args=[coached.slug])
        colin = sign_in(coached.colin)
        assert "1 of 4" in colin.get(page).content.decode()
        assert colin.post(page, {"places": 21}).status_code == 422
        colin.post(page, {"places": 2, "approach": "I ask, mostly."})
        assert "1 of 2" in colin.get(page).content.decode()
        team = sign_in(coached.eli).get(address(coached, "team")).content.decode()
        assert "I ask, mostly." in team

    def test_it_is_due_on_today_for_both(self, coached: World, sign_in: SignIn) -> None:
        make_coaching(coached.ada, coached.colin)
        make_coaching(coached.ada, coached.colin, starts_at=NOW - DAY)
        make_coaching(coached.ada, coached.colin, starts_at=NOW + 30 * DAY)
        make_coaching(coached.ada, coached.colin, starts_at=NOW - DAY, state=SessionState.HELD)
        assert sessions_that_wait_for(coached.colin.pk).count() == 2
        page = sign_in(coached.ada).get(reverse("today", args=[coached.slug])).content.decode()
        assert "Coaching session with Colin Mercy" in page
        assert "Did you meet Colin Mercy?" in page

    def test_a_calendar_shows_when_and_not_with_whom(self, coached: World, sign_in: SignIn) -> None:
        made = make_coaching(coached.ada, coached.colin, agenda="Between us")
        make_coaching(coached.ada, coached.colin, state=SessionState.CANCELLED)
        token = feed_token(make_feed(coached.colin))
        content = Client().get(reverse("calendars:feed", args=[coached.slug, token])).content
        events = icalendar.Calendar.from_ical(content).walk("VEVENT")
        assert {(str(each["summary"]), str(each["status"])) for each in events} == {
            ("Coaching session", "CONFIRMED"),
            ("Coaching session", "CANCELLED"),
        }
        single = sign_in(coached.ada).get(address(coached, "coaching_ics", made.pk)).content
        for text in (content.decode(), single.decode()):
            assert not any(word in text for word in ("Ada", "Colin", "Between us"))

    def test_many_sessions_cost_no_more_queries(self, coached: World, sign_in: SignIn) -> None:
        make_coaching(coached.ada, coached.colin)
        eli = sign_in(coached.eli)
        pages = [address(coached, "coaching"), address(coached, "chart")]
        one = [queries_of(eli, page) for page in pages]
        for days in (4, 5):
            make_coaching(coached.ada, coached.colin, starts_at=NOW + days * DAY)
        assert [queries_of(eli, page) for page in pages] == one


def test_of_many_calls_for_the_last_two_places_two_count(committed_mercy: World) -> None:
    """Different sponsors call the same coach; each call is a request of its own."""
    world = committed_mercy
    with tenant_transaction(world.organization.pk):
        save_coach_profile(2, "", by=member_of(world.colin))
    leaders = [make_person(world.organization, f"L{number}", world.unit) for number in range(THREADS)]
    for leader in leaders:
        make_sponsorship(world.eli, leader)
    barrier, said = threading.Barrier(THREADS), Counter[str]()

    def convene(leader: Person) -> None:
        barrier.wait()
        try:
            with tenant_transaction(world.organization.pk):
                convene_specialist(leader, call(world.colin), by=member_of(world.eli))
            said["called"] += 1
        except ValidationError as error:
            said[error.messages[0]] += 1
        finally:
            connections.close_all()

    threads = [threading.Thread(target=convene, args=[leader]) for leader in leaders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    refused = f"All places of {world.colin.name} as a coach are taken in that time: 2 of 2."
    assert said == {"called": 2, refused: THREADS - 2}
