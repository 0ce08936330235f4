"""The partnership check: partners say openly how it goes between them, and see both answers at once."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from partnerships.enums import CheckState, Scale
from partnerships.models.partnerships import Partnership
from people.models import Person
from tenancy.models import TenantForeignKey, TenantModel, walls
from tenancy.walls import AppendOnly

LOWEST, HIGHEST = 1, 5
WORDS = 200


def word_of(scale: Scale) -> str:
    """The column of the word beside a score."""
    return f"{scale}_word"


ANSWERED = tuple(column for scale in Scale for column in (scale.value, word_of(scale)))


class PartnershipCheck(TenantModel):
    """One round. Open until all partners have answered, or one of them calls it off."""

    partnership = TenantForeignKey(Partnership, on_delete=models.CASCADE, related_name="checks")
    opened_on = models.DateField()
    opened_by = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=CheckState.choices, default=CheckState.OPEN)
    over_on = models.DateField(null=True, blank=True)

    places_by_name: list[CheckPlace]  # prefetched by queries.checks.checks()

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("partnership", "opened_by"),
            models.UniqueConstraint(
                fields=["organization", "partnership"],
                name="partnerships_check_one_open",
                condition=Q(state=CheckState.OPEN),
            ),
            models.CheckConstraint(
                condition=Q(state=CheckState.OPEN, over_on=None)
                | Q(state__in=[CheckState.REVEALED, CheckState.CALLED_OFF], over_on__isnull=False),
                name="partnerships_check_state",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partnership_id} on {self.opened_on}"

    @property
    def is_open(self) -> bool:
        return self.state == CheckState.OPEN

    @property
    def is_revealed(self) -> bool:
        return self.state == CheckState.REVEALED

    @property
    def is_shared(self) -> bool:
        """All of them agree that HR admins and executives read it, and none has taken that back."""
        return all(place.shared_since is not None for place in self.places_by_name)


class CheckPlace(TenantModel):
    """Who is asked in a check, whether they have answered, and whether others may read it (C18)."""

    check_round = TenantForeignKey(PartnershipCheck, on_delete=models.CASCADE, related_name="places")
    person = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True)
    shared_since = models.DateTimeField(null=True, blank=True)  # the consent; taken back: empty again

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("check_round", "person"),
            models.UniqueConstraint(
                fields=["organization", "check_round", "person"], name="partnerships_place_once"
            ),
        ]
        indexes = [models.Index(fields=["organization", "person"], name="partnerships_place_person")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.check_round_id}"


class CheckAnswer(TenantModel):
    """Five scores and a word to each, given once. PostgreSQL shows the row to whom it concerns only, and the
    other one's not before all have answered (sql/open_answers.sql)."""

    check_round = TenantForeignKey(PartnershipCheck, on_delete=models.CASCADE, related_name="answers")
    person = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(default=timezone.now)
    vision = models.PositiveSmallIntegerField()
    vision_word = models.CharField(max_length=WORDS, blank=True)
    communication = models.PositiveSmallIntegerField()
    communication_word = models.CharField(max_length=WORDS, blank=True)
    clarity = models.PositiveSmallIntegerField()
    clarity_word = models.CharField(max_length=WORDS, blank=True)
    conflict = models.PositiveSmallIntegerField()
    conflict_word = models.CharField(max_length=WORDS, blank=True)
    trust = models.PositiveSmallIntegerField()
    trust_word = models.CharField(max_length=WORDS, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("check_round", "person", redact=ANSWERED),
            AppendOnly(name="partnerships_answer_append_only"),
            models.UniqueConstraint(
                fields=["organization", "check_round", "person"], name="partnerships_answer_once"
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{scale}__gte": LOWEST, f"{scale}__lte": HIGHEST}),
                    name=f"partnerships_answer_{scale}",
                )
                for scale in Scale.values
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.check_round_id}"

    def score(self, scale: Scale) -> int:
        return int(getattr(self, scale.value))

    def word(self, scale: Scale) -> str:
        return str(getattr(self, word_of(scale)))
