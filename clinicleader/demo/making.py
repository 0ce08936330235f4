"""The order in which the demo organisations come into being."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from clinicleader.demo.accreditation import fill_accreditation
from clinicleader.demo.alumni import fill_alumni
from clinicleader.demo.annual_survey import ask_annually, close_annual, publish_annual
from clinicleader.demo.audits import ask_audits, close_audits, finish_programme, publish_audits
from clinicleader.demo.badges import make_badges
from clinicleader.demo.coaching import fill_coaching
from clinicleader.demo.competencies import fill_competencies
from clinicleader.demo.conferences import fill_conferences
from clinicleader.demo.contacts import fill_contacts
from clinicleader.demo.debriefs import hold_debriefs
from clinicleader.demo.employment import declare_demographics, write_staff
from clinicleader.demo.exchange import fill_exchange
from clinicleader.demo.intakes import fill_intakes
from clinicleader.demo.ledger import fill_ledger
from clinicleader.demo.live_wave import open_cultural_audit
from clinicleader.demo.mentoring import fill_mentoring
from clinicleader.demo.mentoring_work import fill_mentoring_work
from clinicleader.demo.notices import notify
from clinicleader.demo.obstacles import fill_obstacles
from clinicleader.demo.onboardings import fill_onboardings
from clinicleader.demo.outcomes import attest_outcomes
from clinicleader.demo.partnerships import fill_partnerships
from clinicleader.demo.passports import claim_today, fill_passports, record_reads
from clinicleader.demo.personas import list_personas, open_accounts, person_of_part
from clinicleader.demo.pilots import fill_pilots
from clinicleader.demo.pods import fill_pods
from clinicleader.demo.portfolios import fill_portfolios
from clinicleader.demo.programme_years import fill_programmes
from clinicleader.demo.programmes import grant_roles, member_of, start_programmes
from clinicleader.demo.pulses import answer_pulses
from clinicleader.demo.questionnaires import draft_questionnaire
from clinicleader.demo.recognition import fill_recognition
from clinicleader.demo.regimens import fill_regimens
from clinicleader.demo.reviews import fill_reviews
from clinicleader.demo.role_pulses import fill_role_pulses
from clinicleader.demo.scores import score_past_quarters
from clinicleader.demo.selections import fill_selections
from clinicleader.demo.shapes import OrganizationShape
from clinicleader.demo.sponsorships import fill_sponsorships
from clinicleader.demo.st_brigid import ST_BRIGID
from clinicleader.demo.staff import hire
from clinicleader.demo.succession import fill_succession
from clinicleader.demo.talent_reviews import fill_talent_reviews
from clinicleader.demo.waves import run_waves
from clinicleader.demo.wexmoor import WEXMOOR
from mentoring.services.refresh import refresh_cohorts
from partnerships.models import PartnershipProgramme
from people.demo_personas import Persona
from people.member import Member
from surveys.models import Debrief
from surveys.services.calendar import start_usual_calendar
from tenancy.jobs.ledger import insert_due_runs, work_all_steps
from tenancy.models import Membership, Organization, User
from tenancy.scope import tenant_transaction

SEED = "clinicleader"
SHAPES = (ST_BRIGID, WEXMOOR)
HISTORY_YEARS = 2

Tell = Callable[[str], None]


def make_demo_organizations(*, tell: Tell, today: dt.date | None = None) -> list[Organization]:
    """Make both organisations, wholly or not at all, and then finish them."""
    with transaction.atomic():
        for shape in SHAPES:
            _make(shape, today or today_at(shape), tell)
    return finish_demo_organizations(today=today)


def today_at(shape: OrganizationShape) -> dt.date:
    """The day it is where the organisation is, by which the database says what is over."""
    return timezone.localdate(timezone=ZoneInfo(shape.time_zone))


def half_made() -> bool:
    """Whether making the demo was interrupted: both organisations get their logins with the last change."""
    made = Organization.objects.filter(slug__in=[shape.slug for shape in SHAPES])
    return made.count() == len(SHAPES) and not Membership.objects.filter(organization__in=made).exists()


def finish_demo_organizations(*, today: dt.date | None = None) -> list[Organization]:
    """What no transaction can do that makes them: publish a survey that it closed. Each step goes on where
    an interrupted one ended. Then last night's work of the ledger is done."""
    days = {shape.slug: today or today_at(shape) for shape in SHAPES}
    organizations = {shape.slug: Organization.objects.get(slug=shape.slug) for shape in SHAPES}
    with transaction.atomic():
        for shape in SHAPES:
            with _acting_for(shape, organizations[shape.slug]):
                day = days[shape.slug]
                close_annual(by=_steward(shape, day))
                close_audits(today=day, by=_steward(shape, day))
    logins: dict[str, User] = {}
    with transaction.atomic():
        listed = [
            persona
            for shape in SHAPES
            for persona in _open(shape, organizations[shape.slug], days[shape.slug], logins)
        ]
        list_personas(listed)  # before the commit, after which nobody would write it again
    for slug, organization in organizations.items():
        # After the commit: a seal covers finished transactions only.
        insert_due_runs(organization, days[slug])
        work_all_steps(organization.pk)
    return list(organizations.values())


