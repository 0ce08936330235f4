"""Choosing a person by searching, on the pages of every app: the form, and whom it finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from people.directory_queries import found_by
from people.models import Person

FOUND: Final = 20  # people shown to choose from; a longer text finds fewer


class PersonSearch(forms.Form):
    """Finds a person, or several, to do something with."""

    q = forms.CharField(
        label=_("Name or e-mail"),
        required=False,
        max_length=100,
        help_text=_("How the family name, the given name or the address begins"),
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )

    @property
    def text(self) -> str:
        return str(self.cleaned_data["q"]) if self.is_valid() else ""


@dataclass(frozen=True)
class Found:
    """What a search page shows: its form, and some of whom it finds; nobody before there is a text."""

    form: PersonSearch
    people: list[Person]

    @property
    def text(self) -> str:
        return self.form.text

    @property
    def more(self) -> bool:
        """Whether there may be more than are shown."""
        return len(self.people) == FOUND


def search_person(data: QueryDict, people: QuerySet[Person]) -> Found:
    """Of some people those whom the text of an address finds, by name."""
    form = PersonSearch(data)
    found = found_by(people, form.text).order_by("search_key", "pk")[:FOUND] if form.text else []
    return Found(form, list(found))
