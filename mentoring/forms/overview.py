"""What a director filters mentorships by."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from mentoring.enums import MentorshipState, Tier
from people.models import Cohort


class CoverageFilter(forms.Form):
    """A cohort among those one directs, and a tier."""

    cohort = forms.ChoiceField(label=_("Cohort"), required=False)
    tier = forms.ChoiceField(label=_("Tier"), required=False, choices=[("", _("Any")), *Tier.choices])

    def __init__(self, *args: Any, cohorts: Iterable[Cohort], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["cohort"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [("", _("All")), *((str(cohort.pk), cohort.name) for cohort in cohorts)]

    def asked(self) -> dict[str, Any]:
        """For the queries; nothing of a filter that is not valid."""
        if not self.is_valid():
            return {}
        return self.cleaned_data | {"cohort": self.cohort_id}

    @property
    def cohort_id(self) -> UUID | None:
        """The cohort chosen; None for all, and for a filter that is not valid."""
        chosen = self.cleaned_data.get("cohort") if self.is_valid() else None
        return UUID(chosen) if chosen else None


class MentorshipFilter(CoverageFilter):
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("Any")), *MentorshipState.choices]
    )
