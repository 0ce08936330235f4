"""What is told about surveys."""

from __future__ import annotations

from django.utils.translation import gettext as _

from people.notices import Notice, page_path
from surveys.enums import ImportState
from surveys.models import SurveyImport, Wave


def report_published(wave: Wave) -> Notice:
    title = _("“%(wave)s” is published, with a report about your unit.") % {"wave": wave.title[:120]}
    return Notice(title, page_path("surveys:waves"), "chart-bar")


def import_over(survey_import: SurveyImport) -> Notice:
    if survey_import.state == ImportState.DONE:
        title = _("“%(survey)s” is imported and published.")
    else:
        title = _("“%(survey)s” has faults. Nothing was imported.")
    path = page_path("surveys:import_progress", survey_import.pk)
    return Notice(title % {"survey": survey_import.title[:120]}, path, "file-import")
