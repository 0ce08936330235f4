"""Organisations, the people who may enter them, and the base of every table that belongs to one."""

from __future__ import annotations

import uuid
from functools import cache
from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.encoding import force_str
from django.utils.translation import gettext_lazy as _

from tenancy.fields import TenantForeignKey
from tenancy.managers import TenantManager
from tenancy.scope import current_organization_id
from tenancy.walls import AuditTrail, walls

__all__ = [
    "GLOBAL_TABLES",
    "AuditEntry",
    "AuditSeal",
    "JobRun",
    "JobStep",
    "Membership",
    "Organization",
    "OutboxMessage",
    "TenantForeignKey",
    "TenantModel",
    "User",
    "walls",
]

# Every table outside the walls, by name: a new table is either in this set or has walls.
GLOBAL_TABLES = frozenset(
    {
        "tenancy_organization",
        "tenancy_user",
        "tenancy_membership",
        "account_emailaddress",
        "account_emailconfirmation",
        "mfa_authenticator",
        "usersessions_usersession",
        "django_session",
        "django_content_type",
        "django_migrations",
        "auth_group",
        "auth_group_permissions",
        "auth_permission",
        "cache",
    }
)


class Organization(models.Model):
    """A hospital, trust or health system: a tenant. Outside, it is known by its slug only."""

    id = models.BigAutoField(primary_key=True)
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    time_zone = models.CharField(max_length=64, default="UTC")
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None) -> User:
        user = self.model(email=email.strip().lower())
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """A login. Everything personal hangs on the person row of an organisation, never here."""

    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    def __str__(self) -> str:
        return self.email


class Membership(models.Model):
    """Which organisations a user may enter, and as which person there."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="memberships")
    person_id = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "user"], name="tenancy_membership_user"),
            models.UniqueConstraint(fields=["organization", "person_id"], name="tenancy_membership_person"),
            AuditTrail(name="tenancy_membership_audit"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.organization_id}"


class TenantModel(models.Model):
    """A row of one organisation."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey(
        Organization,
        on_delete=models.CASCADE,
        related_name="+",
        default=current_organization_id,
        editable=False,
        db_index=False,  # the key (organization, id) begins with it
    )

    objects: ClassVar[TenantManager[Self]] = TenantManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def _get_FIELD_display(self, field: models.Field[Any, Any]) -> Any:  # noqa: N802 - Django's name
        """What get_..._display() says. Django makes a dictionary of the choices for every row of a list."""
        value = getattr(self, field.attname)
        return force_str(labels_of(field).get(value, value), strings_only=True)


@cache
def labels_of(field: models.Field[Any, Any]) -> dict[Any, Any]:
    """The choices of a model's field as a dictionary, made once."""
    return dict(field.flatchoices)


class AuditEntry(models.Model):
    """One change of one row, written by a trigger that the application cannot reach. See sql/audit.sql."""

    id = models.BigIntegerField(primary_key=True)
    organization = models.ForeignKey(Organization, on_delete=models.DO_NOTHING, related_name="+")
    at = models.DateTimeField()
    actor_id = models.UUIDField(null=True)
    request_id = models.TextField()
    reason = models.TextField()
    table_name = models.TextField()
    operation = models.CharField(
        max_length=6, choices=[("insert", _("added")), ("update", _("changed")), ("delete", _("removed"))]
    )
    key = models.TextField()
    change = models.JSONField()

    objects: ClassVar[TenantManager[Self]] = TenantManager()

    class Meta:
        managed = False
        db_table = "tenancy_audit"
        base_manager_name = "objects"

    def __str__(self) -> str:
        return f"{self.operation} {self.table_name} {self.key}"


class AuditSeal(models.Model):
    """A hash over the audit rows of one night and the seal before it."""

    id = models.BigIntegerField(primary_key=True)
    organization = models.ForeignKey(Organization, on_delete=models.DO_NOTHING, related_name="+")
    number = models.IntegerField()
    sealed_at = models.DateTimeField()
    row_count = models.BigIntegerField()
    digest = models.BinaryField()

    objects: ClassVar[TenantManager[Self]] = TenantManager()

    class Meta:
        managed = False
        db_table = "tenancy_audit_seal"
        base_manager_name = "objects"

    def __str__(self) -> str:
        return f"seal {self.number}"


class JobRun(TenantModel):
    """One piece of periodic or requested work: at most one for each job and period."""

    job = models.CharField(max_length=80)
    period = models.CharField(max_length=80)
    requested_by_id = models.UUIDField(null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls(audited=False),
            models.UniqueConstraint(fields=["organization", "job", "period"], name="tenancy_jobrun_once"),
        ]
        indexes = [models.Index(fields=["organization", "-created_at"], name="tenancy_jobrun_recent")]

    def __str__(self) -> str:
        return f"{self.job} {self.period}"


class JobStep(TenantModel):
    """One transaction's worth of a run. Waiting steps are the queue; Celery only rings the bell."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        DONE = "done", _("done")
        PARKED = "parked", _("parked")

    run = TenantForeignKey(JobRun, on_delete=models.CASCADE, related_name="steps")
    key = models.CharField(max_length=200)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)
    result = models.JSONField(default=dict)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("run", audited=False),
            models.UniqueConstraint(fields=["organization", "run", "key"], name="tenancy_jobstep_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "done", "parked"]), name="tenancy_jobstep_state"
            ),
        ]
        indexes = [
            models.Index(
                fields=["organization", "not_before"],
                name="tenancy_jobstep_waiting",  # the queue is short, its history is long
                condition=models.Q(state="waiting"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} ({self.state})"


class OutboxMessage(TenantModel):
    """An effect of a transaction on the world outside it, delivered by a job after the commit."""

    topic = models.CharField(max_length=80)
    recipient_id = models.UUIDField(null=True, editable=False)
    payload = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    not_before = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        constraints = [*walls(audited=False)]
        indexes = [
            models.Index(
                fields=["organization", "created_at"],
                name="tenancy_outbox_waiting",
                condition=models.Q(delivered_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return self.topic
