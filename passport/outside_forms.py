"""What somebody says about an activity of a learning system."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class ActivityForm(forms.Form):
    activity = forms.CharField(max_length=500, widget=forms.HiddenInput)
    pod = forms.ChoiceField(label=_("Is the pod"))

    def __init__(self, *args: Any, pods: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pod"].choices = [("", _("Choose")), *pods]  # type: ignore[attr-defined]  # a ChoiceField
