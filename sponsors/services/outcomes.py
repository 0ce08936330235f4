"""What comes of an action: told, attested by somebody else, and let go by the leader, step by step."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from passport.attested import Attested, stamp_attested
from passport.models import Stamp
from passport.queries import milestones_in_force
from people.access import demand
from people.member import Member
from people.notices import notify
from sponsors.enums import ActionState, Compartment
from sponsors.models import Action, RegimenChange
from sponsors.notices import regimens as notices
from sponsors.permissions import (
    OUTCOME_IS_ATTESTED_BY,
    REGIMEN_IS_FOR,
    RELEASE_IS_BY,
    can_attest_outcome,
    can_read_action,
    can_release,
)
from sponsors.queries.regimens import last_release_of
from sponsors.queries.sponsorships import running_sponsorship_of
from sponsors.queries.team import seat_at
from sponsors.seats import Seat

_web_address = URLValidator(schemes=["https", "http"])


@dataclass(frozen=True, slots=True)
class Report:
    """How far an action is. What came of it: in words, where to look, and which milestone it serves."""

    state: ActionState
    words: str = ""
    link: str = ""
    milestone_id: UUID | None = None


@transaction.atomic
def report_progress(action: Action, report: Report, *, by: Member) -> Action:
    """By whoever reads it, as long as nobody has attested it. What came of it is said when it is over."""
    locked, seat = _lock(action, by)
    demand(can_read_action(seat, domain=locked.domain, private=locked.private), REGIMEN_IS_FOR)
    if locked.is_attested:
        raise ValidationError(_("What came of it is attested: it does not change any more."))
    over = report.state in {ActionState.DONE, ActionState.DROPPED}
    if over and not report.words.strip():
        raise ValidationError({"words": _("Say in a sentence what came of it.")})
    done, was = report.state == ActionState.DONE, locked.state
    _check(report)
    locked.state, locked.over_on = report.state, timezone.localdate() if over else None
    locked.outcome = report.words.strip() if over else ""
    locked.link, locked.milestone_id = (report.link, report.milestone_id) if done else ("", None)
    locked.save(update_fields=["state", "over_on", "outcome", "link", "milestone"])
    if done and was != ActionState.DONE:
        sponsorship = running_sponsorship_of(locked.leader_id)
        if sponsorship is not None and sponsorship.sponsor_id != by.person_id:
            notify([sponsorship.sponsor_id], notices.to_attest(locked))
    return locked


@transaction.atomic
def attest_outcome(action: Action, *, seen: str, by: Member) -> Action:
    """Say that it is so. `seen`: the mark of the outcome that one has read; another one is not attested."""
    locked, seat = _lock(action, by)
    demand(can_attest_outcome(seat, private=locked.private), OUTCOME_IS_ATTESTED_BY)
    if locked.is_attested:
        raise ValidationError(_("It is attested already."))
    if locked.state != ActionState.DONE:
        raise ValidationError(_("It is not done. What is attested is what came of it."))
    if locked.outcome_mark != seen:
        raise ValidationError(_("Meanwhile somebody told it otherwise. Read it, then attest it."))
    locked.attested_by_id, locked.attested_at = by.person_id, timezone.now()
    locked.save(update_fields=["attested_by", "attested_at"])
    notify([locked.leader_id], notices.attested(locked, by=by.name))
    return locked


@transaction.atomic
def release_to_team(action: Action, *, by: Member) -> Action:
    """What was between leader and sponsor is read by the team from now on."""
    locked = _lock_to_release(action, by)
    if not locked.private:
        raise ValidationError(_("The team reads it already."))
    return _move(locked, Compartment.SHARED, _("Let go to the team."), by)


@transaction.atomic
def take_back(action: Action, *, by: Member) -> Action:
    """Back to leader and sponsor, what the leader had let go and nobody has attested. Versions that were
    published meanwhile keep it."""
    locked = _lock_to_release(action, by)
    if not can_be_taken_back(locked):
        raise ValidationError(_("Only what you let go yourself, and nobody has attested, can be taken back."))
    return _move(locked, Compartment.PRIVATE, _("Taken back from the team."), by)


@transaction.atomic
def release_to_passport(action: Action, *, by: Member) -> Stamp:
    """What is attested becomes evidence in the leader's Passport: a stamp where a verifier of theirs attested
    it, else a claim for these."""
    locked = _lock_to_release(action, by)
    if locked.private:
        raise ValidationError(_("Let it go to the team first: verifiers of the Passport read it."))
    if locked.attested_by is None or locked.over_on is None:
        raise ValidationError(_("Nobody has attested it yet."))
    if locked.milestone_id is None:
        raise ValidationError(_("It names no milestone that it serves."))
    stamp = stamp_attested(
        Attested(
            person=locked.leader,
            milestone_id=locked.milestone_id,
            reached_on=locked.over_on,
            statement=_("Regimen: %(title)s. %(outcome)s Attested by %(name)s.")
            % {"title": locked.title, "outcome": _sentence(locked.outcome), "name": locked.attested_by.name},
            link=locked.link,
            by=locked.attested_by,
        )
    )
    if stamp is None:
        raise ValidationError(_("This milestone is stamped, waits for a verifier, or is no longer in use."))
    _log(locked, Compartment.ATTESTED, _("Let go into the Passport."), by)
    return stamp


def can_be_taken_back(action: Action) -> bool:
    """One query, for what is not attested."""
    if action.private or action.is_attested:
        return False
    last = last_release_of(action)
    return last is not None and last.into == Compartment.SHARED


def _lock(action: Action, by: Member) -> tuple[Action, Seat]:
    found = Action.objects.select_for_update(of=("self",)).select_related("leader", "attested_by")
    locked = found.get(pk=action.pk)
    return locked, seat_at(by, locked.leader_id, on=timezone.localdate())


def _lock_to_release(action: Action, by: Member) -> Action:
    locked, seat = _lock(action, by)
    demand(can_release(seat), RELEASE_IS_BY)
    return locked


def _move(action: Action, into: Compartment, words: str, by: Member) -> Action:
    """It is a change of the plan too: whoever has a form of it open is told."""
    action.private, action.revision = into == Compartment.PRIVATE, action.revision + 1
    action.save(update_fields=["private", "revision"])
    _log(action, into, words, by)
    return action


def _log(action: Action, into: Compartment, words: str, by: Member) -> None:
    RegimenChange.objects.create(
        leader_id=action.leader_id,
        item_id=action.pk,
        by_id=by.person_id,
        reason=words,
        private=action.private,
        into=into,
    )


def _check(report: Report) -> None:
    if report.link:
        try:
            _web_address(report.link)
        except ValidationError as error:
            raise ValidationError({"link": _("A link begins with https:// or http://.")}) from error
    if report.milestone_id is not None and report.milestone_id not in _milestones():
        raise ValidationError({"milestone": _("Choose one of the milestones in use.")})


def _sentence(words: str) -> str:
    return words if words.endswith((".", "!", "?")) else f"{words}."


def _milestones() -> set[UUID]:
    return set(milestones_in_force(on=timezone.localdate()).values_list("pk", flat=True))
