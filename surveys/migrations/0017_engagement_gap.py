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
        ("surveys", "0016_behaviour_bands"),
        ("tenancy", "0004_settled_links"),
    ]

    operations = [
        migrations.AddField(
            model_name="pendingballot",
            name="leads",
            field=models.BooleanField(null=True),
        ),
        migrations.AddField(
            model_name="releasecertificate",
            name="gaps",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="releasecertificate",
            name="gaps_withheld",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="rollentry",
            name="leads",
            field=models.BooleanField(null=True),
        ),
        migrations.CreateModel(
            name="GapBlock",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("scale", models.PositiveSmallIntegerField()),
                (
                    "block",
                    tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.unit",
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
                        related_name="gap_blocks",
                        to="surveys.wave",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    tenancy.walls.RowPolicy(name="surveys_gapblock_tenant"),
                    models.UniqueConstraint(fields=("organization", "id"), name="surveys_gapblock_key"),
                    tenancy.walls.TenantLink(field="wave", name="surveys_gapblock_wave_link"),
                    tenancy.walls.TenantLink(field="unit", name="surveys_gapblock_unit_link"),
                    tenancy.walls.TenantLink(field="block", name="surveys_gapblock_block_link"),
                    models.UniqueConstraint(
                        fields=("organization", "wave", "unit"), name="surveys_gapblock_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("scale__gte", 1)), name="surveys_gapblock_scale"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GapTally",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("leads", models.BooleanField()),
                ("n", models.PositiveIntegerField()),
                ("total", models.FloatField()),
                (
                    "block",
                    tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="people.unit",
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
                    "wave",
                    tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="surveys.wave",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    tenancy.walls.RowPolicy(name="surveys_gaptally_tenant"),
                    models.UniqueConstraint(fields=("organization", "id"), name="surveys_gaptally_key"),
                    tenancy.walls.TenantLink(field="wave", name="surveys_gaptally_wave_link"),
                    tenancy.walls.TenantLink(field="block", name="surveys_gaptally_block_link"),
                    models.UniqueConstraint(
                        fields=("organization", "wave", "block", "leads"), name="surveys_gaptally_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PublishedGap",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("position", models.PositiveIntegerField()),
                ("depth", models.PositiveSmallIntegerField()),
                ("leaders_n", models.PositiveIntegerField()),
                ("led_n", models.PositiveIntegerField()),
                ("leaders_mean", models.FloatField()),
                ("led_mean", models.FloatField()),
                ("gap", models.FloatField()),
                ("low", models.FloatField()),
                ("high", models.FloatField()),
                ("scale_low", models.FloatField()),
                ("scale_high", models.FloatField()),
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
                        related_name="gaps",
                        to="surveys.wave",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["organization", "wave", "position"], name="surveys_gap_tree")
                ],
                "constraints": [
                    tenancy.walls.RowPolicy(name="surveys_publishedgap_tenant"),
                    models.UniqueConstraint(fields=("organization", "id"), name="surveys_publishedgap_key"),
                    tenancy.walls.TenantLink(field="wave", name="surveys_publishedgap_wave_link"),
                    tenancy.walls.TenantLink(field="unit", name="surveys_publishedgap_unit_link"),
                    models.UniqueConstraint(fields=("organization", "wave", "unit"), name="surveys_gap_once"),
                    models.CheckConstraint(
                        condition=models.Q(("leaders_n__gte", 10), ("led_n__gte", 10)),
                        name="surveys_gap_large_enough",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("high__gte", models.F("gap")), ("low__lte", models.F("gap"))),
                        name="surveys_gap_interval",
                    ),
                ],
            },
        ),
        *(
            migrations.RunSQL((SQL / file).read_text(), migrations.RunSQL.noop)
            for file in ("casting.sql", "engagement_gap.sql")
        ),
    ]
