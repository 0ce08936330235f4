"""Planning the parts of a regimen: goals and actions, one form each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from people.access import MemberRequest, demand, member_view
from people.models import Person
from sponsors.enums import Outcome
from sponsors.forms.regimens import ActionForm, GoalForm, RemoveForm
from sponsors.models import Action, Goal
from sponsors.permissions import REGIMEN_IS_CHANGED_BY, can_change_goals, can_change_regimen
from sponsors.queries.diagnoses import diagnoses_shown_to
from sponsors.queries.regimens import action_shown_to, goals_of
from sponsors.seats import Seat
from sponsors.services import regimens as services
from sponsors.services.meanwhile import ChangedMeanwhileError
from sponsors.views.regimens import find_regimen, regimen_trail
from web.forms import status_of
from web.numbers import MISSING
from web.shell import Crumb


@member_view
def goal_new(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """A goal for the next version."""
    leader, seat = find_regimen(request, person_id)
    demand(can_change_goals(seat), REGIMEN_IS_CHANGED_BY)
    form = GoalForm(request.POST or None)

    def add() -> object:
        values = form.cleaned_data
        outcome = Outcome(values["outcome"])
        return services.add_goal(leader, values["title"], outcome, reason=values["reason"], by=request.member)

    return form_page(request, leader, form, act=add, title=_("A goal"), now_of=None)


@member_view
def goal_edit(request: MemberRequest, person_id: UUID, goal_id: UUID) -> HttpResponse:
    """Change a goal."""
    leader, seat = find_regimen(request, person_id)
    goal = goals_of(leader.pk).filter(pk=goal_id).first()
    if goal is None:
        raise Http404
    demand(can_change_goals(seat), REGIMEN_IS_CHANGED_BY)
    form = GoalForm(request.POST or None, initial=GoalForm.values_of(goal))

    def change() -> object:
        values = form.cleaned_data
        return services.change_goal(
            goal,
            values["title"],
            Outcome(values["outcome"]),
            revision=values["revision"] or 0,
            reason=values["reason"],
            by=request.member,
        )

    return form_page(
        request, leader, form, act=change, title=goal.title, now_of=GoalForm.values_of, removes=goal
    )


@member_view
def goal_remove(request: MemberRequest, person_id: UUID, goal_id: UUID) -> HttpResponse:
    """Take a goal out of the next version."""
    leader, seat = find_regimen(request, person_id)
    goal = goals_of(leader.pk).filter(pk=goal_id).first()
    if goal is None:
        raise Http404
    demand(can_change_goals(seat), REGIMEN_IS_CHANGED_BY)
    return remove_page(request, leader, goal, services.remove_goal)


@member_view
def action_new(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """An action for the next version."""
    leader, seat = find_regimen(request, person_id)
    demand(can_change_goals(seat) or bool(seat.domains), REGIMEN_IS_CHANGED_BY)
    initial = {
        "goal": request.GET.get("goal", ""),
        "title": request.GET.get("title", "")[:200],  # another page may suggest one
        "domain": next(iter(sorted(seat.domains)), ""),
    }
    form = ActionForm(
        request.POST or None,
        goals=goals_of(leader.pk),
        diagnoses=diagnoses_shown_to(seat),
        initial=initial,
    )

    def add() -> object:
        return services.add_action(leader, form.step(), reason=form.cleaned_data["reason"], by=request.member)

    return form_page(request, leader, form, act=add, title=_("An action"), now_of=None)


@member_view
def action_edit(request: MemberRequest, person_id: UUID, action_id: UUID) -> HttpResponse:
    """Change an action."""
    leader, seat, action = find_action(request, person_id, action_id, to_change=True)
    form = ActionForm(
        request.POST or None,
        goals=goals_of(leader.pk),
        diagnoses=diagnoses_shown_to(seat),
        initial=ActionForm.values_of(action),
    )

    def change() -> object:
        values = form.cleaned_data
        return services.change_action(
            action,
            form.step(),
            revision=values["revision"] or 0,
            reason=values["reason"],
            by=request.member,
        )

    return form_page(
        request, leader, form, act=change, title=action.title, now_of=ActionForm.values_of, removes=action
    )


@member_view
def action_remove(request: MemberRequest, person_id: UUID, action_id: UUID) -> HttpResponse:
    """Take an action out of the next version."""
    leader, _seat, action = find_action(request, person_id, action_id, to_change=True)
    return remove_page(request, leader, action, services.remove_action)


def find_action(
    request: MemberRequest, person_id: UUID, action_id: UUID, *, to_change: bool = False
) -> tuple[Person, Seat, Action]:
    """An action that the member may read, or 404; 403 where it is to be changed and may not be."""
    leader, seat = find_regimen(request, person_id)
    action = action_shown_to(seat, action_id)
    if action is None:
        raise Http404
    if to_change:
        allowed = can_change_regimen(seat, domain=action.domain, private=action.private)
        demand(allowed, REGIMEN_IS_CHANGED_BY)
    return leader, seat, action


def form_page(
    request: MemberRequest,
    leader: Person,
    form: forms.Form,
    *,
    act: Callable[[], object],
    title: str,
    now_of: Callable[[Any], Mapping[str, Any]] | None,
    removes: Goal | Action | None = None,
) -> HttpResponse:
    """A form of the regimen and what it does. `now_of`: the values of an item that somebody changed first."""
    differs: list[tuple[str, object]] = []
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except ChangedMeanwhileError as error:
            form.add_error(None, error)
            assert now_of is not None  # noqa: S101 - only what exists can have changed
            form, differs = as_it_is_now(form, now_of(error.current))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("sponsors:regimen", request.organization.slug, leader.pk)
    context = {
        "leader": leader,
        "form": form,
        "title": title,
        "differs": differs,
        "removes": removes,
        "is_goal": isinstance(removes, Goal),
        "breadcrumbs": [*regimen_trail(request, leader), Crumb(title)],
    }
    return render(request, "sponsors/regimen_form.html", context, status=status_of(form))


def as_it_is_now(form: forms.Form, now: Mapping[str, Any]) -> tuple[forms.Form, list[tuple[str, object]]]:
    """The form with all that was typed and the revision of now, and where the item is otherwise: who saves
    once more has seen it."""
    differs = [
        (str(form.fields[name].label), _said(form[name].field, value))
        for name, value in now.items()
        if name in form.fields and name != "revision" and form[name].field.has_changed(value, form[name].data)
    ]
    data = QueryDict(mutable=True)
    data.update(form.data)
    data["revision"] = str(now["revision"])
    form.data = data
    return form, differs


def _said(field: forms.Field, value: object) -> object:
    """A value as the form would show it: what is chosen by its label."""
    if isinstance(field, forms.ChoiceField):
        return dict(field.widget.choices).get(value, MISSING)
    return field.prepare_value(value) or MISSING


def remove_page(
    request: MemberRequest, leader: Person, item: Goal | Action, act: Callable[..., object]
) -> HttpResponse:
    """Asks why, then removes."""
    form = RemoveForm(request.POST or None, initial={"revision": item.revision})

    def remove() -> object:
        values = form.cleaned_data
        return act(item, revision=values["revision"] or 0, reason=values["reason"], by=request.member)

    title = _("Remove: %(title)s") % {"title": item.title}
    return form_page(
        request, leader, form, act=remove, title=title, now_of=lambda now: {"revision": now.revision}
    )
