"""The choices other rooms share."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SponsorshipState(models.TextChoices):
    """Asked for by the leader, running from the sponsor's yes; or not come about."""

    ASKED = "asked", _("Asked, not answered yet")
    ACTIVE = "active", _("Running")
    ENDED = "ended", _("Ended")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class OverCause(models.TextChoices):
    """Why a sponsor declined, or why a sponsorship ended (R132)."""

    NO_TIME = "no_time", _("Not enough time at present")
    OTHER_FIT = "other_fit", _("Somebody else would fit better")
    TOO_CLOSE = "too_close", _("We work too closely together")
    LEAVING = "leaving", _("A move, a leave or a new post")
    HAND_OVER = "hand_over", _("Handed over to another sponsor")
    NOT_WORKING = "not_working", _("It did not work out")
    OTHER = "other", _("Another reason")


# Of which whoever declines, and whoever ends, chooses one.
OBSTACLES = (OverCause.NO_TIME, OverCause.OTHER_FIT, OverCause.TOO_CLOSE, OverCause.LEAVING, OverCause.OTHER)
ENDINGS = (OverCause.LEAVING, OverCause.NO_TIME, OverCause.NOT_WORKING, OverCause.OTHER)


class ObstacleKind(models.TextChoices):
    """What stands in a leader's way, whoever meets it: an onboarding that is extended or ends, a support
    that is asked for (R132, R83, R35)."""

    TIME = "time", _("Pressure of work and time")
    STATUS = "status", _("How leadership work is regarded")
    CAREER = "career", _("No career structure")
    UPWARD = "upward", _("Pressure to look upwards instead of to patients and staff")
    POLITICS = "politics", _("Politics and resistance")
    SUPPORT = "support", _("Too little training, development or support")
    ROLE = "role", _("An unclear role or an uneven partnership")
    FIT = "fit", _("The work does not suit the person")
    LIFE = "life", _("Health, family or a move")
    OTHER = "other", _("Something else")


class Domain(models.TextChoices):
    """What a specialist of the team looks after."""

    COACHING = "coaching", _("Coaching")
    FINANCE = "finance", _("Finance")
    QUALITY = "quality", _("Quality and safety")
    PEOPLE = "people", _("Human resources")
    LEARNING = "learning", _("Learning and development")
    CLINICAL = "clinical", _("Clinical peer")


class Outcome(models.TextChoices):
    """What a goal is for: leaders are needed who help align, execute and renew (R33)."""

    ALIGN = "align", _("Align")
    EXECUTE = "execute", _("Execute")
    RENEW = "renew", _("Renew")


class ActionKind(models.TextChoices):
    EXPERIENCE = "experience", _("Experience")
    EXPOSURE = "exposure", _("Exposure")
    PROJECT = "project", _("Project")
    COACHING = "coaching", _("Coaching")
    MENTORING = "mentoring", _("Mentoring")
    POD = "pod", _("Skill pod")
    TRAINING = "training", _("Training")


class ActionState(models.TextChoices):
    OPEN = "open", _("To begin")
    STARTED = "started", _("Under way")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Dropped")


class Compartment(models.TextChoices):
    """Who reads an action and what came of it (C3). Upwards it is the leader who lets it go."""

    PRIVATE = "private", _("Leader and sponsor")
    SHARED = "shared", _("The team")
    ATTESTED = "attested", _("The Passport")


class CompetencyGroup(models.TextChoices):
    """Where a leader's work happens, from the inside out."""

    YOURSELF = "yourself", _("Yourself")
    PEOPLE = "people", _("Your people")
    SERVICE = "service", _("Your service")
    WHOLE = "whole", _("The whole system")


class OutsideFramework(models.TextChoices):
    """Whose headings a competency can be mapped to. Names alone: their texts are licensed."""

    NHS = "nhs", _("NHS Healthcare Leadership Model")
    FMLM = "fmlm", _("FMLM Leadership and management standards")
    ACGME = "acgme", _("ACGME Core competencies")


class Decision(models.TextChoices):
    """What a review comes to."""

    CONTINUE = "continue", _("Continue")
    ADJUST = "adjust", _("Adjust")
    STEP_UP = "step_up", _("Step up")
    STOP = "stop", _("Stop")


class ReviewCause(models.TextChoices):
    """A challenge of the next level, which calls a review early."""

    ROLE = "role", _("A new role")
    SCOPE = "scope", _("A new scope")
    PROJECT = "project", _("A new project")


