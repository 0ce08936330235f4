"""From asking to the end: who may take which step, what it does, and who is told."""

from __future__ import annotations

import datetime as dt
import threading
from collections import Counter

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connections, transaction
from django.utils import timezone

from people.models import Person, ReportingLine
from sponsors.enums import OverCause, SponsorshipState
from sponsors.models import Sponsorship
from sponsors.services.sponsorships import (
    accept_sponsorship,
    ask_sponsor,
    decline_sponsorship,
    end_for_leavers,
    end_sponsorship,
    withdraw_request,
    write_handover,
)
from tenancy.models import AuditEntry
from tenancy.scope import Scope, tenant_transaction
from tests.factories.people import make_line, make_person
from tests.factories.sponsors import make_sponsor, make_sponsorship
from tests.members import member_of
from tests.notices import told
from tests.world import World

TODAY = timezone.localdate()
THREADS = 12


@pytest.fixture
def asked(mercy: World, in_mercy: Scope) -> Sponsorship:
    """Ada asked Eli."""
    make_sponsor(mercy.eli)
    return make_sponsorship(mercy.eli, mercy.ada, state=SponsorshipState.ASKED)


@pytest.fixture
def running(mercy: World, in_mercy: Scope) -> Sponsorship:
    """Eli sponsors Ada, and Henry sponsors too."""
    make_sponsor(mercy.eli)
    make_sponsor(mercy.henry)
    return make_sponsorship(mercy.eli, mercy.ada)


def states(leader: Person) -> dict[str, str]:
    """Of a leader's sponsorships by the sponsor's given name."""
    rows = Sponsorship.objects.filter(leader=leader).order_by("asked_on", "started_on")
    return dict(rows.values_list("sponsor__given_name", "state"))


class TestAsking:
    def test_a_leader_asks_and_the_sponsor_is_told(self, mercy: World, in_mercy: Scope) -> None:
        make_sponsor(mercy.eli)
        made = ask_sponsor(mercy.eli, why=" You led a hospital. ", by=member_of(mercy.ada))
        assert (made.leader_id, made.sponsor_id, made.state) == (mercy.ada.pk, mercy.eli.pk, "asked")
        assert (made.asked_on, made.why) == (TODAY, "You led a hospital.")
        assert told() == [({mercy.eli.pk}, "Ada Mercy asks you to be their primary sponsor.")]

    def test_one_request_at_a_time(self, mercy: World, asked: Sponsorship) -> None:
        make_sponsor(mercy.henry)
        with pytest.raises(ValidationError, match="You asked Eli Mercy, who has not answered yet"):
            ask_sponsor(mercy.henry, by=member_of(mercy.ada))

    def test_nobody_asks_themselves(self, mercy: World, in_mercy: Scope) -> None:
        make_sponsor(mercy.ada)
        with pytest.raises(ValidationError, match="Nobody is their own sponsor"):
            ask_sponsor(mercy.ada, by=member_of(mercy.ada))

    def test_the_immediate_leader_stands_beside_a_sponsor(self, mercy: World, in_mercy: Scope) -> None:
        make_sponsor(mercy.mara)
        with pytest.raises(ValidationError, match="Mara Mercy is your immediate leader"):
            ask_sponsor(mercy.mara, by=member_of(mercy.ada))

    def test_somebody_who_does_not_sponsor_is_not_asked(self, mercy: World, in_mercy: Scope) -> None:
        with pytest.raises(ValidationError, match="Eli Mercy does not sponsor anybody here"):
            ask_sponsor(mercy.eli, by=member_of(mercy.ada))

    def test_somebody_who_left_is_not_asked(self, mercy: World, in_mercy: Scope) -> None:
        make_sponsor(mercy.eli)
        mercy.eli.end_date = TODAY - dt.timedelta(days=1)
        mercy.eli.save(update_fields=["end_date"])
        with pytest.raises(ValidationError, match="does not sponsor anybody here"):
            ask_sponsor(mercy.eli, by=member_of(mercy.ada))

    def test_who_takes_nobody_new_is_not_asked(self, mercy: World, in_mercy: Scope) -> None:
        make_sponsor(mercy.eli, offering=False)
        with pytest.raises(ValidationError, match="takes no new leaders"):
            ask_sponsor(mercy.eli, by=member_of(mercy.ada))

    def test_without_a_place_free_nobody_is_asked(self, mercy: World, in_mercy: Scope) -> None:
        make_sponsor(mercy.eli, places=1)
        make_sponsorship(mercy.eli, mercy.colin)
        with pytest.raises(ValidationError, match="All places of Eli Mercy are taken: 1 of 1"):
            ask_sponsor(mercy.eli, by=member_of(mercy.ada))

    def test_the_sponsor_one_has_is_not_asked_again(self, mercy: World, running: Sponsorship) -> None:
        with pytest.raises(ValidationError, match="Eli Mercy is your primary sponsor already"):
            ask_sponsor(mercy.eli, by=member_of(mercy.ada))


