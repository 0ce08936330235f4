"""The task of a score below the line in the leader's clinic: seen, coached, closed with evidence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mentoring.enums import MeetingFormat
from passport.permissions import Subject
from people.models import Person
from readiness.enums import CloseReason, CoachingState
from readiness.models import CoachingTask
from readiness.services import close_coaching
from sponsors.enums import Domain, SessionState
from sponsors.flags import flags_shown_to
from sponsors.models import CoachingSession
from sponsors.services.coaching import Meeting, plan_session, record_session
from tenancy.scope import Scope
from tests.counting import queries_of
from tests.factories.readiness import make_snapshot, make_task
from tests.factories.sponsors import make_coaching, make_seat, make_sponsor, make_sponsorship
from tests.members import member_of
from tests.notices import told
from tests.world import World

SignIn = Callable[[Person], Client]
TODAY = timezone.localdate()
NOW = timezone.now()
DAY = dt.timedelta(days=1)


@pytest.fixture
def task(mercy: World, in_mercy: Scope) -> CoachingTask:
    """Of Ada's score, for Colin, who has no seat in her clinic."""
    return make_task(
        make_snapshot(mercy.ada),
        state=CoachingState.ASSIGNED,
        owner=mercy.colin,
        opened_on=TODAY - 20 * DAY,
        due_on=TODAY + 8 * DAY,
    )


def meeting(days: int = 3) -> Meeting:
    return Meeting(NOW + days * DAY, 60, MeetingFormat.IN_PERSON)


def held_for(task: CoachingTask, coach: Person, **fields: object) -> CoachingSession:
    values = {"starts_at": NOW - DAY, "state": SessionState.HELD, "flag": task.pk, **fields}
    return make_coaching(task.person, coach, **values)


def close(task: CoachingTask, world: World, **fields: object) -> None:
    values = {"reason": CloseReason.SESSION_HELD, "note": "", **fields}
    close_coaching(task, **values, subject=Subject(world.ada.pk, frozenset()), by=member_of(world.colin))  # type: ignore[arg-type]  # of the fields' types


def address(world: World, name: str, *arguments: object) -> str:
    return reverse(f"sponsors:{name}", args=[world.slug, world.ada.pk, *arguments])


class TestFlags:
    def test_who_sees_the_task_sees_its_flag(self, mercy: World, task: CoachingTask) -> None:
        seen = {who: flags_shown_to(member_of(mercy.people[who]), mercy.ada.pk) for who in mercy.people}
        assert {who for who, flags in seen.items() if flags} == {"paula", "henry", "colin"}
        assert [flag.is_own for who in ("paula", "colin") for flag in seen[who]] == [False, True]
        [flag] = seen["colin"]
        assert (flag.id, flag.owner, flag.due_on) == (task.pk, "Colin Mercy", task.due_on)
        assert flag.title == "Readiness Score below the line, Q3 2026"

    def test_a_closed_one_is_none(self, mercy: World, task: CoachingTask) -> None:
        close(task, mercy)
        assert flags_shown_to(member_of(mercy.paula), mercy.ada.pk) == []

    def test_the_chart_shows_it_to_those_alone(
        self, mercy: World, task: CoachingTask, sign_in: SignIn
    ) -> None:
        make_sponsor(mercy.eli)
        make_sponsorship(mercy.eli, mercy.ada)
        for who, sees in (("paula", True), ("henry", True), ("ada", False), ("eli", False), ("mara", False)):
            page = sign_in(mercy.people[who]).get(address(mercy, "chart")).content.decode()
            assert ("Who looks after" in page, "below the line" in page) == (True, sees), who

    def test_a_coach_of_the_team_who_has_the_task_sees_both(
        self, mercy: World, task: CoachingTask, sign_in: SignIn
    ) -> None:
        make_seat(mercy.ada, mercy.colin, by=mercy.eli, domain=Domain.COACHING)
        page = sign_in(mercy.colin).get(address(mercy, "coaching")).content.decode()
        assert ("you coach for it" in page, f"?flag={task.pk}" in page) == (True, True)

    def test_tasks_cost_the_chart_no_more_queries(
        self, mercy: World, task: CoachingTask, sign_in: SignIn
    ) -> None:
        paula, page = sign_in(mercy.paula), address(mercy, "chart")
        one = queries_of(paula, page)
        for quarter in ("2026Q1", "2026Q2"):
            make_task(make_snapshot(mercy.ada, quarter=quarter))
        assert queries_of(paula, page) == one


