"""What somebody would like a mentor for."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from mentoring.enums import TagKind
from mentoring.models import Tag

GROUPS = {
    TagKind.INTEREST: _("Leadership interests"),
    TagKind.FUNCTION: _("Functions"),
    TagKind.SPECIALTY: _("Specialties"),
}


class TagsForm(forms.Form):
    """Tags as one group of checkboxes for each kind. Subclasses add what else they ask."""

    def __init__(self, data: Any, *, tags: Sequence[Tag], chosen: Collection[UUID], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.offered = {
            kind: [(str(tag.pk), tag.name) for tag in tags if tag.kind == kind] for kind in GROUPS
        }
        for kind, label in GROUPS.items():
            choices = self.offered[kind]
            self.fields[kind.value] = forms.MultipleChoiceField(
                label=label,
                required=False,
                choices=choices,
                initial=[value for value, _name in choices if UUID(value) in chosen],
                widget=forms.CheckboxSelectMultiple,
            )

    def tag_ids(self) -> set[UUID]:
        return {UUID(value) for kind in GROUPS for value in self.cleaned_data[kind.value]}


class InterestsForm(TagsForm):
    """The search field only hides what does not fit; what is checked stays on the page."""

    q = forms.CharField(
        label=_("Find a word"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )

    def narrow(self) -> None:
        """Leave on the page what is checked and whose name has the word of the search field."""
        word = str(self["q"].value() or "").strip().casefold()
        for kind in GROUPS:
            field, checked = self.fields[kind.value], set(self[kind.value].value() or [])
            assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - made above
            field.choices = [
                (value, name)
                for value, name in self.offered[kind]
                if value in checked or word in name.casefold()
            ]
