"""Figures about the whole organisation that were counted in the night."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.db.models import QuerySet
from django.utils import timezone

from sponsors.enums import NightFiguresOf
from sponsors.models import NightFigures
from tenancy.kept import first_kept

# The night before last may have been late, and this one's has not run yet. Older ones nobody is told.
STALE: Final = dt.timedelta(hours=36)


def night_figures(subject: NightFiguresOf) -> NightFigures | None:
    """The newest; None where none were counted lately, and whoever asks has to count. One query."""
    found = first_kept(_stored, subject)
    return found if found is not None and found.as_of > timezone.now() - STALE else None


def _stored(subject: NightFiguresOf) -> QuerySet[NightFigures]:
    return NightFigures.objects.filter(subject=subject)
