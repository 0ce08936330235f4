"""The job ledger: rows in PostgreSQL say what is to be done; Celery only rings the doorbell."""

from tenancy.jobs.ledger import PARKED_TOPIC, first_step, request_run, retry_parked
from tenancy.jobs.outbox import delivers, post, post_for_later, post_many
from tenancy.jobs.periods import Nightly, Quarterly, Schedule
from tenancy.jobs.progress import Progress, counted, tell_stage, told_progress
from tenancy.jobs.registry import Job, job, registered_jobs

__all__ = [
    "PARKED_TOPIC",
    "Job",
    "Nightly",
    "Progress",
    "Quarterly",
    "Schedule",
    "counted",
    "delivers",
    "first_step",
    "job",
    "post",
    "post_for_later",
    "post_many",
    "registered_jobs",
    "request_run",
    "retry_parked",
    "tell_stage",
    "told_progress",
]
