"""Stamps as an HR system follows them: each that was earned, and each that was revoked since."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from passport.api import MilestoneEntry
from passport.enums import ReadOf
from passport.models import Stamp, StampChange
from passport.reads import record_reads
from people.rest.delta import GONE, LAST, DeltaEntry, DeltaQuestion, DeltaView, HolderEntry, Position
from tenancy.feeds import number_what_waits


class FollowedStamp(serializers.ModelSerializer[Stamp]):
    """A stamp, verified or revoked, without its evidence."""

    person = HolderEntry(read_only=True)
    milestone = MilestoneEntry(read_only=True)

    class Meta:
        model = Stamp
        fields = [
            "id",
            "person",
            "milestone",
            "state",
            "earned_on",
            "prior_learning",
            "decided_at",
            "revoked_at",
        ]


class FollowedStamps(DeltaEntry):
    """Stamps that were earned or revoked since the last call."""

    results = FollowedStamp(many=True, read_only=True)


class StampFeedView(DeltaView):
    feed = "stamps"
    entry = FollowedStamps

    @extend_schema(
        operation_id="followed_stamps",
        summary="Stamps earned and revoked since the last call",
        description="For HR admins, with a token of theirs or one for an HR system. The holders see who.",
        tags=["HR systems"],
        parameters=[DeltaQuestion],
        responses={200: FollowedStamps, **GONE},
    )
    def get(self, request: Request) -> Response:
        return self.answer(request)

    def page(self, since: Position, size: int) -> Sequence[tuple[Position, Stamp]]:
        number_what_waits(StampChange)
        changes = (
            StampChange.objects.filter(number__gt=since.number)
            .order_by("number")
            .select_related("stamp__person", "stamp__milestone__stage")
        )
        return [(Position(change.number or 0, LAST), change.stamp) for change in changes[: size + 1]]

    def note(self, shown: Sequence[Any]) -> None:
        record_reads({stamp.person_id for stamp in shown}, ReadOf.API, by=self.member)
