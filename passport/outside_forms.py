"""What somebody says about an activity of a learning system, and the file of its statements."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ValidationError as Refusal

from passport.outside.reading import LARGEST, Read, read_file


class ActivityForm(forms.Form):
    activity = forms.CharField(max_length=500, widget=forms.HiddenInput)
    pod = forms.ChoiceField(label=_("Is the pod"))

    def __init__(self, *args: Any, pods: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pod"].choices = [("", _("Choose")), *pods]  # type: ignore[attr-defined]  # a ChoiceField


class StatementsFileForm(forms.Form):
    """A file of statements; once it was looked through, its text comes back with the page instead."""

    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("JSON of xAPI 1.0.3, up to 500 statements and 1 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".json"}),
    )
    text = forms.CharField(required=False, strip=False, max_length=LARGEST, widget=forms.HiddenInput)
    read: Read

    def clean_file(self) -> bytes:
        upload: UploadedFile[bytes] | None = self.cleaned_data["file"]
        if upload is None:
            return b""
        if (upload.size or 0) > LARGEST:
            raise forms.ValidationError(gettext("The file is larger than 1 MB. Bring it in parts."))
        content: bytes = upload.read()
        return content

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        content = values.get("file") or values.get("text", "").encode(errors="replace")
        if self.errors:
            return values
        if not content:
            self.add_error("file", gettext("Choose a file."))
            return values
        try:
            self.read = read_file(content)
        except Refusal as error:
            self.add_error("file", [str(each) for each in error.detail])
            return values
        values["text"] = content.decode("utf-8-sig")  # it is, or it were no JSON
        return values
