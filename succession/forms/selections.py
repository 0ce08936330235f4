"""What people type in a selection."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.colleagues import ColleagueField
from people.models import Position
from succession.enums import SelectionCause
from succession.forms.candidacies import words_field
from succession.models import Standing
from succession.selection_rules import COVERAGES, CRITERIA, SHARES, SIZES, Rules, criteria_in
from succession.services.appointing import Term
from succession.services.interviews import Slots
from web.widgets import DateInput

RULES = [field.name for field in dataclasses.fields(Rules)]


class CriteriaField(forms.CharField):
    """One a line; its value is their list."""

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) or value is None else "\n".join(value)

    def clean(self, value: Any) -> Any:
        return criteria_in(super().clean(value))


class RulesForm(forms.Form):
    """What HR may change of them until the ballot opens."""

    slate_size = forms.TypedChoiceField(
        label=_("Names on the slate"),
        choices=[(size, str(size)) for size in SIZES],
        coerce=int,
        initial=Rules().slate_size,
        help_text=_("A tie at the last place widens it, up to seven."),
    )
    coverage = forms.IntegerField(
        label=_("Percent of the staff offered an interview, at least"),
        min_value=COVERAGES[0],
        max_value=COVERAGES[-1],
        initial=COVERAGES[0],
    )
    criteria = CriteriaField(
        label=_("What the panel scores by"),
        initial=CRITERIA,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Three to eight, one a line. Everybody reads them."),
    )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if self.errors:
            return typed
        given = {name: typed.pop(name) for name in RULES if name in typed}
        return {**typed, "rules": Rules(**given)}


class OpenForm(RulesForm):
    cause = forms.TypedChoiceField(label=_("Why now"), choices=SelectionCause.choices, coerce=SelectionCause)
    quorum = forms.IntegerField(
        label=_("Percent of the staff that has to vote, at least"),
        min_value=SHARES[0],
        max_value=SHARES[-1],
        initial=SHARES[0],
        help_text=_("It is frozen with the roll of the staff."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["position"] = forms.ModelChoiceField(
            label=_("Position"),
            queryset=Position.objects.select_related("unit__parent").order_by("title", "pk"),
            empty_label=_("Choose one"),
        )
        self.order_fields(("position", "cause", "slate_size", "coverage", "quorum", "criteria"))


class NameForm(forms.Form):
    person = ColleagueField(
        label=_("Who, by e-mail address"),
        help_text=_("They are asked, and not told by whom they were named."),
    )


class StandForm(forms.Form):
    says = words_field(
        _("A few words to the staff"), 1000, required=False, help_text=_("They read it before they vote.")
    )


class PanelForm(forms.Form):
    person = ColleagueField(label=_("A leader of another department, by e-mail address"))
    chairs = forms.BooleanField(label=_("Chairs the panel"), required=False)


class DeclareForm(forms.Form):
    conflict = words_field(
        _("Conflict of interest"),
        500,
        required=False,
        help_text=_(
            "Kinship, friendship, work together, competition. Empty: none. The panel and HR read it."
        ),
    )
    steps_back = forms.BooleanField(label=_("I step back because of it"), required=False)


class BallotForm(forms.Form):
    closes_on = forms.DateField(label=_("Last day of the ballot"), widget=DateInput())


class ReasonForm(forms.Form):
    reason = words_field(_("Why"), 1000)


class DecideForm(forms.Form):
    reason = words_field(_("Why"), 1000, help_text=_("The staff read it."))

    field_order = ("standing",)

    def __init__(self, *args: Any, slate: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["standing"] = _Slate(
            label=_("Whom the panel chose"), queryset=slate, empty_label=None, widget=forms.RadioSelect
        )
        self.order_fields(self.field_order)


class _Slate(forms.ModelChoiceField):  # type: ignore[type-arg]  # of Standing
    def label_from_instance(self, obj: Standing) -> str:
        return obj.person.name


class AppointForm(forms.Form):
    start = forms.DateField(label=_("First day"), widget=DateInput())
    partner = ColleagueField(
        label=_("Leads the unit together with, by e-mail address"),
        required=False,
        help_text=_("A partnership of a physician and an administrator begins the same day."),
    )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        return {"term": Term(**typed)} if not self.errors else typed


class OfferForm(forms.Form):
    """Times in a row. Day and time are those of the organisation."""

    day = forms.DateField(label=_("Day"), widget=DateInput())
    time = forms.TimeField(
        label=_("First at"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    minutes = forms.IntegerField(label=_("Minutes each"), min_value=10, max_value=120, initial=30)
    count = forms.IntegerField(label=_("How many"), min_value=1, max_value=40, initial=6)
    place = forms.CharField(label=_("Where"), max_length=200, required=False)

    def slots(self) -> Slots:
        typed = self.cleaned_data
        starts = timezone.make_aware(dt.datetime.combine(typed["day"], typed["time"]))
        return Slots(starts, typed["minutes"], typed["count"], typed["place"])


class ScoreForm(forms.Form):
    """One radio scale a criterion."""

    LEVELS = ((1, _("1 not at all")), (2, "2"), (3, _("3 fully")), (4, "4"), (5, _("5 outstanding")))

    def __init__(self, *args: Any, criteria: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        for place, criterion in enumerate(criteria):
            self.fields[f"c{place}"] = forms.TypedChoiceField(
                label=criterion, choices=self.LEVELS, coerce=int, widget=forms.RadioSelect
            )
        self.fields["note"] = words_field(_("What says so"), 1000, required=False)

    @property
    def scales(self) -> list[forms.BoundField]:
        return [self[f"c{place}"] for place in range(len(self.criteria))]

    def scores(self) -> list[int]:
        return [self.cleaned_data[f"c{place}"] for place in range(len(self.criteria))]
