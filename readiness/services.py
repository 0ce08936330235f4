"""What can be done with scores and coaching tasks, one function for each act."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from passport.permissions import Subject
from people.access import demand
from people.enums import Profession
from people.member import Member
from people.models import Person
from people.notices import notify
from readiness import notices
from readiness.enums import CloseReason, CoachingState
from readiness.models import CoachingTask
from readiness.permissions import (
    COACHING_IS_ASSIGNED_BY,
    COACHING_IS_CLOSED_BY,
    SCORES_ARE_ASKED_BY,
    can_assign_coaching,
    can_close_coaching,
    can_request_scores,
)
from readiness.queries import held_sessions_for
from readiness.rule_services import install_weights, scoring_of
from sponsors.models import CoachingSession
from surveys.timing import MANAGER_WAITS
from tenancy.jobs import request_run
from tenancy.jobs.periods import end_of, quarter_end, quarter_start
from tenancy.models import JobRun
from tenancy.turns import one_at_a_time

SQL = Path(__file__).resolve().parent / "sql"
SCORE = (SQL / "score_quarter.sql").read_text()
OPEN_COACHING = (SQL / "open_coaching.sql").read_text()
CLOSE_CORRECTED = (SQL / "close_corrected.sql").read_text()

RECALCULATION = "readiness.recalculation"
COACHING_DAYS = 28


@dataclass(frozen=True, slots=True)
class ScoringResult:
    """How many rows one scoring wrote."""

    snapshots: int
    opened: int
    closed: int


def score_quarter(quarter: str, *, people: list[UUID] | None = None) -> ScoringResult:
    """Score everybody (or the people named) for a quarter and open coaching tasks for scores below the line.

    Adds what is missing and a revision for what has changed, in a constant number of statements. A second
    call, also at the same time, adds nothing: it waits for the first one's lock.
    """
    named = None if people is None else f"{{{','.join(map(str, people))}}}"
    scope: dict[str, Any] = {"quarter": quarter, "people": named, "professions": Profession.values}
    today, told = timezone.localdate(), timezone.now() - MANAGER_WAITS
    with transaction.atomic(), connection.cursor() as cursor:
        one_at_a_time(scoring_of(quarter))
        install_weights()
        # A large organisation's evidence is put together in memory; by default PostgreSQL would use the disk.
        cursor.execute("SET LOCAL work_mem = '64MB'")
        last = quarter_end(quarter)
        evidence: dict[str, Any] = {
            "last": last,
            "until": end_of(last),
            "told": told,
            "ids": uuid4().hex[:20],
        }
        cursor.execute(SCORE, {**scope, **evidence})
        snapshots = cursor.rowcount
        cursor.execute(CLOSE_CORRECTED, {**scope, "today": today})
        closed = cursor.rowcount
        cursor.execute(OPEN_COACHING, {**scope, "today": today, "days": COACHING_DAYS})
        return ScoringResult(snapshots, cursor.rowcount, closed)


def request_recalculation(quarter: str, *, by: Member) -> JobRun:
    """Have a quarter scored again now. Asking twice within a minute is asking once."""
    demand(can_request_scores(by), SCORES_ARE_ASKED_BY)
    if quarter_start(quarter) > timezone.localdate():
        raise ValidationError(_("%(quarter)s has not begun.") % {"quarter": quarter})
    return request_run(RECALCULATION, f"{quarter} {timezone.now():%Y-%m-%d %H:%M}", by=by.person_id)


def assign_coaching(
    task: CoachingTask, *, owner: Person, due_on: dt.date, subject: Subject, by: Member
) -> None:
    """Say who talks with the person, and until when."""
    demand(can_assign_coaching(by, subject), COACHING_IS_ASSIGNED_BY)
    if owner.pk == task.person_id:
        raise ValidationError({"owner": _("Nobody coaches themselves.")})
    if owner.has_left(timezone.localdate()):
        raise ValidationError({"owner": _("%(name)s no longer works here.") % {"name": owner.name}})
    if due_on < timezone.localdate():
        raise ValidationError({"due_on": _("This day is past.")})
    locked = _open_task(task)
    told = {locked.owner_id, by.person_id}  # of another date alone, or by themselves, nobody needs to be
    locked.state, locked.owner, locked.due_on = CoachingState.ASSIGNED, owner, due_on
    locked.save(update_fields=["state", "owner", "due_on"])
    notify({owner.pk} - told, notices.coaching_assigned(task, by=by.name))


def close_coaching(
    task: CoachingTask,
    *,
    reason: CloseReason,
    note: str,
    session: CoachingSession | None = None,
    subject: Subject,
    by: Member,
) -> None:
    """Close a task with a reason, and with the session that was held for it as evidence; "not needed" has to
    be explained."""
    locked = _open_task(task)
    demand(can_close_coaching(by, subject, locked.owner_id), COACHING_IS_CLOSED_BY)
    if session is not None and reason != CloseReason.SESSION_HELD:
        raise ValidationError({"session": _("A session is evidence that a session was held.")})
    if session is not None and session not in held_sessions_for(locked):
        raise ValidationError({"session": _("Choose a session that was held for this task.")})
    if reason == CloseReason.NOT_NEEDED and not note.strip():
        raise ValidationError({"note": _("Say why coaching is not needed.")})
    locked.state, locked.close_reason, locked.close_note = CoachingState.CLOSED, reason, note
    locked.closed_by_id, locked.closed_on = by.person_id, timezone.localdate()
    locked.session = session
    locked.save(update_fields=["state", "close_reason", "close_note", "session", "closed_by", "closed_on"])


def _open_task(task: CoachingTask) -> CoachingTask:
    locked = CoachingTask.objects.select_for_update(of=("self",)).get(pk=task.pk)
    if locked.state == CoachingState.CLOSED:
        raise ValidationError(_("This task was closed meanwhile."))
    return locked
