"""What can be done with a skill pod: writing and publishing it, running through it, marking an attempt."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from passport import pod_notices
from passport.attested import Attested, stamp_attested
from passport.cases import Case, MoveError, begin, load_case, scene, step
from passport.cases.game import TOOK
from passport.enums import PodState
from passport.models import Milestone, Pod, PodAttempt, PodMark
from passport.models.pods import CONFIDENCE_LEVELS, LEVELS
from passport.permissions import (
    PODS_ARE_DONE_BY,
    PODS_ARE_KEPT_BY,
    PODS_ARE_MARKED_BY,
    Subject,
    can_facilitate,
    can_keep_pods,
    can_submit_evidence,
)
from passport.pod_queries import draft_of, finished_attempts, running_attempt
from passport.queries import verifiers_of
from people.access import demand
from people.member import Member
from people.models import Person
from people.notices import notify
from surveys.enums import Dimension
from tenancy.turns import one_at_a_time

LONGEST_TEXT = 8000
MOST_FIELDS = 60
MOST_MOVES = 400


@dataclasses.dataclass(frozen=True, slots=True)
class Mark:
    """A facilitator's judgement of one criterion."""

    level: int
    words: str


@dataclasses.dataclass(frozen=True, slots=True)
class Earning:
    """What an attempt that reaches the level earns, and what its capstone does."""

    expected_level: int = 3
    milestone: Milestone | None = None
    capstone_milestone: Milestone | None = None


@lru_cache(maxsize=64)
def case_of(content: str) -> Case:
    """The case in a pod's text. Published text does not change, so it is read once a process."""
    return load_case(content)


@transaction.atomic
def write_draft(content: str, earning: Earning, *, by: Member) -> Pod:
    """Keep a case as the draft of its key; a key that is new begins with version 1. Raises CaseError."""
    demand(can_keep_pods(by), PODS_ARE_KEPT_BY)
    case = load_case(content)
    one_at_a_time("pods")
    pod = draft_of(case.key) or Pod(key=case.key, version=_next_version(case.key), written_by_id=by.person_id)
    _fill(pod, content, case)
    pod.expected_level, pod.milestone = earning.expected_level, earning.milestone
    pod.capstone_milestone = earning.capstone_milestone
    pod.save()
    return pod


@transaction.atomic
def publish_pod(pod: Pod, *, by: Member) -> Pod:
    """Let everybody begin it. The version before is retired; attempts at it are finished with it."""
    demand(can_keep_pods(by), PODS_ARE_KEPT_BY)
    one_at_a_time("pods")
    draft = Pod.objects.select_for_update().get(pk=pod.pk)
    if draft.state != PodState.DRAFT:
        raise ValidationError(_("This version was published already."))
    Pod.objects.filter(key=draft.key, state=PodState.PUBLISHED).update(state=PodState.RETIRED)
    draft.state, draft.published_at = PodState.PUBLISHED, timezone.now()
    draft.save(update_fields=["state", "published_at"])
    return draft


@transaction.atomic
def retire_pod(pod: Pod, *, by: Member) -> None:
    """Nobody begins it any more. What was begun is finished, and every attempt stays."""
    demand(can_keep_pods(by), PODS_ARE_KEPT_BY)
    locked = Pod.objects.select_for_update().get(pk=pod.pk)
    if locked.state != PodState.PUBLISHED:
        raise ValidationError(_("Only a published pod is retired."))
    locked.state = PodState.RETIRED
    locked.save(update_fields=["state"])


def install_pods(contents: Sequence[str], earnings: Mapping[str, Earning]) -> None:
    """Publish cases that come with the product; keys that are there already stay as they are."""
    known = set(Pod.objects.values_list("key", flat=True))
    for content in contents:
        case = load_case(content)
        if case.key in known:
            continue
        earning = earnings.get(case.key, Earning())
        pod = Pod(key=case.key, version=1, state=PodState.PUBLISHED, published_at=timezone.now(), preset=True)
        _fill(pod, content, case)
        pod.expected_level, pod.milestone = earning.expected_level, earning.milestone
        pod.capstone_milestone = earning.capstone_milestone
        pod.save(force_insert=True)


@transaction.atomic
def begin_attempt(pod: Pod, *, confidence: Sequence[int], by: Member) -> PodAttempt:
    """Begin a published pod, having said how confident one is. One runs at a time."""
    one_at_a_time(f"pod attempt {by.person_id}")
    if pod.state != PodState.PUBLISHED:
        raise ValidationError(_("This pod is not in use."))
    if running_attempt(by.person_id, pod) is not None:
        raise ValidationError(_("You have begun this pod already."))
    now = timezone.now()
    return PodAttempt.objects.create(
        person_id=by.person_id,
        pod=pod,
        begun_at=now,
        moved_at=now,
        state=begin(case_of(pod.content)),
        confidence_before=_confidence(confidence),
    )


