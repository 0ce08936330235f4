"""What all pages with a form have in common."""

from __future__ import annotations

import unicodedata
from http import HTTPStatus

from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.utils.translation import gettext as _


def status_of(form: BaseForm) -> HTTPStatus:
    """422 for a page that shows what is wrong with a form, posted or in the address; else 200."""
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK


def one_line(text: str) -> None:
    """ValidationError for a name with line breaks or other control characters: no heading or mail has room
    for them."""
    if any(unicodedata.category(letter) in {"Cc", "Zl", "Zp"} for letter in text):
        raise ValidationError(_("Write it on one line, without line breaks or other control characters."))
