"""What people type to invite somebody, to accept, and to make a token."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from people.enums import TokenPurpose
from people.models import Cohort, Person, Unit
from people.programme_queries import cohorts_by_name, people_ever_in
from people.unit_queries import people_within, units_called
from tenancy.models import User


class NewPasswordForm(forms.Form):
    """The password of a new account."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=_("At least 12 characters. A sentence is easier to remember than a puzzle."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, User(email=self.email))
        return password

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if "password" in values and values["password"] != values.get("again"):
            self.add_error("again", ValidationError(_("The two passwords differ.")))
        return values


class GroupForm(forms.Form):
    """Whom to invite together: a cohort, or a unit with everything below it."""

    cohort: forms.ModelChoiceField[Cohort] = forms.ModelChoiceField(
        queryset=None, label=_("Cohort"), required=False
    )
    unit = forms.CharField(
        label=_("Unit"),
        required=False,
        max_length=200,
        help_text=_("Its ID or its whole name. With all units below it."),
        widget=forms.TextInput(attrs={"list": "units", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cohort"].queryset = cohorts_by_name()  # type: ignore[attr-defined]

    def clean_unit(self) -> Unit | None:
        """The unit that is meant: IDs come first, and a name has to be the name of one unit only."""
        text: str = self.cleaned_data["unit"]
        if not text:
            return None
        found = units_called(text)
        if not found:
            raise ValidationError(_("No unit has this ID or name."))
        if len(found) > 1:
            ids = ", ".join(unit.external_id for unit in found)
            raise ValidationError(_("Several units have this name. Type the ID of one: %s") % ids)
        return found[0]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not self.errors and bool(values.get("cohort")) == bool(values.get("unit")):
            raise ValidationError(_("Choose a cohort or a unit."))
        return values

    def people(self) -> QuerySet[Person]:
        """Everybody in the chosen group."""
        cohort, unit = self.cleaned_data["cohort"], self.cleaned_data["unit"]
        if cohort is not None:
            return people_ever_in(cohort)
        return people_within(Person.objects.all(), unit)


class TokenForm(forms.Form):
    """A new API token; what it may open is asked only of those who have a choice."""

    name = forms.CharField(
        label=_("What is it for?"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    days = forms.TypedChoiceField(
        label=_("It works for"),
        coerce=int,
        choices=[(30, _("30 days")), (90, _("90 days")), (365, _("a year"))],
        initial=90,
    )
    purpose = forms.TypedChoiceField(
        label=_("What does it open?"), coerce=TokenPurpose, required=False, empty_value=TokenPurpose.ANYTHING
    )

    def __init__(self, *args: Any, purposes: Sequence[TokenPurpose], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(purposes) == 1:
            del self.fields["purpose"]
        else:
            self.fields["purpose"].choices = [  # type: ignore[attr-defined]  # a field of choices
                (purpose.value, purpose.label) for purpose in purposes
            ]


class PreferencesForm(forms.Form):
    """How pages look for oneself."""

    locale = forms.ChoiceField(label=_("Language and dates"), choices=settings.LANGUAGES)