class TestAnswering:
    def test_a_yes_begins_it_and_the_manager_is_told(self, mercy: World, asked: Sponsorship) -> None:
        accepted = accept_sponsorship(asked, by=member_of(mercy.eli))
        assert (accepted.state, accepted.started_on, accepted.follows) == ("active", TODAY, None)
        assert told() == [
            ({mercy.ada.pk}, "Eli Mercy is your primary sponsor from today."),
            (
                {mercy.mara.pk},
                "Eli Mercy is the primary sponsor of Ada Mercy: you will review their plan together.",
            ),
        ]

    def test_only_who_was_asked_answers(self, mercy: World, asked: Sponsorship) -> None:
        for person in (mercy.ada, mercy.henry):
            with pytest.raises(PermissionDenied):
                accept_sponsorship(asked, by=member_of(person))
            with pytest.raises(PermissionDenied):
                decline_sponsorship(asked, cause=OverCause.NO_TIME, by=member_of(person))

    def test_a_no_gives_a_reason(self, mercy: World, asked: Sponsorship) -> None:
        with pytest.raises(ValidationError, match="Say why"):
            decline_sponsorship(asked, cause=OverCause.OTHER, by=member_of(mercy.eli))
        with pytest.raises(ValidationError, match="Choose one of the reasons"):
            decline_sponsorship(asked, cause=OverCause.HAND_OVER, by=member_of(mercy.eli))
        declined = decline_sponsorship(asked, cause=OverCause.NO_TIME, by=member_of(mercy.eli))
        assert (declined.state, declined.over_by_id, declined.over_cause) == (
            "declined",
            mercy.eli.pk,
            "no_time",
        )
        assert told() == [({mercy.ada.pk}, "Eli Mercy cannot be your sponsor now: ask somebody else.")]

    def test_what_was_taken_back_is_not_accepted(self, mercy: World, asked: Sponsorship) -> None:
        withdraw_request(asked, by=member_of(mercy.ada))
        with pytest.raises(ValidationError, match="It is now: withdrawn"):
            accept_sponsorship(asked, by=member_of(mercy.eli))

    def test_only_the_leader_takes_it_back(self, mercy: World, asked: Sponsorship) -> None:
        with pytest.raises(PermissionDenied):
            withdraw_request(asked, by=member_of(mercy.eli))

    def test_a_place_that_was_taken_meanwhile_is_not_given_twice(self, mercy: World, in_mercy: Scope) -> None:
        make_sponsor(mercy.eli, places=1)
        waiting = make_sponsorship(mercy.eli, mercy.ada, state=SponsorshipState.ASKED)
        make_sponsorship(mercy.eli, mercy.colin)
        with pytest.raises(ValidationError, match="All places of Eli Mercy are taken"):
            accept_sponsorship(waiting, by=member_of(mercy.eli))

    def test_nobody_becomes_the_sponsor_of_who_reports_to_them_by_now(
        self, mercy: World, asked: Sponsorship
    ) -> None:
        ReportingLine.objects.filter(person=mercy.ada).update(manager=mercy.eli)
        with pytest.raises(ValidationError, match="Ada Mercy reports to you by now"):
            accept_sponsorship(asked, by=member_of(mercy.eli))


class TestChanging:
    def test_the_next_yes_hands_over_on_the_same_day(self, mercy: World, running: Sponsorship) -> None:
        request = ask_sponsor(mercy.henry, by=member_of(mercy.ada))
        assert states(mercy.ada) == {"Eli": "active", "Henry": "asked"}
        after = accept_sponsorship(request, by=member_of(mercy.henry))
        running.refresh_from_db()
        assert states(mercy.ada) == {"Eli": "ended", "Henry": "active"}
        assert (running.over_on, running.over_cause, running.over_by_id) == (TODAY, "hand_over", mercy.ada.pk)
        assert after.follows_id == running.pk
        assert (
            {mercy.eli.pk},
            "Henry Mercy sponsors Ada Mercy from today: write the hand-over.",
        ) in told()

    def test_the_former_sponsor_writes_the_handover_for_a_while(
        self, mercy: World, running: Sponsorship
    ) -> None:
        after = accept_sponsorship(
            ask_sponsor(mercy.henry, by=member_of(mercy.ada)), by=member_of(mercy.henry)
        )
        written = write_handover(running, " She budgets a ward next. ", by=member_of(mercy.eli))
        assert written.handover == "She budgets a ward next."
        assert ({mercy.ada.pk, mercy.henry.pk}, "The hand-over for Ada Mercy is written.") in told()
        with pytest.raises(PermissionDenied):
            write_handover(running, "Mine", by=member_of(mercy.ada))
        Sponsorship.objects.filter(pk=running.pk).update(over_on=TODAY - dt.timedelta(days=61))
        with pytest.raises(ValidationError, match="closed 60 days after the end"):
            write_handover(running, "Late", by=member_of(mercy.eli))
        assert after.follows_id == running.pk

    def test_either_side_ends_it_and_nobody_else(self, mercy: World, running: Sponsorship) -> None:
        for person in (mercy.mara, mercy.paula, mercy.henry):
            with pytest.raises(PermissionDenied):
                end_sponsorship(running, cause=OverCause.LEAVING, by=member_of(person))
        ended = end_sponsorship(running, cause=OverCause.LEAVING, by=member_of(mercy.eli))
        assert (ended.state, ended.over_on) == ("ended", TODAY)
        assert told() == [
            ({mercy.ada.pk, mercy.mara.pk}, "Eli Mercy is no longer the primary sponsor of Ada Mercy.")
        ]

    def test_it_survives_a_change_of_manager_and_unit(self, mercy: World, running: Sponsorship) -> None:
        ReportingLine.objects.filter(person=mercy.ada).update(end_date=TODAY)
        make_line(mercy.ada, mercy.olga, start_date=TODAY)
        mercy.ada.unit = mercy.root
        mercy.ada.save(update_fields=["unit"])
        running.refresh_from_db()
        assert running.is_running

    def test_with_whoever_leaves_it_ends_once(self, mercy: World, running: Sponsorship) -> None:
        make_sponsorship(mercy.henry, mercy.colin, state=SponsorshipState.ASKED)
        Person.objects.filter(pk__in=[mercy.eli.pk, mercy.henry.pk]).update(
            end_date=TODAY - dt.timedelta(days=1)
        )
        assert [end_for_leavers(on=TODAY), end_for_leavers(on=TODAY)] == [2, 0]
        assert (states(mercy.ada), states(mercy.colin)) == ({"Eli": "ended"}, {"Henry": "withdrawn"})
        running.refresh_from_db()
        assert (running.over_cause, running.over_by_id) == ("leaving", None)

    def test_on_the_last_day_it_still_runs(self, mercy: World, running: Sponsorship) -> None:
        Person.objects.filter(pk=mercy.eli.pk).update(end_date=TODAY)
        assert end_for_leavers(on=TODAY) == 0


