"""What people type about how positions are set up."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from insights.enums import Lack
from insights.set_up import Lines
from people.unit_field import UnitField, offer_units


class SeatFilter(forms.Form):
    lack = forms.ChoiceField(
        label=_("What is lacking"), required=False, choices=[("", _("Any")), *Lack.choices]
    )
    unit = UnitField(label=_("Unit"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_units(self)


class LinesForm(forms.Form):
    """From where on it is a warning."""

    least_hours = forms.DecimalField(
        label=_("Little time: so many hours a week or fewer"),
        min_value=Decimal(0),
        max_value=Decimal(40),
        max_digits=4,
        decimal_places=1,
    )
    most_reports = forms.IntegerField(label=_("Many to lead: more people than"), min_value=1, max_value=200)
    warn_from = forms.IntegerField(label=_("Warn from so many of the five"), min_value=1, max_value=5)

    def lines(self) -> Lines:
        return Lines(**self.cleaned_data)
