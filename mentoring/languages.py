"""The languages in which people can offer to mentor, by ISO 639 code."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LANGUAGES: Final[dict[str, str | Promise]] = {
    "ar": _("Arabic"),
    "bn": _("Bengali"),
    "yue": _("Cantonese"),
    "cs": _("Czech"),
    "da": _("Danish"),
    "nl": _("Dutch"),
    "en": _("English"),
    "fi": _("Finnish"),
    "fr": _("French"),
    "de": _("German"),
    "el": _("Greek"),
    "he": _("Hebrew"),
    "hi": _("Hindi"),
    "hu": _("Hungarian"),
    "ga": _("Irish"),
    "it": _("Italian"),
    "ja": _("Japanese"),
    "ko": _("Korean"),
    "cmn": _("Mandarin"),
    "no": _("Norwegian"),
    "fa": _("Persian"),
    "pl": _("Polish"),
    "pt": _("Portuguese"),
    "pa": _("Punjabi"),
    "ro": _("Romanian"),
    "ru": _("Russian"),
    "es": _("Spanish"),
    "sv": _("Swedish"),
    "tl": _("Tagalog"),
    "tr": _("Turkish"),
    "uk": _("Ukrainian"),
    "ur": _("Urdu"),
    "vi": _("Vietnamese"),
    "cy": _("Welsh"),
    "sgn": _("Sign language"),
}


def language_names(codes: list[str]) -> list[str]:
    """In the order of the list above; a code that is not in it stands for itself."""
    known = [str(name) for code, name in LANGUAGES.items() if code in codes]
    return known + [code for code in codes if code not in LANGUAGES]
