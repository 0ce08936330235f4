"""A partnership as the endpoints show it: who leads together, and for those inside what they agreed on."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from partnerships.enums import ChangeCause, Decider, GoalState, Part
from partnerships.models import Meeting, Partner, PartnerChange, Partnership, Responsibility, SharedGoal
from people.models import Unit
from people.rest.entries import ColleagueEntry


class LedUnit(serializers.ModelSerializer[Unit]):
    class Meta:
        model = Unit
        fields = ["id", "name"]


class PartnerEntry(serializers.ModelSerializer[Partner]):
    """Somebody's part in it."""

    person = ColleagueEntry(read_only=True)
    part = serializers.ChoiceField(choices=Part.choices, read_only=True)
    end_date = serializers.DateField(read_only=True, allow_null=True, help_text="The first day without them.")

    class Meta:
        model = Partner
        fields = ["id", "person", "part", "start_date", "end_date"]


class PartnershipEntry(serializers.ModelSerializer[Partnership]):
    """Who leads a unit together, which everybody may know."""

    unit = LedUnit(read_only=True)
    is_triad = serializers.BooleanField(read_only=True, help_text="With a nurse leader as the third.")
    partners = PartnerEntry(source="current", many=True, read_only=True)
    end_date = serializers.DateField(
        read_only=True, allow_null=True, help_text="The first day it no longer holds."
    )

    class Meta:
        model = Partnership
        fields = ["id", "unit", "is_triad", "partners", "start_date", "end_date"]


class ShareOfPartner(serializers.Serializer[Any]):
    """How much of somebody's working time it takes, in percent, and all their partnerships together."""

    partner = serializers.UUIDField(read_only=True)
    share = serializers.IntegerField(read_only=True)
    partnerships = serializers.IntegerField(read_only=True)
    all_shares = serializers.IntegerField(read_only=True)
    has_no_clinic = serializers.BooleanField(
        read_only=True, help_text="A physician who leads keeps a clinical practice."
    )


class ChangeEntry(serializers.ModelSerializer[PartnerChange]):
    """What happened to one half, until somebody says how it goes on."""

    person = ColleagueEntry(source="partner.person", read_only=True)
    cause = serializers.ChoiceField(choices=ChangeCause.choices, read_only=True)

    class Meta:
        model = PartnerChange
        fields = ["id", "person", "cause", "noticed_on"]


class MatterEntry(serializers.ModelSerializer[Responsibility]):
    """A matter, and who has the last word in it."""

    decider = serializers.ChoiceField(choices=Decider.choices, read_only=True)

    class Meta:
        model = Responsibility
        fields = ["id", "matter", "decider"]


class SharedGoalEntry(serializers.ModelSerializer[SharedGoal]):
    state = serializers.ChoiceField(choices=GoalState.choices, read_only=True)
    over_on = serializers.DateField(read_only=True, allow_null=True)

    class Meta:
        model = SharedGoal
        fields = ["id", "title", "due_on", "state", "over_on"]


class MeetingFigures(serializers.Serializer[Any]):
    count = serializers.IntegerField(read_only=True)
    minutes = serializers.IntegerField(read_only=True)


class AgreedEntry(serializers.Serializer[Any]):
    """What the partners agreed on, and how it goes."""

    charter = serializers.CharField(read_only=True)
    revision = serializers.IntegerField(read_only=True, help_text="Of the charter.")
    shares = ShareOfPartner(many=True, read_only=True)
    former = PartnerEntry(many=True, read_only=True)
    changes = ChangeEntry(many=True, read_only=True)
    matters = MatterEntry(many=True, read_only=True)
    goals = SharedGoalEntry(many=True, read_only=True)
    met_lately = MeetingFigures(read_only=True, help_text="In 90 days.")


class PartnershipDetail(PartnershipEntry):
    """The context holds what was `agreed`, for whoever may read it."""

    agreed = serializers.SerializerMethodField(
        help_text="For the partners, HR admins and executives; null for everybody else."
    )

    class Meta(PartnershipEntry.Meta):
        fields = [*PartnershipEntry.Meta.fields, "agreed"]

    @extend_schema_field(AgreedEntry(allow_null=True))
    def get_agreed(self, partnership: Partnership) -> dict[str, Any] | None:
        agreed = self.context["agreed"]
        return None if agreed is None else AgreedEntry(agreed).data


class MeetingEntry(serializers.ModelSerializer[Meeting]):
    """A line of the log. The context says whether a partner reads."""

    words = serializers.SerializerMethodField(help_text="The partners' own; null for everybody else.")

    class Meta:
        model = Meeting
        fields = ["id", "held_on", "minutes", "words"]

    def get_words(self, meeting: Meeting) -> str | None:
        return meeting.words if self.context["is_partner"] else None
