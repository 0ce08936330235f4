import uuid

import django.db.models.deletion
from django.db import migrations, models

import tenancy.fields
import tenancy.scope
import tenancy.walls


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0015_guard_terms"),
        ("succession", "0002_scenarios"),
        ("tenancy", "0006_outbox_for_later"),
    ]

    operations = [
        migrations.CreateModel(
            name="LadderTask",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "rung",
                    models.PositiveSmallIntegerField(
                        choices=[(24, "Refresh the pool"), (12, "Open the slate"), (6, "Select")]
                    ),
                ),
                ("due_on", models.DateField()),
                ("done_on", models.DateField(blank=True, null=True)),
                (
                    "appointment",
                    tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ladder_tasks",
                        to="people.appointment",
                    ),
                ),
                (
                    "done_by",
                    tenancy.fields.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
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
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    tenancy.walls.RowPolicy(name="succession_laddertask_tenant"),
                    models.UniqueConstraint(fields=("organization", "id"), name="succession_laddertask_key"),
                    tenancy.walls.TenantLink(
                        field="appointment", name="succession_laddertask_appointment_link"
                    ),
                    tenancy.walls.TenantLink(field="done_by", name="succession_laddertask_done_by_link"),
                    tenancy.walls.AuditTrail(name="succession_laddertask_audit", redact=()),
                    models.UniqueConstraint(
                        fields=("organization", "appointment", "rung"), name="succession_laddertask_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rung__in", [24, 12, 6])), name="succession_laddertask_rung"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_by", None), ("done_on", None)),
                            models.Q(("done_by__isnull", False), ("done_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="succession_laddertask_done",
                    ),
                ],
            },
        ),
    ]
