"""The choices of partnerships."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Part(models.TextChoices):
    """For whom a partner stands: physicians lead, administrators manage, nurse leaders complete a triad."""

    PHYSICIAN = "physician", _("Physician")
    ADMINISTRATOR = "administrator", _("Administrator")
    NURSE = "nurse", _("Nurse leader")


class Decider(models.TextChoices):
    """Who has the last word in a matter."""

    PHYSICIAN = "physician", _("Physician")
    ADMINISTRATOR = "administrator", _("Administrator")
    NURSE = "nurse", _("Nurse leader")
    TOGETHER = "together", _("Together")


class GoalState(models.TextChoices):
    OPEN = "open", _("Under way")
    REACHED = "reached", _("Reached")
    DROPPED = "dropped", _("Dropped")


class ChangeCause(models.TextChoices):
    """What happened to one half."""

    LEFT = "left", _("has left the organisation")
    MOVED = "moved", _("works in another unit now")
    APPOINTMENT = "appointment", _("no longer holds the position")
