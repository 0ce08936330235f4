"""A talent review on paper: its agenda with the scorecards, what changed, what was decided, who does what.
Paper is handed on, so it names no candidate. No queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from succession.enums import Flag
from succession.models import PoolAction, PoolDecision, PoolSnapshot, TalentReview
from succession.review_changes import FIGURES, changes_since
from web.pdf import Row, Sheet


def pack_sheets(
    review: TalentReview,
    agenda: Sequence[PoolSnapshot],
    earlier: Mapping[UUID, PoolSnapshot],
    *,
    organization: str,
    made_on: dt.date,
) -> list[Sheet]:
    """Scorecards across the page first, one line a pool; then the decisions, pool by pool."""
    decided = sum(bool(decisions_of(each)) for each in agenda)
    actions = sum(len(actions_of(each)) for each in agenda)
    scorecards = Sheet(
        title=review.title,
        above=_("Talent review"),
        lead=_("%(day)s, facilitated by %(name)s. %(scope)s.")
        % {
            "day": day(review.held_on),
            "name": review.facilitator.name,
            "scope": review.unit.name if review.unit else _("All pools"),
        },
        head=[_("Pool"), *(str(label) for _name, label, _sign in FIGURES), _("What is missing")],
        groups=[("", [_scorecard(each) for each in agenda])],
        widths=[5, *(1.2 for _figure in FIGURES), 4],
        notes=[
            _("Every pool as it was when the review opened, the most exposed first."),
            *dict.fromkeys(
                _("A rating counts for %(months)d months; after that it is stale.")
                % {"months": each.valid_months}
                for each in agenda
            ),
            _("No candidate is named on paper."),
        ],
        organization=organization,
        made=day(made_on),
        facts=[
            (_("State"), str(review.get_state_display())),
            (_("Decided"), _("%(some)d of %(all)d pools") % {"some": decided, "all": len(agenda)}),
            (_("Actions"), str(actions)),
        ],
        numeric=list(range(1, len(FIGURES) + 1)),
        page=_("Page"),
        language=(get_language() or "en").partition("-")[0],
        landscape=True,
        pages=True,
    )
    outcomes = replace(
        scorecards,
        title=_("Decisions and actions"),
        above=review.title,
        head=[_("Part"), _("Words")],
        groups=[(each.title, list(_outcome(each, earlier.get(each.pool_id)))) for each in agenda],
        widths=[1, 4],
        notes=[],
        facts=[],
        numeric=[],
        landscape=False,
    )
    return [scorecards, outcomes]


def _scorecard(snapshot: PoolSnapshot) -> Row:
    figures = [str(getattr(snapshot, name)) for name, _label, _sign in FIGURES]
    return [snapshot.title, *figures, _words(Flag(flag) for flag in snapshot.flags) or "–"]


def _outcome(snapshot: PoolSnapshot, earlier: PoolSnapshot | None) -> Iterator[Row]:
    yield [_("Since last time"), since_last_time(snapshot, earlier)]
    if earlier is not None:
        for decision in decisions_of(earlier):
            yield [_("Decided then"), decision.words]
        for action in actions_of(earlier):
            yield [_("Action then"), action_in_words(action)]
    for decision in decisions_of(snapshot):
        yield [_("Decision"), decision.words]
        yield [_("Why"), decision.reason]
    if not decisions_of(snapshot):
        yield [_("Decision"), _("none")]
    for action in actions_of(snapshot):
        yield [_("Action"), action_in_words(action)]


def action_in_words(action: PoolAction) -> str:
    done = _("done on %(day)s") % {"day": day(action.done_on)} if action.done_on else ""
    by = _("%(name)s, until %(day)s") % {"name": action.owner.name, "day": day(action.due_on)}
    return " · ".join(filter(None, [action.words, by, done]))


def since_last_time(snapshot: PoolSnapshot, earlier: PoolSnapshot | None) -> str:
    """What a pool's figures and flags did since the last closed review, in words."""
    changes = changes_since(earlier, snapshot)
    if not changes.known:
        return _("No earlier review covered this pool.")
    if not changes.moved:
        return _("As it was.")
    moved = [f"{each.label} {each.before} → {each.now}" for each in changes.figures if each.difference]
    raised = _("now: %(flags)s") % {"flags": _words(changes.raised)} if changes.raised else ""
    cleared = _("no longer: %(flags)s") % {"flags": _words(changes.cleared)} if changes.cleared else ""
    return " · ".join(filter(None, [*moved, raised, cleared]))


def _words(flags: Iterator[Flag] | Sequence[Flag]) -> str:
    return ", ".join(str(flag.label) for flag in flags)


def decisions_of(snapshot: PoolSnapshot) -> list[PoolDecision]:
    found: list[PoolDecision] = snapshot.decided  # type: ignore[attr-defined]  # prefetched
    return found


def actions_of(snapshot: PoolSnapshot) -> list[PoolAction]:
    found: list[PoolAction] = snapshot.given  # type: ignore[attr-defined]  # prefetched
    return found


def day(on: dt.date) -> str:
    return date_format(on, "DATE_FORMAT")
