"""What is due before a term ends."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from people.models import Appointment, Person
from succession.enums import Rung
from tenancy.models import TenantForeignKey, TenantModel, walls


class LadderTask(TenantModel):
    """One rung of the ladder of one appointment, from the day on which it is due."""

    appointment = TenantForeignKey(Appointment, on_delete=models.CASCADE, related_name="ladder_tasks")
    rung = models.PositiveSmallIntegerField(choices=Rung.choices)
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    # Nobody: the nightly job opened the slate by itself.
    done_by = TenantForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("appointment", "done_by"),
            models.UniqueConstraint(
                fields=["organization", "appointment", "rung"], name="succession_laddertask_once"
            ),
            models.CheckConstraint(condition=Q(rung__in=Rung.values), name="succession_laddertask_rung"),
            models.CheckConstraint(
                condition=Q(done_on__isnull=False) | Q(done_by=None),
                name="succession_laddertask_done",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_rung_display()}, due on {self.due_on}"
