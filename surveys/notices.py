"""What is told about surveys."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people.notices import Notice, page_path
from surveys.enums import ImportState
from surveys.models import Debrief, SurveyImport, Wave


def report_published(wave: Wave) -> Notice:
    title = _("“%(wave)s” is published, with a report about your unit.") % {"wave": wave.title[:120]}
    return Notice(title, page_path("surveys:waves"), "chart-bar")


def answer_path(wave: Wave) -> str:
    """Where a wave is answered."""
    return page_path("surveys:answer", wave.pk)


def asked(wave: Wave) -> Notice:
    title = _("You are asked: “%(wave)s”. It is open until %(day)s.") % _title_and_last_day(wave)
    return Notice(title, answer_path(wave), "message-question")


def reminder(wave: Wave) -> Notice:
    title = _("“%(wave)s” can be answered until %(day)s.") % _title_and_last_day(wave)
    return Notice(title, answer_path(wave), "clock")


def opened_by_itself(wave: Wave) -> Notice:
    title = _("“%(wave)s” has been opened as planned.") % {"wave": wave.title[:120]}
    return Notice(title, page_path("surveys:wave_run", wave.pk), "player-play")


def could_not_open(wave: Wave, reason: str) -> Notice:
    title = _("“%(wave)s” could not be opened. %(reason)s") % {"wave": wave.title[:60], "reason": reason}
    return Notice(title, page_path("surveys:wave_plan", wave.pk), "alert-triangle")


def closed_by_itself(wave: Wave) -> Notice:
    title = _("“%(wave)s” is closed. Check and publish it.") % {"wave": wave.title[:120]}
    return Notice(title, page_path("surveys:wave_run", wave.pk), "player-stop")


def draft_prepared(wave: Wave) -> Notice:
    title = _("“%(wave)s” is prepared, as the calendar says. Look it over.") % {"wave": wave.title[:120]}
    return Notice(title, page_path("surveys:wave_plan", wave.pk), "calendar-event")


def _title_and_last_day(wave: Wave) -> dict[str, str]:
    return {"wave": wave.title[:100], "day": date_format(wave.closes_on, "DATE_FORMAT")}


def import_over(survey_import: SurveyImport) -> Notice:
    if survey_import.state == ImportState.DONE:
        title = _("“%(survey)s” is imported and published.")
    else:
        title = _("“%(survey)s” has faults. Nothing was imported.")
    path = page_path("surveys:import_progress", survey_import.pk)
    return Notice(title % {"survey": survey_import.title[:120]}, path, "file-import")


def reports_open_to_managers(wave: Wave) -> Notice:
    title = _("You may now read what “%(wave)s” says of leaders who report to you.")
    return Notice(title % {"wave": wave.title[:120]}, page_path("surveys:waves"), "chart-bar")


def debrief_to_lead(debrief: Debrief, *, by: str) -> Notice:
    title = _("%(name)s asks you to lead the debrief of %(unit)s.") % {"name": by, "unit": debrief.unit.name}
    return Notice(title, page_path("surveys:debrief", debrief.pk), "messages")


def debriefs_wait(wave: Wave) -> Notice:
    title = _("A debrief of “%(wave)s” waits for you: talk about the report and write down what was agreed.")
    return Notice(title % {"wave": wave.title[:80]}, page_path("surveys:debriefs"), "messages")


def debrief_held(debrief: Debrief) -> Notice:
    title = _("The debrief about %(unit)s is written down.") % {"unit": debrief.unit.name}
    return Notice(title, page_path("surveys:debrief", debrief.pk), "messages")


def debrief_corrected(debrief: Debrief, *, by: str) -> Notice:
    title = _("%(name)s has corrected the debrief about %(unit)s.") % {"name": by, "unit": debrief.unit.name}
    return Notice(title, page_path("surveys:debrief", debrief.pk), "messages")


def answers_led_to(debrief: Debrief) -> Notice:
    title = _("What your last answers led to in %(unit)s") % {"unit": debrief.unit.name}
    return Notice(title, page_path("surveys:led_to", debrief.unit_id), "route")
