"""Whom a sponsor calls into the team."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.colleagues import ColleagueField
from sponsors.enums import Domain
from sponsors.services.team import Call
from web.widgets import DateInput


class CallForm(forms.Form):
    specialist = ColleagueField(
        label=_("Specialist, by e-mail address"), widget=forms.EmailInput(attrs={"list": "specialists"})
    )
    domain = forms.ChoiceField(label=_("Looks after"), choices=Domain.choices)
    need = forms.CharField(
        label=_("What the leader needs them for"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The leader and the specialist read it."),
    )
    since = forms.DateField(label=_("From"), widget=DateInput(), initial=timezone.localdate)
    until = forms.DateField(label=_("Until"), widget=DateInput(), required=False, help_text=_("Empty: open."))

    def call(self) -> Call:
        values: dict[str, Any] = self.cleaned_data
        return Call(**{**values, "domain": Domain(values["domain"])})
