"""The match studio of a programme director: matchings of the own cohorts, a new one, rules of pairs."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mentoring.enums import PairRuleKind, Tier
from mentoring.forms.studio import PairRuleForm, RunForm, first_values
from mentoring.models import MatchRun
from mentoring.permissions import MATCHING_IS_RUN_BY, can_run_matching
from mentoring.queries.rule import rule_in_force
from mentoring.queries.runs import (
    cohorts_directed_by,
    pair_rules_directed_by,
    rules_of_pairs,
    runs_visible_to,
)
from mentoring.services.pairs import remove_pair_rule, rule_pair
from mentoring.services.rule_of_run import plain_rule
from mentoring.services.runs import request_match
from people.access import MemberRequest, demand, member_view
from people.models import Cohort, Person
from web.forms import status_of
from web.paging import SHORT, keyset_page, numbered_page
from web.shell import Crumb


def studio_crumb(request: MemberRequest) -> Crumb:
    return Crumb(_("Match studio"), reverse("mentoring:studio", args=[request.organization.slug]))


@member_view
def studio(request: MemberRequest) -> HttpResponse:
    """Matchings of the cohorts one directs, the newest first."""
    demand(can_run_matching(request.member), MATCHING_IS_RUN_BY)
    page = keyset_page(request, runs_visible_to(request.member), order=("-requested_at", "-pk"), size=SHORT)
    context = {
        "page": page,
        "cohorts": list(cohorts_directed_by(request.member)),
        "breadcrumbs": [Crumb(_("Match studio"))],
    }
    return render(request, "mentoring/studio.html", context)


@member_view
def run_new(request: MemberRequest) -> HttpResponse:
    """Choose a cohort and tiers, try weights and places, and have it matched."""
    demand(can_run_matching(request.member), MATCHING_IS_RUN_BY)
    cohorts = list(cohorts_directed_by(request.member))
    like = _run_to_copy(request)
    form = RunForm(
        request.POST or None,
        cohorts=cohorts,
        initial={"cohort": request.GET.get("cohort", "")}
        | first_values(like, plain_rule(rule_in_force()), _addresses(like)),
    )
    if request.method == "POST" and form.is_valid():
        chosen = next(each for each in cohorts if str(each.pk) == form.cleaned_data["cohort"])
        try:
            run = request_match(chosen, form.trial(), by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("mentoring:run", request.organization.slug, run.pk)
    context = {
        "form": form,
        "cohorts": cohorts,
        "breadcrumbs": [studio_crumb(request), Crumb(_("New matching"))],
    }
    return render(request, "mentoring/run_new.html", context, status=status_of(form))


def _run_to_copy(request: MemberRequest) -> MatchRun | None:
    """The run named by ?like=, whose settings the form begins with."""
    try:
        like = UUID(request.GET.get("like", ""))
    except ValueError:
        return None
    return runs_visible_to(request.member).filter(pk=like).first()


def _addresses(run: MatchRun | None) -> dict[UUID, str]:
    if run is None or not run.places:
        return {}
    return dict(Person.objects.filter(pk__in=run.places).values_list("pk", "email"))


@member_view
def pair_rules(request: MemberRequest, cohort_id: UUID) -> HttpResponse:
    """Who of a cohort is kept together or apart, why and by whom; and one more."""
    cohort = find_cohort(request, cohort_id)
    first = {name: request.GET.get(name, "") for name in ("mentee", "mentor", "tier")}
    form = PairRuleForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            rule_pair(
                cohort,
                mentee=values["mentee"],
                mentor=values["mentor"],
                kind=PairRuleKind(values["kind"]),
                tier=Tier(values["tier"]) if values["tier"] else None,
                reason=values["reason"],
                by=request.member,
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Every matching from now on keeps to it."))
            return redirect("mentoring:pair_rules", request.organization.slug, cohort.pk)
    context = {
        "cohort": cohort,
        "page": numbered_page(request, rules_of_pairs(cohort), size=SHORT),
        "form": form,
        "breadcrumbs": [studio_crumb(request), Crumb(cohort.name), Crumb(_("Locks and exclusions"))],
    }
    return render(request, "mentoring/pair_rules.html", context, status=status_of(form))


@require_POST
@member_view
def pair_rule_remove(request: MemberRequest, rule_id: UUID) -> HttpResponse:
    """Take a lock or an exclusion back."""
    demand(can_run_matching(request.member), MATCHING_IS_RUN_BY)
    rule = get_object_or_404(pair_rules_directed_by(request.member), pk=rule_id)
    remove_pair_rule(rule, by=request.member)
    messages.success(request, _("Taken back."))
    return redirect("mentoring:pair_rules", request.organization.slug, rule.cohort_id)


def find_cohort(request: MemberRequest, cohort_id: UUID) -> Cohort:
    """A cohort that the member directs; 403 for whoever directs none, 404 for another one's."""
    demand(can_run_matching(request.member), MATCHING_IS_RUN_BY)
    found = cohorts_directed_by(request.member).filter(pk=cohort_id).first()
    if found is None:
        raise Http404
    return found
