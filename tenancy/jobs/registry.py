"""Which jobs exist. Apps register theirs in their tasks module."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tenancy.jobs.periods import Schedule

# A step's work: (period, step key) -> a small JSON-ready result for people who look at the run.
Work = Callable[[str, str], dict[str, object] | None]
# A run's plan: period -> step keys.
Plan = Callable[[str], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Job:
    name: str
    title: str
    work: Work
    plan: Plan
    schedule: Schedule | None


_jobs: dict[str, Job] = {}


def _single_step(period: str) -> list[str]:
    return ["all"]


def job(
    name: str, *, title: str, schedule: Schedule | None = None, plan: Plan = _single_step
) -> Callable[[Work], Work]:
    """Register a function as a job's work. Each step runs in one transaction inside the organisation's scope,
    so whatever it writes happens exactly once, however often a worker is killed."""

    def register(work: Work) -> Work:
        if name in _jobs:
            raise ValueError(f"There are two jobs named {name}.")
        _jobs[name] = Job(name, title, work, plan, schedule)
        return work

    return register


def registered_jobs() -> dict[str, Job]:
    return dict(_jobs)


def find_job(name: str) -> Job:
    return _jobs[name]
