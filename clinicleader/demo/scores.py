"""The readiness score of every past quarter, by the job that makes it, and the coaching that followed."""

from __future__ import annotations

import datetime as dt
import random
from uuid import UUID

from django.utils import timezone

from clinicleader.demo.programmes import Programmes, member_of
from clinicleader.demo.pulses import past_quarters
from clinicleader.demo.staff import Person, Staff
from people.models import Person as PersonRow
from readiness.enums import CloseReason
from readiness.models import CoachingTask, WeightSet
from readiness.services import COACHING_DAYS, assign_coaching, close_coaching
from tenancy.copy import copy_rows
from tenancy.jobs.ledger import insert_due_runs, work_all_steps
from tenancy.jobs.periods import quarter_end
from tenancy.models import JobRun, JobStep, Organization

NOTES = {
    CloseReason.SESSION_HELD: "An hour on what is missing; the next milestone has a date.",
    CloseReason.PLAN_AGREED: "Agreed which two milestones come first, and with whom.",
    CloseReason.NOT_NEEDED: "Back from parental leave; the evidence is on its way.",
}
DAYS_UNTIL_SCORED = 16


class _Coaching:
    """Tasks of a quarter, from the day they were opened to the day they were closed."""

    def __init__(self, staff: Staff, programmes: Programmes, today: dt.date, rng: random.Random) -> None:
        self.today, self.rng = today, rng
        self.director = member_of(staff.part("director"), today)
        self.people = {person.id: person for person in programmes.members()}
        self.subjects = {person.id: programmes.subject(person) for person in self.people.values()}
        self.managers = staff.managers()

    def follow(self, quarter: str, opened_on: dt.date, *, latest: bool) -> None:
        due_on = opened_on + dt.timedelta(days=COACHING_DAYS)
        opened = CoachingTask.objects.filter(quarter=quarter)
        opened.update(opened_on=opened_on, due_on=due_on)
        for place, task in enumerate(opened.order_by("person__external_id")):
            if latest and place % 3 == 0:
                continue  # waits to be assigned
            self._assign(task, due_on)
            if not latest or place % 3 == 1:
                self._close(task, opened_on)

    def _assign(self, task: CoachingTask, due_on: dt.date) -> None:
        person = self.people[task.person_id]
        owner = PersonRow.objects.get(pk=self._owner(person))
        subject, day = self.subjects[person.id], max(due_on, timezone.localdate())
        assign_coaching(task, owner=owner, due_on=day, subject=subject, by=self.director)
        CoachingTask.objects.filter(pk=task.pk).update(due_on=due_on)  # as it was set then

    def _owner(self, person: Person) -> UUID:
        manager = self.managers.get(person)
        return manager.id if manager else self.director.person_id

    def _close(self, task: CoachingTask, opened_on: dt.date) -> None:
        reason = self.rng.choices(list(NOTES), (6, 4, 1))[0]
        subject = self.subjects[task.person_id]
        close_coaching(task, reason=reason, note=NOTES[reason], subject=subject, by=self.director)
        closed_on = min(opened_on + dt.timedelta(days=self.rng.randrange(5, 40)), self.today)
        CoachingTask.objects.filter(pk=task.pk).update(closed_on=closed_on)


def score_past_quarters(
    organization: Organization, staff: Staff, programmes: Programmes, today: dt.date, rng: random.Random
) -> None:
    """Let the ledger score quarter by quarter, as it would have, and coach whom it flagged."""
    _begin_with_a_rule(organization.created_at)
    coaching = _Coaching(staff, programmes, today, rng)
    quarters = past_quarters(today)
    for quarter in quarters:
        day = quarter_end(quarter) + dt.timedelta(days=DAYS_UNTIL_SCORED)
        insert_due_runs(organization, min(day, today))
        work_all_steps(organization.pk)
        _date_back(quarter, day)
        coaching.follow(quarter, min(day, today), latest=quarter == quarters[-1])


def _begin_with_a_rule(at: dt.datetime) -> None:
    """Version 1 is older than the first score. Copied in: a version that is written is never changed."""
    rule = WeightSet(version=1, reason="The rule this product starts with", changed_at=at)
    columns = [
        each.attname for each in WeightSet._meta.concrete_fields if each.name not in ("id", "organization")
    ]
    values = [getattr(rule, column) for column in columns]
    copy_rows(WeightSet, columns, [[array(each) if isinstance(each, list) else each for each in values]])


def array(numbers: list[int]) -> str:
    """As PostgreSQL reads an array."""
    return f"{{{','.join(map(str, numbers))}}}"


def _date_back(quarter: str, day: dt.date) -> None:
    at = dt.datetime.combine(day, dt.time(0, 1), dt.UTC)
    # Two statements: the planner has no statistics of rows that are not committed yet, and would join badly.
    runs = list(JobRun.objects.filter(period=quarter).values_list("pk", flat=True))
    JobRun.objects.filter(pk__in=runs).update(created_at=at)
    JobStep.objects.filter(run__in=runs).update(not_before=at, finished_at=at + dt.timedelta(seconds=2))
