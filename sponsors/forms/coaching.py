"""What people type about coaching."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mentoring.enums import MeetingFormat
from mentoring.models.sessions import LONGEST, SHORTEST
from people.models import Person
from sponsors.enums import SessionState
from sponsors.models import Action, CoachingSession
from sponsors.models.profiles import MOST_PLACES
from sponsors.services.coaching import Meeting
from web.forms import one_of
from web.widgets import DateInput


class CoachForm(forms.Form):
    places = forms.IntegerField(
        label=_("How many leaders I coach at a time"),
        min_value=0,
        max_value=MOST_PLACES,
        help_text=_("0: nobody new. Whom you coach already stays."),
    )
    approach = forms.CharField(
        label=_("What leaders can expect"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Sponsors read it when they look for a coach."),
    )


class SessionForm(forms.Form):
    """Day and time are those of the organisation. `coach` is asked where there is more than one, `action`
    where the regimen has coaching in it."""

    coach = forms.TypedChoiceField(label=_("With"), coerce=UUID)
    day = forms.DateField(label=_("Day"), widget=DateInput())
    time = forms.TimeField(label=_("Time"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    minutes = forms.IntegerField(label=_("Minutes"), min_value=SHORTEST, max_value=LONGEST, initial=60)
    format = forms.ChoiceField(label=_("How"), choices=MeetingFormat.choices)
    action = forms.TypedChoiceField(label=_("Counts towards"), coerce=UUID, required=False, empty_value=None)
    agenda = forms.CharField(
        label=_("Agenda"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The two of you read and write it; nobody else does."),
    )

    def __init__(
        self, *args: Any, coaches: Iterable[Person] = (), actions: Iterable[Action], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.coaches = {each.pk: each for each in coaches}
        self._offer("coach", [(each.pk, each.name) for each in self.coaches.values()], fewest=2)
        titles = [(each.pk, each.title) for each in actions]
        self._offer("action", [("", _("Nothing of the regimen")), *titles], fewest=2)

    def _offer(self, name: str, choices: list[tuple[Any, Any]], *, fewest: int) -> None:
        """A choice among fewer is no question."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        if len(choices) < fewest:
            del self.fields[name]
        field.choices = choices

    def chosen_coach(self) -> Person:
        """The one who was chosen, or the only one."""
        chosen = self.cleaned_data.get("coach")
        return self.coaches[chosen] if chosen else next(iter(self.coaches.values()))

    def meeting(self) -> Meeting:
        values = self.cleaned_data
        naive = dt.datetime.combine(values["day"], values["time"])
        return Meeting(
            starts_at=timezone.make_aware(naive),
            minutes=values["minutes"],
            format=MeetingFormat(values["format"]),
            agenda=values["agenda"],
            action_id=values.get("action"),
        )


def values_of(session: CoachingSession) -> dict[str, Any]:
    """What the form begins with when a session is changed."""
    local = timezone.localtime(session.starts_at)
    return {
        "day": local.date(),
        "time": local.time(),
        "minutes": session.minutes,
        "format": session.format,
        "agenda": session.agenda,
        "action": session.action_id or "",
    }


class RecordForm(forms.Form):
    """What became of it; each choice is a button."""

    state = one_of([SessionState.HELD, SessionState.MISSED], _("What became of it"))


class NoteForm(forms.Form):
    words = forms.CharField(
        label=_("For myself"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Encrypted. Nobody else reads it, neither the other one nor an administrator."),
    )
