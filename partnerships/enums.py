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


class Scale(models.TextChoices):
    """What partners ask themselves (R216); each is a column of an answer."""

    VISION = "vision", _("Shared vision")
    COMMUNICATION = "communication", _("Communication")
    CLARITY = "clarity", _("Role clarity")
    CONFLICT = "conflict", _("Handling conflict")
    TRUST = "trust", _("Trust")


class CheckState(models.TextChoices):
    OPEN = "open", _("Waits for answers")
    REVEALED = "revealed", _("Answered by all")
    CALLED_OFF = "called_off", _("Called off")


class ParticipantKind(models.TextChoices):
    """As what somebody goes through a partnership programme."""

    PARTNER = "partner", _("Partner")
    SPONSOR = "sponsor", _("Executive sponsor")


class AuditPoint(models.TextChoices):
    """When the cultural audit of a partnership programme is held."""

    START = "start", _("At the start")
    END = "end", _("At the end")


class PhaseKind(models.TextChoices):
    """What a year of a partnership programme is made of, in its order."""

    AUDIT_START = "audit_start", _("Cultural audit at the start")
    PROFILING = "profiling", _("Profiling")
    AWAY_DAY = "away_day", _("Away day")
    COACHING = "coaching", _("Coaching for everybody")
    AUDIT_END = "audit_end", _("Cultural audit at the end")
    FOLLOW_UP = "follow_up", _("Follow-up after two years")


class PhaseState(models.TextChoices):
    OPEN = "open", _("To come")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Dropped")


class ArtefactKind(models.TextChoices):
    """What an away day leaves behind."""

    MISSION = "mission", _("Common mission")
    ROLE_MAP = "role_map", _("Role map")


class AnalysisState(models.TextChoices):
    """How far the thematic analysis of an audit has come."""

    PREPARING = "preparing", _("Codebook in work")
    CODING = "coding", _("Two people code")
    SETTLING = "settling", _("Differences are settled")
    RELEASED = "released", _("Told to all who take part")
    ENDED = "ended", _("Ended without findings")


class CoderPart(models.TextChoices):
    """Two code, each alone; a third decides where they do not come to agree."""

    FIRST = "first", _("First coder")
    SECOND = "second", _("Second coder")
    THIRD = "third", _("Third reader")


CODERS = (CoderPart.FIRST, CoderPart.SECOND)
