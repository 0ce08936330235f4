"""What somebody would like a mentor for."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from mentoring.forms.tags import TAG_GROUPS, TagsForm


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
        for kind in TAG_GROUPS:
            field, checked = self.fields[kind.value], set(self[kind.value].value() or [])
            assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - made above
            field.choices = [
                (value, name)
                for value, name in self.offered[kind]
                if value in checked or word in name.casefold()
            ]
