from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("succession", "0009_exposure_months"),
        ("tenancy", "0006_outbox_for_later"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="selectionevent",
            name="succession_selectionevent_step",
        ),
        migrations.AddField(
            model_name="rollmember",
            name="minutes",
            field=models.PositiveSmallIntegerField(db_default=30),
        ),
        migrations.RunSQL(
            "GRANT UPDATE (minutes) ON succession_rollmember TO clinicleader_app",
            "REVOKE UPDATE (minutes) ON succession_rollmember FROM clinicleader_app",
        ),
        migrations.AlterField(
            model_name="selectionevent",
            name="step",
            field=models.CharField(
                choices=[
                    ("opened", "Opened, the roll of the staff is frozen"),
                    ("panel", "The panel was named"),
                    ("rules", "HR changed the rules"),
                    ("shared", "The interviews were shared out"),
                    ("ballot", "The ballot opened"),
                    ("no_quorum", "The ballot missed its quorum"),
                    ("tie", "The ballot ended in a tie, and is repeated among fewer"),
                    ("slate", "The slate is known"),
                    ("back", "Back to names: too few are left on the slate"),
                    ("scored", "All of the panel have scored, and see each other’s scores"),
                    ("decided", "The panel decided"),
                    ("appointed", "Appointed"),
                    ("stopped", "Stopped"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="selectionevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "step__in",
                        [
                            "opened",
                            "panel",
                            "rules",
                            "shared",
                            "ballot",
                            "no_quorum",
                            "tie",
                            "slate",
                            "back",
                            "scored",
                            "decided",
                            "appointed",
                            "stopped",
                        ],
                    )
                ),
                name="succession_selectionevent_step",
            ),
        ),
    ]
