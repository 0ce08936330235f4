"""The tables of the Passport, split by noun."""

from passport.models.badges import Award, SigningKey
from passport.models.held_files import HeldFile
from passport.models.holders import PassportHolder, PassportRead
from passport.models.links import PassportLink
from passport.models.outside import OutsideResult, PodActivity
from passport.models.packs import CommitteePack, PackEntry, PackPiece
from passport.models.pods import Capstone, Pod, PodAttempt, PodMark, TransferOutcome
from passport.models.publications import Publication
from passport.models.stages import Milestone, Stage
from passport.models.stamp_changes import StampChange
from passport.models.stamps import Stamp
from passport.models.summaries import PromotionSummary

__all__ = [
    "Award",
    "Capstone",
    "CommitteePack",
    "HeldFile",
    "Milestone",
    "OutsideResult",
    "PackEntry",
    "PackPiece",
    "PassportHolder",
    "PassportLink",
    "PassportRead",
    "Pod",
    "PodActivity",
    "PodAttempt",
    "PodMark",
    "PromotionSummary",
    "Publication",
    "SigningKey",
    "Stage",
    "Stamp",
    "StampChange",
    "TransferOutcome",
]
