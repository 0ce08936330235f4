"""The partnership check, from its beginning to the moment when all answers open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerships.enums import CheckState, Scale
from partnerships.models import CheckAnswer, CheckPlace, Partnership, PartnershipCheck
from partnerships.models.checks import word_of
from partnerships.notices import checks as notices
from partnerships.permissions import CHECK_IS_ANSWERED_BY, is_on_roll
from partnerships.queries.checks import checks, places_to_remind
from partnerships.services.locking import locked_by_partner
from people.access import demand
from people.member import Member
from people.notices import notify

REMIND_AFTER: Final = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Said:
    """A score of 1 to 5, and a word to it."""

    score: int
    word: str = ""


@transaction.atomic
def open_check(partnership: Partnership, *, by: Member) -> PartnershipCheck:
    """Ask all partners of today, one round at a time."""
    kept = locked_by_partner(partnership, by)
    if len(kept.current) < 2:
        raise ValidationError(_("A check takes two: bring in the missing half first."))
    try:
        with transaction.atomic():
            made = PartnershipCheck.objects.create(
                partnership=kept, opened_on=timezone.localdate(), opened_by_id=by.person_id
            )
    except IntegrityError as error:
        if "partnerships_check_one_open" not in str(error):
            raise
        raise ValidationError(_("A check is under way: answer it, or call it off.")) from error
    CheckPlace.objects.bulk_create(
        CheckPlace(check_round=made, person_id=each) for each in sorted(kept.partner_ids)
    )
    notify(kept.partner_ids - {by.person_id}, notices.opened(made, by=by.name))
    return made


@transaction.atomic
def answer_check(check: PartnershipCheck, said: Mapping[Scale, Said], *, by: Member) -> PartnershipCheck:
    """Once and for all, and unseen by the others until the last one has answered: then all see all."""
    kept = _locked(check, by)
    _require_open(kept)
    own = next(place for place in kept.places_by_name if place.person_id == by.person_id)
    if own.answered_at is not None:
        raise ValidationError(_("You have answered already; what is said stays."))
    own.answered_at = timezone.now()
    scores = {scale.value: each.score for scale, each in said.items()}
    words = {word_of(scale): each.word.strip() for scale, each in said.items()}
    CheckAnswer.objects.create(
        check_round=kept, person_id=by.person_id, answered_at=own.answered_at, **scores, **words
    )
    own.save(update_fields=["answered_at"])
    others = {place.person_id for place in kept.places_by_name} - {by.person_id}
    if all(place.answered_at is not None for place in kept.places_by_name):
        _close(kept, CheckState.REVEALED)
        notify(others, notices.revealed(kept))
    else:
        waiting = {place.person_id for place in kept.places_by_name if place.answered_at is None}
        notify(waiting, notices.answered(kept, by=by.name))
    return kept


@transaction.atomic
def call_off_check(check: PartnershipCheck, *, by: Member) -> PartnershipCheck:
    """It comes to nothing: what was answered is never shown to the others."""
    kept = _locked(check, by)
    _require_open(kept)
    _close(kept, CheckState.CALLED_OFF)
    notify({place.person_id for place in kept.places_by_name} - {by.person_id}, notices.called_off(kept))
    return kept


@transaction.atomic
def agree_to_share(check: PartnershipCheck, *, agreed: bool, by: Member) -> CheckPlace:
    """One's own consent that HR admins and executives read an answered check; they do when all have agreed.
    Taken back it holds from now on: what was read cannot be unread."""
    kept = _locked(check, by)
    if not kept.is_revealed:
        raise ValidationError(_("Not all have answered: there is nothing to share yet."))
    own = next(place for place in kept.places_by_name if place.person_id == by.person_id)
    if agreed != (own.shared_since is not None):
        own.shared_since = timezone.now() if agreed else None
        own.save(update_fields=["shared_since"])
    return own


@transaction.atomic
def remind_unanswered(*, on: dt.date) -> int:
    """Whoever has not answered is reminded once a week. Gives how many."""
    places = list(places_to_remind(before=on - REMIND_AFTER).select_for_update(of=("self",)))
    rounds = {each.pk: each for each in checks().filter(pk__in={place.check_round_id for place in places})}
    for place in places:
        notify([place.person_id], notices.reminder(rounds[place.check_round_id]))
        place.reminded_on = on
    CheckPlace.objects.bulk_update(places, ["reminded_on"])
    return len(places)


def _locked(check: PartnershipCheck, by: Member) -> PartnershipCheck:
    """As it is now; of two answers at once the second one waits, and finds itself the last."""
    PartnershipCheck.objects.select_for_update().get(pk=check.pk)
    kept = checks().get(pk=check.pk)
    demand(is_on_roll(by, kept), CHECK_IS_ANSWERED_BY)
    return kept


def _require_open(check: PartnershipCheck) -> None:
    if not check.is_open:
        raise ValidationError(
            _("Meanwhile this check is over: %(state)s.") % {"state": check.get_state_display().lower()}
        )


def _close(check: PartnershipCheck, state: CheckState) -> None:
    check.state, check.over_on = state, timezone.localdate()
    check.save(update_fields=["state", "over_on"])
