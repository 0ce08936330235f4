"""What can be done with badges: having them made, revoking one, signing with a new key."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import cast
from uuid import UUID, uuid4

from cryptography.fernet import InvalidToken
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from passport import notices
from passport.badge_addresses import (
    achievement_address,
    issuer_of_organization,
    key_address,
    list_address,
)
from passport.badge_queries import awards_in_force, stamps_without_badge
from passport.badges import (
    LIST_BITS,
    Achievement,
    Algorithm,
    Badge,
    Entry,
    SigningPair,
    achievement_credential,
    claims_of,
    claims_unverified,
    identity_of,
    learner_record,
    make_pair,
    pair_of,
    sign,
    without_claims,
)
from passport.models import Award, Milestone, SigningKey, Stamp
from passport.permissions import BADGES_ARE_KEPT_BY, can_keep_badges
from people.access import demand
from people.member import Member
from people.models import Person
from people.notices import notify
from tenancy.models import Organization
from tenancy.turns import one_at_a_time
from web.ciphers import opened, sealed

PURPOSE = "passport.badges"
SALT_BYTES = 16
# Places are drawn at random, so that a place tells neither when a badge was made nor for whom; once half of
# them are taken, a new list begins.
MOST_IN_LIST = LIST_BITS // 2


@transaction.atomic
def issue_badges(organization: Organization, stamp_id: UUID | None = None, *, by: Member) -> list[Award]:
    """Badges for the member's own verified stamps that have none yet, all or the one named. What was issued
    once is not issued again."""
    one_at_a_time("badges")
    stamps = stamps_without_badge(by.person_id)
    waiting = list(stamps.filter(pk=stamp_id) if stamp_id else stamps)
    if not waiting:
        return []
    if not waiting[0].person.email:
        raise ValidationError(_("A badge is made out to an e-mail address. Ask an HR admin to add yours."))
    key, pair = _current_key(organization)
    number = _list_with_room()
    places = zip(waiting, _free_places(number, len(waiting)), strict=True)
    return Award.objects.bulk_create(
        [_signed_award(organization, stamp, key, pair, (number, index)) for stamp, index in places]
    )


@transaction.atomic
def revoke_award(award: Award, *, reason: str, by: Member) -> Award:
    """Take a badge back for good, with the reason on record. Its stamp stays; with a stamp that is
    revoked its badge falls by itself."""
    demand(can_keep_badges(by), BADGES_ARE_KEPT_BY)
    if not reason.strip():
        raise ValidationError({"reason": _("A badge is revoked with a reason.")})
    locked = (
        Award.objects.select_for_update(of=("self",))
        .select_related("stamp__milestone", "stamp__person")
        .get(pk=award.pk)
    )
    if locked.revoked_at is not None:
        raise ValidationError(_("Meanwhile somebody else revoked this badge."))
    locked.revoked_at, locked.revoked_by_id, locked.revoke_reason = (
        timezone.now(),
        by.person_id,
        reason.strip(),
    )
    locked.save(update_fields=["revoked_at", "revoked_by", "revoke_reason"])
    notify([locked.stamp.person_id], notices.badge_revoked(locked, by=by.name))
    return locked


@transaction.atomic
def renew_key(organization: Organization, algorithm: Algorithm, *, by: Member) -> SigningKey:
    """Sign with a new key from now on. What the old one signed is still proven by its public half; its
    private half is erased."""
    demand(can_keep_badges(by), BADGES_ARE_KEPT_BY)
    one_at_a_time("badge key")
    return _make_key(organization, algorithm)[0]


def record_of(organization: Organization, person_id: UUID) -> str | None:
    """Somebody's badges in force as one signed record; None without any.

    It is made anew each time and not kept: whether its badges still hold is told by their own places in the
    lists.
    """
    badges = [without_claims(claims_unverified(award.token)) for award in awards_in_force(person_id)]
    email = Person.objects.values_list("email", flat=True).get(pk=person_id)
    if not badges:
        return None
    record = learner_record(
        badges,
        issuer_of_organization(organization),
        record_id=uuid4(),
        name=_("Leadership Passport"),
        identity=identity_of(email, secrets.token_hex(SALT_BYTES)),
        at=timezone.now(),
    )
    return sign(claims_of(record), signing_pair(organization))


def signing_pair(organization: Organization) -> SigningPair:
    """The key that signs now."""
    return _current_key(organization)[1]


def _current_key(organization: Organization) -> tuple[SigningKey, SigningPair]:
    """The key that signs now, made where there is none.

    One that cannot be read any more, since SECRET_KEY was replaced without a fallback, is retired; its public
    half still proves what it signed.
    """
    key = SigningKey.objects.filter(retired_at=None).first()
    if key is None:
        one_at_a_time("badge key")
        key = SigningKey.objects.filter(retired_at=None).first()
    if key is None:
        return _make_key(organization, Algorithm.RS256)
    algorithm = Algorithm(key.algorithm)
    try:
        private = opened(key.private_sealed, purpose=PURPOSE)
    except InvalidToken:
        one_at_a_time("badge key")
        return _make_key(organization, algorithm)
    return key, pair_of(algorithm, key.public_jwk["kid"], private)


def _make_key(organization: Organization, algorithm: Algorithm) -> tuple[SigningKey, SigningPair]:
    now, key_id = timezone.now(), uuid4()
    SigningKey.objects.filter(retired_at=None).update(retired_at=now, private_sealed="")
    pair = make_pair(algorithm, key_address(organization.slug, key_id))
    key = SigningKey.objects.create(
        pk=key_id,
        algorithm=algorithm.value,
        public_jwk=pair.public_jwk,
        private_sealed=sealed(pair.private_pem, purpose=PURPOSE),
        made_at=now,
    )
    return key, pair


def _signed_award(
    organization: Organization, stamp: Stamp, key: SigningKey, pair: SigningPair, place: tuple[int, int]
) -> Award:
    now, award_id = timezone.now(), uuid4()
    number, index = place
    badge = Badge(
        id=award_id,
        achievement=achievement_of(organization, stamp.milestone, rule=stamp.rule),
        email=stamp.person.email,
        salt=secrets.token_hex(SALT_BYTES),
        earned_on=stamp.earned_on,
        verified_at=cast(dt.datetime, stamp.decided_at),  # it is verified: the database knows
        issued_at=now,
        entry=Entry(list_address(organization.slug, number), index),
    )
    credential = achievement_credential(badge, issuer_of_organization(organization))
    return Award(
        pk=award_id,
        stamp=stamp,
        key=key,
        token=sign(claims_of(credential), pair),
        issued_at=now,
        status_list=number,
        status_index=index,
    )


def achievement_of(organization: Organization, milestone: Milestone, *, rule: str) -> Achievement:
    """A milestone as a badge describes it, with the rule as it read when the evidence was judged."""
    return Achievement(
        address=achievement_address(organization.slug, milestone.pk),
        name=milestone.title,
        description=milestone.description,
        rule=rule,
        dimension=milestone.get_dimension_display(),
    )


def _list_with_room() -> int:
    number = Award.objects.aggregate(last=Max("status_list"))["last"] or 1
    full = Award.objects.filter(status_list=number).count() >= MOST_IN_LIST
    return number + 1 if full else number


def _free_places(number: int, count: int) -> list[int]:
    """Places of a list that no badge has, drawn at random."""
    places: set[int] = set()
    while len(places) < count:
        drawn = {secrets.randbelow(LIST_BITS) for _place in range(count - len(places))}
        taken = Award.objects.filter(status_list=number, status_index__in=drawn)
        places |= drawn - set(taken.values_list("status_index", flat=True))
    # In no order: those made at once would otherwise stand in the order of their numbers.
    return secrets.SystemRandom().sample(sorted(places), count)
