"""The tables of partnerships, split by noun."""

from partnerships.models.changes import PartnerChange
from partnerships.models.charter import Responsibility, SharedGoal
from partnerships.models.checks import CheckAnswer, CheckPlace, PartnershipCheck
from partnerships.models.coding import (
    AuditAnalysis,
    Code,
    Coder,
    CodeVersion,
    Opinion,
    Reading,
    Theme,
)
from partnerships.models.findings import Feedback, ToldQuote, ToldTheme
from partnerships.models.meetings import Meeting
from partnerships.models.outcomes import ProgrammeException, ProgrammeOutcome
from partnerships.models.partnerships import Partner, Partnership
from partnerships.models.phases import (
    PhaseAttendance,
    ProgrammeArtefact,
    ProgrammeCoaching,
    ProgrammePhase,
)
from partnerships.models.profiles import Profile
from partnerships.models.programmes import PartnershipProgramme, ProgrammeAudit, ProgrammeParticipant

__all__ = [
    "AuditAnalysis",
    "CheckAnswer",
    "CheckPlace",
    "Code",
    "CodeVersion",
    "Coder",
    "Feedback",
    "Meeting",
    "Opinion",
    "Partner",
    "PartnerChange",
    "Partnership",
    "PartnershipCheck",
    "PartnershipProgramme",
    "PhaseAttendance",
    "Profile",
    "ProgrammeArtefact",
    "ProgrammeAudit",
    "ProgrammeCoaching",
    "ProgrammeException",
    "ProgrammeOutcome",
    "ProgrammeParticipant",
    "ProgrammePhase",
    "Reading",
    "Responsibility",
    "SharedGoal",
    "Theme",
    "ToldQuote",
    "ToldTheme",
]
