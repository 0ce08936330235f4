import uuid
from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import tenancy.fields
import tenancy.scope
import tenancy.walls

GUARD = Path(__file__).resolve().parent.parent / "sql" / "pilot_guard.sql"
REVERSE = """
DROP FUNCTION insights_guard_pilot() CASCADE;
DROP FUNCTION insights_guard_pilot_outcome() CASCADE;
DROP FUNCTION insights_guard_pilot_value() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("insights", "0005_role_pulse_box"),
        ("people", "0016_learning_tokens"),
        ("tenancy", "0006_outbox_for_later"),
    ]

    operations = [
        migrations.CreateModel(
            name="Pilot",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("name", models.CharField(max_length=120)),
                ("tried", models.CharField(max_length=1000)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("written_on", models.DateField()),
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
                    "programme",
                    tenancy.fields.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.programme",
                    ),
                ),
                (
                    "written_by",
                    tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    tenancy.walls.RowPolicy(name="insights_pilot_tenant"),
                    models.UniqueConstraint(fields=("organization", "id"), name="insights_pilot_key"),
                    tenancy.walls.TenantLink(field="programme", name="insights_pilot_programme_link"),
                    tenancy.walls.TenantLink(field="written_by", name="insights_pilot_written_by_link"),
                    tenancy.walls.AuditTrail(name="insights_pilot_audit", redact=()),
                    models.UniqueConstraint(fields=("organization", "name"), name="insights_pilot_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True), models.Q(("tried", ""), _negated=True)
                        ),
                        name="insights_pilot_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None), ("ends_on__gt", models.F("starts_on")), _connector="OR"
                        ),
                        name="insights_pilot_days",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PilotOutcome",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("name", models.CharField(max_length=120)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("quality", "Quality and safety"),
                            ("patient", "Patient experience"),
                            ("family", "Family experience"),
                            ("margin", "Operating margin"),
                            ("wellbeing", "Staff wellbeing"),
                            ("other", "Other"),
                        ],
                        max_length=10,
                    ),
                ),
                ("measure", models.CharField(max_length=40)),
                (
                    "better",
                    models.CharField(
                        choices=[("higher", "Higher is better"), ("lower", "Lower is better")], max_length=6
                    ),
                ),
                (
                    "every",
                    models.CharField(
                        choices=[("month", "Every month"), ("quarter", "Every quarter")], max_length=7
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=300)),
                ("exploratory", models.BooleanField(default=False)),
                ("declared_on", models.DateField()),
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
                    "pilot",
                    tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="outcomes",
                        to="insights.pilot",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    tenancy.walls.RowPolicy(name="insights_pilotoutcome_tenant"),
                    models.UniqueConstraint(fields=("organization", "id"), name="insights_pilotoutcome_key"),
                    tenancy.walls.TenantLink(field="pilot", name="insights_pilotoutcome_pilot_link"),
                    tenancy.walls.AuditTrail(name="insights_pilotoutcome_audit", redact=()),
                    models.UniqueConstraint(
                        fields=("organization", "pilot", "name"), name="insights_pilotoutcome_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True), models.Q(("measure", ""), _negated=True)
                        ),
                        name="insights_pilotoutcome_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["quality", "patient", "family", "margin", "wellbeing", "other"]),
                            ("better__in", ["higher", "lower"]),
                            ("every__in", ["month", "quarter"]),
                        ),
                        name="insights_pilotoutcome_choices",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PilotUnit",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "arm",
                    models.CharField(
                        choices=[("pilot", "Pilot"), ("comparison", "Comparison")], max_length=10
                    ),
                ),
                ("named_on", models.DateField()),
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
                    "pilot",
                    tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="units",
                        to="insights.pilot",
                    ),
                ),
                (
                    "unit",
                    tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.unit",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    tenancy.walls.RowPolicy(name="insights_pilotunit_tenant"),
                    models.UniqueConstraint(fields=("organization", "id"), name="insights_pilotunit_key"),
                    tenancy.walls.TenantLink(field="pilot", name="insights_pilotunit_pilot_link"),
                    tenancy.walls.TenantLink(field="unit", name="insights_pilotunit_unit_link"),
                    tenancy.walls.AuditTrail(name="insights_pilotunit_audit", redact=()),
                    models.UniqueConstraint(
                        fields=("organization", "pilot", "unit"), name="insights_pilotunit_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("arm__in", ["pilot", "comparison"])),
                        name="insights_pilotunit_arm",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PilotValue",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("period", models.DateField()),
                ("value", models.DecimalField(decimal_places=4, max_digits=16)),
                ("people", models.PositiveIntegerField(blank=True, null=True)),
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
                    "outcome",
                    tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="values",
                        to="insights.pilotoutcome",
                    ),
                ),
                (
                    "unit",
                    tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="values",
                        to="insights.pilotunit",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["organization", "unit"], name="insights_pilotvalue_unit")],
                "constraints": [
                    tenancy.walls.RowPolicy(name="insights_pilotvalue_tenant"),
                    models.UniqueConstraint(fields=("organization", "id"), name="insights_pilotvalue_key"),
                    tenancy.walls.TenantLink(field="outcome", name="insights_pilotvalue_outcome_link"),
                    tenancy.walls.TenantLink(field="unit", name="insights_pilotvalue_unit_link"),
                    tenancy.walls.AuditTrail(name="insights_pilotvalue_audit", redact=()),
                    models.UniqueConstraint(
                        fields=("organization", "outcome", "unit", "period"), name="insights_pilotvalue_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("period__day", 1)), name="insights_pilotvalue_first_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("people", None), ("people__gt", 0), _connector="OR"),
                        name="insights_pilotvalue_people",
                    ),
                ],
            },
        ),
        migrations.RunSQL(GUARD.read_text(), REVERSE),
    ]
