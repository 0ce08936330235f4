"""The key figures of the programmes as they are told: one list of lines for page, file and API.

Each line says whom it is about, of how many people, the value and its interval, or why there is none. Nothing
is told of fewer than five people, nor what the whole less the parts would tell of fewer.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentoring.queries.satisfaction import IndexQuarter
from mentoring.satisfaction import Told
from readiness.differences import Estimate, difference_of
from readiness.disclosure import shown_parts, spans_of
from readiness.indicators import Career, Careers, Indicators, indicators_of
from readiness.kpis import RETENTION_MONTHS, Median, ShareAt
from surveys.coding import Bound
from surveys.wording import mean_words, share_words
from tenancy.jobs.periods import quarter_label
from web.numbers import decimal, signed


class Measure(TextChoices):
    RETENTION_12 = "retention_12", gettext_lazy("Still employed after 12 months, %")
    RETENTION_24 = "retention_24", gettext_lazy("Still employed after 24 months, %")
    RETENTION_36 = "retention_36", gettext_lazy("Still employed after 36 months, %")
    VELOCITY = "velocity", gettext_lazy("Median years from entry to the first titled role")
    VELOCITY_OF_TRAINED = (
        "velocity_of_trained",
        gettext_lazy("Median years from completion of training to the first titled role"),
    )
    SATISFACTION = "satisfaction", gettext_lazy("Satisfaction with mentorships, mean of 1 to 5")
    FAVOURABLE = "favourable", gettext_lazy("Satisfaction with mentorships, favourable, %")


RETENTION = (Measure.RETENTION_12, Measure.RETENTION_24, Measure.RETENTION_36)
_OF_RETENTION = gettext_lazy(
    "Share of those who entered who still work here so many months after entry: Kaplan-Meier with log-log "
    "interval. Leaving is the event; who still works here is followed until today. n: of whom it is known."
)
DEFINITIONS = {
    **dict.fromkeys(RETENTION, _OF_RETENTION),
    Measure.VELOCITY: gettext_lazy(
        "Kaplan-Meier median of the years from entry to the first titled role from then on, with the "
        "interval of Brookmeyer and Crowley. Who has none waits until today, who left waited until leaving."
    ),
    Measure.VELOCITY_OF_TRAINED: gettext_lazy(
        "The same from the day on which residency or fellowship was completed: as the staff file says, else "
        "the day of the change of stage to attending. Only of people who were here within a year of it."
    ),
    Measure.SATISFACTION: gettext_lazy(
        "Mean of what each person rated their mentorships in a quarter, 1 to 5, with t interval; mentees and "
        "mentors apart, over the whole organisation."
    ),
    Measure.FAVOURABLE: gettext_lazy(
        "Share of people whose mean rating in a quarter is 4 or more, with Wilson interval; over the whole "
        "organisation."
    ),
}
OTHERS_ARE = gettext_lazy(
    "Others: people of the same professions and start years who never entered a programme, followed from the "
    "day on which the first participant like them entered. An association, no proof of an effect."
)


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A line: numbers as a page writes them, empty where there are none, and then `note` says why."""

    measure: Measure
    about: str
    n: str = ""
    value: str = ""
    low: str = ""
    high: str = ""
    note: str = ""
    compared: bool = False  # about others, or against them

    @property
    def definition(self) -> str:
        said = str(DEFINITIONS[self.measure])
        return f"{said} {OTHERS_ARE}" if self.compared else said

    @property
    def interval(self) -> str:
        """An end that is not reached yet is left open."""
        if self.low and self.high:
            return _("%(low)s to %(high)s") % {"low": self.low, "high": self.high}
        if self.low:
            return _("%(low)s or more") % {"low": self.low}
        return _("%(high)s or less") % {"high": self.high} if self.high else ""


def few() -> str:
    return _("not shown: fewer than 5 people")


def figures_of(careers: Careers, others: Careers | None, *, today: dt.date) -> list[KeyFigure]:
    """Retention and velocity of the participants, of others like them and the difference, where others are
    told of."""
    here = indicators_of(careers, today=today)
    retention, velocities = _retention(here, _("Participants")), _velocities(here, _("Participants"))
    if others is None:
        return [*retention, *velocities]
    there = indicators_of(others, today=today)
    compared = _retention(there, _("Others")), _differences(here, there), _velocities(there, _("Others"))
    theirs, differences, waits = ([replace(line, compared=True) for line in lines] for lines in compared)
    return [*_beside(retention, theirs, differences), *_beside(velocities, waits)]


def figures_by_year(careers: Careers, *, today: dt.date) -> list[KeyFigure]:
    """The same over time: by year of entry, and velocity of the trained by the year in which they completed
    training. Years with few people are taken together."""
    by_entry = _spans(careers, lambda career: career.entry, _("Entered"), today)
    trained = {
        each: people for each, people in careers.items() if each.trained_on and each.trained_on <= today
    }
    by_completion = _spans(trained, lambda career: career.trained_on or today, _("Completed"), today)
    return [
        *(line for place in range(3) for line in _retention_over_time(by_entry, place)),
        *(_velocity(Measure.VELOCITY, span, found.velocity) for span, found in by_entry),
        *(
            _velocity(Measure.VELOCITY_OF_TRAINED, span, found.velocity_of_trained)
            for span, found in by_completion
        ),
    ]


