from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mentoring.models import AlumniSeat, Tag
from mentoring.services.alumni import Outline, Plan, Recording
from people.colleagues import ColleagueField
from people.models import Cohort
from surveys.enums import Dimension
from web.forms import one_line
from web.widgets import DateInput


class OutlineForm(forms.Form):
    """What an alumni hour is about, when and where."""

    title = forms.CharField(label=_("Title"), max_length=120, validators=[one_line])
    about = forms.CharField(
        label=_("What it is about"), required=False, max_length=1200, widget=forms.Textarea(attrs={"rows": 3})
    )
    day = forms.DateField(label=_("Day"), widget=DateInput())
    time = forms.TimeField(label=_("Begins at"), widget=forms.TimeInput(attrs={"type": "time"}))
    place = forms.CharField(
        label=_("Where"),
        max_length=200,
        validators=[one_line],
        help_text=_("A room, or the address of a call."),
    )

    @property
    def starts_at(self) -> dt.datetime:
        """Once the form is valid."""
        sent = self.cleaned_data
        return timezone.make_aware(dt.datetime.combine(sent["day"], sent["time"]))

    def outline(self) -> Outline:
        sent = self.cleaned_data
        return Outline(sent["title"], sent["about"], self.starts_at, sent["place"])


class HourForm(OutlineForm):
    """An alumni hour to invite to."""

    speaker = ColleagueField(label=_("Speaker of the organisation, by e-mail address"), required=False)
    guest = forms.CharField(
        label=_("Or a guest, by name"), required=False, max_length=160, validators=[one_line]
    )
    cohort: forms.ModelChoiceField[Cohort] = forms.ModelChoiceField(
        queryset=None, label=_("Invited"), required=False, empty_label=_("Everybody in a programme")
    )

    def __init__(self, *args: Any, cohorts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["cohort"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - declared above
        field.queryset = cohorts

    def plan(self) -> Plan:
        kept = ("title", "about", "place", "speaker", "guest", "cohort")
        return Plan(starts_at=self.starts_at, **{name: self.cleaned_data[name] for name in kept})


class CancelForm(forms.Form):
    because = forms.CharField(
        label=_("Why it does not take place"),
        max_length=300,
        validators=[one_line],
        help_text=_("Everybody who was invited reads it."),
    )


class ConsentForm(forms.Form):
    note = forms.CharField(
        label=_("How the guest agreed, and when"),
        required=False,
        max_length=300,
        validators=[one_line],
        help_text=_("Such as “letter of 3 March”. A speaker of the organisation needs none."),
    )


class RecordingForm(forms.Form):
    """What the library shows of an hour."""

    link = forms.URLField(
        label=_("Recording"),
        max_length=500,
        assume_scheme="https",
        help_text=_("An address that begins with https://."),
    )
    dimensions = forms.MultipleChoiceField(
        label=_("Competencies"),
        choices=Dimension.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
    )
    tags: forms.ModelMultipleChoiceField[Tag] = forms.ModelMultipleChoiceField(
        queryset=None, label=_("Tags"), required=False, widget=forms.CheckboxSelectMultiple
    )
    transcript = forms.CharField(
        label=_("Transcript"),
        required=False,
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("It is shown below the recording and makes it possible to find."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["tags"]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101 - declared above
        field.queryset = Tag.objects.filter(retired_on=None).order_by("kind", "name")

    def recording(self) -> Recording:
        sent = self.cleaned_data
        return Recording(sent["link"], sent["transcript"], sent["dimensions"], list(sent["tags"]))


class AttendanceForm(forms.Form):
    """Who of those signed up came."""

    came = forms.MultipleChoiceField(label=_("Came"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, seats: Iterable[AlumniSeat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        signed_up = list(seats)
        field = self.fields["came"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - declared above
        field.choices = [(str(seat.person_id), seat.person.name) for seat in signed_up]
        field.initial = [str(seat.person_id) for seat in signed_up if seat.attended]

    @property
    def people(self) -> list[UUID]:
        """Once the form is valid."""
        return [UUID(each) for each in self.cleaned_data["came"]]


class LibraryForm(forms.Form):
    """The filter of the library; it lives in the address."""

    words = forms.CharField(label=_("Words"), required=False, max_length=100)
    competency = forms.ChoiceField(
        label=_("Competency"), required=False, choices=[("", _("All")), *Dimension.choices]
    )
