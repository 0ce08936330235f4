"""Which surveys were the audits of a partnership programme, by API."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import pytest

from partnerships.models import PartnershipProgramme, ProgrammeAudit
from surveys.enums import WaveState
from tenancy.scope import Scope
from tests.counting import queries_of
from tests.factories.analyses import make_analysis, make_written_audit
from tests.factories.partnerships import (
    make_audit,
    make_audit_wave,
    make_partnership,
    make_programme,
)
from tests.factories.surveys import make_wave
from tests.rest import api, faults, get, path, post, problem
from tests.world import World

LATER = {"opens_on": dt.date(2026, 9, 1), "closes_on": dt.date(2026, 9, 20)}


@pytest.fixture
def programme(mercy: World) -> PartnershipProgramme:
    """Colin runs it, Eli is its sponsor, Ada and Mara are its partners."""
    dyad = make_partnership(mercy.unit, mercy.ada, mercy.mara)
    return make_programme(mercy.root, mercy.colin, mercy.eli, dyad)


def url_of(world: World, programme: PartnershipProgramme, *more: object) -> str:
    return path(world, "partnership-programmes", programme.pk, *more)


def test_both_audits_are_attached_by_whoever_runs_it(mercy: World, programme: PartnershipProgramme) -> None:
    url, colin = url_of(mercy, programme, "audits"), api(mercy, mercy.colin)
    first = make_audit_wave(mercy, mercy.ada, mercy.mara, mercy.paula)
    second = make_audit_wave(mercy, mercy.ada, **LATER)
    made = post(colin, url, which="start", wave=str(first.pk))
    assert (made.status_code, made.json()["wave"]["id"]) == (201, str(first.pk))
    # How many, and nobody by name.
    assert made.json()["asked"] == {"participants": 2, "all": 3, "others": 1}
    assert post(colin, url, which="end", wave=str(second.pk)).status_code == 201
    problem(post(colin, url, which="end", wave=str(second.pk)), 409)
    told = get(api(mercy, mercy.ada), url)
    assert [each["which"] for each in told] == ["start", "end"]
    assert told[0] == made.json()


def test_it_is_for_whoever_runs_it(mercy: World, programme: PartnershipProgramme, in_mercy: Scope) -> None:
    wave = make_audit_wave(mercy, mercy.ada)
    audit = make_audit(programme, wave)
    for who, status in (("ada", 403), ("mara", 403), ("paula", 404), ("stella", 404)):
        client = api(mercy, mercy.people[who])
        problem(post(client, url_of(mercy, programme, "audits"), which="end", wave=str(wave.pk)), status)
        problem(client.delete(url_of(mercy, programme, "audits", audit.pk)), status)
        problem(client.get(url_of(mercy, programme, "audit-surveys")), status)
    assert ProgrammeAudit.objects.get() == audit


def test_a_survey_that_does_not_fit_is_refused_at_its_field(
    mercy: World, fenwick: World, programme: PartnershipProgramme, in_mercy: Scope
) -> None:
    url, colin = url_of(mercy, programme, "audits"), api(mercy, mercy.colin)
    strangers = make_audit_wave(mercy, mercy.paula)
    draft = make_wave(strangers.instrument, imported=False, state=WaveState.DRAFT)
    elsewhere = make_audit_wave(fenwick, fenwick.ada)
    for wave in (strangers.pk, draft.pk, uuid4(), elsewhere.pk):
        assert faults(post(colin, url, which="start", wave=str(wave)), 422).keys() == {"/wave"}
    make_audit(programme, make_audit_wave(mercy, mercy.ada))
    again = make_audit_wave(mercy, mercy.ada)
    assert "comes before" in faults(post(colin, url, which="end", wave=str(again.pk)), 422)["/wave"]


def test_a_wrong_survey_is_taken_away_until_somebody_codes_it(
    mercy: World, programme: PartnershipProgramme, in_mercy: Scope
) -> None:
    colin = api(mercy, mercy.colin)
    wrong = make_audit(programme, make_audit_wave(mercy, mercy.ada))
    other = make_programme(mercy.root, mercy.colin, mercy.eli, title="Another")
    problem(colin.delete(url_of(mercy, other, "audits", wrong.pk)), 404)
    assert colin.delete(url_of(mercy, programme, "audits", wrong.pk)).status_code == 204
    assert not ProgrammeAudit.objects.exists()
    coded = make_written_audit(mercy, programme, ["A", "B", "C", "D", "E"])
    make_analysis(coded, mercy.paula, mercy.stella)
    said = problem(colin.delete(url_of(mercy, programme, "audits", coded.pk)), 409)["detail"]
    assert said == "What was written in it is being analysed: it stays."
    assert ProgrammeAudit.objects.get() == coded


def test_the_surveys_to_choose_from(mercy: World, programme: PartnershipProgramme, in_mercy: Scope) -> None:
    colin, url = api(mercy, mercy.colin), url_of(mercy, programme, "audit-surveys")
    first = make_audit_wave(mercy, mercy.ada)
    make_wave(first.instrument, imported=False, state=WaveState.DRAFT)
    assert [each["id"] for each in get(colin, url)["results"]] == [str(first.pk)]
    one = queries_of(colin, url)
    later = make_audit_wave(mercy, mercy.ada, **LATER)
    assert [each["id"] for each in get(colin, url)["results"]] == [str(later.pk), str(first.pk)]
    assert queries_of(colin, url) == one
