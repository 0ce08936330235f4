"""What people choose when they change the rule of the score."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from readiness.models import WeightSet
from readiness.models.weights import SHARES
from readiness.rule_services import Five, Weights, coming_quarters
from surveys.enums import Dimension
from tenancy.jobs.periods import quarter_label

NAMES = dict(
    zip(
        SHARES,
        (_("Self-report"), _("Milestones"), _("Skill pods"), _("Capstones"), _("Leader index")),
        strict=True,
    )
)


class WeightsForm(forms.Form):
    """A new version of the rule, numbers in percent. That they fit together is checked by the service."""

    flag_below = forms.IntegerField(
        label=_("Line below which a score is flagged"), min_value=0, max_value=100
    )
    minimum_known = forms.IntegerField(label=_("Known dimensions a total needs"), min_value=1, max_value=5)
    effective_quarter = forms.ChoiceField(
        label=_("Counts from"), help_text=_("A quarter that is scored keeps the rule it was scored by.")
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=300, help_text=_("Kept with this version, with your name and the date.")
    )

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for dimension in Dimension:
            self.fields[dimension.value] = percent(_("Weight in the total"), least=1, most=96)
            for shares, name in NAMES.items():
                most = 30 if shares == "confidence_shares" else 100
                self.fields[f"{dimension}_{shares}"] = percent(name, least=0, most=most)
        quarter = self.fields["effective_quarter"]
        assert isinstance(quarter, forms.ChoiceField)  # noqa: S101 - declared above
        quarter.choices = [(each, quarter_label(each)) for each in coming_quarters(today)]

    @property
    def recipes(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields of each dimension under its name."""
        return [
            (str(each.label), [self[each.value], *(self[f"{each}_{shares}"] for shares in SHARES)])
            for each in Dimension
        ]

    @property
    def others(self) -> list[forms.BoundField]:
        return [self[name] for name in self.declared_fields]

    def weights(self) -> Weights:
        sent = self.cleaned_data

        def column(shares: str) -> Five:
            return five([sent[f"{each}_{shares}"] for each in Dimension.values])

        return Weights(
            weights=five([sent[each] for each in Dimension.values]),
            confidence_shares=column("confidence_shares"),
            milestone_shares=column("milestone_shares"),
            pod_shares=column("pod_shares"),
            capstone_shares=column("capstone_shares"),
            index_shares=column("index_shares"),
            flag_below=sent["flag_below"],
            minimum_known=sent["minimum_known"],
            effective_quarter=sent["effective_quarter"],
        )


def percent(label: Any, *, least: int, most: int) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=least, max_value=most)


def five(numbers: list[int]) -> Five:
    first, second, third, fourth, fifth = numbers
    return first, second, third, fourth, fifth


def first_values(rule: WeightSet, quarter: str) -> dict[str, object]:
    """A version as the form shows it, to count from a quarter."""
    values: dict[str, object] = {
        name: getattr(rule, name) for name in (*Dimension.values, "flag_below", "minimum_known")
    }
    for dimension, recipe in zip(Dimension, rule.recipes, strict=True):
        values |= {f"{dimension}_{shares}": share for shares, share in zip(SHARES, recipe, strict=True)}
    return values | {"effective_quarter": quarter}
