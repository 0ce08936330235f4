"""Results from a learning system: what each of its activities is here, and what was kept aside."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from passport.enums import ReadOf
from passport.models import OutsideResult, PodActivity
from passport.outside.settling import name_activity, pod_keys, settle_again, unnamed_activities
from passport.outside_forms import ActivityForm
from passport.reads import record_reads
from people.access import MemberRequest, demand, member_view
from people.permissions import RESULTS_ARE_BROUGHT_BY, can_bring_results
from web.paging import SHORT, numbered_page
from web.shell import Crumb

NEWEST = 10  # activities on the page of the results; all are on their own


@require_safe
@member_view
def results(request: MemberRequest) -> HttpResponse:
    """Activities that nobody has named, and every result with what became of it."""
    return _show(request)


@require_safe
@member_view
def unnamed(request: MemberRequest) -> HttpResponse:
    """Every activity that nobody has named."""
    demand(can_bring_results(request.member), RESULTS_ARE_BROUGHT_BY)
    page = numbered_page(request, unnamed_activities(), size=SHORT)
    context = {
        "page": page,
        "unnamed": _to_name(page.rows),
        "breadcrumbs": [*trail(request), Crumb(_("Activities that nobody has named"))],
    }
    return render(request, "passport/outside_unnamed.html", context)


@require_POST
@member_view
def name(request: MemberRequest) -> HttpResponse:
    """Say which pod an activity is."""
    demand(can_bring_results(request.member), RESULTS_ARE_BROUGHT_BY)
    form = ActivityForm(request.POST, pods=pod_keys())
    if not form.is_valid():
        messages.error(request, _("Choose the pod that this activity is."))
        return _show(request, status=422)
    claimed = name_activity(form.cleaned_data["activity"], form.cleaned_data["pod"], by=request.member)
    messages.success(request, _claimed(claimed))
    return redirect("passport:outside_results", request.organization.slug)


@require_POST
@member_view
def again(request: MemberRequest) -> HttpResponse:
    """Look again at what was kept aside."""
    messages.success(request, _claimed(settle_again(by=request.member)))
    return redirect("passport:outside_results", request.organization.slug)


def trail(request: MemberRequest) -> list[Crumb]:
    """The way to the results."""
    slug = request.organization.slug
    return [
        Crumb(_("Skill pods"), reverse("passport:pods", args=[slug])),
        Crumb(_("Results from a learning system"), reverse("passport:outside_results", args=[slug])),
    ]


def _to_name(activities: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each with the form that names it."""
    pods = pod_keys()
    return [
        {**each, "form": ActivityForm(initial=each, pods=pods, auto_id=f"activity-{place}-%s")}
        for place, each in enumerate(activities)
    ]


def _claimed(count: int) -> str:
    if not count:
        return _("Done. Nothing became a claim by it.")
    told = ngettext("Done. %(n)s result became a claim.", "Done. %(n)s results became claims.", count)
    return told % {"n": count}


def _show(request: MemberRequest, *, status: int = 200) -> HttpResponse:
    demand(can_bring_results(request.member), RESULTS_ARE_BROUGHT_BY)
    pods = pod_keys()
    waiting = unnamed_activities()
    kept = OutsideResult.objects.select_related("person").order_by("-received_at", "pk")
    page = numbered_page(request, kept)
    record_reads({each.person_id for each in page.rows if each.person_id}, ReadOf.LIST, by=request.member)
    named = PodActivity.objects.order_by("activity").values("activity", pod=F("pod_key"))
    context = {
        "unnamed": _to_name(waiting[:NEWEST]),
        "unnamed_count": waiting.count(),
        "named": [
            ActivityForm(initial=each, pods=pods, auto_id=f"named-{place}-%s")
            for place, each in enumerate(named)
        ],
        "page": page,
        "breadcrumbs": [trail(request)[0], Crumb(_("Results from a learning system"))],
    }
    return render(request, "passport/outside_results.html", context, status=status)
