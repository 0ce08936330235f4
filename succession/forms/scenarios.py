"""What people ask of the years to come."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.models import Position
from succession.services.scenarios import Question
from web.widgets import DateInput


class QuestionForm(forms.Form):
    title = forms.CharField(label=_("Name"), max_length=120, help_text=_("By which you find it again."))
    position: forms.ModelChoiceField[Position] = forms.ModelChoiceField(
        label=_("What if whoever holds this leaves"),
        queryset=None,  # the organisation's, when the form is made
        required=False,
        empty_label=_("nobody: as planned"),
    )
    leaves_on = forms.DateField(label=_("On which day"), required=False, widget=DateInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        position = self.fields["position"]
        assert isinstance(position, forms.ModelChoiceField)  # noqa: S101 - declared above
        position.queryset = Position.objects.order_by("title", "pk")

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not self.errors and (typed["position"] is None) != (typed["leaves_on"] is None):
            missing = "leaves_on" if typed["position"] else "position"
            self.add_error(missing, _("Name both the position and the day, or neither."))
        return typed

    def question(self) -> Question:
        return Question(**self.cleaned_data)
