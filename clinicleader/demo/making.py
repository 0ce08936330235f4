"""The order in which the demo organisations come into being."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from clinicleader.demo.debriefs import hold_debriefs
from clinicleader.demo.employment import declare_demographics, write_staff
from clinicleader.demo.ledger import fill_ledger
from clinicleader.demo.live_wave import open_cultural_audit
from clinicleader.demo.notices import notify
from clinicleader.demo.passports import claim_today, fill_passports, record_reads
from clinicleader.demo.personas import list_personas, open_accounts
from clinicleader.demo.programmes import grant_roles, member_of, start_programmes
from clinicleader.demo.pulses import answer_pulses
from clinicleader.demo.questionnaires import draft_questionnaire
from clinicleader.demo.scores import score_past_quarters
from clinicleader.demo.shapes import OrganizationShape
from clinicleader.demo.st_brigid import ST_BRIGID
from clinicleader.demo.staff import hire
from clinicleader.demo.waves import run_waves
from clinicleader.demo.wexmoor import WEXMOOR
from people.demo_personas import Persona
from surveys.services.calendar import start_usual_calendar
from tenancy.jobs.ledger import insert_due_runs, work_all_steps
from tenancy.models import Organization, User
from tenancy.scope import tenant_transaction

SEED = "clinicleader"
SHAPES = (ST_BRIGID, WEXMOOR)
HISTORY_YEARS = 2

Tell = Callable[[str], None]


def make_demo_organizations(*, tell: Tell, today: dt.date | None = None) -> list[Organization]:
    """Make both organisations, wholly or not at all, and then do last night's work of the ledger."""
    day = today or timezone.localdate()
    logins: dict[str, User] = {}
    with transaction.atomic():
        made = [_make(shape, day, logins, tell) for shape in SHAPES]
    list_personas([persona for _, personas in made for persona in personas])
    organizations = [organization for organization, _ in made]
    for organization in organizations:
        # After the commit: a seal covers finished transactions only.
        insert_due_runs(organization, day)
        work_all_steps(organization.pk)
    return organizations


def _make(
    shape: OrganizationShape, today: dt.date, logins: dict[str, User], tell: Tell
) -> tuple[Organization, list[Persona]]:
    organization = found_organization(shape, today)
    with (
        timezone.override(shape.time_zone),
        tenant_transaction(organization.pk, request_id="demo", reason="demo"),
    ):
        staff = hire(shape, today, dice(shape, "staff"))
        write_staff(staff, shape)
        declare_demographics(staff, shape, dice(shape, "demographics"))
        programmes = start_programmes(staff, shape, today, dice(shape, "programmes"))
        grant_roles(staff, programmes)
        fill_ledger(organization, today)
        steward = member_of(staff.part("survey_steward"), today)
        run_waves(staff, today, f"{SEED} {shape.slug}", by=steward)
        draft_questionnaire(by=steward)
        hold_debriefs(staff, today, dice(shape, "debriefs"))
        start_usual_calendar(by=member_of(staff.part("survey_steward"), today))
        open_cultural_audit(staff, today, dice(shape, "cultural audit"))
        answer_pulses(programmes.members(), today, shape.time_zone, dice(shape, "pulses"))
        fill_passports(staff, programmes, today, shape.time_zone, dice(shape, "passports"))
        score_past_quarters(organization, staff, programmes, today, dice(shape, "scores"))
        claim_today(staff, programmes, today, dice(shape, "claims"))
        record_reads(staff, programmes, today, dice(shape, "reads"))
        notify(organization, today)
        personas = open_accounts(organization, shape, staff, logins)
    tell(f"{shape.name}: {len(staff.people)} people in {len(staff.units)} units")
    return organization, personas


def found_organization(shape: OrganizationShape, today: dt.date) -> Organization:
    """The organisation has been here for two years: its ledger begins then."""
    organization = Organization.objects.create(slug=shape.slug, name=shape.name, time_zone=shape.time_zone)
    organization.created_at = dt.datetime(
        today.year - HISTORY_YEARS, 10, 1, 8, tzinfo=ZoneInfo(shape.time_zone)
    )
    organization.save(update_fields=["created_at"])
    return organization


def dice(shape: OrganizationShape, noun: str) -> random.Random:
    """Each noun has its own, so that a change to one leaves the others as they were."""
    return random.Random(f"{SEED} {shape.slug} {noun}")  # noqa: S311 - invented, and meant to repeat
