import uuid
from decimal import Decimal

import django.db.models.deletion
from django.db import migrations, models

import tenancy.scope
import tenancy.walls


class Migration(migrations.Migration):
    dependencies = [
        ("insights", "0001_initial"),
        ("tenancy", "0006_outbox_for_later"),
    ]

    operations = [
        migrations.CreateModel(
            name="SetUpRule",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("least_hours", models.DecimalField(decimal_places=1, default=Decimal("4"), max_digits=4)),
                ("most_reports", models.PositiveSmallIntegerField(default=15)),
                ("warn_from", models.PositiveSmallIntegerField(default=3)),
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
                    tenancy.walls.RowPolicy(name="insights_setuprule_tenant"),
                    models.UniqueConstraint(fields=("organization", "id"), name="insights_setuprule_key"),
                    tenancy.walls.AuditTrail(name="insights_setuprule_audit", redact=()),
                    models.UniqueConstraint(fields=("organization",), name="insights_setuprule_one"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("least_hours__gte", 0),
                            ("least_hours__lte", 40),
                            ("most_reports__gte", 1),
                            ("most_reports__lte", 200),
                            ("warn_from__gte", 1),
                            ("warn_from__lte", 5),
                        ),
                        name="insights_setuprule_fits",
                    ),
                ],
            },
        ),
    ]
