"""The choices of succession."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Band(models.TextChoices):
    """When somebody could hold a position (C27). Nobody looked yet: there is no assessment."""

    READY_NOW = "ready_now", _("Ready now")
    ONE_TWO = "one_two", _("In 1–2 years")
    THREE_FIVE = "three_five", _("In 3–5 years")
    LATER = "later", _("Later")


class CandidacyState(models.TextChoices):
    ASKED = "asked", _("Asked")
    MEMBER = "member", _("In the pool")
    DECLINED = "declined", _("Declined")
    LEFT = "left", _("No longer in the pool")


OPEN_STATES = (CandidacyState.ASKED, CandidacyState.MEMBER)


class Proposers(models.TextChoices):
    """Who may propose candidates. Nobody proposes themselves (C9)."""

    OWNER = "owner", _("The pool's owner and HR")
    LEADERS = "leaders", _("Also every leader of a unit")


class Rung(models.IntegerChoices):
    """Of the ladder: so many months before a term ends something is due."""

    REFRESH = 24, _("Refresh the pool")
    OPEN = 12, _("Open the slate")
    SELECT = 6, _("Select")


class ExceptionState(models.TextChoices):
    """Of leave to hold a position beyond its limit, as of a day."""

    WAITING = "waiting", _("Waiting for approval")
    RUNNING = "running", _("Running")
    EXPIRED = "expired", _("Expired")


class ReviewState(models.TextChoices):
    """Of a talent review."""

    PLANNED = "planned", _("Planned")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


class Flag(models.TextChoices):
    """What is missing where a position would fall vacant (R63, R79)."""

    VACANT = "vacant", _("Vacant")
    INTERIM = "interim", _("Held by interim cover")
    OVERDUE = "overdue", _("Term is over")
    ENDING = "ending", _("Term ends within 24 months")
    NO_POOL = "no_pool", _("No pool")
    NO_OWNER = "no_owner", _("Nobody owns the pool")
    NO_READY = "no_ready", _("Nobody ready now")
    SINGLE = "single", _("A single candidate")
    BELOW = "below", _("Below its bench target")
    STALE = "stale", _("Stale ratings")
