from __future__ import annotations

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from people.models import Unit
from people.unit_queries import units_to_choose_from

INDENT = "\u2003"


class WithinForm(forms.Form):
    """The part of the organisation an overview shows: an upper unit, or a deeper one from the address."""

    within = forms.ChoiceField(label=_("Within"), required=False)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.units = {str(unit.pk): unit for unit in units_to_choose_from(data.get("within", ""))}
        field = self.fields["within"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [
            ("", _("Everywhere")),
            *((key, INDENT * unit.depth + unit.name) for key, unit in self.units.items()),
        ]

    @property
    def unit(self) -> Unit | None:
        return self.units.get(self.cleaned_data["within"]) if self.is_valid() else None
