"""What is filled in about the calendar of surveys and the rule beside it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from surveys.enums import Rhythm
from surveys.forms.waves import PopulationForm
from surveys.models import CalendarEntry, SurveyRule
from surveys.models.calendar import LONGEST_DAYS_OPEN


class EntryForm(PopulationForm):
    """A survey that comes back."""

    rhythm = forms.ChoiceField(label=_("How often"), choices=Rhythm.choices)
    month = forms.TypedChoiceField(
        label=_("Month"),
        coerce=int,
        choices=list(MONTHS.items()),
        help_text=_(
            "It opens on the first Monday. Of a survey each quarter, choose the month in the first quarter: "
            "January, February or March."
        ),
    )
    days_open = forms.IntegerField(label=_("Days open"), min_value=2, max_value=LONGEST_DAYS_OPEN)
    opens_by_itself = forms.BooleanField(
        label=_("Open it automatically"),
        required=False,
        help_text=_("Otherwise a draft waits for you four weeks before."),
    )

    TITLE_TAKEN = _("The calendar has a survey with this name already.")
    TAKEN_FROM_ROW = (*PopulationForm.TAKEN_FROM_ROW, "rhythm", "month", "days_open", "opens_by_itself")

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if values.get("rhythm") == Rhythm.QUARTERLY and values.get("month", 1) > 3:
            self.add_error("month", ValidationError(_("Choose January, February or March.")))
        return values

    def fill(self, row: CalendarEntry) -> CalendarEntry:
        """Write what was typed into the entry; the database has not seen it yet."""
        self._fill(row)
        return row


class RuleForm(forms.Form):
    """The rule an organisation has for its surveys."""

    surveys_per_quarter = forms.IntegerField(
        label=_("Surveys a person is asked in each quarter, at most"),
        min_value=1,
        max_value=12,
        help_text=_("The confidence pulse counts as one. Whoever reached it is left out."),
    )
    debrief_share = forms.IntegerField(
        label=_("Debriefs to be closed before leaders are asked about again, percent"),
        min_value=0,
        max_value=100,
        help_text=_("Of the last survey. 0 lets a survey open without any."),
    )

    selection_use = forms.BooleanField(
        label=_("Offer the leader index to succession"),
        required=False,
        help_text=_(
            "After two surveys, with its interval, and when the leader has known both results for 30 days. "
            "Leaders see it on their report. Switched on, people may answer less frankly."
        ),
    )

    def __init__(self, *args: Any, rule: SurveyRule, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.fields:
            self.initial[name] = getattr(rule, name)
