"""A new version of the rule of matching."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from mentoring.services.rule import Rule


class RuleForm(forms.Form):
    """Shares in whole percent. That the weights sum to 100 % is checked by the service."""

    version = forms.IntegerField(widget=forms.HiddenInput)  # the version that was on the page
    interest = forms.IntegerField(
        label=_("Interests, %"),
        min_value=0,
        max_value=100,
        help_text=_("How alike the mentee's interests and the mentor's expertise are."),
    )
    availability = forms.IntegerField(
        label=_("Availability, %"),
        min_value=0,
        max_value=100,
        help_text=_("Whether the mentor has more than two free half-hours in the next eight weeks."),
    )
    past_success = forms.IntegerField(
        label=_("Past success, %"),
        min_value=0,
        max_value=100,
        help_text=_("How satisfied earlier mentees were. The three weights sum to 100 %."),
    )
    graded_availability = forms.BooleanField(
        label=_("One or two free half-hours count half"),
        required=False,
        help_text=_("Otherwise they count nothing, as the playbook has it."),
    )
    bar = forms.IntegerField(
        label=_("Bar, %"),
        min_value=0,
        max_value=100,
        help_text=_("A pair that scores above it is told to both sides as soon as it is published."),
    )
    stickiness = forms.IntegerField(
        label=_("Bonus of a running pair, %"),
        min_value=0,
        max_value=100,
        help_text=_(
            "Added to the score of a pair that runs already, so that little is gained by changing it."
        ),
    )
    prior_weight = forms.IntegerField(
        label=_("Ratings that the mean counts for"),
        min_value=0,
        max_value=100,
        help_text=_(
            "The mean of all mentors counts for so many ratings beside a mentor's own; new mentors have it."
        ),
    )
    years_ahead = forms.IntegerField(
        label=_("Training years by which a peer mentor is ahead"), min_value=1, max_value=6
    )
    publishes_itself = forms.BooleanField(
        label=_("Quarterly proposals are published without a director"), required=False
    )
    remind_days = forms.IntegerField(
        label=_("Days after which somebody who was asked is reminded"), min_value=1, max_value=89
    )
    answer_days = forms.IntegerField(
        label=_("Days after which an offer lapses"),
        min_value=2,
        max_value=90,
        help_text=_("Without an answer of the mentor, or of the mentee to whom a mentor said yes."),
    )

    def rule(self) -> Rule:
        return Rule(**{name: self.cleaned_data[name] for name in Rule.__slots__})
