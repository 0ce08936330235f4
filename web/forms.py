"""What all pages with a form have in common."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from http import HTTPStatus

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.forms import BaseForm, TypedChoiceField
from django.utils.functional import Promise
from django.utils.translation import gettext as _


def status_of(form: BaseForm) -> HTTPStatus:
    """422 for a page that shows what is wrong with a form, posted or in the address; else 200."""
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK


def ids_of(name: str) -> str:
    """The `auto_id` of a form that shares its page with others: their fields may have the same names."""
    return f"id_{name}_%s"


def one_of(members: Sequence[TextChoices], label: str | Promise) -> TypedChoiceField:
    """A choice among some members of an enumeration; its value is the member."""
    choices = [(member.value, member.label) for member in members]
    return TypedChoiceField(label=label, choices=choices, coerce=type(members[0]))  # type: ignore[arg-type]  # lazy text


def one_line(text: str) -> None:
    """ValidationError for a name with line breaks or other control characters: no heading or mail has room
    for them."""
    if any(unicodedata.category(letter) in {"Cc", "Zl", "Zp"} for letter in text):
        raise ValidationError(_("Write it on one line, without line breaks or other control characters."))
