"""Whom the sponsor asks, and what somebody who is asked says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any, Final
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.colleagues import ColleagueField
from sponsors.enums import Aspect, Relation
from sponsors.models import Competency, IntakeRequest
from sponsors.queries.competencies import by_group
from sponsors.queries.intake import Candidate, as_related
from sponsors.services.intake import REMARKS, Remark
from web.widgets import DateInput

USUAL_DAYS: Final = 14
GROUPS: Final = (Relation.MANAGER, Relation.COWORKER, Relation.REPORT)


class AskForm(forms.Form):
    """The proposals from the role history, a tick each, and one more by address."""

    other = ColleagueField(
        label=gettext_lazy("Somebody else who worked with them, by e-mail address"), required=False
    )
    last_day = forms.DateField(label=gettext_lazy("Last day to answer"), widget=DateInput())
    field_order = (*GROUPS, "other", "last_day")

    def __init__(self, data: Any, *, candidates: Iterable[Candidate], running: bool) -> None:
        initial = {"last_day": timezone.localdate() + dt.timedelta(days=USUAL_DAYS)}
        super().__init__(data, initial=initial)
        self.proposed = list(candidates)
        for relation in GROUPS:
            choices = [
                (str(each.person.pk), _label(each)) for each in self.proposed if each.relation == relation
            ]
            if choices:
                self.fields[relation] = forms.MultipleChoiceField(
                    label=relation.label,
                    choices=choices,
                    required=False,
                    widget=forms.CheckboxSelectMultiple,
                )
        self.order_fields(self.field_order)
        if running:
            del self.fields["last_day"]

    def asked(self) -> dict[UUID, Relation]:
        values = self.cleaned_data
        people = {UUID(one) for relation in GROUPS for one in values.get(relation, ())}
        if (other := values["other"]) is not None:
            people.add(other.pk)
        return as_related(people, self.proposed)


def _label(candidate: Candidate) -> str:
    person = candidate.person
    parts = [person.name, person.job_title or person.unit.name]
    if candidate.until is not None:
        parts.append(_("until %(day)s") % {"day": date_format(candidate.until, "SHORT_DATE_FORMAT")})
    return " · ".join(parts)


class DeclineForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why not"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("The sponsor reads it, nobody else."),
    )


class AnswerForm(forms.Form):
    """For each of the three lists two competencies with a sentence or two; none of them has to be filled, one
    in all has."""

    def __init__(self, data: Any, *, request: IntakeRequest, competencies: Iterable[Competency]) -> None:
        super().__init__(data)
        choices: list[Any] = [("", _("Choose a competency"))]
        for group, rows in by_group(competencies):
            choices.append((group.label, [(str(each.pk), each.name) for each in rows]))
        for aspect in Aspect:
            for at in range(1, REMARKS + 1):
                self.fields[f"{aspect}_{at}_competency"] = forms.ChoiceField(
                    label=_("Competency"), choices=choices, required=False
                )
                self.fields[f"{aspect}_{at}_words"] = forms.CharField(
                    label=_("In a sentence or two"),
                    required=False,
                    max_length=400,
                    widget=forms.Textarea(attrs={"rows": 2}),
                )
        if request.relation == Relation.MANAGER:
            self.fields["named"] = forms.BooleanField(
                label=_("My name may stand beside what I write"),
                required=False,
                help_text=_("For the leader and the sponsor. Without it you are one of several colleagues."),
            )

    def lists(self) -> list[tuple[Aspect, list[tuple[forms.BoundField, forms.BoundField]]]]:
        """The fields as the page shows them: each list with its pairs."""
        return [
            (aspect, [(self[f"{key}_competency"], self[f"{key}_words"]) for key in _keys(aspect)])
            for aspect in Aspect
        ]

    def clean(self) -> dict[str, Any]:
        """A competency and its words come together."""
        values = super().clean() or self.cleaned_data
        for key in (key for aspect in Aspect for key in _keys(aspect)):
            competency, words = values.get(f"{key}_competency"), values.get(f"{key}_words")
            if words and not competency:
                self.add_error(f"{key}_competency", ValidationError(_("Which competency is it about?")))
            elif competency and words == "":
                self.add_error(f"{key}_words", ValidationError(_("Say in a sentence what you see.")))
        return values

    def remarks(self) -> Iterator[Remark]:
        values = self.cleaned_data
        for aspect in Aspect:
            for key in _keys(aspect):
                if values[f"{key}_words"]:
                    yield Remark(aspect, UUID(values[f"{key}_competency"]), values[f"{key}_words"])


def _keys(aspect: Aspect) -> list[str]:
    return [f"{aspect}_{at}" for at in range(1, REMARKS + 1)]
