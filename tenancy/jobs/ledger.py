"""Writing runs into the ledger and working off their steps."""

from __future__ import annotations

import datetime as dt
import logging
import traceback
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from tenancy.clock import clock_of
from tenancy.jobs import doorbell
from tenancy.jobs.outbox import post
from tenancy.jobs.registry import Job, find_job, registered_jobs
from tenancy.models import JobRun, JobStep, Organization
from tenancy.scope import current_organization_id, current_scope, tenant_scope, tenant_transaction

log = logging.getLogger(__name__)

MAX_ATTEMPTS = 5
PARKED_TOPIC = "parked run"  # {run}: rooms above tell those who can retry it


def request_run(name: str, period: str, *, by: UUID | None) -> JobRun:
    """Ask for a job once for a period. Asking again returns the run that is there.

    Belongs to the caller's transaction: if that rolls back, nothing was asked.
    """
    run = _ensure_run(find_job(name), period, by)
    organization_id = current_organization_id()
    transaction.on_commit(lambda: doorbell.ring(organization_id))
    return run


def first_step(name: str, period: str) -> JobStep | None:
    """The step of a job's run, of whose work there is one piece; None before it was asked for."""
    return JobStep.objects.filter(run__job=name, run__period=period).first()


def retry_parked(step: JobStep, *, by: UUID) -> None:
    """Give a parked step another five attempts."""
    with transaction.atomic():
        locked = JobStep.objects.select_for_update().get(pk=step.pk)
        if locked.state != JobStep.State.PARKED:
            return
        locked.state, locked.attempts, locked.not_before = JobStep.State.WAITING, 0, timezone.now()
        locked.save(update_fields=["state", "attempts", "not_before"])
    organization_id = current_organization_id()
    transaction.on_commit(lambda: doorbell.ring(organization_id))
    log.info("step %s retried on request of %s", step.pk, by)


def insert_due_runs(organization: Organization, today: dt.date) -> int:
    """Insert every run that fell due since the last one, so that downtime over a period's end is made up."""
    made = 0
    with tenant_transaction(organization.pk, reason="schedule"):
        for scheduled in registered_jobs().values():
            if scheduled.schedule is None:
                continue
            known = set(JobRun.objects.filter(job=scheduled.name).values_list("period", flat=True))
            for period in scheduled.schedule.due(organization.created_at.date(), today):
                if period not in known:
                    _ensure_run(scheduled, period, None)
                    made += 1
    return made


def _ensure_run(definition: Job, period: str, by: UUID | None) -> JobRun:
    # ON CONFLICT DO NOTHING makes two beats, or two clicks, one run.
    JobRun.objects.bulk_create(
        [JobRun(job=definition.name, period=period, requested_by_id=by)], ignore_conflicts=True
    )
    run = JobRun.objects.get(job=definition.name, period=period)
    JobStep.objects.bulk_create(
        [JobStep(run=run, key=key) for key in definition.plan(period)], ignore_conflicts=True
    )
    return run


def work_one_step(organization_id: int) -> bool:
    """Do one waiting step of an organisation; False when there is none to take.

    One transaction: lock, work, outbox, done. A killed worker leaves the step waiting and nothing written.
    """
    with tenant_transaction(organization_id, reason="job"):
        step = (
            JobStep.objects.select_for_update(skip_locked=True, of=("self",))
            .select_related("run")
            .filter(state=JobStep.State.WAITING, not_before__lte=timezone.now())
            .order_by("not_before", "key")
            .first()
        )
        if step is None:
            return False
        scope = current_scope()
        with tenant_scope(
            organization_id,
            actor_id=step.run.requested_by_id,
            request_id=str(step.run_id),
            reason=step.run.job,
        ):
            try:
                with transaction.atomic():
                    result = find_job(step.run.job).work(step.run.period, step.key)
            except Exception as error:  # noqa: BLE001 - the ledger records whatever went wrong and goes on
                # Where it failed and as what, not the message: PostgreSQL's quotes the row.
                log.error(
                    "job %s, step %s of organisation %s failed: %s\n%s",
                    step.run.job,
                    step.key,
                    scope.organization_id,
                    type(error).__name__,
                    "".join(traceback.format_tb(error.__traceback__)),
                )
                _record_failure(step, error)
            else:
                _record_success(step, result)
    return True


def _record_success(step: JobStep, result: dict[str, object] | None) -> None:
    step.state, step.finished_at, step.error = JobStep.State.DONE, timezone.now(), ""
    step.attempts += 1
    step.result = result or {}
    step.save(update_fields=["state", "finished_at", "error", "attempts", "result"])


def _record_failure(step: JobStep, error: Exception) -> None:
    step.attempts += 1
    # The kind of error only: a message may carry a person's values.
    step.error = type(error).__name__
    if step.attempts >= MAX_ATTEMPTS:
        _tell_once(step)
        step.state = JobStep.State.PARKED
    else:
        step.not_before = timezone.now() + dt.timedelta(seconds=10 * 4 ** (step.attempts - 1))
    step.save(update_fields=["attempts", "error", "state", "not_before"])


def _tell_once(step: JobStep) -> None:
    """Say that a run has a parked step, at its first one. Two that give up together wait for each other."""
    JobRun.objects.select_for_update(no_key=True).get(pk=step.run_id)
    if not JobStep.objects.filter(run=step.run_id, state=JobStep.State.PARKED).exists():
        post(PARKED_TOPIC, payload={"run": str(step.run_id)})


def work_all_steps(organization_id: int) -> int:
    """Do every waiting step of an organisation, by its own clock; returns how many were taken."""
    taken = 0
    with clock_of(organization_id):
        while work_one_step(organization_id):
            taken += 1
    return taken