@transaction.atomic
def play_move(attempt: PodAttempt, move: Mapping[str, str], *, turn: int, by: Member) -> PodAttempt:
    """Make the next move. Raises MoveError for one that the case does not allow, ValidationError for one that
    was meant for an earlier scene; nothing is kept of either."""
    locked = _lock_running(attempt, by)
    if turn != len(locked.moves):
        raise ValidationError(_("You went on in another window: this is where you are now."))
    if len(locked.moves) >= MOST_MOVES or len(move) > MOST_FIELDS:
        raise ValidationError(_("That is more than a pod holds."))
    for field, value in move.items():
        if len(value) > LONGEST_TEXT:
            words = _("That is longer than %(most)d characters.")
            raise MoveError(field, words % {"most": LONGEST_TEXT})
    case, now = case_of(locked.pod.content), timezone.now()
    made = {name: value for name, value in move.items() if name != TOOK}  # the clock is ours
    if scene(case, locked.state).seconds:
        made[TOOK] = str(int((now - locked.moved_at).total_seconds()))
    locked.state = step(case, locked.state, made)
    locked.moves = [*locked.moves, made]
    locked.moved_at = now
    locked.save(update_fields=["state", "moves", "moved_at"])
    return locked


@transaction.atomic
def finish_attempt(
    attempt: PodAttempt, *, confidence: Sequence[int], subject: Subject, by: Member
) -> PodAttempt:
    """Close an attempt whose case is over, having said how confident one is now, and ask for marking."""
    locked = _lock_running(attempt, by)
    if not scene(case_of(locked.pod.content), locked.state).is_over:
        raise ValidationError(_("The case is not over yet."))
    locked.confidence_after, locked.finished_at = _confidence(confidence), timezone.now()
    locked.save(update_fields=["confidence_after", "finished_at"])
    asked = verifiers_of(subject, on=timezone.localdate())
    notify(asked, pod_notices.attempt_finished(locked, by=by.name))
    return locked


@transaction.atomic
def mark_attempt(
    attempt: PodAttempt, marks: Mapping[str, Mark], *, subject: Subject, by: Member
) -> PodAttempt:
    """Say for every criterion which level was seen, in words. Once.

    Where each reaches the level that is expected, and this is the attempt that counts, it earns the pod's
    milestone; whoever marked it is the verifier.
    """
    demand(can_facilitate(by, subject), PODS_ARE_MARKED_BY)
    rows = PodAttempt.objects.select_for_update(of=("self",)).select_related("pod", "person")
    locked = rows.get(pk=attempt.pk)
    if locked.finished_at is None:
        raise ValidationError(_("An attempt is marked when it is finished."))
    if locked.marked_at is not None:
        raise ValidationError(_("Meanwhile somebody else marked it."))
    _check_marks(locked, marks)
    locked.marked_by_id, locked.marked_at = by.person_id, timezone.now()
    locked.save(update_fields=["marked_by", "marked_at"])
    PodMark.objects.bulk_create(
        PodMark(attempt=locked, criterion=key, level=mark.level, words=mark.words.strip())
        for key, mark in marks.items()
    )
    notify([locked.person_id], pod_notices.attempt_marked(locked, by=by.name))
    counting = finished_attempts(locked.person_id, locked.pod.key).first()
    if counting == locked and min(mark.level for mark in marks.values()) >= locked.pod.expected_level:
        _earn(locked, marks, by)
    return locked


def _earn(attempt: PodAttempt, marks: Mapping[str, Mark], by: Member) -> None:
    if attempt.pod.milestone_id is None or attempt.finished_at is None:
        return
    rubric = case_of(attempt.pod.content).rubric
    levels = ", ".join(f"{each.title} {marks[each.key].level}" for each in rubric)
    stamp_attested(
        Attested(
            person=attempt.person,
            milestone_id=attempt.pod.milestone_id,
            reached_on=timezone.localdate(attempt.finished_at),
            statement=_("Skill pod: %(title)s. Levels of %(most)d: %(levels)s.")
            % {"title": attempt.pod.title, "most": LEVELS, "levels": levels},
            by=Person.objects.get(pk=by.person_id),
            vouched=True,
        )
    )


def _check_marks(attempt: PodAttempt, marks: Mapping[str, Mark]) -> None:
    """Every criterion of the rubric, one of its levels, and words."""
    if set(marks) != {each.key for each in case_of(attempt.pod.content).rubric}:
        raise ValidationError(_("Mark every criterion of the rubric."))
    for mark in marks.values():
        if not 1 <= mark.level <= LEVELS:
            raise ValidationError(_("Choose one of the levels."))
        if not mark.words.strip():
            raise ValidationError(_("Say in a few words what you saw."))


def _lock_running(attempt: PodAttempt, by: Member) -> PodAttempt:
    demand(can_submit_evidence(by, Subject(attempt.person_id)), PODS_ARE_DONE_BY)
    rows = PodAttempt.objects.select_for_update(of=("self",)).select_related("pod")
    locked = rows.get(pk=attempt.pk)
    if locked.finished_at is not None:
        raise ValidationError(_("This attempt is finished."))
    return locked


def _confidence(answers: Sequence[int]) -> list[int]:
    """One answer for each dimension."""
    given = list(answers)
    fits = len(given) == len(Dimension.values) and all(1 <= each <= CONFIDENCE_LEVELS for each in given)
    if not fits:
        raise ValidationError(_("Choose one of the five answers for each."))
    return given


def _fill(pod: Pod, content: str, case: Case) -> None:
    pod.content, pod.title, pod.kind, pod.minutes = content, case.title, case.kind, case.minutes


def _next_version(key: str) -> int:
    last = Pod.objects.filter(key=key).aggregate(last=Max("version"))["last"]
    return (last or 0) + 1
