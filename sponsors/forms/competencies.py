"""Which unit's competencies are shown, and one competency, new or worded differently."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.models import Unit
from people.unit_field import UnitField, offer_units
from sponsors.enums import CompetencyGroup, OutsideFramework
from sponsors.models import Competency
from sponsors.models.competencies import LEVELS
from sponsors.services.competencies import Wording
from web.forms import one_line


class FrameworkFilter(forms.Form):
    """The filter of the page; it lives in the address."""

    unit = UnitField(label=_("As it holds in"), anywhere=_("The whole organisation"))

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        offer_units(self)

    def chosen(self) -> Unit | None:
        return self.cleaned_data["unit"] if self.is_valid() else None


class CompetencyForm(forms.Form):
    """Anchors and headings have a field for each level and each framework."""

    group = forms.ChoiceField(label=_("Group"), choices=CompetencyGroup.choices)
    name = forms.CharField(label=_("Name"), max_length=80, validators=[one_line])
    sentence = forms.CharField(
        label=_("In a sentence"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What somebody does who is good at it, as a colleague would say it."),
    )

    def __init__(self, data: Any, *, competency: Competency | None = None) -> None:
        initial: dict[str, Any] = {}
        if competency is not None:
            initial = {name: getattr(competency, name) for name in ("group", "name", "sentence")}
            initial |= {f"level_{at}": words for at, words in enumerate(competency.anchors, start=1)}
            initial |= {f"heading_{each.framework}": each.heading for each in competency.headings.all()}
        super().__init__(data, initial=initial)
        for at, level in enumerate(LEVELS, start=1):
            self.fields[f"level_{at}"] = forms.CharField(
                label=_("%(number)d · %(level)s: what one sees") % {"number": at, "level": level},
                required=False,
                max_length=300,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
        for framework in OutsideFramework:
            self.fields[f"heading_{framework}"] = forms.CharField(
                label=framework.label,
                required=False,
                max_length=80,
                validators=[one_line],
                help_text=_("The name of the heading it falls under; none of their text."),
            )

    def wording(self) -> Wording:
        values = self.cleaned_data
        return Wording(
            group=CompetencyGroup(values["group"]),
            name=values["name"],
            sentence=values["sentence"],
            anchors=tuple(values[f"level_{at}"] for at in range(1, len(LEVELS) + 1)),
            headings={each: values[f"heading_{each}"] for each in OutsideFramework},
        )
