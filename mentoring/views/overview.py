"""All mentorships of the cohorts somebody directs, and who has no mentor; on the page and as a file."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mentoring.enums import Tier
from mentoring.forms.overview import CoverageFilter, MentorshipFilter
from mentoring.models import Mentorship
from mentoring.overview_queries import (
    Share,
    coverage_of,
    leaders_without_mentor,
    mentorships_directed_by,
)
from mentoring.permissions import OVERVIEW_IS_FOR, can_run_matching
from mentoring.views.mentorships import mentoring_crumb
from people.access import MemberRequest, demand, member_view
from people.models import Person
from people.programme_queries import cohorts_visible_to
from web.files import file_links, table_response
from web.filters import chips
from web.forms import status_of
from web.htmx import render_page
from web.numbers import MISSING, decimal
from web.paging import keyset_page
from web.shell import Crumb


@member_view
def mentorships(request: MemberRequest) -> HttpResponse:
    """Mentorships by state, tier and cohort, and the share of leaders without a mentor."""
    demand(can_run_matching(request.member), OVERVIEW_IS_FOR)
    form = MentorshipFilter(request.GET, cohorts=cohorts_visible_to(request.member))
    page = keyset_page(request, mentorships_asked_for(request, form), order=("-offered_on", "pk"))
    context = {
        "form": form,
        "chips": chips(request, form),
        "page": page,
        "lines": [(each, cells_of(each)) for each in page],
        "head": head_of_mentorships(),
        "figures": figures(request, form.asked()),
        "files": file_links(request, "mentoring:mentorships", ["csv"], request.organization.slug),
        "breadcrumbs": [mentoring_crumb(request), Crumb(_("Mentorships"))],
    }
    return render_page(request, "mentoring/mentorships.html", context, partial="list", status=status_of(form))


@member_view
def mentorships_csv(request: MemberRequest) -> HttpResponse:
    """The same rows, all of them."""
    demand(can_run_matching(request.member), OVERVIEW_IS_FOR)
    form = MentorshipFilter(request.GET, cohorts=cohorts_visible_to(request.member))
    rows = mentorships_asked_for(request, form)
    return table_response("csv", _("mentorships"), head_of_mentorships(), map(cells_of, rows))


@member_view
def without_mentor(request: MemberRequest) -> HttpResponse:
    """Leaders whom nobody mentors."""
    demand(can_run_matching(request.member), OVERVIEW_IS_FOR)
    form = CoverageFilter(request.GET, cohorts=cohorts_visible_to(request.member))
    page = keyset_page(request, leaders_asked_for(request, form), order=("search_key", "pk"))
    slug = request.organization.slug
    context = {
        "form": form,
        "chips": chips(request, form),
        "page": page,
        "lines": [(each, leader_cells(each)) for each in page],
        "head": head_of_leaders(),
        "files": file_links(request, "mentoring:without_mentor", ["csv"], slug),
        "breadcrumbs": [
            mentoring_crumb(request),
            Crumb(_("Mentorships"), reverse("mentoring:mentorships", args=[slug])),
            Crumb(_("Without a mentor")),
        ],
    }
    return render_page(
        request, "mentoring/without_mentor.html", context, partial="list", status=status_of(form)
    )


@member_view
def without_mentor_csv(request: MemberRequest) -> HttpResponse:
    """The same people, all of them."""
    demand(can_run_matching(request.member), OVERVIEW_IS_FOR)
    form = CoverageFilter(request.GET, cohorts=cohorts_visible_to(request.member))
    rows = leaders_asked_for(request, form)
    return table_response("csv", _("without-a-mentor"), head_of_leaders(), map(leader_cells, rows))


@dataclass(frozen=True, slots=True)
class Figure:
    """A share as a card shows it."""

    label: str
    value: str
    n: int
    interval: str
    note: str
    url: str


def figures(request: MemberRequest, asked: dict[str, object]) -> list[Figure]:
    """Of the cohort chosen, whatever else is filtered."""
    cohort = asked.get("cohort")
    coverage = coverage_of(request.member, cohort=cohort, on=timezone.localdate())  # type: ignore[arg-type]  # cleaned
    query = f"cohort={cohort or ''}"
    shares = [(_("Without any mentor"), coverage.without, query)]
    shares += [
        (_("Without a %(tier)s") % {"tier": str(tier.label).lower()}, share, f"{query}&tier={tier}")
        for tier, share in coverage.by_tier.items()
    ]
    page = reverse("mentoring:without_mentor", args=[request.organization.slug])
    return [figure(label, share, f"{page}?{asking}") for label, share, asking in shares]


def figure(label: str, share: Share, url: str) -> Figure:
    words = _("%(count)d of %(n)d leaders") % {"count": share.count, "n": share.n}
    return Figure(label, percent(share.share), share.n, interval_of(share), words, url)


def interval_of(share: Share) -> str:
    if share.low is None or share.high is None:
        return ""
    return _("%(low)s to %(high)s %%") % {
        "low": decimal(share.low * 100, 0),
        "high": decimal(share.high * 100, 0),
    }


def percent(share: float | None) -> str:
    return MISSING if share is None else _("%(share)s %%") % {"share": decimal(share * 100, 0)}


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


def cells_of(each: Mentorship) -> list[str]:
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


def mentorships_asked_for(request: MemberRequest, form: MentorshipFilter) -> QuerySet[Mentorship]:
    """Nothing for a filter that is not valid."""
    if not form.is_valid():
        return Mentorship.objects.none()
    return mentorships_directed_by(request.member, on=timezone.localdate(), **form.asked())


def leaders_asked_for(request: MemberRequest, form: CoverageFilter) -> QuerySet[Person]:
    if not form.is_valid():
        return Person.objects.none()
    return leaders_without_mentor(request.member, on=timezone.localdate(), **form.asked())
