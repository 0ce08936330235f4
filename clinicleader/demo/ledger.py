"""The nights of two years in the job ledger. The last night is left to the real jobs."""

from __future__ import annotations

import datetime as dt
import json
import uuid

from tenancy.copy import copy_rows
from tenancy.jobs import Nightly, registered_jobs
from tenancy.models import JobRun, JobStep, Organization

# A night on which the database was away: an administrator can retry it.
PARKED_JOB, PARKED_NIGHTS_AGO = "passport.issue", 4


def fill_ledger(organization: Organization, today: dt.date) -> None:
    """Every nightly run until the night before last, done."""
    nights = list(Nightly().due(organization.created_at.date(), today - dt.timedelta(days=1)))
    jobs = [job for job in registered_jobs().values() if isinstance(job.schedule, Nightly)]
    runs = [(uuid.uuid4(), job.name, night) for night in nights for job in jobs]
    copy_rows(
        JobRun,
        ["id", "job", "period", "created_at"],
        ((run, job, night, _after(night).isoformat()) for run, job, night in runs),
    )
    plans = {job.name: job.plan for job in jobs}
    parked = (today - dt.timedelta(days=PARKED_NIGHTS_AGO)).isoformat()
    columns = ["run_id", "key", "state", "attempts", "not_before", "finished_at", "error", "result"]
    # Made before they are copied: some plans ask the database, which is busy while it copies.
    steps = [
        _step(run, key, night, parked=(job, night) == (PARKED_JOB, parked))
        for run, job, night in runs
        for key in plans[job](night)
    ]
    copy_rows(JobStep, columns, steps)


def _step(run: uuid.UUID, key: str, night: str, *, parked: bool) -> tuple[object, ...]:
    at = _after(night)
    if parked:
        return (run, key, "parked", 5, at.isoformat(), None, "OperationalError", json.dumps({}))
    finished = at + dt.timedelta(seconds=3)
    return (run, key, "done", 1, at.isoformat(), finished.isoformat(), "", json.dumps({}))


def _after(night: str) -> dt.datetime:
    """The tick that finds a day ended, in UTC."""
    return dt.datetime.combine(dt.date.fromisoformat(night), dt.time(0, 1), dt.UTC) + dt.timedelta(days=1)
