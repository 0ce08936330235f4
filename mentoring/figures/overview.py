"""The overview of mentorships in words: cells as on the page and in the file, and shares. No queries."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mentoring.enums import Tier
from mentoring.models import Mentorship
from mentoring.queries.overview import Coverage, Share
from people.models import Person
from web.numbers import MISSING, decimal


@dataclass(frozen=True, slots=True)
class ShareCard:
    """A share as a card shows it, and the address of those who are counted in it."""

    label: str
    value: str
    n: int
    interval: str
    note: str
    url: str


def coverage_cards(coverage: Coverage, cohort: UUID | None, page: str) -> list[ShareCard]:
    """Leaders of a cohort, or of all, without any mentor and without one of each tier. `page`: of their
    list."""
    address = f"{page}?cohort={cohort or ''}"
    return [
        _card(_("Without any mentor"), coverage.without, address),
        *(
            _card(
                _("Without a %(tier)s") % {"tier": str(tier.label).lower()}, share, f"{address}&tier={tier}"
            )
            for tier, share in coverage.by_tier.items()
        ),
    ]


def _card(label: str, share: Share, url: str) -> ShareCard:
    note = _("%(count)d of %(n)d leaders") % {"count": share.count, "n": share.n}
    return ShareCard(label, _percent(share.share), share.n, _interval(share), note, url)


def _percent(share: float | None) -> str:
    return MISSING if share is None else _("%(share)s %%") % {"share": decimal(share * 100, 0)}


def _interval(share: Share) -> str:
    if share.low is None or share.high is None:
        return ""
    ends = {"low": decimal(share.low * 100, 0), "high": decimal(share.high * 100, 0)}
    return _("%(low)s to %(high)s %%") % ends


def head_of_mentorships() -> list[str]:
    return [
        _("Mentee"),
        _("Unit"),
        _("Tier"),
        _("Mentor"),
        _("State"),
        _("Begun by"),
        _("Offered"),
        _("Runs since"),
        _("Contract"),
        _("Met last"),
    ]


def mentorship_cells(each: Mentorship) -> list[str]:
    """A row, the same on the page and in the file."""
    met_at = each.met_at  # type: ignore[attr-defined]  # annotated
    return [
        each.mentee.name,
        each.mentee.unit.name,
        str(Tier(each.tier).label),
        each.mentor.name,
        each.get_state_display(),
        each.get_initiator_display(),
        date_format(each.offered_on, "SHORT_DATE_FORMAT"),
        date_format(each.started_on, "SHORT_DATE_FORMAT") if each.started_on else MISSING,
        _("signed") if each.has_contract else MISSING,  # type: ignore[attr-defined]  # annotated
        date_format(timezone.localtime(met_at), "SHORT_DATE_FORMAT") if met_at else MISSING,
    ]


def head_of_leaders() -> list[str]:
    return [_("Leader"), _("Unit"), _("Stage"), _("Specialty"), _("On its way")]


def leader_cells(person: Person) -> list[str]:
    under_way = person.under_way  # type: ignore[attr-defined]  # annotated
    return [
        person.name,
        person.unit.name,
        person.get_career_stage_display(),
        person.specialty or MISSING,
        _("%(count)d offered") % {"count": under_way} if under_way else MISSING,
    ]
