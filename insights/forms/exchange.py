"""What people type, and hand in, for the exchange with other organisations."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from passport.badges import sorted_papers
from web.forms import one_line

LARGEST: Final = 256 * 1024  # bytes of a file
MOST_KEYS: Final = 50


class ExchangeForm(forms.Form):
    is_on = forms.BooleanField(
        label=gettext_lazy("Make files for other organisations"),
        required=False,
        help_text=gettext_lazy("What was sent cannot be taken back."),
    )
    purpose = forms.CharField(
        label=gettext_lazy("For what"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Everybody who may see the figures reads it."),
    )


def text_of(file: Any) -> str:
    """ValidationError for what is too large or no text."""
    if file.size > LARGEST:
        raise ValidationError(_("The file is larger than %(most)d kB.") % {"most": LARGEST // 1024})
    try:
        return str(file.read().decode("utf-8-sig")).strip()
    except UnicodeDecodeError as error:
        raise ValidationError(_("The file is no text.")) from error


class LetterForm(forms.Form):
    """A file as it came, or what it said while it was looked through."""

    file = forms.FileField(label=gettext_lazy("File of a partner"), required=False)
    token = forms.CharField(required=False, max_length=LARGEST, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("file"):
            try:
                typed["token"] = text_of(typed["file"])
            except ValidationError as error:
                self.add_error("file", error)
        elif not typed.get("token"):
            self.add_error("file", _("Choose a file."))
        return typed


class PartnerForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Organisation"), max_length=200, validators=[one_line])
    file = forms.FileField(
        label=gettext_lazy("Their keys"),
        help_text=gettext_lazy("The file “keys.json” that they made. It holds nothing secret."),
    )

    def clean_file(self) -> list[dict[str, Any]]:
        """The keys in it."""
        found = sorted_papers([text_of(self.cleaned_data["file"])]).keys
        keys = [key for key in found if isinstance(key.get("kid"), str) and key.get("kty") in {"RSA", "EC"}]
        if not keys or len(keys) > MOST_KEYS:
            raise ValidationError(_("There are no public keys in it."))
        if any("d" in key for key in keys):
            raise ValidationError(_("A private key is in it: it must not be given to anybody."))
        return keys
