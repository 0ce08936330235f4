"""What the REST API tells of a matching: the rule it followed, how far it is, its figures."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from mentoring.enums import RunOrigin, RunState, Tier
from mentoring.figures.runs import is_proven
from mentoring.models import MatchRun
from mentoring.queries.runs import FINISHED, left_out_causes, pair_counts
from mentoring.run_progress import progress_of_run
from mentoring.wording_of_pairs import CAUSES, NEXT_STEPS
from people.models import Cohort
from people.rest.entries import ColleagueEntry

AIMS = ("stable", "highest_total", "fairest")
SCORES = ("mean", "worst", "total")


class CohortName(serializers.ModelSerializer[Cohort]):
    class Meta:
        model = Cohort
        fields = ["id", "name"]


class RunRule(serializers.Serializer[Any]):
    """What the matching followed; shares from 0 to 1."""

    interest = serializers.FloatField(read_only=True)
    availability = serializers.FloatField(read_only=True)
    past_success = serializers.FloatField(read_only=True)
    bar = serializers.FloatField(read_only=True)
    stickiness = serializers.FloatField(read_only=True)
    floor = serializers.FloatField(read_only=True)


class RunEntry(serializers.ModelSerializer[MatchRun]):
    cohort = CohortName(read_only=True)
    tiers = serializers.ListField(child=serializers.ChoiceField(choices=Tier.choices), read_only=True)
    origin = serializers.ChoiceField(choices=RunOrigin.choices, read_only=True)
    state = serializers.ChoiceField(choices=RunState.choices, read_only=True)
    rule = RunRule(read_only=True)
    requested_by = ColleagueEntry(read_only=True, allow_null=True)

    class Meta:
        model = MatchRun
        fields = [
            *("id", "cohort", "tiers", "cycle", "origin", "state", "note", "rule", "problem"),
            *("requested_by", "requested_at", "finished_at", "published_at"),
        ]


class ProgressEntry(serializers.Serializer[Any]):
    state = serializers.ChoiceField(
        choices=["waiting", "done", "parked"],
        read_only=True,
        help_text="Parked: it did not work several times; an organisation admin can try again.",
    )
    words = serializers.CharField(read_only=True, help_text="What it is at; empty where it told nothing.")


class CountsEntry(serializers.Serializer[Any]):
    """Pairs: all, still to publish, above the bar, changed by a director, held back."""

    pairs = serializers.IntegerField(read_only=True)
    proposed = serializers.IntegerField(read_only=True)
    above_bar = serializers.IntegerField(read_only=True)
    overridden = serializers.IntegerField(read_only=True)
    withheld = serializers.IntegerField(read_only=True)


class Measured(serializers.Serializer[Any]):
    """An assignment in figures. Scores in points of 100, null where nobody has a mentor."""

    mentees = serializers.IntegerField(read_only=True)
    covered = serializers.IntegerField(read_only=True)
    total = serializers.FloatField(read_only=True)
    mean = serializers.FloatField(read_only=True, allow_null=True)
    worst = serializers.FloatField(read_only=True, allow_null=True)
    full = serializers.IntegerField(read_only=True, help_text="Mentors without a free place.")
    most_load = serializers.IntegerField(read_only=True, help_text="Mentees of whoever has most.")
    changed = serializers.IntegerField(read_only=True, help_text="Running pairs that change.")
    ended = serializers.IntegerField(read_only=True, help_text="Running pairs that end without another.")
    blocking = serializers.IntegerField(read_only=True, help_text="Pairs that would rather swap.")

    def to_representation(self, instance: dict[str, Any]) -> dict[str, Any]:
        someone = bool(instance["covered"])
        points = {name: instance[name] / 100 if someone else None for name in SCORES}
        return super().to_representation({**instance, **points, "total": instance["total"] / 100})


class TierFigures(serializers.Serializer[Any]):
    """A tier of the matching beside what runs now, and what other aims would give."""

    tier = serializers.ChoiceField(choices=Tier.choices, read_only=True)
    proven = serializers.BooleanField(read_only=True, help_text="No other choice is better.")
    matched = Measured(read_only=True)
    now = Measured(read_only=True)
    stable = Measured(read_only=True, allow_null=True, help_text="If no two people would rather swap.")
    highest_total = Measured(
        read_only=True, allow_null=True, help_text="If the sum came before covering everybody."
    )
    fairest = Measured(read_only=True, allow_null=True, help_text="If the lowest score were highest.")


class CauseEntry(serializers.Serializer[Any]):
    """Why mentees got nobody in a tier, and what can be done."""

    tier = serializers.ChoiceField(choices=Tier.choices, read_only=True)
    cause = serializers.CharField(read_only=True)
    words = serializers.CharField(read_only=True)
    next_step = serializers.CharField(read_only=True)
    mentees = serializers.IntegerField(read_only=True)


class RunDetail(RunEntry):
    """With what came out of it: nothing until it is finished."""

    published_by = ColleagueEntry(read_only=True, allow_null=True)
    progress = serializers.SerializerMethodField()
    counts = serializers.SerializerMethodField()
    figures = serializers.SerializerMethodField()
    left_out = serializers.SerializerMethodField()

    class Meta(RunEntry.Meta):
        fields = [
            *RunEntry.Meta.fields,
            *("published_by", "input_hash", "code_version", "progress", "counts", "figures", "left_out"),
        ]

    @extend_schema_field(ProgressEntry)
    def get_progress(self, run: MatchRun) -> dict[str, Any]:
        progress, told = progress_of_run(run)
        return {"state": progress.state, "words": str(told or "")}

    @extend_schema_field(CountsEntry(allow_null=True))
    def get_counts(self, run: MatchRun) -> dict[str, int] | None:
        return asdict(pair_counts(run)) if run.state in FINISHED else None

    @extend_schema_field(TierFigures(many=True))
    def get_figures(self, run: MatchRun) -> list[dict[str, Any]]:
        tiers: dict[str, dict[str, Any]] = run.figures.get("tiers", {})
        rows = [
            {
                "tier": tier,
                "proven": is_proven(run, tier),
                "matched": tiers[tier],
                "now": tiers[tier]["before"],
                **{aim: tiers[tier].get(aim) for aim in AIMS},
            }
            for tier in run.tiers
            if tier in tiers
        ]
        return [dict(TierFigures(row).data) for row in rows]

    @extend_schema_field(CauseEntry(many=True))
    def get_left_out(self, run: MatchRun) -> list[dict[str, Any]]:
        return [
            {
                "tier": tier,
                "cause": cause,
                "words": str(CAUSES.get(cause, cause)),
                "next_step": str(NEXT_STEPS.get(cause, "")),
                "mentees": number,
            }
            for tier, cause, number in left_out_causes(run)
        ]
