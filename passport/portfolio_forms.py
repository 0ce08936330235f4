"""What people type into their research portfolio."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from passport.bibliography import LARGEST, BibliographyError, Reference, plain_doi, read_references
from passport.models import Publication


class BibliographyForm(forms.Form):
    """A list, pasted or as a file. Every problem of it is told at once."""

    text = forms.CharField(
        label=_("BibTeX, or DOIs one a line"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
    )
    file = forms.FileField(
        label=_("Or a file"),
        required=False,
        help_text=_("BibTeX or plain text, up to 1 MB; library programs export it."),
        widget=forms.ClearableFileInput(attrs={"accept": ".bib,.bibtex,.txt"}),
    )
    references: list[Reference]

    def clean_file(self) -> str:
        upload: UploadedFile[bytes] | None = self.cleaned_data["file"]
        if upload is None:
            return ""
        if (upload.size or 0) > LARGEST:
            raise forms.ValidationError(gettext("The file is larger than 1 MB. Bring it in parts."))
        try:
            text: str = upload.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            raise forms.ValidationError(gettext("The file is not text in UTF-8. Export it so.")) from None
        return text

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if self.errors:
            return values
        source = "file" if values["file"] else "text"
        if values["file"] and values["text"].strip():
            self.add_error("file", gettext("Paste a list or choose a file, not both."))
            return values
        try:
            self.references = read_references(values[source])
        except BibliographyError as error:
            self.add_error(source, [forms.ValidationError(problem) for problem in error.problems[:20]])
        return values


class PublicationForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    """One publication."""

    class Meta:
        model = Publication
        fields = ["kind", "title", "authors", "venue", "year", "doi"]

    def clean_doi(self) -> str:
        typed: str = self.cleaned_data["doi"]
        doi = plain_doi(typed) if typed else ""
        if doi is None:
            raise forms.ValidationError(gettext("A DOI begins with 10. and a number, such as 10.1000/182."))
        return doi

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not self.errors and not values["title"] and not values["doi"]:
            self.add_error("title", gettext("Give the title, or the DOI."))
        return values
