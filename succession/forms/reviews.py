"""What people type about talent reviews."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.colleagues import ColleagueField
from people.unit_field import UnitField, offer_units
from succession.forms.candidacies import words_field
from succession.models import TalentReview
from succession.services.reviews import ReviewPlan
from web.forms import one_line
from web.widgets import DateInput


class ReviewForm(forms.Form):
    title = forms.CharField(label=_("Name"), max_length=120, validators=[one_line])
    held_on = forms.DateField(label=_("Held on"), widget=DateInput())
    facilitator = ColleagueField(
        label=_("Facilitator, by e-mail address"),
        help_text=_("Sees these pools and their candidates, writes down what is decided, and closes it."),
    )
    unit = UnitField(label=_("Only pools of this unit and those below it"), anywhere=_("All pools"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_units(self)

    @classmethod
    def of(cls, review: TalentReview) -> ReviewForm:
        return cls(
            initial={
                "title": review.title,
                "held_on": review.held_on,
                "facilitator": review.facilitator.email,
                "unit": str(review.unit_id or ""),
            }
        )

    def plan(self) -> ReviewPlan:
        return ReviewPlan(**self.cleaned_data)


class DecisionForm(forms.Form):
    words = words_field(_("Decision"), 500)
    reason = words_field(_("Why"), 1000, help_text=_("The pool’s owner reads it once the review has closed."))


class ActionForm(forms.Form):
    words = words_field(_("What is to be done"), 300)
    owner = ColleagueField(label=_("Who does it, by e-mail address"))
    due_on = forms.DateField(label=_("Until"), widget=DateInput())
