"""The choices other rooms share."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Profession(models.TextChoices):
    PHYSICIAN = "physician", _("Physician")
    NURSE = "nurse", _("Nurse")
    ADMINISTRATOR = "administrator", _("Administrator")
    PHARMACIST = "pharmacist", _("Pharmacist")
    ALLIED = "allied", _("Allied health professional")
    OTHER = "other", _("Other")


class CareerStage(models.TextChoices):
    RESIDENT = "resident", _("Resident")
    FELLOW = "fellow", _("Fellow")
    EARLY_ATTENDING = "early_attending", _("Early-career attending")
    ATTENDING = "attending", _("Attending")
    NONE = "none", _("Not in a stage")


class UnitKind(models.TextChoices):
    ORGANISATION = "organisation", _("Organisation")
    SITE = "site", _("Site")
    DIVISION = "division", _("Division")
    DEPARTMENT = "department", _("Department")
    MICROSYSTEM = "microsystem", _("Clinical microsystem")


class PositionType(models.TextChoices):
    CHIEF_EXECUTIVE = "chief_executive", _("Chief executive")
    DEAN = "dean", _("Dean")
    MEDICAL_DIRECTOR = "medical_director", _("Medical director")
    DEPARTMENT_CHAIR = "department_chair", _("Department chair")
    DIVISION_CHAIR = "division_chair", _("Division chair")
    NURSE_LEADER = "nurse_leader", _("Nurse leader")
    ADMINISTRATOR = "administrator", _("Administrator")
    OTHER = "other", _("Other")


class Role(models.TextChoices):
    """Roles an organisation grants. Manager, incumbent and their like are derived, never granted."""

    ORGANIZATION_ADMIN = "organization_admin", _("Organisation admin")
    HR_ADMIN = "hr_admin", _("HR admin")
    PROGRAMME_DIRECTOR = "programme_director", _("Programme director")
    SURVEY_STEWARD = "survey_steward", _("Survey steward")
    EXECUTIVE = "executive", _("Executive")
    AUDITOR = "auditor", _("Auditor")


class TokenPurpose(models.TextChoices):
    """What an API token opens, of all that its person may."""

    ANYTHING = "", _("Everything that I may")
    HR_SYNC = "hr_sync", _("An HR system: stamps and readiness scores of everybody, nothing else")
    LEARNING = "learning", _("A learning system: hands in results of skill pods, reads nothing")


class TokenEnd(models.TextChoices):
    """Why an API token was revoked, in words for its person."""

    OWNER = "owner", _("You revoked it")
    PASSWORD = "password", _("Your password was changed")
    ACCESS = "access", _("Your access was ended")


class DeliveryState(models.TextChoices):
    """Where an event is on its way to a webhook."""

    WAITING = "waiting", _("On its way")
    DONE = "done", _("Delivered")
    FAILED = "failed", _("Given up")
    DROPPED = "dropped", _("Not sent: switched off")


class WebhookTrouble(models.TextChoices):
    """Why an event was not delivered, in words for the organisation's admin."""

    PRIVATE = "private", _("The address leads to a private network.")
    UNKNOWN = "unknown", _("Nothing is known under the address's name.")
    SLOW = "slow", _("It did not answer within ten seconds.")
    BROKE_OFF = "broke_off", _("It could not be reached, or it broke off.")
    NO_PROOF = "no_proof", _("It did not prove that it is the one in the address (certificate).")
    ANSWER = "answer", _("It answered that it did not take it.")


class ImportKind(models.TextChoices):
    """What a file can bring in."""

    UNITS = "units", _("Units")
    PEOPLE = "people", _("People")
    LINES = "lines", _("Reporting lines")
    POSITIONS = "positions", _("Positions")
    APPOINTMENTS = "appointments", _("Appointments")


class ImportState(models.TextChoices):
    UPLOADED = "uploaded", _("uploaded")  # columns are to be matched
    CHECKING = "checking", _("being checked")
    FAULTY = "faulty", _("needs corrections")
    CHECKED = "checked", _("ready to apply")
    APPLYING = "applying", _("being applied")
    APPLIED = "applied", _("applied")
    UNDOING = "undoing", _("being undone")
    UNDONE = "undone", _("undone")
    DISCARDED = "discarded", _("discarded")


class DateOrder(models.TextChoices):
    """How a file writes dates that are not 2026-03-31."""

    YMD = "ymd", _("year-month-day (2026-03-31)")
    DMY = "dmy", _("day/month/year (31/03/2026)")
    MDY = "mdy", _("month/day/year (03/31/2026)")
