"""What people type about the thematic analysis of an audit."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from partnerships.models import Code, PartnershipProgramme, Theme
from partnerships.queries.coding import themes_in
from partnerships.services.codebook import Wording
from people.colleagues import ColleagueField
from web.forms import one_line

KEEP, DROP = "keep", "drop"


class BeginAnalysisForm(forms.Form):
    """Two who code."""

    first = ColleagueField(label=_("First coder, by e-mail address"))
    second = ColleagueField(
        label=_("Second coder, by e-mail address"),
        help_text=_("Two from outside the programme, who can keep to themselves what they read."),
    )


class ThirdForm(forms.Form):
    person = ColleagueField(label=_("Third reader, by e-mail address"))


class CodeForm(forms.Form):
    """A code in words."""

    name = forms.CharField(label=_("Code"), max_length=100, validators=[one_line])
    definition = forms.CharField(
        label=_("When it is given, and when not"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    example = forms.CharField(
        label=_("An example, in your own words"), max_length=300, required=False, validators=[one_line]
    )

    def wording(self) -> Wording:
        return Wording(*(self.cleaned_data[name].strip() for name in ("name", "definition", "example")))


class ChangeCodeForm(CodeForm):
    why = forms.CharField(label=_("Why it changes"), max_length=200, validators=[one_line])


class GroupForm(forms.Form):
    """Under which theme a code stands."""

    theme: forms.ModelChoiceField[Theme] = forms.ModelChoiceField(
        queryset=None, label=_("Theme"), required=False, empty_label=_("Under no theme")
    )

    def __init__(self, *args: Any, programme: PartnershipProgramme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["theme"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - declared above
        field.queryset = themes_in(programme)


class ThemeForm(forms.Form):
    name = forms.CharField(label=_("Theme"), max_length=100, validators=[one_line])
    definition = forms.CharField(
        label=_("What it holds together"), max_length=600, widget=forms.Textarea(attrs={"rows": 3})
    )


class CodesForm(forms.Form):
    """The codes of one comment: none, one or several."""

    codes = forms.TypedMultipleChoiceField(
        label=_("Codes"), coerce=UUID, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, data: QueryDict | None = None, *, offered: Sequence[Code], given: Collection[UUID] = ()
    ) -> None:
        super().__init__(data, initial={"codes": [str(code) for code in given]})
        field = self.fields["codes"]
        assert isinstance(field, forms.TypedMultipleChoiceField)  # noqa: S101 - declared above
        field.choices = [(str(code.pk), code.name) for code in offered]
        self.offered = offered

    def boxes(self) -> Iterable[tuple[str, Code, Any]]:
        """The key that ticks it, the code, its box; the first nine codes have a key."""
        for place, (code, box) in enumerate(zip(self.offered, self["codes"], strict=True), start=1):
            yield (str(place) if place <= 9 else "", code, box)
