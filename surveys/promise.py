"""What a wave promises to those who answer: the same words at its launch and before the first question."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _

from surveys.built_in import CULTURAL_AUDIT
from surveys.disclosure import breakdown_from
from surveys.engagement_gap import asks_engagement, fewest_of_each
from surveys.models import Wave
from surveys.papers import paper_of


@dataclass(frozen=True, slots=True)
class Clause:
    """One promise: what it is about, and the promise."""

    icon: str
    term: str | LazyText
    words: str | LazyText


def promise(wave: Wave) -> list[Clause]:
    """Everything that is fixed from the launch on, in plain words, the limit of the promise included."""
    numbers = {"k": wave.threshold, "ten": breakdown_from(wave.threshold)}
    closes = {"closes": date_format(wave.closes_on)}
    return [
        Clause(
            "lock",
            _("Nobody reads your answers"),
            _(
                "They are kept without your name, without a time and without an order, shuffled with "
                "those of others. Nobody here can open them, not even whoever runs this survey."
            ),
        ),
        Clause(
            "users",
            _("Only groups are shown"),
            _(
                "At least %(k)d people for a result, at least %(ten)d for single questions and behaviours. "
                "A smaller team may be shown over two or three surveys together, if at least %(k)d different "
                "people were asked and three or more answered each time. "
                "Where a smaller group could be worked out from other results, nothing is shown. Before "
                "any result is shown, the site itself tries to work out answers from all of them, and "
                "leaves out or blurs what would give one away."
            )
            % numbers,
        ),
        *_comparison(wave),
        Clause(
            "clock",
            _("No results before the end"),
            _(
                "The survey closes on %(closes)s. Until then nobody sees a result, "
                "from then on nobody can answer."
            )
            % closes,
        ),
        Clause(
            "message-circle",
            _("Comments stand alone"),
            _(
                "What you write is kept apart from your answers and shown one level above your unit, "
                "shuffled, once at least %(ten)d people of two units or more have answered. Leave out what "
                "only you could know."
            )
            % numbers,
        ),
        *_themes(wave),
        Clause(
            "key",
            _("Nobody answers twice"),
            _(
                "That you took part is kept under a key, so that nobody who has answered is asked again. "
                "The key is destroyed when the survey closes; from then on nobody can tell who took part."
            ),
        ),
        Clause(
            "alert-triangle",
            _("Where the promise ends"),
            _(
                "Somebody in control of the database server itself could, while the survey is open, find out "
                "who answered what; after its close, only from a copy made before."
            ),
        ),
    ]


def _themes(wave: Wave) -> list[Clause]:
    """Where comments are sorted and told to more people than a report's readers."""
    if paper_of(wave).instrument.key != CULTURAL_AUDIT.key:
        return []
    words = _(
        "Where the audit belongs to a partnership programme, two people from outside it read these comments "
        "and sort them by theme; a third may where the two differ. Themes of at least %(k)d people are told "
        "to everybody who takes part in the programme, with the comments word for word and in no order."
    )
    return [Clause("highlight", _("Comments are told by theme"), words % {"k": wave.threshold})]


def _comparison(wave: Wave) -> list[Clause]:
    """Where leaders are compared with the led."""
    if not asks_engagement(paper_of(wave).questionnaire):
        return []
    words = _(
        "How engaged those are who lead somebody is compared with how engaged all others are, in groups of "
        "at least %(k)d of each. What is kept of your answers does not say to which you belong."
    )
    return [Clause("users-group", _("Leaders and the led"), words % {"k": fewest_of_each(wave.threshold)})]
