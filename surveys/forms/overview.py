from __future__ import annotations

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from people.models import Unit
from people.unit_field import UnitField, offer_units


class WithinForm(forms.Form):
    """The part of the organisation an overview shows: an upper unit, or a deeper one from the address."""

    within = UnitField(label=_("Within"), anywhere=_("Everywhere"))

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        offer_units(self, "within")

    @property
    def unit(self) -> Unit | None:
        return self.cleaned_data["within"] if self.is_valid() else None
