"""What an organisation admin fills in to give or take a role."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from people.enums import Role
from people.models import Cohort
from people.programme_queries import cohorts_by_name


class RoleFilter(forms.Form):
    role = forms.ChoiceField(label=_("Role"), required=False, choices=[("", _("Any")), *Role.choices])


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("Stands in the audit log for ever."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class GrantForm(ReasonForm):
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, widget=forms.RadioSelect)
    cohort: forms.ModelChoiceField[Cohort] = forms.ModelChoiceField(
        queryset=None,
        label=_("Only for the cohort"),
        required=False,
        empty_label=_("All cohorts"),
        help_text=_("Only a programme director can be limited to one."),
    )
    field_order = ("role", "cohort", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cohort"].queryset = cohorts_by_name()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("cohort") is not None and values.get("role") != Role.PROGRAMME_DIRECTOR:
            self.add_error("cohort", ValidationError(_("This role is for the whole organisation.")))
        return values
