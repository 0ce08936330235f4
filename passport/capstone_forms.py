"""What people type about a capstone, and about the committee that somebody leads after a pod."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from web.forms import one_line
from web.widgets import DateInput


class CapstoneForm(forms.Form):
    """The project, before it begins."""

    title = forms.CharField(label=_("Title"), max_length=160, validators=[one_line])
    aim = forms.CharField(
        label=_("Aim"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What will be different in your unit, by when, and how it is measured. No patient data."),
    )


class ResultForm(forms.Form):
    """What came of the project."""

    result = forms.CharField(
        label=_("Result"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What changed by the measure of your aim, and your part in it. No patient data."),
    )
    link = forms.URLField(
        label=_("Link"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_("A document or page that shows it."),
    )


class OutcomeForm(forms.Form):
    """A committee that somebody leads."""

    committee = forms.CharField(label=_("Committee"), max_length=160, validators=[one_line])
    role = forms.CharField(label=_("Your role"), max_length=80, initial=_("Chair"), validators=[one_line])
    began_on = forms.DateField(label=_("Since"), widget=DateInput())
