"""What people type about pilots, their units, outcomes and values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from insights.models import Pilot, PilotOutcome, PilotUnit, PilotValue
from insights.pilot_enums import Arm, Better, Every, OutcomeKind
from insights.pilot_periods import open_periods, period_label
from insights.services.pilot_values import Cell
from insights.services.pilots import OutcomePlan, PilotPlan
from people.models import Programme, Unit
from people.unit_field import UnitField, offer_units
from web.forms import one_line
from web.widgets import DateInput

OF_HOW_MANY: Final = _("Say how many people are behind it: nothing is told of fewer than five.")
MOST_PEOPLE: Final = 1_000_000


class PilotForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120, validators=[one_line])
    tried = forms.CharField(
        label=_("What is tried"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    starts_on = forms.DateField(
        label=_("First day"),
        widget=DateInput(),
        help_text=_("Outcomes are declared before it. Once it has come, it stays."),
    )
    ends_on = forms.DateField(label=_("Last day"), required=False, widget=DateInput())
    programme: forms.ModelChoiceField[Programme] = forms.ModelChoiceField(
        queryset=None, label=_("Part of the programme"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["programme"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - declared above
        field.queryset = Programme.objects.order_by("name")

    def plan(self) -> PilotPlan:
        return PilotPlan(**self.cleaned_data)

    @classmethod
    def of(cls, pilot: Pilot) -> PilotForm:
        names = ("name", "tried", "starts_on", "ends_on", "programme")
        return cls(initial={name: getattr(pilot, name) for name in names})


class PilotUnitForm(forms.Form):
    unit = UnitField(label=_("Unit"), anywhere=_("Choose a unit"))
    arm = forms.TypedChoiceField(label=_("Arm"), choices=Arm.choices, coerce=Arm)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_units(self)
        self.fields["unit"].required = True

    def clean_unit(self) -> Unit:
        unit = self.cleaned_data["unit"]
        if not isinstance(unit, Unit):
            raise forms.ValidationError(_("Choose a unit."))
        return unit


class OutcomeForm(forms.Form):
    name = forms.CharField(label=_("Outcome"), max_length=120, validators=[one_line])
    kind = forms.TypedChoiceField(label=_("Kind"), choices=OutcomeKind.choices, coerce=OutcomeKind)
    measure = forms.CharField(
        label=_("Unit of measure"),
        max_length=40,
        validators=[one_line],
        help_text=_("Such as percent, points, falls per 1,000 bed days."),
    )
    better = forms.TypedChoiceField(label=_("Which way"), choices=Better.choices, coerce=Better)
    every = forms.TypedChoiceField(
        label=_("How often"), choices=Every.choices, coerce=Every, initial=Every.QUARTER
    )
    source = forms.CharField(
        label=_("Where it comes from"), max_length=300, required=False, validators=[one_line]
    )

    def plan(self) -> OutcomePlan:
        return OutcomePlan(**self.cleaned_data)


class PeriodForm(forms.Form):
    """Which period; in the address."""

    period = forms.TypedChoiceField(label=_("Period"), coerce=dt.date.fromisoformat)

    def __init__(self, outcome: PilotOutcome, today: dt.date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = outcome.period
        offered = open_periods(every, today)
        self.newest = offered[0]
        field = self.fields["period"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101 - declared above
        field.choices = [(each.isoformat(), period_label(each, every)) for each in offered]

    def chosen(self) -> dt.date:
        """The newest one unless another is asked for."""
        return self.cleaned_data["period"] if self.is_valid() else self.newest


class ValuesFileForm(forms.Form):
    file = forms.FileField(label=_("CSV or XLSX file"))


class ValuesForm(forms.Form):
    """Two fields for each unit of the pilot: its value, and how many people are behind it. Both empty:
    none."""

    def __init__(self, units: Sequence[PilotUnit], kind: OutcomeKind, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units, self.kind = units, kind
        for unit in units:
            self.fields[unit.pk.hex] = forms.DecimalField(
                label=f"{unit.unit.name} ({Arm(unit.arm).label})",
                max_digits=16,
                decimal_places=4,
                required=False,
            )
            self.fields[people_of(unit)] = forms.IntegerField(
                label=_("%(unit)s: people behind it") % {"unit": unit.unit.name},
                min_value=1,
                max_value=MOST_PEOPLE,
                required=False,
            )

    def clean(self) -> None:
        for unit in self.units:
            value, n = (self.cleaned_data.get(name) for name in (unit.pk.hex, people_of(unit)))
            if value is None and n is not None and unit.pk.hex not in self.errors:
                self.add_error(unit.pk.hex, _("Enter what they measured, or no number of people."))
            unsaid = value is not None and n is None and people_of(unit) not in self.errors
            if unsaid and self.kind.is_of_people:
                self.add_error(people_of(unit), OF_HOW_MANY)

    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Both fields of each unit."""
        return [(self[unit.pk.hex], self[people_of(unit)]) for unit in self.units]

    def values(self) -> dict[UUID, Cell | None]:
        found: dict[UUID, Cell | None] = {}
        for unit in self.units:
            value = self.cleaned_data[unit.pk.hex]
            found[unit.pk] = None if value is None else (value, self.cleaned_data[people_of(unit)])
        return found

    @classmethod
    def of(
        cls, units: Sequence[PilotUnit], kind: OutcomeKind, values: Mapping[UUID, PilotValue]
    ) -> ValuesForm:
        initial: dict[str, object] = {}
        for unit in units:
            if (there := values.get(unit.pk)) is not None:
                initial[unit.pk.hex] = f"{there.value.normalize():f}"
                initial[people_of(unit)] = there.people
        return cls(units, kind, initial=initial)


def people_of(unit: PilotUnit) -> str:
    """The name of its second field."""
    return f"{unit.pk.hex}-n"
