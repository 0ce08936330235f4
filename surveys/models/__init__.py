"""The tables of surveys, split by noun."""

from surveys.models.ballots import (
    Comment,
    GapBlock,
    GapTally,
    Participation,
    PendingBallot,
    PendingComment,
    Response,
    RollEntry,
    WaveKey,
)
from surveys.models.calendar import CalendarEntry, SurveyRule
from surveys.models.debriefs import Debrief, DebriefAction
from surveys.models.imports import SurveyImport, SurveyImportChunk
from surveys.models.instruments import Instrument, InstrumentItem
from surveys.models.published import (
    PublishedComment,
    PublishedGap,
    PublishedIndex,
    PublishedItem,
    PublishedPool,
    PublishedScale,
    PublishedWave,
    ReleaseCertificate,
)
from surveys.models.pulses import ConfidencePulse
from surveys.models.waves import DraftCount, Wave

__all__ = [
    "CalendarEntry",
    "Comment",
    "ConfidencePulse",
    "Debrief",
    "DebriefAction",
    "DraftCount",
    "GapBlock",
    "GapTally",
    "Instrument",
    "InstrumentItem",
    "Participation",
    "PendingBallot",
    "PendingComment",
    "PublishedComment",
    "PublishedGap",
    "PublishedIndex",
    "PublishedItem",
    "PublishedPool",
    "PublishedScale",
    "PublishedWave",
    "ReleaseCertificate",
    "Response",
    "RollEntry",
    "SurveyImport",
    "SurveyImportChunk",
    "SurveyRule",
    "Wave",
    "WaveKey",
]
