"""What whoever prepares a wave fills in."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from people.models import Cohort
from people.unit_field import UnitField, offer_units
from surveys.disclosure import THRESHOLD_FLOOR
from surveys.enums import Audience
from surveys.models import CalendarEntry, Instrument, Wave
from surveys.models.calendar import LONGEST_DAYS_OPEN
from surveys.queries import instruments_to_launch
from web.forms import one_line
from web.widgets import DateInput


class PopulationForm(forms.Form):
    """Which questionnaire, and who is asked: what a wave and an entry of the calendar have in common."""

    title = forms.CharField(
        label=_("Name of the survey"),
        validators=[one_line],
        help_text=_("Everybody who is asked reads it, for example “How we are led 2026”."),
    )
    instrument: forms.ModelChoiceField[Instrument] = forms.ModelChoiceField(
        queryset=None, label=_("Questionnaire"), empty_label=_("Choose")
    )
    audience = forms.ChoiceField(label=_("Who is asked"), choices=Audience.choices)
    unit = UnitField(
        label=_("Within"),
        anywhere=_("The whole organisation"),
        help_text=_("The unit and everything below it."),
    )
    cohort: forms.ModelChoiceField[Cohort] = forms.ModelChoiceField(
        queryset=None,
        label=_("Or of one cohort"),
        required=False,
        empty_label=_("No cohort in particular"),
    )
    threshold = forms.IntegerField(
        label=_("Fewest respondents shown"),
        min_value=THRESHOLD_FLOOR,
        max_value=100,
        initial=THRESHOLD_FLOOR,
        help_text=_("No result of fewer people is ever shown. Whoever is asked reads this number."),
        error_messages={
            "min_value": _("At least %(limit_value)s: with fewer, answers could be traced to people.")
        },
    )

    TITLE_TAKEN: Any
    TAKEN_FROM_ROW: tuple[str, ...] = ("title", "instrument", "audience", "cohort", "threshold")

    def __init__(self, *args: Any, row: Wave | CalendarEntry, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row = row
        for name in self.TAKEN_FROM_ROW:
            self.initial.setdefault(name, getattr(row, name, None))
        self.initial.setdefault("unit", str(row.unit_id or ""))
        self.fields["title"].max_length = length = row._meta.get_field("title").max_length  # type: ignore[attr-defined]
        self.fields["title"].validators.append(forms.fields.validators.MaxLengthValidator(length))  # type: ignore[attr-defined]
        self.fields["instrument"].queryset = instruments_to_launch()  # type: ignore[attr-defined]
        self.fields["cohort"].queryset = Cohort.objects.order_by("-start_date", "name")  # type: ignore[attr-defined]
        offer_units(self)

    def clean_title(self) -> str:
        title: str = self.cleaned_data["title"]
        if type(self.row).objects.filter(title=title).exclude(pk=self.row.pk).exists():
            raise ValidationError(self.TITLE_TAKEN)
        return title

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if values.get("unit") and values.get("cohort"):
            self.add_error("cohort", ValidationError(_("Choose a unit or a cohort, not both.")))
        return values

    def _fill(self, row: Any) -> None:
        for name, value in self.cleaned_data.items():
            setattr(row, name, value)


class WaveForm(PopulationForm):
    """A draft. `on`: the day it is."""

    opens_on = forms.DateField(label=_("First day"), widget=DateInput)
    closes_on = forms.DateField(label=_("Last day"), widget=DateInput)

    TITLE_TAKEN = _("There is a survey with this name already.")
    TAKEN_FROM_ROW = (*PopulationForm.TAKEN_FROM_ROW, "opens_on", "closes_on")

    def __init__(self, *args: Any, row: Wave, on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        self.on = on

    def clean_opens_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["opens_on"]
        if day < self.on:
            raise ValidationError(_("This day is past."))
        return day

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        first, last = values.get("opens_on"), values.get("closes_on")
        if first and last:
            try:
                demand_length(first, last)
            except ValidationError as error:
                self.add_error("closes_on", error)
        return values

    def fill(self, row: Wave) -> Wave:
        """Write what was typed into the draft; the database has not seen it yet."""
        self._fill(row)
        return row


class ExtendForm(forms.Form):
    """A later last day of an open wave."""

    closes_on = forms.DateField(label=_("New last day"), widget=DateInput)

    def __init__(self, *args: Any, wave: Wave, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wave = wave

    def clean_closes_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["closes_on"]
        if day <= self.wave.closes_on:
            raise ValidationError(
                _("It is open until %(day)s already. It can only become longer. To end it, close it."),
                params={"day": date_format(self.wave.closes_on, "DATE_FORMAT")},
            )
        demand_length(self.wave.opens_on, day)
        return day


def demand_length(first: dt.date, last: dt.date) -> None:
    """ValidationError unless a wave of these days is at least two days long and not too long."""
    if last < first:
        raise ValidationError(_("The last day lies before the first."))
    if last == first:
        raise ValidationError(_("Give people at least until the next day."))
    if (last - first).days >= LONGEST_DAYS_OPEN:
        raise ValidationError(
            _("A survey is open for %(days)d days at most."), params={"days": LONGEST_DAYS_OPEN}
        )
