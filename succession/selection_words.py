"""A selection in words: its log and its way."""

from __future__ import annotations

from django.utils.translation import gettext as _

from succession.enums import SelectionState, SelectionStep
from succession.models import Selection, SelectionEvent
from web.stations import Station

_FACTS = {
    SelectionStep.OPENED: "%(asked)d people are on it.",
    SelectionStep.PANEL: "%(members)d leaders of other departments.",
    SelectionStep.RULES: "%(slate_size)d names, %(coverage)d %% interviewed, %(criteria)d criteria.",
    SelectionStep.SHARED: "%(interviews)d interviews.",
    SelectionStep.BALLOT: "%(names)d names.",
    SelectionStep.NO_QUORUM: "%(voted)d of %(asked)d voted. Nothing of it is told.",
    SelectionStep.TIE: "%(names)d names.",
    SelectionStep.SLATE: "%(names)d names; %(voted)d of %(asked)d voted.",
    SelectionStep.SCORED: "%(members)d leaders.",
}


def facts_of(event: SelectionEvent) -> str:
    """The numbers of a line of the log."""
    words = _FACTS.get(SelectionStep(event.step))
    return _(words) % event.facts if words else ""


def way_of(selection: Selection) -> list[Station]:
    """Where it is: five stations."""
    order = [
        (SelectionState.PREPARING, _("Names and interviews"), _("the staff")),
        (SelectionState.BALLOT, _("Ballot"), _("the staff")),
        (SelectionState.SELECTING, _("Selection"), _("the panel")),
        (SelectionState.DECIDED, _("Appointment"), _("HR")),
    ]
    places = [state for state, _label, _who in order]
    now = len(order) if selection.state not in places else places.index(SelectionState(selection.state))
    return [
        Station(label, who, "done" if at < now else "now" if at == now else "next")
        for at, (_state, label, who) in enumerate(order)
    ]
