"""What people type to have a committee's pack drawn."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from passport.summaries.packs import MOST
from people.models import Person
from people.staff_numbers import faults, numbered


class PackForm(forms.Form):
    """A name and people, by their staff numbers."""

    title = forms.CharField(
        label=_("Name of the pack"),
        max_length=120,
        help_text=_("Such as: Promotions committee, spring 2027."),
    )
    numbers = forms.CharField(
        label=_("Staff numbers"),
        max_length=50_000,
        help_text=_("One a line, in the committee’s order; a column of a spreadsheet can be pasted."),
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people

    def clean_numbers(self) -> list[UUID]:
        """The people's ids, in the order of their numbers."""
        entries = numbered(self.cleaned_data["numbers"])
        if len(entries) > MOST:
            raise forms.ValidationError(
                gettext("There are %(n)d staff numbers; a pack holds at most %(most)d people.")
                % {"n": len(entries), "most": MOST}
            )
        wanted = {number for _line, number in entries}
        known = dict(self.people.filter(external_id__in=wanted).values_list("external_id", "pk"))
        wrong = faults(entries, known, ())
        if wrong:
            raise forms.ValidationError([forms.ValidationError(text) for text in wrong])
        return [known[number] for _line, number in entries]
