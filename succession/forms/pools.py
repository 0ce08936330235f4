"""What people type about pools."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.colleagues import ColleagueField
from people.enums import PositionType, Profession
from people.unit_field import UnitField, offer_units
from succession.enums import Flag, Proposers
from succession.models import Pool
from succession.services.pools import PoolTemplate


class CoverFilter(forms.Form):
    flag = forms.ChoiceField(
        label=_("What is missing"), required=False, choices=[("", _("Any")), *Flag.choices]
    )
    type = forms.ChoiceField(label=_("Type"), required=False, choices=[("", _("Any")), *PositionType.choices])
    unit = UnitField(label=_("Unit"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_units(self)


class PoolForm(forms.Form):
    """How one pool is kept, or all that are opened together."""

    ready_target = forms.IntegerField(label=_("Ready now, at least"), min_value=1, max_value=20, initial=2)
    soon_target = forms.IntegerField(
        label=_("Ready within two years, at least"), min_value=1, max_value=20, initial=3
    )
    proposers = forms.TypedChoiceField(
        label=_("Who may propose"), choices=Proposers.choices, coerce=Proposers, initial=Proposers.OWNER
    )
    professions = forms.MultipleChoiceField(
        label=_("For which professions"),
        choices=Profession.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nothing chosen: for everybody."),
    )
    keeper = ColleagueField(
        label=_("Keeper, by e-mail address"),
        required=False,
        help_text=_("Who looks after the pool while nobody holds the position."),
    )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("soon_target", 20) < typed.get("ready_target", 1):
            self.add_error("soon_target", _("Expected at least as many as are ready now."))
        return typed

    def template(self) -> PoolTemplate:
        return PoolTemplate(**self.cleaned_data)

    @classmethod
    def of(cls, pool: Pool) -> PoolForm:
        names = ("ready_target", "soon_target", "proposers", "professions")
        kept = {name: getattr(pool, name) for name in names}
        return cls(initial={**kept, "keeper": pool.keeper.email if pool.keeper else ""})


class OpenPoolsForm(PoolForm):
    """For which positions, and how."""

    type = forms.ChoiceField(
        label=_("For positions of this type"), required=False, choices=[("", _("All")), *PositionType.choices]
    )

    field_order = ("type",)

    def template(self) -> PoolTemplate:
        return PoolTemplate(**{name: value for name, value in self.cleaned_data.items() if name != "type"})


class PoolsFileForm(forms.Form):
    file = forms.FileField(label=_("CSV or XLSX file"))
