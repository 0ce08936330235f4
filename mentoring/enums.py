"""The choices of mentoring."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Tier(models.TextChoices):
    """What a mentor is to a mentee, nearest first."""

    PEER = "peer", _("Peer mentor")
    SENIOR = "senior", _("Senior attending")
    CHAIR = "chair", _("Chair sponsor")


class TagKind(models.TextChoices):
    """What a tag of the taxonomy names."""

    INTEREST = "interest", _("Leadership interest")
    FUNCTION = "function", _("Function")
    SPECIALTY = "specialty", _("Specialty")


class MeetingFormat(models.TextChoices):
    IN_PERSON = "in_person", _("In person")
    VIDEO = "video", _("Video call")
    PHONE = "phone", _("Telephone")


class AvailabilitySource(models.TextChoices):
    """Where a mentor's free half-hours are counted from."""

    WEEKLY = "weekly", _("Weekly hours")
    FEED = "feed", _("Calendar feed")
    FILE = "file", _("Calendar file")


class Initiator(models.TextChoices):
    """Who began a mentorship: one-sided beginnings are a sign of bias (R170)."""

    MATCHER = "matcher", _("Matcher")
    DIRECTOR = "director", _("Programme director")
    MENTOR = "mentor", _("Mentor")
    MENTEE = "mentee", _("Mentee")


class MentorshipState(models.TextChoices):
    """Offered to the mentor, accepted by them, confirmed by the mentee, over; or not come about."""

    OFFERED = "offered", _("Offered to the mentor")
    ACCEPTED = "accepted", _("Accepted, to be confirmed")
    ACTIVE = "active", _("Running")
    ENDED = "ended", _("Ended")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class OverCause(models.TextChoices):
    """Why somebody declined, or why it ended."""

    NO_TIME = "no_time", _("Not enough time at present")
    OTHER_FIT = "other_fit", _("Somebody else would fit better")
    TOO_CLOSE = "too_close", _("We work too closely together, or in one line")
    LEAVING = "leaving", _("A move, a leave or a new post")
    REACHED = "reached", _("We reached what we set out to do")
    TIME_OVER = "time_over", _("The time agreed is over")
    CHANGE = "change", _("A change of mentor")
    NOT_WORKING = "not_working", _("It did not work out")
    OTHER = "other", _("Another reason")
    # These come about by themselves; nobody chooses one.
    LEFT = "left", _("Somebody left the organisation")
    LAPSED = "lapsed", _("Not answered in time")


# The causes that are offered to somebody who declines, and to somebody who ends.
OBSTACLES = (
    OverCause.NO_TIME,
    OverCause.OTHER_FIT,
    OverCause.TOO_CLOSE,
    OverCause.LEAVING,
    OverCause.OTHER,
)
ENDINGS = (
    OverCause.REACHED,
    OverCause.TIME_OVER,
    OverCause.LEAVING,
    OverCause.NOT_WORKING,
    OverCause.OTHER,
)

# A mentee has one a tier that runs, and one that is asked, at most.
ALIVE = frozenset({MentorshipState.OFFERED, MentorshipState.ACCEPTED, MentorshipState.ACTIVE})


class DeliverableState(models.TextChoices):
    OPEN = "open", _("To be done")
    REPORTED = "reported", _("Reported, to be attested")
    COMPLETED = "completed", _("Completed")


class NoteFor(models.TextChoices):
    """Who reads a note of a session."""

    MINE = "mine", _("Only me")
    BOTH = "both", _("Both of us")
    DIRECTOR = "director", _("Both of us, and the programme director")


class RunState(models.TextChoices):
    """A matching: asked for, its inputs frozen, matched; and what became of the proposals."""

    PREPARED = "prepared", _("Waiting to begin")
    RUNNING = "running", _("Being matched")
    DONE = "done", _("Ready to look at")
    FAILED = "failed", _("Could not be matched")
    PUBLISHED = "published", _("Published")
    SUPERSEDED = "superseded", _("Replaced by a later one")


class RunOrigin(models.TextChoices):
    """Who asked for a matching."""

    STUDIO = "studio", _("Programme director")
    QUARTERLY = "quarterly", _("Quarterly refresh")


class ProposalState(models.TextChoices):
    """A pair of a run: proposed, offered to the people, or replaced by the director's choice."""

    PROPOSED = "proposed", _("Proposed")
    PUBLISHED = "published", _("Published")
    REPLACED = "replaced", _("Replaced")


class PairRuleKind(models.TextChoices):
    LOCK = "lock", _("Keep together")
    EXCLUDE = "exclude", _("Keep apart")


class Side(models.TextChoices):
    """Which side of a pair somebody is on."""

    MENTEE = "mentee", _("Mentee")
    MENTOR = "mentor", _("Mentor")


class ExposureKind(models.TextChoices):
    """What a mentor gave a mentee a look at."""

    CHAIR_MEETING = "chair_meeting", _("Shadowed a chair meeting")
    COMMITTEE_SEAT = "committee_seat", _("Took a committee seat")
    INTRODUCED = "introduced", _("Was introduced to a senior leader")
    LED_MEETING = "led_meeting", _("Led a meeting")
    PRESENTED = "presented", _("Presented")
    OTHER = "other", _("Something else")


class ReminderName(models.TextChoices):
    """The three reminders of a quarter's exposure log, in their order."""

    FIRST = "first", _("Two weeks before the quarter ends")
    SECOND = "second", _("After the quarter's end")
    LAST = "last", _("Before the days of grace end")


class ReviewEnd(models.TextChoices):
    """Why the review of a missing log was closed."""

    LOGGED = "logged", _("The log arrived")
    TALKED = "talked", _("Talked with the mentor")
    AWAY = "away", _("The mentor was away")
    NO_OCCASION = "no_occasion", _("There was no occasion")
    ENDED = "ended", _("The mentorship is ended or changed")
