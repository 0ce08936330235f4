"""Questions about badges."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from passport.enums import StampState
from passport.models import Award, Milestone, SigningKey, Stamp

# A badge falls with its stamp, whoever revoked that and however; nothing has to be remembered to be done.
REVOKED = Q(revoked_at__isnull=False) | Q(stamp__state=StampState.REVOKED)


def awards_of(person_id: UUID) -> QuerySet[Award]:
    """The badges that somebody has, those revoked too, the newest first."""
    return Award.objects.filter(stamp__person=person_id).order_by("-issued_at", "pk")


def awards_in_force(person_id: UUID) -> QuerySet[Award]:
    """The badges that somebody can show."""
    return awards_of(person_id).exclude(REVOKED)


def stamps_with_badges(person_id: UUID) -> QuerySet[Stamp]:
    """Somebody's stamps that count or have a badge, each with the badge, the newest first."""
    return (
        Stamp.objects.filter(Q(state=StampState.VERIFIED) | Q(awards__isnull=False), person=person_id)
        .select_related("milestone")
        .prefetch_related("awards")
        .order_by("-earned_on", "pk")
    )


def stamps_without_badge(person_id: UUID) -> QuerySet[Stamp]:
    """The stamps for which somebody may have a badge made."""
    has_one = Exists(Award.objects.filter(stamp=OuterRef("pk")))
    return (
        Stamp.objects.filter(~has_one, person=person_id, state=StampState.VERIFIED)
        .select_related("milestone", "person")
        .order_by("earned_on", "pk")
    )


def issued_badges(words: str = "") -> QuerySet[Award]:
    """All badges of the organisation, the newest first; of people whose name has the words in it."""
    found = Award.objects.select_related("stamp__milestone", "stamp__person", "revoked_by")
    if words:
        found = found.filter(
            Q(stamp__person__family_name__icontains=words) | Q(stamp__person__given_name__icontains=words)
        )
    return found.order_by("-issued_at", "pk")


def revoked_places(number: int) -> QuerySet[Award, int]:
    """The places in a status list whose badges are revoked."""
    return (
        Award.objects.filter(REVOKED, status_list=number)
        .order_by("status_index")
        .values_list("status_index", flat=True)
    )


def public_keys() -> list[dict[str, object]]:
    """The public halves of all keys that ever signed, the newest first."""
    return list(SigningKey.objects.order_by("-made_at", "pk").values_list("public_jwk", flat=True))


def awarded_milestone(milestone_id: UUID) -> Milestone | None:
    """A milestone that some badge names; what nobody has a badge for is not told to the public."""
    named = Exists(Award.objects.filter(stamp__milestone=OuterRef("pk")))
    return Milestone.objects.filter(named, pk=milestone_id).first()
