"""The case report on paper: what the programme came to, and nobody's name beside what they missed."""

from __future__ import annotations

import io

import pypdf
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from partnerships.enums import AuditPoint
from partnerships.models import PartnershipProgramme, ProgrammeParticipant
from tenancy.scope import tenant_transaction
from tests.factories.partnerships import (
    make_exception,
    make_outcome,
    make_partnership,
    make_phase,
    make_profile,
    make_programme,
    programme_as_loaded,
)
from tests.factories.people import make_person
from tests.partnerships.test_culture import HIGH, LOW, SignIn, held
from tests.world import World

TODAY = timezone.localdate()


@pytest.fixture
def programme(mercy: World) -> PartnershipProgramme:
    dyad = make_partnership(mercy.unit, mercy.ada, mercy.mara)
    return make_programme(mercy.root, mercy.colin, mercy.eli, dyad)


def words(client: Client, world: World, programme: PartnershipProgramme) -> str:
    url = reverse("partnerships:programme_report", args=[world.slug, programme.pk])
    paper = pypdf.PdfReader(io.BytesIO(client.get(url).content))
    return " ".join(" ".join(page.extract_text() for page in paper.pages).split())


def test_it_tells_what_the_programme_came_to(
    mercy: World, programme: PartnershipProgramme, sign_in: SignIn
) -> None:
    held(programme, mercy, AuditPoint.START, LOW, 300)
    held(programme, mercy, AuditPoint.END, HIGH, 10)
    make_outcome(programme, after="9 %", measured_on=TODAY, source="HR figures")
    phase = make_phase(programme)
    mara = next(one for one in programme.participants_by_name if one.person_id == mercy.mara.pk)
    make_exception(mara, phase, mercy.colin)
    said = words(sign_in(mercy.ada), mercy, programme)
    for each in (
        *("Leading together", "Run by Colin Mercy", "Executive sponsors", "Eli Mercy", "Ada Mercy"),
        *("Turnover of nurses 18 % 9 %", "HR figures", "All together", "(n = 20)", "clear rise"),
        *("A day in the woods 1 missed it; settled: 0",),
    ):
        assert each in said
    assert "Mara Mercy missed" not in said


def test_what_its_reader_may_not_read_yet_is_not_told(
    mercy: World, programme: PartnershipProgramme, sign_in: SignIn
) -> None:
    held(programme, mercy, AuditPoint.START, LOW, 2)
    assert "All together" in words(sign_in(mercy.henry), mercy, programme)
    for_ada = words(sign_in(mercy.ada), mercy, programme)
    assert "All together" not in for_ada
    assert "not out yet for the reader" in for_ada


def test_how_many_keep_a_profile_singles_out_nobody(
    mercy: World, programme: PartnershipProgramme, sign_in: SignIn
) -> None:
    for seat in programme.participants_by_name:
        make_profile(seat)
    colin = sign_in(mercy.colin)
    assert "Keep a profile" not in words(colin, mercy, programme)
    with tenant_transaction(mercy.organization.pk):
        people = [make_person(mercy.organization, f"No{number}", mercy.unit) for number in range(4)]
        for one in people:
            ProgrammeParticipant.objects.create(programme=programme, person=one, kind="sponsor")
    new = {one.pk for one in people}
    for seat in programme_as_loaded(programme).participants_by_name:
        if seat.person_id in new:
            make_profile(seat)
    assert "Keep a profile 3 or more of 7" in words(colin, mercy, programme)
