"""From a run's frozen profiles to its proposals: the blind part decides, this one writes it down."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Final
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentoring.blind.outcome import Choice, FoundPair, Other, Outcome, hash_of, solve
from mentoring.blind.profiles import Inputs, UnkeptLock, read_profiles, unkept_locks
from mentoring.enums import RunOrigin, RunState, Tier
from mentoring.matching.version import code_version
from mentoring.models import LeftOut, MatchProfile, MatchRun, Proposal
from mentoring.notices import runs as notices
from mentoring.services.runs import fail_run
from mentoring.wording_of_pairs import LOCK_REASONS, sentence_of, why_not
from people.notices import notify
from people.queries import names_of
from tenancy.jobs.progress import Progress, tell_progress

PHASES: Final = {
    "scores": gettext_lazy("scoring every pair"),
    "flow": gettext_lazy("finding the best assignment"),
    "proof": gettext_lazy("proving that no other is better"),
    "done": gettext_lazy("matched"),
    "figures": gettext_lazy("comparing with other aims"),
}
AT_ONCE: Final = 2_000


class UnseenProfilesError(RuntimeError):
    """What was frozen and what the blind login reads differ."""


def match_run(run: MatchRun) -> dict[str, object]:
    """Match a run whose profiles are frozen, and write its proposals; a second call does nothing."""
    if run.state != RunState.RUNNING:
        return {"state": run.state}
    profiles = read_profiles(run.pk)
    if len(profiles) != MatchProfile.objects.filter(run=run).count():
        raise UnseenProfilesError("The matcher's login does not see what was frozen: is it committed?")
    inputs = Inputs(tuple(run.tiers), run.cycle, run.rule, profiles)
    people = {
        str(key): person for key, person in MatchProfile.objects.filter(run=run).values_list("key", "person")
    }
    if unkept := unkept_locks(inputs):
        fail_run(run, _unkept_words(unkept, people))
        return {"state": run.state}
    outcome = solve(inputs, _tell)
    _write(run, inputs, outcome, people)
    run.state, run.finished_at = RunState.DONE, timezone.now()
    run.input_hash, run.code_version = hash_of(inputs), code_version()
    run.proof, run.figures = outcome.proof, run.figures | {"tiers": outcome.figures}
    run.save(update_fields=["state", "finished_at", "input_hash", "code_version", "proof", "figures"])
    if run.origin == RunOrigin.STUDIO and run.requested_by_id:
        notify([run.requested_by_id], notices.run_ready(run.pk, run.cohort.name))
    return {"state": run.state, "pairs": len(outcome.pairs), "left_out": len(outcome.missed)}


def _tell(tier: str, phase: str, share: float) -> None:
    words = _("%(tier)s: %(phase)s") % {"tier": Tier(tier).label, "phase": PHASES.get(phase, phase)}
    tell_progress(Progress(round(100 * share), 100, words))


def _unkept_words(unkept: list[UnkeptLock], people: dict[str, UUID]) -> str:
    """Which lock cannot be kept and why; how many others, where there are any."""
    first = unkept[0]
    names = names_of([people[key] for key in (first.mentee, first.mentor) if key in people])
    reason = _("; ").join(str(LOCK_REASONS.get(each, each)) for each in first.reasons)
    words = _("%(mentee)s cannot be kept together with %(mentor)s as %(tier)s: %(reason)s.") % {
        "mentee": names.get(people[first.mentee], ""),
        "mentor": names.get(people[first.mentor], "")
        if first.mentor in people
        else _("somebody unavailable"),
        "tier": Tier(first.tier).label,
        "reason": reason,
    }
    return words + (" " + _("And %(number)d more.") % {"number": len(unkept) - 1} if len(unkept) > 1 else "")


def _write(run: MatchRun, inputs: Inputs, outcome: Outcome, people: dict[str, UUID]) -> None:
    told = _Sentences(inputs, run.figures.get("tags", []))
    Proposal.objects.bulk_create(
        [_proposal(run, pair, people, told) for pair in outcome.pairs], batch_size=AT_ONCE
    )
    LeftOut.objects.bulk_create(
        [
            LeftOut(
                run=run,
                mentee_id=people[one.mentee],
                tier=one.tier,
                cause=one.cause,
                kept_apart=one.kept_apart,
            )
            for one in outcome.missed
        ],
        batch_size=AT_ONCE,
    )


def _proposal(run: MatchRun, pair: FoundPair, people: dict[str, UUID], told: _Sentences) -> Proposal:
    return Proposal(
        run=run,
        mentee_id=people[pair.mentee],
        mentor_id=people[pair.chosen.mentor],
        tier=pair.tier,
        running=pair.running,
        sentence=told.of(pair.tier, pair.mentee, pair.chosen),
        alternatives=[_alternative(pair, other, people, told) for other in pair.alternatives],
        **asdict(pair.chosen.parts),
    )


def _alternative(pair: FoundPair, other: Other, people: dict[str, UUID], told: _Sentences) -> dict[str, Any]:
    """A next best mentor, with all that a director needs to choose them instead."""
    return {
        **asdict(other.choice.parts),
        "mentor": str(people[other.choice.mentor]),
        "why": why_not(other.why, other.choice.parts.score - pair.chosen.parts.score, other.loss),
        "open": other.open,
        "sentence": told.of(pair.tier, pair.mentee, other.choice),
    }


class _Sentences:
    """Why pairs fit, in words, from the frozen profiles and the names of their tags."""

    def __init__(self, inputs: Inputs, tags: list[str]) -> None:
        self._names = tags
        self._of = {(one.side, one.tier, one.key): one for one in inputs.profiles}

    def of(self, tier: str, mentee: str, choice: Choice) -> str:
        seeks, offers = self._of["mentee", tier, mentee], self._of["mentor", tier, choice.mentor]
        weights = dict(zip(seeks.tags, seeks.tag_weights, strict=True))
        shared = sorted(set(seeks.tags) & set(offers.tags), key=lambda number: (-weights[number], number))
        names = [self._names[number] for number in shared if number < len(self._names)]
        return sentence_of(
            names,
            len(seeks.tags),
            choice.parts.free_slots,
            choice.parts.satisfaction,
            rated=offers.rating_count > 0,
        )
