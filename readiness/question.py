"""What the address of a dashboard asks, on a page, in a file or over the API."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from people.access import demand
from people.member import Member
from readiness.cohorts import CohortFilter, facets_for, scores_of
from readiness.forms import CohortFilterForm
from readiness.models import Snapshot
from readiness.permissions import COHORTS_ARE_FOR, can_see_cohort_members, can_see_cohorts


@dataclass(frozen=True)
class Asked:
    """What a request asks: the filter, and the scores it chooses."""

    member: Member
    form: CohortFilterForm
    chosen: CohortFilter
    persons: bool  # whether the member may see them
    on: dt.date

    @property
    def scores(self) -> QuerySet[Snapshot]:
        return scores_of(self.chosen, self.member, persons=self.persons, on=self.on)


def question_of(member: Member, parameters: Mapping[str, str]) -> Asked:
    """The filter of an address; 403 for who may see no cohort."""
    demand(can_see_cohorts(member), COHORTS_ARE_FOR)
    persons, on = can_see_cohort_members(member), timezone.localdate()
    form = CohortFilterForm(parameters, facets=facets_for(member, persons=persons), persons=persons)
    return Asked(member, form, form.chosen(), persons, on)
