"""A position with its pool: who holds it, who could follow, and how the pool is kept."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from people.access import MemberRequest, demand, member_view
from people.directory_queries import tenure_of
from people.models import Appointment, Position
from succession.enums import Rung
from succession.exposure import flags_of
from succession.forms.candidacies import ProposeForm
from succession.forms.pools import PoolForm
from succession.models import Pool
from succession.permissions import (
    CANDIDATES_ARE_PROPOSED_BY,
    POOL_IS_FOR,
    POOLS_ARE_SET_UP_BY,
    can_assess,
    can_propose,
    can_read_decisions,
    can_read_intention_note,
    can_see_intention,
    can_see_pool,
    can_set_up_pools,
    can_take_rung,
    watches_succession,
)
from succession.queries.covers import covers
from succession.queries.intentions import standing_intentions
from succession.queries.ladder import ladder_of
from succession.queries.pools import (
    candidates_of,
    former_candidates_of,
    own_candidacies,
    pool_of,
    pools_owned_by,
    seat_at,
)
from succession.queries.reviews import decisions_about
from succession.queries.selections import running_selection_of
from succession.queries.terms import terms_in_force
from succession.services.candidacies import propose
from succession.services.pools import PoolTemplate, change_pool, open_pools
from web.forms import status_of
from web.paging import numbered_page
from web.shell import Crumb

REVIEWS: Final = 5  # shown on the page of a position, the latest


@member_view
def mine(request: MemberRequest) -> HttpResponse:
    """The pools of the positions that I hold, and what I was asked for myself."""
    today, person = timezone.localdate(), request.member.person_id
    pools = list(pools_owned_by(person, on=today))
    held = covers(on=today, positions=[pool.position_id for pool in pools])
    by_position = {each.position_id: each for each in held}
    owned = [(pool, by_position[pool.position_id]) for pool in pools]
    own = terms_in_force(today, person_id=person)
    said = {
        each.appointment_id: each
        for each in standing_intentions(on=today, positions=[term.position_id for term, _ends in own])
        if each.is_said
    }
    context = {
        "own_terms": [(held, ends, said.get(held.pk)) for held, ends in own],
        "owned": [(pool, cover, flags_of(cover, on=today)) for pool, cover in owned],
        "candidacies": numbered_page(request, own_candidacies(person)),
        "watches": watches_succession(request.member),
        "breadcrumbs": [Crumb(_("My pools"))],
    }
    return render(request, "succession/mine.html", context)


@member_view
def position(request: MemberRequest, position_id: UUID) -> HttpResponse:
    """Who holds it and until when, and the pool with its candidates."""
    found = Position.objects.select_related("unit").filter(pk=position_id).first()
    if found is None:
        raise Http404
    today, pool = timezone.localdate(), pool_of(position_id)
    seat = seat_at(request.member, pool, on=today)
    demand(can_see_pool(request.member, seat), POOL_IS_FOR)
    (cover,) = covers(on=today, positions=[position_id])
    held = Appointment.objects.filter(position=found).select_related("person").order_by("-start_date", "pk")
    tenures = []
    for appointment in held:
        appointment.position = found
        tenures.append(tenure_of(appointment, on=today))
    candidates = candidates_of(pool) if pool else []
    stands = any(each.person_id == request.member.person_id for each in candidates)
    declared = [
        (each, can_read_intention_note(request.member, each.appointment.person_id, stands=stands))
        for each in standing_intentions(on=today, positions=[position_id])
        if each.is_said and can_see_intention(request.member, each.appointment.person_id, stands=stands)
    ]
    context = {
        "declared": declared,
        "position": found,
        "pool": pool,
        "cover": cover,
        "flags": flags_of(cover, on=today),
        "tenures": tenures,
        "candidates": [(each, can_assess(request.member, seat, each.person_id)) for each in candidates],
        "former": list(former_candidates_of(pool)[:20]) if pool else [],
        "may_propose": pool is not None and can_propose(request.member, seat, pool.proposers),
        "may_set_up": can_set_up_pools(request.member),
        "rungs": [
            (task, task.done_on is None and can_take_rung(request.member, seat, Rung(task.rung)))
            for task in ladder_of(position_id, on=today)
        ],
        "reviewed": list(decisions_about(pool.pk)[:REVIEWS])
        if pool and can_read_decisions(request.member, seat, stands=stands)
        else [],
        "watches": watches_succession(request.member),
        "selection": running_selection_of(position_id),
        "breadcrumbs": [*trail(request), Crumb(found.title)],
    }
    return render(request, "succession/position.html", context)


@member_view
def pool_edit(request: MemberRequest, position_id: UUID) -> HttpResponse:
    """Open the pool of one position, or keep it otherwise."""
    found = Position.objects.filter(pk=position_id).first()
    if found is None:
        raise Http404
    demand(can_set_up_pools(request.member), POOLS_ARE_SET_UP_BY)
    pool = pool_of(position_id)
    form = PoolForm(request.POST) if request.method == "POST" else PoolForm.of(pool) if pool else PoolForm()
    if request.method == "POST" and form.is_valid():
        try:
            keep(pool, position_id, form.template(), request)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("succession:position", request.organization.slug, position_id)
    context = {
        "position": found,
        "pool": pool,
        "form": form,
        "breadcrumbs": [*trail(request), _crumb(request, found), Crumb(_("How it is kept"))],
    }
    return render(request, "succession/pool_edit.html", context, status=status_of(form))


def keep(pool: Pool | None, position_id: UUID, template: PoolTemplate, request: MemberRequest) -> None:
    """Change a pool, or open it."""
    if pool is None:
        open_pools([position_id], template, by=request.member)
    else:
        change_pool(pool, template, by=request.member)


@member_view
def candidate_new(request: MemberRequest, position_id: UUID) -> HttpResponse:
    """Tap somebody on the shoulder."""
    pool = pool_of(position_id)
    if pool is None:
        raise Http404
    seat = seat_at(request.member, pool, on=timezone.localdate())
    demand(can_propose(request.member, seat, pool.proposers), CANDIDATES_ARE_PROPOSED_BY)
    form = ProposeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = propose(pool, **form.cleaned_data, by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("%(name)s is asked.") % {"name": made.person.name})
            if can_see_pool(request.member, seat):
                return redirect("succession:position", request.organization.slug, position_id)
            return redirect("succession:mine", request.organization.slug)
    crumbs = [_crumb(request, pool.position)] if can_see_pool(request.member, seat) else []
    context = {
        "pool": pool,
        "form": form,
        "breadcrumbs": [*trail(request), *crumbs, Crumb(_("Propose somebody"))],
    }
    return render(request, "succession/candidate_new.html", context, status=status_of(form))


def trail(request: MemberRequest) -> list[Crumb]:
    """The path to a page of succession: by the register for whoever watches, by one's own pools otherwise."""
    slug = request.organization.slug
    if watches_succession(request.member):
        return [Crumb(_("Succession"), reverse("succession:overview", args=[slug]))]
    return [Crumb(_("My pools"), reverse("succession:mine", args=[slug]))]


def _crumb(request: MemberRequest, position: Position) -> Crumb:
    return Crumb(
        position.title, reverse("succession:position", args=[request.organization.slug, position.pk])
    )
