# Invitations and API tokens; memberships are tied to persons

import uuid

import django.db.models.deletion
from django.db import migrations, models

import tenancy.fields
import tenancy.scope
import tenancy.walls

# A membership names a person of its own organisation, and ends with the row of that person.
MEMBERSHIP_LINK = """
ALTER TABLE tenancy_membership ADD CONSTRAINT tenancy_membership_person_link
FOREIGN KEY (organization_id, person_id) REFERENCES people_person (organization_id, id) ON DELETE CASCADE
"""


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_notifications"),
        ("tenancy", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ApiToken",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("name", models.CharField(max_length=80)),
                ("prefix", models.CharField(editable=False, max_length=12)),
                ("token_hash", models.CharField(editable=False, max_length=64)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("expires_on", models.DateField()),
                ("last_used_on", models.DateField(editable=False, null=True)),
                ("revoked_at", models.DateTimeField(editable=False, null=True)),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        default=tenancy.scope.current_organization_id,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tenancy.organization",
                    ),
                ),
                (
                    "person",
                    tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="api_tokens",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["organization", "person"], name="people_apitoken_person")],
                "constraints": [
                    tenancy.walls.RowPolicy(name="people_apitoken_tenant"),
                    models.UniqueConstraint(fields=("organization", "id"), name="people_apitoken_key"),
                    tenancy.walls.TenantLink(field="person", name="people_apitoken_person_link"),
                    tenancy.walls.AuditTrail(name="people_apitoken_audit", redact=("token_hash",)),
                    models.UniqueConstraint(
                        fields=("organization", "token_hash"), name="people_apitoken_token"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("email", models.EmailField(max_length=254)),
                ("token_hash", models.CharField(editable=False, max_length=64)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("expires_at", models.DateTimeField()),
                ("accepted_at", models.DateTimeField(editable=False, null=True)),
                ("revoked_at", models.DateTimeField(editable=False, null=True)),
                (
                    "invited_by",
                    tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        default=tenancy.scope.current_organization_id,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tenancy.organization",
                    ),
                ),
                (
                    "person",
                    tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitations",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    tenancy.walls.RowPolicy(name="people_invitation_tenant"),
                    models.UniqueConstraint(fields=("organization", "id"), name="people_invitation_key"),
                    tenancy.walls.TenantLink(field="person", name="people_invitation_person_link"),
                    tenancy.walls.TenantLink(field="invited_by", name="people_invitation_invited_by_link"),
                    tenancy.walls.AuditTrail(name="people_invitation_audit", redact=("token_hash",)),
                    models.UniqueConstraint(
                        fields=("organization", "token_hash"), name="people_invitation_token"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("accepted_at__isnull", True), ("revoked_at__isnull", True)),
                        fields=("organization", "person"),
                        name="people_invitation_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("accepted_at__isnull", True), ("revoked_at__isnull", True), _connector="OR"
                        ),
                        name="people_invitation_one_end",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            MEMBERSHIP_LINK, "ALTER TABLE tenancy_membership DROP CONSTRAINT tenancy_membership_person_link"
        ),
    ]
