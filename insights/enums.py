"""The choices of the insights."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Lack(models.TextChoices):
    """What somebody who leads was not given."""

    TIME = "time", _("Little time to lead")
    SPAN = "span", _("Many to lead")
    PARTNER = "partner", _("No partner")
    ONBOARDING = "onboarding", _("No onboarding")
    SPONSOR = "sponsor", _("No sponsor")

    @property
    def given(self) -> Promise:
        """The same where it is not lacking."""
        return {
            Lack.TIME: _("Time to lead"),
            Lack.SPAN: _("No more people than one can lead"),
            Lack.PARTNER: _("A partner"),
            Lack.ONBOARDING: _("Onboarding, or none needed"),
            Lack.SPONSOR: _("A sponsor"),
        }[self]


class EvidenceSource(models.TextChoices):
    """What the product can count for a requirement of a standard."""

    MENTORED = "mentored", _("Physicians with a mentor, and mentoring hours")
    MENTORING = "mentoring", _("Mentoring in the programmes")
    MILESTONES = "milestones", _("Milestones earned, by stage")
    READINESS = "readiness", _("Readiness scores published")
    SURVEYS = "surveys", _("Leader surveys published, with response rate")
    SPONSORSHIPS = "sponsorships", _("Sponsorships")
    REGIMENS = "regimens", _("Regimens reviewed")
    GATES = "gates", _("Onboarding gates decided")
    PARTNERSHIPS = "partnerships", _("Partnerships that lead a unit")
    POOLS = "pools", _("Positions with a pool, and ready now")
    SELECTIONS = "selections", _("Selections completed, with interview coverage")
    LEADERSHIP = "leadership", _("Who leads, by profession")


class Structure(models.TextChoices):
    """How the leadership of a unit is arranged."""

    SINGLE = "single", _("Single leader")
    DYAD = "dyad", _("Dyad")
    TRIAD = "triad", _("Triad")
    SHARED = "shared", _("Several, without a partnership")
    NONE = "none", _("Nobody leads it")


class Scale(models.TextChoices):
    """What a role pulse measures, in the order in which sql/role_pulse.sql adds its items up."""

    STRAIN = "strain", _("Role strain")
    SIDE = "side", _("Gone over to the other side")
    COMMITMENT = "commitment", _("Commitment")
    STRUCTURE = "structure", _("The structure works")
    RELATIONS = "relations", _("Deciding together")


class GroupedBy(models.TextChoices):
    """Of whom a figure of a role pulse is told."""

    ALL = "all", _("Everybody who answered")
    PROFESSION = "profession", _("By profession")
    STRUCTURE = "structure", _("By structure of the unit")


class Measure(models.TextChoices):
    """What organisations tell each other."""

    LEADS = "leads", _("Staff who lead, by profession")
    POSITIONS = "positions", _("Titled positions, by profession of who holds them")
    POOLED = "pooled", _("Positions with a pool")
    READY = "ready", _("Positions with somebody ready now")
    INDEX = "index", _("Leader index of everybody")
    ROLE = "role", _("Role pulse of everybody who leads")

    @property
    def is_share(self) -> bool:
        return self not in {Measure.INDEX, Measure.ROLE}
