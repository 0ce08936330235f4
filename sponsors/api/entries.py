"""What several endpoints of the clinic show."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from people.rest.entries import ColleagueEntry
from sponsors.enums import Domain, OverCause, SponsorshipState
from sponsors.models import Sponsorship, TeamSeat
from sponsors.permissions import is_one_of

BETWEEN_THE_TWO = ("why", "over_cause", "over_reason", "handover")


class SponsorshipEntry(serializers.ModelSerializer[Sponsorship]):
    """A sponsor and a leader. Words and reasons are the two's: null for whoever sees that it runs.
    The context names the `member` who reads."""

    state = serializers.ChoiceField(choices=SponsorshipState.choices, read_only=True)
    leader = ColleagueEntry(read_only=True)
    sponsor = ColleagueEntry(read_only=True)
    why = serializers.CharField(read_only=True, allow_null=True, help_text="The leader's words.")
    over_cause = serializers.ChoiceField(choices=OverCause.choices, read_only=True, allow_null=True)
    over_reason = serializers.CharField(read_only=True, allow_null=True)
    handover = serializers.CharField(
        read_only=True, allow_null=True, help_text="For the leader and the next sponsor."
    )

    class Meta:
        model = Sponsorship
        fields = [
            *("id", "state", "leader", "sponsor", "why", "asked_on", "started_on", "over_on"),
            *("over_cause", "over_reason", "handover"),
        ]

    def to_representation(self, instance: Sponsorship) -> dict[str, Any]:
        told: dict[str, Any] = super().to_representation(instance)
        told["over_cause"] = told["over_cause"] or None
        if not is_one_of(self.context["member"], instance):
            told |= dict.fromkeys(BETWEEN_THE_TWO, None)
        return told


class TeamSeatEntry(serializers.ModelSerializer[TeamSeat]):
    """A specialist for a domain. The context holds the `seat` of whoever reads, and the `member`."""

    specialist = ColleagueEntry(read_only=True)
    domain = serializers.ChoiceField(choices=Domain.choices, read_only=True)
    need = serializers.SerializerMethodField(
        help_text="What the leader needs them for; null for specialists of other domains."
    )
    start_date = serializers.DateField(read_only=True)
    end_date = serializers.DateField(read_only=True, allow_null=True, help_text="The first day without them.")

    class Meta:
        model = TeamSeat
        fields = ["id", "specialist", "domain", "need", "start_date", "end_date"]

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_need(self, seat: TeamSeat) -> str | None:
        own = seat.specialist_id == self.context["member"].person_id
        return seat.need if own or self.context["seat"].reads_all_domains else None