class TestDatabase:
    def test_it_refuses_a_second_primary_sponsor(self, mercy: World, running: Sponsorship) -> None:
        with pytest.raises(IntegrityError, match="sponsors_sponsorship_one_primary"), transaction.atomic():
            make_sponsorship(mercy.henry, mercy.ada)

    def test_it_refuses_somebody_as_their_own_sponsor(self, mercy: World, in_mercy: Scope) -> None:
        with pytest.raises(IntegrityError, match="not_oneself"), transaction.atomic():
            make_sponsorship(mercy.ada, mercy.ada)

    def test_it_refuses_dates_backwards(self, mercy: World, running: Sponsorship) -> None:
        running.state, running.over_on = SponsorshipState.ENDED, dt.date(2025, 1, 1)
        with pytest.raises(IntegrityError, match="sponsors_sponsorship_state"), transaction.atomic():
            running.save()

    def test_it_refuses_one_that_runs_and_never_began(self, mercy: World, running: Sponsorship) -> None:
        running.started_on = None
        with pytest.raises(IntegrityError, match="sponsors_sponsorship_state"), transaction.atomic():
            running.save()

    def test_it_refuses_an_end_without_a_day(self, mercy: World, running: Sponsorship) -> None:
        running.state = SponsorshipState.ENDED
        with pytest.raises(IntegrityError, match="sponsors_sponsorship_state"), transaction.atomic():
            running.save()

    def test_the_audit_trail_tells_the_step_and_not_the_words(self, mercy: World, asked: Sponsorship) -> None:
        decline_sponsorship(asked, cause=OverCause.OTHER, words="Burning out", by=member_of(mercy.eli))
        changes = AuditEntry.objects.filter(table_name="sponsors_sponsorship").values("change")
        trail = str(list(changes))
        assert "declined" in trail
        assert "Burning" not in trail
        end_sponsorship(
            make_sponsorship(mercy.eli, mercy.colin), cause=OverCause.NOT_WORKING, by=member_of(mercy.eli)
        )
        causes = AuditEntry.objects.filter(table_name="sponsors_sponsorship").values("change")
        assert "not_working" not in str(list(causes))


def test_of_many_yeses_to_the_last_place_one_counts(committed_mercy: World) -> None:
    """Different leaders asked the same sponsor; each yes is a request of its own."""
    world = committed_mercy
    make_sponsor(world.eli, places=1)
    leaders = [make_person(world.organization, f"L{number}", world.unit) for number in range(THREADS)]
    requests = [make_sponsorship(world.eli, leader, state=SponsorshipState.ASKED) for leader in leaders]
    barrier, said = threading.Barrier(THREADS), Counter[str]()

    def accept(request: Sponsorship) -> None:
        barrier.wait()
        try:
            with tenant_transaction(world.organization.pk):
                accept_sponsorship(request, by=member_of(world.eli))
            said["accepted"] += 1
        except ValidationError as error:
            said[error.messages[0]] += 1
        finally:
            connections.close_all()

    threads = [threading.Thread(target=accept, args=[request]) for request in requests]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    refused = f"All places of {world.eli.name} are taken: 1 of 1."
    assert said == {"accepted": 1, refused: THREADS - 1}
