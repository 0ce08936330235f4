"""What people type at an onboarding: its beginning, what is shown, recommended and decided."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from passport.evidence_files import CONTENT_TYPES, check_evidence_file
from people.colleagues import ColleagueField
from sponsors.enums import GateDecision, ObstacleKind
from sponsors.forms.regimens import lines
from sponsors.services.gate_proofs import Shown
from sponsors.services.gates import Verdict
from web.widgets import DateInput

DECISIONS = {
    GateDecision.GO_ON: _("Go on: the next year begins"),
    GateDecision.PERMANENT: _("Permanent: the appointment is confirmed, the onboarding ends"),
    GateDecision.EXTEND: _("Extend: more time for what is missing"),
    GateDecision.LEAVE: _("Leave: another task suits better"),
}


class BeginForm(forms.Form):
    role = forms.CharField(label=_("Appointed to"), max_length=200)
    started_on = forms.DateField(
        label=_("Since"),
        widget=DateInput(),
        initial=timezone.localdate,
        help_text=_("The gates are on its anniversaries."),
    )
    appointment = forms.UUIDField(required=False, widget=forms.HiddenInput)


class StopForm(forms.Form):
    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        widget=lines(2),
        help_text=_("For a reason outside of it. That it does not go well is for the gate to decide."),
    )


class ChairForm(forms.Form):
    chair = ColleagueField(
        label=_("E-mail address"),
        required=False,
        help_text=_("Of a third person. Empty: whoever leads the unit, or the next one above."),
    )


class ProofForm(forms.Form):
    """A leader shows what was done: words, a file, or both."""

    done_on = forms.DateField(label=_("Done on"), widget=DateInput(), initial=timezone.localdate)
    words = forms.CharField(
        label=_("What you did, and what came of it"),
        required=False,
        max_length=2000,
        widget=lines(4),
        help_text=_("No patient data."),
    )
    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("PDF, PNG or JPEG, up to 10 MB. No patient data."),
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(CONTENT_TYPES)}),
    )

    def clean_file(self) -> UploadedFile[bytes] | None:
        upload: UploadedFile[bytes] | None = self.cleaned_data["file"]
        if upload is not None:
            check_evidence_file(upload)
        return upload

    def shown(self) -> Shown:
        return Shown(**self.cleaned_data)


class LookForm(forms.Form):
    """What whoever looked at it says to it."""

    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=600,
        widget=lines(2),
        help_text=_("The leader reads it. Needed to send it back: what is missing?"),
    )


class RecommendationForm(forms.Form):
    recommends = forms.ChoiceField(label=_("I recommend"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("Why"),
        max_length=2000,
        widget=lines(5),
        help_text=_("What you saw, and what would help. The leader and the chair read every word."),
    )

    def __init__(self, *args: Any, decisions: Iterable[GateDecision], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["recommends"], decisions)


class DecisionForm(forms.Form):
    decision = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect)
    until = forms.DateField(
        label=_("Extended until"), required=False, widget=DateInput(), help_text=_("Of an extension alone.")
    )
    obstacles = forms.MultipleChoiceField(
        label=_("What stood in the way"),
        required=False,
        choices=ObstacleKind.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("For an extension, and for leaving."),
    )
    reason = forms.CharField(
        label=_("Why"), max_length=2000, widget=lines(5), help_text=_("The leader reads every word.")
    )

    def __init__(self, *args: Any, decisions: Iterable[GateDecision], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["decision"], decisions)

    def verdict(self) -> Verdict:
        values = self.cleaned_data
        return Verdict(
            GateDecision(values["decision"]),
            values["reason"],
            [ObstacleKind(each) for each in values["obstacles"]],
            values["until"],
        )


def _offer(field: forms.Field, decisions: Iterable[GateDecision]) -> None:
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
    field.choices = [(each.value, DECISIONS[each]) for each in decisions]
