"""Somebody's own pulses, in their archive."""

from __future__ import annotations

from collections.abc import Iterable

from people.archive import adds_part, json_rows
from people.member import Member
from surveys.enums import Dimension
from surveys.models import ConfidencePulse


@adds_part
def pulses(member: Member) -> Iterable[tuple[str, bytes]]:
    rows = ConfidencePulse.objects.filter(person=member.person_id).order_by("quarter")
    yield (
        "surveys/pulses.json",
        json_rows(rows.values("quarter", "answers", *Dimension.values, "answered_at")),
    )
