from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mentoring.enums import ExposureKind, ReviewEnd, Tier
from mentoring.models import Mentorship
from web.forms import one_line
from web.widgets import DateInput


class ExposureForm(forms.Form):
    """One press: the button that sends the form says the kind. Whom and when is filled in beforehand."""

    kind = forms.ChoiceField(label=_("What it was"), choices=ExposureKind.choices)
    mentorships = forms.MultipleChoiceField(
        label=_("Who was given the look"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
    )
    day = forms.DateField(label=_("When"), widget=DateInput())
    text = forms.CharField(
        label=_("In your words"),
        required=False,
        max_length=120,
        validators=[one_line],
        help_text=_("Needed for “Something else”. No names of patients."),
    )

    def __init__(self, *args: Any, mentorships: Sequence[Mentorship], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["mentorships"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - declared above
        field.choices = [
            (str(each.pk), f"{each.mentee.name} ({Tier(each.tier).label})") for each in mentorships
        ]
        running = [str(each.pk) for each in mentorships if each.over_on is None]
        self.initial = {"mentorships": running, "day": timezone.localdate()}

    @property
    def chosen(self) -> list[UUID]:
        """The mentorships chosen, once the form is valid."""
        return [UUID(each) for each in self.cleaned_data["mentorships"]]


class OnePressForm(forms.Form):
    """What the page behind a mail's link sends."""

    kind = forms.ChoiceField(
        choices=[choice for choice in ExposureKind.choices if choice[0] != ExposureKind.OTHER]
    )


class CloseReviewForm(forms.Form):
    end = forms.ChoiceField(
        label=_("Why there is no log"),
        choices=[choice for choice in ReviewEnd.choices if choice[0] != ReviewEnd.LOGGED],
    )
    note = forms.CharField(
        label=_("Note"), required=False, max_length=600, widget=forms.Textarea(attrs={"rows": 2})
    )


class ExposureFilter(forms.Form):
    """The filter of the exposure report; it lives in the address."""

    cohort = forms.ChoiceField(label=_("Cohort"), required=False)
    period = forms.ChoiceField(
        label=_("Logged"),
        required=False,
        choices=[
            ("", _("In a year")),
            ("quarter", _("This quarter")),
            ("all", _("At any time")),
        ],
    )

    def __init__(self, data: Any, *, cohorts: Sequence[tuple[UUID, str]]) -> None:
        super().__init__(data)
        if not cohorts:
            del self.fields["cohort"]  # everybody together: there is nothing to choose
            return
        field = self.fields["cohort"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [("", _("All")), *((str(key), name) for key, name in cohorts)]
