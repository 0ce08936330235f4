"""Runs of the job ledger with their progress, which is counted from the steps and never stored."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from tenancy.jobs import registered_jobs
from tenancy.models import JobRun, JobStep


@dataclass(frozen=True, slots=True)
class Progress:
    state: str  # waiting, done or parked
    done: int
    parked: int
    total: int


def runs_with_step_in(state: str) -> QuerySet[JobRun]:
    """Runs that have a step in this state."""
    return JobRun.objects.filter(Exists(JobStep.objects.filter(run=OuterRef("pk"), state=state)))


def recent_runs(*, with_step_in: str = "") -> QuerySet[JobRun]:
    """Runs with the counts of their steps, newest first; those with a step in a state, if one is named."""
    runs = runs_with_step_in(with_step_in) if with_step_in else JobRun.objects.all()
    return runs.annotate(
        total=Count("steps"),
        done=Count("steps", filter=Q(steps__state=JobStep.State.DONE)),
        parked=Count("steps", filter=Q(steps__state=JobStep.State.PARKED)),
    ).order_by("-created_at", "-pk")


def progress_of(run: JobRun) -> Progress:
    """How far a run of `recent_runs()` is: parked as soon as nothing but parked steps is left to do."""
    counts: tuple[int, int, int] = (run.done, run.parked, run.total)  # type: ignore[attr-defined]  # annotated
    done, parked, total = counts
    state = "done" if done == total else "parked" if done + parked == total else "waiting"
    return Progress(state, done, parked, total)


def title_of(run: JobRun) -> str:
    """The job's title with the period; a job that is no longer there keeps its name."""
    job = registered_jobs().get(run.job)
    return f"{job.title if job else run.job}, {run.period}"
