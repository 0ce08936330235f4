"""What partners answer in a check."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.enums import Scale
from partnerships.models.checks import HIGHEST, LOWEST, WORDS, word_of
from partnerships.services.checks import Said

# The statement, and what the two ends of its scale mean.
ANCHORS: Final = {
    Scale.VISION: (
        _("We want the same for this unit"),
        _("we pull in different directions"),
        _("one picture, and we both tell it"),
    ),
    Scale.COMMUNICATION: (
        _("We tell each other what the other needs to know"),
        _("I hear it from others"),
        _("early, open, and in both directions"),
    ),
    Scale.CLARITY: (
        _("We know who decides what"),
        _("we get in each other’s way"),
        _("clear to us and to everybody else"),
    ),
    Scale.CONFLICT: (
        _("We can disagree and get on"),
        _("we avoid it or fight"),
        _("we say it, settle it and move on"),
    ),
    Scale.TRUST: (
        _("I can rely on my partner"),
        _("I guard myself"),
        _("also when it costs something"),
    ),
}


class AnswerForm(forms.Form):
    """Five scores, and a word to each where one likes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for scale, (statement, low, high) in ANCHORS.items():
            self.fields[scale.value] = forms.TypedChoiceField(
                label=statement,
                coerce=int,
                choices=[
                    (score, _scored(score, low=str(low), high=str(high)))
                    for score in range(LOWEST, HIGHEST + 1)
                ],
                widget=forms.RadioSelect,
            )
            self.fields[word_of(scale)] = forms.CharField(
                label=_("A word to it"), required=False, max_length=WORDS
            )

    def pairs(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        """Each scale with its two fields."""
        return [(str(scale.label), self[scale.value], self[word_of(scale)]) for scale in ANCHORS]

    def said(self) -> dict[Scale, Said]:
        values = self.cleaned_data
        return {scale: Said(values[scale.value], values[word_of(scale)]) for scale in ANCHORS}


def _scored(score: int, *, low: str, high: str) -> str:
    """A number, at both ends with what it means."""
    return {LOWEST: f"{score}: {low}", HIGHEST: f"{score}: {high}"}.get(score, str(score))
