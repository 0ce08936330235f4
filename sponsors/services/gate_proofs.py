"""What a leader shows at a gate, and what the sponsor or the immediate leader says to it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from passport.quarantine import hold, let_go, require_clean
from people.access import demand
from people.member import Member
from people.notices import notify
from sponsors.enums import GateItemKind, ProofState
from sponsors.models import GateItem, GateProof, Onboarding
from sponsors.notices import onboarding as notices
from sponsors.permissions import (
    PROOF_COMES_FROM,
    PROOF_IS_CONFIRMED_BY,
    can_confirm_proof,
    can_show_proof,
)
from sponsors.queries.onboarding import recommenders_of
from sponsors.queries.sponsorships import running_sponsorship_of
from sponsors.queries.team import seat_at
from sponsors.services.onboarding import lock_running


@dataclass(frozen=True, slots=True)
class Shown:
    """What a leader shows for an item."""

    done_on: dt.date
    words: str = ""
    file: File[bytes] | None = None


@transaction.atomic
def show_proof(onboarding: Onboarding, item: GateItem, shown: Shown, *, by: Member) -> GateProof:
    """Show what was done. One at a time for an item; an assessment as its report."""
    locked, today = lock_running(onboarding.pk), timezone.localdate()
    demand(can_show_proof(seat_at(by, locked.leader_id, on=today)), PROOF_COMES_FROM)
    _check(locked, item, shown, today)
    proof = GateProof(
        onboarding=locked,
        item=item,
        done_on=shown.done_on,
        words=shown.words.strip(),
        shown_by_id=by.person_id,
        shown_on=today,
    )
    if shown.file is not None:
        proof.file, proof.file_name = shown.file, (shown.file.name or "")[-120:]
    try:
        with transaction.atomic():
            proof.save(force_insert=True)
            if proof.file:
                hold(proof.file)
    except IntegrityError as error:
        if "sponsors_proof_one_alive" not in str(error):
            raise
        raise ValidationError(_("This waits to be confirmed, or is confirmed already.")) from error
    notify(_who_confirms(locked, item), notices.shown(locked, item))
    return proof


@transaction.atomic
def confirm_proof(proof: GateProof, *, note: str = "", by: Member) -> GateProof:
    """Say that it is what the item asks for."""
    locked = _lock(proof, by)
    require_clean(locked.file)
    _decide(locked, ProofState.CONFIRMED, note, by)
    notify([locked.shown_by_id], notices.confirmed(locked.onboarding, locked.item))
    return locked


@transaction.atomic
def return_proof(proof: GateProof, *, note: str, by: Member) -> GateProof:
    """Say what is still missing. The leader shows it again."""
    locked = _lock(proof, by)
    if not note.strip():
        raise ValidationError({"note": _("Say what is missing: the leader reads it.")})
    _decide(locked, ProofState.RETURNED, note, by)
    notify([locked.shown_by_id], notices.returned(locked.onboarding, locked.item))
    return locked


@transaction.atomic
def withdraw_proof(proof: GateProof, *, by: Member) -> None:
    """Take back what nobody has looked at yet, with its file."""
    demand(proof.shown_by_id == by.person_id, PROOF_COMES_FROM)
    lock_running(proof.onboarding_id)
    locked = _waiting(proof)
    locked.delete()
    let_go(locked.file)


def _check(onboarding: Onboarding, item: GateItem, shown: Shown, on: dt.date) -> None:
    if item.contents_id != onboarding.contents_id:
        raise ValidationError(_("This is not asked for in this onboarding."))
    errors = {}
    if shown.done_on > on:
        errors["done_on"] = _("It is shown once it is done, not before.")
    if item.kind == GateItemKind.ASSESSMENT and shown.file is None:
        errors["file"] = _("Attach the report. You and your sponsor read it, and nobody else.")
    elif shown.file is None and not shown.words.strip():
        errors["words"] = _("Say what you did, or attach a file.")
    if errors:
        raise ValidationError(errors)


def _lock(proof: GateProof, by: Member) -> GateProof:
    onboarding = lock_running(proof.onboarding_id)
    seat = seat_at(by, onboarding.leader_id, on=timezone.localdate())
    demand(can_confirm_proof(seat, private=proof.item.is_private), PROOF_IS_CONFIRMED_BY)
    return _waiting(proof)


def _waiting(proof: GateProof) -> GateProof:
    rows = GateProof.objects.select_for_update(of=("self",)).select_related("onboarding__leader", "item")
    locked = rows.filter(pk=proof.pk, state=ProofState.SHOWN).first()
    if locked is None:
        raise ValidationError(_("Meanwhile somebody else looked at this, or it was taken back."))
    return locked


def _decide(proof: GateProof, state: ProofState, note: str, by: Member) -> None:
    proof.state, proof.note = state, note.strip()
    proof.decided_by_id, proof.decided_on = by.person_id, timezone.localdate()
    proof.save(update_fields=["state", "note", "decided_by", "decided_on"])


def _who_confirms(onboarding: Onboarding, item: GateItem) -> set[UUID]:
    if item.is_private:
        sponsorship = running_sponsorship_of(onboarding.leader_id)
        return {sponsorship.sponsor_id} if sponsorship else set()
    return recommenders_of(onboarding.leader_id, on=timezone.localdate())
