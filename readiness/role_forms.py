"""A role of the pathway advisor as people fill it in: at most one requirement of each kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from passport.models import Stage
from people.enums import PositionType
from readiness.pathways.graph import MOST, Kind, Requirement, Role, Track
from readiness.pathways.words import KIND_NAMES, TRACK_NAMES, role_name
from surveys.enums import Dimension

COUNTED = (Kind.PODS, Kind.PUBLICATIONS, Kind.COMMITTEES, Kind.LEADING)


class RoleForm(forms.Form):
    """What a role is called, what it asks for, and where it leads."""

    name = forms.CharField(label=_("Name"), max_length=80)
    track = forms.ChoiceField(label=_("Path"), choices=[(track.value, TRACK_NAMES[track]) for track in Track])
    office = forms.ChoiceField(
        label=_("The position that is this role"),
        required=False,
        choices=[("", _("None")), *PositionType.choices],
        help_text=_("Whoever holds one has reached the role."),
    )
    stage = forms.ChoiceField(label=_("All required milestones of the stage"), required=False)
    office_years = forms.IntegerField(
        label=_("Years in a position"), required=False, min_value=1, max_value=MOST[Kind.OFFICE]
    )
    offices = forms.MultipleChoiceField(
        label=_("One of these positions"),
        required=False,
        choices=PositionType.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    up = forms.MultipleChoiceField(label=_("Leads to"), required=False, widget=forms.CheckboxSelectMultiple)
    sideways = forms.MultipleChoiceField(
        label=_("Moves sideways to"), required=False, widget=forms.CheckboxSelectMultiple
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=300, help_text=_("Kept with this version, with your name and the date.")
    )

    def __init__(self, data: Any = None, *, role: Role | None, roles: Sequence[Role]) -> None:
        super().__init__(data, initial=_initial(role) if role else {})
        for dimension in Dimension:
            label = _("%(dimension)s, verified points") % {"dimension": dimension.label}
            self.fields[dimension.value] = _amount(label, Kind.POINTS)
        for kind in COUNTED:
            self.fields[kind.value] = _amount(KIND_NAMES[kind], kind)
        stages = Stage.objects.order_by("position").values_list("key", "name")
        self._offer("stage", [("", _("None")), *stages])
        others = [(each.key, role_name(each)) for each in roles if role is None or each.key != role.key]
        self._offer("up", others)
        self._offer("sideways", others)
        points = [dimension.value for dimension in Dimension]
        counted = [kind.value for kind in COUNTED]
        first, last = ["name", "track", "office", "stage"], ["office_years", "offices", "up", "sideways"]
        self.order_fields([*first, *points, *counted, *last])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if bool(values.get("office_years")) != bool(values.get("offices")):
            missing = "offices" if values.get("office_years") else "office_years"
            self.add_error(missing, _("Years and positions belong together: give both, or neither."))
        return values

    def role(self, key: str) -> Role:
        values = self.cleaned_data
        return Role(
            key=key,
            name=values["name"].strip(),
            track=Track(values["track"]),
            office=values["office"],
            requirements=tuple(self._requirements()),
            up=tuple(values["up"]),
            sideways=tuple(values["sideways"]),
        )

    def _requirements(self) -> Iterator[Requirement]:
        values = self.cleaned_data
        if values["stage"]:
            yield Requirement(Kind.STAGE, (values["stage"],))
        for dimension in Dimension:
            if values[dimension.value]:
                yield Requirement(Kind.POINTS, (dimension.value,), values[dimension.value])
        for kind in COUNTED:
            if values[kind.value]:
                yield Requirement(kind, (), values[kind.value])
        if values["office_years"]:
            yield Requirement(Kind.OFFICE, tuple(values["offices"]), values["office_years"])

    def _offer(self, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = choices


class ReasonForm(forms.Form):
    """Why a role is taken off the map, or all are as they were."""

    reason = forms.CharField(label=_("Reason"), max_length=300)


def _amount(label: Any, kind: Kind) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=1, max_value=MOST[kind])


def _initial(role: Role) -> dict[str, Any]:
    first: dict[str, Any] = {
        "name": role_name(role),
        "track": role.track.value,
        "office": role.office,
        "up": role.up,
        "sideways": role.sideways,
    }
    for asked in role.requirements:
        match asked.kind:
            case Kind.STAGE:
                first["stage"] = asked.of[0]
            case Kind.POINTS:
                first[asked.of[0]] = asked.amount
            case Kind.OFFICE:
                first["office_years"], first["offices"] = asked.amount, asked.of
            case _:
                first[asked.kind.value] = asked.amount
    return first
