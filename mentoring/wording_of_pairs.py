"""What pages say about pairs, alternatives and those left out, in one place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

NAMED_TAGS: Final = 3

CAUSES: Final[dict[str, Promise]] = {
    "no_mentor": gettext_lazy("Nobody offers to mentor in this tier"),
    "nobody_eligible": gettext_lazy("No mentor of this tier may be theirs"),
    "no_places": gettext_lazy("No mentor of this tier has a place"),
    "eligible_without_places": gettext_lazy("The mentors who may be theirs have no place"),
    "below_floor": gettext_lazy("All who may be theirs score below the floor of this matching"),
    "all_full": gettext_lazy("All places of the mentors who may be theirs are given"),
}
NEXT_STEPS: Final[dict[str, Promise]] = {
    "no_mentor": gettext_lazy(
        "Ask attendings or chairs to fill in their mentor's profile, then match again."
    ),
    "nobody_eligible": gettext_lazy(
        "Leaders, reports, declined and excluded pairs and the training level rule everybody out. "
        "Take an exclusion back, or invite a mentor from another department."
    ),
    "no_places": gettext_lazy("Ask mentors for places, or try out more in a new matching."),
    "eligible_without_places": gettext_lazy(
        "Ask those mentors for a place, or try out more places in a new matching."
    ),
    "below_floor": gettext_lazy("Match again with a lower floor."),
    "all_full": gettext_lazy("Ask for one more place in this tier, or try it out in a new matching."),
}
LOCK_REASONS: Final[dict[str, Promise]] = {
    "oneself": gettext_lazy("nobody mentors themselves"),
    "line_manager": gettext_lazy("one leads the other"),
    "evaluator": gettext_lazy("the mentor leads the mentee's leader"),
    "reports_to": gettext_lazy("the mentor reports to the mentee"),
    "declined": gettext_lazy("the pair was declined"),
    "excluded": gettext_lazy("the two are kept apart"),
    "other_tier": gettext_lazy("the two have each other in another tier"),
    "level": gettext_lazy("the mentor is not far enough ahead in training"),
    "capacity": gettext_lazy("the mentor has too few places"),
    "unavailable": gettext_lazy("the mentor is not available in this tier"),
}


def sentence_of(
    shared: Sequence[str], interests: int, free_slots: int, satisfaction: float, *, rated: bool
) -> str:
    """Why two people fit, in a sentence of at most 300 letters. `shared`: tags of both, the heaviest first;
    `interests`: how many the mentee has. `satisfaction`: of five mentees' ratings or more, where `rated`."""
    parts = [_shared_words(shared, interests), _hours_words(free_slots)]
    if rated:
        parts.append(_("earlier mentees rate them %(mean).1f of 5") % {"mean": satisfaction})
    sentence = _(", ").join(parts) + "."
    return (sentence[0].upper() + sentence[1:])[:300]


def _shared_words(shared: Sequence[str], interests: int) -> str:
    if not interests:
        return _("the mentee has stated no interests yet")
    if not shared:
        return _("none of the mentee's %(all)d interests is shared") % {"all": interests}
    names = _(", ").join(shared[:NAMED_TAGS])
    more = _(" and others") if len(shared) > NAMED_TAGS else ""
    return _("shares %(number)d of %(all)d interests (%(names)s%(more)s)") % {
        "number": len(shared),
        "all": interests,
        "names": names,
        "more": more,
    }


def _hours_words(free_slots: int) -> str:
    if not free_slots:
        return _("no free half-hour is known for the next eight weeks")
    words = ngettext(
        "%(number)d free half-hour in the next eight weeks",
        "%(number)d free half-hours in the next eight weeks",
        free_slots,
    )
    return words % {"number": free_slots}


WHY_NOT: Final[dict[str, Promise]] = {
    "lower_score": gettext_lazy("%(by)s points less."),
    "as_high": gettext_lazy("As many points; the lot decided."),
    "running": gettext_lazy("%(by)s points more, too little to change a mentorship that runs."),
    "locked": gettext_lazy("You keep this mentee with the own mentor."),
    "no_places": gettext_lazy("Has no place in this matching."),
    "full": gettext_lazy("%(by)s points more, but all together would score %(loss)s points less."),
    "needed": gettext_lazy("%(by)s points more, but then somebody would have no mentor."),
}


def why_not(why: str, difference: int, loss: int | None) -> str:
    """Why a next best mentor is not the one. `why`: a code of mentoring.matching.alternatives, or the name of
    a list; `difference`: units of score beside the own mentor; `loss`: units that the whole would lose."""
    if why in LOCK_REASONS:
        return _("Kept apart: %(reason)s.") % {"reason": LOCK_REASONS[why]}
    if why == "lower_score" and not difference:
        why = "as_high"
    if why == "full" and loss is None:
        why = "needed"
    return str(WHY_NOT[why]) % {"by": f"{abs(difference) / 100:.1f}", "loss": f"{(loss or 0) / 100:.1f}"}


def kept_apart_words(kept_apart: Mapping[str, int]) -> list[tuple[str, int]]:
    """(reason, how many mentors it keeps away), the most frequent first."""
    counted = sorted(kept_apart.items(), key=lambda item: (-item[1], item[0]))
    return [(str(LOCK_REASONS.get(code, code)), number) for code, number in counted]


def points(units: int | None) -> str:
    """A score in points of 100."""
    return "–" if units is None else f"{units / 100:.1f}"
