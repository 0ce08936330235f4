"""What people type when they diagnose, ask and answer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from sponsors.enums import DiagnosisKind, Domain
from sponsors.forms.regimens import lines
from sponsors.models import DiagnosisDraft
from sponsors.services.diagnoses import Finding


class DiagnosisForm(forms.Form):
    domain = forms.ChoiceField(label=_("Domain"))
    kind = forms.ChoiceField(
        label=_("It is"),
        choices=[
            (DiagnosisKind.OPPORTUNITY, _("An opportunity: something to build on")),
            (DiagnosisKind.AREA, _("An area for development: something to work at")),
        ],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("What you see"),
        max_length=2000,
        widget=lines(5),
        help_text=_("Honest and kind, to the person: the leader reads exactly this."),
    )
    prescription = forms.CharField(label=_("What you recommend"), max_length=2000, widget=lines(4))

    def __init__(self, *args: Any, domains: Iterable[Domain], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["domain"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [(each.value, each.label) for each in domains]

    def finding(self, *, corrects: UUID | None) -> Finding:
        values = self.cleaned_data
        return Finding(
            Domain(values["domain"]),
            DiagnosisKind(values["kind"]),
            values["words"],
            values["prescription"],
            corrects,
        )

    @staticmethod
    def values_of(draft: DiagnosisDraft) -> dict[str, Any]:
        return {name: getattr(draft, name) for name in ("domain", "kind", "words", "prescription")}


class QuestionForm(forms.Form):
    words = forms.CharField(label=_("What I would like to know"), max_length=1000, widget=lines(2))


class AnswerToLeaderForm(forms.Form):
    answer = forms.CharField(label=_("Answer"), max_length=2000, widget=lines(3))
