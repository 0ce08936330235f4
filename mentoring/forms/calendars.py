"""A mentor's calendar: an address or a file."""

from __future__ import annotations

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from mentoring.availability.busy import MOST_BYTES, TOO_LARGE


class FeedForm(forms.Form):
    """Whether it leads anywhere is found out by the job that reads it."""

    address = forms.CharField(
        label=_("Address of a calendar"),
        max_length=2000,
        help_text=_(
            "The secret iCal address that your calendar offers, best the one that shares only free and busy. "
            "It begins with https:// or webcal://."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "inputmode": "url"}),
    )


class CalendarFileForm(forms.Form):
    file = forms.FileField(
        label=_("Calendar file"),
        help_text=_(".ics, up to 2 MB. It is read once and not kept."),
        widget=forms.ClearableFileInput(attrs={"accept": ".ics,text/calendar"}),
    )

    def clean_file(self) -> UploadedFile[bytes]:
        upload: UploadedFile[bytes] = self.cleaned_data["file"]
        if (upload.size or 0) > MOST_BYTES:
            raise forms.ValidationError(str(TOO_LARGE))
        return upload
