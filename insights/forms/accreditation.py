"""What people type about standards, requirements and evidence."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from insights.enums import EvidenceSource
from insights.models import Requirement, Standard
from insights.models.accreditation import DOCUMENT_ADDRESS
from insights.services.accreditation import RequirementWording, StandardWording
from web.forms import one_line


class StandardForm(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        validators=[one_line],
        help_text=_("The body and its standard, as you call them."),
    )
    edition = forms.CharField(label=_("Edition"), max_length=60, required=False, validators=[one_line])
    first_month = forms.TypedChoiceField(
        label=_("Its year begins in"),
        choices=list(MONTHS.items()),
        coerce=int,
        initial=1,
        help_text=_("January for calendar years; the month in which the academic year begins otherwise."),
    )

    def wording(self) -> StandardWording:
        return StandardWording(**self.cleaned_data)

    @classmethod
    def of(cls, standard: Standard) -> StandardForm:
        return cls(initial={name: getattr(standard, name) for name in ("name", "edition", "first_month")})


class RequirementForm(forms.Form):
    code = forms.CharField(label=_("Number"), max_length=40, validators=[one_line])
    text = forms.CharField(
        label=_("What it asks for"),
        max_length=600,
        validators=[one_line],
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Short, and in your own words: the text itself belongs to the body that wrote it."),
    )
    position = forms.IntegerField(
        label=_("Place"), required=False, min_value=1, max_value=9999, help_text=_("Empty: the last one.")
    )
    applies = forms.BooleanField(label=_("It applies to us"), required=False, initial=True)

    def wording(self) -> RequirementWording:
        return RequirementWording(**self.cleaned_data)

    @classmethod
    def of(cls, requirement: Requirement, **options: Any) -> RequirementForm:
        names = ("code", "text", "position", "applies")
        return cls(initial={name: getattr(requirement, name) for name in names}, **options)


class MappingForm(forms.Form):
    source = forms.TypedChoiceField(
        label=_("Evidence"), choices=[("", _("Choose")), *EvidenceSource.choices], coerce=EvidenceSource
    )
    note = forms.CharField(
        label=_("Note"),
        max_length=300,
        required=False,
        validators=[one_line],
        help_text=_("Why it is evidence, or what to read out of it."),
    )


class DocumentForm(forms.Form):
    title = forms.CharField(label=_("Document"), max_length=200, validators=[one_line])
    link = forms.URLField(
        label=_("Link"),
        required=False,
        max_length=500,
        assume_scheme="https",
        validators=[DOCUMENT_ADDRESS],
        help_text=_("Beginning with https://."),
    )
    place = forms.CharField(
        label=_("Or where it is kept, in words"), max_length=200, required=False, validators=[one_line]
    )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not self.errors and not typed.get("link") and not typed.get("place"):
            self.add_error("place", _("Say where it is kept: a link, or words."))
        return typed


class RequirementsFileForm(forms.Form):
    file = forms.FileField(label=_("CSV or XLSX file"))
