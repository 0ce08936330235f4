"""All mentorships of the cohorts somebody directs, and who has no mentor; on the page and as a file."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mentoring.figures.overview import (
    coverage_cards,
    head_of_leaders,
    head_of_mentorships,
    leader_cells,
    mentorship_cells,
)
from mentoring.forms.overview import CoverageFilter, MentorshipFilter
from mentoring.models import Mentorship
from mentoring.permissions import OVERVIEW_IS_FOR, can_run_matching
from mentoring.queries.overview import coverage_of, leaders_without_mentor, mentorships_directed_by
from mentoring.views.mentorships import mentoring_crumb
from people.access import MemberRequest, demand, member_view
from people.models import Person
from people.programme_queries import cohorts_visible_to
from web.files import file_links, table_response
from web.filters import chips
from web.forms import status_of
from web.htmx import render_page
from web.paging import SHORT, keyset_page
from web.shell import Crumb


@member_view
def mentorships(request: MemberRequest) -> HttpResponse:
    """Mentorships by state, tier and cohort, and the share of leaders without a mentor."""
    demand(can_run_matching(request.member), OVERVIEW_IS_FOR)
    form = MentorshipFilter(request.GET, cohorts=cohorts_visible_to(request.member))
    page = keyset_page(request, mentorships_asked_for(request, form), order=("-offered_on", "pk"), size=SHORT)
    coverage = coverage_of(request.member, cohort=form.cohort_id, on=timezone.localdate())
    slug = request.organization.slug
    context = {
        "form": form,
        "chips": chips(request, form),
        "page": page,
        "lines": [(each, mentorship_cells(each)) for each in page],
        "head": head_of_mentorships(),
        "figures": coverage_cards(coverage, form.cohort_id, reverse("mentoring:without_mentor", args=[slug])),
        "files": file_links(request, "mentoring:mentorships", ["csv"], slug),
        "breadcrumbs": [mentoring_crumb(request), Crumb(_("Mentorships"))],
    }
    return render_page(request, "mentoring/mentorships.html", context, partial="list", status=status_of(form))


@member_view
def mentorships_csv(request: MemberRequest) -> HttpResponse:
    """The same rows, all of them."""
    demand(can_run_matching(request.member), OVERVIEW_IS_FOR)
    form = MentorshipFilter(request.GET, cohorts=cohorts_visible_to(request.member))
    rows = mentorships_asked_for(request, form)
    return table_response("csv", _("mentorships"), head_of_mentorships(), map(mentorship_cells, rows))


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


def mentorships_asked_for(request: MemberRequest, form: MentorshipFilter) -> QuerySet[Mentorship]:
    """Nothing for a filter that is not valid."""
    if not form.is_valid():
        return Mentorship.objects.none()
    return mentorships_directed_by(request.member, on=timezone.localdate(), **form.asked())


def leaders_asked_for(request: MemberRequest, form: CoverageFilter) -> QuerySet[Person]:
    if not form.is_valid():
        return Person.objects.none()
    return leaders_without_mentor(request.member, on=timezone.localdate(), **form.asked())
