"""What the list of jobs is narrowed by."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from tenancy.models import JobStep


class RunFilter(forms.Form):
    """A run may have steps in several states: it is found by each of them."""

    state = forms.ChoiceField(
        label=gettext_lazy("With a step that is"),
        required=False,
        choices=[("", gettext_lazy("anything")), *reversed(JobStep.State.choices)],
    )
