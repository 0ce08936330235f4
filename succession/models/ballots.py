"""The ballot box of a slate. The application's role may touch none of it: sql/approval_ballot.sql has the
functions it may call.

While a ballot is open a nullifier, which only the ballot's key turns into a person, says who has voted. Votes
wait until ten can be added to counts, and are deleted then; at the close the rest is added, and key,
nullifiers and counts go. What stays is a list of receipt codes in an order of chance, which says that a vote
was counted, not how.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from succession.models.selections import Selection, Standing
from tenancy.models import TenantForeignKey, TenantModel, walls


class ApprovalKey(TenantModel):
    selection = TenantForeignKey(Selection, on_delete=models.DO_NOTHING, related_name="+")
    key = models.BinaryField()

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("selection", audited=False),
            models.UniqueConstraint(fields=["organization", "selection"], name="succession_approvalkey_once"),
        ]

    def __str__(self) -> str:
        return "a key"


class ApprovalParticipation(TenantModel):
    """Somebody has voted; who, tells only the key."""

    selection = TenantForeignKey(Selection, on_delete=models.DO_NOTHING, related_name="+")
    nullifier = models.BinaryField()

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("selection", audited=False),
            models.UniqueConstraint(
                fields=["organization", "selection", "nullifier"], name="succession_participation_once"
            ),
        ]

    def __str__(self) -> str:
        return "a participation"


class PendingApproval(TenantModel):
    """A vote that waits until ten can be added to the counts: no person, no time, no sequence."""

    selection = TenantForeignKey(Selection, on_delete=models.DO_NOTHING, related_name="+")
    approved = ArrayField(models.UUIDField())  # ids of standings

    class Meta(TenantModel.Meta):
        constraints = [*walls("selection", audited=False)]
        indexes = [models.Index(fields=["organization", "selection"], name="succession_pendingapproval_of")]

    def __str__(self) -> str:
        return "a vote"


class ApprovalTally(TenantModel):
    """How many approve of a name so far."""

    selection = TenantForeignKey(Selection, on_delete=models.DO_NOTHING, related_name="+")
    standing = TenantForeignKey(Standing, on_delete=models.DO_NOTHING, related_name="+")
    n = models.PositiveIntegerField()

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("selection", "standing", audited=False),
            models.UniqueConstraint(
                fields=["organization", "selection", "standing"], name="succession_approvaltally_once"
            ),
        ]

    def __str__(self) -> str:
        return "a count"


class BallotReceipt(TenantModel):
    """That a vote is in the box: its voter has the code."""

    selection = TenantForeignKey(Selection, on_delete=models.DO_NOTHING, related_name="+")
    ballot = models.PositiveSmallIntegerField()  # the how manieth
    code = models.CharField(max_length=14)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("selection", audited=False),
            models.UniqueConstraint(
                fields=["organization", "selection", "code"], name="succession_ballotreceipt_once"
            ),
        ]

    def __str__(self) -> str:
        return "a receipt"
