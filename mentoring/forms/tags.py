"""Choosing tags, of interests and of expertise alike."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from mentoring.enums import TagKind
from mentoring.models import Tag

TAG_GROUPS = {
    TagKind.INTEREST: _("Leadership interests"),
    TagKind.FUNCTION: _("Functions"),
    TagKind.SPECIALTY: _("Specialties"),
}


class TagsForm(forms.Form):
    """Tags as one group of checkboxes for each kind. Subclasses add what else they ask."""

    def __init__(self, data: Any, *, tags: Sequence[Tag], chosen: Collection[UUID], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.offered = {
            kind: [(str(tag.pk), tag.name) for tag in tags if tag.kind == kind] for kind in TAG_GROUPS
        }
        for kind, label in TAG_GROUPS.items():
            choices = self.offered[kind]
            self.fields[kind.value] = forms.MultipleChoiceField(
                label=label,
                required=False,
                choices=choices,
                initial=[value for value, _name in choices if UUID(value) in chosen],
                widget=forms.CheckboxSelectMultiple,
            )

    def tag_ids(self) -> set[UUID]:
        return {UUID(value) for kind in TAG_GROUPS for value in self.cleaned_data[kind.value]}
