"""Choosing a unit in a form, on the pages of every app."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from people.models import Unit
from people.unit_queries import units_to_choose_from

INDENT: Final = "\u2003"


class UnitField(forms.ChoiceField):
    """A select of the tree's upper levels; a deeper unit from the address, or the one that is chosen already,
    counts as well. Its value is the unit, None where it is left open."""

    def __init__(self, *, anywhere: Any = None, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.anywhere = anywhere or _("Anywhere")
        self.units: dict[str, Unit] = {}

    def offer(self, units: list[Unit]) -> None:
        self.units = {str(unit.pk): unit for unit in units}
        self.choices = [
            ("", self.anywhere),
            *((key, INDENT * unit.depth + unit.name) for key, unit in self.units.items()),
        ]

    def clean(self, value: Any) -> Unit | None:
        return self.units.get(super().clean(value))


def offer_units(form: forms.Form, name: str = "unit") -> None:
    """Fill the select of a form's field, with what the form holds already among them."""
    field = form.fields[name]
    assert isinstance(field, UnitField)  # noqa: S101 - the forms declare it
    field.offer(units_to_choose_from(str(form.data.get(name, "")) or form.initial.get(name, "")))
