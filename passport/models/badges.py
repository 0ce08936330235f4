"""Badges issued for stamps, and the keys that signed them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from passport.badges import LIST_BITS, Algorithm
from passport.enums import StampState
from passport.models.stamps import Stamp
from people.models import Person
from tenancy.models import TenantForeignKey, TenantModel, walls
from tenancy.walls import Permanent


class SigningKey(TenantModel):
    """A key of the organisation. One signs; the others only prove what they signed.

    The private half is kept encrypted, and erased when the key is retired: nothing is signed with it again.
    """

    algorithm = models.CharField(max_length=5, choices=[(each.value, each.value) for each in Algorithm])
    public_jwk = models.JSONField()
    private_sealed = models.TextField(blank=True)
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls(redact=("private_sealed",)),
            # Without its public half, badges that are out there could not be proven any more.
            Permanent(name="passport_signingkey_permanent"),
            models.UniqueConstraint(
                fields=["organization"], name="passport_signingkey_one_signs", condition=Q(retired_at=None)
            ),
            models.CheckConstraint(
                condition=Q(algorithm__in=[each.value for each in Algorithm]),
                name="passport_signingkey_algorithm",
            ),
            models.CheckConstraint(
                condition=Q(retired_at=None) & ~Q(private_sealed="")
                | Q(retired_at__gte=F("made_at"), private_sealed=""),
                name="passport_signingkey_erased",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.algorithm} key {self.pk}"


class Award(TenantModel):
    """A badge as it was issued, and where its status is told. Its id is the badge's.

    It is in force while its stamp is and nobody revoked it: see passport.badge_queries.
    """

    stamp = TenantForeignKey(Stamp, on_delete=models.PROTECT, related_name="awards")
    key = TenantForeignKey(SigningKey, on_delete=models.PROTECT, related_name="awards")
    token = models.TextField()
    issued_at = models.DateTimeField()
    status_list = models.PositiveSmallIntegerField()
    status_index = models.PositiveIntegerField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = TenantForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="revoked_awards"
    )
    revoke_reason = models.CharField(max_length=300, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("stamp", "key", "revoked_by", redact=("token", "revoke_reason")),
            # A list forgets nobody: a deleted row would take back a revocation.
            Permanent(name="passport_award_permanent"),
            models.UniqueConstraint(fields=["organization", "stamp"], name="passport_award_once"),
            models.UniqueConstraint(
                fields=["organization", "status_list", "status_index"], name="passport_award_place"
            ),
            models.CheckConstraint(
                condition=Q(status_list__gte=1, status_index__lt=LIST_BITS), name="passport_award_in_list"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None, revoke_reason="")
                | Q(revoked_at__gte=F("issued_at"), revoked_by__isnull=False) & ~Q(revoke_reason=""),
                name="passport_award_revoked_why",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "-issued_at"], name="passport_award_recent"),
        ]

    def __str__(self) -> str:
        return f"badge for {self.stamp_id}"

    @property
    def in_force(self) -> bool:
        """As passport.badge_queries.REVOKED asks it of rows. Needs its stamp loaded."""
        return self.revoked_at is None and self.stamp.state != StampState.REVOKED
