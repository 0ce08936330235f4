"""The choices other rooms share."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StampState(models.TextChoices):
    SUBMITTED = "submitted", _("To be verified")
    VERIFIED = "verified", _("Verified")
    DECLINED = "declined", _("Declined")
    REVOKED = "revoked", _("Revoked")


# A claim that waits or a stamp that counts: of these a person has one for a milestone at a time.
ALIVE = (StampState.SUBMITTED, StampState.VERIFIED)


class StampTone(models.TextChoices):
    """The ink of a stamp, one for each dimension by preset; always beside words."""

    TEAL = "teal", _("Teal")
    ROSE = "rose", _("Rose")
    BLUE = "blue", _("Blue")
    VIOLET = "violet", _("Violet")
    GREEN = "green", _("Green")
    AMBER = "amber", _("Amber")


class ReadOf(models.TextChoices):
    """What of somebody's Passport another person looked at."""

    PASSPORT = "passport", _("Passport")
    SCORE = "score", _("How the score is made")
    EVIDENCE = "evidence", _("Evidence of a stamp")
    API = "api", _("Passport, by API")
    LIST = "list", _("A list of people")
    FILE = "file", _("Scores, in a file")
    COACHING = "coaching", _("Coaching")


class PodState(models.TextChoices):
    """Where a version of a pod is: written, played, or kept for the attempts at it."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    RETIRED = "retired", _("Retired")


class PodKind(models.TextChoices):
    """What somebody does in a pod's case."""

    BUDGET = "budget", _("Budget balancing")
    NEGOTIATION = "negotiation", _("Negotiation")
    DECISION = "decision", _("Decisions")


class CapstoneState(models.TextChoices):
    PLANNED = "planned", _("Under way")
    SUBMITTED = "submitted", _("To be verified")
    VERIFIED = "verified", _("Verified")


class PublicationKind(models.TextChoices):
    """What was published; the names are BibTeX's."""

    ARTICLE = "article", _("Article")
    BOOK = "book", _("Book")
    CHAPTER = "chapter", _("Chapter")
    CONFERENCE = "conference", _("Conference paper")
    THESIS = "thesis", _("Thesis")
    OTHER = "other", _("Other")
