"""What people type when they review a regimen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from sponsors.enums import Decision, ReviewCause
from sponsors.forms.regimens import lines
from sponsors.models import Action, Review, ReviewNote
from sponsors.plan.reviews import LONGEST_DAYS, SHORTEST_DAYS
from sponsors.services.reviews import Findings
from web.widgets import DateInput

PREFIX = "words_"


class NeededToSign(forms.Field):
    """Asked for, and yet left empty until somebody signs."""

    def validate(self, value: Any) -> None:
        if value not in self.empty_values:
            super().validate(value)


class Words(NeededToSign, forms.CharField):
    pass


class Choice(NeededToSign, forms.ChoiceField):
    pass


class ReviewForm(forms.Form):
    """A word on each open action, then what follows from them. Nothing is needed until somebody signs."""

    use_required_attribute = False

    decision = Choice(
        label=_("Decision"),
        choices=[
            (Decision.CONTINUE, _("Continue: the plan does what it should")),
            (Decision.ADJUST, _("Adjust: something in it is to change")),
            (Decision.STEP_UP, _("Step up: ready for more")),
            (Decision.STOP, _("Stop: the plan has done its work, or does not")),
        ],
        widget=forms.RadioSelect,
    )
    reason = Words(
        label=_("Why"),
        max_length=2000,
        widget=lines(4),
        help_text=_("What you saw, and what follows. The leader reads every word."),
    )
    next_on = forms.DateField(
        label=_("Next review"),
        required=False,
        widget=DateInput(),
        help_text=_("Earlier than usual, if you like. None when the plan stops."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, actions: Iterable[Action], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        after = dict(self.fields)
        self.fields = {f"{PREFIX}{each.pk.hex}": _words_on(each) for each in actions} | after

    def findings(self) -> Findings:
        values = self.cleaned_data
        return Findings(
            words={
                UUID(hex=name.removeprefix(PREFIX)): said
                for name, said in values.items()
                if name.startswith(PREFIX)
            },
            decision=Decision(values["decision"]) if values["decision"] else None,
            reason=values["reason"],
            next_on=values["next_on"],
        )

    @staticmethod
    def values_of(review: Review, notes: Iterable[ReviewNote]) -> dict[str, Any]:
        return {
            **{f"{PREFIX}{each.action_id.hex}": each.words for each in notes},
            "decision": review.decision,
            "reason": review.reason,
            "next_on": review.next_on,
            "revision": review.revision,
        }


def _words_on(action: Action) -> Words:
    said = [action.get_kind_display(), action.get_state_display()]
    return Words(
        label=action.title,
        max_length=600,
        widget=lines(2),
        help_text=" · ".join([*map(str, said), *([str(_("private"))] if action.private else [])]),
    )


class LeaderViewForm(forms.Form):
    words = forms.CharField(
        label=_("How it goes, in my words"),
        max_length=2000,
        widget=lines(5),
        help_text=_("Sponsor and immediate leader read it before they sign."),
    )


class SignForm(forms.Form):
    """What the page showed when one signed."""

    seen = forms.CharField(widget=forms.HiddenInput)


class CallForm(forms.Form):
    cause = forms.ChoiceField(
        label=_("What is new"),
        choices=[(each, each.label) for each in ReviewCause if each != ReviewCause.ROLE],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("In a sentence"), max_length=300, widget=lines(2), help_text=_("The leader reads it.")
    )


class ReviewRuleForm(forms.Form):
    every_days = forms.IntegerField(
        label=_("Every so many days"), min_value=SHORTEST_DAYS, max_value=LONGEST_DAYS
    )
