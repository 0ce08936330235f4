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


class Intent(models.TextChoices):
    """What the holder of a position means to do when the term ends (R68)."""

    UNSAID = "unsaid", _("I would rather not say yet")
    AGAIN = "again", _("Stand again for a further term")
    ROLE = "role", _("Leave for another role")
    PRACTICE = "practice", _("Back to practice")
    AWAY = "away", _("Sabbatical or leave")
    LEAVE = "leave", _("Retire or leave the organisation")


class ExceptionState(models.TextChoices):
    """Of leave to hold a position beyond its limit, as of a day."""

    WAITING = "waiting", _("Waiting for approval")
    RUNNING = "running", _("Running")
    REFUSED = "refused", _("Refused")
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
    LADDER = "ladder", _("Ladder overdue")
    NO_POOL = "no_pool", _("No pool")
    NO_OWNER = "no_owner", _("Nobody owns the pool")
    NO_READY = "no_ready", _("Nobody ready now")
    SINGLE = "single", _("A single candidate")
    BELOW = "below", _("Below its bench target")
    STALE = "stale", _("Stale ratings")
    EXCEPTION = "exception", _("Held by an exception")
    UNPLANNED = "unplanned", _("Filled from outside its pool")


class SelectionState(models.TextChoices):
    """Of the way from a vacancy to an appointment (C26)."""

    PREPARING = "preparing", _("Names and interviews")
    BALLOT = "ballot", _("Ballot")
    SELECTING = "selecting", _("Panel")
    DECIDED = "decided", _("Decided")
    APPOINTED = "appointed", _("Appointed")
    STOPPED = "stopped", _("Stopped")


RUNNING_STATES = (
    SelectionState.PREPARING,
    SelectionState.BALLOT,
    SelectionState.SELECTING,
    SelectionState.DECIDED,
)


class SelectionCause(models.TextChoices):
    LADDER = "ladder", _("The term ends")
    VACANCY = "vacancy", _("The position is vacant")
    PLANNED = "planned", _("A change is planned")


class StandingState(models.TextChoices):
    """Of somebody who could be on a slate."""

    ASKED = "asked", _("Asked")
    STANDING = "standing", _("Stands")
    DECLINED = "declined", _("Said no")
    WITHDRAWN = "withdrawn", _("Withdrew")
    LEFT_OFF = "left_off", _("Not on the slate")
    ON_SLATE = "on_slate", _("On the slate")


class SelectionStep(models.TextChoices):
    """What the public log of a selection tells. Never who voted for whom, or how anybody was scored."""

    OPENED = "opened", _("Opened, the roll of the staff is frozen")
    PANEL = "panel", _("The panel was named")
    RULES = "rules", _("HR changed the rules")
    SHARED = "shared", _("The interviews were shared out")
    BALLOT = "ballot", _("The ballot opened")
    NO_QUORUM = "no_quorum", _("The ballot missed its quorum")
    TIE = "tie", _("The ballot ended in a tie, and is repeated among fewer")
    SLATE = "slate", _("The slate is known")
    BACK = "back", _("Back to names: too few are left on the slate")
    SCORED = "scored", _("All of the panel have scored, and see each other’s scores")
    DECIDED = "decided", _("The panel decided")
    APPOINTED = "appointed", _("Appointed")
    STOPPED = "stopped", _("Stopped")


class Trait(models.TextChoices):
    """What people may say about themselves, and pools are looked at by (C7)."""

    GENDER = "gender", _("Gender")
    ETHNICITY = "ethnicity", _("Ethnic group")
