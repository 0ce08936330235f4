"""How a person wants pages to look."""

from __future__ import annotations

from people.member import Member
from people.models import Person


def change_locale(locale: str, *, by: Member) -> None:
    """Choose one's own language and date format."""
    Person.objects.filter(pk=by.person_id).exclude(locale=locale).update(locale=locale)
