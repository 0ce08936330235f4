"""The choices other rooms share."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ScoreState(models.TextChoices):
    """What a total says; the values of readiness.score.ReadinessState, with words."""

    ON_TRACK = "on_track", _("On track")
    FLAGGED = "flagged", _("Below the line")
    INSUFFICIENT_EVIDENCE = "insufficient_evidence", _("Insufficient evidence")


class CoachingState(models.TextChoices):
    OPEN = "open", _("To be assigned")
    ASSIGNED = "assigned", _("Assigned")
    CLOSED = "closed", _("Closed")


class CloseReason(models.TextChoices):
    SESSION_HELD = "session_held", _("Coaching session held")
    PLAN_AGREED = "plan_agreed", _("Plan agreed with the person")
    NOT_NEEDED = "not_needed", _("Not needed, as explained")
    SCORE_CORRECTED = "score_corrected", _("Score corrected, no longer below the line")
