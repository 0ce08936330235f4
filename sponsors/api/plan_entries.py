"""What a regimen is made of, as the endpoints show it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from people.rest.entries import ColleagueEntry
from sponsors.enums import ActionKind, ActionState, Domain, Outcome
from sponsors.models import Action, Goal, RegimenChange, RegimenVersion
from sponsors.plan.cautions import Caution
from sponsors.plan.diff import FieldChange, ItemChange
from sponsors.plan.items import PlannedAction

CAUTIONS = serializers.ListField(
    child=serializers.ChoiceField(choices=[(each.value, each.value) for each in Caution])
)


class GoalEntry(serializers.ModelSerializer[Goal]):
    """A goal as the next version will have it; whoever changes it says which `revision` they saw."""

    outcome = serializers.ChoiceField(choices=Outcome.choices, read_only=True)

    class Meta:
        model = Goal
        fields = ["id", "title", "outcome", "revision"]


class ActionEntry(serializers.ModelSerializer[Action]):
    """An action as the next version will have it, and how far it is."""

    goal = serializers.UUIDField(source="goal_id", read_only=True)
    kind = serializers.ChoiceField(choices=ActionKind.choices, read_only=True)
    domain = serializers.SerializerMethodField()
    owner = ColleagueEntry(read_only=True, allow_null=True)
    hours = serializers.FloatField(read_only=True)
    state = serializers.ChoiceField(choices=ActionState.choices, read_only=True)
    came_of_it = serializers.CharField(source="outcome", read_only=True)
    outcome_mark = serializers.CharField(
        read_only=True, help_text="Whoever attests the outcome says by it which one they read."
    )
    diagnosis = serializers.UUIDField(source="diagnosis_id", read_only=True, allow_null=True)
    milestone = serializers.UUIDField(source="milestone_id", read_only=True, allow_null=True)
    attested_by = ColleagueEntry(read_only=True, allow_null=True)

    class Meta:
        model = Action
        fields = [
            *("id", "goal", "title", "kind", "need", "domain", "owner", "hours", "start_on", "due_on"),
            *("evidence", "private", "diagnosis", "revision", "state", "over_on", "came_of_it", "link"),
            *("outcome_mark", "milestone", "attested_by", "attested_at"),
        ]

    @extend_schema_field(serializers.ChoiceField(choices=Domain.choices, allow_null=True))
    def get_domain(self, action: Action) -> str | None:
        return action.domain or None


class PlannedGoalEntry(serializers.Serializer[Any]):
    """A goal of a version."""

    id = serializers.UUIDField(read_only=True)
    title = serializers.CharField(read_only=True)
    outcome = serializers.ChoiceField(choices=Outcome.choices, read_only=True)


class PlannedActionEntry(serializers.Serializer[Any]):
    """An action of a version; `owner` is a person's id."""

    id = serializers.UUIDField(read_only=True)
    goal = serializers.UUIDField(read_only=True)
    title = serializers.CharField(read_only=True)
    kind = serializers.ChoiceField(choices=ActionKind.choices, read_only=True)
    need = serializers.CharField(read_only=True)
    domain = serializers.SerializerMethodField()
    owner = serializers.SerializerMethodField()
    hours = serializers.FloatField(read_only=True)
    start_on = serializers.DateField(read_only=True)
    due_on = serializers.DateField(read_only=True)
    evidence = serializers.CharField(read_only=True)
    private = serializers.BooleanField(read_only=True)

    @extend_schema_field(serializers.ChoiceField(choices=Domain.choices, allow_null=True))
    def get_domain(self, action: PlannedAction) -> str | None:
        return action.domain or None

    @extend_schema_field(serializers.UUIDField(allow_null=True))
    def get_owner(self, action: PlannedAction) -> str | None:
        return action.owner or None


class ReasonEntry(serializers.ModelSerializer[RegimenChange]):
    """Who changed an item, when and why."""

    by = ColleagueEntry(read_only=True)

    class Meta:
        model = RegimenChange
        fields = ["by", "at", "reason"]


class FieldChangeEntry(serializers.Serializer[FieldChange]):
    """Days in ISO form; ids where the field is a goal or an owner."""

    field = serializers.CharField(read_only=True)
    before = serializers.SerializerMethodField()
    after = serializers.SerializerMethodField()

    @extend_schema_field({"type": ["string", "number", "boolean"]})
    def get_before(self, change: FieldChange) -> Any:
        return told(change.before)

    @extend_schema_field({"type": ["string", "number", "boolean"]})
    def get_after(self, change: FieldChange) -> Any:
        return told(change.after)


def told(value: Any) -> Any:
    """As JSON says it."""
    if isinstance(value, dt.date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value


class ItemChangeEntry(serializers.Serializer[Any]):
    """A goal or action that came, went or is otherwise. The context has the `reasons` by item."""

    what = serializers.ChoiceField(choices=["added", "changed", "removed"], read_only=True)
    is_goal = serializers.BooleanField(read_only=True)
    id = serializers.UUIDField(source="item.id", read_only=True)
    title = serializers.CharField(source="item.title", read_only=True)
    fields_changed = FieldChangeEntry(source="fields", many=True, read_only=True)
    reasons = serializers.SerializerMethodField()

    @extend_schema_field(ReasonEntry(many=True))
    def get_reasons(self, change: ItemChange) -> Any:
        return ReasonEntry(self.context["reasons"].get(change.item.id, []), many=True).data


def change_entries(changes: Iterable[ItemChange], reasons: Iterable[RegimenChange]) -> Any:
    """Changes with who wanted them why; reasons of other items are left out."""
    by_item: dict[str, list[RegimenChange]] = {}
    for reason in reasons:
        by_item.setdefault(str(reason.item_id), []).append(reason)
    return ItemChangeEntry(list(changes), many=True, context={"reasons": by_item}).data


class VersionEntry(serializers.ModelSerializer[RegimenVersion]):
    """A version that was published, and when the leader has read it. The context has the `seat` of whoever
    reads: of a part of the plan cautions would say nothing."""

    cautions = serializers.SerializerMethodField()
    published_by = ColleagueEntry(read_only=True)
    acknowledged_at = serializers.SerializerMethodField()

    class Meta:
        model = RegimenVersion
        fields = ["number", "reason", "cautions", "published_by", "published_at", "acknowledged_at"]

    @extend_schema_field(CAUTIONS)
    def get_cautions(self, version: RegimenVersion) -> list[str]:
        return version.cautions if self.context["seat"].reads_all_domains else []

    @extend_schema_field(serializers.DateTimeField(allow_null=True))
    def get_acknowledged_at(self, version: RegimenVersion) -> dt.datetime | None:
        return next((each.at for each in version.acknowledgements.all()), None)
