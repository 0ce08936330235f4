"""Bringing in results of a learning system from a file: looked through first, then kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from passport.enums import OutsideState, ReadOf
from passport.models import OutsideResult
from passport.outside.reading import LARGEST, Read
from passport.outside.settling import keep_results, rehearse_results, told_otherwise, words_of_another
from passport.outside.statements import Result
from passport.outside_forms import StatementsFileForm
from passport.reads import record_reads
from passport.views.outside import trail
from people.access import MemberRequest, demand, member_view
from people.permissions import RESULTS_ARE_BROUGHT_BY, can_bring_results
from people.rest.problems import faults_in
from web.bodies import takes_files
from web.shell import Crumb


@dataclass(frozen=True, slots=True)
class Line:
    """A statement of the file, and what would become of it. Without `kept` it is here already."""

    place: int
    result: Result
    kept: OutsideResult | None


@takes_files(up_to=lambda: LARGEST)
@require_http_methods(["GET", "HEAD", "POST"])
@member_view
def bring(request: MemberRequest) -> HttpResponse:
    """Look a file of statements through, which keeps nothing; then keep those that are not refused."""
    demand(can_bring_results(request.member), RESULTS_ARE_BROUGHT_BY)
    posted = request.method == "POST"
    form = StatementsFileForm(request.POST, request.FILES) if posted else StatementsFileForm()
    context: dict[str, Any] = {"form": form, "breadcrumbs": [*trail(request), Crumb(_("Bring a file"))]}
    if posted and form.is_valid():
        read = without_others(form.read)
        good = list(read.results.values())
        if not good:
            form.add_error("file", _("Every statement of it is refused."))
        elif request.POST.get("act") == "keep":
            try:
                kept = keep_results(good, by=request.member)
            except ValidationError as error:  # something else came under an id meanwhile
                form.add_error("file", error)
            else:
                messages.success(request, told(kept))
                return redirect("passport:outside_results", request.organization.slug)
        lines = lines_of(read, rehearse_results(good, by=request.member)) if not form.errors else []
        record_reads(
            {each.kept.person_id for each in lines if each.kept and each.kept.person_id},
            ReadOf.LIST,
            by=request.member,
        )
        context |= {
            "lines": lines,
            "counts": counts_of(lines),
            "refused": list(refusals_of(read)),
            "refused_count": len(read.faults),
            "text": form.cleaned_data["text"] if not form.errors else "",
        }
    return render(request, "passport/outside_file.html", context, status=422 if form.errors else 200)


def without_others(read: Read) -> Read:
    """Without those under whose ids something else was kept before: they are refused too."""
    others = set(told_otherwise(list(read.results.values())))
    good = {place: each for place, each in read.results.items() if each.statement_id not in others}
    bad = {
        place: {"id": [words_of_another(each.statement_id)]}
        for place, each in read.results.items()
        if each.statement_id in others
    }
    return Read(good, dict(sorted((read.faults | bad).items())))


def lines_of(read: Read, kept: Sequence[OutsideResult]) -> list[Line]:
    new = {each.statement_id: each for each in kept}
    return [Line(place, each, new.get(each.statement_id)) for place, each in read.results.items()]


def counts_of(lines: Sequence[Line]) -> list[tuple[str, int]]:
    """How many become what, in the order of the states; those that are here already last."""
    found = Counter(each.kept.state if each.kept else "" for each in lines)
    named = [*((state.value, str(state.label)) for state in OutsideState), ("", _("Here already"))]
    return [(label, found[state]) for state, label in named if found[state]]


def refusals_of(read: Read) -> Iterator[tuple[int, str, str]]:
    """Number of the statement, where in it, and why."""
    for place, faults in read.faults.items():
        for fault in faults_in(faults):
            yield place, fault["pointer"].strip("/"), fault["detail"]


def told(kept: Sequence[OutsideResult]) -> str:
    """What became of a file, in words."""
    claims = sum(each.state == OutsideState.CLAIMED for each in kept)
    new = ngettext("%(n)s result came in", "%(n)s results came in", len(kept)) % {"n": len(kept)}
    made = ngettext("%(n)s became a claim.", "%(n)s became claims.", claims) % {"n": claims}
    return f"{new}; {made}"
