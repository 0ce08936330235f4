from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mentoring.models.credit import FULL_TIME_HOURS
from mentoring.services.credit import Terms
from surveys.disclosure import THRESHOLD_FLOOR


class CreditRuleForm(forms.Form):
    """A new version of the rule."""

    from_year = forms.IntegerField()  # its bounds follow the day
    percent_fte = forms.DecimalField(
        label=_("Percent of an FTE for each mentee and full year"),
        min_value=0,
        max_value=20,
        decimal_places=3,
        help_text=_("0 to 20; 0 credits nothing."),
    )
    full_time_hours = forms.IntegerField(
        label=_("Hours of a full-time year"), min_value=500, max_value=4000, initial=FULL_TIME_HOURS
    )
    points = forms.IntegerField(
        label=_("Promotion points for each mentee and full year"), min_value=0, max_value=1000, initial=0
    )
    award_raters = forms.IntegerField(
        label=_("Mentor of the Year: mentees who have to have rated"),
        min_value=THRESHOLD_FLOOR,
        max_value=100,
        initial=THRESHOLD_FLOOR,
    )
    grant_months = forms.IntegerField(
        label=_("Seed grant: mentored months in the year"), min_value=1, max_value=240, initial=12
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=300, help_text=_("Kept with this version, with your name and the date.")
    )

    def __init__(self, *args: Any, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["from_year"] = forms.IntegerField(
            label=_("Counts from the year"),
            min_value=year - 5,
            max_value=year + 1,
            initial=year,
            help_text=_("Years before keep the rule they have."),
        )

    def terms(self) -> Terms:
        return Terms(**{name: self.cleaned_data[name] for name in Terms.__slots__})
