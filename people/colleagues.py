"""For forms of all rooms: somebody who works here, named by e-mail address, as people know each other."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from people.models import Person
from people.queries import colleague_with_address


class ColleagueField(forms.EmailField):
    """Gives the person; None where nothing was typed and nothing is required."""

    def clean(self, value: str) -> Person | None:
        address = super().clean(value)
        if not address:
            return None
        found = colleague_with_address(address, on=timezone.localdate())
        if found is None:
            raise ValidationError(_("Nobody here has this address."))
        return found
