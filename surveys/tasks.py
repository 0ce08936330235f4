"""The jobs of surveys: each step enters the scope and does one service."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from people.queries import member_for
from surveys.models import SurveyImport
from surveys.queries import IMPORT_JOB
from surveys.services.debriefs import tell_managers
from surveys.services.imports import apply_import, forget_old_files
from surveys.services.instruments import ensure_built_in_instruments
from tenancy.jobs import Nightly, job


@job(IMPORT_JOB, title="Import a past survey")
def import_survey(period: str, key: str) -> dict[str, object]:
    survey_import = SurveyImport.objects.get(pk=UUID(period))
    member = member_for(survey_import.requested_by_id, on=timezone.localdate())
    if member is None:
        raise PermissionDenied("Whoever brought this file no longer works here.")
    applied = apply_import(survey_import, by=member)
    return {"state": applied.state}


@job("surveys.forget_files", title="Delete survey files that were never imported", schedule=Nightly())
def forget_files(period: str, key: str) -> dict[str, object]:
    return {"deleted": forget_old_files()}


@job("surveys.built_ins", title="Bring the built-in questionnaires", schedule=Nightly())
def bring_built_ins(period: str, key: str) -> None:
    ensure_built_in_instruments()


@job("surveys.managers_turn", title="Tell managers that reports are open to them", schedule=Nightly())
def managers_turn(period: str, key: str) -> dict[str, object]:
    """Run after the day `period` has ended, for the waves whose reports managers see from the next one."""
    tomorrow = dt.date.fromisoformat(period) + dt.timedelta(days=1)
    return {"told": tell_managers(on=tomorrow)}
