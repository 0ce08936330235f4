"""What HR fills in about programmes and cohorts."""

from __future__ import annotations

import datetime as dt
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import Cohort, CohortMembership, Person, Programme
from people.programme_queries import (
    in_cohort,
    people_by_staff_number,
    people_who_may_join,
    possible_champions,
)
from people.staff_numbers import faults, numbered
from web.widgets import DateInput

Row = TypeVar("Row", Programme, Cohort)


class _DatedForm(forms.Form):
    """A named row with two dates in their order: shown from a row, written back into it."""

    name = forms.CharField(
        label=_("Name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    start_date = forms.DateField(label=_("Begins"), widget=DateInput)
    end_date = forms.DateField(label=_("Ends"), required=False, widget=DateInput)

    def __init__(self, *args: Any, row: Programme | Cohort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.fields:
            self.initial.setdefault(name, getattr(row, name, None))

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        start, end = values.get("start_date"), values.get("end_date")
        if start and end and end < start:
            self.add_error("end_date", ValidationError(_("The end lies before the beginning.")))
        return values

    def fill(self, row: Row) -> Row:
        """Write what was typed into the row; the database has not seen it yet."""
        for name, value in self.cleaned_data.items():
            setattr(row, name, value)
        return row


class ProgrammeForm(_DatedForm):
    champion: forms.ModelChoiceField[Person] = forms.ModelChoiceField(
        queryset=None,
        label=_("Executive champion"),
        empty_label=_("Choose somebody"),
        help_text=_("Who stands for the programme: an executive or the incumbent of a senior position."),
    )
    pilot = forms.BooleanField(
        label=_("This is a pilot"),
        required=False,
        help_text=_("Its results are compared with units that do not take part."),
    )

    def __init__(self, *args: Any, row: Programme, **kwargs: Any) -> None:
        kwargs["initial"] = {"champion": row.champion_id}
        super().__init__(*args, row=row, **kwargs)
        self.fields["champion"].queryset = possible_champions(  # type: ignore[attr-defined]
            on=timezone.localdate(), besides=row.champion_id
        )


class CohortForm(_DatedForm):
    """The name and dates are all."""


class _JoiningForm(forms.Form):
    """From which day people belong to a cohort."""

    start_date = forms.DateField(label=_("In the cohort from"), widget=DateInput)

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cohort = cohort
        self.fields["start_date"].initial = max(cohort.start_date, timezone.localdate())

    def clean_start_date(self) -> dt.date:
        day: dt.date = self.cleaned_data["start_date"]
        if day < self.cohort.start_date:
            raise ValidationError(
                _("The cohort begins later, on %(day)s."), params={"day": self.cohort.start_date}
            )
        if self.cohort.end_date is not None and day > self.cohort.end_date:
            raise ValidationError(
                _("The cohort has ended before, on %(day)s."), params={"day": self.cohort.end_date}
            )
        return day


class AddPeopleForm(_JoiningForm):
    people: forms.ModelMultipleChoiceField[Person] = forms.ModelMultipleChoiceField(
        queryset=None,
        label=_("People"),
        error_messages={
            "required": _("Choose at least one person."),
            "invalid_choice": _("Somebody chosen does not work here, or is or was in this cohort."),
        },
    )

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, cohort=cohort, **kwargs)
        self.fields["people"].queryset = people_who_may_join(  # type: ignore[attr-defined]
            cohort, on=timezone.localdate()
        )


class PastePeopleForm(_JoiningForm):
    numbers = forms.CharField(
        label=_("Staff numbers"),
        help_text=_("One a line, as a spreadsheet's column is pasted. All are added, or none."),
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false", "autocomplete": "off"}),
        max_length=100_000,
    )
    field_order = ("numbers", "start_date")

    def clean_numbers(self) -> list[Person]:
        entries = numbered(self.cleaned_data["numbers"])
        known = people_by_staff_number((number for _line, number in entries), on=timezone.localdate())
        ids = {number: person.pk for number, person in known.items()}
        wrong = faults(entries, ids, in_cohort(self.cohort, ids.values()))
        if wrong:
            raise ValidationError([ValidationError(text) for text in wrong])
        return list(known.values())


class LastDayForm(forms.Form):
    last_day = forms.DateField(
        label=_("Last day in the cohort"),
        required=False,
        widget=DateInput,
        help_text=_("Leave it empty as long as they belong to it."),
    )

    def __init__(self, *args: Any, membership: CohortMembership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.membership = membership
        self.fields["last_day"].initial = membership.last_day

    def clean_last_day(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["last_day"]
        if day is not None and day < self.membership.start_date:
            raise ValidationError(_("They joined later than that."))
        return day
