"""The steps of a page: each has a form there, one service, and one sentence afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.functional import Promise

from people.access import MemberRequest


@dataclass(frozen=True, slots=True)
class Step:
    """What is typed, what is done with it, and what is said afterwards."""

    form: type[forms.Form]
    act: Callable[..., object]  # (subject, **typed, by=member)
    said: Promise


def take_step(step: Step, subject: Model, form: forms.Form, request: MemberRequest) -> Model | None:
    """What the step leads to: what its service returns, or else its subject. None where the form or the
    service refuses: the words are in the form, and what moved meanwhile has to be loaded again."""
    if not form.is_valid():
        return None
    try:
        after = step.act(subject, **form.cleaned_data, by=request.member)
    except ValidationError as error:
        form.add_error(None, error)
        return None
    messages.success(request, str(step.said))
    return after if isinstance(after, Model) else subject
