"""What people type about a session."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mentoring.enums import MeetingFormat, NoteFor
from mentoring.models import Session
from mentoring.models.sessions import LONGEST, SHORTEST
from mentoring.services.sessions import Meeting
from web.widgets import DateInput


class SessionForm(forms.Form):
    """Day and time are those of the organisation."""

    day = forms.DateField(label=_("Day"), widget=DateInput())
    time = forms.TimeField(label=_("Time"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    minutes = forms.IntegerField(label=_("Minutes"), min_value=SHORTEST, max_value=LONGEST, initial=60)
    format = forms.ChoiceField(label=_("How"), choices=MeetingFormat.choices)
    agenda = forms.CharField(
        label=_("Agenda"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The two of you read and write it; nobody else does."),
    )

    def meeting(self) -> Meeting:
        values = self.cleaned_data
        naive = dt.datetime.combine(values["day"], values["time"])
        return Meeting(
            starts_at=timezone.make_aware(naive),
            minutes=values["minutes"],
            format=MeetingFormat(values["format"]),
            agenda=values["agenda"],
        )


def values_of(session: Session) -> dict[str, Any]:
    """What the form begins with when a session is changed."""
    local = timezone.localtime(session.starts_at)
    return {
        "day": local.date(),
        "time": local.time(),
        "minutes": session.minutes,
        "format": session.format,
        "agenda": session.agenda,
    }


class NoteForm(forms.Form):
    readers = forms.ChoiceField(label=_("Who reads it"), choices=NoteFor.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("You have one note for each circle of readers. Clear it to delete it."),
    )
