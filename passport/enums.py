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


class FileState(models.TextChoices):
    """Where a file is that somebody handed in: nobody reads it before it is clean."""

    WAITING = "waiting", _("Being checked")
    CLEAN = "clean", _("Checked")
    REFUSED = "refused", _("Refused")


class FileFinding(models.TextChoices):
    """Why a file is refused, in words for whoever handed it in."""

    KIND = "kind", _("It is not a PDF, PNG or JPEG file. Export it as PDF first.")
    MACROS = "macros", _("It can hold macros, which run programs. Export it as PDF.")
    SCRIPT = "script", _("It holds scripts, or other files. Print it as a PDF, or take a picture of it.")
    LOCKED = "locked", _("It cannot be looked into. Save it without a password, and smaller if it is large.")
    MALWARE = "malware", _("The virus scanner found something in it. Have your computer looked at.")
    CHANGED = "changed", _("It is not what was handed in, or is gone. Hand it in again.")


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
    SUMMARY = "summary", _("Promotion summary")


class OutsideState(models.TextChoices):
    """What became of a result that another learning system recorded."""

    CLAIMED = "claimed", _("A claim for the verifiers")
    NOBODY = "nobody", _("Nobody who works here has this address or staff number")
    NO_POD = "no_pod", _("Nobody has said which pod in use this activity is")
    NO_MILESTONE = "no_milestone", _("The pod earns no milestone that is in use")
    NOT_REACHED = "not_reached", _("Says that it was failed or scored, not that it was passed or completed")
    ON_RECORD = "on_record", _("The milestone was claimed or stamped already")


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
