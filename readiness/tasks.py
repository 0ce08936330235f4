"""The score's part of the job ledger."""

from __future__ import annotations

from dataclasses import asdict

from django.utils import timezone

from readiness.quarterly_files import keep_quarterly_files
from readiness.services import RECALCULATION, score_quarter
from tenancy.jobs import Quarterly, job


@job("readiness.scores", title="Leadership Readiness Score", schedule=Quarterly(after_days=14))
def score(period: str, key: str) -> dict[str, object]:
    """Every quarter, once the pulse's days of grace are over."""
    return asdict(score_quarter(period))


@job("readiness.files", title="Files of the quarter’s figures", schedule=Quarterly(after_days=15))
def files(period: str, key: str) -> dict[str, object]:
    """A day after the scores; nobody's number is in them."""
    return {"files": keep_quarterly_files(period, on=timezone.localdate())}


@job(RECALCULATION, title="Leadership Readiness Score, on request")
def recalculate(period: str, key: str) -> dict[str, object]:
    """The period is the quarter and the minute in which somebody asked."""
    return asdict(score_quarter(period.split(maxsplit=1)[0]))
