"""Which terms somebody asks for."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.enums import PositionType
from people.unit_field import UnitField, offer_units

YEARS: Final = 9


class TermFilter(forms.Form):
    year = forms.ChoiceField(label=_("Term ends in"), required=False)
    type = forms.ChoiceField(label=_("Type"), required=False, choices=[("", _("Any")), *PositionType.choices])
    unit = UnitField(label=_("Unit"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_units(self)
        year, now = self.fields["year"], timezone.localdate().year
        assert isinstance(year, forms.ChoiceField)  # noqa: S101 - declared above
        year.choices = [("", _("Any")), *((str(one), str(one)) for one in range(now - 1, now + YEARS))]
