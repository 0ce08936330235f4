"""What a director filters mentorships by."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mentoring.enums import MentorshipState, Tier
from people.cohort_filter import CohortFilter


class CoverageFilter(CohortFilter):
    """A cohort among those one directs, and a tier."""

    tier = forms.ChoiceField(label=_("Tier"), required=False, choices=[("", _("Any")), *Tier.choices])

    def asked(self) -> dict[str, Any]:
        """For the queries; nothing of a filter that is not valid."""
        return self.cleaned_data | {"cohort": self.cohort_id} if self.is_valid() else {}


class MentorshipFilter(CoverageFilter):
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("Any")), *MentorshipState.choices]
    )
