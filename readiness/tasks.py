"""The score's part of the job ledger."""

from __future__ import annotations

from dataclasses import asdict

from readiness.services import RECALCULATION, score_quarter
from tenancy.jobs import Quarterly, job


@job("readiness.scores", title="Leadership Readiness Score", schedule=Quarterly(after_days=14))
def score(period: str, key: str) -> dict[str, object]:
    """Every quarter, once the pulse's days of grace are over."""
    return asdict(score_quarter(period))


@job(RECALCULATION, title="Leadership Readiness Score, on request")
def recalculate(period: str, key: str) -> dict[str, object]:
    """The period is the quarter and the minute in which somebody asked."""
    return asdict(score_quarter(period.split(maxsplit=1)[0]))
