import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import tenancy.scope
import tenancy.walls


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0016_learning_tokens"),
        ("succession", "0008_tell_representation"),
        ("tenancy", "0006_outbox_for_later"),
    ]

    operations = [
        migrations.CreateModel(
            name="ExposureMonth",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("month", models.DateField()),
                ("positions", models.PositiveIntegerField()),
                ("exposed", models.PositiveIntegerField()),
                ("counts", models.JSONField(default=dict)),
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
                    tenancy.walls.RowPolicy(name="succession_exposuremonth_tenant"),
                    models.UniqueConstraint(
                        fields=("organization", "id"), name="succession_exposuremonth_key"
                    ),
                    tenancy.walls.AppendOnly(name="succession_exposuremonth_append_only"),
                    models.UniqueConstraint(
                        fields=("organization", "month"), name="succession_exposuremonth_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("exposed__lte", models.F("positions")), ("month__day", 1)),
                        name="succession_exposuremonth_fits",
                    ),
                ],
            },
        ),
        migrations.RemoveConstraint(
            model_name="poolsnapshot",
            name="succession_snapshot_flags",
        ),
        migrations.AlterField(
            model_name="poolsnapshot",
            name="flags",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("vacant", "Vacant"),
                        ("interim", "Held by interim cover"),
                        ("overdue", "Term is over"),
                        ("ending", "Term ends within 24 months"),
                        ("ladder", "Ladder overdue"),
                        ("no_pool", "No pool"),
                        ("no_owner", "Nobody owns the pool"),
                        ("no_ready", "Nobody ready now"),
                        ("single", "A single candidate"),
                        ("below", "Below its bench target"),
                        ("stale", "Stale ratings"),
                        ("exception", "Held by an exception"),
                        ("unplanned", "Filled from outside its pool"),
                    ],
                    max_length=10,
                ),
                default=list,
                size=None,
            ),
        ),
        migrations.AddConstraint(
            model_name="poolsnapshot",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "flags__contained_by",
                        [
                            "vacant",
                            "interim",
                            "overdue",
                            "ending",
                            "ladder",
                            "no_pool",
                            "no_owner",
                            "no_ready",
                            "single",
                            "below",
                            "stale",
                            "exception",
                            "unplanned",
                        ],
                    )
                ),
                name="succession_snapshot_flags",
            ),
        ),
    ]
