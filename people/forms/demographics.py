"""The two questions about oneself, both optional, with the groups that are usual in the member's country."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

GENDERS = [
    ("woman", _("Woman")),
    ("man", _("Man")),
    ("non-binary", _("Non-binary")),
    ("another", _("Another gender")),
]
# As the census of each country groups them, shortened.
ETHNICITIES = {
    "en-gb": (
        "Asian or Asian British",
        "Black or Black British",
        "Mixed",
        "White British",
        "White other",
        "Another ethnic group",
    ),
    "en-us": (
        "American Indian or Alaska Native",
        "Asian",
        "Black or African American",
        "Hispanic or Latino",
        "Middle Eastern or North African",
        "Native Hawaiian or Pacific Islander",
        "White",
        "Two or more",
        "Another ethnic group",
    ),
}
UNSAID = _("I would rather not say")


class DemographicsForm(forms.Form):
    gender = forms.ChoiceField(label=_("Gender"), required=False)
    ethnicity = forms.ChoiceField(label=_("Ethnic group"), required=False)

    def __init__(self, *args: Any, locale: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = ETHNICITIES.get(locale.lower(), ETHNICITIES["en-us"])
        self._offer("gender", GENDERS)
        self._offer("ethnicity", [(group, group) for group in groups])

    def _offer(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        """The choices, and what was declared before even if it is not among them any more."""
        said = self.initial.get(name, "")
        known = {value for value, _label in choices}
        kept = [(said, said)] if said and said not in known else []
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [("", UNSAID), *kept, *choices]
