"""What is shown at the gates, as somebody types it: a row for each thing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sponsors.enums import GateItemKind
from sponsors.models import GateItem
from sponsors.onboarding_preset import ItemPreset
from sponsors.plan.onboarding import GATES

MORE = 3  # empty rows below


class ItemForm(forms.Form):
    """Without title and rule a row is left out."""

    gate = forms.TypedChoiceField(
        label=_("Year"), choices=[(each, str(each)) for each in range(1, GATES + 1)], coerce=int
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=GateItemKind.choices)
    title = forms.CharField(label=_("What is shown"), max_length=120, required=False)
    rule = forms.CharField(label=_("What whoever confirms it has to see"), max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if bool(values.get("title")) != bool(values.get("rule")) and not self.errors:
            raise ValidationError(gettext("Say both, or neither to leave it out."))
        return values


ItemFormSet = forms.formset_factory(ItemForm, extra=MORE, max_num=60)


class VersionForm(forms.Form):
    """The version that its author saw."""

    after = forms.IntegerField(widget=forms.HiddenInput)


def rows_of(items: list[GateItem]) -> list[dict[str, object]]:
    return [{"gate": each.gate, "kind": each.kind, "title": each.title, "rule": each.rule} for each in items]


def presets_in(formset: Any) -> list[ItemPreset]:
    """The rows that say something, by year, as they stand."""
    rows = [form.cleaned_data for form in formset if form.cleaned_data.get("title")]
    made = [ItemPreset(row["gate"], GateItemKind(row["kind"]), row["title"], row["rule"]) for row in rows]
    return sorted(made, key=lambda each: each.gate)
