"""What people type about a partnership."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from partnerships.enums import Decider, GoalState, Part
from partnerships.models.meetings import LONGEST
from partnerships.models.partnerships import WHOLE
from partnerships.services.partners import Newcomer
from partnerships.services.partnerships import Founding
from people.colleagues import ColleagueField
from people.models import Unit
from people.unit_field import UnitField, offer_units
from web.widgets import DateInput


def share_field(label: Any = None, *, required: bool = True) -> forms.IntegerField:
    return forms.IntegerField(
        label=label or _("Share of working time, in percent"),
        min_value=1,
        max_value=WHOLE,
        required=required,
    )


class RegisterForm(forms.Form):
    """A new partnership of a unit."""

    unit = UnitField(label=_("Unit"), anywhere=_("Choose a unit"))
    physician = ColleagueField(label=_("Physician, by e-mail address"))
    physician_share = share_field(_("Physician’s share of working time, in percent"))
    administrator = ColleagueField(label=_("Administrator, by e-mail address"))
    administrator_share = share_field(_("Administrator’s share of working time, in percent"))
    nurse = ColleagueField(
        label=_("Nurse leader, by e-mail address"),
        required=False,
        help_text=_("With a nurse leader it is a triad."),
    )
    nurse_share = share_field(_("Nurse leader’s share of working time, in percent"), required=False)
    charter = forms.CharField(
        label=_("What it is for"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("What this unit needs of them together. The partners write on from here."),
    )
    since = forms.DateField(label=_("From"), widget=DateInput(), initial=timezone.localdate)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_units(self)

    def clean_unit(self) -> Unit:
        unit = self.cleaned_data["unit"]
        if unit is None:
            raise ValidationError(_now("Choose the unit that they lead together."))
        found: Unit = unit
        return found

    def clean(self) -> None:
        values = self.cleaned_data
        if values.get("nurse") and not values.get("nurse_share") and "nurse_share" not in self.errors:
            self.add_error("nurse_share", _now("Say how much of their working time it takes."))

    def founding(self) -> Founding:
        values = self.cleaned_data
        newcomers = [
            Newcomer(part, values[part], values[f"{part}_share"]) for part in Part if values[part] is not None
        ]
        return Founding(values["unit"], newcomers, values["charter"], values["since"])


class CharterForm(forms.Form):
    """The revision is the one the page showed."""

    charter = forms.CharField(
        label=_("What it is for"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6})
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)


class MatterForm(forms.Form):
    matter = forms.CharField(
        label=_("Matter"), max_length=200, help_text=_("For example: new posts, theatre times, complaints.")
    )
    decider = forms.ChoiceField(label=_("Who has the last word"), choices=Decider.choices)

    def clean_decider(self) -> Decider:
        return Decider(self.cleaned_data["decider"])


class GoalForm(forms.Form):
    title = forms.CharField(label=_("Shared goal"), max_length=200)
    due_on = forms.DateField(label=_("By"), widget=DateInput())


class GoalStateForm(forms.Form):
    state = forms.ChoiceField(label=_("It is"), choices=GoalState.choices)

    def clean_state(self) -> GoalState:
        return GoalState(self.cleaned_data["state"])


class MeetingForm(forms.Form):
    held_on = forms.DateField(label=_("Day"), widget=DateInput(), initial=timezone.localdate)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=5, max_value=LONGEST, initial=30)
    words = forms.CharField(
        label=_("In one line"), max_length=200, required=False, help_text=_("Only the partners read it.")
    )


class JoinForm(forms.Form):
    part = forms.ChoiceField(label=_("As"), choices=Part.choices)
    person = ColleagueField(label=_("By e-mail address"))
    share = share_field()

    def clean(self) -> dict[str, Any]:
        """The three are one: who comes."""
        values = super().clean() or {}
        if self.errors:
            return values
        return {"newcomer": Newcomer(Part(values["part"]), values["person"], values["share"])}


class ShareForm(forms.Form):
    share = share_field()


class RegisterFilter(forms.Form):
    """The filter of the register; it lives in the address."""

    unit = UnitField(label=_("Unit"))
    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[("", _("Any")), ("dyad", _("Dyads")), ("triad", _("Triads"))],
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("Running")),
            ("incomplete", _("One half is missing")),
            ("changed", _("One half has changed")),
            ("quiet", _("No meeting for 90 days")),
            ("over", _("Over")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_units(self)

    def asked(self) -> dict[str, Any]:
        """For the query; nothing where the address makes no sense."""
        return dict(self.cleaned_data) if self.is_valid() else {}
