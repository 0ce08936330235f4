"""What people type into a contract, its template, and the report of a deliverable."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mentoring.milestones import MilestoneOption
from mentoring.models import Contract, ContractTemplate, Deliverable, TemplateDeliverable
from mentoring.models.contracts import MOST_DELIVERABLES
from mentoring.services.contracts import Line, Terms, terms_of
from web.widgets import DateInput

NUMBERS = range(1, MOST_DELIVERABLES + 1)
LONGEST_DAYS = 3 * 365


class TermsForm(forms.Form):
    """The words, and numbered lines that may stay empty."""

    purpose = forms.CharField(
        label=_("Why we meet"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5})
    )
    rhythm = forms.CharField(
        label=_("How often and how"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    confidentiality = forms.CharField(
        label=_("What stays between us"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )

    parts: Sequence[str] = ("title",)

    def add_titles(self) -> None:
        for number in NUMBERS:
            label = _("Deliverable %(number)d") % {"number": number}
            self.fields[f"title{number}"] = forms.CharField(label=label, max_length=120, required=False)

    def lines(self) -> Iterator[list[BoundField]]:
        """The fields of each line, for the page."""
        for number in NUMBERS:
            yield [self[f"{part}{number}"] for part in self.parts]

    def terms(self) -> Terms:
        values = self.cleaned_data
        return Terms(values["purpose"], values["rhythm"], values["confidentiality"])

    def demand_with_title(self, number: int, part: str, missing: str) -> None:
        """A line has a title and its date, or neither."""
        title, other = self.cleaned_data.get(f"title{number}"), self.cleaned_data.get(f"{part}{number}")
        if title and other is None and f"{part}{number}" not in self.errors:
            self.add_error(f"{part}{number}", missing)
        elif other is not None and not title:
            self.add_error(f"title{number}", gettext("Say what is to come of it, or clear the line."))


class TemplateForm(TermsForm):
    parts = ("title", "days")

    def __init__(
        self, data: Any, *, template: ContractTemplate | None, lines: Sequence[TemplateDeliverable]
    ) -> None:
        initial = asdict(terms_of(template or ContractTemplate()))
        for number, line in enumerate(lines, 1):
            initial |= {f"title{number}": line.title, f"days{number}": line.due_days}
        super().__init__(data, initial=initial)
        self.add_titles()
        for number in NUMBERS:
            self.fields[f"days{number}"] = forms.IntegerField(
                label=_("Days"), min_value=1, max_value=LONGEST_DAYS, required=False
            )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for number in NUMBERS:
            self.demand_with_title(number, "days", gettext("Say after how many days it is due."))
        return values

    def deliverables(self) -> list[tuple[str, int]]:
        values = self.cleaned_data
        return [(values[f"title{n}"], values[f"days{n}"]) for n in NUMBERS if values[f"title{n}"]]


class ContractForm(TermsForm):
    parts = ("title", "due", "milestone")
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any,
        *,
        contract: Contract,
        lines: Sequence[Deliverable],
        milestones: Iterable[MilestoneOption],
    ) -> None:
        initial = asdict(terms_of(contract)) | {"revision": contract.revision}
        for number, line in enumerate(lines, 1):
            initial |= {
                f"title{number}": line.title,
                f"due{number}": line.due_on,
                f"milestone{number}": str(line.milestone or ""),
                f"key{number}": line.pk,
            }
        super().__init__(data, initial=initial)
        choices = choices_of(milestones)
        self.add_titles()
        for number in NUMBERS:
            self.fields[f"due{number}"] = forms.DateField(label=_("Due"), required=False, widget=DateInput())
            self.fields[f"milestone{number}"] = forms.ChoiceField(
                label=_("Milestone it serves"), required=False, choices=choices
            )
            self.fields[f"key{number}"] = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for number in NUMBERS:
            self.demand_with_title(number, "due", gettext("Say by which day."))
        return values

    def agreed(self) -> list[Line]:
        values = self.cleaned_data
        return [
            Line(
                title=values[f"title{n}"],
                due_on=due,
                milestone=UUID(values[f"milestone{n}"]) if values[f"milestone{n}"] else None,
                key=values[f"key{n}"],
            )
            for n in NUMBERS
            if isinstance(due := values[f"due{n}"], dt.date)
        ]


def choices_of(milestones: Iterable[MilestoneOption]) -> list[Any]:
    """Grouped by stage, with "none" on top."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for option in milestones:
        groups.setdefault(option.group, []).append((str(option.key), option.title))
    return [("", gettext("none")), *groups.items()]


class ReportForm(forms.Form):
    words = forms.CharField(
        label=_("What did you do?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Your mentor reads this; with a milestone it becomes your evidence in the Passport."),
    )


class RevisionForm(forms.Form):
    """Which words were on the page when it was signed."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
