"""What leaders show at each gate of their onboarding, until an organisation says it in its own words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sponsors.enums import GateItemKind


@dataclass(frozen=True, slots=True)
class ItemPreset:
    """Something to show at a gate. `rule`: what whoever confirms it has to see."""

    gate: int
    kind: GateItemKind
    title: str
    rule: str


ITEMS: Final = (
    ItemPreset(
        1,
        GateItemKind.ASSESSMENT,
        "Emotional intelligence, first profile",
        "The report of a recognised assessment, and that you talked it over with somebody trained in it.",
    ),
    ItemPreset(
        1,
        GateItemKind.SIMULATION,
        "A hard conversation with a colleague",
        "An afternoon in the simulation centre, with what you would do differently.",
    ),
    ItemPreset(
        1,
        GateItemKind.PROJECT,
        "A quality project is chosen",
        "Aim, first measurement and team on one page, agreed with those who do the work.",
    ),
    ItemPreset(
        1,
        GateItemKind.KNOWLEDGE,
        "Finance",
        "Explains the budget of the own unit, what it earns and what it spends most on.",
    ),
    ItemPreset(
        1,
        GateItemKind.KNOWLEDGE,
        "Law",
        "Knows what a leader here answers for: working hours, consent, confidentiality, reporting.",
    ),
    ItemPreset(
        2,
        GateItemKind.SIMULATION,
        "Leading a team under pressure",
        "A scenario with the own team, debriefed; what changed on the unit afterwards.",
    ),
    ItemPreset(
        2,
        GateItemKind.PROJECT,
        "The quality project at half time",
        "Measured over months, with what was tried and what did not work.",
    ),
    ItemPreset(
        2,
        GateItemKind.KNOWLEDGE,
        "Human resources",
        "Has hired somebody, held appraisals, and dealt with a conflict by the rules here.",
    ),
    ItemPreset(
        2,
        GateItemKind.KNOWLEDGE,
        "Quality",
        "Reads a run chart, leads the review of an incident, and knows the unit’s own indicators.",
    ),
    ItemPreset(
        3,
        GateItemKind.ASSESSMENT,
        "Emotional intelligence, second profile",
        "The same assessment again, and what became of the first one’s themes.",
    ),
    ItemPreset(
        3,
        GateItemKind.SIMULATION,
        "Telling patients and family what went wrong",
        "An afternoon in the simulation centre, with the feedback of those who played their part.",
    ),
    ItemPreset(
        3,
        GateItemKind.PROJECT,
        "The quality project’s result",
        "Presented with its measurements, handed over, and still held by the team after three months.",
    ),
    ItemPreset(
        3,
        GateItemKind.KNOWLEDGE,
        "A unit as a whole",
        "Writes next year’s plan for the unit: money, people, quality, and what the law demands of it.",
    ),
)
