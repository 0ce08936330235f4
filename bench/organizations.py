"""The organisations that benchmarks look at, made once a run."""

from __future__ import annotations

import datetime as dt
import os
from functools import cache

import psycopg2
from django.utils import timezone

from bench.matchings import match_cohorts
from clinicleader.demo.scale import MAYO, Scale, make_large_organization
from surveys.models import Instrument, Wave
from surveys.services.waves import open_unasked, write_draft
from tenancy.models import Organization
from tenancy.scope import tenant_transaction

DRAFT_WAVE, OPEN_WAVE = "A draft", "Under way"

TEN = Scale(
    people=60,
    physicians=20,
    sites=2,
    divisions=2,
    departments=3,
    microsystems=3,
    positions=8,
    cohorts=2,
    quarters=2,
    waves=2,
)
THOUSAND = Scale(
    people=2_000,
    physicians=1_000,
    sites=6,
    divisions=12,
    departments=60,
    microsystems=160,
    positions=80,
    cohorts=8,
    quarters=2,
    waves=2,
)


def mayo() -> Organization:
    """73,000 people."""
    return _organization("mayo", MAYO)


def ten() -> Organization:
    """Lists of about ten rows."""
    return _organization("ten", TEN)


def thousand() -> Organization:
    """The same lists with about a thousand."""
    return _organization("thousand", THOUSAND)


@cache
def _organization(slug: str, scale: Scale) -> Organization:
    existing = Organization.objects.filter(slug=slug).first()
    if existing is not None:
        return existing
    organization, _ = make_large_organization(slug, tell=_quiet, scale=scale, settle=analyze)
    _plan_and_open_waves(organization)
    match_cohorts(organization)
    analyze()
    return organization


def _plan_and_open_waves(organization: Organization) -> None:
    """A draft, and a wave that asks everybody."""
    today = timezone.localdate()
    with tenant_transaction(organization.pk, reason="bench"):
        instrument = Instrument.objects.filter(key="commitment_pulse").latest("version")
        for title in (DRAFT_WAVE, OPEN_WAVE):
            last = today + dt.timedelta(days=30)
            wave = write_draft(Wave(instrument=instrument, title=title, opens_on=today, closes_on=last))
        open_unasked(wave, on=today)


def _quiet(line: str) -> None:
    print(f"   {line}", flush=True)


def analyze(tell: object = None) -> None:
    """Statistics for the planner, as autovacuum would have gathered them a minute later."""
    owner = psycopg2.connect(os.environ["OWNER_DATABASE_URL"])
    owner.autocommit = True
    with owner.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    owner.close()
