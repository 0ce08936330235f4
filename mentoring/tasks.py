"""Mentoring's part of the job ledger."""

from __future__ import annotations

from mentoring.services.presets import install_presets
from tenancy.jobs import Nightly, job


@job("mentoring.presets", title="Bring tags and the rule of matching", schedule=Nightly())
def bring_presets(period: str, key: str) -> None:
    """For organisations that were founded before there was mentoring."""
    install_presets()
