"""The choices other rooms share."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Dimension(models.TextChoices):
    """The five dimensions of leadership readiness, in the order used everywhere."""

    STRATEGIC_INSIGHT = "strategic_insight", _("Strategic insight")
    FINANCIAL_ACUMEN = "financial_acumen", _("Financial acumen")
    TEAM_LEADERSHIP = "team_leadership", _("Team leadership")
    GOVERNANCE_EXPERIENCE = "governance_experience", _("Governance experience")
    MENTORSHIP_ENGAGEMENT = "mentorship_engagement", _("Mentorship engagement")


class Behaviour(models.TextChoices):
    """The five leader behaviours of the leader index."""

    INCLUDE = "include", _("Include")
    INFORM = "inform", _("Inform")
    INQUIRE = "inquire", _("Inquire")
    DEVELOP = "develop", _("Develop")
    RECOGNISE = "recognise", _("Recognise")


class ItemPart(models.TextChoices):
    """What an item counts towards: the index itself, or an outcome that is looked at beside it."""

    INDEX = "index", _("Index")
    OUTCOME = "outcome", _("Outcome")


class InstrumentState(models.TextChoices):
    """Only a draft can be changed. What was in use stays as it was answered, in use or retired."""

    DRAFT = "draft", _("Draft")
    ACTIVE = "active", _("In use")
    RETIRED = "retired", _("Retired")


class About(models.TextChoices):
    """Whom or what the answers speak of, as the respondent is told."""

    LEADER = "leader", _("the immediate leader")
    WORKPLACE = "workplace", _("the workplace")
    SELF = "self", _("oneself")


class WaveState(models.TextChoices):
    """A wave moves forward only: in preparation, answers come in, no more come in, results are out."""

    DRAFT = "draft", _("Draft")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")
    PUBLISHED = "published", _("Published")


class Audience(models.TextChoices):
    """Who of the chosen unit or cohort is asked."""

    EVERYBODY = "everybody", _("Everybody")
    LEADERS = "leaders", _("Those who lead a unit")
    MEMBERS = "members", _("Members of a programme")


class Rhythm(models.TextChoices):
    """How often a survey of the calendar comes back."""

    YEARLY = "yearly", _("Each year")
    QUARTERLY = "quarterly", _("Each quarter")


class ImportState(models.TextChoices):
    UPLOADED = "uploaded", _("Columns to be named")
    MAPPED = "mapped", _("To be checked")
    QUEUED = "queued", _("Under way")
    DONE = "done", _("Done")
    REFUSED = "refused", _("Refused")


class CellShown(models.TextChoices):
    """What a reader is told of a cell. Why one is withheld, and whether anybody answered there at all, stays
    with the publisher: of a small group it would tell who took part."""

    PUBLISHED = "published", _("Shown")
    WITHHELD = "withheld", _("Not shown")


class ActionState(models.TextChoices):
    """What became of something agreed."""

    AGREED = "agreed", _("Agreed")
    GOING = "going", _("Still going")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Dropped")


class DebriefState(models.TextChoices):
    """A debrief ends once, with what was agreed. That it is overdue follows from its date."""

    OPEN = "open", _("To be held")
    DONE = "done", _("Held")


class DebriefStanding(models.TextChoices):
    """How a debrief stands on a day, for those who follow them."""

    OPEN = "open", _("To be held")
    OVERDUE = "overdue", _("Overdue")
    HELD = "held", _("Held")
