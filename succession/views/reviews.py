"""Talent reviews: which there are, planning one, its agenda, opening and closing it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people.access import MemberRequest, demand, member_view
from succession.enums import Flag
from succession.exposure import SEVERE
from succession.forms.reviews import ReviewForm
from succession.models import PoolSnapshot, TalentReview
from succession.permissions import REVIEWS_ARE_PLANNED_BY, can_plan_review
from succession.queries.reviews import (
    agenda_of,
    earlier_snapshots,
    exposed_pools,
    pools_standing_in,
    review_visible_to,
    reviews_visible_to,
)
from succession.review_changes import Changes, changes_since
from succession.review_pack import pack_sheets
from succession.services.reviews import (
    cancel_review,
    change_review,
    close_review,
    open_review,
    plan_review,
)
from succession.views.pools import trail
from web.downloads import download
from web.forms import status_of
from web.paging import SHORT, Page, numbered_page
from web.pdf import pdf_pack
from web.shell import Crumb


@dataclass(frozen=True, slots=True)
class Item:
    """A pool on the agenda. `snapshot`, `changes`: once the review has opened. `mine`: the reader stands in
    it, and learns nothing of it here."""

    title: str
    unit: str
    ready: int
    ready_target: int
    members: int
    flags: list[Flag]
    snapshot: PoolSnapshot | None = None
    changes: Changes | None = None
    mine: bool = False

    @property
    def severe(self) -> list[Flag]:
        return [flag for flag in self.flags if flag in SEVERE]

    @property
    def mild(self) -> list[Flag]:
        return [flag for flag in self.flags if flag not in SEVERE]


@member_view
def reviews(request: MemberRequest) -> HttpResponse:
    """All for HR, for others those that they facilitate."""
    context = {
        "page": numbered_page(request, reviews_visible_to(request.member), size=SHORT),
        "may_plan": can_plan_review(request.member),
        "breadcrumbs": [*trail(request), Crumb(_("Talent reviews"))],
    }
    return render(request, "succession/reviews.html", context)


@member_view
def review_new(request: MemberRequest) -> HttpResponse:
    """Plan one."""
    demand(can_plan_review(request.member), REVIEWS_ARE_PLANNED_BY)
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = plan_review(form.plan(), by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Planned. The facilitator is told."))
            return redirect("succession:review", request.organization.slug, made.pk)
    context = {"form": form, "breadcrumbs": [*reviews_trail(request), Crumb(_("Plan a review"))]}
    return render(request, "succession/review_new.html", context, status=status_of(form))


@member_view
def review_edit(request: MemberRequest, review_id: UUID) -> HttpResponse:
    """Plan it otherwise, while it has not opened."""
    found = find_review(request, review_id)
    demand(can_plan_review(request.member), REVIEWS_ARE_PLANNED_BY)
    form = ReviewForm(request.POST) if request.method == "POST" else ReviewForm.of(found)
    if request.method == "POST" and form.is_valid():
        try:
            change_review(found, form.plan(), by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("succession:review", request.organization.slug, found.pk)
    crumbs = [*reviews_trail(request, found), Crumb(_("Plan it otherwise"))]
    context = {"form": form, "review": found, "breadcrumbs": crumbs}
    return render(request, "succession/review_new.html", context, status=status_of(form))


@require_POST
@member_view
def review_cancel(request: MemberRequest, review_id: UUID) -> HttpResponse:
    """It is not held."""
    found = find_review(request, review_id)
    try:
        cancel_review(found, by=request.member)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("succession:review", request.organization.slug, found.pk)
    messages.success(request, _("Called off."))
    return redirect("succession:reviews", request.organization.slug)


def find_review(request: MemberRequest, review_id: UUID) -> TalentReview:
    """One that the member may open, or 404."""
    found = review_visible_to(request.member, review_id)
    if found is None:
        raise Http404
    return found


@member_view
def review(request: MemberRequest, review_id: UUID) -> HttpResponse:
    """The agenda: its pools, the most exposed first; before it opens as they are today."""
    found = find_review(request, review_id)
    page: Page[Any]
    if found.is_planned:
        page = numbered_page(request, exposed_pools(found, on=timezone.localdate()), size=SHORT)
        items = [
            Item(each.title, each.unit, each.ready, each.ready_target, each.members, flags)
            for each, flags in page
        ]
    else:
        page = numbered_page(request, agenda_of(found), size=SHORT)
        items = items_of(request, found, page.rows)
    context = {
        "review": found,
        "page": page,
        "items": items,
        "may_plan": can_plan_review(request.member),
        "breadcrumbs": [*reviews_trail(request), Crumb(found.title)],
    }
    return render(request, "succession/review.html", context)


def items_of(request: MemberRequest, found: TalentReview, rows: list[PoolSnapshot]) -> list[Item]:
    earlier = earlier_snapshots(found, [each.pool_id for each in rows])
    mine = set(pools_standing_in(request.member.person_id))
    return [
        Item(
            title=each.title,
            unit=each.unit_name,
            ready=each.ready_now,
            ready_target=each.ready_target,
            members=each.members,
            flags=[Flag(flag) for flag in each.flags],
            snapshot=each,
            changes=changes_since(earlier.get(each.pool_id), each),
            mine=each.pool_id in mine,
        )
        for each in rows
    ]


@member_view
def review_pack(request: MemberRequest, review_id: UUID) -> HttpResponse:
    """On paper, from its opening on; without the pools in which the reader stands."""
    found = find_review(request, review_id)
    if found.is_planned:
        raise Http404
    agenda = list(agenda_of(found).exclude(pool__in=pools_standing_in(request.member.person_id)))
    sheets = pack_sheets(
        found,
        agenda,
        earlier_snapshots(found, [each.pool_id for each in agenda]),
        organization=request.organization.name,
        made_on=timezone.localdate(),
    )
    pack = pdf_pack(found.title, sheets)
    return download(f"talent-review-{found.held_on.isoformat()}.pdf", pack, "application/pdf")


def step(act: Callable[..., TalentReview], said: Callable[[], str]) -> Callable[..., HttpResponse]:
    """The view that moves a review on; what moved meanwhile is said on its page."""

    @require_POST
    @member_view
    def view(request: MemberRequest, review_id: UUID) -> HttpResponse:
        found = find_review(request, review_id)
        try:
            act(found, by=request.member)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, said())
        return redirect("succession:review", request.organization.slug, found.pk)

    return view


review_open = step(open_review, lambda: _("Open. Every pool is kept as it is now."))
review_close = step(close_review, lambda: _("Closed. Owners of pools read what was decided about theirs."))


def reviews_trail(request: MemberRequest, found: TalentReview | None = None) -> list[Crumb]:
    slug = request.organization.slug
    crumbs = [*trail(request), Crumb(_("Talent reviews"), reverse("succession:reviews", args=[slug]))]
    if found is not None:
        crumbs.append(Crumb(found.title, reverse("succession:review", args=[slug, found.pk])))
    return crumbs
