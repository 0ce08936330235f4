"""The ballot that gives the slate: opened, voted in, counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people.access import demand
from people.enums import Role
from people.member import Member
from people.models import Person
from people.notices import notify
from people.queries import gone
from people.role_queries import holders_of
from succession import selection_notices as notices
from succession.approval_box import Became, Count, cast, clear_traces, close_box, open_box
from succession.enums import SelectionState, SelectionStep, StandingState
from succession.models import PanelMember, RollMember, Selection, Standing
from succession.permissions import BALLOT_IS_FOR, can_vote
from succession.queries.selections import (
    ballots_that_are_over,
    coverage_of,
    panel_of,
    seat_in,
    standings_of,
)
from succession.services.selections import locked_for, log
from succession.slate import FEWEST_VOTERS, LEAST, by_half, is_quorate, slate_of

LONGEST: Final = dt.timedelta(days=60)
REMINDED_BEFORE: Final = dt.timedelta(days=2)

_WHY: Final = {
    Became.AGAIN: "You have voted already: everybody votes once.",
    Became.CLOSED: "The ballot is closed: votes count until its last day.",
    Became.LEFT: "Who has left does not vote any more.",
    Became.UNFIT: "A name does not stand any more. Look at the names and vote again.",
}


@transaction.atomic
def open_ballot(selection: Selection, *, closes_on: dt.date, by: Member) -> Selection:
    """Once the interviews were offered to enough of the staff, and three or more stand."""
    locked = locked_for(selection, by, SelectionState.PREPARING)
    today = timezone.localdate()
    if not today < closes_on <= today + LONGEST:
        raise ValidationError({"closes_on": _("Choose a day between tomorrow and in sixty days.")})
    if reasons := obstacles(locked):
        raise ValidationError(reasons)
    locked.state, locked.closes_on, locked.reminded_on = SelectionState.BALLOT, closes_on, None
    locked.ballot += 1
    locked.save(update_fields=["state", "closes_on", "reminded_on", "ballot"])
    open_box(locked)
    names = Standing.objects.filter(selection=locked, state=StandingState.STANDING).count()
    log(locked, SelectionStep.BALLOT, names=names)
    notify(_voters(locked), notices.ballot_opened(locked))
    return locked


def obstacles(selection: Selection) -> list[str]:
    """Why no ballot can open yet, each with the rule in force."""
    found, coverage = [], coverage_of(selection)
    panel = [each for each in panel_of(selection) if each.declared_on and not each.stepped_back]
    if len(panel) < LEAST:
        found.append(_("The panel has at least three leaders who said whether they have a conflict."))
    if not any(each.chairs for each in panel):
        found.append(_("One of the panel chairs it."))
    if coverage.asked < FEWEST_VOTERS:
        words = _("Fewer than %(least)d of the staff may vote: no ballot among them is secret.")
        found.append(words % {"least": FEWEST_VOTERS})
    if coverage.percent < selection.coverage:
        words = _("Interviews were offered to %(percent)d %% of the staff; the rule says %(wanted)d %%.")
        found.append(words % {"percent": coverage.percent, "wanted": selection.coverage})
    left = gone(timezone.localdate())
    standing = standings_of(selection).filter(state=StandingState.STANDING).exclude(person__in=left).count()
    if standing < LEAST:
        words = _("%(standing)d stand; a slate takes at least %(least)d names.")
        found.append(words % {"standing": standing, "least": LEAST})
    return found


def vote(selection: Selection, approved: Sequence[UUID], *, by: Member) -> str:
    """Put the vote of whoever acts into the box. Its receipt: the code stands on a list after the close, so
    that everybody can see that their vote was counted, and nobody how. ValidationError where it was not."""
    demand(can_vote(seat_in(selection, by.person_id, on=timezone.localdate())), BALLOT_IS_FOR)
    became, receipt = cast(selection, approved)
    if became == Became.NOT_ASKED:
        demand(allowed=False, words=BALLOT_IS_FOR)
    if became != Became.COUNTED:
        raise ValidationError(_(_WHY[became]))
    return receipt


@transaction.atomic
def count_ballot(selection: Selection, *, by: Member) -> Selection:
    """By hand, on the day after its last one; the nightly job does the same."""
    locked = locked_for(selection, by, SelectionState.BALLOT)
    if locked.closes_on is None or locked.closes_on >= timezone.localdate():
        words = _("It is open until %(day)s; until then nobody learns anything of it.")
        raise ValidationError(words % {"day": date_format(locked.closes_on) if locked.closes_on else ""})
    settle(locked)
    return locked


def remind_voters() -> int:
    """Two days before its last one, once a ballot; how many ballots. Everybody who may vote is reminded,
    whether they voted or not: a list of those who did not would tell who did."""
    today = timezone.localdate()
    closing = Selection.objects.filter(
        state=SelectionState.BALLOT, closes_on__range=(today, today + REMINDED_BEFORE), reminded_on=None
    )
    ballots = list(closing.select_related("position").select_for_update(of=("self",)))
    for each in ballots:
        notify(_voters(each), notices.ballot_closes(each))
    Selection.objects.filter(pk__in=[each.pk for each in ballots]).update(reminded_on=today)
    return len(ballots)


def count_ballots_that_are_over() -> int:
    """All whose last day is past. How many."""
    counted = 0
    for each in (
        ballots_that_are_over(timezone.localdate()).select_related("position").select_for_update(of=("self",))
    ):
        settle(each)
        counted += 1
    return counted


def settle(selection: Selection) -> None:
    """From a ballot that is over to a slate, or back to names where it gave none. Nothing is told of a ballot
    without a quorum, nor of names off the slate."""
    count = close_box(selection)
    transaction.on_commit(clear_traces)
    asked = coverage_of(selection).asked
    if not is_quorate(count.ballots, asked, selection.quorum):
        _repeat(selection, SelectionStep.NO_QUORUM, voted=count.ballots, asked=asked)
        return
    slate = slate_of(count.approvals, selection.slate_size)
    standing = Standing.objects.filter(selection=selection, state=StandingState.STANDING)
    if not slate.names:
        standing.exclude(pk__in=slate.again).update(state=StandingState.LEFT_OFF)
        _repeat(selection, SelectionStep.TIE, names=len(slate.again))
        return
    _write_slate(selection, slate.names, count)
    log(selection, SelectionStep.SLATE, names=len(slate.names), voted=count.ballots, asked=asked)
    notify(_voters(selection), notices.slate_known(selection))
    panel = PanelMember.objects.filter(selection=selection, stepped_back=False)
    notify({*panel.values_list("person", flat=True)}, notices.to_score(selection))


def _write_slate(selection: Selection, names: frozenset[UUID], count: Count) -> None:
    standing = Standing.objects.filter(selection=selection, state=StandingState.STANDING)
    halves = {name for name in names if by_half(count.approvals[name], count.ballots)}
    standing.exclude(pk__in=names).update(state=StandingState.LEFT_OFF)
    standing.filter(pk__in=halves).update(state=StandingState.ON_SLATE, by_half=True)
    standing.filter(pk__in=names - halves).update(state=StandingState.ON_SLATE, by_half=False)
    selection.state, selection.voted = SelectionState.SELECTING, count.ballots
    selection.save(update_fields=["state", "voted"])


def _repeat(selection: Selection, why: SelectionStep, **facts: int) -> None:
    selection.state = SelectionState.PREPARING
    selection.save(update_fields=["state"])
    log(selection, why, **facts)
    notify({*holders_of(Role.HR_ADMIN)}, notices.ballot_missed(selection))


def _voters(selection: Selection) -> set[UUID]:
    panel = PanelMember.objects.filter(selection=selection).values("person")
    roll = RollMember.objects.filter(selection=selection).exclude(person__in=panel)
    return {*Person.objects.filter(pk__in=roll.values("person")).values_list("pk", flat=True)}
