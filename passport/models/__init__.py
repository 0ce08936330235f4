"""The tables of the Passport, split by noun."""

from passport.models.holders import PassportHolder, PassportRead
from passport.models.stages import Milestone, Stage
from passport.models.stamps import Stamp

__all__ = ["Milestone", "PassportHolder", "PassportRead", "Stage", "Stamp"]
