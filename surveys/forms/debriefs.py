"""What leader, immediate leader and coach type about a debrief."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from django import forms
from django.db.models import QuerySet
from django.forms import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.models import Person
from surveys.enums import Behaviour, DebriefStanding
from surveys.models.debriefs import MOST_ACTIONS, Debrief
from surveys.services.debriefs import Agreed, Outcome
from web.widgets import DateInput

DECIMAL: Final = re.compile(r"[0-9][.,][0-9]")


class DebriefFilter(forms.Form):
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("Any")), *DebriefStanding.choices]
    )


class CoachForm(forms.Form):
    """Who leads the conversation in place of the immediate leader."""

    coach: forms.ModelChoiceField[Person] = forms.ModelChoiceField(
        queryset=None,
        label=_("Coach"),
        error_messages={"invalid_choice": _("Choose somebody who works here, other than the leader.")},
    )

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["coach"].queryset = people  # type: ignore[attr-defined]


class DebriefForm(forms.Form):
    """How a debrief went; up to four things that were agreed, each with a date."""

    conducted_by = forms.ChoiceField(label=_("Who led the conversation"), widget=forms.RadioSelect)
    held_on = forms.DateField(label=_("Date"), widget=DateInput())
    focus = forms.MultipleChoiceField(
        label=_("What to work on"),
        help_text=_("One behaviour or two."),
        choices=Behaviour.choices,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, leading: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.leading = {str(person.pk): person for person in leading}
        field = self.fields["conducted_by"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [(key, person.name) for key, person in self.leading.items()]
        for number in range(1, MOST_ACTIONS + 1):
            self.fields[f"action{number}"] = forms.CharField(
                label=_("Agreed action %(number)d") % {"number": number}, max_length=300, required=number == 1
            )
            self.fields[f"due{number}"] = forms.DateField(
                label=_("By"), widget=DateInput(), required=number == 1
            )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        for number in range(2, MOST_ACTIONS + 1):
            text, due = values.get(f"action{number}"), values.get(f"due{number}")
            if text and due is None and f"due{number}" not in self.errors:
                self.add_error(f"due{number}", gettext("Say by when."))
            if due and not text and f"action{number}" not in self.errors:
                self.add_error(f"action{number}", gettext("Say what was agreed, or leave out the date."))
        held_on: dt.date | None = values.get("held_on")
        for number in range(1, MOST_ACTIONS + 1):
            due = values.get(f"due{number}")
            if due and held_on and due < held_on:
                self.add_error(f"due{number}", gettext("This is before the conversation."))
        return values

    def outcome(self) -> Outcome:
        """Once the form is valid."""
        values = self.cleaned_data
        rows = ((values[f"action{n}"], values[f"due{n}"]) for n in range(1, MOST_ACTIONS + 1))
        return Outcome(
            conducted_by=self.leading[values["conducted_by"]],
            held_on=values["held_on"],
            focus=[Behaviour(value) for value in values["focus"]],
            actions=[Agreed(text, due_on) for text, due_on in rows if text],
        )

    @staticmethod
    def written(debrief: Debrief) -> dict[str, Any]:
        """What was written down of a debrief, as the form begins with it."""
        values: dict[str, Any] = {
            "conducted_by": str(debrief.conducted_by_id),
            "held_on": debrief.held_on,
            "focus": debrief.focus,
        }
        for number, action in enumerate(debrief.actions.all(), 1):
            values |= {f"action{number}": action.text, f"due{number}": action.due_on}
        return values

    def holds_figure(self) -> bool:
        """Whether something agreed has a number with decimals; figures belong to the report."""
        return any(DECIMAL.search(agreed.text) for agreed in self.outcome().actions)

    def action_rows(self) -> Iterator[tuple[BoundField, BoundField]]:
        """The fields of what was agreed, a row each."""
        for number in range(1, MOST_ACTIONS + 1):
            yield self[f"action{number}"], self[f"due{number}"]
