"""Scoring the slate, each for themselves; then seeing what the others scored."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import fmean
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from people.access import MemberRequest, demand, member_view
from succession.enums import StandingState
from succession.forms.selections import ScoreForm
from succession.models import PanelScore, Selection, Standing
from succession.permissions import SCORES_ARE_GIVEN_BY, can_score
from succession.queries.selections import place_on_panel, scores_in, standings_of
from succession.services.panels import score
from succession.views.selections import crumb_of, find_own, panel_places, trail
from web.forms import status_of
from web.shell import Crumb


@dataclass(frozen=True, slots=True)
class Line:
    """One name with the scores that whoever looks may see; `mean` over the panel once all have handed in."""

    standing: Standing
    own: PanelScore | None
    others: list[PanelScore]
    mean: float | None


@member_view
def scores(request: MemberRequest, selection_id: UUID) -> HttpResponse:
    """My scores of each name; everybody's when all have handed in."""
    found, seat = find_own(request, selection_id)
    demand(can_score(seat), SCORES_ARE_GIVEN_BY)
    place = place_on_panel(found, request.member.person_id)
    panel = panel_places(found)
    all_in = found.has_slate and all(each.handed_in_on for each in panel)
    lines = lines_of(found, request.member.person_id, all_in=all_in)
    context = {
        "selection": found,
        "place": place,
        "lines": lines,
        "all_in": all_in,
        "may_hand_in": found.is_selecting
        and place is not None
        and place.handed_in_on is None
        and all(line.own for line in lines),
        "handed_in": sum(bool(each.handed_in_on) for each in panel),
        "panel": panel,
        "breadcrumbs": [*trail(request), crumb_of(request, found), Crumb(_("Scores"))],
    }
    return render(request, "succession/scores.html", context)


def lines_of(found: Selection, person_id: UUID, *, all_in: bool) -> list[Line]:
    given: dict[UUID, list[PanelScore]] = {}
    for each in scores_in(found):
        given.setdefault(each.standing_id, []).append(each)
    lines = []
    for standing in standings_of(found).filter(state=StandingState.ON_SLATE):
        seen = given.get(standing.pk, [])
        own = next((each for each in seen if each.panel_member.person_id == person_id), None)
        others = [each for each in seen if each is not own]
        mean = fmean(value for each in seen for value in each.scores) if all_in and seen else None
        lines.append(Line(standing, own, others, mean))
    return lines


@member_view
def score_one(request: MemberRequest, selection_id: UUID, standing_id: UUID) -> HttpResponse:
    """One name, criterion by criterion."""
    found, seat = find_own(request, selection_id)
    demand(can_score(seat), SCORES_ARE_GIVEN_BY)
    standings = Standing.objects.select_related("person__unit", "selection")
    standing = get_object_or_404(standings, pk=standing_id, selection=found, state=StandingState.ON_SLATE)
    place = place_on_panel(found, request.member.person_id)
    own = PanelScore.objects.filter(panel_member=place, standing=standing).first()
    initial = {"note": own.note, **{f"c{at}": each for at, each in enumerate(own.scores)}} if own else None
    form = ScoreForm(request.POST or None, criteria=found.criteria, initial=initial)
    page = ("succession:scores", request.organization.slug, selection_id)
    if request.method == "POST" and form.is_valid():
        try:
            score(standing, scores=form.scores(), note=form.cleaned_data["note"], by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Kept. You may change it until you hand in."))
            return redirect(*page)
    context = {
        "selection": found,
        "standing": standing,
        "form": form,
        "breadcrumbs": [*trail(request), crumb_of(request, found), Crumb(standing.person.name)],
    }
    return render(request, "succession/score_one.html", context, status=status_of(form))
