"""The large organisation, made small: what it claims is there, at whatever size."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from clinicleader.demo.scale import MAYO, PARTS, Scale, make_large_organization
from mentoring.models import Exposure, MentorProfile, Mentorship
from people.models import Person, Position, ReportingLine, Unit
from readiness.models import Snapshot
from surveys.models import PublishedWave
from tenancy.models import Membership
from tenancy.scope import tenant_transaction

TODAY = dt.date(2026, 11, 22)
SMALL = Scale(
    people=400,
    physicians=60,
    sites=2,
    divisions=4,
    departments=8,
    microsystems=16,
    positions=12,
    cohorts=2,
    quarters=2,
    waves=2,
)


def test_mayo_is_as_large_as_it_claims() -> None:
    assert (MAYO.people, MAYO.physicians, MAYO.sites, MAYO.units, MAYO.positions) == (
        73_000,
        5_000,
        23,
        2_000,
        242,
    )


@pytest.mark.django_db
def test_everybody_has_a_place_and_a_leader_members_have_scores_and_personas_can_enter() -> None:
    said: list[str] = []
    organization, personas = make_large_organization(
        "small", tell=said.append, scale=SMALL, today=TODAY, settle=lambda tell: None
    )
    with tenant_transaction(organization.pk):
        assert Person.objects.count() == 400
        assert Unit.objects.count() == SMALL.units
        assert Position.objects.count() == 12
        assert ReportingLine.objects.filter(end_date=None).count() == 399
        assert PublishedWave.objects.count() == 2
        assert Snapshot.objects.values("person").distinct().count() > 50
        resident = Person.objects.get(external_id=f"E{SMALL.units:06d}")
        assert Mentorship.objects.filter(mentee=resident, state="active").exists()
        assert 10 < MentorProfile.objects.count() < 60
        assert Exposure.objects.count() > Mentorship.objects.count() > 30
    assert len(personas) == len(PARTS)
    assert any("400 people" in line for line in said)
    for persona in personas:
        client = Client()
        client.force_login(Membership.objects.get(user__email=persona.email).user)
        assert client.get(f"/o/{organization.slug}/").status_code == 200
