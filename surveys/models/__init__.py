"""The tables of surveys, split by noun."""

from surveys.models.imports import SurveyImport, SurveyImportChunk
from surveys.models.instruments import Instrument, InstrumentItem
from surveys.models.published import PublishedIndex, PublishedItem, PublishedScale, PublishedWave
from surveys.models.pulses import ConfidencePulse
from surveys.models.waves import Response, Wave

__all__ = [
    "ConfidencePulse",
    "Instrument",
    "InstrumentItem",
    "PublishedIndex",
    "PublishedItem",
    "PublishedScale",
    "PublishedWave",
    "Response",
    "SurveyImport",
    "SurveyImportChunk",
    "Wave",
]