class TestPlanning:
    def test_its_owner_plans_a_session_without_a_seat(self, mercy: World, task: CoachingTask) -> None:
        colin = member_of(mercy.colin)
        made = plan_session(mercy.ada, meeting(), coach=mercy.colin, flag_id=task.pk, by=colin)
        assert (made.flag, made.coach_id, told()[0][0]) == (task.pk, mercy.colin.pk, {mercy.ada.pk})

    @pytest.mark.parametrize("who", ["paula", "henry", "mara", "eli"])
    def test_nobody_else_does(self, mercy: World, task: CoachingTask, who: str) -> None:
        person = mercy.people[who]
        with pytest.raises(PermissionDenied):
            plan_session(mercy.ada, meeting(), coach=person, flag_id=task.pk, by=member_of(person))

    def test_not_for_another_leader_nor_when_it_is_closed(self, mercy: World, task: CoachingTask) -> None:
        colin = member_of(mercy.colin)
        with pytest.raises(PermissionDenied):
            plan_session(mercy.mara, meeting(), coach=mercy.colin, flag_id=task.pk, by=colin)
        close(task, mercy)
        with pytest.raises(PermissionDenied):
            plan_session(mercy.ada, meeting(), coach=mercy.colin, flag_id=task.pk, by=colin)

    def test_from_the_task_to_the_evidence(self, mercy: World, task: CoachingTask, sign_in: SignIn) -> None:
        colin, page = sign_in(mercy.colin), reverse("readiness:task", args=[mercy.slug, task.pk])
        plan = f"{address(mercy, 'coaching_new')}?flag={task.pk}"
        assert plan in colin.get(page).content.decode()
        assert "below the line" in colin.get(plan).content.decode()
        assert colin.get(address(mercy, "coaching_new")).status_code == 404
        sent = {"day": (TODAY - DAY).isoformat(), "time": "10:30", "minutes": 60, "format": "video"}
        colin.post(plan, {**sent, "agenda": "Between us"})
        made = CoachingSession.objects.get()
        assert colin.get(address(mercy, "coaching_session", made.pk)).status_code == 200
        record_session(made, SessionState.HELD, by=member_of(mercy.ada))
        assert (
            "A session was held: close the task."
            in colin.get(reverse("today", args=[mercy.slug])).content.decode()
        )
        offered = colin.get(page).content.decode()
        assert (f'value="{made.pk}"' in offered, "Between us" in offered) == (True, False)
        colin.post(
            reverse("readiness:close", args=[mercy.slug, task.pk]),
            {"reason": "session_held", "session": str(made.pk)},
        )
        task.refresh_from_db()
        assert (task.state, task.session_id) == (CoachingState.CLOSED, made.pk)
        told_to_paula = sign_in(mercy.paula).get(page).content.decode()
        assert ("Evidence" in told_to_paula, "Between us" in told_to_paula) == (True, False)


class TestEvidence:
    def test_it_is_a_session_held_for_the_task(self, mercy: World, task: CoachingTask) -> None:
        for fields in ({"flag": None}, {"state": SessionState.MISSED}, {"flag": mercy.ada.pk}):
            with pytest.raises(ValidationError, match="held for this task"):
                close(task, mercy, session=held_for(task, mercy.colin, **fields))

    def test_it_goes_with_its_reason(self, mercy: World, task: CoachingTask, sign_in: SignIn) -> None:
        held = held_for(task, mercy.colin)
        with pytest.raises(ValidationError, match="evidence that a session was held"):
            close(task, mercy, session=held, reason=CloseReason.PLAN_AGREED)
        with pytest.raises(IntegrityError, match="readiness_coachingtask_evidence"), transaction.atomic():
            CoachingTask.objects.filter(pk=task.pk).update(session=held)
        sign_in(mercy.colin).post(
            reverse("readiness:close", args=[mercy.slug, task.pk]),
            {"reason": "plan_agreed", "session": str(held.pk)},
        )
        task.refresh_from_db()
        assert (task.close_reason, task.session_id) == ("plan_agreed", None)
