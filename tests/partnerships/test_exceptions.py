"""Who missed a part of a programme is followed up; what it is measured by is declared before."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from partnerships.enums import PhaseKind
from partnerships.models import Partnership, PartnershipProgramme, ProgrammeParticipant
from partnerships.queries.exceptions import gaps_of
from partnerships.queries.programmes import programme_for
from partnerships.services.exceptions import follow_up, settle_exception
from partnerships.services.outcomes import declare_outcome, drop_outcome, measure_outcome
from partnerships.services.phases import finish_phase
from tests.due import due_items
from tests.factories.analyses import make_analysis, make_feedback, make_written_audit
from tests.factories.partnerships import (
    make_exception,
    make_outcome,
    make_phase,
    make_programme,
    make_programme_session,
)
from tests.members import member_of
from tests.notices import told
from tests.world import World

TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)


@pytest.fixture
def programme(mercy: World, dyad: Partnership) -> PartnershipProgramme:
    """Colin runs it, Eli is its sponsor, Ada and Mara are its partners."""
    return make_programme(mercy.root, mercy.colin, mercy.eli, dyad)


def participant(programme: PartnershipProgramme, name: str) -> ProgrammeParticipant:
    return next(one for one in programme.participants_by_name if one.person.given_name == name)


def test_whoever_missed_a_day_or_is_not_coached_in_time_stands_out(
    mercy: World, programme: PartnershipProgramme
) -> None:
    ada, eli = participant(programme, "Ada"), participant(programme, "Eli")
    make_phase(programme, kind=PhaseKind.COACHING, title="Coaching", due_on=TODAY - DAY)
    make_programme_session(eli)
    day = make_phase(programme)
    assert [gap.words for gap in gaps_of(programme)] == [
        "Ada Mercy has not been coached",
        "Mara Mercy has not been coached",
    ]
    finish_phase(day, TODAY, [ada.pk, eli.pk], "", by=member_of(mercy.colin))
    assert [gap.words for gap in gaps_of(programme)][-1] == "Mara Mercy missed “A day in the woods”"
    make_programme_session(ada)
    assert len(gaps_of(programme)) == 2


def test_coaching_is_not_missed_before_its_day(programme: PartnershipProgramme) -> None:
    make_phase(programme, kind=PhaseKind.COACHING, due_on=TODAY)
    assert gaps_of(programme) == []


def test_somebody_sees_to_it_and_says_how_it_ended(mercy: World, programme: PartnershipProgramme) -> None:
    finish_phase(make_phase(programme), TODAY, [], "", by=member_of(mercy.colin))
    gap = gaps_of(programme)[0]
    with pytest.raises(PermissionDenied), transaction.atomic():
        follow_up(programme, gap, mercy.paula, "Call them", by=member_of(mercy.ada))
    made = follow_up(programme, gap, mercy.paula, " Call them ", by=member_of(mercy.colin))
    assert told()[-1] == ({mercy.paula.pk}, "Eli Mercy missed “A day in the woods”: you see to it.")
    with pytest.raises(ValidationError, match="sees to this already"), transaction.atomic():
        follow_up(programme, gap, mercy.ada, "Call them", by=member_of(mercy.colin))
    paula = member_of(mercy.paula)
    assert programme_for(paula, programme.pk)
    assert [item.detail for item in due_items("partnerships", paula, mercy.slug, TODAY)] == ["Call them"]
    with pytest.raises(PermissionDenied), transaction.atomic():
        settle_exception(made, "Done", by=member_of(mercy.mara))
    settle_exception(made, "Made up for it", by=paula)
    with (
        pytest.raises(ValidationError, match="Meanwhile it is settled: Made up for it"),
        transaction.atomic(),
    ):
        settle_exception(made, "Otherwise", by=member_of(mercy.colin))
    assert gaps_of(programme)[0].is_settled
    assert due_items("partnerships", paula, mercy.slug, TODAY) == []


def test_what_was_followed_up_stays_on_the_list(mercy: World, programme: PartnershipProgramme) -> None:
    phase = make_phase(programme, kind=PhaseKind.COACHING, due_on=TODAY - DAY)
    ada = participant(programme, "Ada")
    make_exception(ada, phase, mercy.colin)
    for each in programme.participants_by_name:
        make_programme_session(each)
    assert [gap.participant for gap in gaps_of(programme)] == [ada]


def test_outcomes_are_declared_in_the_first_year(mercy: World, dyad: Partnership) -> None:
    by = member_of(mercy.henry)
    running = make_programme(mercy.root, mercy.colin, mercy.eli, start_date=TODAY - dt.timedelta(days=300))
    over = make_programme(
        mercy.root, mercy.colin, mercy.eli, title="Old", start_date=TODAY - dt.timedelta(days=400)
    )
    declare_outcome(running, "Turnover", "18 %", by=by)
    with pytest.raises(ValidationError, match="declared already"), transaction.atomic():
        declare_outcome(running, "Turnover", "20 %", by=by)
    with pytest.raises(ValidationError, match="The year is over"), transaction.atomic():
        declare_outcome(over, "Turnover", "18 %", by=by)
    with pytest.raises(PermissionDenied), transaction.atomic():
        declare_outcome(running, "More", "1", by=member_of(mercy.ada))


def test_outcomes_are_measured_with_a_day_and_a_source_and_stay(
    mercy: World, programme: PartnershipProgramme
) -> None:
    by, outcome = member_of(mercy.colin), make_outcome(programme)
    with pytest.raises(ValidationError, match="from its declaration until today"), transaction.atomic():
        measure_outcome(outcome, "9 %", TODAY + DAY, "HR", by=by)
    follow = make_phase(programme, kind=PhaseKind.FOLLOW_UP)
    with pytest.raises(ValidationError, match="Note first how it stands: Turnover"), transaction.atomic():
        finish_phase(follow, TODAY, [], "", by=by)
    measured = measure_outcome(outcome, " 9 % ", TODAY, "HR", by=by)
    assert (measured.after, measured.measured_on, measured.source) == ("9 %", TODAY, "HR")
    with pytest.raises(ValidationError, match="It is measured: it stays"), transaction.atomic():
        drop_outcome(outcome, by=by)
    finish_phase(follow, TODAY, [], "", by=by)
    drop_outcome(make_outcome(programme, title="Another"), by=by)
    assert programme.outcomes.count() == 1


def test_whoever_has_not_had_what_the_audit_found_is_followed_up(
    mercy: World, programme: PartnershipProgramme
) -> None:
    audit = make_written_audit(mercy, programme, [f"Comment {number}" for number in range(6)])
    analysis = make_analysis(
        audit, mercy.paula, mercy.stella, state="released", released_on=TODAY - 30 * DAY, comments=6
    )
    make_phase(programme, kind=PhaseKind.AUDIT_START)
    make_feedback(analysis, mercy.ada, told_on=TODAY - 28 * DAY)
    make_feedback(analysis, mercy.mara, told_on=TODAY - 28 * DAY, opened_on=TODAY)
    make_feedback(analysis, mercy.eli, told_on=TODAY - 27 * DAY)
    assert [gap.words for gap in gaps_of(programme)] == ["Ada Mercy has not had what the audit found"]


def test_the_database_refuses_a_measured_outcome_without_a_day(programme: PartnershipProgramme) -> None:
    with pytest.raises(IntegrityError, match="partnerships_outcome_measured"):
        make_outcome(programme, after="14 %", source="HR figures")
