"""A leader's reviews: the one that is open, what was decided before, and calling one early."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people.access import MemberRequest, demand, member_view
from people.models import Person
from sponsors.enums import ReviewCause
from sponsors.forms.reviews import CallForm, LeaderViewForm, ReviewForm, SignForm
from sponsors.models import Review
from sponsors.permissions import (
    LEADER_VIEW_IS_BY,
    REVIEW_IS_CALLED_BY,
    REVIEW_IS_FOR,
    REVIEW_IS_HELD_BY,
    can_call_review,
    can_hold_review,
)
from sponsors.plan.reviews import due_day
from sponsors.queries.reviews import (
    missing_in,
    notes_shown_to,
    open_actions_of,
    review_rule_in_force,
    reviews_of,
    seen_in,
    unsigned_for_want_of,
)
from sponsors.seats import Seat
from sponsors.services.meanwhile import ChangedMeanwhileError
from sponsors.services.review_calls import call_review
from sponsors.services.reviews import add_leader_view, sign_review, write_review
from sponsors.views.charts import find_clinic, trail
from sponsors.views.regimen_parts import as_it_is_now
from web.shell import Crumb

SHOWN = 30


@member_view
def review_list(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """Every review, the open one on top."""
    leader, seat = find_reviews(request, person_id)
    return list_page(request, leader, seat)


def find_reviews(request: MemberRequest, person_id: UUID) -> tuple[Person, Seat]:
    """404 for whoever has no seat in the clinic, 403 for whoever only sees that it runs."""
    leader, seat = find_clinic(request, person_id)
    demand(seat.reads_all_domains, REVIEW_IS_FOR)
    return leader, seat


def list_page(
    request: MemberRequest, leader: Person, seat: Seat, *, refused: CallForm | None = None
) -> HttpResponse:
    rows, today = list(reviews_of(leader.pk)[:SHOWN]), timezone.localdate()
    may_call = can_call_review(seat) and any(not each.is_closed for each in rows)
    context = {
        "leader": leader,
        "seat": seat,
        "reviews": rows,
        "rule": review_rule_in_force(),
        "unsigned": unsigned_for_want_of(rows[0], on=today) if rows and not rows[0].is_closed else None,
        "today": today,
        "call_form": refused or (CallForm() if may_call else None),
        "breadcrumbs": [*trail(request, leader), Crumb(_("Reviews"))],
    }
    return render(request, "sponsors/reviews.html", context, status=422 if refused else 200)


@require_POST
@member_view
def call(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """The sponsor calls the next review early."""
    leader, seat = find_reviews(request, person_id)
    demand(can_call_review(seat), REVIEW_IS_CALLED_BY)
    form = CallForm(request.POST)
    if form.is_valid():
        cause = ReviewCause(form.cleaned_data["cause"])
        try:
            made = call_review(leader, cause, form.cleaned_data["words"], by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            day = date_format(made.due_on, "DATE_FORMAT")
            messages.success(request, _("Called: it is due on %(day)s at the latest.") % {"day": day})
            return redirect("sponsors:reviews", request.organization.slug, leader.pk)
    return list_page(request, leader, seat, refused=form)


@member_view
def review(request: MemberRequest, person_id: UUID, review_id: UUID) -> HttpResponse:
    """One review: read by the three, written by sponsor and immediate leader while it is open."""
    leader, seat, found = find_review(request, person_id, review_id)
    if request.method != "POST":
        return review_page(request, leader, seat, found)
    form = ReviewForm(request.POST, actions=open_actions_of(seat))
    differs: list[tuple[str, object]] = []
    if form.is_valid():
        try:
            write_review(found, form.findings(), revision=form.cleaned_data["revision"], by=request.member)
        except ChangedMeanwhileError as error:
            form.add_error(None, error)
            now = ReviewForm.values_of(error.current, notes_shown_to(seat, error.current))
            _form, differs = as_it_is_now(form, now)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved. Sign it when it says what you both mean."))
            return redirect("sponsors:review", request.organization.slug, leader.pk, found.pk)
    return review_page(request, leader, seat, found, form=form, refused=form, differs=differs)


@require_POST
@member_view
def leader_view(request: MemberRequest, person_id: UUID, review_id: UUID) -> HttpResponse:
    """The leader's own view."""
    leader, seat, found = find_review(request, person_id, review_id)
    demand(seat.is_leader, LEADER_VIEW_IS_BY)
    form = LeaderViewForm(request.POST)
    if form.is_valid():
        try:
            add_leader_view(found, form.cleaned_data["words"], by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved. Both read it before they sign."))
            return redirect("sponsors:review", request.organization.slug, leader.pk, found.pk)
    return review_page(request, leader, seat, found, view_form=form, refused=form)


@require_POST
@member_view
def sign(request: MemberRequest, person_id: UUID, review_id: UUID) -> HttpResponse:
    """Sign what one has read."""
    leader, seat, found = find_review(request, person_id, review_id)
    demand(can_hold_review(seat), REVIEW_IS_HELD_BY)
    form = SignForm(request.POST)
    if form.is_valid():
        try:
            after = sign_review(found, seen=form.cleaned_data["seen"], by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
            # What moved meanwhile is shown as it is now.
            leader, seat, found = find_review(request, person_id, review_id)
        else:
            said = _("Closed: you have both signed. %(name)s is told.") if after.is_closed else _("Signed.")
            messages.success(request, said % {"name": leader.given_name})
            return redirect("sponsors:review", request.organization.slug, leader.pk, found.pk)
    return review_page(request, leader, seat, found, refused=form)


def find_review(request: MemberRequest, person_id: UUID, review_id: UUID) -> tuple[Person, Seat, Review]:
    leader, seat = find_reviews(request, person_id)
    found = reviews_of(leader.pk).filter(pk=review_id).first()
    if found is None:
        raise Http404
    return leader, seat, found


def review_page(
    request: MemberRequest,
    leader: Person,
    seat: Seat,
    found: Review,
    *,
    form: ReviewForm | None = None,
    view_form: LeaderViewForm | None = None,
    refused: forms.Form | None = None,
    differs: list[tuple[str, object]] | None = None,
) -> HttpResponse:
    """The page; with what is wrong on top when a form of it was refused."""
    today, notes = timezone.localdate(), notes_shown_to(seat, found)
    holds = can_hold_review(seat) and not found.is_closed
    usual_next = due_day(today, every=review_rule_in_force().every_days)
    if holds and form is None:
        initial = ReviewForm.values_of(found, notes)
        initial["next_on"] = found.next_on or (None if found.decision else usual_next)
        form = ReviewForm(actions=open_actions_of(seat), initial=initial)
    has_signed = request.member.person_id in {found.sponsor_id, found.manager_id}
    context = {
        "leader": leader,
        "seat": seat,
        "review": found,
        "notes": notes,
        "is_overdue": not found.is_closed and found.due_on < today,
        "form": form if holds else None,
        "differs": differs,
        "refused": refused,
        "view_form": view_form
        or (
            LeaderViewForm(initial={"words": found.leader_view})
            if seat.is_leader and not found.is_closed
            else None
        ),
        "missing": missing_in(found, seat, on=today) if holds else [],
        "may_sign": holds and not has_signed,
        "has_signed": has_signed,
        "unsigned": unsigned_for_want_of(found, on=today),
        "seen": seen_in(found) if holds else None,
        "breadcrumbs": [
            *trail(request, leader),
            Crumb(_("Reviews"), reverse("sponsors:reviews", args=[request.organization.slug, leader.pk])),
            Crumb(_("Review")),
        ],
    }
    return render(request, "sponsors/review.html", context, status=422 if refused else 200)
