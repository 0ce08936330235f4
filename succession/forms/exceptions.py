"""What people type about exceptions from the limit of terms."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.colleagues import ColleagueField
from people.models import Position
from succession.enums import ExceptionState
from succession.forms.candidacies import words_field
from succession.services.exceptions import Plea
from web.widgets import DateInput


class ExceptionFilter(forms.Form):
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("Any")), *ExceptionState.choices]
    )


class RefusalForm(forms.Form):
    reason = words_field(_("Why not"), 500, help_text=_("Whoever asked reads it, and so do all HR admins."))


class ExceptionForm(forms.Form):
    person = ColleagueField(label=_("For whom, by e-mail address"))
    expires_on = forms.DateField(
        label=_("Last day"),
        widget=DateInput(),
        help_text=_("It allows an appointment until this day, and ends by itself."),
        error_messages={"required": _("An exception has a last day: without one it is none.")},
    )
    reason = words_field(_("Why"), 500, help_text=_("Whoever decides reads it."))

    field_order = ("position",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["position"] = forms.ModelChoiceField(
            label=_("Position"),
            queryset=Position.objects.order_by("title", "pk"),
            empty_label=_("Choose one"),
        )
        self.order_fields(self.field_order)

    def plea(self) -> Plea:
        return Plea(**self.cleaned_data)
