"""What people choose and type on the readiness pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from mentoring.enums import Tier
from people.colleagues import ColleagueField
from people.enums import Profession
from readiness.cohorts import CohortFilter, Facets
from readiness.enums import CloseReason, ScoreState
from sponsors.models import CoachingSession
from tenancy.jobs.periods import last_quarters, quarter_label, quarter_of
from web.widgets import DateInput

EVERYBODY = [("", _("All"))]


class CohortFilterForm(forms.Form):
    """The dashboard's filter; it lives in the address. Who sees no persons chooses the quarter alone."""

    quarter = forms.ChoiceField(label=_("Quarter"), required=False)
    cohort = forms.ChoiceField(label=_("Cohort"), required=False)
    specialty = forms.ChoiceField(label=_("Specialty"), required=False)
    stage = forms.ChoiceField(label=_("Stage"), required=False)
    site = forms.ChoiceField(label=_("Site"), required=False)
    profession = forms.ChoiceField(
        label=_("Profession"), required=False, choices=[*EVERYBODY, *Profession.choices]
    )
    tier = forms.ChoiceField(label=_("Mentor"), required=False, choices=[*EVERYBODY, *Tier.choices])
    state = forms.ChoiceField(label=_("State"), required=False, choices=[*EVERYBODY, *ScoreState.choices])

    def __init__(self, data: Any, *, facets: Facets, persons: bool) -> None:
        super().__init__(data)
        self.facets = facets
        choices: dict[str, list[tuple[str, str]]] = {
            "quarter": [(quarter, quarter_label(quarter)) for quarter in facets.quarters],
            "cohort": [(str(key), name) for key, name in facets.cohorts],
            "specialty": [(name, name) for name in facets.specialties],
            "stage": [(str(key), name) for key, name in facets.stages],
            "site": [(str(site.id), site.name) for site in facets.sites],
        }
        for name, offered in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
            field.choices = offered if name == "quarter" else [*EVERYBODY, *offered]
        if not persons:
            self.fields = {"quarter": self.fields["quarter"]}

    def chosen(self) -> CohortFilter:
        """The filter, or nothing filtered when the address makes no sense."""
        values = self.cleaned_data if self.is_valid() else {}
        cohorts = {str(key): key for key, _name in self.facets.cohorts}
        stages = {str(key): key for key, _name in self.facets.stages}
        sites = {str(site.id): site for site in self.facets.sites}
        newest = self.facets.quarters[0] if self.facets.quarters else quarter_of(timezone.localdate())
        return CohortFilter(
            quarter=values.get("quarter") or newest,
            cohort=cohorts.get(values.get("cohort", "")),
            specialty=values.get("specialty", ""),
            stage=stages.get(values.get("stage", "")),
            site=sites.get(values.get("site", "")),
            profession=values.get("profession", ""),
            tier=values.get("tier", ""),
            state=values.get("state", ""),
        )


class RecalculateForm(forms.Form):
    """A quarter that has begun, newest first."""

    quarter = forms.ChoiceField(label=_("Quarter"))

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["quarter"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [(quarter, quarter_label(quarter)) for quarter in quarters_until(today)]


def quarters_until(today: dt.date, count: int = 8) -> list[str]:
    """The running quarter and the ones before, newest first."""
    return last_quarters(quarter_of(today), count)


class AssignForm(forms.Form):
    """Who coaches, and until when. The coach is named by e-mail, as people know each other."""

    owner = ColleagueField(
        label=_("Coach, by e-mail address"),
        widget=forms.EmailInput(attrs={"list": "coaches"}),
        help_text=_("The likely ones are offered; anybody who works here may be asked."),
    )
    due_on = forms.DateField(label=_("Until"), widget=DateInput())


class CloseForm(forms.Form):
    """How it ended. Of sessions that were held for the task one is offered as evidence, the newest first."""

    reason = forms.ChoiceField(
        label=_("Outcome"),
        choices=[choice for choice in CloseReason.choices if choice[0] != CloseReason.SCORE_CORRECTED],
    )
    session = forms.TypedChoiceField(
        label=_("The session"),
        coerce=UUID,
        required=False,
        empty_value=None,
        help_text=_("Evidence that it was held. What was said stays between the two."),
    )
    note = forms.CharField(
        label=_("Note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, held: Iterable[CoachingSession], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._held = {each.pk: each for each in held}
        field = self.fields["session"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [(each.pk, said_of(each)) for each in self._held.values()]
        field.choices += [("", _("None of these"))]
        if not self._held:
            del self.fields["session"]

    def evidence(self) -> CoachingSession | None:
        """The session, where one is the outcome."""
        chosen = self.cleaned_data.get("session")
        is_held = self.cleaned_data["reason"] == CloseReason.SESSION_HELD
        return self._held[chosen] if chosen and is_held else None


def said_of(session: CoachingSession) -> str:
    when = date_format(timezone.localtime(session.starts_at), "SHORT_DATETIME_FORMAT")
    return str(_("%(when)s, %(minutes)d minutes")) % {"when": when, "minutes": session.minutes}
