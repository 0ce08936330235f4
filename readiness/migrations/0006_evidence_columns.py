from pathlib import Path

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import tenancy.fields
import tenancy.scope
import tenancy.walls

SQL = Path(__file__).resolve().parent.parent / "sql" / "evidence_columns.sql"


class Migration(migrations.Migration):
    dependencies = [
        ("passport", "0005_permanent_stages"),
        ("readiness", "0005_sums_from_the_index"),
        ("surveys", "0003_import_chunks"),
        ("tenancy", "0004_settled_links"),
    ]

    operations = [
        migrations.AddField(
            model_name="snapshot",
            name="confidence",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.FloatField(), null=True, size=None
            ),
        ),
        migrations.AddField(
            model_name="snapshot",
            name="earned",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.PositiveIntegerField(null=True), null=True, size=None
            ),
        ),
        migrations.AddField(
            model_name="snapshot",
            name="due",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.PositiveIntegerField(), null=True, size=None
            ),
        ),
        migrations.AddField(model_name="snapshot", name="leader_index", field=models.FloatField(null=True)),
        migrations.AddField(
            model_name="snapshot",
            name="index",
            field=tenancy.fields.TenantForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="surveys.publishedindex",
            ),
        ),
        migrations.RunSQL(SQL.read_text()),
        migrations.AlterField(
            model_name="snapshot",
            name="earned",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.PositiveIntegerField(null=True), size=None
            ),
        ),
        migrations.RemoveField(model_name="snapshot", name="arithmetic"),
        migrations.AlterField(
            model_name="snapshot",
            name="organization",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                default=tenancy.scope.current_organization_id,
                editable=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="tenancy.organization",
            ),
        ),
        migrations.RemoveConstraint(model_name="snapshot", name="readiness_snapshot_weights_link"),
        migrations.RemoveConstraint(model_name="snapshot", name="readiness_snapshot_stage_link"),
        migrations.AddConstraint(
            model_name="snapshot",
            constraint=tenancy.walls.SettledLink(field="weights", name="readiness_snapshot_weights_settled"),
        ),
        migrations.AddConstraint(
            model_name="snapshot",
            constraint=tenancy.walls.SettledLink(field="stage", name="readiness_snapshot_stage_settled"),
        ),
        migrations.AddConstraint(
            model_name="snapshot",
            constraint=tenancy.walls.SettledLink(field="index", name="readiness_snapshot_index_settled"),
        ),
    ]
