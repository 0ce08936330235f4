"""What people type about the thematic analysis of an audit."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from partnerships.enums import CoderPart
from partnerships.models import AuditAnalysis, Code, PartnershipProgramme, Theme
from partnerships.queries.coding import themes_in
from partnerships.services.codebook import Wording
from people.colleagues import ColleagueField
from web.forms import one_line, one_of

KEEP, DROP = "keep", "drop"


class AnalysisForm(forms.Form):
    """What is typed on the page of an analysis; by itself a button alone. None: nothing has begun."""

    def __init__(self, *args: Any, analysis: AuditAnalysis | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.analysis = analysis


class BeginAnalysisForm(AnalysisForm):
    """Two who code."""

    first = ColleagueField(label=_("First coder, by e-mail address"))
    second = ColleagueField(
        label=_("Second coder, by e-mail address"),
        help_text=_("Two from outside the programme, who can keep to themselves what they read."),
    )


class ThirdForm(AnalysisForm):
    person = ColleagueField(label=_("Third reader, by e-mail address"))


class ReplaceForm(AnalysisForm):
    """Who has finished cannot be replaced; the service says so."""

    part = one_of(list(CoderPart), _("Who cannot go on"))
    person = ColleagueField(
        label=_("Who takes their place, by e-mail address"),
        help_text=_("From outside the programme. They begin afresh, and never see what the other one gave."),
    )
    why = forms.CharField(
        label=_("Why"),
        max_length=300,
        validators=[one_line],
        help_text=_("Kept for those who run the programme. Neither of the two reads it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["part"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101 - declared above
        field.error_messages["invalid_choice"] = _now(
            "Meanwhile they have finished, or somebody took their place."
        )
        there = self.analysis.coders_by_part if self.analysis else []
        field.choices = [
            (each.part, f"{each.person.name} ({each.get_part_display()})")
            for each in there
            if each.finished_at is None
        ]


class EndForm(AnalysisForm):
    why = forms.CharField(
        label=_("Why it cannot be finished"),
        max_length=300,
        validators=[one_line],
        help_text=_("Kept for those who run the programme."),
    )


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
