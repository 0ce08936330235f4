from pathlib import Path

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models

from readiness.models import weights

SQL = Path(__file__).resolve().parent.parent / "sql" / "recipes.sql"


def shares(name: str, default: object) -> migrations.AddField:
    field = ArrayField(models.SmallIntegerField(), default=default)
    return migrations.AddField(model_name="weightset", name=name, field=field)


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0011_training_completed"),
        ("readiness", "0008_role_graphs"),
        ("tenancy", "0004_settled_links"),
    ]

    operations = [
        migrations.AddField(
            model_name="snapshot",
            name="pods",
            field=ArrayField(models.FloatField(null=True), null=True),
        ),
        migrations.AddField(
            model_name="snapshot",
            name="capstones",
            field=ArrayField(models.PositiveIntegerField(null=True), null=True),
        ),
        migrations.AddField(
            model_name="weightset",
            name="effective_quarter",
            field=models.CharField(blank=True, default="", max_length=6),
            preserve_default=False,
        ),
        shares("confidence_shares", weights.own_confidence),
        shares("milestone_shares", weights.own_milestones),
        shares("pod_shares", weights.own_pods),
        shares("capstone_shares", weights.own_capstones),
        shares("index_shares", weights.own_index),
        migrations.RunSQL(SQL.read_text()),
        migrations.RemoveConstraint(model_name="weightset", name="readiness_weightset_confidence"),
        migrations.RemoveConstraint(model_name="weightset", name="readiness_weightset_index"),
        migrations.RemoveField(model_name="weightset", name="confidence_share"),
        migrations.RemoveField(model_name="weightset", name="leader_index_share"),
        migrations.AddConstraint(
            model_name="weightset",
            constraint=models.CheckConstraint(
                condition=models.Q(effective_quarter="")
                | models.Q(effective_quarter__regex=r"^[0-9]{4}Q[1-4]$"),
                name="readiness_weightset_quarter",
            ),
        ),
        migrations.AddConstraint(
            model_name="weightset",
            constraint=models.CheckConstraint(
                condition=weights.recipes_whole(), name="readiness_weightset_recipes"
            ),
        ),
    ]
