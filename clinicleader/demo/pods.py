"""Skill pods: the own ones are published, some members have finished one, and some of these are marked."""

from __future__ import annotations

import datetime as dt
import random

from clinicleader.demo.passports import DRIVE
from clinicleader.demo.programmes import Programmes, member_of
from clinicleader.demo.staff import Person, Staff
from passport.cases import Scene, scene
from passport.models import Pod, PodAttempt
from passport.pod_presets import install_own_pods
from passport.pod_services import Mark, begin_attempt, case_of, finish_attempt, mark_attempt, play_move
from surveys.enums import Dimension

PLAYERS, MARKED = 8, 5
WORDS = (
    "Asked for the figures before deciding, and said what they do not show.",
    "Clear from the first sentence; the nurse manager felt heard.",
    "Saw the conflict late, then named it without being asked.",
)


REASONS = (
    "Agreed with the ward in May: 40 hours a week move to own posts, from April. We review it in July.",
    "The list has 120 patients; with this 15 more are seen each month, and I ask you to approve it.",
)


def fill_pods(staff: Staff, programmes: Programmes, today: dt.date, rng: random.Random) -> None:
    """Today's work, through the services."""
    install_own_pods()
    director = member_of(staff.part("director"), today)
    # Who is on the tour begins alone, so that the case is still theirs to play.
    players = [each for each in programmes.members() if each.works_on(today) and each.part not in DRIVE]
    pods = list(Pod.objects.order_by("key"))
    for place, person in enumerate(players[:PLAYERS]):
        attempt = _play(person, pods[place % len(pods)], programmes, today, rng)
        if place < MARKED:
            marks = {
                each.key: Mark(rng.choice((2, 3, 3, 4)), rng.choice(WORDS))
                for each in case_of(attempt.pod.content).rubric
            }
            mark_attempt(attempt, marks, subject=programmes.subject(person), by=director)


def _play(person: Person, pod: Pod, programmes: Programmes, today: dt.date, rng: random.Random) -> PodAttempt:
    """From beginning to end, by chance among the ways that are open."""
    member, case = member_of(person, today), case_of(pod.content)
    before = [rng.randrange(2, 4) for _ in Dimension]
    attempt = begin_attempt(pod, confidence=before, by=member)
    while not (shown := scene(case, attempt.state)).is_over:
        attempt = play_move(attempt, _move(shown, rng), turn=len(attempt.moves), by=member)
    after = [min(5, each + rng.randrange(2)) for each in before]
    return finish_attempt(attempt, confidence=after, subject=programmes.subject(person), by=member)


def _move(shown: Scene, rng: random.Random) -> dict[str, str]:
    """One of the open ways, fields as they stand; ticks where there is nothing else the first."""
    ways = [each.key for each in shown.choices if each.is_open]
    written = {each.name: rng.choice(REASONS) for each in shown.fields if each.kind == "text"}
    if not ways:
        return written or {each.name: "on" for each in shown.fields[:1]}
    filled = {each.name: each.value for each in shown.fields if each.value}
    return {**written, **filled, "choice": rng.choice(ways)}
