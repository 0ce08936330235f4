"""What people type when they ask, decline, end or hand over."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from sponsors.enums import ENDINGS, OBSTACLES
from web.forms import one_of


class AskForm(forms.Form):
    why = forms.CharField(
        label=_("Why I ask you"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "Where you would like to go, and what you hope they can help with. Only the two of you read it."
        ),
    )


class ReasonForm(forms.Form):
    """A cause, which subclasses name, and words where it says too little."""

    words = forms.CharField(
        label=_("In your words"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The two of you read this."),
    )
    field_order = ("cause", "words")


class DeclineForm(ReasonForm):
    cause = one_of(OBSTACLES, _("Reason"))


class EndForm(ReasonForm):
    cause = one_of(ENDINGS, _("Reason"))


class HandoverForm(forms.Form):
    words = forms.CharField(
        label=_("Hand-over"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "What was agreed, what is under way, what to look out for. The leader and the next sponsor read."
        ),
    )
