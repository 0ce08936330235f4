"""What mentors say about themselves, and when they can be met; and the filter of their list."""

from __future__ import annotations

import zoneinfo
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from typing import Any, Final
from uuid import UUID

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mentoring.availability.half_hours import Hours
from mentoring.enums import MeetingFormat, Tier
from mentoring.forms.tags import TagsForm
from mentoring.languages import LANGUAGES
from mentoring.models import Tag
from mentoring.models.profiles import MOST_PLACES
from mentoring.services.hours import faults_in
from mentoring.services.profiles import Offer, places_field
from mentoring.tiers import WHO_OFFERS

ROWS_TO_ADD: Final = 3
MOST_ROWS: Final = 28


class ProfileForm(TagsForm):
    """One's own profile; places for the tiers that are asked about."""

    offering = forms.BooleanField(
        label=_("I take new mentees"),
        required=False,
        help_text=_("Without it nobody new is proposed to you. Mentorships that run go on."),
    )
    about = forms.CharField(
        label=_("About me as a mentor"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("For people to read. The matching does not read it."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages I can mentor in"),
        required=False,
        choices=list(LANGUAGES.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    formats = forms.MultipleChoiceField(
        label=_("How we can meet"),
        required=False,
        choices=MeetingFormat.choices,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        data: Any,
        *,
        tags: Sequence[Tag],
        chosen: Collection[UUID],
        places: dict[Tier, int],
        **kwargs: Any,
    ) -> None:
        super().__init__(data, tags=tags, chosen=chosen, **kwargs)
        self.tiers = list(places)
        for tier, number in places.items():
            self.fields[places_field(tier)] = forms.IntegerField(
                label=_("Places as %(tier)s") % {"tier": tier.label.lower()},
                min_value=0,
                max_value=MOST_PLACES,
                initial=number,
                help_text=WHO_OFFERS[tier],
            )

    def offer(self) -> Offer:
        values = self.cleaned_data
        return Offer(
            offering=values["offering"],
            about=values["about"],
            languages=values["languages"],
            formats=[MeetingFormat(each) for each in values["formats"]],
            tag_ids=self.tag_ids(),
            places={tier: values[places_field(tier)] for tier in self.tiers},
        )


class HoursForm(forms.Form):
    """One row of the week; an empty one is left out."""

    weekday = forms.TypedChoiceField(label=_("Day"), choices=[("", "–"), *WEEKDAYS.items()], coerce=int)
    starts = forms.TimeField(label=_("From"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    ends = forms.TimeField(label=_("To"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))

    def hours(self) -> Hours:
        values = self.cleaned_data
        return Hours(values["weekday"], values["starts"], values["ends"])


class BaseWeek(forms.BaseFormSet):  # type: ignore[type-arg]  # generic in the stubs only
    """The rows of a week."""

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Remove")

    def clean(self) -> None:
        understood = [form for form in self.kept() if not form.errors]
        faults = faults_in(form.hours() for form in understood)
        for form, fault in zip(understood, faults, strict=True):
            for name, said in fault.items():
                form.add_error(name, said)

    def kept(self) -> list[HoursForm]:
        """The rows that say something and are not to be removed."""
        return [
            form
            for form in self.forms
            if (form.has_changed() or form.initial) and not self._should_delete_form(form)  # type: ignore[attr-defined]  # not in the stubs
        ]

    def hours(self) -> list[Hours]:
        return [form.hours() for form in self.kept()]


Week = forms.formset_factory(
    HoursForm,
    formset=BaseWeek,
    extra=ROWS_TO_ADD,
    max_num=MOST_ROWS,
    absolute_max=2 * MOST_ROWS,
    validate_max=True,
    can_delete=True,
)


def week_form(data: Any, hours: Iterable[Hours]) -> Any:
    rows = [{"weekday": each.weekday, "starts": each.starts, "ends": each.ends} for each in sorted(hours)]
    return Week(data, initial=rows, prefix="week")


class ZoneForm(forms.Form):
    """In which time zone the hours are meant."""

    time_zone = forms.ChoiceField(label=_("Time zone"), required=False)

    def __init__(self, data: Any, *, default: str, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        field = self.fields["time_zone"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        here = gettext("As the organisation: %(zone)s") % {"zone": zone_label(default)}
        field.choices = [("", here), *((name, zone_label(name)) for name in time_zones())]


@cache
def time_zones() -> list[str]:
    """Places by continent; the other names are old or are no places."""
    continents = {
        "Africa",
        "America",
        "Antarctica",
        "Asia",
        "Atlantic",
        "Australia",
        "Europe",
        "Indian",
        "Pacific",
    }
    return sorted(name for name in zoneinfo.available_timezones() if name.partition("/")[0] in continents)


def zone_label(name: str) -> str:
    return name.replace("_", " ")


class MentorFilterForm(forms.Form):
    """The filter of the mentors' list; it lives in the address."""

    tag = forms.ChoiceField(label=_("Can help with"), required=False)
    tier = forms.ChoiceField(label=_("As"), required=False, choices=[("", _("All")), *Tier.choices])

    def __init__(self, data: Any, *, tags: Sequence[Tag]) -> None:
        super().__init__(data)
        field = self.fields["tag"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        by_name = sorted(tags, key=lambda tag: tag.name.casefold())
        field.choices = [("", _("Anything")), *((str(tag.pk), tag.name) for tag in by_name)]

    def tag_id(self) -> UUID | None:
        return UUID(value) if (value := self.cleaned_data.get("tag")) else None

    def tier_name(self) -> Tier | None:
        return Tier(value) if (value := self.cleaned_data.get("tier")) else None
