import uuid

import django.db.models.deletion
from django.db import migrations, models

import tenancy.scope
import tenancy.walls


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("tenancy", "0006_outbox_for_later"),
    ]

    operations = [
        migrations.CreateModel(
            name="LeadershipQuarter",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("quarter", models.CharField(max_length=6)),
                (
                    "profession",
                    models.CharField(
                        choices=[
                            ("physician", "Physician"),
                            ("nurse", "Nurse"),
                            ("administrator", "Administrator"),
                            ("pharmacist", "Pharmacist"),
                            ("allied", "Allied health professional"),
                            ("other", "Other"),
                        ],
                        max_length=16,
                    ),
                ),
                ("staff", models.PositiveIntegerField()),
                ("holders", models.PositiveIntegerField()),
                ("leaders", models.PositiveIntegerField()),
                ("planned", models.PositiveIntegerField(default=0)),
                ("hours", models.FloatField(default=0)),
                ("squares", models.FloatField(default=0)),
                ("minutes", models.PositiveBigIntegerField(default=0)),
                ("developed", models.PositiveIntegerField(default=0)),
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
                    tenancy.walls.RowPolicy(name="insights_leadershipquarter_tenant"),
                    models.UniqueConstraint(
                        fields=("organization", "id"), name="insights_leadershipquarter_key"
                    ),
                    tenancy.walls.AppendOnly(name="insights_leadershipquarter_append_only"),
                    models.UniqueConstraint(
                        fields=("organization", "quarter", "profession"),
                        name="insights_leadershipquarter_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("holders__lte", models.F("leaders")),
                            ("leaders__lte", models.F("staff")),
                            ("planned__lte", models.F("leaders")),
                        ),
                        name="insights_leadershipquarter_fits",
                    ),
                ],
            },
        ),
    ]
