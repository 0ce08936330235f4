"""Setting up programmes and cohorts, and who goes through them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TypeVar

from django.db import IntegrityError, transaction

from people.access import demand
from people.member import Member
from people.models import Cohort, CohortMembership, Person, Programme
from people.permissions import PROGRAMMES_ARE_SET_UP_BY, can_manage_programmes

Named = TypeVar("Named", Programme, Cohort)


class NameTakenError(Exception):
    """Another programme or cohort of the organisation has this name."""


class AlreadyInCohortError(Exception):
    """Somebody of those to be added is or was in the cohort."""


def save_programme(programme: Programme, *, by: Member) -> Programme:
    """Write a new or changed programme; its champion is named from the first day."""
    demand(can_manage_programmes(by), PROGRAMMES_ARE_SET_UP_BY)
    return _saved(programme)


def save_cohort(cohort: Cohort, *, by: Member) -> Cohort:
    """Write a new or changed cohort of a programme."""
    demand(can_manage_programmes(by), PROGRAMMES_ARE_SET_UP_BY)
    return _saved(cohort)


def _saved(row: Named) -> Named:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise NameTakenError from error
    return row


def add_to_cohort(cohort: Cohort, people: Iterable[Person], *, start_date: dt.date, by: Member) -> int:
    """Let people into a cohort from a day on, all or none; returns how many."""
    demand(can_manage_programmes(by), PROGRAMMES_ARE_SET_UP_BY)
    memberships = [CohortMembership(cohort=cohort, person=person, start_date=start_date) for person in people]
    try:
        with transaction.atomic():
            CohortMembership.objects.bulk_create(memberships)
    except IntegrityError as error:  # somebody else added one of them a moment ago
        raise AlreadyInCohortError from error
    return len(memberships)


def end_cohort_membership(
    membership: CohortMembership, *, last_day: dt.date | None, by: Member
) -> CohortMembership:
    """Say when somebody's time in a cohort ends; None takes an earlier end back."""
    demand(can_manage_programmes(by), PROGRAMMES_ARE_SET_UP_BY)
    if last_day is not None and last_day < membership.start_date:
        raise ValueError("A membership cannot end before it begins.")
    membership.end_date = None if last_day is None else last_day + dt.timedelta(days=1)
    membership.save(update_fields=["end_date"])
    return membership
