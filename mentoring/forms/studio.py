"""What a programme director chooses and types in the match studio."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mentoring.enums import PairRuleKind, Tier
from mentoring.models import MatchRun
from mentoring.models.profiles import MOST_PLACES
from mentoring.services.runs import PERCENT, WEIGHTS, Trial, trial_of
from people.colleagues import ColleagueField
from people.models import Cohort
from people.queries import colleague_with_address

TRIED_PLACES = 4  # mentors whose places can be tried in one run

# What a list of pairs can be narrowed to; mentoring/queries/runs.py has the rules.
ONLY = [
    ("below", _("At or below the bar")),
    ("above", _("Above the bar")),
    ("new", _("New, not running yet")),
    ("overridden", _("Chosen by a director")),
    ("withheld", _("Held back")),
]


def percent(**options: Any) -> forms.IntegerField:
    return forms.IntegerField(min_value=0, max_value=100, **options)


class RunForm(forms.Form):
    """A matching to be made. Shares in whole percent; that the weights sum to 100 % the service checks."""

    cohort = forms.ChoiceField(label=_("Cohort"))
    tiers = forms.MultipleChoiceField(
        label=_("Tiers"), choices=Tier.choices, widget=forms.CheckboxSelectMultiple
    )
    interest = percent(label=_("Interests, %"))
    availability = percent(label=_("Availability, %"))
    past_success = percent(
        label=_("Past success, %"),
    )
    stickiness = percent(
        label=_("Bonus of a running pair, %"),
        help_text=_("The higher, the fewer mentorships change; 0 matches as if nobody had a mentor."),
    )
    floor = percent(
        label=_("Floor, %"),
        help_text=_("Pairs that score below it are not proposed; 0 proposes somebody to as many as can be."),
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=200,
        help_text=_("What you try out, so that you find this matching again."),
    )

    def __init__(self, *args: Any, cohorts: Sequence[Cohort], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cohort"].choices = [(str(each.pk), each.name) for each in cohorts]  # type: ignore[attr-defined]  # it is a ChoiceField
        for number in range(1, TRIED_PLACES + 1):
            self.fields[f"mentor_{number}"] = forms.EmailField(label=_("Mentor's e-mail"), required=False)
            self.fields[f"tier_{number}"] = forms.ChoiceField(
                label=_("Tier"), choices=[("", _("Choose a tier")), *Tier.choices], required=False
            )
            self.fields[f"places_{number}"] = forms.IntegerField(
                label=_("Places"), min_value=0, max_value=MOST_PLACES, required=False
            )

    @property
    def chosen_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("cohort", "tiers")]

    @property
    def weight_fields(self) -> list[forms.BoundField]:
        """They sum to 100 %, and stand beside each other."""
        return [self[name] for name in WEIGHTS]

    @property
    def other_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("stickiness", "floor", "note")]

    @property
    def place_rows(self) -> list[tuple[forms.BoundField, ...]]:
        return [
            (self[f"mentor_{number}"], self[f"tier_{number}"], self[f"places_{number}"])
            for number in range(1, TRIED_PLACES + 1)
        ]

    def clean(self) -> dict[str, Any]:
        """Each row of places is either empty or says all three things about somebody here."""
        cleaned = super().clean() or {}
        self.places: dict[UUID, dict[Tier, int]] = {}
        for number in range(1, TRIED_PLACES + 1):
            names = [f"{part}_{number}" for part in ("mentor", "tier", "places")]
            if any(name in self.errors for name in names):
                continue
            mentor, tier = (str(cleaned.get(name) or "") for name in names[:2])
            places = cleaned.get(names[2])
            if not mentor and not tier and places is None:
                continue
            self._clean_place(names, mentor, tier, places)
        return cleaned

    def _clean_place(self, names: list[str], mentor: str, tier: str, places: int | None) -> None:
        missing = {
            names[0]: (mentor, gettext("Whose places?")),
            names[1]: (tier, gettext("In which tier?")),
            names[2]: (places is not None, gettext("How many places?")),
        }
        for name, (given, words) in missing.items():
            if not given:
                self.add_error(name, words)
        person = colleague_with_address(mentor, on=timezone.localdate()) if mentor else None
        if mentor and person is None:
            self.add_error(names[0], gettext("Nobody here has this address."))
        if person is not None and tier and places is not None:
            self.places.setdefault(person.pk, {})[Tier(tier)] = places

    def trial(self) -> Trial:
        values = self.cleaned_data
        tiers = [Tier(tier) for tier in values["tiers"]]
        return trial_of(values, tiers=tiers, places=self.places, note=values["note"])


def first_values(
    run: MatchRun | None, rule: Mapping[str, Any], addresses: Mapping[UUID, str]
) -> dict[str, Any]:
    """What the form begins with: the rule in force, or what an earlier run tried.

    `addresses`: e-mail addresses of its mentors.
    """
    followed = run.rule if run else rule
    first: dict[str, Any] = {name: round(100 * followed[name]) for name in PERCENT}
    if run is None:
        return first | {"tiers": Tier.values}
    rows = [(UUID(person), tier, number) for person, of in run.places.items() for tier, number in of.items()]
    for number, (person, tier, places) in enumerate(rows[:TRIED_PLACES], start=1):
        first |= {
            f"mentor_{number}": addresses.get(person, ""),
            f"tier_{number}": tier,
            f"places_{number}": places,
        }
    return first | {"cohort": str(run.cohort_id), "tiers": run.tiers, "note": run.note}


class PairFilterForm(forms.Form):
    """Which pairs of a run are listed; it lives in the address."""

    tier = forms.ChoiceField(label=_("Tier"), choices=[("", _("All")), *Tier.choices], required=False)
    only = forms.ChoiceField(
        label=_("Only"),
        choices=[("", _("All pairs")), *ONLY],
        required=False,
    )


class OverrideForm(forms.Form):
    """Another mentor for a mentee, in one run."""

    mentor = forms.ChoiceField(label=_("Mentor instead"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("Mentor and mentee read it as the reason for the pair."),
    )

    def __init__(self, *args: Any, mentors: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mentor"].choices = mentors  # type: ignore[attr-defined]  # it is a ChoiceField


class PairRuleForm(forms.Form):
    """Two people to be kept together or apart."""

    mentee = ColleagueField(label=_("Mentee's e-mail"))
    mentor = ColleagueField(label=_("Mentor's e-mail"))
    kind = forms.ChoiceField(label=_("Rule"), choices=PairRuleKind.choices)
    tier = forms.ChoiceField(
        label=_("Tier"),
        choices=[("", _("All tiers")), *Tier.choices],
        required=False,
        help_text=_("Two people are kept together in one tier, and apart in one or in all."),
    )
    reason = forms.CharField(label=_("Reason"), max_length=300)
