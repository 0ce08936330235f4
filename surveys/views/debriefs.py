"""Debriefs: whom to talk with, how it went, and what the people of the unit read of it. No figures."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from people.access import MemberRequest, demand, member_view
from people.models import Person, Unit
from people.person_search import search_person
from surveys.certificates import assurance_sentences
from surveys.debrief_queries import (
    calls_for_any,
    debrief_share,
    debriefs_of,
    debriefs_on,
    debriefs_to_remind_of,
    debriefs_with_page,
    last_certificate_about,
    manager_of,
    people_to_coach,
    units_answered_for,
    what_came_of,
)
from surveys.enums import ActionState
from surveys.forms.debriefs import CoachForm, DebriefFilter, DebriefForm
from surveys.models import Debrief
from surveys.permissions import (
    CORRECTED_BY,
    DEBRIEF_IS_FOR,
    DEBRIEFS_ARE_FOLLOWED_BY,
    FOLLOW_UP_IS_FOR,
    can_correct_debrief,
    can_follow_debriefs,
    can_name_coach,
    can_read_follow_up,
    can_say_what_became,
    can_see_debrief,
)
from surveys.queries import published_waves
from surveys.services.debriefs import (
    correct_debrief,
    name_coach,
    record_debrief,
    remind_of_debriefs,
    say_what_became,
)
from surveys.views.crumbs import crumbs
from web.filters import chips
from web.forms import status_of
from web.numbers import decimal
from web.paging import numbered_page
from web.shell import Crumb


@member_view
def debriefs(request: MemberRequest) -> HttpResponse:
    """The debriefs a member takes part in."""
    on = timezone.localdate()
    context = {
        "page": numbered_page(request, debriefs_of(request.member, on=on)),
        "on": on,
        "breadcrumbs": crumbs(request, Crumb(_("Debriefs"))),
    }
    return render(request, "surveys/debriefs.html", context)


@member_view
def wave_debriefs(request: MemberRequest, wave_id: UUID) -> HttpResponse:
    """Which debriefs of a wave were held: unit, leader, state; nothing of what was said."""
    published = get_object_or_404(published_waves(), wave_id=wave_id)
    demand(can_follow_debriefs(request.member), DEBRIEFS_ARE_FOLLOWED_BY)
    on = timezone.localdate()
    slug, wave = request.organization.slug, published.wave
    form = DebriefFilter(request.GET)
    standing = form.cleaned_data["state"] if form.is_valid() else ""
    context = {
        "wave": wave,
        "form": form,
        "chips": chips(request, form),
        "called_for": calls_for_any(wave),
        "page": numbered_page(request, debriefs_on(wave, standing=standing, on=on)),
        "to_remind": debriefs_to_remind_of(wave, on=on).count(),
        "share": decimal(100 * debrief_share(wave, on=on), 0),
        "on": on,
        "breadcrumbs": crumbs(
            request, Crumb(wave.title, reverse("surveys:wave", args=[slug, wave_id])), Crumb(_("Debriefs"))
        ),
    }
    return render(request, "surveys/wave_debriefs.html", context, status=status_of(form))


@require_POST
@member_view
def remind(request: MemberRequest, wave_id: UUID) -> HttpResponse:
    """Remind those who have still to talk about a wave's reports."""
    published = get_object_or_404(published_waves(), wave_id=wave_id)
    count = remind_of_debriefs(published.wave, by=request.member, on=timezone.localdate())
    if count:
        words = ngettext("Reminded of %(count)d debrief.", "Reminded of %(count)d debriefs.", count)
        messages.success(request, words % {"count": count})
    else:
        messages.info(request, _("Nobody was reminded: no debrief is open, or all were reminded this week."))
    return redirect("surveys:wave_debriefs", request.organization.slug, wave_id)


@member_view
def debrief(request: MemberRequest, debrief_id: UUID) -> HttpResponse:
    """One debrief: what was agreed, or the form to write it down."""
    found = _find(request, debrief_id)
    on = timezone.localdate()
    if request.method != "POST" or found.is_done:
        return _page(request, found)
    form = DebriefForm(request.POST, leading=_leading(found))
    if form.is_valid():
        try:
            record_debrief(found, form.outcome(), by=request.member, on=on)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            words = _("Written down. The people of the unit can read what was agreed.")
            return _written(request, found, form, words)
    return _page(request, found, debrief_form=form)


def _written(request: MemberRequest, found: Debrief, form: DebriefForm, words: str) -> HttpResponse:
    messages.success(request, words)
    if form.holds_figure():
        messages.warning(
            request,
            _("Something agreed holds a figure. Figures belong to the report; correct it if that is one."),
        )
    return redirect("surveys:debrief", request.organization.slug, found.pk)


