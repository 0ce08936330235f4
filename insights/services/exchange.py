"""Telling other organisations, and taking what they tell."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from insights.exchange import Letter, LetterRefusedError, claims_of, letter_in
from insights.models import ExchangePartner, ExchangeRule, ReceivedLetter, SentLetter
from insights.permissions import EXCHANGE_IS_KEPT_BY, can_keep_exchange
from insights.queries.exchange import own_figures, partners, rule_of_exchange
from passport.badge_publishing import key_set
from passport.badge_services import signing_pair
from passport.badges import TokenError, sign, verified_claims
from people.access import demand
from people.member import Member
from tenancy.models import Organization


@dataclass(frozen=True, slots=True)
class Looked:
    """A file whose signature holds."""

    partner: ExchangePartner
    letter: Letter
    digest: str


def set_exchange(*, is_on: bool, purpose: str, by: Member) -> None:
    """Begin or stop to tell others. What was sent cannot be taken back."""
    demand(can_keep_exchange(by), EXCHANGE_IS_KEPT_BY)
    if is_on and not purpose.strip():
        raise ValidationError({"purpose": _("Say for what: whoever reads the figures reads it too.")})
    said = {"is_on": is_on, "purpose": purpose.strip()}
    ExchangeRule.objects.update_or_create(
        defaults={**said, "changed_by_id": by.person_id, "changed_on": timezone.localdate()}
    )


@transaction.atomic
def make_letter(organization: Organization, *, by: Member) -> str:
    """The file with today's figures, signed. What it says is kept."""
    demand(can_keep_exchange(by), EXCHANGE_IS_KEPT_BY)
    rule = rule_of_exchange()
    if rule is None or not rule.is_on:
        raise ValidationError(_("The exchange is switched off: nothing leaves."))
    figures = own_figures()
    if not figures:
        raise ValidationError(_("No figure is of enough people to be told yet."))
    claims = claims_of(Letter(organization.name, timezone.localdate(), figures))
    token = sign(claims, signing_pair(organization))
    SentLetter.objects.create(
        issued_on=timezone.localdate(),
        figures=claims["figures"],
        digest=digest_of(token),
        made_by_id=by.person_id,
    )
    return token


def own_keys(organization: Organization) -> dict[str, Any]:
    """What partners need to believe the files: made with the first call."""
    signing_pair(organization)
    return key_set()


@transaction.atomic
def add_partner(name: str, keys: Sequence[Mapping[str, Any]], *, by: Member) -> ExchangePartner:
    """Or give one that is there other keys."""
    demand(can_keep_exchange(by), EXCHANGE_IS_KEPT_BY)
    mine = {str(key.get("kid")) for key in key_set()["keys"]}
    if mine & {str(key.get("kid")) for key in keys}:
        raise ValidationError({"file": _("These are your own keys.")})
    made, _new = ExchangePartner.objects.update_or_create(
        name=name,
        defaults={"keys": list(keys), "added_by_id": by.person_id, "added_on": timezone.localdate()},
    )
    return made


def remove_partner(partner: ExchangePartner, *, by: Member) -> None:
    """With everything that they told."""
    demand(can_keep_exchange(by), EXCHANGE_IS_KEPT_BY)
    partner.delete()


def look_through(token: str) -> Looked:
    """Whose a file is and what it says. Raises LetterRefusedError."""
    for partner in partners():
        try:
            claims = verified_claims(token, partner.keys)
        except TokenError:
            continue
        return Looked(partner, letter_in(claims, on=timezone.localdate()), digest_of(token))
    raise LetterRefusedError([_unproven(token)])


def _unproven(token: str) -> str:
    try:
        verified_claims(token, key_set()["keys"])
    except TokenError:
        return _("No key of a partner signed it as it is: it was changed, or its keys are not here.")
    return _("This is your own file.")


@transaction.atomic
def keep_letter(token: str, *, by: Member) -> ReceivedLetter:
    """Once. Raises LetterRefusedError for what is no file of a partner."""
    demand(can_keep_exchange(by), EXCHANGE_IS_KEPT_BY)
    looked = look_through(token)
    before = ReceivedLetter.objects.filter(partner=looked.partner, digest=looked.digest).first()
    if before is not None:
        words = _("It was brought in on %(day)s already.")
        raise ValidationError(words % {"day": date_format(before.received_on)})
    try:
        with transaction.atomic():
            return ReceivedLetter.objects.create(
                partner=looked.partner,
                issued_on=looked.letter.issued_on,
                figures=claims_of(looked.letter)["figures"],
                digest=looked.digest,
                received_by_id=by.person_id,
                received_on=timezone.localdate(),
            )
    except IntegrityError as error:  # two at once
        raise ValidationError(_("It was brought in meanwhile.")) from error


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
