from insights.models.accreditation import DocumentReference, Mapping, Requirement, Standard
from insights.models.exchange import ExchangePartner, ExchangeRule, ReceivedLetter, SentLetter
from insights.models.leadership_quarters import LeadershipQuarter
from insights.models.pilots import Pilot, PilotOutcome, PilotUnit, PilotValue
from insights.models.role_pulses import (
    PendingRoleAnswer,
    RolePulse,
    RolePulseFigure,
    RolePulseKey,
    RolePulseLeader,
    RolePulseParticipation,
    RolePulseTally,
)
from insights.models.set_up_rules import SetUpRule

__all__ = [
    "DocumentReference",
    "ExchangePartner",
    "ExchangeRule",
    "LeadershipQuarter",
    "Mapping",
    "PendingRoleAnswer",
    "Pilot",
    "PilotOutcome",
    "PilotUnit",
    "PilotValue",
    "ReceivedLetter",
    "Requirement",
    "RolePulse",
    "RolePulseFigure",
    "RolePulseKey",
    "RolePulseLeader",
    "RolePulseParticipation",
    "RolePulseTally",
    "SentLetter",
    "SetUpRule",
    "Standard",
]
