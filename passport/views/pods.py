"""The skill pods of one person: which there are, how each went, and what followed."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from passport.enums import ReadOf
from passport.models import Capstone, Pod, PodAttempt
from passport.permissions import can_facilitate, can_keep_pods
from passport.pod_queries import attempts_of, capstones_of, outcomes_of, published_pods
from passport.reads import record_reads
from passport.views.passports import crumbs, find_holding
from people.access import MemberRequest, member_view
from web.shell import Crumb


@dataclass(slots=True)
class PodLine:
    """A pod with somebody's attempts at any of its versions, the newest first."""

    pod: Pod
    attempts: list[PodAttempt] = field(default_factory=list)
    capstone: Capstone | None = None

    @property
    def running(self) -> PodAttempt | None:
        return next((each for each in self.attempts if each.finished_at is None), None)

    @property
    def counting(self) -> PodAttempt | None:
        """Of the finished ones the latest counts."""
        return next((each for each in self.attempts if each.finished_at is not None), None)


@member_view
def mine(request: MemberRequest) -> HttpResponse:
    """The pods there are, with what the member made of them."""
    return show(request, request.member.person_id)


@member_view
def person(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """Somebody's pods, for those who look after them."""
    return show(request, person_id)


def show(request: MemberRequest, person_id: UUID) -> HttpResponse:
    holding = find_holding(request, person_id, timezone.localdate())
    record_reads([person_id], ReadOf.EVIDENCE, by=request.member)
    context = {
        "holding": holding,
        "own": person_id == request.member.person_id,
        "lines": lines_of(person_id),
        "outcomes": outcomes_of(person_id),
        "may_facilitate": can_facilitate(request.member, holding.subject),
        "may_keep": can_keep_pods(request.member),
        "breadcrumbs": crumbs(request, holding, Crumb(_("Skill pods"))),
    }
    return render(request, "passport/pods.html", context)


def lines_of(person_id: UUID) -> list[PodLine]:
    """The published pods, and those that are no longer played but that somebody did."""
    lines = {pod.key: PodLine(pod) for pod in published_pods()}
    for attempt in attempts_of(person_id):
        lines.setdefault(attempt.pod.key, PodLine(attempt.pod)).attempts.append(attempt)
    for capstone in capstones_of(person_id):
        lines.setdefault(capstone.pod.key, PodLine(capstone.pod)).capstone = capstone
    return list(lines.values())
