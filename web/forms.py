"""What all pages with a form have in common."""

from __future__ import annotations

from http import HTTPStatus

from django.forms import BaseForm


def status_of(form: BaseForm) -> HTTPStatus:
    """422 for a page that shows what is wrong with a form, posted or in the address; else 200."""
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
