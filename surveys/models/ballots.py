"""The ballot box. The application's role may read the roll; of all else here it may do nothing but insert
responses of an imported wave: see sql/ballot_box.sql and sql/ballots.sql.

While a wave is open a nullifier, which only the wave's key turns into a person, says who has answered; at its
close key and nullifiers are deleted and all ballots written anew in an order of chance.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from people.models import Person, Unit
from surveys.models.waves import Wave
from tenancy.models import TenantForeignKey, TenantModel, walls


class RollEntry(TenantModel):
    """Somebody who is asked in a wave, frozen at its launch."""

    wave = TenantForeignKey(Wave, on_delete=models.PROTECT, related_name="roll")
    person = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    # Where the answers count: the unit that the rated leader leads, otherwise the person's own.
    unit = TenantForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    leader = TenantForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    # Leads somebody on this roll, or a unit; NULL where the wave does not compare leaders with the led.
    leads = models.BooleanField(null=True)
    wants_reminders = models.BooleanField(default=True)

    class Meta(TenantModel.Meta):
        # 73,000 rows at a launch: the trail has the wave's own change.
        constraints = [
            *walls("wave", "person", "unit", "leader", audited=False),
            models.UniqueConstraint(fields=["organization", "wave", "person"], name="surveys_roll_once"),
        ]
        indexes = [models.Index(fields=["organization", "person"], name="surveys_roll_person")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.wave_id}"


class WaveKey(TenantModel):
    """What turns a person into a nullifier while a wave is open; deleted at its close."""

    wave = TenantForeignKey(Wave, on_delete=models.DO_NOTHING, related_name="+")
    key = models.BinaryField()

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("wave", audited=False),
            models.UniqueConstraint(fields=["organization", "wave"], name="surveys_wavekey_once"),
        ]

    def __str__(self) -> str:
        return "a key"


class Participation(TenantModel):
    """Somebody has answered; who, tells only the wave's key."""

    wave = TenantForeignKey(Wave, on_delete=models.DO_NOTHING, related_name="+")
    nullifier = models.BinaryField()

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("wave", audited=False),
            models.UniqueConstraint(
                fields=["organization", "wave", "nullifier"], name="surveys_participation_once"
            ),
        ]

    def __str__(self) -> str:
        return "a participation"


class Ballot(TenantModel):
    """What somebody answered: no person, no time, no sequence."""

    # Django would look for rows here before deleting a unit, and may not: the composite keys refuse instead.
    wave = TenantForeignKey(Wave, on_delete=models.DO_NOTHING, related_name="+")
    unit = TenantForeignKey(Unit, on_delete=models.DO_NOTHING, related_name="+")
    # By item position; NULL for unanswered. Nobody scans these for the index: the score is stored beside.
    answers = ArrayField(models.SmallIntegerField(null=True))
    score = models.FloatField(null=True)  # NULL: too few answers to count
    scale_scores = ArrayField(models.FloatField(null=True))  # by order of the instrument's groups

    class Meta(TenantModel.Meta):
        abstract = True

    def __str__(self) -> str:
        return "a ballot"


class PendingBallot(Ballot):
    """A ballot that waits until ten can be mixed."""

    leads = models.BooleanField(null=True)  # no ballot carries it any further

    class Meta(Ballot.Meta):
        constraints = [*walls("wave", "unit", audited=False)]
        indexes = [models.Index(fields=["organization", "wave"], name="surveys_pending_wave")]


class Response(Ballot):
    """A mixed ballot. An audit row would carry the answers together with a time and an order."""

    class Meta(Ballot.Meta):
        constraints = [*walls("wave", "unit", audited=False)]
        indexes = [
            # The leader index of a wave is one scan of this index alone.
            models.Index(
                fields=["organization", "wave", "unit"], include=["score"], name="surveys_response_index"
            )
        ]


class GapBlock(TenantModel):
    """To which block of units a unit belongs whose leaders and led are compared: on the roll, and from the
    close among those who answered, each block has enough of both. Frozen with the roll."""

    wave = TenantForeignKey(Wave, on_delete=models.PROTECT, related_name="gap_blocks")
    unit = TenantForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    block = TenantForeignKey(Unit, on_delete=models.PROTECT, related_name="+")  # the uppermost unit in it
    scale = models.PositiveSmallIntegerField()  # of engagement: its place among a ballot's scores, from 1

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("wave", "unit", "block", audited=False),
            models.UniqueConstraint(fields=["organization", "wave", "unit"], name="surveys_gapblock_once"),
            models.CheckConstraint(condition=models.Q(scale__gte=1), name="surveys_gapblock_scale"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} in {self.block_id}"


class GapTally(TenantModel):
    """The engagement of a block's leaders, or of its led, as a sum: it grows as ballots are mixed and is
    deleted when the wave is published."""

    wave = TenantForeignKey(Wave, on_delete=models.DO_NOTHING, related_name="+")
    block = TenantForeignKey(Unit, on_delete=models.DO_NOTHING, related_name="+")
    leads = models.BooleanField()
    n = models.PositiveIntegerField()
    total = models.FloatField()

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("wave", "block", audited=False),
            models.UniqueConstraint(
                fields=["organization", "wave", "block", "leads"], name="surveys_gaptally_once"
            ),
        ]

    def __str__(self) -> str:
        return "a sum"


class Remark(TenantModel):
    """What somebody wrote, apart from the answers: nothing says which ballot it came with."""

    wave = TenantForeignKey(Wave, on_delete=models.DO_NOTHING, related_name="+")
    unit = TenantForeignKey(Unit, on_delete=models.DO_NOTHING, related_name="+")
    text = models.TextField()

    class Meta(TenantModel.Meta):
        abstract = True

    def __str__(self) -> str:
        return "a comment"


class PendingComment(Remark):
    """A comment that waits until ten can be mixed."""

    class Meta(Remark.Meta):
        constraints = [*walls("wave", "unit", audited=False)]
        indexes = [models.Index(fields=["organization", "wave"], name="surveys_pendingcomment_wave")]


class Comment(Remark):
    """A mixed comment."""

    class Meta(Remark.Meta):
        constraints = [*walls("wave", "unit", audited=False)]
        indexes = [models.Index(fields=["organization", "wave", "unit"], name="surveys_comment_wave")]
