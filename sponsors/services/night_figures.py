"""Counting over the whole organisation, once a night."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from sponsors.enums import NightFiguresOf
from sponsors.models import NightFigures
from sponsors.queries.accountability import accountability_as_json, accountability_of_everybody
from sponsors.queries.obstacle_report import obstacle_report_as_json, obstacle_report_of_everybody
from sponsors.queries.quality import waits_as_json, waits_of_everybody
from sponsors.queries.sponsorship_overview import sponsored_as_json, sponsored_of_everybody


def count_in_the_night(*, on: dt.date) -> int:
    """In place of the night before. How many subjects there are."""
    told: dict[NightFiguresOf, object] = {
        NightFiguresOf.OBSTACLES: obstacle_report_as_json(obstacle_report_of_everybody(on=on)),
        NightFiguresOf.REVIEWS: accountability_as_json(accountability_of_everybody(on=on)),
        NightFiguresOf.SPONSORS: sponsored_as_json(sponsored_of_everybody(on=on)),
        NightFiguresOf.WAITING: waits_as_json(waits_of_everybody(on=on)),
    }
    now = timezone.now()
    NightFigures.objects.bulk_create(
        [NightFigures(subject=subject, as_of=now, told=words) for subject, words in told.items()],
        update_conflicts=True,
        unique_fields=["organization", "subject"],
        update_fields=["as_of", "told"],
    )
    return len(told)
