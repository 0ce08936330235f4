"""Matchings to look at: of each cohort of an organisation, and of everybody at once."""

from __future__ import annotations

from django.utils import timezone

from mentoring.enums import Tier
from mentoring.models import MatchRun
from mentoring.queries.rule import rule_in_force
from mentoring.services.matching import match_run
from mentoring.services.runs import Trial, freeze_run, request_match
from people.enums import Role
from people.models import Cohort, CohortMembership, Programme, RoleGrant
from people.queries import member_for
from tenancy.models import Organization
from tenancy.scope import tenant_transaction

EVERYBODY = "Everybody"
WEIGHTS = ("interest", "availability", "past_success")


def match_cohorts(organization: Organization) -> None:
    """As a director would: each matching asked for, frozen and matched in a transaction of its own."""
    today = timezone.localdate()
    with tenant_transaction(organization.pk, reason="bench"):
        _gather_everybody()
        director = member_for(RoleGrant.objects.get(role=Role.PROGRAMME_DIRECTOR).person_id, on=today)
        if director is None:
            raise LookupError("There is no programme director.")
        rule = rule_in_force()
        trial = Trial(list(Tier), {name: getattr(rule, name) for name in WEIGHTS}, rule.stickiness, 0.0, {})
        runs = [request_match(cohort, trial, by=director).pk for cohort in Cohort.objects.order_by("name")]
    for step in (lambda run: freeze_run(run, on=today), match_run):
        for run in runs:
            with tenant_transaction(organization.pk, reason="bench"):
                step(MatchRun.objects.get(pk=run))
    with tenant_transaction(organization.pk, reason="bench"):
        # Over from now on: the other pages see everybody in one cohort, as they would without this.
        CohortMembership.objects.filter(cohort__name=EVERYBODY).update(end_date=today)


def _gather_everybody() -> None:
    """One cohort of all members, so that a matching is as large as it can be."""
    first = Programme.objects.order_by("start_date")[0]
    cohort = Cohort.objects.create(programme=first, name=EVERYBODY, start_date=first.start_date)
    members = CohortMembership.objects.values_list("person", flat=True).distinct()
    CohortMembership.objects.bulk_create(
        [
            CohortMembership(cohort=cohort, person_id=person, start_date=first.start_date)
            for person in members.order_by()
        ],
        batch_size=2_000,
    )
