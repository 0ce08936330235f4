"""Which survey was an audit of a programme: one that asked who takes part, and both the same people."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from partnerships.enums import AuditPoint
from partnerships.models import Partnership, PartnershipProgramme, ProgrammeAudit
from partnerships.queries.audits import Asked, asked_of, audit_waves
from partnerships.services.audits import attach_audit, detach_audit
from surveys.enums import WaveState
from tests.factories.partnerships import make_audit, make_audit_wave, make_programme
from tests.factories.surveys import make_live_wave, make_short_instrument, make_wave
from tests.members import member_of
from tests.world import World

LATER = {"opens_on": dt.date(2026, 9, 1), "closes_on": dt.date(2026, 9, 20)}


@pytest.fixture
def programme(mercy: World, dyad: Partnership) -> PartnershipProgramme:
    return make_programme(mercy.root, mercy.colin, mercy.eli, dyad)


def test_both_audits_are_attached_by_whoever_runs_it(mercy: World, programme: PartnershipProgramme) -> None:
    first = make_audit_wave(mercy, mercy.ada, mercy.mara, mercy.paula)
    second = make_audit_wave(mercy, mercy.ada, mercy.mara, **LATER)
    with pytest.raises(PermissionDenied), transaction.atomic():
        attach_audit(programme, AuditPoint.START, first, by=member_of(mercy.ada))
    attach_audit(programme, AuditPoint.START, first, by=member_of(mercy.colin))
    attach_audit(programme, AuditPoint.END, second, by=member_of(mercy.henry))
    assert asked_of(programme, first) == Asked(2, ["Eli Mercy"], 1)
    with pytest.raises(ValidationError, match="There is an audit already"), transaction.atomic():
        attach_audit(programme, AuditPoint.END, second, by=member_of(mercy.henry))


def test_an_audit_asked_somebody_who_takes_part(mercy: World, programme: PartnershipProgramme) -> None:
    strangers = make_audit_wave(mercy, mercy.paula, mercy.olga)
    with pytest.raises(ValidationError, match="asked nobody who takes part"):
        attach_audit(programme, AuditPoint.START, strangers, by=member_of(mercy.colin))


def test_an_audit_has_the_questions_of_one_and_was_opened_here(
    mercy: World, programme: PartnershipProgramme
) -> None:
    audit = make_audit_wave(mercy, mercy.ada)
    others = [
        make_live_wave(make_short_instrument(mercy.organization), {mercy.unit: [mercy.ada]}),
        make_wave(audit.instrument, imported=False, state=WaveState.DRAFT),
        make_wave(audit.instrument),
    ]
    assert list(audit_waves()) == [audit]
    for wave in others:
        with pytest.raises(ValidationError, match="no cultural audit"), transaction.atomic():
            attach_audit(programme, AuditPoint.START, wave, by=member_of(mercy.colin))


def test_both_audits_ask_the_same_part_of_the_people_one_after_the_other(
    mercy: World, programme: PartnershipProgramme
) -> None:
    make_audit(programme, make_audit_wave(mercy, mercy.ada))
    by = member_of(mercy.colin)
    for changed, words in (
        (LATER | {"unit": mercy.unit}, "another part of the people"),
        (LATER | {"audience": "leaders"}, "another part of the people"),
        ({}, "comes before"),
    ):
        wave = make_audit_wave(mercy, mercy.ada, **changed)
        with pytest.raises(ValidationError, match=words), transaction.atomic():
            attach_audit(programme, AuditPoint.END, wave, by=by)


def test_a_wrong_survey_is_taken_away(mercy: World, programme: PartnershipProgramme) -> None:
    audit = make_audit(programme, make_audit_wave(mercy, mercy.ada))
    with pytest.raises(PermissionDenied), transaction.atomic():
        detach_audit(audit, by=member_of(mercy.mara))
    detach_audit(audit, by=member_of(mercy.eli))
    assert not ProgrammeAudit.objects.exists()
