"""The choices of pilots."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Arm(models.TextChoices):
    PILOT = "pilot", _("Pilot")
    COMPARISON = "comparison", _("Comparison")


class OutcomeKind(models.TextChoices):
    QUALITY = "quality", _("Quality and safety")
    PATIENT = "patient", _("Patient experience")
    FAMILY = "family", _("Family experience")
    MARGIN = "margin", _("Operating margin")
    WELLBEING = "wellbeing", _("Staff wellbeing")
    OTHER = "other", _("Other")

    @property
    def is_of_people(self) -> bool:
        """What people answered about themselves or their care: how many they are has to be known."""
        return self in {OutcomeKind.PATIENT, OutcomeKind.FAMILY, OutcomeKind.WELLBEING}


class Better(models.TextChoices):
    HIGHER = "higher", _("Higher is better")
    LOWER = "lower", _("Lower is better")


class Every(models.TextChoices):
    """How often an outcome has a value."""

    MONTH = "month", _("Every month")
    QUARTER = "quarter", _("Every quarter")

    @property
    def months(self) -> int:
        return 1 if self == Every.MONTH else 3


class PilotState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    RUNNING = "running", _("Running")
    OVER = "over", _("Over")


class Verdict(models.TextChoices):
    """What an interval says of an outcome."""

    BETTER = "better", _("Better")
    WORSE = "worse", _("Worse")
    UNCLEAR = "unclear", _("No clear difference")
    NO_INTERVAL = "no_interval", _("No interval")
    NOTHING = "nothing", _("Nothing to compare yet")
