"""What people type when they answer, end, extend or propose a mentorship."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mentoring.enums import ENDINGS, OBSTACLES, Tier
from people.colleagues import ColleagueField
from web.forms import one_of
from web.widgets import DateInput

WORDS: dict[str, Any] = {"max_length": 300, "widget": forms.Textarea(attrs={"rows": 2})}


class DeclineForm(forms.Form):
    cause = one_of(OBSTACLES, _("Reason"))
    words = forms.CharField(
        label=_("In your words"),
        required=False,
        help_text=_("The programme director reads this; the other side does not."),
        **WORDS,
    )


class WithdrawForm(forms.Form):
    words = forms.CharField(label=_("Reason"), help_text=_("The programme director reads this."), **WORDS)


class EndForm(forms.Form):
    cause = one_of(ENDINGS, _("Reason"))
    words = forms.CharField(
        label=_("In your words"),
        required=False,
        help_text=_("Both of you and the director read this."),
        **WORDS,
    )


class ExtendForm(forms.Form):
    until = forms.DateField(label=_("New planned end"), widget=DateInput())
    words = forms.CharField(label=_("Why it runs longer"), **WORDS)


class ChangeForm(forms.Form):
    mentor = ColleagueField(label=_("New mentor, by e-mail address"))
    words = forms.CharField(
        label=_("Reason"), help_text=_("Mentor, mentee and directors read this."), **WORDS
    )


class ProposeForm(forms.Form):
    """Somebody to learn from, or somebody to help on."""

    AS_MENTEE, AS_MENTOR = "mentor", "mentee"  # what the other one shall be

    role = forms.ChoiceField(
        label=_("I would like them to be"),
        choices=[(AS_MENTEE, _("my mentor")), (AS_MENTOR, _("my mentee"))],
        widget=forms.RadioSelect,
        initial=AS_MENTEE,
    )
    colleague = ColleagueField(label=_("Who, by e-mail address"))
    tier = forms.ChoiceField(label=_("The mentor is a"), choices=Tier.choices)
    why = forms.CharField(
        label=_("Why the two of you"), help_text=_("The other side reads this."), required=False, **WORDS
    )
