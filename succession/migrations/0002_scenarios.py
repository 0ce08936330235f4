import uuid

import django.db.models.deletion
from django.db import migrations, models

import tenancy.fields
import tenancy.scope
import tenancy.walls


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0015_guard_terms"),
        ("succession", "0001_initial"),
        ("tenancy", "0006_outbox_for_later"),
    ]

    operations = [
        migrations.CreateModel(
            name="Scenario",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("title", models.CharField(max_length=120)),
                ("leaves_on", models.DateField(blank=True, null=True)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("start", models.DateField()),
                ("runs", models.PositiveIntegerField()),
                ("seed", models.PositiveIntegerField()),
                ("figures", models.JSONField()),
                (
                    "made_by",
                    tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
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
                    "position",
                    tenancy.fields.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.position",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["organization", "-made_at"], name="succession_scenario_newest")
                ],
                "constraints": [
                    tenancy.walls.RowPolicy(name="succession_scenario_tenant"),
                    models.UniqueConstraint(fields=("organization", "id"), name="succession_scenario_key"),
                    tenancy.walls.TenantLink(field="position", name="succession_scenario_position_link"),
                    tenancy.walls.TenantLink(field="made_by", name="succession_scenario_made_by_link"),
                    tenancy.walls.AuditTrail(name="succession_scenario_audit", redact=()),
                    tenancy.walls.AppendOnly(name="succession_scenario_append_only"),
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="succession_scenario_title"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("leaves_on", None), ("position", None)),
                            models.Q(("leaves_on__gte", models.F("start")), ("position__isnull", False)),
                            _connector="OR",
                        ),
                        name="succession_scenario_question",
                    ),
                ],
            },
        ),
    ]
