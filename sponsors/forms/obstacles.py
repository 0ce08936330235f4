"""What people type about an obstacle."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.colleagues import ColleagueField
from sponsors.enums import ObstacleKind, ObstacleState
from sponsors.services.obstacles import Raised
from web.forms import one_of
from web.widgets import DateInput


def words_field(label: Any, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=300, widget=forms.Textarea(attrs={"rows": 2}), **options)


class RaiseForm(forms.Form):
    """`private` is asked of leader and sponsor alone."""

    kind = one_of(list(ObstacleKind), _("What kind"))
    words = words_field(_("What stands in the way"))
    owner = ColleagueField(
        label=_("Who can remove it, by e-mail address"),
        help_text=_("A colleague with the reach for it. They read what you write here."),
    )
    due_on = forms.DateField(label=_("Until"), widget=DateInput())
    private = forms.BooleanField(
        label=_("Between leader and sponsor"),
        required=False,
        help_text=_("Besides the two only whoever removes it reads it; no report counts it."),
    )

    def __init__(self, *args: Any, may_be_private: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_be_private:
            del self.fields["private"]

    def raised(self) -> Raised:
        return Raised(**self.cleaned_data)


class ChangeForm(forms.Form):
    owner = ColleagueField(label=_("Who removes it, by e-mail address"))
    due_on = forms.DateField(label=_("Until"), widget=DateInput())
    words = words_field(_("Why"))


class CloseForm(forms.Form):
    state = one_of([ObstacleState.REMOVED, ObstacleState.ACCEPTED], _("What became of it"))
    words = words_field(_("How, or why it stays"), help_text=_("Whoever reads the obstacle reads it, too."))


class ReopenForm(forms.Form):
    due_on = forms.DateField(label=_("Until"), widget=DateInput())
    words = words_field(_("Why"))
