"""What people type about candidates."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.colleagues import ColleagueField
from succession.enums import Band
from succession.services.candidacies import Rating
from web.forms import one_of


def words_field(label: Any, most: int = 300, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": 3}), **options)


class ProposeForm(forms.Form):
    person = ColleagueField(label=_("Who, by e-mail address"))
    why = words_field(_("Why them"), 500, help_text=_("They read it when they are asked."))


class DeclineForm(forms.Form):
    reason = words_field(
        _("Why not"),
        required=False,
        help_text=_("Only if you want to say it. HR and the pool’s owner read it."),
    )


class EndForm(forms.Form):
    reason = words_field(_("Why"), required=False)


class AssessForm(forms.Form):
    band = one_of(list(Band), _("When could they take over"))
    interim_cover = forms.BooleanField(
        label=_("Could cover for some months from tomorrow on"), required=False
    )
    evidence = words_field(
        _("What says so"), 1000, help_text=_("What they did and what came of it. The candidate reads it.")
    )
    next_step = words_field(
        _("What would bring them nearer"), 500, required=False, help_text=_("One step for their regimen.")
    )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        return {"rating": Rating(**typed)} if not self.errors else typed