@member_view
def correct(request: MemberRequest, debrief_id: UUID) -> HttpResponse:
    """Write anew how a debrief went."""
    found, on = _find(request, debrief_id), timezone.localdate()
    demand(can_correct_debrief(request.member, found), CORRECTED_BY)
    leading = _leading(found)
    form = DebriefForm(request.POST or None, leading=leading, initial=DebriefForm.written(found))
    if request.method == "POST" and form.is_valid():
        try:
            correct_debrief(found, form.outcome(), by=request.member, on=on)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return _written(request, found, form, _("Corrected. The other side was told."))
    page = reverse("surveys:debrief", args=[request.organization.slug, found.pk])
    context = {
        "debrief": found,
        "debrief_form": form,
        "back": page,
        "breadcrumbs": crumbs(request, Crumb(found.unit.name, page), Crumb(_("Correct"))),
    }
    return render(request, "surveys/debrief_correct.html", context, status=status_of(form))


@require_POST
@member_view
def action(request: MemberRequest, debrief_id: UUID, action_id: UUID) -> HttpResponse:
    """Say what became of something agreed."""
    found, on = _find(request, debrief_id), timezone.localdate()
    agreed = get_object_or_404(found.actions.select_related("debrief"), pk=action_id)
    try:
        state = ActionState(request.POST.get("state", ""))
        say_what_became(agreed, state, by=request.member, on=on)
    except (ValueError, ValidationError):
        messages.error(request, _("Say whether it is done, still going or dropped."))
    return redirect("surveys:debrief", request.organization.slug, found.pk)


@member_view
def coach(request: MemberRequest, debrief_id: UUID) -> HttpResponse:
    """Find somebody who leads the conversation, and let them."""
    found, on = _find(request, debrief_id), timezone.localdate()
    demand(can_name_coach(request.member, found, on=on), DEBRIEF_IS_FOR)
    people = people_to_coach(found, on=on)
    form = CoachForm(request.POST if request.method == "POST" else None, people=people)
    if request.method == "POST" and form.is_valid():
        try:
            name_coach(found, form.cleaned_data["coach"], by=request.member, on=on)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Named. The coach was told."))
            return redirect("surveys:debrief", request.organization.slug, debrief_id)
    page = reverse("surveys:debrief", args=[request.organization.slug, found.pk])
    context = {
        "debrief": found,
        "form": form,
        "found": search_person(request.GET, people),
        "cancel": page,
        "breadcrumbs": crumbs(request, Crumb(found.unit.name, page), Crumb(_("Coach"))),
    }
    return render(request, "surveys/debrief_coach.html", context, status=status_of(form))


@member_view
def led_to(request: MemberRequest, unit_id: UUID) -> HttpResponse:
    """What the last answers led to in a unit: focus and agreed actions, for those who answered."""
    unit = get_object_or_404(Unit, pk=unit_id)
    answered = units_answered_for(request.member, on=timezone.localdate())
    demand(can_read_follow_up(request.member, unit.pk, answered), FOLLOW_UP_IS_FOR)
    certificate = last_certificate_about(unit.pk)
    context = {
        "unit": unit,
        "debriefs": list(what_came_of(unit)[:5]),
        "on": timezone.localdate(),
        "certificate": certificate,
        "certified": assurance_sentences(certificate) if certificate else [],
        "breadcrumbs": crumbs(request, Crumb(unit.name)),
    }
    return render(request, "surveys/led_to.html", context)


def _find(request: MemberRequest, debrief_id: UUID) -> Debrief:
    """A debrief the member takes part in; to everybody else there is none."""
    on = timezone.localdate()
    found = get_object_or_404(debriefs_with_page(request.member, on=on), pk=debrief_id)
    demand(can_see_debrief(request.member, found, on=on), DEBRIEF_IS_FOR)
    return found


def _leading(found: Debrief) -> list[Person]:
    """Who may lead the conversation: the leader's immediate leader of today, the coach, and who did."""
    manager = manager_of(found.leader_id, on=timezone.localdate())
    people = {person.pk: person for person in (manager, found.coach, found.conducted_by) if person}
    return list(people.values())


def _page(request: MemberRequest, found: Debrief, **forms: DebriefForm) -> HttpResponse:
    slug, on = request.organization.slug, timezone.localdate()
    leading = [] if found.is_done else _leading(found)
    context = {
        "debrief": found,
        "overdue": found.is_overdue(on),
        "about_me": found.leader_id == request.member.person_id,
        "leading": leading,
        "may_name_coach": not found.is_done and can_name_coach(request.member, found, on=on),
        "may_correct": can_correct_debrief(request.member, found),
        "may_say": can_say_what_became(request.member, found, on=on),
        "on": on,
        "reads_follow_up": found.is_done
        and can_read_follow_up(request.member, found.unit_id, units_answered_for(request.member, on=on)),
        "sees_report": request.member.person_id != found.coach_id,
        "debrief_form": DebriefForm(leading=leading, initial={"held_on": on}),
        "breadcrumbs": crumbs(
            request, Crumb(_("Debriefs"), reverse("surveys:debriefs", args=[slug])), Crumb(found.unit.name)
        ),
        **forms,
    }
    return render(request, "surveys/debrief.html", context, status=422 if forms else 200)
