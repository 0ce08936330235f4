"""Chips for the filters in force: each says what it filters and removes itself."""

from dataclasses import dataclass

from django import forms
from django.http import HttpRequest

from web.addresses import with_query


@dataclass(frozen=True)
class Chip:
    """One active filter and the address of the page without it."""

    name: str
    value: str
    url: str


def chips(request: HttpRequest, form: forms.Form) -> list[Chip]:
    """The active filters of a bound GET form, in the form's order; none for empty or invalid ones."""
    if not form.is_bound or not form.is_valid():
        return []
    return [
        Chip(
            str(bound.label),
            shown(bound),
            with_query(request, **{bound.html_name: None, "page": None, "after": None}),
        )
        for bound in form.visible_fields()
        if form.cleaned_data.get(bound.name)
    ]


def shown(bound: forms.BoundField) -> str:
    """The words of a chosen value: the label of a choice, otherwise the text itself."""
    value = bound.form.cleaned_data[bound.name]
    choices = getattr(bound.field, "choices", None)
    if choices is None or isinstance(value, list | tuple):
        return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    labels = {str(key): str(label) for key, label in choices}
    return labels.get(str(bound.data), str(value))
