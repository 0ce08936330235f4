"""What somebody reached and another one attested: a deliverable of a mentorship, the outcome of an action of
a regimen. Rooms that attest hand it over here, in their own transaction; it becomes a stamp or a claim."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from passport import notices
from passport.enums import StampState
from passport.models import Stamp
from passport.permissions import Subject
from passport.queries import cohorts_of, milestones_in_force, verifiers_of
from people.models import Person
from people.notices import notify


@dataclass(frozen=True, slots=True)
class Attested:
    """`vouched`: the organisation, not the two alone, chose who attests it. `by` is None where nobody here
    attested it, but a system elsewhere says it."""

    person: Person
    milestone_id: UUID
    reached_on: dt.date
    statement: str
    by: Person | None
    link: str = ""
    vouched: bool = False


def stamp_attested(attested: Attested) -> Stamp | None:
    """Stamp the milestone that it serves; whoever attested it is the verifier. Nothing where the milestone is
    retired, or stamped or claimed already.

    Where the two found each other by themselves it is a claim for the usual verifiers, unless one of these
    attested it: otherwise any two colleagues could stamp each other's Passports.
    """
    today = timezone.localdate()
    milestone = milestones_in_force(on=today).filter(pk=attested.milestone_id).first()
    if milestone is None:
        return None
    person, by = attested.person, attested.by
    stamp = Stamp(
        person=person,
        milestone=milestone,
        earned_on=attested.reached_on,
        statement=attested.statement,
        link=attested.link,
        submitted_on=today,
    )
    cohorts = cohorts_of(person.pk, on=today).values_list("cohort_id", flat=True)
    verifiers = verifiers_of(Subject(person.pk, frozenset(cohorts)), on=today)
    vouched = by is not None and (attested.vouched or by.pk in verifiers)
    if vouched:
        stamp.state, stamp.rule = StampState.VERIFIED, milestone.evidence_rule
        stamp.verified_by, stamp.decided_at = by, timezone.now()
    # Whoever claims it at the same moment waits here, and learns that it is stamped.
    stamped = Stamp.objects.bulk_create([stamp], ignore_conflicts=True)
    if not Stamp.objects.filter(pk=stamped[0].pk).exists():
        return None
    if by is not None and vouched:
        notify([person.pk], notices.decided(stamp, by=by.name))
    else:
        notify(verifiers, notices.submitted(stamp, by=person.name))
    return stamp
