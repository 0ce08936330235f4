"""The year of a programme: what is planned, held, dropped, late; coaching; what it leaves behind."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from partnerships.enums import ArtefactKind, PhaseKind, PhaseState
from partnerships.models import Partnership, PartnershipProgramme, ProgrammeParticipant, ProgrammePhase
from partnerships.queries.phases import Record, artefacts_of, phases_of, presence_at, records_of
from partnerships.services.artefacts import write_artefact
from partnerships.services.coaching import log_coaching, name_coach, strike_coaching
from partnerships.services.phases import (
    add_away_day,
    drop_phase,
    finish_phase,
    plan_phase,
    remind_of_late_phases,
    reopen_phase,
)
from partnerships.services.programmes import Outline, begin_programme, close_programme
from tests.due import due_items
from tests.factories.partnerships import (
    make_audit,
    make_audit_wave,
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


def test_a_new_programme_has_its_year(mercy: World, dyad: Partnership) -> None:
    outline = Outline("Together", "One", mercy.root, mercy.colin, mercy.eli, "", dt.date(2026, 1, 31))
    made = begin_programme(outline, by=member_of(mercy.henry))
    found = list(phases_of(made))
    assert [(each.kind, each.due_on.isoformat()) for each in found] == [
        ("audit_start", "2026-02-28"),
        ("profiling", "2026-03-31"),
        ("away_day", "2026-04-30"),
        ("away_day", "2026-07-31"),
        ("coaching", "2026-11-30"),
        ("audit_end", "2027-01-31"),
        ("follow_up", "2028-01-31"),
    ]
    assert {each.owner_id for each in found} == {mercy.colin.pk}


@pytest.mark.parametrize("who", ["ada", "mara", "paula", "olga"])
def test_whoever_runs_it_plans_the_year(mercy: World, programme: PartnershipProgramme, who: str) -> None:
    by, phase = member_of(mercy.people[who]), make_phase(programme)
    for act in (
        lambda: add_away_day(programme, "Another", TODAY, by=by),
        lambda: plan_phase(phase, TODAY, mercy.ada, by=by),
        lambda: finish_phase(phase, TODAY, [], "", by=by),
        lambda: drop_phase(phase, "No money", by=by),
        lambda: reopen_phase(phase, by=by),
        lambda: close_programme(programme, by=by),
    ):
        with pytest.raises(PermissionDenied), transaction.atomic():
            act()  # type: ignore[no-untyped-call]  # a list of acts


def test_an_away_day_is_planned_held_and_noted_with_who_was_there(
    mercy: World, programme: PartnershipProgramme
) -> None:
    by = member_of(mercy.colin)
    phase = add_away_day(programme, " Two days by the sea ", TODAY + DAY, by=by)
    planned = plan_phase(phase, TODAY, mercy.mara, by=by)
    assert (planned.title, planned.due_on, planned.owner) == ("Two days by the sea", TODAY, mercy.mara)
    assert told()[-1][0] == {mercy.mara.pk}
    ada, eli, mara = (participant(programme, name) for name in ("Ada", "Eli", "Mara"))
    finish_phase(phase, TODAY, [ada.pk, eli.pk], "A mission", by=by)
    assert presence_at(phase) == {ada.pk: True, eli.pk: True, mara.pk: False}
    with pytest.raises(ValidationError, match="Meanwhile it is noted as done"), transaction.atomic():
        drop_phase(phase, "Rain", by=by)
    assert reopen_phase(phase, by=by).state == PhaseState.OPEN
    assert presence_at(phase) == {}


def test_whoever_has_left_is_not_expected(mercy: World, programme: PartnershipProgramme) -> None:
    phase = make_phase(programme)
    ProgrammeParticipant.objects.filter(person=mercy.mara.pk).update(left_on=TODAY - DAY)
    mara = participant(programme, "Mara").pk
    with pytest.raises(ValidationError, match="only those who took part"), transaction.atomic():
        finish_phase(phase, TODAY, [mara], "", by=member_of(mercy.colin))
    finish_phase(phase, TODAY, [], "", by=member_of(mercy.colin))
    assert set(presence_at(phase)) == {participant(programme, name).pk for name in ("Ada", "Eli")}


@pytest.mark.parametrize("day", [TODAY + DAY, dt.date(2026, 1, 4)])
def test_what_took_place_lies_between_the_first_day_and_today(
    mercy: World, programme: PartnershipProgramme, day: dt.date
) -> None:
    with pytest.raises(ValidationError, match="from the programme’s first one until today"):
        finish_phase(make_phase(programme), day, [], "", by=member_of(mercy.colin))
    with pytest.raises(ValidationError):
        log_coaching(programme.participants_by_name[0], day, by=member_of(mercy.colin))


def test_an_audit_is_done_when_its_survey_is_known(mercy: World, programme: PartnershipProgramme) -> None:
    phase, by = make_phase(programme, kind=PhaseKind.AUDIT_START), member_of(mercy.colin)
    with pytest.raises(ValidationError, match="Attach the survey"), transaction.atomic():
        finish_phase(phase, TODAY, [], "", by=by)
    make_audit(programme, make_audit_wave(mercy, mercy.ada))
    assert finish_phase(phase, TODAY, [], "", by=by).state == PhaseState.DONE


def test_it_closes_when_nothing_is_to_come(mercy: World, programme: PartnershipProgramme) -> None:
    phase, by = make_phase(programme), member_of(mercy.colin)
    with pytest.raises(ValidationError, match="Still to come: A day in the woods"), transaction.atomic():
        close_programme(programme, by=by)
    with pytest.raises(ValidationError, match="Say why"), transaction.atomic():
        drop_phase(phase, " ", by=by)
    drop_phase(phase, "No money", by=by)
    assert close_programme(programme, by=by).closed_on == TODAY
    with pytest.raises(ValidationError, match="is closed"), transaction.atomic():
        reopen_phase(phase, by=by)
    with pytest.raises(ValidationError, match="is closed"), transaction.atomic():
        write_artefact(programme, ArtefactKind.MISSION, "Late words", 0, by=member_of(mercy.ada))


def test_today_tells_who_sees_to_it_and_who_runs_it(mercy: World, programme: PartnershipProgramme) -> None:
    make_phase(programme, owner_id=mercy.mara.pk, due_on=TODAY - DAY)
    make_phase(programme, title="Far away", due_on=TODAY + 20 * DAY)

    def titles(who: str) -> list[str]:
        member = member_of(mercy.people[who])
        return [item.title for item in due_items("partnerships", member, mercy.slug, TODAY)]

    assert {who: titles(who) for who in ("ada", "mara", "colin", "henry")} == {
        "ada": [],
        "mara": ["A day in the woods"],
        "colin": ["A day in the woods"],
        "henry": [],
    }


def test_reminders_of_what_is_late_come_once_a_week(mercy: World, programme: PartnershipProgramme) -> None:
    make_phase(programme, owner_id=mercy.mara.pk, due_on=TODAY - DAY)
    make_phase(programme, title="In time", due_on=TODAY)
    assert [remind_of_late_phases(on=day) for day in (TODAY, TODAY + DAY)] == [1, 1]
    assert told()[0][0] == {mercy.mara.pk, mercy.colin.pk}
    assert "“A day in the woods” of the programme “Leading together” is late." in {each for _, each in told()}
    assert [remind_of_late_phases(on=TODAY + days * DAY) for days in (6, 7, 8)] == [0, 1, 1]
    ProgrammePhase.objects.update(state=PhaseState.DONE, over_on=TODAY)
    assert remind_of_late_phases(on=TODAY + 100 * DAY) == 0


def test_everybody_is_coached_and_logs_their_own_sessions(
    mercy: World, programme: PartnershipProgramme
) -> None:
    ada = participant(programme, "Ada")
    with pytest.raises(ValidationError, match="Nobody coaches themselves"), transaction.atomic():
        name_coach(ada, mercy.ada, by=member_of(mercy.colin))
    assert name_coach(ada, mercy.paula, by=member_of(mercy.colin)).coach == mercy.paula
    assert told()[-1] == ({mercy.ada.pk}, "Paula Mercy will coach you in the programme “Leading together”.")
    for who in ("mara", "paula"):
        with pytest.raises(PermissionDenied), transaction.atomic():
            log_coaching(ada, TODAY, by=member_of(mercy.people[who]))
    log_coaching(ada, TODAY - DAY, by=member_of(mercy.ada))
    session = log_coaching(ada, TODAY, by=member_of(mercy.colin))
    with pytest.raises(ValidationError, match="logged already"), transaction.atomic():
        log_coaching(ada, TODAY, by=member_of(mercy.ada))
    assert records_of(programme)[ada.pk] == Record(sessions=2, last_session=TODAY)
    strike_coaching(session, by=member_of(mercy.ada))
    assert records_of(programme)[ada.pk].sessions == 1
    with pytest.raises(PermissionDenied), transaction.atomic():
        strike_coaching(make_programme_session(ada), by=member_of(mercy.mara))


def test_those_who_take_part_write_down_what_they_came_to(
    mercy: World, programme: PartnershipProgramme
) -> None:
    for who in ("paula", "olga"):
        with pytest.raises(PermissionDenied), transaction.atomic():
            write_artefact(programme, ArtefactKind.MISSION, "Mine", 0, by=member_of(mercy.people[who]))
    write_artefact(programme, ArtefactKind.MISSION, "Ada's words", 0, by=member_of(mercy.ada))
    with pytest.raises(ValidationError, match="It now says: Ada's words"), transaction.atomic():
        write_artefact(programme, ArtefactKind.MISSION, "Mara's words", 0, by=member_of(mercy.mara))
    written = write_artefact(programme, ArtefactKind.MISSION, "Both", 1, by=member_of(mercy.mara))
    assert (written.words, written.revision, set(artefacts_of(programme))) == ("Both", 2, {"mission"})