class EvidenceKind(models.TextChoices):
    """What a case conference looks at."""

    INDEX = "index", _("Leader index")
    SCORE = "score", _("Readiness Score")
    INTAKE = "intake", _("Theme of the intake")
    PASSPORT = "passport", _("Passport")
    OBSERVATION = "observation", _("Observation")


class DiagnosisKind(models.TextChoices):
    """What to build on, and what to work at: two lists, never one mark."""

    OPPORTUNITY = "opportunity", _("Opportunity")
    AREA = "area", _("Area for development")


class Relation(models.TextChoices):
    """What somebody who is asked about a leader is or was to them."""

    SELF = "self", _("Oneself")
    MANAGER = "manager", _("Immediate leader, of now or before")
    COWORKER = "coworker", _("Coworker")
    REPORT = "report", _("Report, of now or before")


class RequestState(models.TextChoices):
    """Whether it was answered. What the answer says, and when it was given, is kept nowhere near."""

    ASKED = "asked", _("Not answered yet")
    ANSWERED = "answered", _("Answered")
    DECLINED = "declined", _("Declined")


class Source(models.TextChoices):
    """Under whose name or group a remark is shown. Colleagues: several groups in one, each too small."""

    SELF = "self", _("Oneself")
    MANAGER = "manager", _("Immediate leader")
    COWORKER = "coworker", _("Coworkers")
    REPORT = "report", _("Reports")
    COLLEAGUE = "colleague", _("Colleagues")


class Aspect(models.TextChoices):
    STRENGTH = "strength", _("Strengths")
    OPPORTUNITY = "opportunity", _("Opportunities")
    DEVELOPMENT = "development", _("Areas for development")


class SessionState(models.TextChoices):
    """What became of a coaching session."""

    PLANNED = "planned", _("Planned")
    HELD = "held", _("Held")
    MISSED = "missed", _("Missed")
    CANCELLED = "cancelled", _("Cancelled")


class OnboardingState(models.TextChoices):
    """Three years with a gate each; over with the last decision, or stopped for a reason outside of it."""

    RUNNING = "running", _("Running")
    PERMANENT = "permanent", _("Permanent")
    LEFT = "left", _("Left the post")
    STOPPED = "stopped", _("Stopped")


class GateItemKind(models.TextChoices):
    """What a leader shows at a gate (R88, R89)."""

    ASSESSMENT = "assessment", _("Assessment of emotional intelligence")
    SIMULATION = "simulation", _("Simulation")
    PROJECT = "project", _("Quality project")
    KNOWLEDGE = "knowledge", _("Core knowledge")


# What stays between leader and sponsor; all others learn that it is there.
PRIVATE_ITEMS = frozenset({GateItemKind.ASSESSMENT})


class ProofState(models.TextChoices):
    """What a leader shows, and what the sponsor or the immediate leader said to it."""

    SHOWN = "shown", _("Waits to be confirmed")
    CONFIRMED = "confirmed", _("Confirmed")
    RETURNED = "returned", _("Sent back")


class Part(models.TextChoices):
    """As what somebody recommends."""

    SPONSOR = "sponsor", _("Sponsor")
    MANAGER = "manager", _("Immediate leader")


class GateDecision(models.TextChoices):
    """What a gate comes to (C25)."""

    GO_ON = "go_on", _("Go on to the next year")
    PERMANENT = "permanent", _("Permanent appointment")
    EXTEND = "extend", _("Extend")
    LEAVE = "leave", _("Leave the post")


class ObstacleState(models.TextChoices):
    """Somebody has to remove it; it is gone; or all live with it, and say why."""

    OPEN = "open", _("To be removed")
    REMOVED = "removed", _("Removed")
    ACCEPTED = "accepted", _("Accepted as it is")


class ObstacleAct(models.TextChoices):
    """What was done about an obstacle."""

    RAISED = "raised", _("Raised")
    CHANGED = "changed", _("Owner or day changed")
    REMOVED = "removed", _("Removed")
    ACCEPTED = "accepted", _("Accepted as it is")
    REOPENED = "reopened", _("Open again")


class ContactReaders(models.TextChoices):
    """Who reads a contact beside its author, by the seats of the clinic it stands in."""

    MINE = "mine", _("I alone")
    PRIVATE = "private", _("Leader and sponsor")
    TEAM = "team", _("The leader and the team")


class NightFiguresOf(models.TextChoices):
    """What is counted over the whole organisation each night."""

    OBSTACLES = "obstacles", _("Obstacles")
    REVIEWS = "reviews", _("Reviews")
    WAITING = "waiting", _("Waiting times")
    SPONSORS = "sponsors", _("Sponsors and their places")
