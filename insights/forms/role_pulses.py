"""What people type and choose in a role pulse, and in the register of structures."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from insights.enums import Structure
from insights.role_items import ITEMS, LEVELS
from people.unit_field import UnitField, offer_units
from web.widgets import DateInput


class OpenRolePulseForm(forms.Form):
    closes_on = forms.DateField(
        label=_("Last day"),
        widget=DateInput(),
        help_text=_("Between seven and sixty days from today. It closes by itself in the night after it."),
    )


class RoleAnswerForm(forms.Form):
    """One radio scale a sentence."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place, item in enumerate(ITEMS):
            self.fields[f"s{place}"] = forms.TypedChoiceField(
                label=str(item.words), choices=LEVELS, coerce=int, widget=forms.RadioSelect
            )

    def answers(self) -> list[int]:
        return [self.cleaned_data[f"s{place}"] for place in range(len(ITEMS))]


class StructureFilter(forms.Form):
    structure = forms.ChoiceField(
        label=_("Structure"), required=False, choices=[("", _("Any")), *Structure.choices]
    )
    unit = UnitField(label=_("Unit"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_units(self)
