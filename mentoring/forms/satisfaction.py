from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from mentoring.enums import Side

ANSWERS: Final = [
    (1, _("Not true")),
    (2, _("Hardly true")),
    (3, _("Partly true")),
    (4, _("Mostly true")),
    (5, _("Fully true")),
]
WORDING: Final[dict[Side, dict[str, Any]]] = {
    Side.MENTEE: {
        "overall": _("All in all, I am satisfied with this mentorship."),
        "useful": _("Our conversations move me forward."),
        "often": _("We meet as often as I need."),
    },
    Side.MENTOR: {
        "overall": _("All in all, I am satisfied with this mentorship."),
        "useful": _("I can give what is needed here."),
        "often": _("We meet as often as is useful."),
    },
}


class SatisfactionForm(forms.Form):
    """Three sentences, five answers each, all of them needed. Nothing is chosen beforehand."""

    def __init__(self, *args: Any, side: Side, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, words in WORDING[side].items():
            self.fields[name] = forms.TypedChoiceField(
                label=words,
                coerce=int,
                choices=ANSWERS,
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose one of the five answers.")},
            )
