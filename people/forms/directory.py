"""What people type to find somebody."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.enums import CareerStage, PositionType, Profession
from people.member import Member
from people.models import Unit
from people.permissions import can_see_former_people
from people.unit_queries import units_to_choose_from

INDENT = "\u2003"


class UnitField(forms.ChoiceField):
    """A select of the tree's upper levels; a deeper unit from the address counts as well."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.units: dict[str, Unit] = {}

    def offer(self, units: list[Unit]) -> None:
        self.units = {str(unit.pk): unit for unit in units}
        self.choices = [
            ("", _("Anywhere")),
            *((key, INDENT * unit.depth + unit.name) for key, unit in self.units.items()),
        ]

    def clean(self, value: Any) -> Unit | None:
        return self.units.get(super().clean(value))


def offer_units(form: forms.Form) -> None:
    """Fill the select of a form's field "unit"."""
    field = form.fields["unit"]
    assert isinstance(field, UnitField)  # noqa: S101 - the forms below declare it
    field.offer(units_to_choose_from(str(form.data.get("unit", ""))))


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
