"""Writing pods: every version there is, the text of a draft with its problems, preview, publish, retire."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from passport.cases import Case, CaseError, Problem, begin, load_case, scene
from passport.models import Pod
from passport.permissions import PODS_ARE_KEPT_BY, can_keep_pods
from passport.pod_forms import LARGEST_CASE, PodForm
from passport.pod_queries import all_pods
from passport.pod_services import publish_pod, retire_pod, write_draft
from people.access import MemberRequest, demand, member_view
from web.bodies import takes_files
from web.shell import Crumb


@member_view
def versions(request: MemberRequest) -> HttpResponse:
    """Every version of every pod."""
    demand(can_keep_pods(request.member), PODS_ARE_KEPT_BY)
    context = {"pods": all_pods(), "breadcrumbs": [Crumb(_("Write pods"))]}
    return render(request, "passport/pod_versions.html", context)


@takes_files(up_to=lambda: LARGEST_CASE)
@member_view
def write(request: MemberRequest, pod_id: UUID | None = None) -> HttpResponse:
    """A new case, or the next version of one. "Check" shows it as it would be played and keeps nothing."""
    demand(can_keep_pods(request.member), PODS_ARE_KEPT_BY)
    before = None if pod_id is None else get_object_or_404(Pod, pk=pod_id)
    form = PodForm(request.POST or None, request.FILES or None, initial=_first(before))
    problems: list[Problem] = []
    case: Case | None = None
    if request.method == "POST" and form.is_valid():
        content = form.cleaned_data["content"]
        try:
            case = load_case(content)
            if request.POST.get("act") == "save":
                saved = write_draft(content, form.earning, by=request.member)
                messages.success(request, _("Saved as a draft."))
                return redirect("passport:pod_write_on", request.organization.slug, saved.pk)
        except CaseError as error:
            problems = error.problems
    context = {
        "form": form,
        "pod": before,
        "problems": problems,
        "case": case,
        "scene": case and scene(case, begin(case)),
        "breadcrumbs": [
            Crumb(_("Write pods"), reverse("passport:pod_versions", args=[request.organization.slug])),
            Crumb(before.title if before else _("New pod")),
        ],
    }
    refused = bool(form.errors or problems)
    return render(request, "passport/pod_write.html", context, status=422 if refused else 200)


@require_POST
@member_view
def publish(request: MemberRequest, pod_id: UUID) -> HttpResponse:
    """Let everybody begin a draft."""
    try:
        publish_pod(get_object_or_404(Pod, pk=pod_id), by=request.member)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Published."))
    return redirect("passport:pod_versions", request.organization.slug)


@require_POST
@member_view
def retire(request: MemberRequest, pod_id: UUID) -> HttpResponse:
    """Take a pod out of use."""
    try:
        retire_pod(get_object_or_404(Pod, pk=pod_id), by=request.member)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Retired. Every attempt stays."))
    return redirect("passport:pod_versions", request.organization.slug)


def _first(pod: Pod | None) -> dict[str, object]:
    if pod is None:
        return {}
    return {
        "content": pod.content,
        "expected_level": pod.expected_level,
        "milestone": pod.milestone_id,
        "capstone_milestone": pod.capstone_milestone_id,
    }