def figures_of_satisfaction(quarters: Sequence[IndexQuarter]) -> list[KeyFigure]:
    """Both sides of each quarter, the newest first, as the satisfaction index tells them."""
    return [
        line
        for each in reversed(quarters)
        for side, told in ((_("Mentees"), each.mentees), (_("Mentors"), each.mentors))
        for line in _satisfaction(f"{side}, {quarter_label(each.quarter)}", told)
    ]


def _satisfaction(about: str, told: Told | None) -> Iterator[KeyFigure]:
    if told is None:
        yield from (
            KeyFigure(measure, about, note=few()) for measure in (Measure.SATISFACTION, Measure.FAVOURABLE)
        )
        return
    people = decimal(told.people, 0)
    low, high = (told.low, told.high) if told.bound == Bound.EXACT else (None, None)
    mean = mean_words(told.mean, told.bound)
    yield KeyFigure(Measure.SATISFACTION, about, people, mean, _number(low), _number(high))
    if told.share is None:
        yield KeyFigure(Measure.FAVOURABLE, about, people, note=_("a share needs ten people"))
    else:
        low, high = told.share_low, told.share_high
        yield KeyFigure(
            Measure.FAVOURABLE, about, people, _share_told(told.share), _percent(low), _percent(high)
        )


def _share_told(bounds: tuple[float, float]) -> str:
    """In percent; a bound in words."""
    return _percent(bounds[0]) if bounds[0] == bounds[1] else share_words(bounds)


def _number(value: float | None, places: int = 1) -> str:
    return "" if value is None else decimal(value, places)


def _beside(*columns: Sequence[KeyFigure]) -> list[KeyFigure]:
    """What is about one measure stands together."""
    return [line for lines in zip(*columns, strict=True) for line in lines]


def _retention(found: Indicators, about: str) -> list[KeyFigure]:
    told = {share.time: share for share in found.retention}
    return [
        _share(measure, about, told.get(months))
        for measure, months in zip(RETENTION, RETENTION_MONTHS, strict=True)
    ]


def _share(measure: Measure, about: str, share: ShareAt | None) -> KeyFigure:
    if share is None:
        return KeyFigure(measure, about, note=_("not shown: nobody, or fewer than 5 people, for so long"))
    value, low, high = _percent(share.share), _percent(share.low), _percent(share.high)
    return KeyFigure(measure, about, decimal(share.known, 0), value, low, high)


def _percent(share: float | None) -> str:
    return "" if share is None else decimal(100 * share, 0)


def _differences(here: Indicators, there: Indicators) -> list[KeyFigure]:
    """Participants minus others in percentage points, where both are told of."""
    ours, theirs = ({each.time: each for each in found.retention} for found in (here, there))
    about = _("Difference, percentage points")
    return [
        _difference(measure, about, ours.get(months), theirs.get(months))
        for measure, months in zip(RETENTION, RETENTION_MONTHS, strict=True)
    ]


def _difference(measure: Measure, about: str, ours: ShareAt | None, theirs: ShareAt | None) -> KeyFigure:
    first, second = estimate_of(ours), estimate_of(theirs)
    if first is None or second is None:
        return KeyFigure(measure, about, note=_("one of the two is not shown"))
    found = difference_of(first, second)
    value, low, high = (signed(100 * end, 0) for end in (found.value, found.low, found.high))
    return KeyFigure(measure, about, "", value, low, high)


def estimate_of(share: ShareAt | None) -> Estimate | None:
    if share is None or share.share is None or share.low is None or share.high is None:
        return None
    return Estimate(share.share, share.low, share.high)


def _velocities(found: Indicators, about: str) -> list[KeyFigure]:
    return [
        _velocity(Measure.VELOCITY, about, found.velocity),
        _velocity(Measure.VELOCITY_OF_TRAINED, about, found.velocity_of_trained),
    ]


def _velocity(measure: Measure, about: str, found: Median | None) -> KeyFigure:
    if found is None:
        return KeyFigure(measure, about, note=few())
    note = "" if found.median is not None else _("median not reached yet")
    value, low, high = (_number(end) for end in (found.median, found.low, found.high))
    return KeyFigure(measure, about, decimal(found.n, 0), value, low, high, note)


def _spans(
    careers: Careers, day_of: Callable[[Career], dt.date], word: str, today: dt.date
) -> list[tuple[str, Indicators]]:
    """The indicators of those whose day lies in the same years, with the years in words."""
    years: Counter[int] = Counter()
    for career, people in careers.items():
        years[day_of(career).year] += people
    return [
        (
            f"{word} {first}" if first == last else f"{word} {first}–{last}",
            indicators_of(
                {each: people for each, people in careers.items() if first <= day_of(each).year <= last},
                today=today,
            ),
        )
        for first, last in spans_of(years)
    ]


def _retention_over_time(spans: Sequence[tuple[str, Indicators]], place: int) -> Iterator[KeyFigure]:
    """One of the months, span by span; the few of one span are not what all less the others would tell."""
    shown = shown_parts([found.known[place] for _span, found in spans])
    months, measure = RETENTION_MONTHS[place], RETENTION[place]
    for (span, found), show in zip(spans, shown, strict=True):
        told = next((each for each in found.retention if each.time == months), None)
        yield _share(measure, span, told if show else None)
