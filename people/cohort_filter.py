"""Choosing a cohort; the choice lives in the page's address."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from people.models import Cohort


class CohortFilter(forms.Form):
    """A cohort among those one sees."""

    cohort = forms.ChoiceField(label=_("Cohort"), required=False)

    def __init__(self, *args: Any, cohorts: Iterable[Cohort], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["cohort"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [("", _("All")), *((str(cohort.pk), cohort.name) for cohort in cohorts)]

    @property
    def cohort_id(self) -> UUID | None:
        """The cohort chosen; None for all, and for a filter that is not valid."""
        chosen = self.cleaned_data.get("cohort") if self.is_valid() else None
        return UUID(chosen) if chosen else None
