"""How far a matching is: its jobs, freezing first, then matching."""

from __future__ import annotations

from mentoring.models import MatchRun
from mentoring.queries.runs import UNDER_WAY
from mentoring.services.runs import FREEZE_JOB, MATCH_JOB
from people.job_runs import Progress, progress_of, recent_runs
from tenancy.jobs import Progress as Told
from tenancy.jobs import told_progress

OVER = Progress("done", 1, 0, 1)


def progress_of_run(run: MatchRun) -> tuple[Progress, Told | None]:
    """Of the job at hand, with what it told last."""
    if run.state not in UNDER_WAY:
        return OVER, None
    names = [FREEZE_JOB, MATCH_JOB]
    jobs = recent_runs().filter(job__in=names, period=str(run.pk)).order_by("-created_at", "-pk")
    job = jobs.first()
    return (OVER, None) if job is None else (progress_of(job), told_progress(job.pk))
