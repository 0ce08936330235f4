"""What people type to find somebody."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.enums import CareerStage, PositionType, Profession
from people.member import Member
from people.permissions import can_see_former_people
from people.unit_field import UnitField, offer_units


class DirectoryFilter(forms.Form):
    q = forms.CharField(
        label=_("Name or e-mail"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    unit = UnitField(label=_("Unit"))
    profession = forms.ChoiceField(
        label=_("Profession"), required=False, choices=[("", _("Any")), *Profession.choices]
    )
    stage = forms.ChoiceField(
        label=_("Career stage"), required=False, choices=[("", _("Any")), *CareerStage.choices]
    )
    former = forms.BooleanField(label=_("Also people who left"), required=False)

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_units(self)
        if not can_see_former_people(member):
            del self.fields["former"]


class PositionFilter(forms.Form):
    type = forms.ChoiceField(label=_("Type"), required=False, choices=[("", _("Any")), *PositionType.choices])
    state = forms.ChoiceField(
        label=_("Held"),
        required=False,
        choices=[
            ("", _("Held or vacant")),
            ("ending", _("Term ends within 12 months")),
            ("vacant", _("Vacant")),
        ],
    )
    unit = UnitField(label=_("Unit"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_units(self)
