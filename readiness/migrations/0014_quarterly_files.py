import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import tenancy.scope
import tenancy.walls


class Migration(migrations.Migration):
    dependencies = [
        ("readiness", "0013_saved_views"),
        ("tenancy", "0006_outbox_for_later"),
    ]

    operations = [
        migrations.CreateModel(
            name="QuarterlyFile",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("quarter", models.CharField(max_length=6)),
                ("kind", models.CharField(max_length=4)),
                ("content", models.BinaryField()),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
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
                    tenancy.walls.RowPolicy(name="readiness_quarterlyfile_tenant"),
                    models.UniqueConstraint(
                        fields=("organization", "id"), name="readiness_quarterlyfile_key"
                    ),
                    tenancy.walls.AppendOnly(name="readiness_quarterlyfile_append_only"),
                    models.UniqueConstraint(
                        fields=("organization", "quarter", "kind"), name="readiness_quarterlyfile_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["csv", "xlsx"])), name="readiness_quarterlyfile_kind"
                    ),
                ],
            },
        ),
    ]