@contextmanager
def _acting_for(shape: OrganizationShape, organization: Organization) -> Iterator[None]:
    with (
        timezone.override(shape.time_zone),
        tenant_transaction(organization.pk, request_id="demo", reason="demo"),
    ):
        yield


def _make(shape: OrganizationShape, today: dt.date, tell: Tell) -> None:
    organization = found_organization(shape, today)
    with _acting_for(shape, organization):
        staff = hire(shape, today, dice(shape, "staff"))
        write_staff(staff, shape)
        declare_demographics(staff, shape, dice(shape, "demographics"))
        programmes = start_programmes(staff, shape, today, dice(shape, "programmes"))
        grant_roles(staff, programmes)
        fill_ledger(organization, today)
        steward = member_of(staff.part("survey_steward"), today)
        run_waves(staff, today, f"{SEED} {shape.slug}", by=steward)
        draft_questionnaire(by=steward)
        _hold_debriefs(shape, Debrief.objects.all(), today, "debriefs")
        start_usual_calendar(by=steward)
        ask_annually(staff, today, f"{SEED} {shape.slug}")
        ask_audits(staff, today, dice(shape, "audits"))
        open_cultural_audit(staff, today, dice(shape, "cultural audit"))
        answer_pulses(programmes.members(), today, shape.time_zone, dice(shape, "pulses"))
        fill_passports(staff, programmes, today, shape.time_zone, dice(shape, "passports"))
        score_past_quarters(organization, staff, programmes, today, dice(shape, "scores"))
        fill_mentoring(staff, programmes.members(), today, dice(shape, "mentoring"))
        fill_mentoring_work(staff, today, shape.time_zone, dice(shape, "mentoring work"))
        fill_recognition(staff, today)
        fill_alumni(staff, programmes.members(), today, dice(shape, "alumni"))
        fill_competencies()
        fill_sponsorships(staff, programmes.members(), today, dice(shape, "sponsorships"))
        fill_conferences(staff, today, shape.time_zone, dice(shape, "conferences"))
        fill_intakes(staff, today, dice(shape, "intakes"))
        fill_regimens(staff, today, shape.time_zone, dice(shape, "regimens"))
        fill_coaching(staff, today, shape.time_zone, dice(shape, "coaching"))
        fill_obstacles(staff, today, shape.time_zone, dice(shape, "obstacles"))
        fill_contacts(staff, today, dice(shape, "contacts"))
        fill_partnerships(staff, today, dice(shape, "partnerships"))
        fill_reviews(staff, today, shape.time_zone, dice(shape, "reviews"))
        fill_onboardings(staff, shape, today, dice(shape, "onboardings"))
        fill_succession(staff, today, dice(shape, "succession"))
        fill_talent_reviews(staff, today)
        fill_selections(staff, today, dice(shape, "selections"))
        fill_accreditation()
        fill_pilots(staff, today, dice(shape, "pilots"))
        fill_role_pulses(staff, today, dice(shape, "role pulses"))
        fill_pods(staff, programmes, today, dice(shape, "pods"))
        fill_portfolios(programmes, today, dice(shape, "portfolios"))
        claim_today(staff, programmes, today, dice(shape, "claims"))
        make_badges(organization, staff, programmes, today)
        attest_outcomes(staff, today)
        record_reads(staff, programmes, today, dice(shape, "reads"))
    tell(f"{shape.name}: {len(staff.people)} people in {len(staff.units)} units")


def _open(
    shape: OrganizationShape, organization: Organization, today: dt.date, logins: dict[str, User]
) -> list[Persona]:
    """Publish what was closed, tell everybody what happened, and let the personas in."""
    with _acting_for(shape, organization):
        known = set(Debrief.objects.values_list("pk", flat=True))
        publish_annual(by=_steward(shape, today))
        publish_audits(by=_steward(shape, today))
        if not PartnershipProgramme.objects.exists():
            finish_programme(shape, today, dice(shape, "audits told"))
            fill_programmes(shape, today, dice(shape, "programme years"))
        _hold_debriefs(shape, Debrief.objects.exclude(pk__in=known), today, "annual debriefs")
        refresh_cohorts(on=today)  # the quarter's proposals: the director's to look at and publish
        hr = member_of(person_of_part(shape, "hr_admin"), today)
        fill_exchange(today, dice(shape, "exchange"), by=hr)
        notify(organization, today)
        return open_accounts(organization, shape, logins)


def _steward(shape: OrganizationShape, today: dt.date) -> Member:
    return member_of(person_of_part(shape, "survey_steward"), today)


def _hold_debriefs(shape: OrganizationShape, debriefs: QuerySet[Debrief], today: dt.date, noun: str) -> None:
    hold_debriefs(debriefs, today, dice(shape, noun), leader=person_of_part(shape, "leader").pk)


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
