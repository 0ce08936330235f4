from __future__ import annotations

from django.db import models

from passport.enums import ReadOf
from people.models import Person
from tenancy.models import TenantForeignKey, TenantModel, walls
from tenancy.walls import AppendOnly


class PassportHolder(TenantModel):
    """Who holds a Passport, since when, and under which number."""

    person = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="passports")
    serial = models.PositiveIntegerField()
    issued_on = models.DateField()

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("person"),
            models.UniqueConstraint(fields=["organization", "person"], name="passport_holder_once"),
            models.UniqueConstraint(fields=["organization", "serial"], name="passport_holder_serial"),
            models.CheckConstraint(condition=models.Q(serial__gte=1), name="passport_holder_serial_positive"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        return f"CL-{self.issued_on.year}-{self.serial:05d}"


class PassportRead(TenantModel):
    """Somebody else looked at a Passport. The holder sees who, what and when."""

    person = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="passport_reads")
    reader = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=12, choices=ReadOf.choices)
    at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("person", "reader", audited=False),
            AppendOnly(name="passport_read_append_only"),
            models.CheckConstraint(condition=models.Q(what__in=ReadOf.values), name="passport_read_what"),
            models.CheckConstraint(
                condition=~models.Q(person=models.F("reader")), name="passport_read_by_others"
            ),
        ]
        indexes = [models.Index(fields=["organization", "person", "-at"], name="passport_read_recent")]

    def __str__(self) -> str:
        return f"{self.reader_id} read {self.what} of {self.person_id}"
