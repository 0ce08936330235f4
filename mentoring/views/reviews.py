"""Missing exposure logs: which, with their history, and how the director closed them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mentoring.enums import ReviewEnd
from mentoring.exposure.history import history_of
from mentoring.forms.exposure import CloseReviewForm
from mentoring.models import ExposureReview
from mentoring.permissions import EXPOSURE_IS_FOLLOWED_BY, can_follow_exposure
from mentoring.queries.exposure import reminders_of, reviews_visible_to
from mentoring.services.exposure import close_review
from people.access import MemberRequest, demand, member_view
from tenancy.jobs.periods import quarter_label
from web.forms import status_of
from web.htmx import render_page
from web.paging import keyset_page
from web.shell import Crumb


@member_view
def reviews(request: MemberRequest) -> HttpResponse:
    """Logs that are missing after the days of grace, the oldest first."""
    demand(can_follow_exposure(request.member), EXPOSURE_IS_FOLLOWED_BY)
    waiting = reviews_visible_to(request.member, on=timezone.localdate()).filter(closed_on=None)
    page = keyset_page(request, waiting, order=("opened_on", "pk"))
    context = {
        "page": page,
        "rows": [(review, quarter_label(review.quarter)) for review in page],
        "breadcrumbs": _trail(request),
    }
    return render_page(request, "mentoring/reviews.html", context, partial="list")


@member_view
def review(request: MemberRequest, review_id: UUID) -> HttpResponse:
    """One missing log: reminders sent, earlier quarters, and the form to close it."""
    found = _find(request, review_id)
    form = CloseReviewForm(request.POST) if request.method == "POST" else CloseReviewForm()
    if form.is_bound and form.is_valid() and _close(request, found, form):
        messages.success(request, _("Closed."))
        return redirect("mentoring:reviews", request.organization.slug)
    context = {
        "review": found,
        "label": quarter_label(found.quarter),
        "reminders": reminders_of(found.mentor_id, found.quarter),
        "history": history_of(found.mentor_id, before=found.quarter),
        "own": found.mentor_id == request.member.person_id,
        "form": form,
        "breadcrumbs": [*_trail(request), Crumb(found.mentor.name)],
    }
    return render(request, "mentoring/review.html", context, status=status_of(form))


def _find(request: MemberRequest, review_id: UUID) -> ExposureReview:
    demand(can_follow_exposure(request.member), EXPOSURE_IS_FOLLOWED_BY)
    return get_object_or_404(reviews_visible_to(request.member, on=timezone.localdate()), pk=review_id)


def _close(request: MemberRequest, found: ExposureReview, form: CloseReviewForm) -> bool:
    sent = form.cleaned_data
    try:
        close_review(found, end=ReviewEnd(sent["end"]), note=sent["note"], by=request.member)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


def _trail(request: MemberRequest) -> list[Crumb]:
    slug = request.organization.slug
    return [
        Crumb(_("Exposure report"), reverse("mentoring:exposure_report", args=[slug])),
        Crumb(_("Missing logs"), reverse("mentoring:reviews", args=[slug])),
    ]
