import uuid
from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import tenancy.fields
import tenancy.scope
import tenancy.walls

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0008_leavers_and_specialties"),
        ("surveys", "0013_published_comments"),
        ("tenancy", "0004_settled_links"),
    ]

    operations = [
        migrations.CreateModel(
            name="PublishedPool",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("waves", models.PositiveSmallIntegerField()),
                ("n", models.PositiveIntegerField()),
                ("mean", models.FloatField()),
                ("low", models.FloatField(null=True)),
                ("high", models.FloatField(null=True)),
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
                    "unit",
                    tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.unit",
                    ),
                ),
                (
                    "wave",
                    tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pools",
                        to="surveys.wave",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    tenancy.walls.RowPolicy(name="surveys_publishedpool_tenant"),
                    models.UniqueConstraint(fields=("organization", "id"), name="surveys_publishedpool_key"),
                    tenancy.walls.TenantLink(field="wave", name="surveys_publishedpool_wave_link"),
                    tenancy.walls.TenantLink(field="unit", name="surveys_publishedpool_unit_link"),
                    models.UniqueConstraint(
                        fields=("organization", "wave", "unit"), name="surveys_pool_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("n__gte", 5), ("waves__gte", 2), ("waves__lte", 3)),
                        name="surveys_pool_large_enough",
                    ),
                ],
            },
        ),
        migrations.RunSQL((SQL / "pool_guard.sql").read_text(), migrations.RunSQL.noop),
    ]
