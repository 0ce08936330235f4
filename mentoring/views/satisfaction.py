"""The quarterly rating of a mentorship, and the index that comes of all of them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mentoring.enums import Side
from mentoring.figures.satisfaction import HEAD, IndexPage, told_words
from mentoring.forms.satisfaction import SatisfactionForm
from mentoring.models import Mentorship
from mentoring.permissions import SATISFACTION_IS_FOR, can_see_satisfaction
from mentoring.queries.satisfaction import (
    mentorships_to_rate,
    own_ratings,
    satisfaction_index,
    told_to_mentor,
)
from mentoring.services.satisfaction import rate_mentorship, side_of
from people.access import MemberRequest, demand, member_view
from surveys.pulse_calendar import open_quarters
from tenancy.jobs.periods import quarter_label
from web.csv import csv_response
from web.forms import status_of
from web.paging import SHORT, numbered_page
from web.shell import Crumb


@member_view
def satisfaction(request: MemberRequest) -> HttpResponse:
    """What can be rated now, what one rated before, and what mentees' ratings come to for a mentor."""
    person, today = request.member.person_id, timezone.localdate()
    ratings = own_ratings(person)
    page = numbered_page(request, ratings, size=SHORT)
    quarters = [each.quarter for each in open_quarters(today)]
    done = set(ratings.filter(quarter__in=quarters).values_list("mentorship_id", "quarter"))
    context = {
        "open": [
            (each, quarter_label(each.quarter), _pairs(request, each.quarter, done))
            for each in open_quarters(today)
        ],
        "rows": [
            (each, quarter_label(each.quarter), each.mentorship.other_side(person).name) for each in page
        ],
        "page": page,
        "mentors": Mentorship.objects.filter(mentor=person, started_on__isnull=False).exists(),
        "told": told_words(told_to_mentor(person, on=today)),
        "breadcrumbs": [Crumb(_("Satisfaction"))],
    }
    return render(request, "mentoring/satisfaction.html", context)


def _pairs(
    request: MemberRequest, quarter: str, done: set[tuple[UUID, str]]
) -> list[tuple[Mentorship, str, bool]]:
    person = request.member.person_id
    found = mentorships_to_rate(person, quarter)
    return [(each, each.other_side(person).name, (each.pk, quarter) in done) for each in found]


@member_view
def rate(request: MemberRequest, mentorship_id: UUID, quarter: str) -> HttpResponse:
    """Three sentences; the same address changes the answers while the quarter is open."""
    today = timezone.localdate()
    asked = next((each for each in open_quarters(today) if each.quarter == quarter), None)
    if asked is None:
        raise Http404
    pair = get_object_or_404(mentorships_to_rate(request.member.person_id, quarter), pk=mentorship_id)
    side = side_of(pair, request.member)
    before = own_ratings(request.member.person_id).filter(mentorship=pair, quarter=quarter, side=side)
    given = before.values("overall", "useful", "often").first()
    form = SatisfactionForm(request.POST or None, side=side, initial=given)
    if form.is_valid():
        rate_mentorship(pair, quarter, **form.cleaned_data, by=request.member, on=today)
        messages.success(request, _("Recorded, thank you."))
        return redirect("mentoring:satisfaction", request.organization.slug)
    context = {
        "form": form,
        "label": quarter_label(quarter),
        "name": pair.other_side(request.member.person_id).name,
        "as_mentee": side == Side.MENTEE,
        "last_day": asked.last_day,
        "breadcrumbs": [
            Crumb(_("Satisfaction"), reverse("mentoring:satisfaction", args=[request.organization.slug])),
            Crumb(quarter_label(quarter)),
        ],
    }
    return render(request, "mentoring/satisfaction_rate.html", context, status=status_of(form))


@member_view
def index(request: MemberRequest) -> HttpResponse:
    """Quarterly mean and favourable share, mentees and mentors apart."""
    demand(can_see_satisfaction(request.member), SATISFACTION_IS_FOR)
    page = IndexPage(satisfaction_index(on=timezone.localdate()))
    context = {"index": page, "breadcrumbs": [Crumb(_("Satisfaction index"))]}
    return render(request, "mentoring/satisfaction_index.html", context)


@member_view
def index_csv(request: MemberRequest) -> HttpResponse:
    """The page's table as a file."""
    demand(can_see_satisfaction(request.member), SATISFACTION_IS_FOR)
    rows = IndexPage(satisfaction_index(on=timezone.localdate())).rows()
    return csv_response("mentoring-satisfaction.csv", [str(each) for each in HEAD], rows)
