"""The jobs of surveys: each step enters the scope and does one service."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from people.queries import member_for
from surveys.models import SurveyImport, Wave
from surveys.queries import IMPORT_JOB
from surveys.services import asking, running
from surveys.services.calendar import prepare_due_waves
from surveys.services.closing import clear_after_commit
from surveys.services.counting import COUNT_JOB, count_drafts
from surveys.services.debriefs import tell_managers
from surveys.services.imports import apply_import, forget_old_files
from surveys.services.instruments import ensure_built_in_instruments
from surveys.services.publishing import publish_wave
from surveys.services.waves import INVITE_JOB
from surveys.wave_mail import deliver_invitation, deliver_reminder
from surveys.wave_queries import PUBLISH_JOB
from tenancy.jobs import Nightly, delivers, job
from tenancy.scope import current_scope

delivers(asking.INVITATION_TOPIC)(deliver_invitation)
delivers(asking.REMINDER_TOPIC)(deliver_reminder)


@job(IMPORT_JOB, title="Import a past survey")
def import_survey(period: str, key: str) -> dict[str, object]:
    survey_import = SurveyImport.objects.get(pk=UUID(period))
    member = member_for(survey_import.requested_by_id, on=timezone.localdate())
    if member is None:
        raise PermissionDenied("Whoever brought this file no longer works here.")
    applied = apply_import(survey_import, by=member)
    return {"state": applied.state}


@job(INVITE_JOB, title="Ask the people of a survey")
def invite(period: str, key: str) -> None:
    asking.invite_roll(_wave_of(period))


@job("surveys.calendar", title="Prepare the surveys of the calendar", schedule=Nightly())
def prepare_waves(period: str, key: str) -> dict[str, object]:
    return prepare_due_waves(timezone.localdate())


@job(COUNT_JOB, title="Count whom drafts of surveys would ask", schedule=Nightly())
def count_whom_drafts_ask(period: str, key: str) -> dict[str, object]:
    return {"drafts": count_drafts()}


@job("surveys.due_waves", title="Open, close and remind of surveys", schedule=Nightly())
def due_waves(period: str, key: str) -> dict[str, object]:
    return running.request_what_is_due(timezone.localdate())


@job(running.OPEN_JOB, title="Open a planned survey")
def open_planned(period: str, key: str) -> dict[str, object]:
    return running.open_planned_wave(_wave_of(period), on=timezone.localdate())


@job(running.CLOSE_JOB, title="Close a survey after its last day")
def close_overdue(period: str, key: str) -> dict[str, object]:
    return running.close_overdue_wave(_wave_of(period), on=timezone.localdate())


@job(running.REMIND_JOB, title="Remind people of a survey")
def remind(period: str, key: str) -> None:
    # No result: how many were reminded is how many had not answered.
    asking.remind(_wave_of(period))


@job(PUBLISH_JOB, title="Check and publish a survey")
def publish(period: str, key: str) -> dict[str, object]:
    actor = current_scope().actor_id
    member = member_for(actor, on=timezone.localdate()) if actor else None
    if member is None:
        raise PermissionDenied("Whoever asked for this no longer works here.")
    publish_wave(_wave_of(period), by=member)
    return {}


def _wave_of(period: str) -> Wave:
    """The period of a wave's job begins with its id; locked, so that two jobs come one after the other."""
    return Wave.objects.select_for_update(no_key=True).get(pk=UUID(period.partition(" ")[0]))


@job("surveys.clear_traces", title="Clear the space of deleted ballots and keys", schedule=Nightly())
def clear_old_traces(period: str, key: str) -> None:
    """Once more after the close: an older transaction, such as a backup's, kept what it could see."""
    clear_after_commit()


@job("surveys.forget_files", title="Delete survey files that were never imported", schedule=Nightly())
def forget_files(period: str, key: str) -> dict[str, object]:
    return {"deleted": forget_old_files()}


@job("surveys.built_ins", title="Bring the built-in questionnaires", schedule=Nightly())
def bring_built_ins(period: str, key: str) -> None:
    ensure_built_in_instruments()


@job(
    "surveys.managers_turn",
    title="Tell immediate leaders of leaders that reports are open to them",
    schedule=Nightly(),
)
def managers_turn(period: str, key: str) -> dict[str, object]:
    """For the waves whose reports immediate leaders of leaders see from the day `period`: when it has ended
    by the server's clock, it has begun by every organisation's."""
    return {"told": tell_managers(on=dt.date.fromisoformat(period))}
