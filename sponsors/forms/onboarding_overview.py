"""Which onboardings a list shows."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from sponsors.plan.onboarding import GATES
from sponsors.queries.onboarding_overview import OVERDUE


class ShowForm(forms.Form):
    show = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[
            ("", _("All that run")),
            *((str(each), _("Year %(number)d") % {"number": each}) for each in range(1, GATES + 1)),
            (OVERDUE, _("Overdue")),
        ],
    )
