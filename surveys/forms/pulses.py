from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from surveys.built_in import CONFIDENCE, CONFIDENCE_PULSE
from surveys.wording import group_label


class PulseForm(forms.Form):
    """Ten questions, five answers each, all of them needed. Nothing is chosen beforehand."""

    def __init__(self, *args: Any, answers: Sequence[int] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place, wording in enumerate(CONFIDENCE_PULSE.wordings):
            self.fields[f"item{place}"] = forms.TypedChoiceField(
                label=wording.text,
                coerce=int,
                choices=[(value, label) for value, label in enumerate(CONFIDENCE, 1)],
                widget=forms.RadioSelect,
                initial=answers[place] if answers else None,
                error_messages={"required": _("Choose one of the five answers.")},
            )

    @property
    def answers(self) -> list[int]:
        """In the order of the items, once the form is valid."""
        return [self.cleaned_data[f"item{place}"] for place in range(len(CONFIDENCE_PULSE.wordings))]

    def dimensions(self) -> Iterator[tuple[str, list[BoundField]]]:
        """The fields under the name of the dimension they are about."""
        groups: dict[str, list[BoundField]] = {}
        for place, wording in enumerate(CONFIDENCE_PULSE.wordings):
            groups.setdefault(wording.question.group, []).append(self[f"item{place}"])
        for group, fields in groups.items():
            yield group_label(group), fields
