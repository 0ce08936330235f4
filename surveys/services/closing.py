"""Closing a wave: no more answers, and nothing left that tells who gave which."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from people.access import demand
from people.member import Member
from surveys.ballot_box import clear_traces, close_box
from surveys.enums import WaveState
from surveys.models import Wave
from surveys.permissions import SURVEYS_ARE_RUN_BY, can_run_surveys
from surveys.services.asking import clear_traces_of_asking, forget_asking
from surveys.services.errors import WaveStateError


def close_wave(wave: Wave, *, by: Member) -> None:
    """Let no more answers in. Survey steward and HR admin; an open wave only."""
    demand(can_run_surveys(by), SURVEYS_ARE_RUN_BY)
    end_wave(wave)


def end_wave(wave: Wave) -> None:
    """The same for the nightly job, which acts for nobody. A wave that ran here is mixed, and whatever could
    tell who had answered by when is deleted with its key; after the commit its space is cleared, too."""
    # Whoever casts holds the box and wants the wave's key; a full lock here would wait for them in a circle.
    locked = Wave.objects.select_for_update(no_key=True).get(pk=wave.pk)
    if locked.state != WaveState.OPEN:
        raise WaveStateError("Only an open wave can be closed.")
    if locked.imported:
        locked.state = WaveState.CLOSED
        locked.save(update_fields=["state"])
    else:
        # Who led a unit is looked up on the day on which it really ended.
        locked.closes_on = wave.closes_on = min(locked.closes_on, timezone.localdate())
        locked.save(update_fields=["closes_on"])
        close_box(locked)
        forget_asking(locked)
        clear_after_commit()
    wave.state = WaveState.CLOSED


def clear_after_commit() -> None:
    """Clear the space of whatever this transaction, or an earlier one, deleted of ballots, keys and mails."""
    transaction.on_commit(clear_traces)
    transaction.on_commit(clear_traces_of_asking)
