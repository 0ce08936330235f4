from __future__ import annotations

from django.db import models

from people.models.persons import Person
from tenancy.models import TenantForeignKey, TenantModel, walls


class Notification(TenantModel):
    """Something a person should know, with the page where it is seen to. The text holds nothing sensitive."""

    person = TenantForeignKey(Person, on_delete=models.CASCADE, related_name="notifications")
    title = models.CharField(max_length=200)
    icon = models.CharField(max_length=40, default="bell")
    path = models.CharField(max_length=300)  # inside the organisation, after /o/<slug>/
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        constraints = [*walls("person", audited=False)]
        indexes = [
            models.Index(fields=["organization", "person", "-created_at"], name="people_notification_recent"),
            models.Index(
                fields=["organization", "person"],
                name="people_notification_unread",  # the bell on every page counts these
                condition=models.Q(read_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.title
