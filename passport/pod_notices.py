"""What people are told about skill pods, capstones and what came of them. Names and titles, no levels."""

from __future__ import annotations

from django.utils.translation import gettext as _

from passport.models import Capstone, PodAttempt, TransferOutcome
from people.notices import Notice, page_path

ICON = "puzzle"


def attempt_finished(attempt: PodAttempt, *, by: str) -> Notice:
    title = _("%(name)s finished the pod “%(pod)s”: please mark it.")
    return Notice(title % {"name": by, "pod": attempt.pod.title}, _attempt(attempt), ICON)


def attempt_marked(attempt: PodAttempt, *, by: str) -> Notice:
    title = _("%(name)s marked your pod “%(pod)s”.")
    return Notice(title % {"name": by, "pod": attempt.pod.title}, _attempt(attempt), ICON)


def capstone_submitted(capstone: Capstone, *, by: str) -> Notice:
    title = _("%(name)s asks you to verify the capstone “%(title)s”.")
    return Notice(title % {"name": by, "title": capstone.title}, _pods(capstone), ICON)


def capstone_verified(capstone: Capstone, *, by: str) -> Notice:
    title = _("%(name)s verified your capstone “%(title)s”.")
    return Notice(title % {"name": by, "title": capstone.title}, _pods(capstone), ICON)


def capstone_returned(capstone: Capstone, *, by: str) -> Notice:
    title = _("%(name)s gave your capstone “%(title)s” back with what is missing.")
    return Notice(title % {"name": by, "title": capstone.title}, _pods(capstone), ICON)


def outcome_recorded(outcome: TransferOutcome, *, by: str) -> Notice:
    title = _("%(name)s leads a committee: please confirm “%(committee)s”.")
    return Notice(title % {"name": by, "committee": outcome.committee}, _pods(outcome), ICON)


def outcome_confirmed(outcome: TransferOutcome, *, by: str) -> Notice:
    title = _("%(name)s confirmed that you lead “%(committee)s”.")
    return Notice(title % {"name": by, "committee": outcome.committee}, _pods(outcome), ICON)


def _attempt(attempt: PodAttempt) -> str:
    return page_path("passport:pod_attempt", attempt.pk)


def _pods(work: Capstone | TransferOutcome) -> str:
    return page_path("passport:pods_of", work.person_id)
